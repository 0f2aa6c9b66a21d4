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
	fields  http.Header       // of the reply at hand
	names   map[string]string // by spelling, the canonical name of a field that counts, else ""
	wanted  map[string]bool   // canonical names
	lengths uint64            // a bit for each length that these have
	date    []byte            // the reply's Date, by which other fields and places are read
	dated   bool              // some place that is not in the header is
	room    []byte
}

// maxSpellings is how many spellings of names are kept.
const maxSpellings = 1 << 12

func newHeader(c *model.Catalog) header {
	h := header{fields: http.Header{}, names: map[string]string{}, wanted: map[string]bool{}}
	h.want(dateField)
	for _, a := range c.APIs {
		h.wantAPI(a)
	}
	return h
}

func (h *header) want(name string) {
	if name != "" {
		h.wanted[http.CanonicalHeaderKey(name)] = true
		h.lengths |= 1 << min(len(name), 63)
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
		h.dated = h.dated || delay.Header == ""
	}
}

// read reads a header that a scan has passed: an object whose members are texts or lists of
// them, or a list of objects with a name and a value.
func (h *header) read(v span, s *scanner) http.Header {
	clear(h.fields)
	h.date = nil
	switch raw := s.part(v); {
	case raw == nil:
		return nil
	case raw[0] == '[':
		for i := inside(raw, 0); !closes(raw, i); i = after(raw, i) {
			end := s.skip(raw, i, 0)
			h.pair(raw[i:end], s)
			i = end
		}
	default:
		for _, m := range s.membersOf(v) {
			if key := h.canonical(s.part(m.name)); key != "" {
				h.add(key, s.part(m.value), s)
			}
		}
	}
	if h.date != nil && (h.dated || len(h.fields) > 0) {
		h.append(dateField, h.date)
	}
	if len(h.fields) == 0 {
		return nil
	}
	return h.fields
}

const dateField = "Date"

// pair reads a field that is an object with a name and a value.
func (h *header) pair(raw []byte, s *scanner) {
	var key string
	var value []byte
	if raw[0] != '{' {
		return
	}
	for i := inside(raw, 0); !closes(raw, i); i = after(raw, i) {
		end, _ := quoted(raw, i)
		member := raw[i+1 : end-1]
		i = colon(raw, end)
		end = s.skip(raw, i, 0)
		switch string(member) {
		case "name", "key":
			if name, ok := text(nil, raw[i:end]); ok {
				key = h.canonical(name)
			}
		case "value":
			value = raw[i:end]
		}
		i = end
	}
	if key != "" && value != nil {
		h.add(key, value, s)
	}
}

// add adds a field's value, or a list of its lines.
func (h *header) add(key string, raw []byte, s *scanner) {
	switch {
	case key == dateField:
		h.date = raw
	case raw[0] == '[':
		for i := inside(raw, 0); !closes(raw, i); i = after(raw, i) {
			end := s.skip(raw, i, 0)
			h.append(key, raw[i:end])
			i = end
		}
	default:
		h.append(key, raw)
	}
}

// append adds a line of a field.
func (h *header) append(key string, raw []byte) {
	if value, ok := text(h.room[:0], raw); ok {
		h.fields[key] = append(h.fields[key], strings.TrimSpace(string(value)))
	}
}

// canonical returns the name by which a field counts, and "" where it does not.
func (h *header) canonical(name []byte) string {
	if h.lengths>>min(len(name), 63)&1 == 0 {
		return ""
	}
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

// inside returns where the first value of a list, or the first name of an object, starts,
// after where the next one does, and closes whether there is none.
func inside(raw []byte, i int) int { return space(raw, i+1) }

func after(raw []byte, i int) int {
	if i = space(raw, i); at(raw, i) == ',' {
		i = space(raw, i+1)
	}
	return i
}

func closes(raw []byte, i int) bool { return i >= len(raw) || raw[i] == '}' || raw[i] == ']' }
