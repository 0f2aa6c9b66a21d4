package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

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
