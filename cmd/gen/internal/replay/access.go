package replay

import "bytes"

// access counts a line of an access log in the common or the combined format, which tells
// the status and not the body:
//
//	192.0.2.7 - - [30/Nov/2026:10:45:02 +0000] "GET /res.php?id=7 HTTP/1.1" 429 31 "-" "curl/8"
func (r *Replay) access(line []byte, m moment) {
	l, ok := readAccess(line)
	if !ok {
		r.unread(m, "not a line of an access log")
		return
	}
	m.nanos = timeOf(l.time)
	c := call{moment: m, client: l.client}
	c.method, c.url, _ = bytes.Cut(l.request, []byte(" "))
	c.url, _, _ = bytes.Cut(c.url, []byte(" "))
	c.reply.Status, c.reply.Cut = l.status, true
	r.attribute(&c)
}

// accessLine is what an access log tells of a request.
type accessLine struct {
	client, time, request []byte
	status                int
}

func readAccess(line []byte) (l accessLine, ok bool) {
	var rest []byte
	if l.client, rest, ok = bytes.Cut(line, []byte(" ")); !ok {
		return l, false
	}
	if _, rest, ok = bytes.Cut(rest, []byte(" [")); !ok {
		return l, false
	}
	if l.time, rest, ok = bytes.Cut(rest, []byte(`] "`)); !ok {
		return l, false
	}
	for end := 0; ; {
		next := bytes.IndexByte(rest[end:], '"')
		if next < 0 {
			return l, false
		}
		if end += next; end == 0 || rest[end-1] != '\\' {
			l.request, rest = rest[:end], rest[end+1:]
			break
		}
		end++
	}
	if len(rest) < 4 || rest[0] != ' ' || len(rest) > 4 && rest[4] != ' ' {
		return l, false
	}
	l.status = statusOf(rest[1:4])
	return l, l.status > 0
}

func isAccess(line []byte) bool {
	_, ok := readAccess(line)
	return ok
}
