package lookup

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Nearest returns the codes that a text without any match is most like, at most three,
// the nearest first: those that share most pairs of letters with a word of it that looks
// like a code, or with all of it.
func (x *Index) Nearest(text string) []*model.Entry {
	t := cut(clean(strings.ToValidUTF8(head(text, MaxKey), " ")))
	type near struct {
		entry *model.Entry
		alike float64
	}
	var found []near
	for i := 0; i < len(t.atoms); {
		j := t.wordEnd(i)
		if t.looksLikeCode(i, j) || t.whole(i, j) {
			pairs := pairsOf(t.letters(i, j))
			for k := range x.spellings.items {
				for _, e := range x.spellings.items[k].codes() {
					if alike := alikeness(pairs, pairsOf(x.spellings.letters[k])); alike >= minAlike {
						found = append(found, near{e, alike})
					}
				}
			}
		}
		i = j + 1
	}
	slices.SortStableFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(x.place(a.entry), x.place(b.entry)))
	})
	var nearest []*model.Entry
	for _, n := range found {
		if len(nearest) < maxNear && !slices.Contains(nearest, n.entry) {
			nearest = append(nearest, n.entry)
		}
	}
	return nearest
}

// minAlike is which part of the pairs of letters of two codes must be the same, so that
// people would call them near.
const minAlike = 0.4

// pairsOf returns how often each pair of letters stands in some letters.
func pairsOf(letters string) map[string]int {
	pairs := map[string]int{}
	for i := 0; i+2 <= len(letters); i++ {
		pairs[letters[i:i+2]]++
	}
	return pairs
}

// alikeness returns which part of the pairs of letters two texts have in common, from 0 to 1.
func alikeness(a, b map[string]int) float64 {
	same, all := 0, 0
	for pair, n := range a {
		same += min(n, b[pair])
		all += n
	}
	for _, n := range b {
		all += n
	}
	return 2 * float64(same) / max(1, float64(all))
}
