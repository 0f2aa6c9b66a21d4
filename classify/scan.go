package classify

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// The functions of this file read JSON from an index of a text on. They return the index
// behind what they have read, and 0 if it is not well-formed: no value ends there.

// maxDepth is how deep values may be nested, as in encoding/json.
const maxDepth = 10_000

// validJSON reports whether a text is a JSON document. It says the same as json.Valid.
func validJSON(t []byte) bool {
	end := skip(t, space(t, 0), 0)
	return end > 0 && space(t, end) == len(t)
}

// skip reads the value at i, around which level objects and arrays are open.
func skip(t []byte, i, level int) int {
	if uint(i) < uint(len(t)) && (t[i] == '{' || t[i] == '[') {
		return nested(t, i, 0, 0, level)
	}
	return scalar(t, i)
}

// levelsPerCall is how many open objects and arrays a word has a bit for.
const levelsPerCall = 64

// nested reads the value at i and all that follows it, until as many objects and arrays
// are closed as are open. Of those, kinds has a bit each, which is 1 for an object, the
// innermost last; level more are open around them. It calls itself where the word is
// full: no text can make it do so over 156 times.
func nested(t []byte, i int, kinds uint64, depth, level int) int {
	named := kinds&1 == 0 // what is at i is a value, not the name before one
	for {
		if uint(i) >= uint(len(t)) {
			return 0
		}
		// Strings, colons and whole numbers are most of a document. They are read here, as
		// to call a function for each takes as long as to read it.
		switch c := t[i]; {
		case c == '"':
			for i++; i >= 0 && i <= len(t)-8; i += 8 { // as in quoted
				if m := halts(binary.LittleEndian.Uint64(t[i:])); m != 0 {
					i += bits.TrailingZeros64(m) >> 3
					break
				}
			}
			if uint(i) < uint(len(t)) && t[i] == '"' {
				i++
			} else if i, _ = escapes(t, i); i == 0 {
				return 0
			}
			if named {
				break
			}
			if uint(i) < uint(len(t)) && t[i] == ':' {
				i = space(t, i+1)
			} else if i = colon(t, i); i == 0 {
				return 0
			}
			named = true
			continue
		case !named:
			return 0
		case c-'1' <= 8:
			for i++; uint(i) < uint(len(t)) && t[i]-'0' <= 9; {
				i++
			}
			if uint(i) < uint(len(t)) && (t[i] == '.' || t[i]|0x20 == 'e') {
				i = fraction(t, i)
			}
		case c != '{' && c != '[':
			i = scalar(t, i)
		case level+depth == maxDepth:
			return 0
		case depth == levelsPerCall:
			i = nested(t, i, 0, 0, level+depth)
		default:
			kinds = kinds<<1 | uint64(c>>5&1)
			depth++
			if i = space(t, i+1); uint(i) >= uint(len(t)) || t[i] != closer(kinds) {
				named = kinds&1 == 0
				continue
			}
		}
		if i == 0 {
			return 0
		}
		for ; ; i++ { // what the value closes
			if depth == 0 {
				return i
			}
			if i = space(t, i); uint(i) >= uint(len(t)) {
				return 0
			}
			if t[i] != closer(kinds) {
				break
			}
			kinds >>= 1
			depth--
		}
		if t[i] != ',' {
			return 0
		}
		i = space(t, i+1)
		named = kinds&1 == 0
	}
}

// closer is the bracket that closes the innermost of what is open: in ASCII those of
// objects are 32 above those of arrays.
func closer(kinds uint64) byte { return ']' | byte(kinds&1)<<5 }

// name reads a member's name and what stands between it and the value.
func name(t []byte, i int) int {
	if uint(i) >= uint(len(t)) || t[i] != '"' {
		return 0
	}
	if i, _ = quoted(t, i); i == 0 {
		return 0
	}
	return colon(t, i)
}

// colon reads what stands between a name and its value.
func colon(t []byte, i int) int {
	if i = space(t, i); uint(i) >= uint(len(t)) || t[i] != ':' {
		return 0
	}
	return space(t, i+1)
}

// space reads white space, if there is some.
func space(t []byte, i int) int {
	if uint(i) < uint(len(t)) && t[i] <= ' ' {
		return spaces(t, i)
	}
	return i
}

func spaces(t []byte, i int) int {
	for uint(i) < uint(len(t)) && (t[i] == ' ' || t[i] == '\n' || t[i] == '\r' || t[i] == '\t') {
		if i++; i+8 <= len(t) && binary.LittleEndian.Uint64(t[i:]) == everyByte*' ' {
			i += 8 // an indent
		}
	}
	return i
}

// scalar reads a string, a number, true, false or null.
func scalar(t []byte, i int) int {
	if uint(i) >= uint(len(t)) {
		return 0
	}
	switch c := t[i]; {
	case c == '"':
		i, _ = quoted(t, i)
		return i
	case c == '-' || c-'0' <= 9:
		return number(t, i)
	case c == 't':
		return word(t, i, "true")
	case c == 'f':
		return word(t, i, "false")
	case c == 'n':
		return word(t, i, "null")
	}
	return 0
}

func word(t []byte, i int, want string) int {
	if end := i + len(want); end <= len(t) && string(t[i:end]) == want {
		return end
	}
	return 0
}

func number(t []byte, i int) int {
	if t[i] == '-' {
		i++
	}
	if uint(i) < uint(len(t)) && t[i] == '0' {
		i++
	} else if i = digits(t, i); i == 0 {
		return 0
	}
	return fraction(t, i)
}

// fraction reads what may follow the whole part of a number.
func fraction(t []byte, i int) int {
	if uint(i) < uint(len(t)) && t[i] == '.' {
		if i = digits(t, i+1); i == 0 {
			return 0
		}
	}
	if uint(i) < uint(len(t)) && t[i]|0x20 == 'e' {
		if i++; uint(i) < uint(len(t)) && (t[i] == '+' || t[i] == '-') {
			i++
		}
		return digits(t, i)
	}
	return i
}

// digits reads one digit or more.
func digits(t []byte, i int) int {
	from := i
	for uint(i) < uint(len(t)) && t[i]-'0' <= 9 {
		i++
	}
	if i == from {
		return 0
	}
	return i
}

// Eight bytes are read at a time, as one word.
const (
	everyByte = 0x0101010101010101 // times a byte: eight of it
	everyHigh = 0x8080808080808080
)

// halts marks by their high bits those of eight bytes of a string at which reading it
// has to stop: quotes, backslashes and control characters. Only the first mark is sure.
// Where quotes take the place of spaces, they and the control characters are the bytes
// below 0x21; a subtraction then sets the high bit of a byte that is less.
func halts(w uint64) uint64 {
	below := (w ^ everyByte*('"'^' ')) - everyByte*(' '+1)
	backslash := (w ^ everyByte*'\\') - everyByte
	return (below | backslash) &^ w & everyHigh
}

// eight returns the eight bytes of a text from i on as one word, if there are so many.
func eight(t []byte, i int) (w uint64, ok bool) {
	if i >= 0 && i <= len(t)-8 {
		return binary.LittleEndian.Uint64(t[i:]), true
	}
	return 0, false
}

// quoted reads the string at i, and tells whether there is an escape in it. As in
// encoding/json, bytes that are not UTF-8 may stand in it.
func quoted(t []byte, i int) (end int, escaped bool) {
	for i++; i >= 0 && i <= len(t)-8; i += 8 {
		if m := halts(binary.LittleEndian.Uint64(t[i:])); m != 0 {
			i += bits.TrailingZeros64(m) >> 3
			if t[i] == '"' {
				return i + 1, false
			}
			break
		}
	}
	return escapes(t, i)
}

// escapes reads the rest of a string.
func escapes(t []byte, i int) (end int, escaped bool) {
	for uint(i) < uint(len(t)) && t[i] >= ' ' {
		switch t[i] {
		case '"':
			return i + 1, escaped
		case '\\':
			escaped = true
			if i = escape(t, i); i == 0 {
				return 0, true
			}
		default:
			if w, ok := eight(t, i); ok {
				i += bits.TrailingZeros64(halts(w)) >> 3 // 8 where there is no halt
				continue
			}
			i++
		}
	}
	return 0, escaped
}

// escape reads the escape at i.
func escape(t []byte, i int) int {
	if i+1 >= len(t) {
		return 0
	}
	switch t[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		if i+6 <= len(t) && isHex(t[i+2]) && isHex(t[i+3]) && isHex(t[i+4]) && isHex(t[i+5]) {
			return i + 6
		}
	}
	return 0
}

func isHex(c byte) bool { return c-'0' <= 9 || c|0x20-'a' <= 5 }

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
