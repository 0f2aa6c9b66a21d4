package lookup

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// minTitle is how many letters and digits the name of an API needs to be looked
// for.
const minTitle = 4

// titles are the APIs that a text names.
type titles struct {
	apis  map[*model.API]bool
	lasts map[int]int  // the last atoms of their names, by the first
	ends  map[int]bool // the last atoms of their names
}

// titlesOf returns the squashed names of an API, but for words that texts about any API
// hold: those before statuses and codes, and of who says them.
func titlesOf(a *model.API) []string {
	var all []string
	for _, title := range []string{squash(a.Name), squash(a.Title)} {
		if len(title) >= minTitle && !slices.Contains(all, title) && !isPlainWord(title) {
			all = append(all, title)
		}
	}
	return all
}

// isPlainWord reports whether a folded word, or one of which there are many, is such a word.
func isPlainWord(word string) bool {
	one := strings.TrimSuffix(strings.TrimSuffix(word, "s"), "e")
	return slices.ContainsFunc([][]string{statusWords, codeLabels, statusPlurals, technical, speakers}, func(all []string) bool {
		return slices.Contains(all, word) || slices.Contains(all, one) || slices.Contains(all, one+"e")
	})
}

// findTitles finds the names of APIs, as words or in the names of hosts.
func (x *Index) findTitles(t *text) titles {
	found := titles{map[*model.API]bool{}, map[int]int{}, map[int]bool{}}
	x.titles.walkAll(t, isTitleGap, func(k, i, j int) {
		for _, api := range x.titles.items[k] {
			found.apis[api] = true
		}
		found.lasts[i] = max(found.lasts[i], j)
		found.ends[j] = true
	})
	return found
}

// isTitleGap reports whether the name of an API may go on after a gap.
func isTitleGap(gap string) bool { return len(gap) <= maxLabelGap }

// after returns the first atom after the names that start with atom i.
func (n titles) after(i int) int {
	for {
		last, ok := n.lasts[i]
		if !ok {
			return i
		}
		i = last + 1
	}
}
