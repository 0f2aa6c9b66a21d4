package syntax

import (
	"fmt"
	"strings"
	"testing"
)

// TestDocument reads what a spec may not have.
func TestDocument(t *testing.T) {
	const source = `---
base: &base {a: 1, b: !!str 2}
more:
  <<: [*base]
  b: three
nothing: ~
listed: [*base, null, "null"]
---
second: document
`
	root, problems := Document("a.yaml", []byte(source), DefaultSize)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	more := root.At("more")
	if got := more.At("a").Text + more.At("b").Text; got != "1three" {
		t.Errorf("merged: %s", got)
	}
	if root.At("nothing").Type != Null || root.At("listed").Items[1].Type != Null || root.At("listed").Items[2].Type != Text {
		t.Errorf("nulls are not told from texts")
	}
	if root.At("listed").Items[0] != root.At("base") {
		t.Error("an alias is made twice")
	}
	if at := more.At("b").Place; at.Line != 5 || at.Column != 6 {
		t.Errorf("place %v", at)
	}
}

func TestDocumentFaults(t *testing.T) {
	for name, source := range map[string]string{
		"broken":    "a: [1\nb: 2\n",
		"not UTF-8": "a: \xff\n",
		"empty":     "",
		"deep":      strings.Repeat("[", 300) + strings.Repeat("]", 300),
		"large":     strings.Repeat("#", 100),
	} {
		size := int64(DefaultSize)
		if name == "large" {
			size = 50
		}
		root, problems := Document("a.yaml", []byte(source), size)
		if root != nil || len(problems) != 1 {
			t.Errorf("%s: %v, %v", name, root, problems)
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
		root, problems := Document("a.yaml", []byte(source), DefaultSize)
		if root != nil || len(problems) != 1 || !strings.HasPrefix(fmt.Sprintf("%d:%d: %s", problems[0].Line, problems[0].Column, problems[0].Message), want) {
			t.Errorf("%.60q: %v, %v, want %s", source, root, problems, want)
		}
	}
}

// TestDocumentMerges merges mappings, one or those of a list, and the first of a key counts.
func TestDocumentMerges(t *testing.T) {
	root, problems := Document("a.yaml", []byte("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nm: {x: 0, <<: [*a, *b, 5]}\nn: {<<: *b}\n"), DefaultSize)
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
