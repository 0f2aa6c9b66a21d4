package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// shown returns a tree in one line: keys with quotes are in quotes, what can't be read is ?,
// and what was noted of a scalar stands behind it.
func shown(n *syntax.Node) string {
	switch n.Kind {
	case syntax.Mapping:
		var all []string
		for _, pair := range n.Pairs {
			key := shown(pair.Key)
			if !pair.Key.Plain {
				key = "'" + key + "'"
			}
			all = append(all, key+": "+shown(pair.Value))
		}
		if n.Incomplete {
			all = append(all, "...")
		}
		return "{" + strings.Join(all, ", ") + "}"
	case syntax.Sequence:
		var all []string
		for _, item := range n.Items {
			all = append(all, shown(item))
		}
		return "[" + strings.Join(all, ", ") + "]"
	case syntax.Unreadable:
		return fmt.Sprintf("?%d:%d", n.Place.Line, n.Place.Column)
	}
	text := strings.Map(func(r rune) rune {
		if diag.IsHidden(r) {
			return '·'
		}
		return r
	}, n.Text) + map[syntax.Type]string{syntax.Integer: "(int)", syntax.Float: "(float)", syntax.Boolean: "(bool)", syntax.Null: "(null)"}[n.Type]
	if len(text) > 100 {
		text = text[:10] + "…"
	}
	if n.Quote != 0 {
		text += fmt.Sprintf("(in %c)", n.Quote)
	}
	if n.Hidden.Rune != 0 {
		text += fmt.Sprintf("(%U at %d:%d)", n.Hidden.Rune, n.Hidden.Place.Line, n.Hidden.Place.Column)
	}
	for _, line := range n.Keys {
		text += fmt.Sprintf("(%d:%d %s=%s)", line.Place.Line, line.Place.Column, line.Key, line.Value)
	}
	return text
}

// TestTrees has what is read of a file, and below it the problems of what a spec can't hold.
func TestTrees(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"types", "a: 1\nb: 1.5\nc: yes\nd: true\ne: \"1\"\nf: '2'\ng: |\n  3\nh: >\n  4\ni: 0x1F\nj: [1, {k: 2}]\n", "{a: 1(int), b: 1.5(float), c: yes, d: true(bool), e: 1, f: 2, g: 3⏎, h: 4⏎, i: 0x1F(int), j: [1(int), {k: 2(int)}]}"},
		{"a list item without a value", "a:\n  - b\n  -\n  - ~\n  - c\n", "{a: [b, ?3:4, ?4:5, c]} / null 3:4 an empty list item | write a value, or remove the item / null 4:5 an empty list item | write a value, or remove the item"},
		{"a commented list item", "a:\n  - #b\n  -    # c\n  - d\n", "{a: [?2:4, ?3:4, d]} / null 2:4 an empty list item | write a value, or remove the item; quote a text that starts with #, or it is a comment / null 3:4 an empty list item | write a value, or remove the item; quote a text that starts with #, or it is a comment"},
		{"a key without a value", "a:\nb: ~\nc d:\n  # e\n\"f\":\ng: h\n", `{a: ?1:1, b: ?2:4, c d: ?3:1, 'f': ?5:1, g: h} / null 1:1 key "a" has no value | write a value, or remove the key / null 2:4 key "b" has no value | write a value, or remove the key / null 3:1 key "c d" has no value | write a value, or remove the key / null 5:1 key "f" has no value | write a value, or remove the key`},
		{"a commented key", "a: #b\nc:   # d\n\"e\": # f\ng:\t# h\n", `{a: ?1:1, c: ?2:1, 'e': ?3:1, g: ?4:1} / null 1:1 key "a" has no value | write a value, or remove the key; quote a text that starts with #, or it is a comment / null 2:1 key "c" has no value | write a value, or remove the key; quote a text that starts with #, or it is a comment / null 3:1 key "e" has no value | write a value, or remove the key; quote a text that starts with #, or it is a comment / null 4:1 key "g" has no value | write a value, or remove the key`},
		{"a comment not beside the key", "a:\n# b\nc: d\n", `{a: ?1:1, c: d} / null 1:1 key "a" has no value | write a value, or remove the key`},
		{"a comment far from its key", "\"" + strings.Repeat("k", 800) + "\":" + strings.Repeat(" ", 5000) + "# b\n", `{'kkkkkkkkkk…': ?1:1} / null 1:1 key "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…" has no value | write a value, or remove the key`},
		{"braces", "a: {b, c: , d: e}\n", `{a: {b: ?1:5, c: ?1:8, d: e}} / null 1:5 key "b" has no value | write a value, or remove the key / null 1:8 key "c" has no value | write a value, or remove the key`},
		{"a comma in a text in braces", "a: {b: c, d e, f: ~, g h: ~}\n", `{a: {b: c, d e: ?1:11, f: ?1:19, g h: ?1:27}} / null 1:11 key "d e" has no value | quote the whole text if a comma is part of it / null 1:19 key "f" has no value | write a value, or remove the key / null 1:27 key "g h" has no value | write a value, or remove the key`},
		{"a list in braces", "a: {status: 404, 410}\n", `{a: {status: 404(int), 410: ?1:18}} / null 1:18 key "410" has no value | write status: [404, 410] if it is a list`},
		{"a list in braces before a key", "a: {status: 404 , 410 , b: c}\n", `{a: {status: 404(int), 410: ?1:19, b: c}} / null 1:19 key "410" has no value | write status: [404, 410] if it is a list`},
		{"a list in braces over lines", "a: {b: c,\n  410\n}\n", `{a: {b: c, 410: ?2:3}} / null 2:3 key "410" has no value | write a value, or remove the key`},
		{"a list without a key", "a: {410, status: 404}\n", `{a: {410: ?1:5, status: 404(int)}} / null 1:5 key "410" has no value | write a value, or remove the key`},
		{"a list after a list", "a: {status: [404], 410}\n", `{a: {status: [404(int)], 410: ?1:20}} / null 1:20 key "410" has no value | write a value, or remove the key`},
		{"a key in braces with a colon", "a: {status: 404, b: , \"c\"}\n", `{a: {status: 404(int), b: ?1:18, 'c': ?1:23}} / null 1:18 key "b" has no value | write a value, or remove the key / null 1:23 key "c" has no value | write a value, or remove the key`},
		{"a colon without a space", "a: {status: 404, action:fail, b:}\n", `{a: {status: 404(int), action:fail: ?1:18, b:: ?1:31}} / null 1:18 key "action:fail" has no value | write a space after the colon / null 1:31 key "b:" has no value | write a space after the colon`},
		{"addresses in braces", "a: {b: http://x, https://y}\n", `{a: {b: http://x, https://y: ?1:18}} / null 1:18 key "https://y" has no value | write b: [http://x, https://y] if it is a list`},
		{"times in braces", "a: {b: c, 10:30}\n", `{a: {b: c, 10:30: ?1:11}} / null 1:11 key "10:30" has no value | write b: [c, 10:30] if it is a list`},
		{"typographic quotes in braces", "a: {“b”}\n", `{a: {“b”(in “): ?1:5}} / null 1:5 key "“b”" has no value | U+201C (left double quotation mark) is not a quote in YAML; write a straight quote: " or '`},
		{"typographic quotes in braces, inside", "a: {b “c”, d: e}\n", `{a: {b “c”: ?1:5, d: e}} / null 1:5 key "b “c”" has no value | U+201C (left double quotation mark) is not a quote in YAML; write a straight quote: " or '`},
		{"typographic quotes outside of braces", "“a”:\nb: c\n", `{“a”(in “): ?1:1, b: c} / null 1:1 key "“a”" has no value | write a value, or remove the key`},
		{"a merge key", "a: 1\n<<: {b: c}\nd: 2\n", "{a: 1(int), d: 2(int), ...} / yaml-feature 2:1 a merge key; each entry says all of itself | write the keys out"},
		{"a merge key in quotes", "\"<<\": 1\n'<<': 2\n", "{'<<': 1(int), '<<': 2(int)}"},
		{"a list as a key", "[a]: b\nc: d\n", "{c: d, ...} / yaml-feature 1:1 a key that is not a single value | quote it if it is meant as text"},
		{"anchors and aliases", "a: &x b\n*x : c\nd: *x\n&y e: f\n", "{a: b, d: ?3:4, e: f, ...} / yaml-feature 1:4 anchor &x; each entry says all of itself | remove it / yaml-feature 2:1 alias *x; each entry says all of itself | write the value out / yaml-feature 3:4 alias *x; each entry says all of itself | write the value out / yaml-feature 4:1 anchor &y; each entry says all of itself | remove it"},
		{"an alias of nothing", "a: &x ~\nb: *x\n", `{a: ?1:4, b: ?2:4} / null 1:4 key "a" has no value | write a value, or remove the key / yaml-feature 2:4 alias *x; each entry says all of itself | write the value out`},
		{"too deep", strings.Repeat("[", 102) + strings.Repeat("]", 102), strings.Repeat("[", 101) + "?1:102" + strings.Repeat("]", 101) + " / too-large 1:102 more than 100 levels of keys and lists in each other"},
		{"an anchor of a list", "a: &b [c]\nd: *b\n", "{a: [c], d: ?2:4} / yaml-feature 1:4 anchor &b; each entry says all of itself | remove it / yaml-feature 2:4 alias *b; each entry says all of itself | write the value out"},
		{"tags", "a: !!str b\nc: !d e\n!!f g: h\n", "{a: b, c: e, g: h} / yaml-feature 1:4 tag !!str; types come from the format | remove it / yaml-feature 2:4 tag !d; types come from the format | remove it, or quote a text that starts with ! / yaml-feature 3:1 tag !!f; types come from the format | remove it"},
		{"a tag of a list", "a: !b [c]\n", "{a: [c]} / yaml-feature 1:4 tag !b; types come from the format | remove it, or quote a text that starts with !"},
		{"a second document", "a: 1\n---\nb: 2\n", "{a: 1(int)} / yaml-feature 2:1 a second document; a spec is one document | remove the --- line and what follows, or merge the two"},
		{"typographic quotes", "a: “b”\nc: «é»\nd: “b\ne: b”\nf: “b” or “c”\ng: ‘it’s’\nh: ”\ni: “”\nj: “é„\n“k”: “‘l’”\nm: \"“n”\"\n", "{a: “b”(in “), c: «é»(in «), d: “b, e: b”, f: “b” or “c”, g: ‘it’s’(in ‘), h: ”, i: “”(in “), j: “é„(in “), “k”(in “): “‘l’”, m: “n”}"},
		{"typographic quotes in a block", "a: |\n  “b”\n", "{a: “b”⏎}"},
		{"hidden characters", "é: b\u00a0c\nd:\n  - e\u200bf\n  - g\n\u00adh: i\n", "{é: b·c(U+00A0 at 1:5), d: [e·f(U+200B at 3:6), g], ·h(U+00AD at 5:1): i}"},
		{"hidden characters of a later value", "a: b\nc: d\u00a0\u2060e\nf: |\n  g\u200b\n", "{a: b, c: d··e(U+00A0 at 2:5), f: g·⏎(U+200B at 4:4)}"},
		{"hidden in a comment", "a: b # \u00a0\nc: d\n", "{a: b, c: d}"},
		{"hidden after a mark", "\ufeffa: b\u200bc\n", "{a: b·c(U+200B at 1:5)}"},
		{"hidden in quotes", "a: \"b\u200bc\"\nd: 'e\u200bf'\n", "{a: b·c(U+200B at 1:6), d: e·f(U+200B at 2:6)}"},
		{"hidden as an escape", "a: \"b\\u200bc\"\nd: e\u200bf\n", "{a: b·c, d: e·f(U+200B at 2:5)}"},
		{"hidden as an escape and after it", "a: [\"b\\u200b\", \"c\u200b\", \"\\u200b d\u00a0\"]\n", "{a: [b·, c·(U+200B at 1:18), · d·(U+00A0 at 1:31)]}"},
		{"hidden beside an escape", "a: \"b\\u00a0\u200b\\u200b\"\n", "{a: b···(U+200B at 1:12)}"},
		{"hidden in the comment of a block", "a: | # \u00a0\n  b\u200bc\nd: e\n", "{a: b·c⏎(U+200B at 2:4), d: e}"},
		{"hidden before an escape", "a\u00a0b: c\nd: \"e\\u200b\"\n", "{a·b(U+00A0 at 1:2): c, d: e·}"},
		{"hidden behind an escape", "a: \"b\\u2028\"\u2028c: d\n", "{a: b·, c: d}"},
		{"a joiner and a space", "a: 👩\u200d💻\u00a0b\n", "{a: 👩·💻·b(U+00A0 at 1:7)}"},
		{"a joiner", "a: 👩\u200d💻\nb: c\u200dd\n", "{a: 👩·💻, b: c·d(U+200D at 2:5)}"},
		{"keys in a block", "a: |\n  one\n  two: three\n  four:\n", "{a: one⏎two: three⏎four:⏎(3:3 two=three)(4:3 four=)}"},
		{"one key in a block", "a: >-\n  one\n  action: fail\n", "{a: one action: fail(3:3 action=fail)}"},
		{"keys of a block with what is below", "a: |\n  one\n  two: three\n    - 4\n    five: six\n  seven: eight\nb: c\n", "{a: one⏎two: three⏎  - 4⏎  five: six⏎seven: eight⏎(3:3 two=three)(6:3 seven=eight), b: c}"},
		{"keys and then words", "a: |\n  one\n  two: three\n  four five\n", "{a: one⏎two: three⏎four five⏎}"},
		{"keys after an empty line", "a: |\n  one\n\n  two: three\n  four: five\n", "{a: one⏎⏎two: three⏎four: five⏎}"},
		{"keys after a colon", "a: |\n  such as:\n  two: three\n    x: y\n  four: five\n", "{a: such as:⏎two: three⏎  x: y⏎four: five⏎}"},
		{"keys at the start", "a: |\n  two: three\n  four: five\n", "{a: two: three⏎four: five⏎}"},
		{"keys and words again", "a: |\n  such as:\n  two: three\n  word\n  four: five\n", "{a: such as:⏎two: three⏎word⏎four: five⏎(5:3 four=five)}"},
		{"deeper lines at the start", "a: |\n  one\n    two: three\n", "{a: one⏎  two: three⏎}"},
		{"capitals in a block", "a: |\n  one\n  Two: three\n", "{a: one⏎Two: three⏎}"},
		{"a colon without a space in a block", "a: |\n  one\n  two:three\n  http://x\n", "{a: one⏎two:three⏎http://x⏎}"},
		{"nothing before a colon in a block", "a: |\n  one\n  : two\n", "{a: one⏎: two⏎}"},
		{"keys in a folded text of an item", "a:\n  - >\n    one\n    two: three\n  - b\n", "{a: [one two: three⏎(4:5 two=three), b]}"},
		{"keys in a block with windows line ends", "a: |\r\n  one\r\n  two: three\r\nb: c\r\n", "{a: one⏎two: three⏎(3:3 two=three), b: c}"},
		{"keys in a text in quotes", "a: \"one\n  two: three\"\n", "{a: one two: three}"},
		{"keys in a block before a comment", "a: |\n  one\n  two: three\n# b: c\nd: e\n", "{a: one⏎two: three⏎(3:3 two=three), d: e}"},
		{"keys in a block between empty lines", "a: |\n\n \n  one\n  two: three\n\n\nb: c\n", "{a: ⏎⏎one⏎two: three⏎(5:3 two=three), b: c}"},
		{"an item that goes on", "a:\n- b\n  - c\n", "{a: [b - c]} / swallowed-key 3:3 this line is part of the item before it | start each item in the same column; if it is part of the text, start the line with another word | 2:3 the item starts here"},
		{"an item that goes on for lines", "a:\n  - b c\n    d\n    - e\n  - f\n", "{a: [b c d - e, f]} / swallowed-key 4:5 this line is part of the item before it | start each item in the same column; if it is part of the text, start the line with another word | 2:5 the item starts here"},
		{"an item with a hyphen", "a:\n  - b - c\n    d - e\n    -f\n", "{a: [b - c d - e -f]}"},
		{"an item in brackets", "a: [b\n  - c]\n", "{a: [b - c]}"},
		{"a folded item", "a:\n  - >\n    b\n    - c\n  - |\n    d\n    - e\n", "{a: [b - c⏎, d⏎- e⏎]} / swallowed-key 4:5 this line is part of the item before it | start each item in the same column; if it is part of the text, start the line with another word | 2:5 the item starts here"},
		{"an item in quotes", "a:\n  - 'b\n    - c'\n", "{a: [b - c]}"},
		{"an item with é", "é:\n  - é\n    ü\n    - ö\n", "{é: [é ü - ö]} / swallowed-key 4:5 this line is part of the item before it | start each item in the same column; if it is part of the text, start the line with another word | 2:5 the item starts here"},
		{"items that go on twice", "a:\n- b\n  - c\n  - d\n- e\n  - f\n", "{a: [b - c - d, e - f]} / swallowed-key 3:3 this line is part of the item before it | start each item in the same column; if it is part of the text, start the line with another word | 2:3 the item starts here / swallowed-key 6:3 this line is part of the item before it | start each item in the same column; if it is part of the text, start the line with another word | 5:3 the item starts here"},
		{"a quoted text that goes on", "a: \"b\nc: d\"\n", "{a: b c: d} / swallowed-key 1:4 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 2:1 this line"},
		{"two quoted texts that go on", "a: \"b\nc: d\"\ne: 'f\n  g'\nh: 'i\n- j'\n", "{a: b c: d, e: f g, h: i - j} / swallowed-key 1:4 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 2:1 this line / swallowed-key 5:4 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 6:1 this line"},
		{"a quoted text that goes on after a mark", "\ufeffé: \"b\nc: d\"\n", "{é: b c: d} / swallowed-key 1:4 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 2:1 this line"},
		{"a quoted text that goes on, deeper", "a:\n  b: \"c\n  d: e\"\n", "{a: {b: c d: e}} / swallowed-key 2:6 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 3:3 this line"},
		{"a quoted text with a percent sign", "a: \"b\n %c\"\n", "{a: b %c}"},
		{"a quoted text behind an anchor", "a: &x \"b\nc: d\"\n", "{a: b c: d} / swallowed-key 1:7 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 2:1 this line / yaml-feature 1:4 anchor &x; each entry says all of itself | remove it"},
		{"a quoted text behind a tag", "a: !!str 'b\nc: d'\ne: !x \"f\ng: h\"\n", "{a: b c: d, e: f g: h} / swallowed-key 1:10 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 2:1 this line / swallowed-key 3:7 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 4:1 this line / yaml-feature 1:4 tag !!str; types come from the format | remove it / yaml-feature 3:4 tag !x; types come from the format | remove it, or quote a text that starts with !"},
		{"a quoted text behind a directive", "%YAML 1.1\n---\na: 'b\nc: d'\n", `{a: b c: d} / yaml-feature 1:1 the directive "%YAML 1.1"; a spec has none | remove the line / swallowed-key 3:4 the quoted text goes on to a line that does not look like a part of it | close the quote where the text ends, or indent what is part of it | 4:1 this line`},
		{"no text", "a: \"\"\nb: ''\n", "{a: , b: }"},
		{"directives", "# a\n\n%YAML 1.1\n  # b\n---\nc: d\n", `{c: d} / yaml-feature 3:1 the directive "%YAML 1.1"; a spec has none | remove the line`},
		{"directives after a mark", "\ufeff%TAG ! tag:a,2026:\n---\na: b\n", `{a: b} / yaml-feature 1:1 the directive "%TAG ! tag:a,2026:"; a spec has none | remove the line`},
	} {
		root, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
		if root == nil {
			t.Errorf("%s: %v", test.name, problems)
			continue
		}
		got := strings.ReplaceAll(shown(root), "\n", "⏎")
		for _, p := range problems {
			got += " / " + p.Rule + " " + told(p)
			if isWarning := p.Severity == diag.Warning; isWarning != (p.Rule == syntax.RuleSwallow || strings.HasPrefix(p.Message, "the directive ")) {
				t.Errorf("%s: %+v", test.name, p)
			}
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}
