package classify

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// The functions here read the start of a document whose rest is not there. They take
// nothing for certain that the rest could change, but for a name that an object repeats.

// start is what is looked at of a reply's body.
type start struct {
	body []byte // trimmed; a JSON document that is cut is completed
	cut  bool   // there is more of it
	gap  bool   // white space follows in what is there
}

// startOf returns the part of a reply's body to look at.
func (c *Catalog) startOf(r *Reply) start {
	s := start{body: r.Body, cut: r.Cut}
	if len(s.body) == 0 {
		return s
	}
	if !s.cut && len(s.body) <= leastLook && isTrimmed(s.body) { // as nearly all that are short
		return s
	}
	if len(s.body) > leastLook {
		if most := c.look(r); int64(len(s.body)) > most {
			s.body, s.cut = s.body[:most], true
		}
	}
	raw := bytes.TrimPrefix(s.body, byteOrderMark)
	if s.cut {
		raw = wholeRunes(raw)
	}
	s.body = trimSpace(raw)
	if s.cut {
		s.gap = len(bytes.TrimRightFunc(raw, unicode.IsSpace)) < len(raw)
		if whole := completeJSON(s.body); whole != nil {
			s.body = whole
		}
	}
	return s
}

// trimSpace is bytes.TrimSpace for texts most of which have no space around them.
func trimSpace(text []byte) []byte {
	if isTrimmed(text) {
		return text
	}
	return bytes.TrimSpace(text)
}

// mayBeJSON asks only how the body starts.
func (s *start) mayBeJSON() bool {
	return len(s.body) > 0 && (s.body[0] == '{' || s.body[0] == '[')
}

// wholeRunes drops the bytes at the end of a text that are the start of a character.
func wholeRunes(text []byte) []byte {
	for i := len(text) - 1; i >= 0 && i >= len(text)-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if !utf8.FullRune(text[i:]) {
				return text[:i]
			}
			break
		}
	}
	return text
}

// look returns how many bytes of a reply's body are looked at.
func (c *Catalog) look(r *Reply) int64 {
	look := r.look
	if look == 0 && c != nil && r.Operation != "" {
		endpoint, _ := c.Endpoint(r.Operation)
		look = endpoint.Look
	}
	if look == 0 {
		return MaxBody
	}
	return max(look, leastLook)
}

// completeJSON returns a JSON object or array of which the end is missing, without the
// value that is cut and with all that is open closed. It returns nil for any other text.
func completeJSON(text []byte) []byte {
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return nil
	}
	var room [64]byte
	open := room[:0] // the brackets that close what is open, at whole
	whole, key := 0, true
	for i := 0; i < len(text); {
		switch b := text[i]; b {
		case '{', '[':
			if len(open) == maxDepth {
				return nil
			}
			open = append(open, b+2) // in ASCII each closing bracket is two after its own
			key = b == '{'
			i++
			whole = i
			continue
		case '}', ']':
			if len(open) == 0 || open[len(open)-1] != b {
				return nil
			}
			open = open[:len(open)-1]
			key = false
			i++
			whole = i
			continue
		case ',':
			if len(open) == 0 {
				return nil
			}
			key = open[len(open)-1] == '}'
			i++
			continue
		case ':', ' ', '\t', '\r', '\n':
			key = key && b != ':'
			i++
			continue
		}
		end := scalarEnd(text[i:])
		if end < 0 {
			break
		}
		if i += end; !key {
			whole = i
		}
	}
	out := append(make([]byte, 0, whole+len(open)), text[:whole]...)
	for i := len(open) - 1; i >= 0; i-- {
		out = append(out, open[i])
	}
	if !validJSON(out) {
		return nil
	}
	return out
}

// scalarEnd returns the length of the string, number or word that a text starts with,
// and -1 if its end is not there.
func scalarEnd(text []byte) int {
	if text[0] != '"' {
		for i, b := range text {
			if endsScalar(b) { // which the first byte does not
				return i
			}
		}
		return -1
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

func endsScalar(c byte) bool {
	return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n'
}

// mayChange reports whether the rest of a document, which has to be cut, can change what a
// test says.
func (t *Test) mayChange(d *document) bool {
	switch t.Kind {
	case Equals:
		equal, other := d.equals(&t.At, t.Values)
		return !equal && (!other || !d.isSingle(t.At))
	case Contains:
		return !d.contains(&t.At, t.Text) && (!d.isSingle(t.At) || d.text(&t.At) == nil)
	case Present, Absent:
		return !d.has(&t.At)
	case PrefixIs, BodyContains:
		held, _ := t.holds(d)
		return held == notHeld && (t.Kind == BodyContains || t.mayStart(d.body))
	case All, Any, Not:
		return t.anyMayChange(d)
	}
	return false
}

// anyMayChange reports whether those parts of a test can change that count.
func (t *Test) anyMayChange(d *document) bool {
	changes := false
	for i := range t.Tests {
		if t.Tests[i].mayChange(d) {
			changes = true
			continue
		}
		held, _ := t.Tests[i].holds(d)
		if t.Kind == All && held == notHeld || t.Kind == Any && held != notHeld {
			return false
		}
	}
	return changes
}

// isSingle reports whether there is one value at most at a place, which is whole.
func (d *document) isSingle(place Path) bool {
	return d.syntax == JSON && !slices.Contains(place, "*") // in XML elements repeat
}

// mayStart reports whether more of a text can give it one of the test's prefixes.
func (t *Test) mayStart(text []byte) bool {
	return slices.ContainsFunc(t.Prefix, func(p string) bool { return len(p) >= len(text) && p[:len(text)] == string(text) })
}

// endsCode reports whether a code in a text that is cut ends before the cut.
func (f *Form) endsCode(d *document, text []byte) bool {
	return d.gap || f.Before != "" && bytes.Contains(text, []byte(f.Before))
}

// isPlain reports whether the start of a body is that of a text too long for a code, or of
// data: no form finds a code in what is missing of it.
func isPlain(start []byte) bool {
	start = bytes.TrimSpace(bytes.TrimPrefix(start, byteOrderMark))
	return len(start) >= leastLook && !bytes.ContainsAny(start[:1], "{[<")
}
