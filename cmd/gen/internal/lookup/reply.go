package lookup

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
)

// findReply takes the text for a reply, or for something with replies in it, and
// asks the classifier of every API.
func (x *Index) findReply(pasted string, t *text, f *findings) {
	pasted = strings.ReplaceAll(pasted, "\r\n", "\n")
	views := slices.Compact([]string{pasted, dropQuoteMarks(pasted), t.clean})
	for _, view := range views {
		if x.findExample(view, f) {
			break
		}
	}
	for _, view := range views {
		x.findText(view, f)
	}
	for _, view := range views {
		if x.findMessage(view, f) || x.findDocument(view, f) {
			return
		}
	}
}

// findMessage takes the text for an HTTP message, as `curl -i` and `curl -v` show
// it, and reports whether it is one. One without a status line, as docs show it,
// is one if an API knows it.
func (x *Index) findMessage(view string, f *findings) bool {
	reply, part, ok := readMessage(view)
	if !ok {
		return false
	}
	f.status = f.status || reply.Status != 0
	known := x.decide(reply, part, true, f)
	return known || reply.Status != 0
}

// findDocument takes the text for a JSON or XML document, or looks for JSON
// objects in it, and reports whether an API knows one as its reply.
func (x *Index) findDocument(view string, f *findings) bool {
	body := trimBody(view)
	if body == "" {
		return false
	}
	switch {
	case body[0] == '<', body[0] == '[' && json.Valid([]byte(body)):
		return x.decide(newReply(0, nil, body), body, true, f)
	case !strings.ContainsAny(body, " \n\t") && !strings.ContainsAny(body[:1], "{\"'"):
		return x.decideText(body, f)
	}
	whole := len(body)
	found := false
	for tries := 0; tries < maxObjects; tries++ {
		start := strings.IndexByte(body, '{')
		if start < 0 {
			break
		}
		end := objectEnd(body[start:])
		if end > 0 && json.Valid([]byte(body[start:start+end])) &&
			x.decide(newReply(0, nil, body[start:start+end]), body[start:start+end], end == whole, f) {
			found = true
			body = body[start+end:]
			continue
		}
		body = body[start+1:] // what is inside may be a reply
	}
	return found
}

// maxObjects is how many JSON objects of a text are tried.
const maxObjects = 32

// objectEnd returns the length of the JSON object that text starts with, or 0 if
// it does not end within what a classifier looks at.
func objectEnd(text string) int {
	depth := 0
	quoted := false
	for i := 0; i < len(text) && i < classify.MaxBody; i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// findText takes the text for a reply in plain text, and adds the listed codes that
// the forms of APIs read from it. They may read one from what somebody wrote, so what
// they say is only likely.
func (x *Index) findText(view string, f *findings) {
	body := trimBody(view)
	if body == "" || strings.Contains("{[<\"", body[:1]) {
		return
	}
	var found []candidate
	for i := range x.apis {
		if v := x.apis[i].judge(newReply(0, nil, body)); v.Source == classify.KindCode {
			found = append(found, candidate{Match: Match{Likely, v.entry, v.why()}})
		}
	}
	f.addReply(body, false, found)
}

// decideText takes the text for the whole of a plain-text reply that says success.
func (x *Index) decideText(body string, f *findings) bool {
	var found []candidate
	for i := range x.apis {
		if v := x.apis[i].judge(newReply(0, nil, body)); v.entry != nil && v.Source == classify.KindSuccess && v.knows() {
			found = append(found, candidate{Match: Match{Exact, v.entry, v.why()}})
		}
	}
	f.addReply(body, true, found)
	return len(found) > 0
}

// trimBody returns a body without what is around it.
func trimBody(body string) string { return strings.TrimSpace(strings.TrimPrefix(body, "\ufeff")) }

// newReply returns a reply with what a classifier looks at of a body, in whole
// characters.
func newReply(status int, header http.Header, body string) classify.Reply {
	return classify.Reply{Status: status, Header: header, Body: []byte(head(body, classify.MaxBody))}
}

// readMessage reads the last HTTP message of a text, and returns the part of the
// text that it is: a status line, with header fields or a body behind it; or the
// whole text, where it starts with header fields and an empty line.
func readMessage(view string) (reply classify.Reply, part string, ok bool) {
	lines := strings.Split(view, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		status := statusLine(unmarked(lines[i]))
		if status == 0 {
			continue
		}
		header, rest := readHeader(lines[i+1:])
		if body := readBody(rest); len(header) > 0 || len(rest) < len(lines)-i-1 && strings.TrimSpace(body) != "" || startsDocument(body) {
			return newReply(status, header, body), strings.Join(lines[i:], "\n"), true
		}
	}
	header, rest := readHeader(lines)
	if len(header) > 0 && len(rest) > 0 && unmarked(lines[len(lines)-len(rest)-1]) == "" {
		return newReply(0, header, readBody(rest)), view, true
	}
	return classify.Reply{}, "", false
}

// startsDocument reports whether a text starts as JSON, XML or HTML does.
func startsDocument(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && strings.Contains("{[<", text[:1])
}

// unmarked drops what `curl -v` puts before what it received.
func unmarked(line string) string {
	return strings.TrimSpace(strings.TrimPrefix(line, "<"))
}

// statusLine returns the status of a line such as "HTTP/1.1 502 Bad Gateway", or 0.
func statusLine(line string) int {
	rest, ok := strings.CutPrefix(line, "HTTP/")
	if !ok {
		return 0
	}
	version, rest, _ := strings.Cut(rest, " ")
	code, _, _ := strings.Cut(rest, " ")
	if len(version) > 3 || len(code) != 3 || !areDigits(code) || !isStatus(digits(code)) {
		return 0
	}
	return digits(code)
}

// maxFields is how many lines the header of a message has at most: a log may look
// like one without an end.
const maxFields = 128

func readHeader(lines []string) (http.Header, []string) {
	header := http.Header{}
	for i, line := range lines {
		if i == maxFields {
			return nil, lines
		}
		line = unmarked(line)
		if line == "" {
			return header, lines[i+1:]
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || key == "" || strings.ContainsFunc(key, func(r rune) bool { return r != '-' && r != '_' && (r >= utf8.RuneSelf || !isLetter(r)) }) {
			return header, lines[i:]
		}
		header.Add(key, strings.TrimSpace(value))
	}
	return header, nil
}

// readBody joins the lines of a body without those that `curl -v` adds.
func readBody(lines []string) string {
	var body []string
	for _, line := range lines {
		if strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "> ") || strings.HasPrefix(line, "{ [") || strings.HasPrefix(line, "} [") {
			continue
		}
		body = append(body, line)
	}
	return strings.Join(body, "\n")
}
