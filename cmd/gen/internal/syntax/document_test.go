package syntax

import (
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

// TestDocumentOfItself reads a document in which an alias names what it stands in.
func TestDocumentOfItself(t *testing.T) {
	root, _ := Document("a.yaml", []byte("a: &a\n  b: *a\n"), DefaultSize)
	if a := root.At("a"); a == nil || a.At("b") != a {
		t.Errorf("%v", root)
	}
}
