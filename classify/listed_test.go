package classify

import (
	"fmt"
	"strings"
	"testing"
)

// keysOf returns n keys that share most of their text.
func keysOf(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("ERROR_CODE_%d", i)
	}
	return keys
}

// Only a listed key is found through a catalog, whatever the index says.
func TestLookup(t *testing.T) {
	for _, fold := range []bool{false, true} {
		c := &Catalog{FoldCase: fold}
		for i, key := range keysOf(3000) {
			c.Codes = append(c.Codes, Entry{Code: key})
			if i < 500 {
				c.Aliases = append(c.Aliases, Alias{Text: "ALIAS_" + key, Code: uint16(i + 1)})
			}
		}
		indexed(c)
		for i, key := range keysOf(3000) {
			if entry, ok := c.Lookup(key); !ok || entry != c.Codes[i].View() {
				t.Fatalf("Lookup(%s) = %v, %t", key, entry, ok)
			}
			if entry, ok := c.Lookup(strings.ToLower(key)); ok != fold || fold && entry != c.Codes[i].View() {
				t.Fatalf("fold is %t: Lookup of %s in lower case = %v, %t", fold, key, entry, ok)
			}
			if entry, ok := c.Lookup("ALIAS_" + key); ok != (i < 500) || ok && entry != c.Codes[i].View() {
				t.Fatalf("Lookup of the alias of %s = %v, %t", key, entry, ok)
			}
			if entry, ok := c.Lookup(key + "0000"); ok || !entry.IsZero() {
				t.Fatalf("Lookup(%s0000) = %v, %t", key, entry, ok)
			}
		}
		if _, ok := c.Lookup(""); ok {
			t.Error("the empty text is listed")
		}
	}
	if _, ok := new(Catalog).Lookup("A"); ok {
		t.Error("an empty catalog lists a code")
	}
}

// Where codes match in their own case alone, prefixes do too.
func TestDecisionOfAPrefixInAnotherCase(t *testing.T) {
	c := taskAPI()
	c.Prefixes = append(c.Prefixes, Entry{Kind: KindPrefix, Code: "kelvin_*"})
	for text, want := range map[string]Kind{"kelvin_9": KindPrefix, "Kelvin_9": KindUnknown, "KELVIN_9": KindUnknown} {
		if d := c.Classify(Reply{Status: 200, Body: []byte(text)}); d.Source != want {
			t.Errorf("%s is decided by %s, want %s", text, d.Source, want)
		}
	}
}
