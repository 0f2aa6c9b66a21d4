package lookup

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// messages returns the HTTP messages of a text, the last first: a status line, with
// header fields or a body behind it; or the whole text, where it starts with header
// fields and an empty line.
func messages(view string) []reply {
	var all []reply
	end := len(view)
	for _, start := range slices.Backward(statusLines(view)) {
		if len(all) == maxObjects {
			break
		}
		first, below, any := strings.Cut(view[start:end], "\n")
		header, rest, ended, _ := readHeader(below, tokenMarks)
		if len(header) > 0 || any && ended || startsDocument(rest) {
			all = append(all, reply{Reply: newReply(statusLine(unmarked(first)), header, readBody(rest)), part: view[start:end], at: start, whole: true})
			end = max(0, start-1)
		}
	}
	if len(all) > 0 {
		return all
	}
	header, rest, ended, more := readHeader(view, "-_")
	if _, isEvent := header["Data"]; isEvent { // of a stream, whose fields look the same
		return nil
	}
	if len(header) > 0 && ended && more {
		return []reply{{Reply: newReply(0, header, readBody(rest)), part: view, whole: true}}
	}
	return nil
}

// statusLines returns where the status lines of a text start.
func statusLines(view string) (starts []int) {
	for next := 0; next < len(view); { // a start of a line
		at := strings.Index(view[next:], "HTTP/")
		if at < 0 {
			break
		}
		start := next + strings.LastIndexByte(view[next:next+at], '\n') + 1
		line, _, _ := strings.Cut(view[start:], "\n")
		if statusLine(unmarked(line)) != 0 {
			starts = append(starts, start)
		}
		next = start + len(line) + 1
	}
	return starts
}

// startsDocument reports whether a body starts as JSON, XML or HTML does.
func startsDocument(body string) bool {
	for line := range strings.Lines(body) {
		if text := strings.TrimSpace(line); text != "" && !isAdded(line) {
			return strings.Contains("{[<", text[:1])
		}
	}
	return false
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
	if len(version) > 3 || len(code) != 3 || !areDigits(code) || !mayBeStatus(digits(code)) {
		return 0
	}
	return digits(code)
}

// maxFields is how many lines the header of a message has at most: a log may look
// like one without an end.
const maxFields = 128

// mayBeStatus reports whether a number can stand in a status line: some servers send
// others than HTTP has.
func mayBeStatus(n int) bool { return 100 <= n && n <= 999 }

// tokenMarks are what a field's name may hold beside letters and digits (RFC 9110
// section 5.6.2).
const tokenMarks = "!#$%&'*+-.^_`|~"

// readHeader reads the fields that a text starts with, whose names hold some marks at most,
// and returns what stands below: whether an empty line ends the fields, and whether there
// is a line below that.
func readHeader(text, marks string) (header http.Header, rest string, ended, more bool) {
	header, rest, more = http.Header{}, text, true
	for i := 0; more; i++ {
		if i == maxFields {
			return nil, text, false, true
		}
		var line, below string
		line, below, more = strings.Cut(rest, "\n")
		if line = unmarked(line); line == "" {
			return header, below, true, more
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || key == "" || strings.ContainsFunc(key, func(r rune) bool { return !strings.ContainsRune(marks, r) && (r >= utf8.RuneSelf || !isLetter(r)) }) {
			return header, rest, false, true
		}
		header.Add(key, strings.TrimSpace(value))
		rest = below
	}
	return header, "", false, false
}

// readBody returns a body without the lines that `curl -v` adds.
func readBody(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, isAdded), "\n")
}

// isAdded reports whether a line is one that `curl -v` adds to a body.
func isAdded(line string) bool {
	return strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "> ") || strings.HasPrefix(line, "{ [") || strings.HasPrefix(line, "} [")
}
