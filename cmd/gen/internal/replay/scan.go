package replay

import "math/bits"

// scanner reads a JSON object once: it checks that the line is one, and notes where the
// values of the fields are. Of the places that a field has, the first that holds a value of
// the right kind counts.
type scanner struct {
	text   []byte
	open   []byte        // the brackets that close what skip has open
	found  [roles]uint64 // a bit for each place at which a field has a value, the best first
	values [roles][maxPlaces]span
}

// maxPlaces is how many places a field can have: a word has a bit for each.
const maxPlaces = 64

// span is a part of the line.
type span struct{ start, end uint32 }

// at returns where the value of a field is, and an empty span for none.
func (s *scanner) at(r role) span {
	if found := s.found[r]; found != 0 {
		return s.values[r][bits.TrailingZeros64(found)]
	}
	return span{}
}

// raw returns the value of a field as the line has it, and nil for none.
func (s *scanner) raw(r role) []byte {
	if v := s.at(r); v.end > 0 {
		return s.text[v.start:v.end]
	}
	return nil
}

// read reports whether a text is a JSON object.
func (s *scanner) read(text []byte, places *node) bool {
	s.text, s.found = text, [roles]uint64{}
	i := space(text, 0)
	if at(text, i) != '{' {
		return false
	}
	end := s.object(i, places, 1)
	return end > 0 && space(text, end) == len(text)
}

// object reads an object that is on the way to places. Where a name is repeated its last
// value counts.
func (s *scanner) object(i int, places *node, level int) int {
	t := s.text
	if i = space(t, i+1); at(t, i) == '}' {
		return i + 1
	}
	for {
		if at(t, i) != '"' {
			return 0
		}
		end, escaped := quoted(t, i)
		if end == 0 {
			return 0
		}
		var next *node
		if escaped {
			next = places.member(unescape(nil, t[i+1:end-1]))
		} else {
			next = places.member(t[i+1 : end-1])
		}
		if i = colon(t, end); i == 0 {
			return 0
		}
		start := i
		switch {
		case next == nil:
			i = s.skip(t, i, level)
		case at(t, i) == '{' && len(next.members) > 0:
			next.forget(&s.found)
			i = s.object(i, next, level+1)
		default:
			next.forget(&s.found)
			i = s.skip(t, i, level)
		}
		if i == 0 {
			return 0
		}
		if next != nil {
			s.note(next, start, i)
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

// note notes a value for the fields that have this place.
func (s *scanner) note(n *node, start, end int) {
	for _, p := range n.fields {
		if p.role.takes(s.text[start:end]) {
			s.found[p.role] |= 1 << p.rank
			s.values[p.role][p.rank] = span{uint32(start), uint32(end)}
		}
	}
}

// node is a member on the way to places, or at one.
type node struct {
	name    string
	members []*node
	fields  []placed
	slots   []*node // the members by the hashes of their names, each at the first free slot from there on
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
