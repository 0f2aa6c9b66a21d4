package classify

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reading is what a reply says, before the catalog is asked what that means: the
// evidence of a [Decision]. Readings are plain values and can be compared.
type Reading struct {
	// Form is the form of the catalog that was taken: the first in which the reply
	// says success or holds a code. It is -1 where there is none.
	Form int16

	// Test is the sign of success that holds, among the form's OK, and -1 for none:
	// the first that is neither an absence nor the status, if one such holds.
	Test int16

	// Place is where the code stands, among the form's Code, and -1 where there is none.
	Place int16

	// Success is whether a sign of success holds, under a status below 400.
	Success bool

	// Weak is whether all that says success is an absence or the status, which replies
	// of other APIs have too.
	Weak bool

	// Denied is whether a place that tells success holds another value, in a form
	// that was looked into: the reply is the API's, and not a success.
	Denied bool

	// Cut is whether the body goes on after the MaxBody bytes that were looked at.
	Cut bool

	// Code is the code as on the wire, and "" for none. After a sign of success only a
	// listed code counts: what else stands there may be the result.
	Code string

	listed, prefixed *Entry // of the code; nil for none
}

// noReading is that of a reply that says nothing, or of no reply.
var noReading = Reading{Form: -1, Test: -1, Place: -1}

// Read returns what a reply says. It allocates as [Catalog.Classify] does. What
// did not come, and a nil catalog, say nothing.
func (c *Catalog) Read(r Reply) Reading {
	if c == nil || r.Err != nil {
		return noReading
	}
	out := noReading
	out.read(c, &r, r.body())
	return out
}

// read tries the forms in order, and takes the first that has something to say.
func (out *Reading) read(c *Catalog, r *Reply, body []byte) {
	out.Cut = len(r.Body) > MaxBody
	var doc document // holds the code's text
	for i := range c.Forms {
		form := &c.Forms[i]
		if !doc.open(form, r, body) {
			continue
		}
		test, weak, denied := form.success(&doc)
		out.Denied = out.Denied || denied
		code, at := form.code(c, &doc)
		if test < 0 && code == nil {
			continue
		}
		if test < 0 || r.Status < 400 {
			out.Success = test >= 0
			out.Weak = weak
			out.take(i, test, code, at)
			return
		}
		// An error status overrules the sign of success. What then stands where the
		// code would be may be the result: unless it is covered, it counts only if no
		// other form holds a code.
		if at.covered() {
			out.take(i, test, code, at)
			return
		}
		if out.Form < 0 && code != nil {
			out.take(i, test, code, at)
		}
	}
}

// take makes what a form found the reading.
func (out *Reading) take(form, test int, code []byte, at found) {
	out.Form, out.Test = int16(form), int16(test)
	out.Code, out.Place, out.listed, out.prefixed = "", -1, nil, nil
	if code == nil || out.Success && at.listed == nil {
		return
	}
	out.Place, out.listed, out.prefixed = int16(at.place), at.listed, at.prefixed
	if out.Code = at.spelling; out.Code != string(code) { // else it needs no copy
		out.Code = string(code)
	}
}

// found is where a code was found, and what the catalog has for it. It is apart
// from the code's text, which lies in the reply.
type found struct {
	place    int // among the form's Code
	listed   *Entry
	spelling string // of the listed code, as the catalog has it
	prefixed *Entry // where the code is not listed
}

// covered reports whether the catalog has an entry for the code.
func (f *found) covered() bool { return f.listed != nil || f.prefixed != nil }

// success returns the sign of success that the reply shows, or -1, whether that
// is a weak one, and whether a place that tells success holds another value.
func (f *Form) success(d *document) (test int, weak, denied bool) {
	test = -1
	for i := range f.OK {
		sign := &f.OK[i]
		passes, other := sign.passes(d)
		denied = denied || other
		switch {
		case !passes:
		case sign.Kind != Absent && sign.Kind != StatusIs:
			return i, false, denied
		case test < 0:
			test, weak = i, true
		}
	}
	return test, weak, denied
}

// code returns the first code that stands at one of the form's places, good until
// the next look at the reply, or nil. Of the prefixes before a plain text, which can
// all fit at once, one that leaves a listed code wins.
func (f *Form) code(c *Catalog, d *document) (first []byte, at found) {
	anyListed := f.Syntax == Text && len(f.Code) > 1
	for i, place := range f.Code {
		code, here := c.codeIn(f.trim(d.text(place)), f.Syntax)
		if code == nil {
			continue
		}
		if here.place = i; !anyListed || here.listed != nil {
			return code, here
		}
		if first == nil {
			first, at = code, here
		}
	}
	return first, at
}

// trim cuts a code out of its text; what is empty after it is not a code.
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

// codeIn returns a text at a place for codes if it is a code, and nil otherwise. A
// structured reply says so itself, unless it leaves the place empty. Plain text is a
// code when the catalog has it, or when it is a word that looks like one: pages,
// prose and data are not.
func (c *Catalog) codeIn(text []byte, syntax Syntax) (code []byte, at found) {
	if text == nil {
		return nil, at
	}
	if at.listed, at.spelling = c.listed(text); at.listed != nil {
		return text, at
	}
	if len(text) == 0 || syntax == Text && (len(text) > maxPlainCode || bytes.ContainsAny(text, "<>{}\n\r")) {
		return nil, at
	}
	at.prefixed = c.prefixed(text)
	if syntax == Text && at.prefixed == nil && !isWord(text) {
		return nil, at
	}
	return text, at
}

// maxPlainCode is the length in bytes over which a plain text is not a code unless
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

// passes reports whether the reply shows the sign, or else whether it has another
// value where the sign would be.
func (t *Test) passes(d *document) (passes, denied bool) {
	switch t.Kind {
	case Equals:
		return d.equals(t.At, t.Values)
	case Present:
		return d.has(t.At), false
	case Absent:
		return !d.has(t.At), false
	case PrefixIs:
		for _, prefix := range t.Prefix {
			if bytes.HasPrefix(d.body, []byte(prefix)) {
				return true, false
			}
		}
	case HeaderEquals:
		value := strings.TrimSpace(header(d.header, t.Header))
		for _, want := range t.Values {
			if value == want.Text {
				return true, false
			}
		}
	case StatusIs:
		for _, status := range t.Status {
			if status == d.status || status < 10 && status == d.status/100 {
				return true, false
			}
		}
	}
	return false, false
}
