package classify

import (
	"math/bits"
	"strconv"
)

// scan reads a JSON document once, whatever is asked of it afterwards: it checks that
// the text is one, and notes the values at the targets of a plan.
type scan struct {
	text    []byte           // of the document; nil if there is none
	targets []Target         // of the plan
	names   []uint32         // of the plan
	found   uint32           // a bit for each target at which there is a value
	next    int              // the target that is likely to be asked for
	values  [maxTargets]span // at the targets
}

// span is a part of a text.
type span struct{ start, end uint32 }

// look has a scan look for the targets of a plan.
func (s *scan) look(p *Plan) {
	s.targets, s.names = p.Targets[:min(len(p.Targets), maxTargets)], p.Names
}

// read reports whether a text is a JSON document, and notes what stands at the targets.
func (s *scan) read(text []byte) bool {
	if uint64(len(text)) > 1<<32-1 {
		s.targets = nil // as no span has room
	}
	s.text, s.found = text, 0
	end := s.value(space(text, 0), 1<<len(s.targets)-1, 0)
	if end == 0 || space(text, end) != len(text) {
		s.text = nil
	}
	return s.text != nil
}

// value reads the value at i, which is on the way to some targets: level tokens of each
// led to it.
func (s *scan) value(i int, set uint32, level int) int {
	t := s.text
	if uint(i) >= uint(len(t)) {
		return 0
	}
	start, inner := i, set
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); len(s.targets[k].Path) == level {
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

// note notes the value between two indexes for those targets of a set to which level tokens
// lead; null is nothing.
func (s *scan) note(start, end int, set uint32, level int) {
	if s.text[start] == 'n' {
		return
	}
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); len(s.targets[k].Path) == level {
			s.values[k%maxTargets] = span{uint32(start), uint32(end)}
			s.found |= 1 << k
		}
	}
}

// object reads an object that is on the way to some targets. Where a name is repeated its
// last value counts, so what was found in an earlier one is not.
func (s *scan) object(i int, set uint32, level int) int {
	t := s.text
	if i = space(t, i+1); uint(i) < uint(len(t)) && t[i] == '}' {
		return i + 1
	}
	for {
		if uint(i) >= uint(len(t)) || t[i] != '"' {
			return 0
		}
		var named uint32
		if w, ok := eight(t, i+1); !ok || !endsName(w) {
			if i, named = s.longName(i+1, set, level); i == 0 {
				return 0
			}
		} else { // most names are in one word, with their end
			n := nameLength(w)
			brief := briefOf(w, n)
			if hash := nameHash(brief); hash < uint(len(s.names)) {
				named = s.named(brief, set&s.names[hash], level)
			}
			i += int(n) + 2
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
			if i = halt(t, i+1); uint(i) < uint(len(t)) && t[i] == '"' {
				i++
			} else {
				i, _ = escapes(t, i)
			}
			if named != 0 {
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

// nameLength is how many bytes of a word come before the end of the name at its start, and 8
// if that is not in it.
func nameLength(w uint64) uint { return uint(bits.TrailingZeros64(halts(w))) >> 3 }

// endsName reports whether there is the quote in a word at which the name at its start ends.
func endsName(w uint64) bool { return byte(w>>(8*nameLength(w)&63)) == '"' }

// briefOf is what briefly is of the n bytes at the start of a word.
func briefOf(w uint64, n uint) uint64 {
	rest := (7 - n) * 8 & 63 // bits that are not the name's
	return w<<8<<rest>>rest | uint64(n)
}

// named returns those targets of a set on the way to which a name in one word is.
func (s *scan) named(brief uint64, set uint32, level int) (named uint32) {
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); s.targets[k].Brief[level] == brief {
			named |= 1 << k
		}
	}
	return named
}

// longName reads a member's name from behind its first quote on, and returns those targets of a
// set on the way to which it is.
func (s *scan) longName(from int, set uint32, level int) (end int, named uint32) {
	end, escaped := quoted(s.text, from-1)
	if end == 0 {
		return 0, 0
	}
	if escaped {
		return end, s.namedEscaped(s.text[from-1:end], set, level)
	}
	return end, s.namedLong(s.text[from:end-1], set, level)
}

func (s *scan) namedLong(name []byte, set uint32, level int) (named uint32) {
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); string(name) == s.targets[k].Path[level] {
			named |= 1 << k
		}
	}
	return named
}

func (s *scan) namedEscaped(name []byte, set uint32, level int) (named uint32) {
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); jsonStringIs(name, s.targets[k].Path[level]) {
			named |= 1 << k
		}
	}
	return named
}

// array reads an array that may be on the way to some targets.
func (s *scan) array(i int, set uint32, level int) int {
	t := s.text
	if i = space(t, i+1); uint(i) < uint(len(t)) && t[i] == ']' {
		return i + 1
	}
	for m := set; m != 0; m &= m - 1 {
		if k := bits.TrailingZeros32(m); !isIndex(s.targets[k].Path[level]) {
			set &^= 1 << k
		}
	}
	for n := 0; set != 0; n++ {
		var named uint32
		for m := set; m != 0; m &= m - 1 {
			k := bits.TrailingZeros32(m)
			if index, _ := strconv.Atoi(s.targets[k].Path[level]); index == n {
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

// target returns the target that a place has, and -1 for none. Places are mostly asked for in
// the order in which they were planned.
func (s *scan) target(place Path) int {
	if k := s.next; uint(k) < uint(len(s.targets)) && s.targets[k].is(place) {
		s.next++
		return k
	}
	return s.search(place)
}

func (s *scan) search(place Path) int {
	for k := range s.targets {
		if s.targets[k].is(place) {
			s.next = k + 1
			return k
		}
	}
	return -1
}
