package check

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
)

// TestPlaceholdersIn compares what finds placeholders with the expression that says what
// they are.
func TestPlaceholdersIn(t *testing.T) {
	want := regexp.MustCompile(`\{\{[^{}]*\}\}|\{\{|\}\}`)
	letters := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		text := make([]byte, letters.IntN(12))
		for i := range text {
			text[i] = "{{}}a "[letters.IntN(6)]
		}
		var spans [][2]int
		for _, span := range want.FindAllIndex(text, -1) {
			spans = append(spans, [2]int(span))
		}
		if got := placeholdersIn(string(text)); !slices.Equal(got, spans) {
			t.Fatalf("%s: found at %v, want %v", text, got, spans)
		}
	}
}

// TestLiteralIn wants no figure missed for the sake of speed.
func TestLiteralIn(t *testing.T) {
	for text, want := range map[string]string{
		"wait thirty Seconds now": "thirty Seconds", "an hour": "an hour", "sixty mins": "sixty mins", "a day": "a day", "two hrs": "two hrs",
		"ten milliseconds": "ten milliseconds", "one ſecond": "one ſecond", "5s": "5s", "try 3 times": "3 times", "soon": "",
	} {
		if got := literalIn(text); got != want || literal().FindString(text) != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
