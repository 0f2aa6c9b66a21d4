package classify

import (
	"bytes"
	"slices"
)

// document is a reply opened in one syntax.
type document struct {
	syntax   Syntax
	start    bool     // there is more of the body than is looked at
	gap      bool     // white space follows what is looked at, before the rest
	cut      bool     // there is more of the document, and more may say otherwise
	opened   bool     // it is known whether the body is JSON
	valid    bool     // it is
	isNumber bool     // the last text was a JSON number
	reply    *Reply   // whose body it is
	catalog  *Catalog // whose forms read it; nil for none
	body     []byte   // trimmed
	tree     *tree    // of XML; nil if none was read
	scan     *scan    // of the whole body, where a form asks for JSON; nil if it does not pay
	scratch  []byte   // room for a text with escapes
}

// scratch is room for the text of nearly every string with escapes.
type scratch [96]byte

// begin prepares a document of a reply, which is then opened in each form.
func (d *document) begin(c *Catalog, s *start) {
	d.catalog, d.start, d.gap = c, s.cut, s.gap
}

// open reads the reply in the form's syntax and reports whether the body is of
// that syntax at all. It leaves the scratch alone, in which a text may still lie.
func (d *document) open(f *Form, body []byte) bool {
	d.syntax, d.body, d.isNumber = f.Syntax, body, false
	d.cut = d.start && f.In != InSSE && f.In != InString // which take a document that is whole
	switch f.Syntax {
	case JSON:
		if f.In != InBody {
			d.body = d.unwrap(f, body)
			return f.opensJSON(d.body)
		}
		return f.mayOpen(body) && d.isJSON(body)
	case XML:
		if len(body) == 0 || body[0] != '<' {
			return false
		}
		if d.tree == nil {
			d.tree = new(tree)
		}
		return d.tree.read(body, d.cut)
	case Text:
		d.body = unquote(body)
	}
	return true
}

// openAny opens the reply for tests that belong to no form: in the syntax of the form
// that was taken, and else as what the body is.
func (d *document) openAny(c *Catalog, body []byte, read *Reading) {
	if read.Form >= 0 && c.Forms[read.Form].Syntax <= XML && d.open(&c.Forms[read.Form], body) {
		return
	}
	for _, syntax := range [...]Syntax{JSON, XML} {
		if d.open(&Form{Syntax: syntax, Code: anyPlace}, body) {
			return
		}
	}
	d.open(&Form{Syntax: Text}, body)
}

// anyPlace looks into an array as well as into an object.
var anyPlace = []Path{{"*"}}

// opensJSON reports whether the body is a JSON object, or, where the form looks
// into one, an array.
func (f *Form) opensJSON(body []byte) bool { return f.mayOpen(body) && validJSON(body) }

// mayOpen asks only how the body starts.
func (f *Form) mayOpen(body []byte) bool {
	return len(body) > 0 && (body[0] == '{' || body[0] == '[' && f.looksIntoArray())
}

// mayHold asks only how the body starts: no document in the form's syntax does so
// where it reports false.
func (f *Form) mayHold(body []byte) bool {
	if f.Syntax > XML {
		return true
	}
	return len(body) > 0 && (f.In != InBody || body[0] == '{' || body[0] == '[' || body[0] == '<')
}

// isJSON reports whether the whole body is a JSON document. It is read once for all
// forms.
func (d *document) isJSON(body []byte) bool {
	switch {
	case d.opened:
	case d.scan != nil:
		d.valid = d.scan.read(body)
	default:
		d.valid = validJSON(body)
	}
	d.opened = true
	return d.valid
}

// one returns the only raw value that a place can have, or nil, if the scan has looked for it.
func (d *document) one(place *Path) (value []byte, known bool) {
	if !d.isScanned() {
		return nil, false
	}
	s := d.scan
	k := s.target(*place)
	if k < 0 || k >= maxTargets || len(*place) > len(s.targets[k].Path) {
		return nil, false
	}
	if s.found>>k&1 == 0 {
		return nil, true
	}
	at := s.values[k]
	return s.text[at.start:at.end], true
}

// isScanned reports whether the document is the one that was scanned.
func (d *document) isScanned() bool {
	if d.syntax != JSON || d.scan == nil {
		return false
	}
	text := d.scan.text
	return len(text) > 0 && len(text) == len(d.body) && &text[0] == &d.body[0]
}

// jsonAt returns the first raw value at a place of the document, or nil.
func (d *document) jsonAt(place *Path) []byte {
	if value, known := d.one(place); known {
		return value
	}
	var found [1]span
	if d.jsonAll(place, found[:]) == 0 {
		return nil
	}
	return d.body[found[0].start:found[0].end]
}

// jsonAll notes where the values at a place of the document are, as long as there is room.
func (d *document) jsonAll(place *Path, found []span) (n int) {
	start, rest := space(d.body, 0), *place
	if d.isScanned() {
		if k := d.scan.target(*place); k >= 0 {
			if d.scan.found>>k&1 == 0 {
				return 0
			}
			start, rest = int(d.scan.values[k].start), rest[len(d.scan.targets[k].Path):]
		}
	}
	jsonAll(d.body, start, rest, found, &n)
	return n
}

// looksIntoArray reports whether a place for codes or for success starts with an
// array element.
func (f *Form) looksIntoArray() bool {
	for _, place := range f.Code {
		if place.inArray() {
			return true
		}
	}
	return anyInArray(f.OK) || anyInArray(f.Fail)
}

func anyInArray(tests []Test) bool {
	for i := range tests {
		if tests[i].At.inArray() || anyInArray(tests[i].Tests) {
			return true
		}
	}
	return false
}

// mayBeIn asks only how the body starts.
func (p Path) mayBeIn(body []byte) bool {
	return len(body) > 0 && (body[0] == '{' || body[0] == '[' && p.inArray())
}

func (p Path) inArray() bool { return len(p) > 0 && (p[0] == "*" || isIndex(p[0])) }

// maxFound is how many values are looked at where a place with * has several.
const maxFound = 100

// many reports whether a place may have several values that count.
func (d *document) many(place Path) bool { return d.syntax <= XML && slices.Contains(place, "*") }

// values notes what stands at a place, for value, and returns how much there is.
func (d *document) values(place *Path, found *[maxFound]span) (n int) {
	if d.syntax == JSON {
		return d.jsonAll(place, found[:])
	}
	n = d.tree.count(*place, maxFound)
	for i := range n {
		found[i].start = uint32(i)
	}
	return n
}

// value returns what values found at a place: JSON as the body has it, and of an element
// the text.
func (d *document) value(place *Path, at span) []byte {
	if d.syntax == JSON {
		return d.body[at.start:at.end]
	}
	return d.tree.text(d.tree.nth(*place, int(at.start)), d.scratch)
}

// textOf returns the text of what values found, where it can be a code or a message, and
// nil otherwise. The text is good until the next call.
func (d *document) textOf(value []byte) []byte {
	if d.syntax == JSON {
		return d.jsonText(value)
	}
	return value
}

// text returns what stands at a place where it can be a code or a message, and nil
// otherwise. The text is good until the next call.
func (d *document) text(place *Path) []byte {
	switch d.syntax {
	case JSON:
		return d.jsonText(d.jsonAt(place))
	case XML:
		if at := d.tree.nth(*place, 0); at > 0 {
			return d.tree.text(at, d.scratch)
		}
	case Text:
		prefix := (*place)[0]
		if prefix == "" {
			return d.body
		}
		if rest, ok := bytes.CutPrefix(d.body, []byte(prefix)); ok {
			return trimSpace(rest)
		}
	case Header:
		if value := trimField(header(d.reply.Header, (*place)[0])); value != "" {
			return append(d.scratch[:0], value...)
		}
	}
	return nil
}

// has reports whether there is anything at a place; JSON null is nothing.
func (d *document) has(place *Path) bool {
	switch d.syntax {
	case JSON:
		return d.jsonAt(place) != nil
	case XML:
		return d.tree.nth(*place, 0) > 0
	}
	return false
}

// equals compares what stands at a place with some values, in JSON with their
// type, in XML by their text: it reports whether any of it is one of them, or else
// whether there is another value.
func (d *document) equals(place *Path, values []Scalar) (equal, other bool) {
	value, known := d.one(place)
	switch {
	case known:
	case d.many(*place):
		return d.equalsAny(place, values)
	case d.syntax == JSON:
		value = d.jsonAt(place)
	case d.syntax == XML:
		if at := d.tree.nth(*place, 0); at > 0 {
			equal = d.isOne(d.tree.text(at, d.scratch), values)
			return equal, !equal
		}
	}
	if value == nil {
		return false, false
	}
	equal = d.isOne(value, values)
	return equal, !equal
}

func (d *document) equalsAny(place *Path, values []Scalar) (equal, other bool) {
	var found [maxFound]span
	for _, at := range found[:d.values(place, &found)] {
		if d.isOne(d.value(place, at), values) {
			return true, false
		}
		other = true
	}
	return false, other
}

// isOne compares what values found with some scalars.
func (d *document) isOne(value []byte, values []Scalar) bool {
	for i := range values {
		if want := &values[i]; d.syntax == JSON && d.isScalar(value, want) || d.syntax == XML && string(value) == want.Text {
			return true
		}
	}
	return false
}

// contains reports whether any text at a place contains a part, in any case.
func (d *document) contains(place *Path, part string) bool {
	if d.syntax > XML {
		return false
	}
	if !d.many(*place) {
		return containsFold(d.text(place), part)
	}
	var found [maxFound]span
	for _, at := range found[:d.values(place, &found)] {
		if containsFold(d.textOf(d.value(place, at)), part) {
			return true
		}
	}
	return false
}

// isScalar compares a JSON value with one of a type.
func (d *document) isScalar(value []byte, want *Scalar) bool {
	if jsonType(value) != want.Type {
		return false
	}
	if want.Type == String {
		return string(d.jsonText(value)) == want.Text
	}
	return string(value) == want.Text || want.Type == Number && sameScalar(string(value), want)
}

// unquote strips one pair of surrounding quotes and the space inside it.
func unquote(body []byte) []byte {
	if n := len(body); n >= 2 && (body[0] == '"' || body[0] == '\'') && body[n-1] == body[0] {
		return bytes.TrimSpace(body[1 : n-1])
	}
	return body
}
