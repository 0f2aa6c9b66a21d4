package lookup

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// findReply takes the text for a reply, or for something with replies in it, and
// asks the classifier of every API.
func (x *Index) findReply(pasted string, t *text, f *findings) {
	pasted = strings.ReplaceAll(pasted, "\r\n", "\n")
	views := slices.Compact([]string{pasted, dropQuoteMarks(pasted), t.clean})
	for _, view := range views {
		if x.findMessage(view, f) || x.findDocument(view, f) {
			return
		}
	}
}

// findMessage takes the text for an HTTP message, as `curl -i` and `curl -v` show
// it, and reports whether it is one.
func (x *Index) findMessage(view string, f *findings) bool {
	reply, ok := readMessage(view)
	if !ok {
		return false
	}
	x.decide(reply, true, f)
	return true
}

// findDocument takes the text for a JSON or XML document, or looks for JSON
// objects in it, and reports whether an API knows one as its reply.
func (x *Index) findDocument(view string, f *findings) bool {
	body := strings.TrimSpace(strings.TrimPrefix(view, "\ufeff"))
	if body == "" {
		return false
	}
	switch {
	case body[0] == '<', body[0] == '[' && json.Valid([]byte(body)):
		return x.decide(newReply(0, nil, body), true, f)
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
			x.decide(newReply(0, nil, body[start:start+end]), end == whole, f) {
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

// decideText takes the text for the whole of a plain-text reply. A code in it is
// found as any code is; what is to be known here is success.
func (x *Index) decideText(body string, f *findings) bool {
	reply := newReply(0, nil, body)
	found := false
	for i := range x.apis {
		if d, entry := x.apis[i].classify(reply); entry != nil && d.Source == classify.KindSuccess {
			f.add(candidate{Match: Match{Exact, entry, whyReply(d, entry)}})
			found = true
		}
	}
	return found
}

// newReply returns a reply with what a classifier looks at of a body, in whole
// characters.
func newReply(status int, header http.Header, body string) classify.Reply {
	return classify.Reply{Status: status, Header: header, Body: []byte(head(body, classify.MaxBody))}
}

// decide asks the classifier of every API about a reply and reports whether one
// knows it by a code or by a sign of success that is there. Where none does, the entries of the
// reply's status stand for it. Where the reply is only a part of the text,
// success in it is not surely what the text is about.
func (x *Index) decide(reply classify.Reply, whole bool, f *findings) bool {
	var known, byStatus []candidate
	var unknown []unlisted
	for i := range x.apis {
		d, entry := x.apis[i].classify(reply)
		if entry == nil {
			if u, ok := x.apis[i].unlisted(reply, d); ok {
				unknown = append(unknown, u)
			}
			continue
		}
		if x.apis[i].onlyAbsent(reply, d) {
			f.faint = append(f.faint, candidate{Match: Match{Guess, entry, "nothing in the text says that it is an error"}})
			continue
		}
		c := candidate{Match: Match{Exact, entry, whyReply(d, entry)}}
		switch d.Source {
		case classify.KindStatus, classify.KindStatusClass:
			byStatus = append(byStatus, c)
			continue
		case classify.KindSuccess:
			if !whole {
				c.Confidence = Likely
			}
		}
		known = append(known, c)
	}
	for _, c := range known {
		letters := squash(c.Entry.Code)
		f.decided[letters] = append(f.decided[letters], c.Entry.API)
	}
	if len(known) == 0 {
		f.unlisted = append(f.unlisted, unknown...)
		known = byStatus
	}
	for _, c := range known {
		f.add(c)
	}
	return len(f.decided) > 0
}

// whyReply says what in a reply decided, to people who read neither JSON nor
// XML. The decision's own reasons are for developers.
func whyReply(d classify.Decision, e *model.Entry) string {
	switch d.Source {
	case classify.KindCode:
		if d.Code != e.Code {
			return fmt.Sprintf("found %s in the reply, another name of %s", d.Code, e.Code)
		}
		return fmt.Sprintf("found %s in the reply", e.Code)
	case classify.KindPrefix:
		return fmt.Sprintf("found a code in the reply that starts as %s", e.Code)
	case classify.KindSuccess:
		return "the reply says success"
	}
	return fmt.Sprintf("the reply has the status %d, and no code that is listed", d.Status)
}

// classify returns the API's decision on a reply and the entry that made it, or
// nil where none did but those for everything else.
func (a *api) classify(reply classify.Reply) (classify.Decision, *model.Entry) {
	d := a.table.Classify(reply)
	if d.Source == classify.KindSuccess && d.Entry.Kind == classify.KindNone && reply.Status == 0 {
		reply.Status = http.StatusOK // what success comes with
		d = a.table.Classify(reply)
	}
	switch d.Entry.Kind {
	case classify.KindCode, classify.KindPrefix, classify.KindStatus, classify.KindStatusClass:
		return d, a.entries[entryKey{d.Entry.Kind, d.Entry.Code}]
	}
	return d, nil
}

// onlyAbsent reports whether a reply without a status passed for success by what
// is absent from it, as it is from most texts.
func (a *api) onlyAbsent(reply classify.Reply, d classify.Decision) bool {
	return a.strict != nil && reply.Status == 0 && d.Source == classify.KindSuccess && d.Entry.Kind != classify.KindCode &&
		a.strict.Classify(reply).Source != classify.KindSuccess
}

// withoutAbsent returns a table without its tests of what is absent, and nil if
// it has none.
func withoutAbsent(table *classify.Catalog) *classify.Catalog {
	strict := *table
	strict.Forms = slices.Clone(table.Forms)
	found := false
	for i, form := range table.Forms {
		tests := slices.DeleteFunc(slices.Clone(form.OK), func(test classify.Test) bool { return test.Kind == classify.Absent })
		found = found || len(tests) < len(form.OK)
		strict.Forms[i].OK = tests
	}
	if !found {
		return nil
	}
	return &strict
}

// troubles are what stands in most texts about an error.
var troubles = []string{"error", "fail", "false"}

// troubled reports whether the text is hardly one about success.
func (t *text) troubled() bool {
	folded := fold(t.clean)
	return slices.ContainsFunc(troubles, func(word string) bool { return strings.Contains(folded, word) })
}

// readMessage reads the last HTTP message of a text: a status line, at least one
// header field, and what follows as the body.
func readMessage(view string) (classify.Reply, bool) {
	lines := strings.Split(view, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		status := statusLine(unmarked(lines[i]))
		if status == 0 {
			continue
		}
		header, rest := readHeader(lines[i+1:])
		if len(header) == 0 {
			continue
		}
		return newReply(status, header, readBody(rest)), true
	}
	return classify.Reply{}, false
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

func readHeader(lines []string) (http.Header, []string) {
	header := http.Header{}
	for i, line := range lines {
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
