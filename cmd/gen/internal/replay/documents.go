package replay

import "bytes"

// readDocuments counts the replies of JSON that is not laid out in lines: the objects of a
// list, of an HTTP archive, or those that follow one another.
func (r *Replay) readDocuments(l *lines) error {
	d := documents{lines: l}
	for d.open(); d.next(); {
		r.sums.lines++
		m := moment{file: int32(len(r.files) - 1), line: d.number, entry: true}
		switch {
		case d.cut:
			r.unread(m, "longer than "+tooLong)
		default:
			r.object(d.text, m)
		}
	}
	return l.err
}

// documents finds the values in a stream of JSON. It only looks for where they end.
type documents struct {
	*lines
	number int64
	text   []byte // the value, good until the next one
	cut    bool   // it is longer than maxLine
}

// open skips what stands before the entries of an HTTP archive, a long comment included.
func (d *documents) open() {
	if !isArchive().Match(d.room[d.from:]) {
		return
	}
	for range 2 { // log and what is in it
		d.skipTo('{')
		d.from++
	}
	for d.skipSpace() && d.peek() == '"' {
		d.value()
		name := string(d.text)
		d.skipTo(':')
		d.from++
		d.skipSpace()
		if name == `"entries"` && d.peek() == '[' {
			return
		}
		d.value()
		if d.skipSpace() && d.peek() == ',' {
			d.from++
		}
	}
}

// next finds an object. What stands between values, and closes what they are in, is skipped;
// what follows the entries of an archive has no objects on the same level, and is read as
// if it were one of them.
func (d *documents) next() bool {
	for d.skipSpace() {
		switch d.peek() {
		case '{':
			d.number++
			d.value()
			return true
		case '"':
			d.value()
		default:
			d.from++
		}
	}
	return false
}

// peek returns the next byte, of which skipSpace has seen that it is there.
func (d *documents) peek() byte { return d.room[d.from] }

// more makes sure that something is left to read.
func (d *documents) more() bool { return d.from < len(d.room) || d.fill() }

func (d *documents) skipSpace() bool {
	for d.more() {
		if d.from = space(d.room, d.from); d.from < len(d.room) {
			return true
		}
	}
	return false
}

func (d *documents) skipTo(c byte) {
	for d.more() {
		at := bytes.IndexByte(d.room[d.from:], c)
		if at >= 0 {
			d.from += at
			return
		}
		d.from = len(d.room)
	}
}

// value takes the value that starts here: a text, or what is between brackets, and for
// anything else what comes before the next comma or bracket. At the end of the input it takes
// what there is. Of a value that is too long the rest is read and dropped.
func (d *documents) value() {
	d.cut = false
	depth, inString := 0, false
	for i := 0; ; {
		rest := d.room[d.from:]
		for ; i < len(rest); i++ {
			switch c := rest[i]; {
			case inString && c == '\\':
				i++
				continue
			case c == '"':
				inString = !inString
			case inString:
				continue
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				depth--
			case c == ',' && depth == 0:
				d.take(rest, i)
				return
			}
			if depth < 0 {
				d.take(rest, i)
				return
			}
			if depth == 0 && !inString && (rest[i] == '"' || rest[i] == '}' || rest[i] == ']') {
				d.take(rest, i+1)
				return
			}
		}
		if d.cut || i > maxLine {
			i -= len(rest)
			d.from, d.cut = len(d.room), true
		}
		if !d.fill() {
			d.take(d.room[d.from:], len(d.room)-d.from)
			return
		}
	}
}

// take makes the start of what was read the value.
func (d *documents) take(rest []byte, n int) {
	d.text = rest[:n]
	d.from += n
}
