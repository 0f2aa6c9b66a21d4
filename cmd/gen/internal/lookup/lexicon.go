package lookup

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// lexicon finds squashed texts in a text, each with what is known of it.
type lexicon[T any] struct {
	kind    kind
	letters []string // in order
	firsts  []uint64 // their first eight bytes, in the same order
	items   []T      // by the index of their letters
	longest int      // the length of the longest in bytes
}

func newLexicon[T any](kind kind) *lexicon[T] { return &lexicon[T]{kind: kind} }

func (l *lexicon[T]) add(letters string, item T) {
	l.letters = append(l.letters, letters)
	l.items = append(l.items, item)
}

// grow makes room for so many texts.
func (l *lexicon[T]) grow(n int) {
	l.letters, l.items = slices.Grow(l.letters, n), slices.Grow(l.items, n)
}

// sort puts the lexicon in order, after which it can be asked.
func (l *lexicon[T]) sort() {
	if !slices.IsSorted(l.letters) {
		l.order()
	}
	l.firsts = make([]uint64, len(l.letters))
	for i, letters := range l.letters {
		l.firsts[i] = bits.ReverseBytes64(firstBytes(letters))
		l.longest = max(l.longest, len(letters))
	}
}

func (l *lexicon[T]) order() {
	order := make([]int, len(l.letters))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(strings.Compare(l.letters[a], l.letters[b]), cmp.Compare(a, b)) })
	letters, items := make([]string, len(order)), make([]T, len(order))
	for to, from := range order {
		letters[to], items[to] = l.letters[from], l.items[from]
	}
	l.letters, l.items = letters, items
}

// fileStarts files what the lexicon's texts start with.
func (l *lexicon[T]) fileStarts(s *starts) {
	for _, letters := range l.letters {
		s.add(letters, l.kind)
	}
}

// walk calls found with the index of each of the lexicon's texts that starts with
// atom i, and with the atom that it ends with, the shortest first. A text goes on over
// the gaps that are bridges.
func (l *lexicon[T]) walk(t *text, i int, bridges func(gap string) bool, found func(k, j int)) {
	lo := 0
	for j := i; j < len(t.atoms) && (j == i || bridges(t.gap(j-1))); j++ {
		letters := t.letters(i, j)
		if len(letters) > l.longest {
			return
		}
		lo = l.from(letters, lo)
		if lo == len(l.letters) || !strings.HasPrefix(l.letters[lo], letters) {
			return
		}
		if l.letters[lo] == letters {
			found(lo, j)
		}
	}
}

// walkAll calls found as walk does, for every atom that something starts with.
func (l *lexicon[T]) walkAll(t *text, bridges func(gap string) bool, found func(k, i, j int)) {
	for _, i := range t.may[l.kind] {
		l.walk(t, int(i), bridges, func(k, j int) { found(k, int(i), j) })
	}
}

// within calls found with each of the lexicon's texts that stands anywhere in another.
func (l *lexicon[T]) within(starts *starts, text string, found func(T)) {
	for ; text != ""; text = text[1:] {
		if starts.at(firstBytes(text)) == 0 {
			continue
		}
		lo := 0
		for length := 1; length <= min(len(text), l.longest); length++ {
			part := text[:length]
			if lo = l.from(part, lo); lo == len(l.letters) || !strings.HasPrefix(l.letters[lo], part) {
				break
			}
			if l.letters[lo] == part {
				found(l.items[lo])
			}
		}
	}
}

// from returns the index of the first text, from lo on, that is not before letters. It
// looks near lo first.
func (l *lexicon[T]) from(letters string, lo int) int {
	first := bits.ReverseBytes64(firstBytes(letters))
	isBefore := func(i int) bool {
		return l.firsts[i] < first || l.firsts[i] == first && l.letters[i] < letters
	}
	hi := lo
	for step := 1; hi < len(l.firsts) && isBefore(hi); step *= 2 {
		lo, hi = hi+1, hi+step
	}
	for hi = min(hi, len(l.firsts)); lo < hi; {
		middle := int(uint(lo+hi) >> 1)
		if isBefore(middle) {
			lo = middle + 1
		} else {
			hi = middle
		}
	}
	return lo
}

// headLength is how many bytes the script compares before it looks for more of a text.
const headLength = 4
