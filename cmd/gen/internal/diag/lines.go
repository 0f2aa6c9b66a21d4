package diag

import (
	"bytes"
	"unicode/utf8"
)

// Lines finds places in a source. If they are asked for in the order of the file, the
// source is gone through once, however long its lines are.
type Lines struct {
	source          []byte
	line, column    int // of the place that was found last
	start, at, stop int // the offsets of its line, of the place, and of the end of the line
}

// NewLines returns the lines of a source. What editors hide, a byte order mark and
// carriage returns at line ends, is not part of them.
func NewLines(source []byte) *Lines {
	l := &Lines{source: bytes.TrimPrefix(source, []byte("\ufeff"))}
	l.enter(1, 0)
	return l
}

// enter goes to a line that starts at an offset.
func (l *Lines) enter(line, start int) {
	l.line, l.column, l.start, l.at, l.stop = line, 1, start, start, len(l.source)
	if n := bytes.IndexByte(l.source[start:], '\n'); n >= 0 {
		l.stop = start + n
	}
}

// Find returns a line, and the offset in bytes at which a column of it starts: the length
// of the line for one past its end. It reports false where there is no such line.
func (l *Lines) Find(line, column int) (text []byte, offset int, ok bool) {
	if line < 1 || column < 1 {
		return nil, 0, false
	}
	if line < l.line {
		l.enter(1, 0)
	}
	for l.line < line {
		if l.stop == len(l.source) {
			return nil, 0, false
		}
		l.enter(l.line+1, l.stop+1)
	}
	text = bytes.TrimSuffix(l.source[l.start:l.stop], []byte("\r"))
	if column < l.column {
		l.column, l.at = 1, l.start
	}
	for end := l.start + len(text); l.column < column && l.at < end; l.column++ {
		_, size := utf8.DecodeRune(l.source[l.at:end])
		l.at += size
	}
	return text, l.at - l.start, true
}
