package replay

// scanner reads a JSON object once: it checks that the line is one, and notes where the
// values of the fields are. Of the places that a field has, the first that holds a value of
// the right kind counts.
type scanner struct {
	text  []byte
	open  []byte // the brackets that close what skip has open
	found [roles]value
}

// value is where the value of a field stands in the line.
type value struct {
	start, end int
	rank       uint8 // of the place, from 1, the lower the better; 0 for no value
}

// raw returns the value of a field as the line has it, and nil for none.
func (s *scanner) raw(r role) []byte {
	if v := s.found[r]; v.rank > 0 {
		return s.text[v.start:v.end]
	}
	return nil
}

// read reports whether a text is a JSON object.
func (s *scanner) read(text []byte, places *node) bool {
	s.text, s.found = text, [roles]value{}
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
			i = s.skip(i, level)
		case at(t, i) == '{' && len(next.members) > 0:
			next.forget(&s.found)
			i = s.object(i, next, level+1)
		default:
			next.forget(&s.found)
			i = s.skip(i, level)
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
		if v := &s.found[p.role]; (v.rank == 0 || p.rank <= v.rank) && p.role.takes(s.text[start:end]) {
			*v = value{start, end, p.rank}
		}
	}
}

// node is a member on the way to places, or at one.
type node struct {
	name    string
	members []*node
	lengths uint64 // a bit for each length that a member's name has
	fields  []placed
}

// placed is a field that has a place.
type placed struct {
	role role
	rank uint8
}

// member returns the member of a name, and nil if no place has it.
func (n *node) member(name []byte) *node {
	if n.lengths>>(min(len(name), 63))&1 == 0 {
		return nil
	}
	for _, m := range n.members {
		if string(name) == m.name {
			return m
		}
	}
	return nil
}

// add adds a place for a field.
func (n *node) add(tokens []string, p placed) {
	for _, token := range tokens {
		next := n.member([]byte(token))
		if next == nil {
			next = &node{name: token}
			n.members = append(n.members, next)
			n.lengths |= 1 << min(len(token), 63)
		}
		n = next
	}
	n.fields = append(n.fields, p)
}

// forget drops what an earlier value of the same name had.
func (n *node) forget(found *[roles]value) {
	for _, p := range n.fields {
		if found[p.role].rank == p.rank {
			found[p.role] = value{}
		}
	}
	for _, m := range n.members {
		m.forget(found)
	}
}
