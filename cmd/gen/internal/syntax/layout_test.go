package syntax_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

func layout(t *testing.T, source string) string {
	t.Helper()
	out, problems := syntax.Layout("a.yaml", []byte(source), syntax.DefaultSize)
	if diag.HasErrors(problems) {
		t.Fatalf("%q: %v", source, problems)
	}
	return string(out)
}

func TestLayout(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"steps", "a:\n    b:\n       c: 1\n       d: 2\n    e: 3\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n"},
		{"list in line with its key", "a:\n- b: 1\n  c: 2\n- d\ne: 1\n", "a:\n  - b: 1\n    c: 2\n  - d\ne: 1\n"},
		{"hyphens", "a:\n  -   b: 1\n      c: 2\n  -\n      d: 1\n", "a:\n  - b: 1\n    c: 2\n  -\n    d: 1\n"},
		{"list of lists", "a:\n- - 1\n  - 2\n-   - 3\n", "a:\n  - - 1\n    - 2\n  - - 3\n"},
		{"spaces", "a:    1  \nb:\t2\nö:   ü  # c\n", "a: 1\nb: 2\nö: ü  # c\n"},
		{"empty lines", "\n\na: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"},
		{"line ends", "\ufeffa: 1\r\nb: |\r\n   c\r\n", "a: 1\nb: |\n  c\n"},
		{"no end", "a: 1", "a: 1\n"},
		{"no end of a text", "a: |\n    b", "a: |\n  b"},
		{"comments", "# top\na:\n    # of b\n    b: 1\n    # after b\n# of c\nc: 1\n  # end\n", "# top\na:\n  # of b\n  b: 1\n  # after b\n# of c\nc: 1\n# end\n"},
		{"comment of a list", "a:\n# of 1\n- 1\n# of 2\n- 2\n# of b\nb: 1\n", "a:\n  # of 1\n  - 1\n  # of 2\n  - 2\n# of b\nb: 1\n"},
		{"text", "a:\n    b: |\n         x\n           # no comment\n\n\n         - y \n    c: >-\n        z\n", "a:\n  b: |\n    x\n      # no comment\n\n\n    - y \n  c: >-\n    z\n"},
		{"text with indicators", "a:\n    b: |2\n        x\n      y\n    c: |+\n     z\n\n\nd: 1\n", "a:\n  b: |2\n      x\n    y\n  c: |+\n    z\n\n\nd: 1\n"},
		{"text of an item", "a:\n- |\n  x\n-   >\n    y\n- b: |\n    z\n", "a:\n  - |\n    x\n  - >\n    y\n  - b: |\n      z\n"},
		{"comment after a text", "a: |\n    x\n  # of b\nb: 1\n", "a: |\n  x\n# of b\nb: 1\n"},
		{"lines of a value", "a:\n    b: one\n      - two\n      three\n    c: \"x\n      y\"\n    d: {x: 1,\n        y: [2,\n          3]}\n    e:\n       far\n       off\n",
			"a:\n  b: one\n    - two\n    three\n  c: \"x\n    y\"\n  d: {x: 1,\n      y: [2,\n        3]}\n  e:\n    far\n    off\n"},
		{"documents", "---\na:\n    b: 1\n...\n---\nc:\n- 1\n", "---\na:\n  b: 1\n...\n---\nc:\n  - 1\n"},
		{"anchors", "a: &x\n    b: 1\nc:   *x\nd: !!str   2\n", "a: &x\n  b: 1\nc: *x\nd: !!str   2\n"},
		{"no value", "a: # of a\nb:\n-\n- # of 2\n- c:   # of c\n", "a: # of a\nb:\n  -\n  - # of 2\n  - c:   # of c\n"},
		{"comments at the end", "a:\n    b:\n        c: 1\n        # of c\n    # of b\n# of a\n", "a:\n  b:\n    c: 1\n    # of c\n  # of b\n# of a\n"},
		{"comments at the end, farther", "a:\n    b:\n        c: 1\n          # of c\n     # of b\n", "a:\n  b:\n    c: 1\n  # of c\n  # of b\n"},
		{"comments of documents", "a:\n    b: 1\n    # of b\n# of a\n---\n    # of c\nc:\n    d: 1\n", "a:\n  b: 1\n  # of b\n# of a\n---\n# of c\nc:\n  d: 1\n"},
		{"lines like a document's end", "a:\n     b\n     --- c\n     ... d\n     %e\n", "a:\n  b\n  --- c\n  ... d\n  %e\n"},
		{"directive", "%YAML 1.1\n---\na:\n    b: 1\n", "%YAML 1.1\n---\na:\n  b: 1\n"},
		{"comment in braces", "a:\n    b: {x: 1,\n     # of y\n        y: 2}\n", "a:\n  b: {x: 1,\n  # of y\n      y: 2}\n"},
		{"empty lines in a text", "a: |\n\n\n    b\n       \n  \n    c\n", "a: |\n\n\n  b\n     \n\n  c\n"},
		{"empty lines after a text", "a:\n    b: |\n        c\n\n\n    d: 1\n", "a:\n  b: |\n    c\n\n  d: 1\n"},
		{"empty texts", "a: |\nb:\n    c: |\n    d: >\n\n    e: 1\n", "a: |\nb:\n  c: |\n  d: >\n\n  e: 1\n"},
		{"comment farther to the left", "a:\n    b: |\n        c\n      # d\n    # e\n    f: 1\n", "a:\n  b: |\n    c\n  # d\n  # e\n  f: 1\n"},
		{"texts with digits", "a: |1\n   x\n  y\nb: >9-\n          x\n         y\nc: |-1 # 2 +\n  x\n", "a: |1\n   x\n  y\nb: >9-\n          x\n         y\nc: |-1 # 2 +\n  x\n"},
		{"text with a comment beside", "a: | # 4 +\n   b\n\n\nc: >- # d\n   e\n", "a: | # 4 +\n  b\n\nc: >- # d\n  e\n"},
		{"texts that keep their end", "a: |+\n    b\n\n\n", "a: |+\n  b\n\n\n"},
		{"text that does not keep its end", "a: |\n    b\n\n\n", "a: |\n  b\n"},
		{"text that keeps its end before a comment", "a: |+\n    b\n\n# c\n", "a: |+\n  b\n\n# c\n"},
		{"text on its own line", "a:\n    |\n    b\nc:\n      >-\n       d\n", "a:\n  |\n  b\nc:\n  >-\n  d\n"},
		{"text of an item on its own line", "-\n    |\n     a\n-   b\n", "-\n  |\n  a\n- b\n"},
		{"item with a comment beside", "a:\n-   # of b\n    b: 1\n-\n      # of c\n      c: 1\n", "a:\n  - # of b\n    b: 1\n  -\n    # of c\n    c: 1\n"},
		{"hyphens and nothing", "a:\n-\n- -\n  -\n-   -   b\n", "a:\n  -\n  - -\n    -\n  - - b\n"},
		{"root list", "-   a\n-     b: 1\n      c: 2\n", "- a\n- b: 1\n  c: 2\n"},
		{"root text after dashes", "--- |\n    a\n", "--- |\n    a\n"},
		{"root scalar", "  abc\n    def\n", "abc\n  def\n"},
		{"explicit keys", "?   a\n:   b\n?   - c\n:   - d\n", "?   a\n:   b\n?   - c\n:   - d\n"},
		{"explicit key with a mapping", "? a:   b\n  c:   d\n: e\n", "? a: b\n  c: d\n: e\n"},
		{"anchor on its line", "a:   &x\n    - 1\nb:   *x\nc: !!map\n      d:   &y   2\n", "a: &x\n  - 1\nb: *x\nc: !!map\n  d: &y   2\n"},
		{"quoted text over lines", "a:\n    b: 'c\n\n        d'\n    e:   \"f\n    g\"\n", "a:\n  b: 'c\n\n      d'\n  e: \"f\n  g\"\n"},
		{"quoted keys", "\"a\":   1\n'b' :   2\n", "\"a\": 1\n'b' : 2\n"},
		{"key with é", "é:   ü\nü:\n    ö:    ä\n", "é: ü\nü:\n  ö: ä\n"},
		{"colon in a value", "a:   b:c\nd:   {e:   f}\n", "a: b:c\nd: {e:   f}\n"},
		{"tabs", "a:\t\tb\t\nc: d \t\n", "a: b\nc: d\n"},
		{"indented root", "  a:\n      b: 1\n  c: 2\n", "a:\n  b: 1\nc: 2\n"},
		{"list below its key, deeper and not", "a:\n    - b\nc:\n- d:\n  - e\n  f:\n      - g\n", "a:\n  - b\nc:\n  - d:\n      - e\n    f:\n      - g\n"},
		{"step down and up", "a:\n   b:\n      c:\n         d: 1\n   e: 1\nf:\n - g: 1\n   h:\n    - 1\n", "a:\n  b:\n    c:\n      d: 1\n  e: 1\nf:\n  - g: 1\n    h:\n      - 1\n"},
		{"comments of levels", "a:\n   # 1\n   b:\n      # 2\n      c: 1\n      # 3\n   # 4\n   d: 1\n # 5\n# 6\ne: 1\n", "a:\n  # 1\n  b:\n    # 2\n    c: 1\n    # 3\n  # 4\n  d: 1\n# 5\n# 6\ne: 1\n"},
		{"comment before an item in line with its key", "a:\n    b:\n    # 1\n    - c\n    # 2\n    d: 1\n", "a:\n  b:\n    # 1\n    - c\n  # 2\n  d: 1\n"},
		{"comment between deeper and not", "a:\n    b: 1\n        # of b\n    c: 1\n  # of d\nd: 1\n", "a:\n  b: 1\n  # of b\n  c: 1\n# of d\nd: 1\n"},
		{"empty lines around comments", "# a\n\n\n# b\n\na: 1\n\n\n# c\n\n\nb: 1\n\n# d\n\n\n", "# a\n\n# b\n\na: 1\n\n# c\n\nb: 1\n\n# d\n"},
		{"only an empty line at the start", "\n# a\na: 1\n", "# a\na: 1\n"},
		{"value on the next line", "a:\n      b\nc:\n    'd'\n", "a:\n  b\nc:\n  'd'\n"},
		{"braces on the next line", "a:\n      {b: 1,\n    c: 2}\n", "a:\n  {b: 1,\n  c: 2}\n"},
		{"windows ends in a text", "a: >\r\n     b\r\n\r\n     c\r\n", "a: >\n  b\n\n  c\n"},
		{"windows ends and blanks", "a: 1  \r\n\r\n\r\nb: 2\r\n", "a: 1\n\nb: 2\n"},
		{"text and blanks without an end", "a: |\n    b\n  ", "a: |\n  b\n"},
		{"text that ends in blanks", "a: |\n    b\n      ", "a: |\n  b\n    "},
		{"text that keeps its end and blanks", "a: |+\n    b\n\n  ", "a: |+\n  b\n\n"},
		{"text that keeps its end without one", "a: |+\n    b", "a: |+\n  b"},
		{"empty text without an end", "a: |", "a: |"},
		{"empty text and blanks", "a: |+\n\n", "a: |+\n\n"},
		{"empty text that is the end", "a:\n    b: |\n", "a:\n  b: |\n"},
		{"text over to the left of its start", "a:\n    b:\n          'c\n      d'\n    e:\n          f\n        g\n", "a:\n  b:\n    'c\n    d'\n  e:\n    f\n    g\n"},
		{"brackets to the left", "a:\n    b: [\n  c,\nd\n]\n", "a:\n  b: [\n  c,\n  d\n  ]\n"},
		{"empty lines in a value", "a:\n    b: \"c\n\n\n        d\"\n\n\n    e: f\n\n\n      g\n", "a:\n  b: \"c\n\n\n      d\"\n\n  e: f\n\n\n    g\n"},
		{"blanks in a text", "a: |\n    b\n    \n    c\n", "a: |\n  b\n\n  c\n"},
		{"blanks before a text", "a:\n    b: |\n     \n      c\n", "a:\n  b: |\n\n    c\n"},
		{"root list of lists", "- - 1\n  -   2\n-   - 3\n", "- - 1\n  - 2\n- - 3\n"},
		{"line of a value with a hyphen", "a:\n    b: one\n        - two\n", "a:\n  b: one\n      - two\n"},
		{"text with digits, empty lines and hashes", "a:\n    b: |2\n        c\n\n\n       # d\n    e: >-3\n        # f\n\n\n        g\n", "a:\n  b: |2\n      c\n\n\n     # d\n  e: >-3\n      # f\n\n\n      g\n"},
		{"text with signs in its comment", "a: | # |+\n    b\n\n\nc: >- # d | e\n     f\n\"g | h\": |+ # i >\n   j\n\n\nk: 1\n", "a: | # |+\n  b\n\nc: >- # d | e\n  f\n\"g | h\": |+ # i >\n  j\n\n\nk: 1\n"},
		{"text with an anchor or a tag", "a: &b |+\n    c\n\n\nd:\n    !!str |\n     e\nf: &g\n   >-\n     h\n", "a: &b |+\n  c\n\n\nd:\n  !!str |\n  e\nf: &g\n  >-\n    h\n"},
		{"key of an item below a comment", "a:\n-   # of b\n       b: 1\n", "a:\n  - # of b\n    b: 1\n"},
		{"anchor at the margin", "&a b:\n    c: 1\n", "&a b:\n  c: 1\n"},
		{"keys with é", "é: |\n    ä\n\"ü\": >-\n    ö\n", "é: |\n  ä\n\"ü\": >-\n  ö\n"},
		{"empty lines between items", "a:\n- b\n\n\n\n- c\n", "a:\n  - b\n\n  - c\n"},
		{"good already", "a: {x: 1,  y: 2}\nb:\n  - 'it''s'   # so\n", "a: {x: 1,  y: 2}\nb:\n  - 'it''s'   # so\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := layout(t, test.source)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if again := layout(t, got); again != got {
				t.Errorf("the second time:\n%s", cmp.Diff(got, again))
			}
		})
	}
}

// TestLayoutOfBroken wants what is not YAML reported where it is.
func TestLayoutOfBroken(t *testing.T) {
	const otherEnd = " the layout can't be changed: a line break other than a line feed"
	for source, want := range map[string]string{
		"":                                  "1:1 the file is empty | start with `format: 1`",
		"a: [1\n":                           "1:4 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma",
		"a: 1\n# é\u2028b: 1\n":             "2:4" + otherEnd,
		"\ra: 1\n":                          "1:1" + otherEnd,
		"\ufeffa: 1 # b\u0085c: 1\n":        "1:9" + otherEnd,
		"a: 1\n---\nb: 1\n---\nc:\n  @\n":   "6:3 a text without quotes can't start with this character | quote a text that starts with a special character",
		"a:\n  ? b:\n        c: d\n  : e\n": "1:1 the layout can't be changed: its values would change",
	} {
		out, problems := syntax.Layout("a.yaml", []byte(source), syntax.DefaultSize)
		if out != nil || len(problems) != 1 || told(problems[0]) != want {
			t.Errorf("%q: %q, %v, want %s", source, out, problems, want)
		}
	}
}

// TestLayoutOfSpecs wants the specs of this project unchanged.
func TestLayoutOfSpecs(t *testing.T) {
	for _, pattern := range []string{"../../../../spec/*.yaml", "../cli/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(source), layout(t, string(source))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		}
	}
}
