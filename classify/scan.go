package classify

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// maxPlaces is how many places one scan looks for: a word has a bit for each.
const maxPlaces = 32

// scan reads a JSON document once, whatever is asked of it afterwards: it checks that
// the text is one, and notes the values at places. A place with * is noted up to there, and
// the rest is for those who ask for it.
type scan struct {
	text    []byte            // of the document; nil if there is none
	n       int               // of places
	places  [maxPlaces]*Path  // which are told apart by their address
	tokens  [maxPlaces]uint8  // how many of a place's tokens come before the first *
	values  [maxPlaces]span   // the value at a place
	awaited [maxPlaces]uint64 // briefly, the name that comes next on the way to a place
	found   uint32            // a bit for each place at which there is a value
	next    int               // the place that is likely to be asked for
}

// span is a part of a text.
type span struct{ start, end uint32 }

// add has a place looked for, if there is room.
func (s *scan) add(place *Path) {
	n := 0
	for n < len(*place) && (*place)[n] != "*" {
		n++
	}
	if s.n < maxPlaces && n < 1<<8 {
		s.places[s.n], s.tokens[s.n] = place, uint8(n)
		s.n++
	}
}

// addCatalog has all places looked for that a catalog knows before it is known what the
// reply means.
func (s *scan) addCatalog(c *Catalog) {
	if c == nil {
		return
	}
	for i := range c.Forms {
		switch form := &c.Forms[i]; {
		case form.Syntax == JSON && form.In == InBody:
			s.addTests(form.Fail)
			s.addTests(form.OK)
			for j := range form.Code {
				s.add(&form.Code[j])
			}
		case form.Syntax == JSON && form.In == InString:
			s.add(&form.Inside)
		}
	}
	for i := range c.Overrides {
		s.addTests(c.Overrides[i].When)
	}
	for i := range c.Delays {
		if delay := &c.Delays[i]; delay.Header == "" && delay.Code == "" {
			s.add(&delay.At)
		}
	}
}

func (s *scan) addTests(tests []Test) {
	for i := range tests {
		switch test := &tests[i]; test.Kind {
		case Equals, Present, Absent, Contains:
			s.add(&test.At)
		case All, Any, Not:
			s.addTests(test.Tests)
		}
	}
}

// read reports whether a text is a JSON document, and notes what stands at the places.
func (s *scan) read(text []byte) bool {
	if uint64(len(text)) > 1<<32-1 {
		s.n = 0 // as no start has room
	}
	s.text, s.found = text, 0
	end := s.value(space(text, 0), 1<<s.n-1, 0)
	if end == 0 || space(text, end) != len(text) {
		s.text = nil
	}
	return s.text != nil
}

// value reads the value at i, which is on the way to some places: level tokens of each
// led to it.
func (s *scan) value(i int, set uint32, level int) int {
	if uint(i) >= uint(len(s.text)) {
		return 0
	}
	var here uint32
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m) % maxPlaces; int(s.tokens[k]) == level {
			here |= 1 << k
		}
	}
	end := 0
	switch c := s.text[i]; {
	case c == '{' && set != here:
		end = s.object(i, set&^here, level)
	case c == '[' && set != here:
		end = s.array(i, set&^here, level)
	case c == '{' || c == '[':
		end = nested(s.text, i, 0, 0, level)
	default:
		end = scalar(s.text, i)
	}
	if s.text[i] == 'n' {
		return end // null is nothing
	}
	s.found |= here
	for m := here; m != 0; m &= m - 1 {
		s.values[bits.TrailingZeros32(m)%maxPlaces] = span{uint32(i), uint32(end)}
	}
	return end
}

// object reads an object that is on the way to some places. Where a name is repeated its
// last value counts, so what was found in an earlier one is not.
func (s *scan) object(i int, set uint32, level int) int {
	t := s.text
	if i = space(t, i+1); uint(i) < uint(len(t)) && t[i] == '}' {
		return i + 1
	}
	s.await(set, level)
	for {
		if uint(i) >= uint(len(t)) || t[i] != '"' {
			return 0
		}
		from := i
		end, escaped := quoted(t, i)
		if end == 0 {
			return 0
		}
		if i = colon(t, end); i == 0 {
			return 0
		}
		var named uint32
		if escaped {
			named = s.namedEscaped(t[from:end], set, level)
		} else {
			named = s.named(t, from+1, end-1, set, level)
		}
		switch {
		case named != 0:
			s.found &^= named
			value := i
			i = s.value(i, named, level+1)
			if i > 0 && (t[value] == '{' || t[value] == '[') { // in which other names may be
				s.await(named, level)
			}
		case uint(i) < uint(len(t)) && (t[i] == '{' || t[i] == '['):
			i = nested(t, i, 0, 0, level+1)
		default:
			i = scalar(t, i)
		}
		if i == 0 {
			return 0
		}
		if i = space(t, i); uint(i) >= uint(len(t)) {
			return 0
		}
		if t[i] == '}' {
			return i + 1
		}
		if t[i] != ',' {
			return 0
		}
		i = space(t, i+1)
	}
}

// await notes the next names on the way to some places.
func (s *scan) await(set uint32, level int) {
	for m := set; m != 0; m &= m - 1 {
		k := bits.TrailingZeros32(m) % maxPlaces
		s.awaited[k] = briefly((*s.places[k])[level])
	}
}

// named returns those places of a set on the way to which is the name that stands from
// one index to another.
func (s *scan) named(t []byte, from, to int, set uint32, level int) (named uint32) {
	length := to - from
	var brief uint64
	if from >= 0 && from <= len(t)-8 {
		brief = binary.LittleEndian.Uint64(t[from:])<<8 | uint64(byte(length))
		if length < 7 {
			brief &= 1<<(8*uint(length)+8) - 1
		}
	} else {
		brief = briefly(string(t[from:to])) // near the end of the text
	}
	for m := set; m != 0; m &= m - 1 {
		k := bits.TrailingZeros32(m) % maxPlaces
		if s.awaited[k] == brief && (length <= 7 || string(t[from:to]) == (*s.places[k])[level]) {
			named |= 1 << k
		}
	}
	return named
}

func (s *scan) namedEscaped(name []byte, set uint32, level int) (named uint32) {
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m) % maxPlaces; jsonStringIs(name, (*s.places[k])[level]) {
			named |= 1 << k
		}
	}
	return named
}

// briefly returns the first seven bytes of a text above the low byte of its length: the
// text in one word, if it is no longer.
func briefly(text string) uint64 {
	n := len(text)
	brief := uint64(byte(n))
	switch {
	case n >= 8:
		brief |= uint64(text[0])<<8 | uint64(text[1])<<16 | uint64(text[2])<<24 | uint64(text[3])<<32 |
			uint64(text[4])<<40 | uint64(text[5])<<48 | uint64(text[6])<<56
	case n >= 4: // two words of four bytes, which may overlap
		low := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24
		rest := text[n-4:]
		high := uint64(rest[0]) | uint64(rest[1])<<8 | uint64(rest[2])<<16 | uint64(rest[3])<<24
		brief |= low<<8 | high<<(8*(n-3)&63)
	case n > 0:
		brief |= uint64(text[0])<<8 | uint64(text[n/2])<<(8*(n/2)+8&63) | uint64(text[n-1])<<(8*n&63)
	}
	return brief
}

// array reads an array that may be on the way to some places.
func (s *scan) array(i int, set uint32, level int) int {
	t := s.text
	if i = space(t, i+1); uint(i) < uint(len(t)) && t[i] == ']' {
		return i + 1
	}
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); !isIndex((*s.places[k])[level]) {
			set &^= 1 << k
		}
	}
	for n := 0; set != 0; n++ {
		var named uint32
		for m := set; m != 0; m &= m - 1 {
			k := bits.TrailingZeros32(m)
			if index, _ := strconv.Atoi((*s.places[k])[level]); index == n {
				named |= 1 << k
			}
		}
		set &^= named
		if named == 0 {
			i = skip(t, i, level+1)
		} else {
			i = s.value(i, named, level+1)
		}
		if i == 0 {
			return 0
		}
		if i = space(t, i); uint(i) >= uint(len(t)) {
			return 0
		}
		if t[i] == ']' {
			return i + 1
		}
		if t[i] != ',' {
			return 0
		}
		i = space(t, i+1)
	}
	return nested(t, i, 0, 1, level)
}

// at returns where the value at a place is, as far as that was looked for, and what is left
// of the place; an empty span is none. It reports whether the place was looked for at all.
func (s *scan) at(place *Path) (at span, rest Path, known bool) {
	k := s.next // places are asked for in the order in which they were added
	for range s.n {
		if k >= s.n {
			k = 0
		}
		if s.places[k%maxPlaces] != place {
			k++
			continue
		}
		s.next = k + 1
		if s.found>>k&1 == 0 {
			return span{}, nil, true
		}
		return s.values[k%maxPlaces], (*place)[s.tokens[k%maxPlaces]:], true
	}
	return span{}, nil, false
}
