package syntax_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

func at(line, column int) diag.Place { return diag.Place{File: "s.yaml", Line: line, Column: column} }

func text(line, column int, value string) *syntax.Node {
	return &syntax.Node{Place: at(line, column), Text: value}
}

// TestTexts: values and keys stay as written.
func TestTexts(t *testing.T) {
	root, problems := syntax.Parse("s.yaml", []byte(`01000: NO
1e3: ~x
null: "null"
-1: 0x1F
true: True
"ERROR: 1001": |
  a
   b
'': >-
  c
  d
.5: 2026-01-31
`), syntax.DefaultSize)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	typed := func(line, column int, value string, of syntax.Type) *syntax.Node {
		n := text(line, column, value)
		n.Type = of
		return n
	}
	plain := func(line int, value string) *syntax.Node {
		n := text(line, 1, value)
		n.Plain = true
		return n
	}
	want := &syntax.Node{Kind: syntax.Mapping, Place: at(1, 1), Pairs: []syntax.Pair{
		{Key: plain(1, "01000"), Value: text(1, 8, "NO")},
		{Key: plain(2, "1e3"), Value: text(2, 6, "~x")},
		{Key: plain(3, "null"), Value: text(3, 7, "null")},
		{Key: plain(4, "-1"), Value: typed(4, 5, "0x1F", syntax.Integer)},
		{Key: plain(5, "true"), Value: typed(5, 7, "True", syntax.Boolean)},
		{Key: text(6, 1, "ERROR: 1001"), Value: text(6, 16, "a\n b\n")},
		{Key: text(9, 1, ""), Value: text(9, 5, "c d")},
		{Key: plain(12, ".5"), Value: text(12, 5, "2026-01-31")},
	}}
	if diff := cmp.Diff(want, root); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
}

// TestPlaces: columns count characters, and lines end where editors end them.
func TestPlaces(t *testing.T) {
	for _, test := range []struct {
		name   string
		source string
		want   diag.Place // of the value of x
	}{
		{"ascii", "a: 1\nx: y\n", at(2, 4)},
		{"multi-byte", "日本: {é: 1, x: y}\n", at(1, 15)},
		{"emoji", "😀: {x: y}\n", at(1, 8)},
		{"combining", "e\u0301: {x: y}\n", at(1, 9)},
		{"tabs", "a:\t{x:\ty}\n", at(1, 8)},
		{"carriage returns", "a: 1\r\nx: y\r\n", at(2, 4)},
		{"byte order mark", "\ufeffx: y\n", at(1, 4)},
		{"byte order mark in the text", "a: \"\ufeff\"\nx: y\n", at(2, 4)},
		{"lone carriage return", "a: 1\rx: y\n", at(1, 9)},
		{"lone carriage return after a mark", "\ufeffa: 1\rx: y\n", at(1, 9)},
		{"line separator", "a: b\u2028 c\nx: y\n", at(2, 4)},
		{"paragraph separator", "a: \"b\u2029c\"\nx: y\n", at(2, 4)},
		{"next line", "a: [b,\u0085 c]\nx: y\n", at(2, 4)},
		{"after a line separator", "a: {b: \"\u2028\", x: y}\n", at(1, 16)},
		{"block", "x: |\n  y\n", at(1, 4)},
		{"quoted", "x:\n  \"y\"\n", at(2, 3)},
		{"comment", "# x: z\nx: # z\n  y # z\n", at(3, 3)},
		{"flow list", "{x: [y]}", at(1, 5)},
		{"block list", "x:\n- y\n", at(2, 1)},
		{"block mapping", "x:\n  y: 1\n", at(2, 3)},
		{"explicit key", "? x\n: y\n", at(2, 3)},
		{"several lines", "x: y\n  z\n", at(1, 4)},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			value := get(root, "x")
			for _, pair := range root.Pairs {
				if value == nil {
					value = get(pair.Value, "x")
				}
			}
			if value == nil || value.Place != test.want {
				t.Errorf("x is at %+v, want %+v", value, test.want)
			}
		})
	}
}

// theirs is how the YAML parser words what it does not like.
var theirs = regexp.MustCompile(`^(did not|could not|found|mapping (keys|values)|block sequence|control characters are|exceeded|unknown|yaml)`)

// TestEdits makes every small mistake in a spec: what is reported of it stands
// inside the file and in words of this program, and it is one problem where the YAML itself is wrong.
func TestEdits(t *testing.T) {
	const spec = "format: 1\ncategories:\n  a b: {action: fail, who: 'it''s'}\n  é: &x\n    title: \"ü\\n\"\napis:\n  shop:\n    reply:\n      - json: {code: [/a, /b]}   # c\n    summary: |\n      a\n\n       b\n    title: >-\n      c\n"
	edits := []string{"", "{", "}", "[", "]", "\"", "'", ":", ": ", ",", "#", " # ", "&", "*", "!", "|", ">", "%", "@", "`", "\t", "-", "- ", "\n", "\r", "\\", "? ", "\u2028", "\x01", "\xff", "\ufeff", "---\n"}
	for offset := range len(spec) {
		for _, edit := range edits {
			for _, source := range []string{spec[:offset] + edit + spec[offset:], spec[:offset] + edit + spec[offset+1:], spec[:offset] + edit} {
				_, problems := syntax.Parse("s.yaml", []byte(source), syntax.DefaultSize)
				lines := strings.Split(strings.TrimPrefix(source, "\ufeff"), "\n")
				for _, p := range problems {
					if theirs.MatchString(p.Message) {
						t.Errorf("%q: a message of the parser: %s", source, p.Message)
					}
					if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len([]rune(lines[p.Line-1]))+1 {
						t.Errorf("%q: %d:%d is outside of the file: %s", source, p.Line, p.Column, p.Message)
					}
				}
				if n := slices.IndexFunc(problems, func(p diag.Problem) bool { return p.Rule == syntax.RuleSyntax }); n > 0 && n != len(problems)-1 {
					t.Errorf("%q: problems after the syntax error: %v", source, problems)
				}
			}
		}
	}
}

// get returns the value of a key of a mapping, and nil if there is none.
func get(n *syntax.Node, key string) *syntax.Node {
	for _, pair := range n.Pairs {
		if pair.Key.Text == key {
			return pair.Value
		}
	}
	return nil
}
