package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// told returns a problem as the tables of these tests have it: its place, what is wrong, its
// hint, and what it is related to.
func told(p diag.Problem) string {
	text := fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Message)
	if p.Hint != "" {
		text += " | " + p.Hint
	}
	for _, r := range p.Related {
		text += fmt.Sprintf(" | %d:%d %s", r.Line, r.Column, r.Message)
	}
	return text
}

// TestFaults: an error of the YAML is where the mistake is, in words of this program.
func TestFaults(t *testing.T) {
	const head = "format: 1\ntitle: Größe\n"
	for _, test := range []struct{ name, source, want string }{
		{"tab", head + "a:\n\tb: 1\n", "4:1 the line is indented with a tab; YAML allows only spaces | indent with spaces"},
		{"tab after spaces", head + "a:\n  \tb: 1\n", "4:3 the line is indented with a tab; YAML allows only spaces | indent with spaces"},
		{"open quote", head + "a: \"b\nc: d\n", "3:4 the quoted text is not closed | close the quote where the text ends"},
		{"open single quote", head + "a: 'b\nc: d\n", "3:4 the quoted text is not closed | close the quote where the text ends"},
		{"open brace at the end", head + "a: {b: c\n", "3:4 the mapping in braces is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma"},
		{"open bracket at the end", head + "a: [b, c\n", "3:4 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma"},
		{"open brace", head + "a: {b: c\nd: e\n", "3:4 the mapping in braces is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 4:2 noticed here"},
		{"closing brace too many", head + "a: {b: c}}\nd: e\n", "3:10 a brace too many | remove it"},
		{"colon in a text", head + "a: b: c\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"no colon", head + "abc\nd: e\n", "3:1 a key without its colon | write a colon and a space after the key"},
		{"no colon before a mapping", head + "a\n  b: c\n", "3:1 a key without its colon | write a colon and a space after the key"},
		{"indented too little", head + "a:\n    b: c\n  d: e\n", "5:3 this is not a key of the mapping around it | keys of one mapping start in the same column; quote a text that holds special characters | 1:1 the mapping starts here"},
		{"indented too far", head + "a:\n  b: c\n    d: e\n", "5:6 a colon and a space inside a text without quotes | the line is indented too far, or the one before lacks its colon | 4:6 the text that starts here goes on to that line"},
		{"list in a mapping", head + "a:\n  b: c\n  - d\n", "5:3 a list item where a key is expected | remove the dash, or indent the item below the key of its list"},
		{"mapping in a list", head + "a:\n  - b\n  c: d\n", "5:3 this is not an item of the list around it | 4:3 the list starts here"},
		{"text after a quote", head + "a: \"é\" b\n", "3:8 this is not a key of the mapping around it | quote the whole text: what follows a closing quote does not belong to it | 1:1 the mapping starts here"},
		{"reserved", head + "a: @b\n", "3:4 a text without quotes can't start with this character | quote a text that starts with a special character"},
		{"backtick", head + "a: `b`\n", "3:4 a text without quotes can't start with this character | quote a text that starts with a special character"},
		{"percent", head + "a: %b\n", "3:4 a text without quotes can't start with this character | quote a text that starts with a special character"},
		{"escape", head + "a: \"é\\d\"\n", "3:6 an escape that a text in double quotes does not have | 3:4 the text starts here"},
		{"escape too short", head + "a: \"\\x1\"\n", "3:7 an escape without its hexadecimal digits | 3:4 the text starts here"},
		{"block header", head + "a: |x\n  b\n", "3:5 only a comment can follow | or > on its line | start the text on the next line, or quote it if the sign is part of it | 3:4 the text starts here"},
		{"alias", head + "a: 1\nb: *c\n", "4:4 alias *c of nothing | quote a text that starts with *"},
		{"anchor without a name", head + "a: & b\n", "3:5 an anchor or an alias without its name | quote a text that starts with & or * | 3:4 it starts here"},
		{"control character", head + "a: é\x01\n", "3:5 a control character"},
		{"control character after a mark", "\ufeffa: é\x01\n", "1:5 a control character"},
		{"zero byte", head + "a: \x00b\n", "3:4 a control character"},
		{"not text", head + "a: é\xff\n", "3:5 the file is not UTF-8 text"},
		{"UTF-16", "\xff\xfea\x00", "1:1 the file is not UTF-8 text"},
		{"directive", "%FOO\nformat: 1\n", `1:1 the directive "%FOO"; a spec has none | remove the line`},
		{"in the second document", "a: 1\n---\nb: @\n", "3:4 a text without quotes can't start with this character | quote a text that starts with a special character"},
		{"comma", head + "a: [b c,, d]\n", "3:9 a value is missing here | write the value, or remove a comma"},
		{"key twice explicit", head + "? a\n? b\n: : c\n", "5:3 this is not a key of the mapping around it | keys of one mapping start in the same column; quote a text that holds special characters"},
		{"quoted key without a colon", head + "\"a\"\nb: c\n", "3:1 a key without its colon | write a colon and a space after the key"},
		{"a quote closed on the line of another key", "a: \"b\n  c\": d\n", "2:5 a colon and a space inside a text without quotes | close the quote of that text | 1:4 the text that starts here goes on to that line"},
		{"a single quote closed there", "a: 'b\n  c': d\n", "2:5 a colon and a space inside a text without quotes | close the quote of that text | 1:4 the text that starts here goes on to that line"},
		{"a typographic quote at the end", "a: \"b”\nc: d\n", "1:4 the quoted text is not closed | U+201D (right double quotation mark) is not a quote in YAML; close the text with the quote that it starts with"},
		{"and in braces", "a: {b: \"c”}\nd: e\n", "1:8 the quoted text is not closed | U+201D (right double quotation mark) is not a quote in YAML; close the text with the quote that it starts with"},
		{"a tab after a line", "a:\n  b: 1\n\tc: 2\n", "3:1 the line is indented with a tab; YAML allows only spaces | indent with spaces | 2:6 the text starts here"},
		{"a tab inside of a text", "a: b\n  \t@c: d\n", "2:6 a colon and a space inside a text without quotes | the line is indented too far, or the one before lacks its colon | 1:4 the text that starts here goes on to that line"},
		{"a tab behind a key", "a: b\nc\t@d: e: f\n", "2:8 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"a character on its own line", "a:\n  @b\n", "2:3 a text without quotes can't start with this character | quote a text that starts with a special character"},
		{"brackets over lines", "a: [b,\n  c\nd: e\n", "1:4 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 3:2 noticed here"},
		{"brackets on one line", "a: [b c: d: e]\n", "1:11 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 1:4 the list starts here"},
		{"braces on one line", "a: {b: c d: e}\n", "1:11 the mapping in braces is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 1:4 the mapping starts here"},
		{"blank lines at the end", "a:\n  - [b, c\n\n \n", "2:5 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma"},
		{"anchor in braces", "a: {b: &}\n", "1:9 an anchor or an alias without its name | quote a text that starts with & or * | 1:8 it starts here"},
		{"bracket too many", "a: [b]]\n", "1:7 a bracket too many | remove it"},
		{"bracket at the margin", "a: b\n]\n", "2:1 a bracket too many | remove it"},
		{"document in a quote", "a: \"b\n---\nc: d\n", "1:4 the quoted text is not closed | close the quote where the text ends | 2:1 noticed here"},
		{"document in brackets", "a: [b\n---\nc\n", "1:4 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 2:1 noticed here"},
		{"a directive later", "a: 1\n%FOO\n---\nb: 1\n", `2:1 the directive "%FOO"; a spec has none | remove the line`},
		{"after the end", "a: 1\n...\nb\n", "3:1 this does not belong to the document before it"},
		{"text after the dashes", "a\n--- b: c\n", "2:6 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"no colon after lines", "a: b\n c\nd\n", "3:1 a key without its colon | write a colon and a space after the key"},
		{"no-break spaces", "a:\n\u00a0\u00a0b: 1\n  c: 2\n", "2:1 the line is indented with U+00A0 (no-break space); YAML allows only spaces | indent with spaces | 3:4 noticed here"},
		{"no-break space after spaces", "é: ü\na:\n  \u00a0b: 1\n  c: 2: 3\n", "3:3 the line is indented with U+00A0 (no-break space); YAML allows only spaces | indent with spaces | 4:7 noticed here"},
		{"no-break space after a colon", "é:\u00a0b\nc: d\n", "1:3 U+00A0 (no-break space) after a colon; YAML wants a space there | write a space | 2:2 noticed here"},
		{"no-break space and another fault", "a:\n  b:\u00a0c\n  d: e: f\n", "2:5 U+00A0 (no-break space) after a colon; YAML wants a space there | write a space | 3:4 noticed here"},
		{"no-break space in a text", "a: b\u00a0c\nd: e: f\n", "2:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"zero width space", "a:\n  \u200bb: 1\n  c: d: e\n", "2:3 the line is indented with U+200B (zero width space); YAML allows only spaces | indent with spaces | 3:7 noticed here"},
		{"typographic quotes around a colon", "a: “b: c”\n", `1:4 U+201C (left double quotation mark) is not a quote in YAML | write a straight quote: " or '`},
		{"around a key", "é: 1\n“a”: b: c\n", `2:1 U+201C (left double quotation mark) is not a quote in YAML | write a straight quote: " or '`},
		{"of an item", "- “b: c: d\n", `1:3 U+201C (left double quotation mark) is not a quote in YAML | write a straight quote: " or '`},
		{"in brackets", "a: [é, [“b”: c: d]\n", `1:9 U+201C (left double quotation mark) is not a quote in YAML | write a straight quote: " or '`},
		{"of an indented key", "a:\n  “b”: c: d\n", `2:3 U+201C (left double quotation mark) is not a quote in YAML | write a straight quote: " or '`},
		{"inside of a text", "a: b “c: d”\n", "1:8 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"in a comment before", "# “x\na: b: c\n", "2:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"second byte order mark", "\ufeff\ufeffa: 1\n", "1:1 a second byte order mark (U+FEFF) | remove it; a file needs none"},
		{"nothing", "", "1:1 the file is empty | start with `format: 1`"},
		{"null", "~\n", "1:1 the file is empty | start with `format: 1`"},
		{"comment", "# a\n", "1:1 the file is empty | start with `format: 1`"},
		{"dashes", "---\n", "1:1 the file is empty | start with `format: 1`"},
		{"a quote in brackets at the end", "a: [\"b\n", "1:5 the quoted text is not closed | close the quote where the text ends"},
		{"a quote before a space", "a: \"b \"c\" d\n", "1:4 the quoted text is not closed | close the quote where the text ends"},
		{"a quote before a bracket", "a: [\"b\", \"c [\"d\"]\n", "1:10 the quoted text is not closed | close the quote where the text ends"},
		{"a quote inside of a word", "a: \"b\"c\n", "1:7 this is not a key of the mapping around it | quote the whole text: what follows a closing quote does not belong to it | 1:1 the mapping starts here"},
		{"digits of an escape", "a: \"\\xzz\"\n", "1:7 an escape without its hexadecimal digits | 1:4 the text starts here"},
		{"escape of nothing", "a: \"\\ud800\"\n", "1:7 an escape of a character that does not exist | 1:4 the text starts here"},
		{"text in front of a key", "a: 'b'\n  c: d\n", "2:3 this is not a key of the mapping around it | keys of one mapping start in the same column; quote a text that holds special characters | 1:1 the mapping starts here"},
		{"lines in front of a key", "a: b\n  c\n  d: e\n", "3:4 a colon and a space inside a text without quotes | the line is indented too far, or the one before lacks its colon | 1:4 the text that starts here goes on to that line"},
		{"text in a block with a word", "a: > 5\n", "1:6 only a comment can follow | or > on its line | start the text on the next line, or quote it if the sign is part of it | 1:4 the text starts here"},
		{"text in a block at 0", "a: |0\n  b\n", "1:5 a text can't be indented by 0 spaces | 1:4 the text starts here"},
		{"text in a block with a tab", "a: |\n\tb\n", "2:1 the line is indented with a tab; YAML allows only spaces | indent with spaces | 1:4 the text starts here"},
		{"text in a block too far to the left", "a: |2\n b\n", "2:2 this is not a key of the mapping around it | keys of one mapping start in the same column; quote a text that holds special characters | 1:1 the mapping starts here"},
		{"a star", "a: * b\n", "1:5 an anchor or an alias without its name | quote a text that starts with & or * | 1:4 it starts here"},
		{"a question mark", "a: ? b\n", "1:4 a text without quotes can't start with a question mark and a space | quote a text that starts with a special character"},
		{"exclamation marks", "a: !! b\n", "1:6 this is not a tag of YAML | quote a text that starts with ! | 1:4 it starts here"},
		{"tag in front of a quote", "a: !\"b\"\n", "1:5 this is not a tag of YAML | quote a text that starts with ! | 1:4 it starts here"},
		{"tag not closed", "a: !<b c\n", "1:7 this is not a tag of YAML | quote a text that starts with ! | 1:4 it starts here"},
		{"tag of no directive", "a: !b!c d\n", "1:4 this is not a tag of YAML | quote a text that starts with !"},
		{"tag with an escape", "a: !%zz b\n", "1:5 this is not a tag of YAML | quote a text that starts with ! | 1:4 it starts here"},
		{"list beside its key", "a: - b\n", "1:4 a list item where a single value is expected"},
		{"replacement character", "a: \ufffd\nb: é\xff\n", "2:5 the file is not UTF-8 text"},
		{"not text after a mark", "\ufeffé\xff", "1:2 the file is not UTF-8 text"},
		{"control character at the start", "\x01a\n", "1:1 a control character"},
		{"control character in line 1", "é\x02\nb\n", "1:2 a control character"},
		{"a brace alone", "}\n", "1:1 a brace too many | remove it"},
		{"a bracket in braces", "a: {b: c, ]}\n", "1:11 a bracket too many | remove it"},
		{"a comma at the end", "a:\n  - [b,\n", "2:5 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma"},
		{"a directive after a line end of the parser", "a: b\r%FOO\r", "1:6 a directive; a spec has none"},
		{"a quote after a line end of the parser", "# \u2028'b\n", "1:4 the quoted text is not closed | close the quote"},
		{"a quote in another document", "# \u2028'b\r...\r", "1:7 the quoted text is not closed before the document ends | 1:4 the text starts here"},
		{"a tab behind a hyphen", "a:\n  -\tb\n", "2:4 a tab where YAML wants a space | write a space"},
		{"after a text in a block", "a: |\nb: c: d\n", "2:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"after a text of lines in a block", "a:\n  b: |\n    c\n  d: e: f\n", "4:7 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"after typographic quotes", "a: |\n  “b” c\nd: e: f\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"a directive alone", "%YAML 1.1\n", `1:1 the directive "%YAML 1.1"; a spec has none | remove the line | 2:1 noticed here`},
		{"an anchor at the end of a line", "a: &\nb: c\n", "1:5 an anchor or an alias without its name | quote a text that starts with & or * | 1:4 it starts here"},
		{"a control character behind another", "a\x01b\n", "1:2 a control character"},
		{"a quote after the fault behind a mark", "\ufeffa: b: \"c\nd: e\n", "1:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"an open quote behind a mark", "\ufeffa: \"b\nc: \"d\"\n", "1:4 the quoted text is not closed | close the quote where the text ends | 2:5 noticed here"},
		{"braces at the end without a line feed", "- {b: ", "1:3 the mapping in braces is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma"},
		{"indented with a no-break space long before", "\u00a0x: 1\na: 1\nb: c: d\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"a no-break space on the line of the fault", "a:\n  b: 1\n  \u00a0c: d: e\n", "3:3 the line is indented with U+00A0 (no-break space); YAML allows only spaces | indent with spaces"},
		{"no-break space at the start", "\u00a0a: b: c\n", "1:1 the line is indented with U+00A0 (no-break space); YAML allows only spaces | indent with spaces"},
		{"a typographic quote after a text in braces", "a: {b: c, “d: e: f}\n", "1:16 the mapping in braces is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 1:4 the mapping starts here"},
		{"long key with its value below", strings.Repeat("k", 1025) + ":\n  a: b\n", "1:1 a key of 1025 characters; YAML allows 1024 | shorten it"},
		{"longest key in braces", "a: {" + strings.Repeat("k", 1024) + ": b: c}\n", "1:1032 the mapping in braces is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 1:4 the mapping starts here"},
		{"longest key behind a hyphen", "- " + strings.Repeat("k", 1024) + " b: c: d\n", "1:3 a key of 1026 characters; YAML allows 1024 | shorten it"},
		{"a bracket behind a quote", "a: 'b' [c]\n", "1:8 this is not a key of the mapping around it | quote the whole text: what follows a closing quote does not belong to it | 1:1 the mapping starts here"},
		{"much too deep", strings.Repeat("[", 20_000), "1:10001 more than 100 levels of keys and lists in each other"},
		{"long key", head + strings.Repeat("k", 1030) + ": b\n", "3:1 a key of 1030 characters; YAML allows 1024 | shorten it"},
		{"longest key", strings.Repeat("é", 1024) + ": b: c\n", "1:1028 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"key that is just too long", "  " + strings.Repeat("k", 1025) + ": b\n", "1:3 a key of 1025 characters; YAML allows 1024 | shorten it"},
		{"long key in braces", "a: {é: b, " + strings.Repeat("k", 1025) + ": c}\n", "1:11 a key of 1025 characters; YAML allows 1024 | shorten it"},
		{"long key with a colon", "  a:" + strings.Repeat("k", 1023) + ": c\n", "1:3 a key of 1025 characters; YAML allows 1024 | shorten it"},
		{"long key of an item", "- a: b\n- " + strings.Repeat("k", 1025) + ": c\n", "2:3 a key of 1025 characters; YAML allows 1024 | shorten it"},
		{"long key in braces at their start", "a: { " + strings.Repeat("k", 1025) + ": c }\n", "1:6 a key of 1025 characters; YAML allows 1024 | shorten it"},
		{"long line", "a: " + strings.Repeat("k", 1100) + ": c\n", "1:1104 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"after a long line", "a: b" + strings.Repeat(" ", 1100) + "\n]\n", "2:1 a bracket too many | remove it"},
		{"long key at the end", "a: b\n" + strings.Repeat("k", 1030), "2:1 a key without its colon | write a colon and a space after the key"},
	} {
		checkFault(t, test.name, test.source, test.want)
	}
}

// TestQuotes: where a text in quotes is not closed, that is where the problem is, whatever
// stands between it and the place at which the YAML parser fails. What only looks like an
// opening quote on the way there is none.
func TestQuotes(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"at the next quote", "a: \"b\nc: d\ne: \"f\"\n", "1:4 the quoted text is not closed | close the quote where the text ends | 3:5 noticed here"},
		{"at an apostrophe", "a: 'b\nc: d\ne: don't\n", "1:4 the quoted text is not closed | close the quote where the text ends | 3:8 noticed here"},
		{"at the end", "a: 'b\nc: d\n", "1:4 the quoted text is not closed | close the quote where the text ends"},
		{"in a comment", "a: 'b\n# don't\nc: d\n", "1:4 the quoted text is not closed | close the quote where the text ends | 2:7 noticed here"},
		{"before a quoted key", "a:\n  b: \"c\n  \"e: f\": g\n", "2:6 the quoted text is not closed | close the quote where the text ends | 3:5 noticed here"},
		{"in braces", "a: {b: \"c, d: e}\nf: {g: \"h\"}\n", "1:8 the quoted text is not closed | close the quote where the text ends | 2:9 noticed here"},
		{"in brackets on one line", "a: [\"b, \"c\"]\nd: e\n", "1:5 the quoted text is not closed | close the quote where the text ends"},
		{"an item", "a:\n- \"b\n- \"c\"\n", "2:3 the quoted text is not closed | close the quote where the text ends | 3:4 noticed here"},
		{"below its key", "a:\n  b:\n    'c\n  d: e'f\n", "3:5 the quoted text is not closed | close the quote where the text ends | 4:8 noticed here"},
		{"a key", "\"a: b\nc: \"d\"\n", "1:1 the quoted text is not closed | close the quote where the text ends | 2:5 noticed here"},
		{"after texts with apostrophes", "a: it's\nb: |\n  'c\n  \"d\n\n   e\nf: >-\n  'g\nh: i 'j\n  'k\nl: [m's, {n: o's}] # 'p\nq: \"r\ns: \"t\"\n", "12:4 the quoted text is not closed | close the quote where the text ends | 13:5 noticed here"},
		{"after texts of several lines", "a: \"b\n  c: d\"\ne: 'f\n\n  - g'\nh: 'i\nj: 'k'\n", "6:4 the quoted text is not closed | close the quote where the text ends | 7:5 noticed here"},
		{"after an escaped quote", "a: \"b\\\" c\"\nd: 'e'' f'\ng: \"h\ni: \"j\"\n", "3:4 the quoted text is not closed | close the quote where the text ends | 4:5 noticed here"},
		{"behind tabs", "a:\t\"b\nc: \"d\"\n", "1:4 the quoted text is not closed | close the quote where the text ends | 2:5 noticed here"},
		{"in lines with carriage returns", "a:\r\n  \"b\r\nc: \"d\"\r\n", "2:3 the quoted text is not closed | close the quote where the text ends | 3:5 noticed here"},
		{"behind a comment", "# 'a\nb: 1 # 'c\nd: 'e' # 'f\ng: 'h\ni: 'j'\n", "4:4 the quoted text is not closed | close the quote where the text ends | 5:5 noticed here"},
		{"behind texts in brackets", "a: [b c, d'e, {f: g'h}, i]\nj: 'k\nl: 'm'\n", "2:4 the quoted text is not closed | close the quote where the text ends | 3:5 noticed here"},
		{"another fault behind a comment", "a: 1\n# b: \"c\nd: e: f\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"another fault behind a hyphen", "- - 'a\n  b'\n- c: d: e\n", "3:7 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"behind escapes", "a: \"b\n  \\\"c\\\" d\"\ne: 'f\n  ''g'' h'\ni: 'j\nk: 'l'\n", "5:4 the quoted text is not closed | close the quote where the text ends | 6:5 noticed here"},
		{"below a key at the column of keys", "a:\n    'b\n    c: d'\ne: f: g\n", "2:5 the quoted text is not closed | close the quote where the text ends | 4:5 noticed here"},
		{"another fault at the end of the file", "a: 'b' 'c'", "1:8 this is not a key of the mapping around it | quote the whole text: what follows a closing quote does not belong to it | 1:1 the mapping starts here"},
		{"another fault behind a backslash", "a: \"b\\\\\"\nc: 'd\\'\ne: f: g\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"another fault behind a comment beside a text of lines", "a: 'b\n  c' # d\ne: f: g\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"another fault", "a: \"b\n  c\"\nd: e: f\n", "3:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
		{"another fault before it", "d: e: f\na: \"b\n", "1:5 a colon and a space inside a text without quotes | quote a text that holds a colon and a space"},
	} {
		checkFault(t, test.name, test.source, test.want)
	}
}

func checkFault(t *testing.T, name, source, want string) {
	t.Helper()
	root, problems := syntax.Parse("s.yaml", []byte(source), syntax.DefaultSize)
	if root != nil || len(problems) != 1 {
		t.Errorf("%s: %v, %v, want one problem", name, root, problems)
		return
	}
	p := problems[0]
	if got := told(p); got != want {
		t.Errorf("%s:\n got %s\nwant %s", name, got, want)
	}
	if p.Severity != diag.Error || p.Rule != syntax.RuleSyntax && p.Rule != syntax.RuleLimit || p.File != "s.yaml" {
		t.Errorf("%s: %+v", name, p)
	}
}
