package syntax_test

import (
	"fmt"
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
	for source, want := range map[string]string{"a: [1\n": "1:4", "": "1:1", "# x\u2028b: 1\n": "1:4"} {
		out, problems := syntax.Layout("a.yaml", []byte(source), syntax.DefaultSize)
		if out != nil || len(problems) == 0 || fmt.Sprintf("%d:%d", problems[0].Line, problems[0].Column) != want {
			t.Errorf("%q: %q, %v, want a problem at %s", source, out, problems, want)
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
