package check_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// TestCuts cuts specs off, at the ends of lines and inside of them. Of the first kind some
// are specs that nothing is missing from: all but a few of the rest are noticed.
func TestCuts(t *testing.T) {
	for _, test := range []struct {
		name string
		step int // from one cut to the next, in lines
		most int // cuts at which nothing is noticed
	}{{"../cli/starter.yaml", 1, 3}, {"../../../../spec/errors.yaml", 5, 4}} {
		source, err := os.ReadFile(test.name)
		if err != nil {
			t.Fatal(err)
		}
		silent, cut := 0, 0
		for i, line := range bytes.SplitAfter(source, []byte("\n")) {
			if cut += len(line); i%test.step > 0 || cut == len(source) {
				continue
			}
			if _, problems := check.Load("s.yaml", source[:cut]); len(problems) == 0 {
				silent++
			}
			if _, problems := check.Load("s.yaml", source[:cut-1]); len(problems) == 0 {
				t.Errorf("%s cut off inside of line %d has no problem", test.name, i+1)
			}
		}
		if silent > test.most {
			t.Errorf("%s has no problem at %d cuts, want at most %d", test.name, silent, test.most)
		}
		if _, problems := check.Load("s.yaml", source); len(problems) > 0 {
			t.Errorf("the whole of %s has problems: %v", test.name, problems)
		}
	}
}

// TestNotCut has whole files whose last entry has less than those before it, on purpose.
func TestNotCut(t *testing.T) {
	source, err := os.ReadFile("../cli/starter.yaml")
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(source, []byte("    codes:\n"))
	for _, test := range []struct {
		name, before, last string
		warned             bool
	}{
		{"a message at the end", "{name}:\n        meaning: M\n        fix: F\n        category: account\n        message: {name}\n", "D:\n        meaning: M\n        fix: F\n        category: account\n", true},
		{"a status at the start", "{name}:\n        status: 400\n        meaning: M\n        fix: F\n        category: account\n", "D:\n        meaning: M\n        fix: F\n        category: account\n", false},
		{"a policy", "{name}:\n        meaning: M\n        fix: F\n        category: passing\n        retry: backoff\n", "D:\n        meaning: M\n        fix: F\n        category: account\n", false},
		{"another order", "{name}:\n        meaning: M\n        fix: F\n        category: account\n", "D:\n        category: account\n        meaning: M\n        fix: F\n", false},
		{"a message at the start, and details", "{name}:\n        message: {name}\n        meaning: M\n        fix: F\n        category: account\n", "D:\n        meaning: M\n        fix: F\n        category: account\n        details: M\n", true},
		{"another order without one", "{name}:\n        meaning: M\n        fix: F\n        category: account\n        message: {name}\n", "D:\n        message: D\n        meaning: M\n        fix: F\n        category: account\n", false},
		{"braces", "{name}: {meaning: M, fix: F, category: account, message: {name}}\n", "D: {meaning: M, fix: F, category: account}\n", false},
	} {
		spec := string(head) + "    codes:\n"
		for _, name := range []string{"A", "B", "C"} {
			spec += "      " + strings.ReplaceAll(test.before, "{name}", name)
		}
		_, problems := check.Load("s.yaml", []byte(spec+"      "+test.last))
		warned := slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Rule == "cut-off" })
		if warned != test.warned || diag.HasErrors(problems) {
			t.Errorf("%s: warned is %t, want %t: %v", test.name, warned, test.warned, problems)
		}
	}
}
