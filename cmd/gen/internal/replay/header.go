package replay

import (
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// header reads those fields of headers that the catalog asks for.
type header struct {
	fields http.Header       // of the reply at hand
	names  map[string]string // by spelling, the canonical name of a field that counts, else ""
	wanted map[string]bool   // canonical names
	room   []byte
}

// maxSpellings is how many spellings of names are kept.
const maxSpellings = 1 << 12

func newHeader(c *model.Catalog) header {
	h := header{fields: http.Header{}, names: map[string]string{}, wanted: map[string]bool{"Date": true}}
	for _, a := range c.APIs {
		h.wantAPI(a)
	}
	return h
}

func (h *header) want(name string) {
	if name != "" {
		h.wanted[http.CanonicalHeaderKey(name)] = true
	}
}

func (h *header) wantAPI(a *model.API) {
	for _, form := range a.Forms {
		h.wantTests(form.OK)
		h.wantTests(form.Fail)
		if form.Syntax == classify.Header {
			for _, path := range slices.Concat(form.Code, form.Message) {
				h.want(path[0])
			}
		}
	}
	h.wantDelays(a.Delays)
	for _, o := range a.Overrides {
		h.wantTests(o.When)
		h.wantDelays(o.Delays)
	}
	for _, place := range slices.Concat(a.RequestID, a.Field, a.Secret) {
		h.want(place.Header)
	}
	for _, e := range a.Entries() {
		h.wantDelays(e.Delays)
		for _, v := range e.Variants {
			h.wantTests(v.When)
			h.wantDelays(v.Delays)
		}
	}
}

func (h *header) wantTests(tests []classify.Test) {
	for _, test := range tests {
		h.want(test.Header)
		h.wantTests(test.Tests)
	}
}

func (h *header) wantDelays(delays []classify.Delay) {
	for _, delay := range delays {
		h.want(delay.Header)
	}
}

// read reads a header that a scan has passed: an object whose members are texts or lists of
// them, or a list of objects with a name and a value.
func (h *header) read(raw []byte, s *scanner) http.Header {
	clear(h.fields)
	if len(raw) == 0 {
		return nil
	}
	if raw[0] == '[' {
		s.elements(raw, func(element []byte) {
			var name, value []byte
			s.members(element, func(key, v []byte) {
				switch string(key) {
				case "name", "key":
					name, _ = text(nil, v)
				case "value":
					value = v
				}
			})
			h.add(name, value)
		})
	} else {
		s.members(raw, func(name, value []byte) {
			if len(value) == 0 || value[0] != '[' {
				h.add(name, value)
				return
			}
			if h.canonical(name) != "" {
				s.elements(value, func(line []byte) { h.add(name, line) })
			}
		})
	}
	if len(h.fields) == 0 {
		return nil
	}
	return h.fields
}

// add adds a line of a field, if it counts.
func (h *header) add(name, raw []byte) {
	key := h.canonical(name)
	if key == "" || len(raw) == 0 {
		return
	}
	if value, ok := text(h.room[:0], raw); ok {
		h.fields[key] = append(h.fields[key], strings.TrimSpace(string(value)))
	}
}

// canonical returns the name by which a field counts, and "" where it does not.
func (h *header) canonical(name []byte) string {
	key, known := h.names[string(name)]
	if known {
		return key
	}
	if key = http.CanonicalHeaderKey(string(name)); !h.wanted[key] {
		key = ""
	}
	if len(h.names) < maxSpellings {
		h.names[string(name)] = key
	}
	return key
}

// text returns the text of a JSON string, or a number as written.
func text(room, raw []byte) (value []byte, ok bool) {
	switch {
	case len(raw) == 0:
		return nil, false
	case raw[0] == '"':
		return unquoted(room, raw), true
	case raw[0] == '-' || isDigit(raw[0]):
		return raw, true
	}
	return nil, false
}

// members yields the members of an object that a scan has passed, and elements those of a
// list.
func (s *scanner) members(raw []byte, yield func(name, value []byte)) {
	s.each(raw, '{', func(i int) int {
		end, _ := quoted(raw, i)
		name := unquoted(nil, raw[i:end])
		start := colon(raw, end)
		end = s.skip(start, 0)
		yield(name, raw[start:end])
		return end
	})
}

func (s *scanner) elements(raw []byte, yield func(value []byte)) {
	s.each(raw, '[', func(i int) int {
		end := s.skip(i, 0)
		yield(raw[i:end])
		return end
	})
}

// each reads what stands between the brackets of an object or a list, one after the other.
func (s *scanner) each(raw []byte, bracket byte, read func(i int) int) {
	if at(raw, 0) != bracket {
		return
	}
	whole := s.text
	defer func() { s.text = whole }()
	for i := space(raw, 1); at(raw, i) != bracket+2; {
		s.text = raw
		i = space(raw, read(i))
		if at(raw, i) == ',' {
			i = space(raw, i+1)
		}
	}
}
