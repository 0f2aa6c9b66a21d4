package classify

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Form is one way in which an API answers: where in the reply success, the code
// and the message are found.
type Form struct {
	Syntax  Syntax
	OK      []Test // success, if any of them passes
	Code    []Path // where the code is; the first place that holds one wins
	Message []Path // where the text for people is
	After   string // the code starts after the last such mark, if it is there
	Before  string // the code then ends before the first such mark
}

// Syntax is what a [Form] reads.
type Syntax uint8

// The syntaxes. Each says what the elements of a Path are.
const (
	JSON   Syntax = iota // a JSON document; reference tokens of a JSON Pointer (RFC 6901)
	XML                  // an XML document; element names from the root
	Text                 // the trimmed body; one element, the prefix before the code
	Header               // the header; one element, a field name in canonical case
)

var syntaxNames = [...]string{"json", "xml", "text", "header"}

// String returns the syntax's name in the catalog format.
func (s Syntax) String() string {
	if int(s) < len(syntaxNames) {
		return syntaxNames[s]
	}
	return "Syntax(?)"
}

// Path is a place in a reply; the form's [Syntax] says how it is read. In JSON
// an element * stands for the first array element that has the rest, in XML for
// any element.
type Path []string

// Test is one sign of success. Exactly one of its kinds applies.
type Test struct {
	Kind   TestKind
	At     Path     // where to look, for Equals, Present and Absent
	Header string   // the header field in canonical case, for HeaderEquals
	Values []Scalar // any of which is success, for Equals and HeaderEquals
	Prefix []string // any of which is success, for PrefixIs
	Status []int    // statuses such as 204, or classes as their first digit, for StatusIs
}

// TestKind is what a [Test] looks at.
type TestKind uint8

// The kinds of test.
const (
	Equals       TestKind = iota // the value at a place is one of Values
	Present                      // there is a value at a place, be it null
	Absent                       // there is no value at a place
	PrefixIs                     // the text starts with one of Prefix
	HeaderEquals                 // the header field is one of Values
	StatusIs                     // the status is one of Status
)

// Scalar is a value to compare with, with its JSON type.
type Scalar struct {
	Type ScalarType
	Text string
}

// ScalarType is the JSON type of a [Scalar].
type ScalarType uint8

// The types of scalars.
const (
	String ScalarType = iota
	Number
	Bool
	none // null, an object or an array: equal to no scalar
)

// reading is what one form made of a reply.
type reading struct {
	ok    bool   // a test of success passed
	code  []byte // the code's text; nil for none
	place int    // which of the form's Code places held it
}

// read applies the form to a reply whose trimmed body is given.
func (f *Form) read(c *Catalog, d *document) reading {
	var read reading
	for i := range f.OK {
		if f.OK[i].passes(d) {
			read.ok = true
			break
		}
	}
	read.code, read.place = f.code(c, d)
	return read
}

// code returns the code and the place that holds it. Of the prefixes before a
// plain text, which can all fit at once, one that leaves a listed code wins.
func (f *Form) code(c *Catalog, d *document) (code []byte, place int) {
	if f.Syntax == Text && len(f.Code) > 1 {
		for i, place := range f.Code {
			code := f.trim(d.text(place))
			if entry, _ := c.listed(code); entry != nil && code != nil {
				return code, i
			}
		}
	}
	for i, place := range f.Code {
		if code := f.trim(d.text(place)); code != nil && c.isCode(code, f.Syntax) {
			return code, i
		}
	}
	return nil, 0
}

// trim cuts a code out of its text; what is empty after it is no code.
func (f *Form) trim(text []byte) []byte {
	if f.After == "" && f.Before == "" || text == nil {
		return text
	}
	if i := bytes.LastIndex(text, []byte(f.After)); f.After != "" && i >= 0 {
		text = text[i+len(f.After):]
	}
	if i := bytes.Index(text, []byte(f.Before)); f.Before != "" && i >= 0 {
		text = text[:i]
	}
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return nil
	}
	return text
}

// isCode reports whether a text at a place for codes is one. A structured reply
// says so itself, unless it leaves the place empty. Plain text is a code when
// the catalog has it, or when it is a word that looks like one: pages, prose and
// data are not.
func (c *Catalog) isCode(text []byte, syntax Syntax) bool {
	if entry, _ := c.listed(text); entry != nil {
		return true
	}
	if len(text) == 0 {
		return false
	}
	if syntax != Text {
		return true
	}
	if len(text) > maxPlainCode || bytes.ContainsAny(text, "<>{}\n\r") {
		return false
	}
	return c.prefixed(text) != nil || isWord(text)
}

// maxPlainCode is the length in bytes over which a plain text is no code unless
// it is listed.
const maxPlainCode = 256

// isWord reports whether text is one word of letters, digits and _ - . : /.
func isWord(text []byte) bool {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.:/", r) {
			return false
		}
		text = text[size:]
	}
	return true
}

func (t *Test) passes(d *document) bool {
	switch t.Kind {
	case Equals:
		for _, want := range t.Values {
			if d.equals(t.At, want) {
				return true
			}
		}
	case Present:
		return d.has(t.At)
	case Absent:
		return !d.has(t.At)
	case PrefixIs:
		for _, prefix := range t.Prefix {
			if bytes.HasPrefix(d.body, []byte(prefix)) {
				return true
			}
		}
	case HeaderEquals:
		value := strings.TrimSpace(header(d.header, t.Header))
		for _, want := range t.Values {
			if value == want.Text {
				return true
			}
		}
	case StatusIs:
		for _, status := range t.Status {
			if status == d.status || status < 10 && status == d.status/100 {
				return true
			}
		}
	}
	return false
}
