package replay

import (
	"bytes"
	"math/bits"
)

// scanner reads a JSON object once: it checks that the line is one, and notes where the
// values of the fields are. Of the places that a field has, the first that holds a value of
// the right kind counts.
type scanner struct {
	text   []byte
	open   []byte        // the brackets that close what skip has open
	found  [roles]uint64 // a bit for each place at which a field has a value, the best first
	values [roles][maxPlaces]span

	line    int64    // of how many that were read with these places
	names   []passed // of the members, as lines of one log have the same ones in the same order
	next    int      // of names
	members []member // of the last object that is a header
	header  uint32   // where that starts
}

// maxPlaces is how many places a field can have: a word has a bit for each.
const maxPlaces = 64

// span is a part of the line.
type span struct {
	start, end uint32
	escaped    bool // it is a string with an escape in it
}

// member is a member of an object, by the inside of the quotes of its name, and its value.
type member struct{ name, value span }

// passed is the name of a member, with what stands between it and the value.
type passed struct {
	in, is *node
	text   []byte
	end    int // of the name in the text
}

// maxPassed is how many names are kept, and maxName how long one is.
const (
	maxPassed = 256
	maxName   = 64
)

// at returns where the value of a field is, and an empty span for none.
func (s *scanner) at(r role) span {
	if found := s.found[r]; found != 0 {
		return s.values[r][bits.TrailingZeros64(found)]
	}
	return span{}
}

// raw returns the value of a field as the line has it, and nil for none.
func (s *scanner) raw(r role) []byte { return s.part(s.at(r)) }

// part returns a part of the line, and nil for an empty one.
func (s *scanner) part(v span) []byte {
	if v.end > 0 {
		return s.text[v.start:v.end]
	}
	return nil
}

// read reports whether a text is a JSON object.
func (s *scanner) read(text []byte, places *node) bool {
	places.line++
	s.text, s.found, s.line, s.next, s.header = text, [roles]uint64{}, places.line, 0, 0
	i := space(text, 0)
	if at(text, i) != '{' {
		return false
	}
	end := s.object(i, places, 1)
	return end > 0 && space(text, end) == len(text)
}

// object reads an object that is on the way to places, or a header. Where a name is repeated
// its last value counts.
func (s *scanner) object(i int, in *node, level int) int {
	t := s.text
	if in.isHeader {
		s.members, s.header = s.members[:0], uint32(i)
	}
	if i = space(t, i+1); at(t, i) == '}' {
		return i + 1
	}
	for {
		next, name, start := s.name(i, in)
		if start == 0 {
			return 0
		}
		if next != nil {
			if next.line == s.line {
				next.forget(&s.found)
			}
			next.line = s.line
		}
		escaped := false
		switch c := at(t, start); {
		case c == '"':
			i, escaped = quoted(t, start)
		case c == '{' && next != nil && (len(next.members) > 0 || next.isHeader):
			i = s.object(start, next, level+1)
		default:
			i = s.skip(t, start, level)
		}
		if i == 0 {
			return 0
		}
		value := span{uint32(start), uint32(i), escaped}
		if next != nil {
			s.note(next, value)
		}
		if in.isHeader {
			s.members = append(s.members, member{name, value})
		}
		if i = space(t, i); at(t, i) == '}' {
			return i + 1
		}
		if at(t, i) != ',' {
			return 0
		}
		i = space(t, i+1)
	}
}

// name reads the name of a member at i, and returns where the inside of its quotes is and
// where the value starts, or 0.
func (s *scanner) name(i int, in *node) (next *node, name span, value int) {
	t := s.text
	if s.next < len(s.names) {
		if p := &s.names[s.next]; p.in == in && uint(i) <= uint(len(t)) && bytes.HasPrefix(t[i:], p.text) {
			s.next++
			return p.is, span{start: uint32(i + 1), end: uint32(i + p.end)}, space(t, i+len(p.text))
		}
	}
	if at(t, i) != '"' {
		return nil, span{}, 0
	}
	end, escaped := quoted(t, i)
	if end == 0 {
		return nil, span{}, 0
	}
	name = span{uint32(i + 1), uint32(end - 1), escaped}
	if escaped {
		next = in.member(unescape(nil, s.part(name)))
	} else {
		next = in.member(s.part(name))
	}
	if value = colon(t, end); value != 0 && s.next < maxPassed {
		if s.next == len(s.names) {
			s.names = append(s.names, passed{})
		}
		p := &s.names[s.next]
		if p.in = nil; !escaped && value-i <= maxName {
			*p = passed{in, next, append(p.text[:0], t[i:value]...), end - 1 - i}
		}
		s.next++
	}
	return next, name, value
}

// membersOf returns the members of an object that is a header.
func (s *scanner) membersOf(v span) []member {
	if v.start != s.header { // a later one is not that of the reply
		s.object(int(v.start), &node{isHeader: true}, 1)
	}
	return s.members
}

// note notes a value for the fields that have this place.
func (s *scanner) note(n *node, value span) {
	for _, p := range n.fields {
		if p.role.takes(s.part(value)) {
			s.found[p.role] |= 1 << p.rank
			s.values[p.role][p.rank] = value
		}
	}
}

// node is a member on the way to places, or at one.
type node struct {
	name    string
	members []*node
	fields  []placed
	slots   []*node // the members by the hashes of their names, each at the first free slot from there on

	isHeader bool  // its members are fields of one
	line     int64 // in which it was seen last; of the root, how many were read
}

// placed is a field that has a place.
type placed struct {
	role role
	rank uint8 // among the places of the field
}

// member returns the member of a name, and nil if no place has it.
func (n *node) member(name []byte) *node {
	if len(n.slots) == 0 || len(name) == 0 {
		return nil
	}
	for i := nameHash(name); ; i++ {
		m := n.slots[i&(len(n.slots)-1)]
		if m == nil || string(name) == m.name {
			return m
		}
	}
}

// nameHash tells the names of fields apart by their length and three of their letters.
func nameHash(name []byte) int {
	last := len(name) - 1
	return len(name) + int(name[0])*31 + int(name[last/2])*7 + int(name[last])*67
}

// sort gives each member its slot. Of four slots, three at least are free.
func (n *node) sort() {
	n.slots = make([]*node, 4<<bits.Len(uint(len(n.members))))
	for _, m := range n.members {
		i := nameHash([]byte(m.name))
		for n.slots[i&(len(n.slots)-1)] != nil {
			i++
		}
		n.slots[i&(len(n.slots)-1)] = m
	}
}

// add adds a place for a field.
func (n *node) add(tokens []string, p placed) {
	for _, token := range tokens {
		next := n.member([]byte(token))
		if next == nil {
			next = &node{name: token}
			n.members = append(n.members, next)
			n.sort()
		}
		n = next
	}
	n.fields = append(n.fields, p)
	n.isHeader = n.isHeader || p.role == roleHeaders
}

// forget drops what an earlier value of the same name had.
func (n *node) forget(found *[roles]uint64) {
	for _, p := range n.fields {
		found[p.role] &^= 1 << p.rank
	}
	for _, m := range n.members {
		m.forget(found)
	}
}
