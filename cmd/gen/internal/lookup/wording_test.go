package lookup

import (
	"strings"
	"testing"
)

// TestWordings wants a source beside each wording, and each text once.
func TestWordings(t *testing.T) {
	x := New(shipped(t))
	seen := map[string]string{}
	for _, w := range wordings {
		if w.source == "" {
			t.Errorf("%q have no source", w.texts)
		}
		for _, text := range w.texts {
			letters := squash(text)
			if seen[letters] != "" {
				t.Errorf("%q is there twice, and as %q", text, seen[letters])
			}
			seen[letters] = text
			text = strings.TrimPrefix(text, "!")
			own := x.Explain("Exception: " + strings.Replace(text, "*", "500ms", 1))
			if len(own) == 0 || own[0].Entry.Code != string(w.kind) {
				t.Errorf("%q: got %v, want %s", text, lines(own), w.kind)
			}
		}
	}
}
