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
		{"behind a quoted key", "a:\n  \"b\": \"c\n  d: e\"\n", "2:8"},
		{"deeper than a quoted key", "a:\n  \"b\": \"c\n   d: e\"\n", ""},
		{"behind a hyphen and a key", "- a: \"b\n  c: d\"\n", "1:6"},
		{"behind a hyphen and a quoted key", "- \"a\": 'b\n  c: d'\n", "1:8"},
		{"deeper than a hyphen", "a:\n  - \"b\n   - c\"\n", ""},
		{"as deep as a hyphen", "a:\n  - \"b\n  - c\"\n", "2:5"},
		{"behind two hyphens", "- - 'a\n  - b'\n- - 'c\n   - d'\n", "1:5"},
		{"in brackets below a key", "  a: [\"b\n  c: d\"]\n", "1:7"},
		{"behind a key in brackets", "  a: [b: \"c\n   d: e\"]\n", ""},
		{"behind a quoted key in braces", "a: {\n    \"b\": 'c\n    d: e'}\n", ""},
		{"behind brackets", "a: [b, {c: [d]}]\ne:\n  f: 'g\n  h: i'\n", "3:6"},
		{"behind a question mark", "? a\n:\n  b: 'c\n  d: e'\n", "3:6"},
		{"behind a text in a block", "a: |\n  b: 'c\n  \"d\n\n  e\nf: 'g\nh: i'\n", "6:4"},
		{"behind a folded text", "- >-\n 'a\n- \"b\n- c\"\n", "3:3"},
		{"behind a block's comment", "a: | # 'b\n  'c\nd: 'e\nf: g'\n", "3:4"},
		{"behind a text of lines", "a: b\n  'c\n  \"d\ne: 'f\ng: h'\n", "4:4"},
		{"behind a comment in a text", "a: b\n  # 'c\nd: 'e\nf: g'\n", "3:4"},
		{"behind a comment", "a: b # 'c: \"d\ne: 'f\ng: h'\n", "2:4"},
		{"behind a hash in a text", "a: b#'c\nd: 'e\nf: g'\n", "2:4"},
		{"behind a comment beside a quote", "a: 'b' # 'c\nd: 'e\nf: g'\n", "2:4"},
		{"behind texts in brackets", "a: [b 'c, 'd\ne: f']\n", "1:11"},
		{"behind a key in braces", "a: {b 'c: 'd\ne: f'}\n", "1:11"},
		{"behind texts in nested brackets", "a: [b, {c: [d 'e]}, 'f\ng: h']\n", "1:21"},
		{"behind a colon in a text", "a: b:'c\nd: 'e\nf: g'\n", "2:4"},
		{"behind escaped quotes", "a: \"b\n  \\\"c\\\" d: e\"\nf: 'g\nh: i'\n", "3:4"},
		{"behind doubled quotes", "a: 'b\n  ''c'' d: e'\nf: \"g\nh: i\"\n", "3:4"},
		{"behind quotes alone", "a: ''\nb: ''''\nc: '''d'''\ne: \"\\\\\"\nf: 'g\nh: i'\n", "5:4"},
		{"with carriage returns", "a: 'b\r\nc: d'\r\ne: 'f\r\ng:\r\n  h'\r\n", "1:4 3:4"},
		{"behind an empty line", "a: \"b\n\nc: d\"\n", "1:4"},
		{"a key alone", "a: \"b\nc:\n d\"\n", "1:4"},
		{"a colon in a word", "a: \"b\nc:d\"\n", ""},
		{"a hyphen in a word", "a: \"b\n-c\"\n", ""},
		{"below a key", "a:\n    'b\n    c: d'\n", ""},
		{"below a key, to the left", "a:\n  b:\n    'c\n  d: e'\n", "3:5"},
		{"behind a quote of lines", "a: 'b\n  c'\nd:\n  e: 'f\n  g: h'\n", "4:6"},
		{"behind a folded text with keys", "a: >\n  b: 'c\n  # 'd\ne: 'f\ng: h'\n", "4:4"},
		{"behind an empty line in a block", "a: |\n  b\n\n  'c\n  d: e\nf: 'g\nh: i'\n", "6:4"},
		{"before a key at the end", "a: 'b\nc: d'\ne: [f:, g]\nh: i\nj: k", "1:4"},
		{"behind a comment that lacks its space", "a: b #c: 'd\ne: 'f\ng: h'\n", "2:4"},
		{"an apostrophe in a key", "a: \"b\na'c: d\"\n", "1:4"},
		{"behind a quoted text of lines in braces", "a: {b: 'c\n    d', e: 'f\ng: h'}\n", "2:12"},
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
				t.Errorf("%s:\n got %s\nwant %s", test.name, strings.Join(got, " "), test.want)
			}
		})
	}
}
