package model

import (
	"testing"
	"unicode/utf8"
)

// TestIsPlain tries every character, and wants those to be plain that Visible leaves
// alone.
func TestIsPlain(t *testing.T) {
	for r := range rune(utf8.MaxRune + 1) {
		if !utf8.ValidRune(r) {
			continue
		}
		text := "é" + string(r) + "–"
		if got, want := isPlain(text), replaced(r) == r; got != want {
			t.Fatalf("%q is plain: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"\xff", "é\xc2", "\xe2\x80", "a\xc0\x80"} {
		if isPlain(text) || Visible(text) == text {
			t.Errorf("%q is plain", text)
		}
	}
}
