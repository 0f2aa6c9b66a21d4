package markdown

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// randomText returns a text of some of the parts.
func randomText(random *rand.Rand, parts []string) string {
	var text strings.Builder
	for range random.IntN(12) {
		text.WriteString(parts[random.IntN(len(parts))])
	}
	return text.String()
}

// TestWithoutExpressions compares what is done without an expression, for speed, with the
// expression that says the same.
func TestWithoutExpressions(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts := []string{":", "://", "/", "+1", "-1", "100", "1234", "12", "a", "Z", "é", "_", "+", "-", "@", ".", " ", "\n", "A_B", "http", "https://a.b/c", "x@y.zz",
		"<!--", "[!", "mdx-", "@include:", "code ", "code-block", "::note ", ">", "`", "~~~", "{", "ſ", "\u212a"}
	emoji := regexp.MustCompile(`^([+-]1|100|1234|[\w+-]*[A-Za-z][\w+-]*):`)
	bare := regexp.MustCompile(`^://\w`)
	for range 100_000 {
		text := randomText(random, parts)
		if endsEmoji(text) != emoji.MatchString(text) {
			t.Fatalf("%q: an emoji: %t", text, endsEmoji(text))
		}
		if makesAddress(text) != bare.MatchString(text) {
			t.Fatalf("%q: an address: %t", text, makesAddress(text))
		}
		if found := linkable().FindAllStringIndex(text, -1); len(links(text)) != len(found) {
			t.Fatalf("%q: links at %v, not %v", text, links(text), found)
		}
		if isPlainCode(text) != plainCode().MatchString(text) {
			t.Fatalf("%q: plain code: %t", text, isPlainCode(text))
		}
		if want := changed().ReplaceAllString(text, "$1$3"+zeroWidth+"$2$4"); !strings.Contains(text, "{") && apart(text) != want {
			t.Fatalf("%q: parted as %q, not %q", text, apart(text), want)
		}
		if fence := fenceOpen().FindStringSubmatch(text); len(openedFence(text)) != len(fence) {
			t.Fatalf("%q: opens a fence: %q, not %q", text, openedFence(text), fence)
		}
	}
}
