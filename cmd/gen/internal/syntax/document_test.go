package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// TestDocument reads what a spec may not have.
func TestDocument(t *testing.T) {
	for source, want := range map[string]string{
		"---\nbase: &base {a: 1, b: !!str 2}\nmore:\n  <<: [*base]\n  b: three\n": "{base: {a: 1(int), b: 2}, more: {b: three, a: 1(int)}}",
		"listed: [~, null, 'null', .5, yes, true]\nnothing: ~\n":                  "{listed: [~(null), null(null), null, .5(float), yes, true(bool)], nothing: ~(null)}",
		"a: 1\n---\nb: [\n":           "{a: 1(int)}",
		"a: [&b [c, d], *b, {e: *b}]": "{a: [[c, d], [c, d], {e: [c, d]}]}",
		"\"<<\": {a: 1}\nb: 2\n":      "{<<: {a: 1(int)}, b: 2(int)}",
		"[a, b]: c\n? {d: e}\n: f\n":  "{: c, : f}",
	} {
		root, problems := syntax.Document("a.yaml", []byte(source), syntax.DefaultSize)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got := strings.ReplaceAll(shown(root), "'", ""); got != want {
			t.Errorf("%q: %s, want %s", source, got, want)
		}
	}
	root, _ := syntax.Document("a.yaml", []byte("a: &b [1]\nc:\n  d: *b\n  é: f\n"), syntax.DefaultSize)
	if root.At("a") != root.At("c").At("d") {
		t.Error("an alias is made twice")
	}
	if at := root.At("c").Pairs[1].Key.Place; at.Line != 4 || at.Column != 3 {
		t.Errorf("place of a key %v", at)
	}
	if at := root.At("c").At("é").Place; at.Line != 4 || at.Column != 6 || at.File != "a.yaml" {
		t.Errorf("place %v", at)
	}
	if root.At("e") != nil || root.At("e").At("f") != nil {
		t.Error("a key that is not there has a value")
	}
}

func TestDocumentFaults(t *testing.T) {
	deep := func(open, end string, n int) string { return strings.Repeat(open, n) + strings.Repeat(end, n) }
	const tooDeep = "more than 100 levels of keys and lists in each other"
	for _, test := range []struct {
		source string
		size   int64
		want   string
	}{
		{"a: [1\nb: 2\n", 1000, "1:4 the list in brackets is not closed, or a comma is missing | close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma | 2:2 noticed here"},
		{"a: \xff\n", 1000, "1:4 the file is not UTF-8 text"},
		{"", 1000, "1:1 the file is empty"},
		{"# nothing\n", 1000, "1:1 the file is empty"},
		{strings.Repeat("#", 50), 50, "1:1 the file is empty"},
		{strings.Repeat("#", 51), 50, "0:0 the file has more than 50 bytes | --max-size raises the limit"},
		{deep("[", "]", 101), 20_000, ""},
		{deep("[", "]", 102), 20_000, "1:102 " + tooDeep},
		{deep("{a: ", "}", 102), 20_000, "1:405 " + tooDeep},
		{deep("{a: ", "}", 100), 20_000, ""},
		{"[" + deep("[", "]", 101) + ", " + deep("[", "]", 110) + "]", 20_000, "1:102 " + tooDeep},
		{strings.Repeat("{a: ", 100) + "{<<: {b: c}}" + strings.Repeat("}", 100), 20_000, "1:406 " + tooDeep},
		{"[1, 2, 3, 4]", 24 * 5, ""},
		{"[1, 2, 3, 4]", 24 * 4, "1:13 the file has more than 4 keys and values up to here | --max-size raises this limit too"},
		{"a: &a [1, 2]\nb: [*a, *a]\n", 24 * 11, ""},
		{"a: &a [1, 2]\nb: [*a, *a]\n", 24 * 10, "1:1 the file has more than 10 keys and values up to here | --max-size raises this limit too"},
		{"a: [1, 2, 3]\nb: [4, 5, 6]\n", 24 * 4, "2:11 the file has more than 4 keys and values up to here | --max-size raises this limit too"},
		{"a: &a [1, 2]\nb: &b [*a, *a, *b]\n", 24 * 11, "2:16 an alias inside of what it names | write out what is meant"},
	} {
		root, problems := syntax.Document("a.yaml", []byte(test.source), test.size)
		var got []string
		for _, p := range problems {
			got = append(got, told(p))
		}
		if strings.Join(got, "\n") != test.want || (root == nil) != (test.want != "") {
			t.Errorf("%.60q in %d:\n got %s\nwant %s", test.source, test.size, strings.Join(got, "\n"), test.want)
		}
	}
}

// TestDocumentOfItself wants documents refused that have no end, or no measure, once each alias
// is what it names.
func TestDocumentOfItself(t *testing.T) {
	bomb := "a0: &a0 {x: 1}\n"
	for n := 1; n < 60; n++ {
		bomb += fmt.Sprintf("a%d: &a%[1]d [*a%d, *a%[2]d]\n", n, n-1)
	}
	for source, want := range map[string]string{
		"a: &a\n  b: *a\n":               "2:6: an alias inside of what it names",
		"a: &a [[*a]]\n<<: *a\n":         "1:9: an alias inside of what it names",
		"a: &a {<<: [*a]}\n":             "1:13: an alias inside of what it names",
		bomb:                             "1:1: the file has more than",
		bomb + "m: {<<: [*a59, *a58]}\n": "1:1: the file has more than",
		"":                               "1:1: the file is empty",
		"# nothing\n":                    "1:1: the file is empty",
	} {
		root, problems := syntax.Document("a.yaml", []byte(source), syntax.DefaultSize)
		if root != nil || len(problems) != 1 || !strings.HasPrefix(fmt.Sprintf("%d:%d: %s", problems[0].Line, problems[0].Column, problems[0].Message), want) {
			t.Errorf("%.60q: %v, %v, want %s", source, root, problems, want)
		}
	}
}

// TestDocumentMerges merges mappings, one or those of a list, and the first of a key counts.
func TestDocumentMerges(t *testing.T) {
	root, problems := syntax.Document("a.yaml", []byte("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nm: {x: 0, <<: [*a, *b, 5]}\nn: {<<: *b}\n"), syntax.DefaultSize)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for key, want := range map[string]string{"m": "x=0 y=2 z=4", "n": "y=3 z=4"} {
		var got []string
		for _, pair := range root.At(key).Pairs {
			got = append(got, pair.Key.Text+"="+pair.Value.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", key, got, want)
		}
	}
}
