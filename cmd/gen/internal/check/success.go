package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// testKey is a key that says what a sign of success looks at.
type testKey struct {
	*format.Mark
	name string
	kind classify.TestKind
}

// okTest resolves one sign of success. Each has exactly one of the keys that
// say what it looks at.
func (a *apiChecker) okTest(s classify.Syntax, at *format.Field[format.Test]) (test classify.Test, ok bool) {
	v := &at.Value
	keys := []testKey{
		{&v.At.Mark, "at", classify.Equals},
		{&v.Header.Mark, "header", classify.HeaderEquals},
		{&v.Present.Mark, "present", classify.Present},
		{&v.Absent.Mark, "absent", classify.Absent},
		{&v.Prefix.Mark, "prefix", classify.PrefixIs},
		{&v.Status.Mark, "status", classify.StatusIs},
	}
	keys = slices.DeleteFunc(keys, func(k testKey) bool { return !k.Written() })
	slices.SortFunc(keys, func(k, l testKey) int { return k.Key.Compare(l.Key) })
	switch {
	case len(keys) > 1:
		a.Errorf(keys[1].Key, "bad-form", "%s and %s in one test", keys[0].name, keys[1].name).
			Hint = "make a list of two tests; one that holds is enough"
	case len(keys) == 1 && keys[0].Good() && a.testFits(s, v, keys[0]):
		return a.test(s, v, keys[0].kind)
	case len(keys) == 0 && at.Sound():
		a.Errorf(at.Place, "bad-form", "the test does not say what it looks at").Hint = "at, header, present, absent, prefix or status"
	}
	return test, false
}

// testFits reports a test that does not fit its form, or its own keys.
func (a *apiChecker) testFits(s classify.Syntax, v *format.Test, key testKey) bool {
	inBody := slices.Contains([]classify.TestKind{classify.Equals, classify.Present, classify.Absent}, key.kind)
	compares := key.kind == classify.Equals || key.kind == classify.HeaderEquals
	structured := s == classify.JSON || s == classify.XML
	switch {
	case inBody && !structured, key.kind == classify.PrefixIs && s != classify.Text:
		a.Errorf(key.Key, "bad-form", "the test %s does not fit the %s form", key.name, s).
			Hint = "at, present and absent are for json and xml, prefix is for text, header and status are for all"
	case compares && !v.Equals.Has():
		a.Errorf(key.Key, "bad-form", "%s without equals", key.name).Hint = "equals: the value on success, or a list of them"
	case !compares && v.Equals.Written():
		a.Errorf(v.Equals.Place, "bad-form", "equals without at or header")
	default:
		return true
	}
	return false
}

func (a *apiChecker) test(s classify.Syntax, v *format.Test, kind classify.TestKind) (classify.Test, bool) {
	test := classify.Test{Kind: kind, Values: values(&v.Equals)}
	switch kind {
	case classify.Equals:
		test.At = a.place(s, &v.At)
	case classify.Present:
		test.At = a.place(s, &v.Present)
	case classify.Absent:
		test.At = a.place(s, &v.Absent)
	case classify.HeaderEquals:
		test.Header = a.headerName(v.Header.Text, v.Header.Place)
	case classify.PrefixIs:
		for _, item := range v.Prefix.Value {
			if strings.TrimSpace(item.Value) == "" {
				a.Errorf(item.Place, "text-empty", "an empty prefix makes every text a success").Hint = "write what a success starts with"
			} else {
				a.textStart(&item)
			}
			test.Prefix = append(test.Prefix, item.Value)
		}
	case classify.StatusIs:
		for _, item := range v.Status.Value {
			if item.Text >= "4" {
				a.Errorf(item.Place, "bad-form", "%s is never a success: no 4xx or 5xx is", diag.Quote(item.Text)).Hint = "remove it"
			}
			test.Status = append(test.Status, item.Value)
		}
	}
	compares := kind == classify.Equals || kind == classify.HeaderEquals
	return test, !compares || len(test.Values) > 0
}

// place resolves where a test looks in a body.
func (a *apiChecker) place(s classify.Syntax, at *format.Field[format.BodyPlace]) classify.Path {
	path, want, hint := at.Value.In(s)
	if path == nil {
		a.Errorf(at.Place, "bad-pointer", "%s is not %s", diag.Quote(at.Text), want).Hint = hint
	}
	return path
}
