package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Notices checks the notices that support staff write for a site: by the rules of the
// site's script, which leaves out a bad one, and against the catalog, which may be nil.
func Notices(file Source, c *model.Catalog) []diag.Problem {
	n := &notices{catalog: c, reader: jsonReader{name: file.Name, source: bytes.TrimPrefix(file.Content, []byte("\ufeff"))}}
	root := n.reader.read(&n.List)
	switch {
	case root == nil:
	case root.Kind != syntax.Sequence:
		n.Errorf(root.Place, "wrong-kind", "the file is %s, not a list of notices", root.Kind).Hint = "write brackets around it, even for one notice"
	default:
		for _, notice := range root.Items {
			n.notice(notice)
		}
	}
	diag.Sort(n.List)
	return n.List
}

type notices struct {
	diag.List
	catalog *model.Catalog
	reader  jsonReader
}

var noticeKeys = []string{"text", "api", "codes", "link", "since", "until"}

// notice checks one of the list.
func (n *notices) notice(notice *syntax.Node) {
	if notice.Kind != syntax.Mapping {
		n.Errorf(notice.Place, "wrong-kind", "a notice is %s, not a mapping", notice.Kind)
		return
	}
	values := make(map[string]*syntax.Node)
	for _, pair := range notice.Pairs {
		key := pair.Key.Text
		switch {
		case !slices.Contains(noticeKeys, key):
			p := n.Errorf(pair.Key.Place, "unknown-key", "unknown key %s in the notice", diag.Quote(key))
			if p.Hint = diag.DidYouMean(key, noticeKeys); p.Hint == "" {
				p.Hint = "the keys here are " + strings.Join(noticeKeys, ", ")
			}
		case values[key] != nil:
			n.Errorf(pair.Key.Place, "duplicate-key", "the notice has %s twice", key)
		default:
			values[key] = pair.Value
		}
	}
	if values["text"] == nil {
		n.Errorf(notice.Place, "missing-key", "the notice has no text, which is required")
	} else if text, ok := n.text("text", values["text"]); ok {
		if tag := markupTag().FindString(text); tag != "" {
			n.Warnf(values["text"].Place, "bad-value", "the text of a notice is plain: %s is shown as it stands", diag.Quote(tag))
		}
	}
	n.about(values["api"], values["codes"])
	if link, ok := n.text("link", values["link"]); ok && !noticeLink().MatchString(link) {
		n.Errorf(values["link"].Place, "bad-address", "link is %s, not an address that starts with https://", diag.Quote(link))
	}
	since, hasStart := n.time("since", values["since"])
	until, hasEnd := n.time("until", values["until"])
	if hasStart && hasEnd && !until.After(since) {
		n.Errorf(values["until"].Place, "bad-value", "until is not after since")
	}
}

var (
	markupTag  = pattern.Of(`</?[A-Za-z][^<>]*>`)
	noticeLink = pattern.Of(`(?i)^https://[^\s\v\p{Z}\x{FEFF}/?#][^\s\v\p{Z}\x{FEFF}]*$`)
	noticeTime = pattern.Of(`(?i)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`) // time.Parse takes more
)

// text returns a value that has to be a text. It reports one that is not, unless there is none.
func (n *notices) text(key string, value *syntax.Node) (text string, ok bool) {
	switch {
	case value == nil:
		return "", false
	case value.Kind != syntax.Scalar || value.Type != syntax.Text:
		n.Errorf(value.Place, "wrong-kind", "%s is not a text", key).Hint = "write it in quotes"
		return "", false
	case strings.TrimSpace(value.Text) == "":
		n.Errorf(value.Place, "text-empty", "%s is empty", key)
		return "", false
	}
	return value.Text, true
}

// time returns a value that has to be a time.
func (n *notices) time(key string, value *syntax.Node) (at time.Time, ok bool) {
	text, ok := n.text(key, value)
	if !ok {
		return at, false
	}
	at, err := time.Parse(time.RFC3339, strings.ToUpper(text))
	if ok = err == nil && noticeTime().MatchString(text); !ok {
		n.Errorf(value.Place, "bad-value", "%s is %s, not a time such as 2026-01-31T09:30:00Z", key, diag.Quote(text))
	}
	return at, ok
}

// about checks the API and the entries that a notice is about.
func (n *notices) about(api, codes *syntax.Node) {
	name, hasName := n.text("api", api)
	if codes != nil && len(codes.Items) == 0 {
		n.Errorf(codes.Place, "wrong-kind", "codes is not a list of texts, of one at least")
	}
	if n.catalog == nil {
		return
	}
	var apis, known []string
	for _, a := range n.catalog.APIs {
		apis = append(apis, a.Name)
		if hasName && a.Name != name {
			continue
		}
		for _, e := range a.Entries() {
			known = append(known, e.Code)
		}
	}
	if hasName && !slices.Contains(apis, name) {
		p := n.Errorf(api.Place, "bad-value", "the spec has no API %s", diag.Quote(name))
		if p.Hint = diag.DidYouMean(name, apis); p.Hint == "" && len(apis) <= maxListed {
			p.Hint = "known are " + strings.Join(apis, ", ")
		}
		return
	}
	if codes == nil {
		return
	}
	for _, item := range codes.Items {
		key, ok := n.text("a code", item)
		if ok && !slices.ContainsFunc(known, func(code string) bool { return isNoticed(key, code) }) {
			n.Errorf(item.Place, "unknown-code", "the spec has no entry %s", diag.Quote(key)).Hint = diag.DidYouMean(key, known)
		}
	}
}

// isNoticed reports whether a code that a notice lists is that of an entry: a class such as
// 5xx stands for the statuses in it too.
func isNoticed(listed, code string) bool {
	return listed == code || len(listed) == 3 && listed[1:] == "xx" && isStatus().MatchString(code) && listed[0] == code[0]
}

var isStatus = pattern.Of(`^[1-5][0-9]{2}$`)

// jsonReader reads JSON into a tree in which everything has its place.
type jsonReader struct {
	name    string
	source  []byte
	decoder *json.Decoder
}

// read returns the tree, or nil where the file is not JSON.
func (r *jsonReader) read(problems *diag.List) *syntax.Node {
	if err := json.Unmarshal(r.source, new(any)); err != nil {
		at := int64(0)
		if fault, ok := errors.AsType[*json.SyntaxError](err); ok {
			at = max(fault.Offset-1, 0)
		}
		problems.Errorf(r.place(at), syntax.RuleSyntax, "the file is not JSON: %s", err)
		return nil
	}
	r.decoder = json.NewDecoder(bytes.NewReader(r.source))
	return r.value()
}

func (r *jsonReader) place(offset int64) diag.Place {
	before := r.source[:offset]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return diag.Place{File: r.name, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(line) + 1}
}

// value reads the next value, which is there.
func (r *jsonReader) value() *syntax.Node {
	from := r.decoder.InputOffset()
	from += int64(len(r.source[from:]) - len(bytes.TrimLeft(r.source[from:], " \t\r\n,:")))
	token, err := r.decoder.Token()
	if err != nil {
		panic("internal error: " + err.Error()) // it was read before
	}
	n := &syntax.Node{Place: r.place(from)}
	switch token := token.(type) {
	case json.Delim:
		n.Kind = syntax.Sequence
		if token == '{' {
			n.Kind = syntax.Mapping
		}
		for r.decoder.More() {
			value := r.value()
			if n.Kind == syntax.Sequence {
				n.Items = append(n.Items, value)
			} else {
				n.Pairs = append(n.Pairs, syntax.Pair{Key: value, Value: r.value()})
			}
		}
		r.decoder.Token() // the end
	case string:
		n.Text = token
	case bool:
		n.Type = syntax.Boolean
	default: // a number, or null
		n.Type = syntax.Float
	}
	return n
}
