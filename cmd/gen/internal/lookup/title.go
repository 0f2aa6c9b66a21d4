package lookup

import (
	"cmp"
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

// titlesOf returns the squashed names of an API.
func titlesOf(a *model.API) []string {
	var all []string
	for _, title := range []string{squash(a.Name), squash(a.Title)} {
		if len(title) >= minTitle && !slices.Contains(all, title) {
			all = append(all, title)
		}
	}
	return all
}

// findTitles finds the names of APIs, as words or in the names of hosts.
func (x *Index) findTitles(t *text) titles {
	found := titles{map[*model.API]bool{}, map[int]int{}, map[int]bool{}}
	for k := range x.apis {
		for _, title := range x.apis[k].titles {
			for i, j := range t.occurrences(title) {
				if t.isTitle(i, j) {
					found.apis[x.apis[k].API] = true
					found.lasts[i] = max(found.lasts[i], j)
					found.ends[j] = true
				}
			}
		}
	}
	return found
}

func (t *text) isTitle(i, j int) bool {
	for k := i; k < j; k++ {
		if len(t.gap(k)) > maxLabelGap {
			return false
		}
	}
	return true
}

// occurrences yields the first and the last atom wherever some letters are whole
// words.
func (t *text) occurrences(letters string) func(yield func(i, j int) bool) {
	return func(yield func(i, j int) bool) {
		for at := strings.Index(t.flat, letters); at >= 0; {
			if i, j, ok := t.atomsOf(at, at+len(letters)); ok && !yield(i, j) {
				return
			}
			next := strings.Index(t.flat[at+1:], letters)
			if next < 0 {
				return
			}
			at += 1 + next
		}
	}
}

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

// atomsOf returns the atoms that are a part of flat, if it is not part of a word.
func (t *text) atomsOf(from, to int) (i, j int, ok bool) {
	i, ok = slices.BinarySearchFunc(t.atoms, from, func(a atom, from int) int { return cmp.Compare(a.from, from) })
	if !ok {
		return 0, 0, false
	}
	j, ok = slices.BinarySearchFunc(t.atoms, to, func(a atom, to int) int { return cmp.Compare(a.to, to) })
	return i, j, ok
}
