package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// TestLimits has files at their limits and over them. Of one over them there is no tree,
// but for levels, below which only what is too deep is left out.
func TestLimits(t *testing.T) {
	const size = 48 << 10 // allows 2048 keys and values
	nested := func(levels int) string {
		return "a: " + strings.Repeat("[", levels) + strings.Repeat("]", levels) + "\n"
	}
	keys := func(n int) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, "k%d: v\n", i)
		}
		return all.String()
	}
	for _, test := range []struct {
		name, source string
		problem      string // of the rule, with its place; empty for none
	}{
		{"size", "a: " + strings.Repeat("x", size-4) + "\n", ""},
		{"larger", "a: " + strings.Repeat("x", size-3) + "\n", "s.yaml:0:0: the file has more than 48 KiB"},
		{"keys in lines", keys(1000), ""},
		{"more keys in lines", keys(2000), "s.yaml:1034:5: the file has more than 2048 keys and values up to here"},
		{"more keys in one line", "{" + strings.ReplaceAll(strings.TrimSpace(keys(2000)), "\n", ", ") + "}\n", "s.yaml:1:"},
		{"empty items", "a:\n" + strings.Repeat("  -\n", 2045), ""},
		{"more empty items", "a:\n" + strings.Repeat("  -\n", 2046), "s.yaml:2047:4: the file has more than 2048 keys and values up to here"},
		{"aliases", "a: &a x\nb: [" + strings.Repeat("*a, ", 3000) + "]\n", "s.yaml:2:"},
		{"levels", nested(100), ""},
		{"levels of keys", strings.Repeat("{a: ", 100) + "b" + strings.Repeat("}", 100), ""},
		{"deeper", nested(101), "s.yaml:1:104: more than 100 levels of keys and lists in each other"},
		{"deeper keys", strings.Repeat("{a: ", 101) + "b" + strings.Repeat("}", 101), "s.yaml:1:405: more than 100 levels of keys and lists in each other"},
		{"much deeper", nested(20000), "s.yaml:1:"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, problems := syntax.Parse("s.yaml", []byte(test.source), size)
			var got []string
			for _, p := range problems {
				if p.Rule == syntax.RuleLimit {
					got = append(got, fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message))
				}
			}
			switch {
			case test.problem == "" && len(got) == 0 && root != nil:
			case test.problem == "" || len(got) != 1 || !strings.HasPrefix(got[0], test.problem):
				t.Errorf("problems = %q, want %q", got, test.problem)
			case (root == nil) != !strings.HasPrefix(test.name, "deeper"):
				t.Errorf("root = %v", root)
			}
		})
	}
}

// TestSizes has the sizes that a message names.
func TestSizes(t *testing.T) {
	for size, want := range map[int64]string{1023: "1023 bytes", 1 << 10: "1 KiB", 1<<20 + 1024: "1025 KiB", 2 << 20: "2 MiB"} {
		root, problems := syntax.Parse("s.yaml", make([]byte, size+1), size)
		if root != nil || len(problems) != 1 || problems[0].Message != "the file has more than "+want {
			t.Errorf("%d: %v", size, problems)
		}
	}
}

// TestVeryManyProblems keeps some of them, those at the start of the file, and counts the rest.
func TestVeryManyProblems(t *testing.T) {
	const n = 100_000
	for _, source := range []string{"a: [" + strings.Repeat("~, ", n) + "]\n", "a: {" + manyKeys(n) + "}\n"} { // all in one line
		if _, problems := syntax.Parse("s.yaml", []byte(source), syntax.DefaultSize); diag.Count(problems).Errors < n {
			t.Errorf("%d problems are counted in one line, want %d", diag.Count(problems).Errors, n)
		}
	}
	_, problems := syntax.Parse("s.yaml", []byte("a:\n"+strings.Repeat("  -\n", n)), syntax.DefaultSize)
	if all := diag.Count(problems); all.Errors != n || len(problems) > n/4 {
		t.Errorf("%d problems are kept, and %d counted; want %d", len(problems), all.Errors, n)
	}
	diag.Sort(problems)
	for i, p := range problems[:diag.Shown] {
		if p.Line != i+2 {
			t.Fatalf("problem %d is in line %d", i, p.Line)
		}
	}
}

func manyKeys(n int) string {
	var keys strings.Builder
	for i := range n {
		fmt.Fprintf(&keys, "k%d, ", i)
	}
	return keys.String()
}

// TestLinesOfTheParser has line ends that editors don't take for any.
func TestLinesOfTheParser(t *testing.T) {
	for _, test := range []struct {
		source string
		want   string // where the empty item is
	}{
		{"a: b\rc:\r  -\r", "1:12"}, {"a: é\u2028c:\u0085  -\n", "1:12"}, {"# \u2029\r\n\na:\n  -\n", "4:4"},
		{"\ufeffa: é\r\nb:\r\n  -\r\n", "3:4"}, {"a: [\u2028\n\r -\n]\n", "2:3"},
		{"\na: b\rc:\r  -\r", "2:12"}, {"\ra:\n  -\n", "2:4"}, {"a: b\u2028c:\u2028 - é\u2028 -", "1:16"},
	} {
		_, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
		if len(problems) == 0 {
			t.Fatalf("%q has no problem", test.source)
		}
		if got := fmt.Sprintf("%d:%d", problems[0].Line, problems[0].Column); got != test.want {
			t.Errorf("%q: problem at %s, want %s: %v", test.source, got, test.want, problems)
		}
	}
}
