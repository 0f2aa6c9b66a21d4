package syntax

import (
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// lineStarts returns where the lines of the YAML parser start, as places. It
// ends lines also where editors and this program do not: at a lone carriage
// return and at U+0085, U+2028 and U+2029.
func lineStarts(file string, source []byte) []diag.Place {
	at := diag.Place{File: file, Line: 1, Column: 1}
	starts := []diag.Place{at}
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		i += size
		if r == '\ufeff' && i == size { // the parser does not count it, nor do editors
			continue
		}
		at.Column++
		if r == '\n' {
			at.Line, at.Column = at.Line+1, 1
		}
		switch {
		case r == '\r' && i < len(source) && source[i] == '\n': // its line ends after both
		case r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			starts = append(starts, at)
		}
	}
	return starts
}

// at returns the place of a line and a column of the YAML parser, both counted
// from 0.
func (p *parser) at(line, column int) diag.Place {
	line = max(0, line)
	if line >= len(p.starts) {
		return p.starts[len(p.starts)-1]
	}
	at := p.starts[line]
	at.Column += max(0, column)
	return at
}
