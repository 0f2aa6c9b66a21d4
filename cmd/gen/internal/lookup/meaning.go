package lookup

import (
	"maps"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// isQuotable reports whether the meaning of an entry is one of a code, and of more than one
// word.
func isQuotable(e *model.Entry) bool { return isCode(e) && strings.Contains(e.Meaning, " ") }

// addMeanings files the meanings of codes, which people read on a site and send back.
func (x *Index) addMeanings() {
	if len(x.order) > maxTelling {
		return
	}
	all := map[string][]*model.Entry{}
	entries := slices.SortedFunc(maps.Keys(x.order), func(a, b *model.Entry) int { return x.order[a] - x.order[b] })
	for _, e := range entries {
		if letters := squash(e.Meaning); isQuotable(e) && len(letters) >= minTypo {
			all[letters] = append(all[letters], e)
		}
	}
	for letters, same := range all {
		x.meanings.add(letters, same)
	}
	x.meanings.sort()
}

// guessMeanings takes a line, or what stands in quotes, for the code whose meaning it is.
func (x *Index) guessMeanings(t *text, f *findings) {
	x.meanings.walkAll(t, bridges, func(k, i, j int) {
		if !t.opens(i) || !t.closes(j) {
			return
		}
		said := strings.Join(strings.Fields(fold(t.span(i, j))), " ")
		for _, e := range x.meanings.items[k] {
			if !strings.Contains(fold(clean(e.Meaning)), said) {
				continue
			}
			f.add(candidate{Match: Match{Confidence: Guess, Entry: e}, reason: why("meaning", words(t.span(i, j)), e.Code), at: t.start(i)})
		}
	})
}
