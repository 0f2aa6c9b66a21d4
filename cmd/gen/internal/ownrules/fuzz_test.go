package ownrules

import (
	"testing"
	"unicode/utf8"
)

// FuzzCompile compiles anything and asks what compiles: there is an answer or a fault within
// the expression, and nothing else.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{
		`entry.action != "retry" || has(entry.reply)`, `size(entry.fix) <= 120 && entry.variants.all(v, size(v.fix) <= 120)`,
		`entry.code.matches("^[A-Z][A-Z0-9_]*$")`, `entry.status[0] > 3u ? entry.fixx : {"a": [1, 2.5, b'x', null]}["a"][0] == dyn(entry).nope`,
		`entry.schedule_ms.map(w, w[0] < w[1], w[1] - w[0]).filter(d, d % 2 == 0).exists_one(d, d in [1, 2])`,
		`timestamp(entry.since) > timestamp("2024-01-01T00:00:00Z") && duration("1h") < duration(entry.details)`,
		"entry.fix\n == 'é\\u00e9' // …\n && Entry{fix: r\"\\\"}.fix == \"\"\"x\"\"\"", `((((-1 - -entry.retries))))`, "a.`b-c`", `[`, `"`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, check string) {
		if utf8.RuneCountInString(check) > 2000 {
			return
		}
		rule, fault := Compile(check, Words{"action": {"fail", "retry"}})
		if fault == nil {
			_, _, fault = rule.Holds(busy)
		}
		if fault != nil && (fault.Message == "" || fault.Offset < 0 || fault.Offset > utf8.RuneCountInString(check)) {
			t.Errorf("%q: %+v", check, *fault)
		}
	})
}
