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
		if got, want := isPlain(text, utf8.ValidString), replaced(r) == r; got != want {
			t.Fatalf("%q is plain: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"\xff", "é\xc2", "\xe2\x80", "a\xc0\x80"} {
		if isPlain(text, utf8.ValidString) || Visible(text) == text || string(VisibleBytes([]byte(text))) != Visible(text) {
			t.Errorf("%q is plain", text)
		}
	}
}

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		" a\t b\n\nc ":                        "a b c",
		"Statut\u00a0:\n 429\u202f; 5\u00a0s": "Statut\u00a0: 429\u202f; 5\u00a0s",
		"a\u2003b":                            "a b",
		" \u00a0\n\u202f":                     "",
		"残高が\n  不足\n\nしています。": "残高が不足しています。",
		"余额 5\n元，见\nAPI\n页面":  "余额 5 元，见 API 页面",
		"日本 語":                "日本 語",
		"one line, of words":  "one line, of words",
		"two  spaces":         "two spaces",
		" a":                  "a",
		"a ":                  "a",
		"a\vb":                "a b",
	} {
		if got := Line(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
