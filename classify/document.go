package classify

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// document is a reply opened in one syntax.
type document struct {
	syntax    Syntax
	status    int
	operation Operation
	header    http.Header
	start     bool     // there is more of the body than is looked at
	gap       bool     // white space follows what is looked at, before the rest
	cut       bool     // there is more of the document, and more may say otherwise
	body      []byte   // trimmed
	root      *element // of XML
	scratch   [96]byte // where an escaped JSON string is unescaped
}

// open reads the reply in the form's syntax and reports whether the body is of
// that syntax at all. It leaves the scratch alone, in which a text may still lie.
func (d *document) open(f *Form, r *Reply, body []byte) bool {
	d.syntax, d.status, d.operation, d.header, d.body = f.Syntax, r.Status, r.Operation, r.Header, body
	d.cut = d.start && f.In != InSSE && f.In != InString // which take a document that is whole
	switch f.Syntax {
	case JSON:
		if f.In != InBody {
			d.body = f.unwrap(body)
		}
		return f.opensJSON(d.body)
	case XML:
		d.root = parseXML(body, d.cut)
		return d.root != nil
	case Text:
		d.body = unquote(body)
	}
	return true
}

// openAny opens the reply for tests that belong to no form: in the syntax of the form
// that was taken, and else as what the body is.
func (d *document) openAny(c *Catalog, r *Reply, body []byte, read *Reading) {
	if read.Form >= 0 && c.Forms[read.Form].Syntax <= XML && d.open(&c.Forms[read.Form], r, body) {
		return
	}
	for _, syntax := range [...]Syntax{JSON, XML} {
		if d.open(&Form{Syntax: syntax, Code: anyPlace}, r, body) {
			return
		}
	}
	d.open(&Form{Syntax: Text}, r, body)
}

// anyPlace looks into an array as well as into an object.
var anyPlace = []Path{{"*"}}

// opensJSON reports whether the body is a JSON object, or, where the form looks
// into one, an array.
func (f *Form) opensJSON(body []byte) bool {
	if len(body) == 0 {
		return false
	}
	switch body[0] {
	case '{':
		return json.Valid(body)
	case '[':
		return f.looksIntoArray() && json.Valid(body)
	}
	return false
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

func (p Path) inArray() bool { return len(p) > 0 && (p[0] == "*" || isIndex(p[0])) }

// maxFound is how many values are looked at where a place with * has several.
const maxFound = 100

// more reports whether there is a value at a place after n others.
func (d *document) more(place Path, n int) bool {
	if d.syntax > XML || n >= maxFound || !slices.Contains(place, "*") {
		return false
	}
	if d.syntax == XML {
		return d.root.after(place, &n) != nil
	}
	return jsonAfter(d.body, place, &n) != nil
}

// text returns what stands at a place where it can be a code or a message, and nil
// otherwise. The text is good until the next call.
func (d *document) text(place Path) []byte {
	switch d.syntax {
	case JSON:
		return d.jsonText(jsonAt(d.body, place))
	case XML:
		if e := d.root.at(place); e != nil {
			return bytes.TrimSpace(e.text)
		}
	case Text:
		if rest, ok := bytes.CutPrefix(d.body, []byte(place[0])); ok {
			return bytes.TrimSpace(rest)
		}
	case Header:
		if value := strings.TrimSpace(header(d.header, place[0])); value != "" {
			return append(d.scratch[:0], value...)
		}
	}
	return nil
}

// textAfter returns the text at a place after n other values, of which there are more.
func (d *document) textAfter(place Path, n int) []byte {
	switch {
	case n == 0:
		return d.text(place)
	case d.syntax == XML:
		return bytes.TrimSpace(d.root.after(place, &n).text)
	}
	return d.jsonText(jsonAfter(d.body, place, &n))
}

// has reports whether there is anything at a place; JSON null is nothing.
func (d *document) has(place Path) bool {
	switch d.syntax {
	case JSON:
		return jsonAt(d.body, place) != nil
	case XML:
		return d.root.at(place) != nil
	}
	return false
}

// equals compares what stands at a place with some values, in JSON with their
// type, in XML by their text: it reports whether any of it is one of them, or else
// whether there is another value.
func (d *document) equals(place Path, values []Scalar) (equal, other bool) {
	switch d.syntax {
	case JSON:
		value := jsonAt(d.body, place)
		other = value != nil
		equal = other && d.isAny(value, values)
		for n := 1; !equal && d.more(place, n); n++ {
			skip := n
			equal = d.isAny(jsonAfter(d.body, place, &skip), values)
		}
	case XML:
		e := d.root.at(place)
		other = e != nil
		equal = other && e.isAny(values)
		for n := 1; !equal && d.more(place, n); n++ {
			skip := n
			equal = d.root.after(place, &skip).isAny(values)
		}
	}
	return equal, other && !equal
}

// isAny compares a JSON value with some of a type.
func (d *document) isAny(value []byte, values []Scalar) bool {
	for _, want := range values {
		if d.isScalar(value, want) {
			return true
		}
	}
	return false
}

// isAny compares an element's text with some values.
func (e *element) isAny(values []Scalar) bool {
	for _, want := range values {
		if string(bytes.TrimSpace(e.text)) == want.Text {
			return true
		}
	}
	return false
}

// contains reports whether any text at a place contains a part, in any case.
func (d *document) contains(place Path, part string) bool {
	for n := 0; n == 0 || d.more(place, n); n++ {
		if containsFold(d.textAfter(place, n), part) {
			return true
		}
	}
	return false
}

// isScalar compares a JSON value with one of a type.
func (d *document) isScalar(value []byte, want Scalar) bool {
	if jsonType(value) != want.Type {
		return false
	}
	if want.Type == String {
		return string(d.jsonText(value)) == want.Text
	}
	return sameScalar(string(value), want)
}

// unquote strips one pair of surrounding quotes and the space inside it.
func unquote(body []byte) []byte {
	if n := len(body); n >= 2 && (body[0] == '"' || body[0] == '\'') && body[n-1] == body[0] {
		return bytes.TrimSpace(body[1 : n-1])
	}
	return body
}
