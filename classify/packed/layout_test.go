package packed

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"strings"
	"testing"
)

// Generated code holds what NewIndex made: where it makes another index of the same keys, the
// marker of the layout has to change, and then this sum.
func TestIndexIsThatOfTheLayout(t *testing.T) {
	var keys []string
	for i := range 300 {
		keys = append(keys, fmt.Sprintf("%s_%d", strings.Repeat("KEY", i%14), i))
	}
	sum := fnv.New64a()
	for _, fold := range []bool{false, true} {
		for _, n := range []int{0, 1, 2, 3, 7, 40, len(keys)} {
			x := NewIndex(keys[:n], fold)
			fmt.Fprint(sum, x.Seed, x.Fold, x.Longest, x.Displacements, x.Slots, x.Cells)
		}
	}
	if got := sum.Sum64(); got != layoutSum {
		t.Errorf("the indexes are %#x, want %#x", got, uint64(layoutSum))
	}
}

const layoutSum = 0xcec772df7d10cf9c

// A text that only differs from a key where the hash can't tell is not found: all of its
// bytes are compared.
func TestFindComparesEachPart(t *testing.T) {
	for _, n := range []int{4, 5, 7, 8, 9, 12, 16, 17, 24, 31, 32, 33, 40, 48} {
		key := strings.Repeat("ABCDEFGH", 7)[:n]
		for _, fold := range []bool{false, true} {
			texts, index := NewTexts([]string{key}), NewIndex([]string{key}, fold)
			for at := 0; at+4 <= n; at += max(1, min(4, n-4-at)) {
				text := []byte(key)
				for i := range uint32(40_000) {
					binary.LittleEndian.PutUint32(text[at:], i*2654435761)
					if string(text) == key {
						continue
					}
					if _, spelling, ok := index.Find(&texts, text); ok && (!fold || !strings.EqualFold(spelling, string(text))) {
						t.Fatalf("%q is found as %q", text, spelling)
					}
				}
			}
		}
	}
}

// FoldOf makes letters alike, and no other signs.
func TestFoldOf(t *testing.T) {
	for r, want := range map[rune]rune{'A': 'a', 'Z': 'z', 'a': 'a', 'z': 'z', '@': '@', '[': '[', '`': '`', '{': '{', 'Σ': 'Σ', 'ς': 'Σ', 'σ': 'Σ', 'K': 'k', '\u212a': 'k'} {
		if got := FoldOf(r); got != want {
			t.Errorf("%c folds to %c, want %c", r, got, want)
		}
	}
}
