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
	ofTimeouts              // several timeouts
	ofNumbers               // a status, or a code that is a number
	ofWords                 // a word that looks like a code
	kinds
)

// starts tells of what kinds the texts are that may start at a place. At most places none
// may.
type starts struct {
	triples triples
	bits    [1 << (hashSize - 6)]uint64 // by the hash of what texts start with
	kinds   [1 << (hashSize - 4)]uint16 // by a part of the hash, a bit for each kind
	sizes   []uint64                    // the masks of how much of them that is
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
			s.triples.add(letters)
			return
		}
	}
}

// at returns the kinds, as bits, of what may start as a text does, by its first eight bytes.
func (s *starts) at(first uint64) (all uint16) {
	if !s.triples.has(tripleOf(first)) {
		return 0
	}
	for _, mask := range s.sizes {
		if h := hash(first & mask); s.bits[h>>6]>>(h%64)&1 != 0 {
			all |= s.kinds[h>>4]
		}
	}
	return all
}

// triples are the first three bytes of some texts, of which five bits count: small letters
// and capitals are the same.
type triples [1 << 9]uint64

// add adds the first bytes of a text, which those of any may follow if it is shorter.
func (all *triples) add(text string) {
	length, first := min(3, len(text)), tripleOf(firstBytes(text))
	for triple := first; triple < first+1<<(5*(3-length)); triple++ {
		all[triple>>6] |= 1 << (triple % 64)
	}
}

func (all *triples) has(triple int) bool { return all[triple>>6]>>(triple%64)&1 != 0 }

// tripleOf returns a number for the first three bytes of a text.
func tripleOf(first uint64) int {
	return int(first&31<<10 | first>>8&31<<5 | first>>16&31)
}

// firstBytes returns the first eight bytes of a text, with zeros where it ends.
func firstBytes(s string) (first uint64) {
	if len(s) >= 8 {
		return eightBytes(s)
	}
	for i := range len(s) {
		first |= uint64(s[i]) << (8 * i)
	}
	return first
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
		first := firstBytes(t.flat[a.from:])
		may := x.starts.at(first)
		size, gap := len(t.flat)-int(a.from), 0
		if i+1 < len(t.atoms) {
			next := &t.atoms[i+1]
			size, gap = int(next.from-a.from), int(next.start-a.end)
		}
		if c := byte(first); isDigit(c) && (size == 3 && x.isTelling(t.letters(i, i)) || size > 3 && (c == '4' || c == '5') || len(x.numbers) > 0) {
			may |= 1 << ofNumbers
		}
		inWord := joined
		joined = gap == 1 && isJoint(t.clean[a.end])
		if !inWord && (joined || size >= minTypo-1 && t.hasCapital(i) || gap > 1 && t.isLoose(i) || len(t.atoms) == 1) {
			may |= 1 << ofWords
		}
		for ; may != 0; may &= may - 1 {
			of := bits.TrailingZeros16(may)
			if all := t.may[of]; len(all) == cap(all) {
				t.may[of] = slices.Grow(all, max(64, len(all))) // append grows a long one by a quarter
			}
			t.may[of] = append(t.may[of], int32(i))
		}
	}
}

// hasCapital reports whether a capital stands behind the first character of atom i.
func (t *text) hasCapital(i int) bool {
	span := t.span(i, i)
	return span != t.letters(i, i) && strings.ContainsFunc(span[1:], unicode.IsUpper)
}
