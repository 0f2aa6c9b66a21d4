package check

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// within returns where a character of a text stands in the file. The text starts at a place
// and is written in quotes, in a block or plainly; white space may differ, as lines are
// folded. It reports false where the file has it in another spelling.
func (c *checker) within(at diag.Place, text string, offset int) (diag.Place, bool) {
	w := &walker{lines: *c.linesOf(at.File), place: at}
	if !w.enter() {
		return at, false
	}
	runes := []rune(text)
	for i, r := range runes {
		if unicode.IsSpace(r) {
			if i == offset {
				return w.place, true
			}
			continue
		}
		if !w.skipSpace() {
			return at, false
		}
		if i == offset {
			return w.place, true
		}
		if !w.take(r) {
			return at, false
		}
	}
	return w.place, offset == len(runes)
}

// walker goes through the text of a scalar in a file.
type walker struct {
	lines diag.Lines
	place diag.Place
	rest  []byte // of the line
	quote byte   // around the scalar, or 0
}

// enter goes to the start of the text.
func (w *walker) enter() bool {
	line, offset, ok := w.lines.Find(w.place.Line, w.place.Column)
	if !ok || offset == len(line) {
		return false
	}
	switch w.rest = line[offset:]; w.rest[0] {
	case '"', '\'':
		w.quote = w.rest[0]
		w.advance(1)
	case '|', '>':
		return w.nextLine()
	}
	return true
}

// advance goes a number of bytes on, each of which is a character.
func (w *walker) advance(n int) {
	w.rest = w.rest[n:]
	w.place.Column += n
}

func (w *walker) nextLine() bool {
	line, _, ok := w.lines.Find(w.place.Line+1, 1)
	w.place.Line, w.place.Column, w.rest = w.place.Line+1, 1, line
	return ok
}

// skipSpace goes to the next character that is none, on this line or a later one.
func (w *walker) skipSpace() bool {
	for {
		w.advance(len(w.rest) - len(bytes.TrimLeft(w.rest, " \t")))
		if len(w.rest) > 0 {
			return true
		}
		if !w.nextLine() {
			return false
		}
	}
}

// take goes past a character, which quotes may want escaped, and reports whether it is there.
func (w *walker) take(r rune) bool {
	if isEscaped := w.quote == '"' && (r == '"' || r == '\\') || w.quote == '\'' && r == '\''; isEscaped {
		escape := byte('\\')
		if w.quote == '\'' {
			escape = '\''
		}
		if w.rest[0] != escape {
			return false
		}
		w.advance(1)
	}
	found, size := utf8.DecodeRune(w.rest)
	if found != r {
		return false
	}
	w.rest = w.rest[size:]
	w.place.Column++
	return true
}
