package packed

import (
	"bytes"
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
	Slots         []uint64 // of a key, its position plus 1, its tag and where it starts; 0 is a free slot
}

// A slot has all that a lookup needs before it looks at the key itself: one line of memory.
const (
	slotKeyBits    = 16                            // the key's position plus 1
	slotTagBits    = slotLengthBits + slotHashBits // what tells other texts from the key
	slotLengthBits = 8                             // of its length
	slotHashBits   = 14                            // of the hash
	slotStart      = slotKeyBits + slotTagBits     // where the key starts among all of them
	slotTag        = (1<<slotTagBits - 1) << slotKeyBits
)

// NewIndex finds a perfect hash of the keys, always the same for the same keys.
// The keys must differ, under fold also in more than case, and number at most
// 65,535; it panics if they do not. A slot says where its key starts in a text of all keys
// in their order, each with a line feed, as in [Texts].
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
		Slots:         make([]uint64, 1<<bits.Len(uint(len(keys)+len(keys)/4))),
	}
	size := 0
	for _, key := range keys {
		index.Longest = max(index.Longest, len(key))
		size += len(key) + 1
	}
	if size > 1<<(64-slotStart) {
		panic("internal error: more text than an index holds")
	}
	for n := uint64(1); ; n++ {
		index.Seed = n*oddA>>1 | 1
		if index.fill(keys) {
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
	type hashed struct{ hash, slot uint64 }
	buckets := make([][]hashed, len(x.Displacements))
	start := 0
	for i, key := range keys {
		h := hash(x, key)
		b := x.bucket(h)
		buckets[b] = append(buckets[b], hashed{h, uint64(i+1) | x.tag(h, len(key)) | uint64(start)<<slotStart})
		start += len(key) + 1
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

// mayBeKey asks only how long a text is. In another case, a character has at most as many
// bytes as any.
func (x *Index) mayBeKey(length int) bool {
	return length <= x.Longest || x.Fold && length <= x.Longest*utf8.UTFMax
}

// Position returns the position of the only key that text can be.
func Position[T string | []byte](x *Index, text T) (key int, ok bool) {
	if !x.mayBeKey(len(text)) || len(x.Slots) == 0 {
		return 0, false
	}
	h := hash(x, text)
	slot := x.SlotOf(h)
	if (slot^x.tag(h, len(text)))&slotTag != 0 {
		return 0, false
	}
	return SlotKey(slot), slot != 0
}

// Same reports whether text is a key, in any case if the keys are equal so.
func Same[T string | []byte](x *Index, text T, key string) bool {
	return string(text) == key || x.Fold && bytes.EqualFold([]byte(text), []byte(key))
}

// SlotKey is the position of a slot's key, and SlotStart where it starts among all of them.
func SlotKey(slot uint64) int      { return int(slot&(1<<slotKeyBits-1)) - 1 }
func SlotStart(slot uint64) uint64 { return slot >> slotStart }

// SlotOf returns the slot of the only key that can have a hash.
func (x *Index) SlotOf(h uint64) uint64 { return x.Slots[x.slot(h, x.Displacements[x.bucket(h)])] }

// MayBe reports whether a slot's key can be a text of n bytes with a hash, where the case of
// keys counts.
func MayBe(slot, h uint64, n int) bool { return (slot^hashTag(h)^lengthTag(n))&slotTag == 0 }

// tag is the part of a slot by which nearly every text that is not its key is known without
// a look at the key.
func (x *Index) tag(h uint64, length int) uint64 {
	if x.Fold {
		length = 0 // which differs between cases
	}
	return hashTag(h) | lengthTag(length)
}

func hashTag(h uint64) uint64 {
	return h >> (64 - slotHashBits) << (slotKeyBits + slotLengthBits)
}

// lengthTag tells the lengths of keys apart that have less than longKey bytes.
func lengthTag(length int) uint64 { return uint64(min(length, longKey)) << slotKeyBits }

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

// hash multiplies words of eight bytes, and folds the two halves of the product.
func hash[T string | []byte](x *Index, text T) uint64 {
	if x.Fold {
		return x.hashFolded([]byte(text))
	}
	n := len(text)
	var first, second, third, last uint64 // which may overlap
	switch {
	case n > 16:
		second, third = Load64(text[8:]), Load64(text[n-16:])
		fallthrough
	case n >= 8:
		first, last = Load64(text), Load64(text[n-8:])
	case n >= 4:
		first, last = Load32(text), Load32(text[n-4:])
	case n > 0:
		first = uint64(text[0]) | uint64(text[n/2])<<8 | uint64(text[n-1])<<16
	}
	h := x.HashWords(n, first, second, third, last)
	for at := 16; at < n-16; at += 8 {
		h = stir(h^Load64(text[at:]), oddB)
	}
	return h
}

// FourWords is how many bytes four words hold: those of a text of up to so many are its hash.
const FourWords = 32

// HashWords is the hash of a text of n bytes. Words that it has not are 0.
func (x *Index) HashWords(n int, first, second, third, last uint64) uint64 {
	return stir(first^(second+uint64(n))*x.Seed, last^third*x.Seed^oddB)
}

// Load64 and Load32 are those of encoding/binary, for strings too.
func Load64[T string | []byte](b T) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func Load32[T string | []byte](b T) uint64 {
	_ = b[3]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24
}

func stir(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// hashFolded is FNV-1a over the runes that stand for those of the text in every case,
// seeded and mixed.
func (x *Index) hashFolded(text []byte) uint64 {
	const prime = 0x100000001b3
	h := 0xcbf29ce484222325 ^ x.Seed*oddA
	for len(text) > 0 {
		r, size := FoldRune(text)
		text = text[size:]
		h = (h ^ uint64(r)) * prime
	}
	return mix(h)
}

func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
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
func Fold(text string) string {
	var folded strings.Builder
	for rest := []byte(text); len(rest) > 0; {
		r, size := FoldRune(rest)
		rest = rest[size:]
		folded.WriteRune(r)
	}
	return folded.String()
}
