package lookup

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// reply is a reply in a text.
type reply struct {
	classify.Reply
	part  string // the part of the text that it is
	at    int    // where that starts
	whole bool   // nothing else is in the text
	leads bool   // the text is about it
	known bool   // an API knows it

	inside bool // the status is what its body says

	address string // that of its request, where something keeps that beside it
}

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
	for _, find := range []func(string, *findings) bool{x.findMessages, x.findDocument} {
		if slices.ContainsFunc(views, func(view string) bool { return find(view, f) }) {
			return
		}
	}
	for _, word := range markedWords(t.clean) {
		x.decideText(strings.TrimRight(word, ".,;:!?)"), false, f)
	}
}

// markedWords returns the first words that say success in plain text. Few lines of a log
// have the mark of one.
func markedWords(text string) (words []string) {
	for end := 0; len(words) < maxObjects; {
		mark := strings.IndexByte(text[end:], '|')
		if mark < 0 {
			break
		}
		start := strings.LastIndexByte(text[:end+mark], '\n') + 1
		line, _, _ := strings.Cut(text[start:], "\n")
		for _, found := range markedWord().FindAllStringSubmatch(line, maxObjects-len(words)) {
			words = append(words, found[1])
		}
		end = start + len(line)
	}
	return words
}

// markedWord is a word as APIs say success in plain text: OK|123.
var markedWord = pattern.Of(`(?:^|[ "'(:=>])([A-Za-z]+\|[^ "'<>|]+)(?:[ "'<>]|$)`)

// findMessages takes the text for HTTP messages, as `curl -i` and `curl -v` show them,
// and reports whether there is one. One without a status line, as docs show it, is one
// if an API knows it.
func (x *Index) findMessages(view string, f *findings) bool {
	found := false
	for i, r := range messages(view) {
		f.status = f.status || r.Status != 0
		r.leads = i == 0
		known := x.decide(x.cutBody(r, f), f)
		found = found || known || r.Status != 0
	}
	return found
}

// cutBody cuts from a body what somebody wrote below it, where that is the reply of an
// API, or would be its document.
func (x *Index) cutBody(r reply, f *findings) reply {
	body := trimBody(string(r.Body))
	end := len(body)
	switch {
	case body == "":
	case body[0] == '{' || body[0] == '[':
		if !json.Valid([]byte(body)) {
			end = documentEnd(body)
		}
	case body[0] == '<':
		end = strings.LastIndexByte(body, '>') + 1
	default:
		end, _ = cutAt(body, "\n\n")
	}
	if end <= 0 || !belowDocument().MatchString(body[end:]) {
		return r
	}
	short := r
	short.Body = []byte(body[:end])
	if strings.IndexByte("{[", body[0]) < 0 && (x.knowsReply(r, f) || body[0] != '<' && !x.knowsReply(short, f)) {
		return r
	}
	return short
}

// belowDocument is what somebody wrote below a document, not more of it.
var belowDocument = pattern.Of(`^[ \t]*\n[ \t\n]*[^ \t\n{\[<]`)

// cutAt returns where a part starts in a text, or its length.
func cutAt(text, part string) (at int, ok bool) {
	if at = strings.Index(text, part); at < 0 {
		return len(text), false
	}
	return at, true
}

// findDocument takes the text for a JSON or XML document, or looks for JSON
// objects in it, and reports whether an API knows one as its reply.
func (x *Index) findDocument(view string, f *findings) bool {
	body := trimBody(view)
	if body == "" {
		return false
	}
	start := strings.Index(view, body)
	switch {
	case body[0] == '[' && json.Valid([]byte(body)):
		return x.findObject(body, view, start, start+len(body), true, false, f)
	case body[0] == '<':
		r := reply{Reply: newReply(0, nil, body), part: body, at: start, whole: true, leads: true}
		if !x.knowsReply(r, f) {
			r.Status, r.inside = titledStatus(body), true
			f.status = f.status || r.Status != 0
		}
		return x.decide(r, f)
	case !strings.ContainsAny(body, " \n\t") && !strings.ContainsAny(body[:1], "{\"'") && x.decideText(body, true, f):
		return true
	}
	found := false
	at, outer := start, 0
	for tries := 0; tries < maxObjects; tries++ {
		next := strings.IndexByte(view[at:], '{')
		if next < 0 {
			break
		}
		at += next
		object, end := readObject(view, at)
		if end > 0 && x.findObject(object, view, at, at+end, at == start && end == len(body), at < outer, f) {
			found = true
			at += end
			continue
		}
		outer = max(outer, at+end)
		at++ // what is inside may be a reply
	}
	return found
}

// readObject returns the object that starts at a place of a text, in JSON, and its length
// in the text, or 0 for none. In a JSON string, quotes stand behind backslashes.
func readObject(text string, at int) (object string, end int) {
	rest := text[at:]
	if end := documentEnd(rest); end > 0 && json.Valid([]byte(rest[:end])) {
		return rest[:end], end
	}
	if at > 0 && text[at-1] == '"' && strings.HasPrefix(rest, `{\"`) {
		if end := stringEnd(rest); end > 0 && json.Unmarshal([]byte(text[at-1:at+end+1]), &object) == nil && json.Valid([]byte(object)) {
			return object, end
		}
	}
	return readPrinted(rest)
}

// stringEnd returns where the JSON string ends that a text is in, or 0.
func stringEnd(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return 0
}

// findObject takes an object in a text for a reply, or for what a program keeps of
// a call, and reports whether an API knows it. What stands inside another object has no
// status beside it.
func (x *Index) findObject(object, view string, from, to int, whole, inner bool, f *findings) bool {
	part := view[from:to]
	bare := reply{Reply: newReply(0, nil, object), part: part, at: from, whole: whole, leads: whole}
	if calls := recordedCalls(object); len(calls) > 0 && !x.knowsReply(bare, f) {
		known := false
		for i, call := range calls {
			f.status = f.status || call.Status != 0
			call.part, call.at, call.whole, call.leads = part, from, true, i == 0 && whole
			known = x.decide(call, f) || known
		}
		return known || whole
	}
	if !whole && !inner {
		bare.Status = cmp.Or(statusBefore(view[max(0, from-maxBefore):from]), statusAfter(view[to:min(len(view), to+maxBefore)]))
	}
	if bare.Status == 0 && !inner && !x.knowsReply(bare, f) {
		bare.Status, bare.inside = statusInside(object), true
	}
	f.status = f.status || bare.Status != 0
	return x.decide(bare, f)
}

// maxObjects is how many JSON objects of a text are tried.
const maxObjects = 32

// documentEnd returns the length of the JSON object or array that text starts with, or
// 0 if it does not end.
func documentEnd(text string) int {
	depth := 0
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
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
	if body == "" || strings.Contains("{[<\"", body[:1]) || !x.inText {
		return
	}
	var found []candidate
	for _, v := range x.judge(reply{Reply: newReply(0, nil, body)}, f) {
		if v.Source == classify.KindCode && v.api.Forms[v.Reading.Form].Syntax == classify.Text {
			found = append(found, v.candidate(Likely))
		}
	}
	f.addReply(reply{part: body}, false, found)
}

// decideText takes a text, which may be a word of another, for a plain-text reply that
// says success.
func (x *Index) decideText(body string, whole bool, f *findings) bool {
	var found []candidate
	for _, v := range x.judge(reply{Reply: newReply(0, nil, body)}, f) {
		if v.entry != nil && v.Source == classify.KindSuccess && v.knows() {
			found = append(found, v.candidate(v.trust(whole)))
		}
	}
	f.addReply(reply{part: body, leads: whole}, whole, found)
	return len(found) > 0
}

// trimBody returns a body without what is around it.
func trimBody(body string) string { return strings.TrimSpace(strings.TrimPrefix(body, "\ufeff")) }

func newReply(status int, header http.Header, body string) classify.Reply {
	return classify.Reply{Status: status, Header: header, Body: []byte(body)}
}
