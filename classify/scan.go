package classify

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// maxPlaces is how many places one scan looks for: a word has a bit for each. Most catalogs
// have no more than fewPlaces, for which there is room that is prepared sooner.
const (
	maxPlaces = 32
	fewPlaces = 6
)

// scan reads a JSON document once, whatever is asked of it afterwards: it checks that
// the text is one, and notes the values at places. A place with * is noted up to there, and
// the rest is for those who ask for it.
type scan struct {
	text   []byte        // of the document; nil if there is none
	places []placeInScan // which are no more than there is room for
	next   int           // the place that is likely to be asked for
	found  uint32        // a bit for each place at which there is a value

	awaited uint64 // a bit for each name that is, or was, awaited
}

// placeInScan is a place that a scan looks for.
type placeInScan struct {
	path    *Path  // places are told apart by their address
	awaited uint64 // briefly, the name that comes next on the way there
	value   span   // the value there
	tokens  uint32 // how many of the tokens come before the first *
}

// span is a part of a text.
type span struct{ start, end uint32 }

// add has a place looked for, if there is room.
func (s *scan) add(place *Path) {
	n := 0
	for n < len(*place) && (*place)[n] != "*" {
		n++
	}
	if k := len(s.places); k < cap(s.places) { // to append would take them to the heap
		s.places = s.places[:k+1]
		p := &s.places[k]
		p.path, p.tokens = place, uint32(n)
		if n > 0 {
			p.awaited = briefly((*place)[0])
			s.awaited |= 1 << nameBit(p.awaited)
		}
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
		s.places = nil // as no start has room
	}
	s.text, s.found = text, 0
	end := s.value(space(text, 0), 1<<len(s.places)-1, 0)
	if end == 0 || space(text, end) != len(text) {
		s.text = nil
	}
	return s.text != nil
}

// value reads the value at i, which is on the way to some places: level tokens of each
// led to it.
func (s *scan) value(i int, set uint32, level int) int {
	t := s.text
	if uint(i) >= uint(len(t)) {
		return 0
	}
	start, inner := i, set
	for k := range s.places {
		if int(s.places[k].tokens) == level {
			inner &^= 1 << k
		}
	}
	switch c := t[i]; {
	case c == '{' && inner != 0:
		i = s.object(i, inner, level)
	case c == '[' && inner != 0:
		i = s.array(i, inner, level)
	case c == '{' || c == '[':
		i = nested(t, i, 0, 0, level)
	default:
		i = scalar(t, i)
	}
	if set != inner {
		s.note(start, i, set&^inner, level)
	}
	return i
}

// note notes the value between two indexes for those places of a set to which level tokens
// lead; null is nothing.
func (s *scan) note(start, end int, set uint32, level int) {
	if s.text[start] == 'n' {
		return
	}
	for m := set; m != 0; m &= m - 1 {
		k := bits.TrailingZeros32(m)
		if p := &s.places[k]; int(p.tokens) == level {
			p.value = span{uint32(start), uint32(end)}
			s.found |= 1 << k
		}
	}
}

// object reads an object that is on the way to some places. Where a name is repeated its
// last value counts, so what was found in an earlier one is not.
func (s *scan) object(i int, set uint32, level int) int {
	t := s.text
	if i = space(t, i+1); uint(i) < uint(len(t)) && t[i] == '}' {
		return i + 1
	}
	if level > 0 { // else they are awaited from the start
		s.await(set, level)
	}
	for {
		if uint(i) >= uint(len(t)) || t[i] != '"' {
			return 0
		}
		var named uint32
		if i, named = s.name(t, i+1, set, level); i == 0 {
			return 0
		}
		if uint(i) < uint(len(t)) && t[i] == ':' {
			i = space(t, i+1)
		} else if i = colon(t, i); i == 0 {
			return 0
		}
		if uint(i) >= uint(len(t)) {
			return 0
		}
		s.found &^= named
		switch c := t[i]; {
		case c == '"':
			start := i
			if i, _ = quoted(t, i); named != 0 {
				s.note(start, i, named, level+1)
			}
		case c != '{' && c != '[':
			start := i
			if i = scalar(t, i); named != 0 {
				s.note(start, i, named, level+1)
			}
		case named == 0:
			i = nested(t, i, 0, 0, level+1)
		default:
			i = s.value(i, named, level+1)
			s.await(named, level) // as other names may be in the value
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
	for k := range s.places {
		if set>>k&1 != 0 {
			brief := briefly((*s.places[k].path)[level])
			s.places[k].awaited = brief
			s.awaited |= 1 << nameBit(brief)
		}
	}
}

// nameBit is the bit of a word for a name.
func nameBit(brief uint64) uint { return uint(brief * 0x9e3779b97f4a7c15 >> 58) }

// name reads a member's name from behind its first quote on, and returns those places of a
// set on the way to which it is. Most names are in one word, with their end.
func (s *scan) name(t []byte, from int, set uint32, level int) (end int, named uint32) {
	if from < 0 || from > len(t)-8 {
		return s.longName(from, set, level)
	}
	w := binary.LittleEndian.Uint64(t[from:])
	n := uint(bits.TrailingZeros64(halts(w))) >> 3 // 8 where there is no halt
	if byte(w>>(8*n&63)) != '"' {
		return s.longName(from, set, level)
	}
	end = from + int(n) + 1
	rest := (7 - n) * 8 & 63 // bits that are not the name's
	brief := w<<8<<rest>>rest | uint64(n)
	if s.awaited>>nameBit(brief)&1 == 0 {
		return end, 0 // as for most that no place has
	}
	for k := range s.places {
		if s.places[k].awaited == brief {
			named |= 1 << k
		}
	}
	return end, named & set
}

func (s *scan) longName(from int, set uint32, level int) (end int, named uint32) {
	end, escaped := quoted(s.text, from-1)
	if end == 0 {
		return 0, 0
	}
	if escaped {
		return end, s.namedEscaped(s.text[from-1:end], set, level)
	}
	return end, s.named(s.text[from:end-1], set, level)
}

func (s *scan) named(name []byte, set uint32, level int) (named uint32) {
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); string(name) == (*s.places[k].path)[level] {
			named |= 1 << k
		}
	}
	return named
}

func (s *scan) namedEscaped(name []byte, set uint32, level int) (named uint32) {
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); jsonStringIs(name, (*s.places[k].path)[level]) {
			named |= 1 << k
		}
	}
	return named
}

// briefly returns a text of seven bytes or less above a byte of its length: the text in one
// word. Of a longer one it is the length, by which that differs from all of these.
func briefly(text string) uint64 {
	n := len(text)
	brief := uint64(min(n, 1<<8-1))
	switch {
	case n >= 8: // no name in one word is as long
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
		if k := bits.TrailingZeros32(m); !isIndex((*s.places[k].path)[level]) {
			set &^= 1 << k
		}
	}
	for n := 0; set != 0; n++ {
		var named uint32
		for m := set; m != 0; m &= m - 1 {
			k := bits.TrailingZeros32(m)
			if index, _ := strconv.Atoi((*s.places[k].path)[level]); index == n {
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
	for range s.places {
		if k >= len(s.places) {
			k = 0
		}
		p := &s.places[k]
		if p.path != place {
			k++
			continue
		}
		s.next = k + 1
		if s.found>>k&1 == 0 {
			return span{}, nil, true
		}
		return p.value, (*place)[p.tokens:], true
	}
	return span{}, nil, false
}
