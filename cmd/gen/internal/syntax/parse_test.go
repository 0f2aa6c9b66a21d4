package syntax_test

import (
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

// TestFaults: an error of the YAML itself is where the mistake is.
func TestFaults(t *testing.T) {
	const head = "format: 1\ntitle: Größe\n"
	for _, test := range []struct {
		name   string
		source string
		want   diag.Place
	}{
		{"tab", head + "a:\n\tb: 1\n", at(4, 1)},
		{"tab after spaces", head + "a:\n  \tb: 1\n", at(4, 3)},
		{"open quote", head + "a: \"b\nc: d\n", at(3, 4)},
		{"open single quote", head + "a: 'b\nc: d\n", at(3, 4)},
		{"open brace at the end", head + "a: {b: c\n", at(3, 4)},
		{"open bracket at the end", head + "a: [b, c\n", at(3, 4)},
		{"open brace", head + "a: {b: c\nd: e\n", at(3, 4)},
		{"closing brace too many", head + "a: {b: c}}\nd: e\n", at(3, 10)},
		{"colon in a text", head + "a: b: c\n", at(3, 5)},
		{"no colon", head + "abc\nd: e\n", at(3, 1)},
		{"no colon before a mapping", head + "a\n  b: c\n", at(3, 1)},
		{"indented too little", head + "a:\n    b: c\n  d: e\n", at(5, 3)},
		{"indented too far", head + "a:\n  b: c\n    d: e\n", at(5, 6)},
		{"list in a mapping", head + "a:\n  b: c\n  - d\n", at(5, 3)},
		{"mapping in a list", head + "a:\n  - b\n  c: d\n", at(5, 3)},
		{"text after a quote", head + "a: \"é\" b\n", at(3, 8)},
		{"reserved", head + "a: @b\n", at(3, 4)},
		{"backtick", head + "a: `b`\n", at(3, 4)},
		{"percent", head + "a: %b\n", at(3, 4)},
		{"escape", head + "a: \"é\\d\"\n", at(3, 6)},
		{"escape too short", head + "a: \"\\x1\"\n", at(3, 7)},
		{"block header", head + "a: |x\n  b\n", at(3, 5)},
		{"alias", head + "a: 1\nb: *c\n", at(4, 4)},
		{"anchor without a name", head + "a: & b\n", at(3, 5)},
		{"control character", head + "a: é\x01\n", at(3, 5)},
		{"control character after a mark", "\ufeffa: é\x01\n", at(1, 5)},
		{"zero byte", head + "a: \x00b\n", at(3, 4)},
		{"not text", head + "a: é\xff\n", at(3, 5)},
		{"UTF-16", "\xff\xfea\x00", at(1, 1)},
		{"directive", "%FOO\nformat: 1\n", at(1, 1)},
		{"in the second document", "a: 1\n---\nb: @\n", at(3, 4)},
		{"comma", head + "a: [b c,, d]\n", at(3, 9)},
		{"key twice explicit", head + "? a\n? b\n: : c\n", at(5, 3)},
		{"quoted key without a colon", head + "\"a\"\nb: c\n", at(3, 1)},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
			if len(problems) != 1 {
				t.Fatalf("%d problems, want 1: %v", len(problems), problems)
			}
			if p := problems[0]; p.Place != test.want || p.Rule != syntax.RuleSyntax {
				t.Errorf("%d:%d %s [%s], want it at %d:%d", p.Line, p.Column, p.Message, p.Rule, test.want.Line, test.want.Column)
			}
		})
	}
}

// TestEdits makes every small mistake in a spec: what is reported of it stands
// inside the file, and it is one problem where the YAML itself is wrong.
func TestEdits(t *testing.T) {
	const spec = "format: 1\ncategories:\n  a b: {action: fail, who: 'it''s'}\n  é: &x\n    title: \"ü\\n\"\napis:\n  shop:\n    reply:\n      - json: {code: [/a, /b]}   # c\n    summary: |\n      a\n\n       b\n    title: >-\n      c\n"
	edits := []string{"", "{", "}", "[", "]", "\"", "'", ":", ": ", ",", "#", " # ", "&", "*", "!", "|", ">", "%", "@", "`", "\t", "-", "- ", "\n", "\r", "\\", "? ", "\u2028", "\x01", "\xff", "\ufeff", "---\n"}
	for offset := range len(spec) {
		for _, edit := range edits {
			for _, source := range []string{spec[:offset] + edit + spec[offset:], spec[:offset] + edit + spec[offset+1:], spec[:offset] + edit} {
				_, problems := syntax.Parse("s.yaml", []byte(source), syntax.DefaultSize)
				lines := strings.Split(strings.TrimPrefix(source, "\ufeff"), "\n")
				for _, p := range problems {
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
