package classify

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rank is how well the catalog knows a code.
type rank uint8

const (
	rankNone     rank = iota
	rankDoubtful      // which may be the result
	rankUnlisted
	rankPrefixed
	rankListed
)

// found is a code in a reply.
type found struct {
	text     string // as on the wire
	listed   int32  // its number; 0 for none
	prefixed int32  // the position of the prefix from 1; 0 for none
	place    int16  // among the form's Code
	rank     rank
}

// code takes for the best code the one that the catalog knows best of those at the form's
// places, the first of these, and for also the first one that is not listed before it, if
// there is none yet. Codes of a rank below least do not count.
func (f *Form) code(d *document, least rank, best *found, also *string) {
	for i := range f.Code {
		place := &f.Code[i]
		if d.syntax > XML {
			if text := d.text(place); !d.cut || d.syntax == Header || f.endsCode(d, text) {
				f.better(d, text, i, least, best, also)
			}
		} else if value, known := d.one(place); known {
			f.better(d, d.jsonText(value), i, least, best, also)
		} else if d.many(*place) {
			f.bestOf(d, i, least, best, also)
		} else {
			f.better(d, d.text(place), i, least, best, also)
		}
		if best.rank == rankListed {
			break
		}
	}
}

// bestOf looks at all the codes of a place.
func (f *Form) bestOf(d *document, place int, least rank, best *found, also *string) {
	var found [maxFound]span
	for _, at := range found[:d.values(&f.Code[place], &found)] {
		f.better(d, d.textOf(d.value(&f.Code[place], at)), place, least, best, also)
		if best.rank == rankListed {
			return
		}
	}
}

// better takes a text at a place for the best code, if it is one that the catalog knows
// better than the best so far. A structured reply says what a code is, unless it leaves the
// place empty. Plain text is a code when the catalog has it, or when it is a word that looks
// like one: pages, prose and data are not.
func (f *Form) better(d *document, text []byte, place int, least rank, best *found, also *string) {
	if text = f.trim(text); text == nil || f.isNone(text) {
		return
	}
	c := d.catalog
	if listed, spelling := c.listed(text); listed > 0 {
		if c.Index.Fold && spelling != string(text) {
			spelling = string(text)
		}
		f.supersede(best, also)
		best.text, best.place, best.rank, best.listed, best.prefixed = spelling, int16(place), rankListed, listed, 0
		return
	}
	code := found{place: int16(place)}
	if f.other(d, text, least, &code) && code.rank > best.rank {
		f.supersede(best, also)
		*best = code
	}
}

// supersede keeps of the best code so far that it was there, if it is not listed.
func (f *Form) supersede(best *found, also *string) {
	if best.rank == rankUnlisted && *also == "" && f.Syntax != Text { // which is one text
		*also = best.text
	}
}

// other is what a text that is not listed is, if it is a code.
func (f *Form) other(d *document, text []byte, least rank, code *found) bool {
	c := d.catalog
	if d.isNumber {
		code.listed, code.text = c.listedNumber(text)
	}
	switch {
	case code.listed > 0:
		code.rank = rankListed
	case least == rankListed, len(text) == 0, f.Syntax == Text && !mayBeCode(text):
		return false
	default:
		if code.prefixed = c.prefixed(text); code.prefixed > 0 {
			code.rank = rankPrefixed
			break
		}
		if least > rankUnlisted || f.Syntax == Text && !isWord(text) {
			return false
		}
		code.rank = rankUnlisted
	}
	if code.text != string(text) { // else it needs no copy
		code.text = string(text)
	}
	return true
}

// trim cuts a code out of its text; what is empty after it is not a code.
func (f *Form) trim(text []byte) []byte {
	if f.After == "" && f.Before == "" || text == nil {
		return text
	}
	return f.trimMarks(text)
}

func (f *Form) trimMarks(text []byte) []byte {
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

// isNone reports whether a text is one that the form says is not a code.
func (f *Form) isNone(text []byte) bool {
	for _, none := range f.None {
		if none == string(text) {
			return true
		}
	}
	return false
}

// listedNumber finds a code by the value of a JSON number: 429.0 is 429. A string is
// what it is.
func (c *Catalog) listedNumber(text []byte) (number int32, spelling string) {
	if !bytes.ContainsAny(text, ".eE") {
		return 0, ""
	}
	n, ok := newDecimal(string(text))
	var digits [1 + maxWhole]byte
	whole, isWhole := n.appendWhole(digits[:0])
	if !ok || !isWhole {
		return 0, ""
	}
	return c.listed(whole)
}

// mayBeCode reports whether a plain text that is not listed can be a code at all.
func mayBeCode(text []byte) bool {
	if len(text) > maxPlainCode {
		return false
	}
	for _, c := range text {
		switch c {
		case '<', '>', '{', '}', '\n', '\r':
			return false
		}
	}
	switch string(text) {
	case "null", "true", "false": // which are JSON
		return false
	}
	return true
}

// maxPlainCode is the length in bytes over which a plain text is not a code unless
// it is listed.
const maxPlainCode = 256

// isWord reports whether text is one word of letters, digits and _ - . : /.
func isWord(text []byte) bool {
	for len(text) > 0 {
		if c := text[0]; c-'0' <= 9 || c|0x20-'a' <= 'z'-'a' || c == '_' { // as in most codes
			text = text[1:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.:/", r) {
			return false
		}
		text = text[size:]
	}
	return true
}
