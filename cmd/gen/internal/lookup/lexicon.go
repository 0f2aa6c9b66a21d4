package lookup

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// lexicon finds squashed texts in a text, each with what is known of it.
type lexicon[T any] struct {
	letters []string // in order
	items   []T      // by the index of their letters
	longest int      // the length of the longest in bytes
	heads   []uint64 // a bit for each hash of headLength bytes that some start with
	shorts  [256]bool
}

// headLength is how many bytes of a text tell most words that start nothing.
const headLength = 4

func newLexicon[T any]() *lexicon[T] { return &lexicon[T]{heads: make([]uint64, 1<<16/64)} }

func (l *lexicon[T]) add(letters string, item T) {
	l.letters = append(l.letters, letters)
	l.items = append(l.items, item)
	l.longest = max(l.longest, len(letters))
	if len(letters) < headLength {
		l.shorts[letters[0]] = true
		return
	}
	head := hashHead(letters)
	l.heads[head/64] |= 1 << (head % 64)
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
}

// starts reports whether something may start with the letters from a byte of flat on.
func (l *lexicon[T]) starts(flat string) bool {
	if l.shorts[flat[0]] {
		return true
	}
	if len(flat) < headLength {
		return false
	}
	head := hashHead(flat)
	return l.heads[head/64]&(1<<(head%64)) != 0
}

// walk calls found with the index of each of the lexicon's texts that starts with
// atom i, and with the atom that it ends with, the shortest first.
func (l *lexicon[T]) walk(t *text, i int, found func(k, j int)) {
	if !l.starts(t.flat[t.atoms[i].from:]) {
		return
	}
	lo := 0
	for j := i; j < len(t.atoms) && (j == i || bridges(t.gap(j-1))); j++ {
		letters := t.letters(i, j)
		if len(letters) > l.longest {
			return
		}
		lo += sort.SearchStrings(l.letters[lo:], letters)
		if lo == len(l.letters) || !strings.HasPrefix(l.letters[lo], letters) {
			return
		}
		if l.letters[lo] == letters {
			found(lo, j)
		}
	}
}

// from returns the index of the first text that is not before letters.
func (l *lexicon[T]) from(letters string) int { return sort.SearchStrings(l.letters, letters) }
