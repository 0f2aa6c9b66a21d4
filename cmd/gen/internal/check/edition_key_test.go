package check

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestHasKey compares what finds a key with the expression that says what one is.
func TestHasKey(t *testing.T) {
	want := regexp.MustCompile(`(?m)^["']?language["']?[ \t]*:`)
	parts := []string{"language", "lang", "\n", "\"", "'", " ", "\t", ":", "x", "\r\n"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var text strings.Builder
		for range random.IntN(9) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		content := []byte(text.String())
		if got := hasKey(content, "language"); got != want.Match(content) {
			t.Fatalf("%q: got %t", content, got)
		}
	}
}
