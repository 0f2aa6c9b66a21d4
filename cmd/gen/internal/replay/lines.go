package replay

import (
	"bytes"
	"io"
)

// maxLine is how long a line, or a value of a document, may be. Of a longer one nothing
// counts, as what its end says may change what its start does.
const (
	maxLine = 4 << 20
	tooLong = "4 MiB"
)

// chunk is how much is read at a time.
const chunk = 256 << 10

// lines reads the lines of an input.
type lines struct {
	in   io.Reader
	room []byte // what was read
	from int    // of room, where the next line starts
	seen int    // of the next line, up to where there is no line end
	end  bool   // of the input

	text   []byte // the line, good until the next one
	number int64
	cut    bool  // it is longer than maxLine, and text its start
	err    error // why there are no more
}

func newLines(in io.Reader) *lines { return &lines{in: in, room: make([]byte, 0, 2*chunk)} }

// start returns the start of the input, and reads no line.
func (l *lines) start() []byte {
	for len(l.room) < headSize && l.fill() {
	}
	text := bytes.TrimPrefix(l.room, byteOrderMark)
	l.from = len(l.room) - len(text)
	return text
}

// headSize is how much of an input is looked at to tell its format.
const headSize = 64 << 10

var byteOrderMark = []byte("\ufeff")

// fill reads more, and reports whether there was some.
func (l *lines) fill() bool {
	if l.end {
		return false
	}
	if cap(l.room)-len(l.room) < chunk && l.from > 0 {
		l.room = l.room[:copy(l.room, l.room[l.from:])]
		l.from = 0
	}
	if len(l.room) == cap(l.room) {
		l.room = append(make([]byte, 0, 2*cap(l.room)), l.room...)
	}
	for range 100 { // readers may return nothing now and then
		n, err := l.in.Read(l.room[len(l.room):min(cap(l.room), len(l.room)+chunk)])
		l.room = l.room[:len(l.room)+n]
		if err != nil {
			l.end = true
			if err != io.EOF {
				l.err = err
			}
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	l.end, l.err = true, io.ErrNoProgress
	return false
}

// next reads a line, of one without an end what there is.
func (l *lines) next() bool {
	l.cut, l.seen = false, 0
	for {
		rest := l.room[l.from:]
		if at := bytes.IndexByte(rest[l.seen:], '\n'); at >= 0 {
			l.take(rest[:l.seen+at], l.seen+at+1)
			return true
		}
		l.seen = len(rest)
		if l.cut || len(rest) > maxLine {
			if !l.cut {
				l.text, l.cut = bytes.Clone(rest[:headSize]), true
			}
			l.from, l.seen = len(l.room), 0
		}
		if !l.fill() {
			break
		}
	}
	rest := l.room[l.from:]
	if len(rest) == 0 && !l.cut {
		return false
	}
	l.take(rest, len(rest))
	return true
}

// take makes a text the line, after which so much of the room was used.
func (l *lines) take(text []byte, used int) {
	if !l.cut {
		l.text = text
	}
	l.from += used
	l.number++
}
