package syntax

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// lines tells the places of the YAML parser's lines. The parser ends lines also where
// editors and this program do not: at a lone carriage return and at U+0085, U+2028 and
// U+2029.
type lines struct {
	file  string
	last  int // the number of the last line, from 0
	end   diag.Place
	extra []start // lines that start inside of a line of the file
}

// start is where a line of the parser starts.
type start struct {
	number int // from 0
	at     diag.Place
}

func newLines(file string, source []byte) lines {
	source = bytes.TrimPrefix(source, []byte("\ufeff")) // the parser does not count it, nor do editors
	lastLine := source[bytes.LastIndexByte(source, '\n')+1:]
	l := lines{file: file, end: diag.Place{File: file, Line: bytes.Count(source, []byte("\n")) + 1, Column: utf8.RuneCount(lastLine) + 1}}
	if !hasOwnEnds(source) {
		l.last = l.end.Line - 1
		return l
	}
	at, counted := diag.Place{File: file, Line: 1, Column: 1}, 0 // at is the place of the offset counted
	for i := 0; i < len(source); i++ {
		size := 1
		switch rest := source[i:]; {
		case rest[0] == '\n':
			l.last++
			at.Line, at.Column, counted = at.Line+1, 1, i+1
			continue
		case rest[0] == '\r' && !bytes.HasPrefix(rest, []byte("\r\n")):
		case bytes.HasPrefix(rest, []byte("\u0085")), bytes.HasPrefix(rest, []byte("\u2028")), bytes.HasPrefix(rest, []byte("\u2029")):
			_, size = utf8.DecodeRune(rest)
		default:
			continue
		}
		l.last++
		i += size - 1
		at.Column += utf8.RuneCount(source[counted : i+1])
		counted = i + 1
		l.extra = append(l.extra, start{l.last, at})
	}
	return l
}

// hasOwnEnds reports whether a source may have a line end that only the parser knows.
func hasOwnEnds(source []byte) bool {
	return bytes.IndexByte(source, '\r') >= 0 || bytes.Contains(source, []byte("\u0085")) ||
		bytes.Contains(source, []byte("\u2028")) || bytes.Contains(source, []byte("\u2029"))
}

// at returns the place of a line and a column of the YAML parser, both counted
// from 0.
func (l *lines) at(line, column int) diag.Place {
	if line > l.last {
		return l.end
	}
	n := sort.Search(len(l.extra), func(i int) bool { return l.extra[i].number > line })
	if n == 0 {
		return diag.Place{File: l.file, Line: line + 1, Column: column + 1}
	}
	before := l.extra[n-1]
	if before.number == line {
		before.at.Column += column
		return before.at
	}
	return diag.Place{File: l.file, Line: before.at.Line + line - before.number, Column: column + 1}
}
