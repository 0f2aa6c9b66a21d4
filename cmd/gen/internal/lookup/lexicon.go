package lookup

import (
	"cmp"
	"slices"
	"strings"
)

// lexicon finds squashed texts in a text, each with what is known of it.
type lexicon[T any] struct {
	letters []string  // in order
	items   []T       // by the index of their letters
	longest int       // the length of the longest in bytes
	heads   []int32   // by the hash of headLength bytes, one more than the index of the first text that may start with them; 0 for none
	shorts  [256]bool // the first bytes of texts that are shorter than a head
}

// headLength is how many bytes of a text tell most words that start nothing.
const headLength = 4

func newLexicon[T any]() *lexicon[T] { return &lexicon[T]{heads: make([]int32, 1<<16)} }

func (l *lexicon[T]) add(letters string, item T) {
	l.letters = append(l.letters, letters)
	l.items = append(l.items, item)
}

// hashHead returns a number of 16 bits for the first headLength bytes.
func hashHead(s string) uint32 {
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24) * 0x9E3779B1 >> 16
}

// sort puts the lexicon in order, after which it can be asked.
func (l *lexicon[T]) sort() {
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
	for i, letters := range slices.Backward(l.letters) {
		l.longest = max(l.longest, len(letters))
		if len(letters) < headLength {
			l.shorts[letters[0]] = true
		} else {
			l.heads[hashHead(letters)] = int32(i) + 1
		}
	}
}

// start returns where the texts are, at the earliest, that start as flat does, and
// reports whether there may be any.
func (l *lexicon[T]) start(flat string) (int, bool) {
	if l.shorts[flat[0]] {
		return 0, true
	}
	if len(flat) < headLength {
		return 0, false
	}
	first := l.heads[hashHead(flat)]
	return int(first) - 1, first > 0
}

// walk calls found with the index of each of the lexicon's texts that starts with
// atom i, and with the atom that it ends with, the shortest first. A text goes on over
// the gaps that are joints.
func (l *lexicon[T]) walk(t *text, i int, isJoint func(gap string) bool, found func(k, j int)) {
	lo, any := l.start(t.flat[t.atoms[i].from:])
	if !any {
		return
	}
	for j := i; j < len(t.atoms) && (j == i || isJoint(t.gap(j-1))); j++ {
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
func (l *lexicon[T]) walkAll(t *text, isJoint func(gap string) bool, found func(k, i, j int)) {
	if len(l.letters) == 0 {
		return
	}
	for i := range t.atoms {
		l.walk(t, i, isJoint, func(k, j int) { found(k, i, j) })
	}
}

// within calls found with each of the lexicon's texts that stands anywhere in another.
func (l *lexicon[T]) within(text string, found func(T)) {
	for ; text != ""; text = text[1:] {
		lo, any := l.start(text)
		for length := 1; any && length <= min(len(text), l.longest); length++ {
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
	hi := lo
	for step := 1; hi < len(l.letters) && l.letters[hi] < letters; step *= 2 {
		lo, hi = hi+1, hi+step
	}
	for hi = min(hi, len(l.letters)); lo < hi; {
		middle := int(uint(lo+hi) >> 1)
		if l.letters[middle] < letters {
			lo = middle + 1
		} else {
			hi = middle
		}
	}
	return lo
}
