package lookup

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// saying is what the catalog says of a code, in words that people read on a site and send
// back.
type saying struct {
	entry *model.Entry
	text  string
}

// sayingsOf returns the meanings of an API's codes, and the issues that it says to come of
// them, of more than one word.
func sayingsOf(a *model.API) []saying {
	var all []saying
	for _, e := range a.Entries() {
		if !isCode(e) {
			continue
		}
		texts := []string{e.Meaning}
		for _, row := range a.Troubleshooting {
			if slices.Contains(strings.Fields(row.Cause+" "+row.Fix), e.Code) {
				texts = append(texts, row.Issue)
			}
		}
		for _, text := range texts {
			if strings.Contains(text, " ") {
				all = append(all, saying{e, text})
			}
		}
	}
	return all
}

// maxMeanings is how many entries a catalog has at most where what it says of codes is looked
// for: the script has to have it, and would get too heavy.
const maxMeanings = 1000

// addMeanings files what the catalog says of codes.
func (x *Index) addMeanings() {
	if x.entries() > maxMeanings {
		return
	}
	all := map[string][]saying{}
	for i := range x.apis {
		for _, own := range sayingsOf(x.apis[i].API) {
			if letters := squash(own.text); len(letters) >= minTypo {
				all[letters] = append(all[letters], own)
			}
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
		for _, own := range x.meanings.items[k] {
			if !strings.Contains(fold(clean(own.text)), said) {
				continue
			}
			e := own.entry
			f.add(candidate{Match: Match{Confidence: Guess, Entry: e}, reason: why("meaning", words(t.span(i, j)), e.Code), at: t.start(i)})
		}
	})
}
