package classify

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Place is where a reply says something beside the code: in a header field, in a member
// of a JSON body, or in an element of an XML body.
type Place struct {
	Header string // the header field in canonical case
	JSON   Path   // the member of a JSON body
	XML    Path   // the element of an XML body
}

// at returns where to look in a document of a syntax.
func (p *Place) at(s Syntax) (place *Path, ok bool) {
	if p.XML != nil {
		return &p.XML, s == XML
	}
	return &p.JSON, s == JSON && p.Header == ""
}

// maxNoted is how many bytes are kept of a request id and of a field's name.
const maxNoted = 256

// note reads what a reply without success says for support: it costs a success nothing.
func (d *Decision) note(r *Reply, body []byte, doc *document) {
	c := d.catalog
	if d.Source != KindSuccess {
		d.RequestID = c.noted(c.RequestID, r, body, doc)
		d.Field = c.noted(c.Field, r, body, doc)
	}
	if len(c.Secret) > 0 && (d.Code != "" || d.Also != "" || d.RequestID != "" || d.Field != "") {
		secrets := c.secretsOf(r, body, doc)
		d.RequestID, d.Field = secrets.cutFrom(d.RequestID), secrets.cutFrom(d.Field)
		d.Reading.hide(secrets)
		d.Code, d.Also = d.Reading.Code, d.Reading.Also
	}
	d.RequestID, d.Field = shorten(d.RequestID), shorten(d.Field)
}

// hide cuts secrets from what the reply says. A listed code is the catalog's own text.
func (out *Reading) hide(secrets secrets) {
	out.Also = secrets.cutFrom(out.Also)
	if out.listed == 0 {
		out.Code = secrets.cutFrom(out.Code)
	}
}

// noted returns the text or the number at the first of some places that holds one.
func (c *Catalog) noted(places []Place, r *Reply, body []byte, doc *document) (text string) {
	for i := range places {
		if places[i].Header == "" {
			continue
		}
		if text = field(r.Header, places[i].Header); text != "" {
			places = places[:i]
			break
		}
	}
	for part := range c.parts() {
		if !doc.openPart(c, part, places, body) {
			continue
		}
		for i := range places {
			if place, ok := places[i].at(doc.syntax); ok {
				if found := doc.firstText(place); len(found) > 0 {
					text, places = string(found), places[:i]
					break
				}
			}
		}
	}
	return text
}

// parts is how many documents a reply may have: one for each form, as it may be wrapped
// in the body, and the body as JSON and as XML.
func (c *Catalog) parts() int { return len(c.Forms) + 2 }

// openPart opens a document of the reply if any of the places is in one of its syntax:
// those that are wrapped in the body come first, and then the body itself.
func (d *document) openPart(c *Catalog, part int, places []Place, body []byte) bool {
	form := Form{Code: anyPlace}
	switch part - len(c.Forms) {
	case 0:
	case 1:
		form.Syntax = XML
	default:
		if form = c.Forms[part]; form.In == InBody {
			return false
		}
	}
	for i := range places {
		if _, ok := places[i].at(form.Syntax); ok {
			return d.open(&form, body)
		}
	}
	return false
}

// firstText returns the first text or number at a place, without the space around it,
// and nothing if there is none.
func (d *document) firstText(place *Path) []byte {
	if !d.many(*place) {
		return bytes.TrimSpace(d.text(place))
	}
	var found [maxFound]span
	for _, at := range found[:d.values(place, &found)] {
		if text := bytes.TrimSpace(d.textOf(d.value(place, at))); len(text) > 0 {
			return text
		}
	}
	return nil
}

// shorten cuts a text that is too long for a name, between two characters.
func shorten(text string) string {
	if len(text) <= maxNoted {
		return text
	}
	end := maxNoted
	for end > maxNoted-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// secrets are the texts of a reply that nobody is to see.
type secrets []string

// secretsOf returns the texts at all of the catalog's secret places.
func (c *Catalog) secretsOf(r *Reply, body []byte, doc *document) (all secrets) {
	for i := range c.Secret {
		if name := c.Secret[i].Header; name != "" {
			for _, line := range fieldLines(r.Header, name) {
				all = all.and(strings.TrimSpace(line)).and(credentials(line))
			}
		}
	}
	for part := range c.parts() {
		if !doc.openPart(c, part, c.Secret, body) {
			continue
		}
		for i := range c.Secret {
			if place, ok := c.Secret[i].at(doc.syntax); ok {
				var found [maxFound]span
				for _, at := range found[:doc.values(place, &found)] {
					if doc.syntax == JSON {
						all = doc.secretsIn(all, int(at.start))
					} else {
						all = all.andElement(doc.tree, doc.tree.nth(*place, int(at.start)))
					}
				}
			}
		}
	}
	return all
}

func (s secrets) and(text string) secrets {
	if text == "" {
		return s
	}
	return append(s, text)
}

// secretsIn adds the text or the number in a JSON document at i, or all that an object or an
// array there holds, but for names.
func (d *document) secretsIn(all secrets, i int) secrets {
	text := d.body[:skip(d.body, i, 0)]
	for i < len(text) {
		switch c := text[i]; {
		case c == '"':
			end, _ := quoted(text, i)
			if next := space(text, end); next == len(text) || text[next] != ':' {
				all = all.and(string(bytes.TrimSpace(d.jsonText(text[i:end]))))
			}
			i = end
		case c == '-' || '0' <= c && c <= '9':
			start := i
			for i < len(text) && !endsScalar(text[i]) {
				i++
			}
			all = all.and(string(text[start:i]))
		default:
			i++
		}
	}
	return all
}

// andElement adds the text of an XML element, and of all that is in it.
func (s secrets) andElement(t *tree, at int32) secrets {
	s = s.and(string(t.text(at, nil)))
	for i := t.node(at).first; i > 0; i = t.node(i).next {
		s = s.andElement(t, i)
	}
	return s
}

// credentials returns what in a header field is secret without its name: what follows the
// scheme in "Bearer abc", and the value in "session=abc; Path=/".
func credentials(line string) string {
	line, _, _ = strings.Cut(line, ";")
	line = strings.TrimSpace(line)
	if _, after, ok := strings.Cut(line, " "); ok {
		return strings.TrimSpace(after)
	}
	_, value, _ := strings.Cut(line, "=")
	return value
}

// secretMark stands for what is secret.
const secretMark = "[secret]"

// minSecret is how many characters a secret needs to be looked for inside of a text:
// a shorter one may be part of any word.
const minSecret = 4

// cutFrom returns a text with a mark in place of each secret in it. Where secrets
// overlap one mark stands for both.
func (s secrets) cutFrom(text string) string {
	var hidden []bool // by byte
	for _, secret := range s {
		if text == secret {
			return secretMark
		}
		if utf8.RuneCountInString(secret) < minSecret {
			continue
		}
		hide := func(from, end int) {
			if hidden == nil {
				hidden = make([]bool, len(text))
			}
			for i := from; i < end; i++ {
				hidden[i] = true
			}
		}
		for from := 0; ; from++ {
			i := strings.Index(text[from:], secret)
			if i < 0 {
				break
			}
			from += i
			hide(from, from+len(secret))
		}
		if !strings.ContainsAny(text, `\&`) {
			continue
		}
		for from := range len(text) {
			if from > 0 && text[from-1] == '\\' {
				continue // which belongs to what is tried before
			}
			if end := escapedEnd(text, from, secret); end > 0 {
				hide(from, end)
			}
		}
	}
	if hidden == nil {
		return text
	}
	var out strings.Builder
	for i := range len(text) {
		switch {
		case !hidden[i]:
			out.WriteByte(text[i])
		case i == 0 || !hidden[i-1]:
			out.WriteString(secretMark)
		}
	}
	return out.String()
}

// escapedEnd returns where a secret ends that a text holds from an index on, as a JSON or an
// XML document writes it, and 0 if it does not. How many backslashes there are does not
// count: they are more in a document within another.
func escapedEnd(text string, i int, secret string) int {
	for _, want := range secret {
		if want == '\\' {
			continue
		}
		start := i
		for i < len(text) && text[i] == '\\' {
			i++
		}
		size := escapeOf(text[i:], want, i > start)
		if size == 0 {
			return 0
		}
		i += size
	}
	return i
}

// escapeOf returns how many bytes stand for a character at the start of a text, behind
// backslashes or not, and 0 if something else stands there.
func escapeOf(text string, want rune, backslash bool) int {
	if backslash && len(text) > 0 {
		if size := unicodeEscape(text, want); size > 0 {
			return size
		}
		if i := strings.IndexRune("\n\r\t\b\f", want); i >= 0 && text[0] == "nrtbf"[i] {
			return 1
		}
	}
	if len(text) > 0 && text[0] == '&' {
		if end := strings.IndexByte(text[:min(len(text), 10)], ';'); end > 0 && isEntity(text[1:end], want) {
			return end + 1
		}
	}
	if r, size := utf8.DecodeRuneInString(text); size > 0 && r == want {
		return size
	}
	return 0
}

// unicodeEscape returns how many bytes stand for a character at the start of a text as
// u0041 or, in two parts, as ud83d\ude00, and 0 if something else stands there.
func unicodeEscape(text string, want rune) int {
	rest := text
	for _, unit := range utf16.AppendRune(nil, want) {
		if rest = strings.TrimLeft(rest, `\`); len(rest) < 5 || rest[0] != 'u' {
			return 0
		}
		if n, err := strconv.ParseUint(rest[1:5], 16, 16); err != nil || uint16(n) != unit {
			return 0
		}
		rest = rest[5:]
	}
	return len(text) - len(rest)
}

// isEntity reports whether the name of an XML reference, such as amp or #38, is that of a
// character.
func isEntity(name string, want rune) bool {
	switch name {
	case "amp":
		return want == '&'
	case "lt":
		return want == '<'
	case "gt":
		return want == '>'
	case "quot":
		return want == '"'
	case "apos":
		return want == '\''
	}
	digits, is := strings.CutPrefix(name, "#")
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return is && err == nil && rune(n) == want
}

// Redact returns a text without what the catalog says is secret in a reply, such as a body
// before it is logged: "[secret]" stands in place of each, also where it is escaped. What Classify, Read and Message
// return has none anyway, and neither have the texts of errors.
func (c *Catalog) Redact(r Reply, text string) string {
	if c == nil || len(c.Secret) == 0 || r.Err != nil {
		return text
	}
	s := c.startOf(&r)
	var room scratch
	doc := document{reply: &r, scratch: room[:]}
	doc.begin(c, &s)
	return c.secretsOf(&r, s.body, &doc).cutFrom(text)
}

// String returns the path as a JSON Pointer (RFC 6901).
func (p Path) String() string {
	var pointer strings.Builder
	for _, token := range p {
		pointer.WriteByte('/')
		pointer.WriteString(pointerSigns.Replace(token))
	}
	return pointer.String()
}

var pointerSigns = strings.NewReplacer("~", "~0", "/", "~1")
