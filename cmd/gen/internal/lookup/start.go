package lookup

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// kind is what may start with an atom.
type kind uint8

const (
	ofTitles    kind = iota // the name of an API
	ofSpellings             // a code, an alias or a message
	ofTemplates             // the longest part of a message with placeholders
	ofSayings               // a prefix of several words
	ofPrefixes              // a word with a prefix
	ofWordings              // what programs say where no answer came
	ofTails                 // a code without its first word
	ofMeanings              // what a code means, in the words of the catalog
	ofTechnical             // a word about requests or servers
	ofNumbers               // a status, or a code that is a number
	ofWords                 // a word that looks like a code
	kinds
)

// starts tells of what kinds the texts are that may start at a place. At most places none
// may.
type starts struct {
	pairs pairs
	bits  [1 << (hashSize - 6)]uint64 // by the hash of what texts start with
	kinds [1 << (hashSize - 4)]uint16 // by a part of the hash, a bit for each kind
	sizes []uint64                    // the masks of how much of them that is
}

// startSizes are how many bytes of a text are compared: as many as it has.
var startSizes = []int{8, 4, 2, 1}

// add files a text that is looked for.
func (s *starts) add(letters string, of kind) {
	for _, size := range startSizes {
		if size <= len(letters) {
			mask := ^uint64(0) >> (64 - 8*size)
			if !slices.Contains(s.sizes, mask) {
				s.sizes = append(s.sizes, mask)
			}
			h := hash(firstBytes(letters) & mask)
			s.bits[h>>6] |= 1 << (h % 64)
			s.kinds[h>>4] |= 1 << of
			s.pairs.add(letters)
			return
		}
	}
}

// at returns the kinds, as bits, of what may start as a text does.
func (s *starts) at(text string) (all uint16) {
	first := firstBytes(text)
	if !s.pairs.has(byte(first), byte(first>>8)) {
		return 0
	}
	for _, mask := range s.sizes {
		if h := hash(first & mask); s.bits[h>>6]>>(h%64)&1 != 0 {
			all |= s.kinds[h>>4]
		}
	}
	return all
}

// pairs are the first two bytes of some texts, in any case.
type pairs [1 << 10]uint64

func (p *pairs) add(text string) {
	if len(text) > 1 {
		p.set(text[0], text[1])
		return
	}
	for c := range 256 {
		p.set(text[0], byte(c))
	}
}

func (p *pairs) set(a, b byte) {
	p[pairOf(a, b)>>6] |= 1 << (pairOf(a, b) % 64)
}

func (p *pairs) has(a, b byte) bool { return p[pairOf(a, b)>>6]>>(pairOf(a, b)%64)&1 != 0 }

func pairOf(a, b byte) uint16 { return (uint16(a) | uint16(b)<<8) | 0x2020 }

// firstBytes returns the first eight bytes of a text, with zeros where it ends.
func firstBytes(s string) uint64 {
	if len(s) < 8 {
		return eightBytes(s + "\x00\x00\x00\x00\x00\x00\x00\x00")
	}
	return eightBytes(s)
}

func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// hash returns a number of hashSize bits.
func hash(first uint64) uint64 { return first * 0x9E3779B97F4A7C15 >> (64 - hashSize) }

const hashSize = 18

// look notes of each kind the atoms that it may start with, so that the steps look at no
// others.
func (x *Index) look(t *text) {
	joined := false // the atom before is, to this one
	for i, a := range t.atoms {
		may := x.starts.at(t.flat[a.from:])
		size, gap := len(t.flat)-int(a.from), 0
		if i+1 < len(t.atoms) {
			next := &t.atoms[i+1]
			size, gap = int(next.from-a.from), int(next.start-a.end)
		}
		if c := t.flat[a.from]; isDigit(c) && (size == 3 || size > 3 && (c == '4' || c == '5') || len(x.numbers) > 0) {
			may |= 1 << ofNumbers
		}
		inWord := joined
		joined = gap == 1 && isJoint(t.clean[a.end])
		if !inWord && (joined || size >= minTypo-1 && t.hasCapital(i) || gap > 1 && t.isLoose(i) || len(t.atoms) == 1) {
			may |= 1 << ofWords
		}
		for ; may != 0; may &= may - 1 {
			of := bits.TrailingZeros16(may)
			t.may[of] = append(t.may[of], int32(i))
		}
	}
}

// hasCapital reports whether a capital stands behind the first character of atom i.
func (t *text) hasCapital(i int) bool {
	span := t.span(i, i)
	return span != t.letters(i, i) && strings.ContainsFunc(span[1:], unicode.IsUpper)
}
