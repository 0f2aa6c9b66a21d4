package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// TestQuotes: where a text in quotes is not closed, that is where the problem is, whatever
// stands between it and the place at which the YAML parser fails. What only looks like an
// opening quote on the way there is none.
func TestQuotes(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"at the next quote", "a: \"b\nc: d\ne: \"f\"\n", "1:4, noticed here 3:5"},
		{"at an apostrophe", "a: 'b\nc: d\ne: don't\n", "1:4, noticed here 3:8"},
		{"at the end", "a: 'b\nc: d\n", "1:4"},
		{"in a comment", "a: 'b\n# don't\nc: d\n", "1:4, noticed here 2:7"},
		{"before a quoted key", "a:\n  b: \"c\n  \"e: f\": g\n", "2:6, noticed here 3:5"},
		{"in braces", "a: {b: \"c, d: e}\nf: {g: \"h\"}\n", "1:8, noticed here 2:9"},
		{"in brackets on one line", "a: [\"b, \"c\"]\nd: e\n", "1:5"},
		{"an item", "a:\n- \"b\n- \"c\"\n", "2:3, noticed here 3:4"},
		{"below its key", "a:\n  b:\n    'c\n  d: e'f\n", "3:5, noticed here 4:8"},
		{"a key", "\"a: b\nc: \"d\"\n", "1:1, noticed here 2:5"},
		{"after texts with apostrophes", "a: it's\nb: |\n  'c\n  \"d\n\n   e\nf: >-\n  'g\nh: i 'j\n  'k\nl: [m's, {n: o's}] # 'p\nq: \"r\ns: \"t\"\n", "12:4, noticed here 13:5"},
		{"after texts of several lines", "a: \"b\n  c: d\"\ne: 'f\n\n  - g'\nh: 'i\nj: 'k'\n", "6:4, noticed here 7:5"},
		{"after an escaped quote", "a: \"b\\\" c\"\nd: 'e'' f'\ng: \"h\ni: \"j\"\n", "3:4, noticed here 4:5"},
		{"another fault", "a: \"b\n  c\"\nd: e: f\n", "3:5"},
		{"another fault before it", "d: e: f\na: \"b\n", "1:5"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
			if len(problems) != 1 {
				t.Fatalf("%d problems, want 1: %v", len(problems), problems)
			}
			p := problems[0]
			got := fmt.Sprintf("%d:%d", p.Line, p.Column)
			for _, r := range p.Related {
				got += fmt.Sprintf(", %s %d:%d", r.Message, r.Line, r.Column)
			}
			if got != test.want || p.Rule != syntax.RuleSyntax {
				t.Errorf("%s %s [%s], want %s", got, p.Message, p.Rule, test.want)
			}
		})
	}
}

// TestSwallowed: the YAML is valid, and a text holds lines that are meant otherwise.
func TestSwallowed(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"a key", "a: \"b\nc: d\"\n", "1:4"},
		{"a key further to the left", "a:\n  b: 'c\nd: e'\n", "2:6"},
		{"an item", "a:\n- \"b\n- c\"\n", "2:3"},
		{"a comment", "a: 'b\n# c: d'\n", "1:4"},
		{"in braces", "a: {b: 'c}\nd: e'}\n", "1:8"},
		{"indented", "a: \"b\n  c: d\"\n", ""},
		{"indented item", "a:\n- \"b\n  - c\"\n", ""},
		{"prose to the left", "a: \"b\nc, d\"\n", ""},
		{"JSON to the left", "a: '{\n\"b\": 1\n}'\n", ""},
		{"in a block", "a: |\n  'b\n  c: d'\n", ""},
		{"on one line", "a: 'b: c'\nd: \"- e\"\n", ""},
		{"lines that are joined", "a:\n- b\n  - c\n", "3:3"},
		{"markdown", "a:\n- |\n  b\n  - c\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
			var got []string
			for _, p := range problems {
				if p.Rule != syntax.RuleSwallow || len(p.Related) != 1 {
					t.Errorf("%+v", p)
				}
				got = append(got, fmt.Sprintf("%d:%d", p.Line, p.Column))
			}
			if root == nil || strings.Join(got, " ") != test.want {
				t.Errorf("warnings at %q, want %q", got, test.want)
			}
		})
	}
}
