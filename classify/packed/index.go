package packed

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Index is a perfect hash of a fixed set of keys: it maps each to its position, and
// nearly every other text to none, so that a lookup costs one hash and one comparison.
type Index struct {
	Seed          uint64
	Fold          bool     // keys are equal in any case
	Longest       int      // how many bytes the longest key has
	Displacements []uint16 // moves the keys of a bucket to free slots; as many as a power of two, like the slots
	Slots         []uint32 // of a key, its tag and its position plus 1; 0 is a free slot
	Cells         string   // of a slot, its key, so that it is read while the slot is; none for keys in any case
}

// A slot has what tells nearly all other texts from its key.
const (
	slotLengthBits = 6                             // of the length
	slotHashBits   = 10                            // of the hash
	slotTagBits    = slotLengthBits + slotHashBits // in front of the key's position plus 1
)

// A cell has a key of less than cellSize bytes, or none. Dots and a line feed fill it up: many
// tools cut blanks off the end of a line.
const (
	cellSize = 32
	cellFill = "."
)

// NewIndex finds a perfect hash of the keys, always the same for the same keys.
// The keys must differ, under fold also in more than case, and number at most
// 65,535; it panics if they do not.
func NewIndex(keys []string, fold bool) Index {
	if len(keys) > math.MaxUint16 {
		panic("internal error: more keys than an index holds")
	}
	if len(keys) == 0 {
		return Index{Fold: fold}
	}
	index := Index{
		Fold:          fold,
		Displacements: make([]uint16, 1<<bits.Len(uint(len(keys)/4))),
		Slots:         make([]uint32, 1<<bits.Len(uint(len(keys)+len(keys)/4))),
	}
	for _, key := range keys {
		index.Longest = max(index.Longest, len(key))
	}
	for n := uint64(1); ; n++ {
		index.Seed = n*oddA>>1 | 1
		if index.fill(keys) {
			if !fold {
				index.Cells = cells(keys, index.Slots)
			}
			return index
		}
		if n == maxSeeds {
			panic("internal error: no perfect hash, so a key is there twice")
		}
	}
}

// maxSeeds is far more seeds than keys that differ need: they need a few.
const maxSeeds = 50

// fill places the keys, those of the fullest bucket first, and reports whether
// all found a slot.
func (x *Index) fill(keys []string) bool {
	clear(x.Slots)
	clear(x.Displacements)
	type hashed struct {
		hash uint64
		slot uint32
	}
	buckets := make([][]hashed, len(x.Displacements))
	for i, key := range keys {
		text := []byte(key)
		if x.Fold {
			text = appendFolded(nil, text)
		}
		h := x.hash(text)
		b := x.bucket(h)
		buckets[b] = append(buckets[b], hashed{h, tag(h, len(text)) | uint32(i+1)<<slotTagBits})
	}
	order := make([]int, len(buckets))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(buckets[b]) - len(buckets[a]) })

	var taken []int
next:
	for _, b := range order {
		for d := range min(len(x.Slots), 1<<16) { // others are the same again
			taken = taken[:0]
			for _, h := range buckets[b] {
				slot := x.slot(h.hash, uint16(d))
				if x.Slots[slot] != 0 || slices.Contains(taken, slot) {
					break
				}
				taken = append(taken, slot)
			}
			if len(taken) < len(buckets[b]) {
				continue
			}
			for i, h := range buckets[b] {
				x.Slots[taken[i]] = h.slot
			}
			x.Displacements[b] = uint16(d)
			continue next
		}
		return false
	}
	return true
}

// cells are the keys in the order of their slots.
func cells(keys []string, slots []uint32) string {
	var all strings.Builder
	all.Grow(len(slots) * cellSize)
	for _, slot := range slots {
		key := ""
		if slot != 0 && len(keys[slotKey(slot)]) < cellSize {
			key = keys[slotKey(slot)]
		}
		all.WriteString(key)
		all.WriteString(strings.Repeat(cellFill, cellSize-1-len(key)))
		all.WriteByte('\n')
	}
	return all.String()
}

// mayBeKey asks only how long a text is. In another case, a character has at most as many
// bytes as any.
func (x *Index) mayBeKey(length int) bool {
	return length <= x.Longest || x.Fold && length <= x.Longest*utf8.UTFMax
}

// Position returns the position of the only key that a text can be.
func (x *Index) Position(text []byte) (key int, ok bool) {
	n := len(text)
	switch {
	case !x.mayBeKey(n) || len(x.Slots) == 0 || len(x.Displacements) == 0:
		return 0, false
	case !x.Fold:
		return x.find(x.hash(text), n)
	case n < wordSize:
		if word := shortWord(text); word&everyHigh == 0 { // ASCII
			return x.find(x.hashShort(n, lower(word)), n)
		}
	case n <= mostWords:
		first, second, third, last := words(text)
		if (first|second|third|last)&everyHigh == 0 {
			return x.find(x.hashWords(n, lower(first), lower(second), lower(third), lower(last)), n)
		}
	}
	return x.positionFolded(text)
}

func (x *Index) positionFolded(text []byte) (key int, ok bool) {
	var room [256]byte
	folded := appendFolded(room[:0], text)
	return x.find(x.hash(folded), len(folded))
}

// find returns the position of the only key that has a hash, and a length in bytes when it
// is folded.
func (x *Index) find(h uint64, length int) (key int, ok bool) {
	slot := x.Slots[x.slot(h, x.Displacements[x.bucket(h)])]
	return slotKey(slot), slot != 0 && hasTag(slot, tag(h, length))
}

// Same reports whether text is a key, in any case if the keys are equal so.
func (x *Index) Same(text []byte, key string) bool {
	return string(text) == key || x.Fold && bytes.EqualFold(text, []byte(key))
}

// slotKey is the position of a slot's key.
func slotKey(slot uint32) int { return int(slot>>slotTagBits) - 1 }

// tag is the part of a slot by which nearly every text that is not its key is known without a
// look at the key. It tells the lengths of keys apart that have less than longKey bytes.
func tag(h uint64, length int) uint32 {
	return shortTag(h, min(length, longKey))
}

// shortTag is the tag of a text of less than longKey bytes.
func shortTag(h uint64, length int) uint32 {
	return uint32(h>>(64-slotHashBits)<<slotLengthBits) | uint32(length)
}

// hasTag reports whether a slot has a tag.
func hasTag(slot, tag uint32) bool { return uint16(slot) == uint16(tag) }

// longKey is the length from which the tags of keys say no more than that they are long.
const longKey = 1<<slotLengthBits - 1

func (x *Index) bucket(h uint64) int {
	return int(h) & (len(x.Displacements) - 1)
}

func (x *Index) slot(h uint64, displacement uint16) int {
	return (int(h>>20) + int(displacement)) & (len(x.Slots) - 1)
}

// Odd numbers whose bits are set at random, half of them.
const (
	oddA = 0x9e3779b97f4a7c15
	oddB = 0xd6e8feb86659fd93
)

// hash multiplies words of eight bytes, and folds the two halves of the product. In an
// index of keys in any case, the text is one that is folded.
func (x *Index) hash(text []byte) uint64 {
	n := len(text)
	if n < wordSize {
		return x.hashShort(n, shortWord(text))
	}
	first, second, third, last := words(text)
	return hashMiddle(x.hashWords(n, first, second, third, last), text)
}

// A text of wordSize bytes up to mostWords is all in the four words that its hash begins with.
const (
	wordSize  = 8
	mostWords = 4 * wordSize
)

// words returns the word at the start of a text of wordSize bytes or more, that at its end, and
// between them those next to them. They may overlap.
func words(text []byte) (first, second, third, last uint64) {
	in, end := innerAt(len(text)), len(text)-wordSize
	return load64(text), load64(text[in:]), load64(text[end-in:]), load64(text[end:])
}

// innerAt is how far the inner words of a text of n bytes are from its ends: not at all where
// those at the ends hold it. It takes no jump, as lengths are hard to predict.
func innerAt(n int) int { return (2*wordSize - n) >> 63 & wordSize }

// shortWord is a text of less than wordSize bytes in one word, filled up as in a cell.
func shortWord(text []byte) uint64 {
	n := uint(len(text))
	var w uint64
	switch {
	case n >= 4:
		w = uint64(binary.LittleEndian.Uint32(text)) | uint64(binary.LittleEndian.Uint32(text[n-4:]))<<((n-4)*8&63)
	case n > 0:
		w = uint64(text[0]) | uint64(text[n/2])<<(n/2*8&63) | uint64(text[n-1])<<((n-1)*8&63)
	}
	return w | everyByte*uint64(cellFill[0])<<(n*8&63)
}

// hashShort is the hash of a text of n bytes that is all in one word. The length is spread over
// all bytes of a word: in one of them, a letter that is later in the alphabet makes up for it
// under every seed.
func (x *Index) hashShort(n int, word uint64) uint64 {
	return stir(word^x.Seed, word^uint64(n)*oddB)
}

// hashWords is the hash of a text of n bytes that is all in four words. One product goes into
// the other: those of texts that are alike differ by nearly the same, and so would their sum.
func (x *Index) hashWords(n int, first, second, third, last uint64) uint64 {
	return stir(stir(first^x.Seed, last^uint64(n)*oddB)^second, third^oddA)
}

// hashMiddle goes on with what is between the four words.
func hashMiddle(h uint64, text []byte) uint64 {
	for len(text) > mostWords {
		text = text[2*wordSize:]
		h = stir(h^binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[8:])^oddB)
	}
	return h
}

func stir(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

const (
	everyByte = 0x0101010101010101 // times a byte: eight of it
	everyHigh = 0x8080808080808080
)

// lower returns eight bytes of ASCII with small letters in place of capital ones.
func lower(w uint64) uint64 {
	fromA, afterZ := w+everyByte*(0x80-'A'), w+everyByte*(0x80-'Z'-1)
	return w | (fromA&^afterZ&everyHigh)>>2 // which is 0x20 for each of them
}

// FoldRune returns a rune that stands for the first one of text in every case.
func FoldRune(text []byte) (r rune, size int) {
	if b := text[0]; b < utf8.RuneSelf {
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		return rune(b), 1
	}
	r, size = utf8.DecodeRune(text)
	return FoldOf(r), size
}

// FoldOf returns a rune that stands for r in every case.
func FoldOf(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if 'A' <= least && least <= 'Z' {
		least += 'a' - 'A'
	}
	return least
}

// Fold returns the spelling that stands for text in every case: two texts are
// equal in any case if, and only if, they fold to the same.
func Fold(text string) string { return string(appendFolded(nil, []byte(text))) }

func appendFolded(out, text []byte) []byte {
	for len(text) > 0 {
		r, size := FoldRune(text)
		text = text[size:]
		out = utf8.AppendRune(out, r)
	}
	return out
}
