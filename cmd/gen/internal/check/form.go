package check

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// syntaxes are the keys of the reply forms.
var syntaxes = map[string]classify.Syntax{
	"json": classify.JSON, "xml": classify.XML, "text": classify.Text, "header": classify.Header,
}

// forms resolves how replies are read, and reports whether there is no problem
// with that.
func (a *apiChecker) forms() (sound bool) {
	before := len(a.problems)
	for _, item := range a.items(a.node, "reply") {
		if len(item.Pairs) == 0 && a.sound(item) {
			a.errorf(item.Place, "bad-form", "an empty form").Hint = "json, xml, text or header"
		}
		forms := 0
		for _, pair := range item.Pairs {
			s, ok := syntaxes[pair.Key.Text]
			if !ok {
				continue
			}
			if forms++; forms == 2 {
				a.errorf(pair.Key.Place, "bad-form", "a second form in one list item").Hint = "start a new item with a hyphen"
			}
			if !a.bad[pair.Value] {
				a.made.Forms = append(a.made.Forms, a.form(s, pair))
			}
		}
	}
	reply := a.node.Get("reply")
	if reply == nil && (a.flawed[a.node] || a.node.Incomplete) {
		return false // it may be meant by something else
	}
	return len(a.problems) == before && a.sound(reply) && a.sound(a.node.Get("match"))
}

func (a *apiChecker) form(s classify.Syntax, pair syntax.Pair) classify.Form {
	n := pair.Value
	f := classify.Form{Syntax: s}
	if !a.has(n, "ok") && !a.has(n, "code") {
		a.errorf(pair.Key.Place, "bad-form", "the %s form reads neither success nor a code", s).Hint = "give it ok, code or both"
	}
	for _, item := range a.items(n, "ok") {
		if test, ok := a.okTest(s, item); ok {
			f.OK = append(f.OK, test)
		}
	}
	code := a.items(n, "code")
	if s == classify.Text {
		code = a.items(a.get(n, "code"), "prefix")
	}
	for _, item := range code {
		if s == classify.Text {
			a.textPrefix(item)
		}
		f.Code = append(f.Code, a.place(s, item))
	}
	for _, item := range a.items(n, "message") {
		f.Message = append(f.Message, a.place(s, item))
	}
	f.After, f.Before = a.trim(a.get(n, "trim"))
	return f
}

// trim resolves between which marks of a text the code stands.
func (a *apiChecker) trim(n *syntax.Node) (after, before string) {
	if n == nil {
		return "", ""
	}
	if len(n.Pairs) == 0 && a.sound(n) {
		a.errorf(n.Place, "bad-form", "trim cuts nothing").Hint = "give it after, before or both"
	}
	for _, key := range []string{"after", "before"} {
		if at := a.get(n, key); at != nil && at.Text == "" {
			a.errorf(at.Place, "text-empty", "an empty mark").Hint = "write one, or remove the key"
		}
	}
	return a.rawString(n, "after"), a.rawString(n, "before")
}

// textPrefix reports what no text starts with, as texts are trimmed first.
func (a *apiChecker) textPrefix(n *syntax.Node) {
	if n.Text != strings.TrimLeft(n.Text, " \t\r\n") {
		a.errorf(n.Place, "bad-form", "%s starts with a space, and texts are read without the space around them", diag.Quote(n.Text)).
			Hint = "remove the space at its start"
	}
}

// rawString returns the value of a key with its white space.
func (a *apiChecker) rawString(n *syntax.Node, key string) string {
	if value := a.get(n, key); value != nil {
		return value.Text
	}
	return ""
}

// place resolves where a form looks.
func (a *apiChecker) place(s classify.Syntax, n *syntax.Node) classify.Path {
	switch s {
	case classify.Text:
		return classify.Path{n.Text}
	case classify.Header:
		return classify.Path{a.headerName(n)}
	}
	parse, hint, want := parsePointer, pointerHint, "a JSON Pointer such as /error/code"
	if s == classify.XML {
		parse, hint, want = parseElements, elementsHint, "a path of elements such as /Error/Code"
	}
	path, ok := parse(n.Text)
	if !ok {
		a.errorf(n.Place, "bad-pointer", "%s is not %s", diag.Quote(n.Text), want).Hint = hint(n.Text)
	}
	return path
}

func (a *apiChecker) headerName(n *syntax.Node) string {
	if strings.ContainsFunc(n.Text, func(r rune) bool { return !isToken(r) }) {
		a.errorf(n.Place, "bad-value", "%s is not the name of a header field", diag.Quote(n.Text))
	}
	return http.CanonicalHeaderKey(n.Text)
}

// isToken reports whether a token of HTTP (RFC 9110 section 5.6.2) can hold r.
func isToken(r rune) bool {
	return r > ' ' && r < 0x7f && !strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

// okTest resolves one sign of success. Each has exactly one of the keys that
// say what it looks at.
func (a *apiChecker) okTest(s classify.Syntax, n *syntax.Node) (test classify.Test, ok bool) {
	kinds := map[string]classify.TestKind{
		"at": classify.Equals, "present": classify.Present, "absent": classify.Absent,
		"prefix": classify.PrefixIs, "header": classify.HeaderEquals, "status": classify.StatusIs,
	}
	var subject syntax.Pair
	for _, pair := range n.Pairs {
		kind, isKind := kinds[pair.Key.Text]
		switch {
		case isKind && subject.Key != nil:
			a.errorf(pair.Key.Place, "bad-form", "%s and %s in one test", subject.Key.Text, pair.Key.Text).
				Hint = "make a list of two tests, any of which suffices"
			return test, false
		case isKind:
			subject, test.Kind = pair, kind
		}
	}
	if subject.Key == nil && !a.sound(n) {
		return test, false
	}
	if subject.Key == nil {
		a.errorf(n.Place, "bad-form", "the test does not say what it looks at").Hint = "at, header, present, absent, prefix or status"
		return test, false
	}
	if a.bad[subject.Value] {
		return test, false
	}
	return a.okSubject(s, n, subject, test)
}

func (a *apiChecker) okSubject(s classify.Syntax, n *syntax.Node, subject syntax.Pair, test classify.Test) (classify.Test, bool) {
	inBody := slices.Contains([]classify.TestKind{classify.Equals, classify.Present, classify.Absent}, test.Kind)
	compares := test.Kind == classify.Equals || test.Kind == classify.HeaderEquals
	structured := s == classify.JSON || s == classify.XML
	switch {
	case inBody && !structured, test.Kind == classify.PrefixIs && s != classify.Text:
		a.errorf(subject.Key.Place, "bad-form", "the test %s does not fit the %s form", subject.Key.Text, s).
			Hint = "at, present and absent are for json and xml, prefix is for text, header and status are for all"
		return test, false
	case compares && !a.has(n, "equals"):
		a.errorf(subject.Key.Place, "bad-form", "%s without equals", subject.Key.Text).Hint = "equals: the value on success, or a list of them"
		return test, false
	case !compares && n.Get("equals") != nil:
		a.errorf(n.Get("equals").Place, "bad-form", "equals without at or header")
		return test, false
	}
	switch test.Kind {
	case classify.Equals, classify.Present, classify.Absent:
		test.At = a.place(s, subject.Value)
	case classify.HeaderEquals:
		test.Header = a.headerName(subject.Value)
	case classify.PrefixIs:
		for _, item := range a.items(n, "prefix") {
			if strings.TrimSpace(item.Text) == "" {
				a.errorf(item.Place, "text-empty", "an empty prefix, with which every text is a success").Hint = "write what a success starts with"
			} else {
				a.textPrefix(item)
			}
			test.Prefix = append(test.Prefix, item.Text)
		}
	case classify.StatusIs:
		for _, item := range a.items(n, "status") {
			status, _ := parseStatusKey(item.Text)
			if item.Text >= "4" {
				a.errorf(item.Place, "bad-form", "%s is never success: no 4xx or 5xx is", diag.Quote(item.Text)).Hint = "remove it"
			}
			test.Status = append(test.Status, status)
		}
	}
	for _, item := range a.items(n, "equals") {
		test.Values = append(test.Values, scalarOf(item))
	}
	return test, !compares || len(test.Values) > 0
}

// scalarOf returns a value with the type it has in JSON.
func scalarOf(n *syntax.Node) classify.Scalar {
	switch n.Type {
	case syntax.Integer, syntax.Float:
		return classify.Scalar{Type: classify.Number, Text: n.Text}
	case syntax.Boolean:
		return classify.Scalar{Type: classify.Bool, Text: n.Text}
	}
	return classify.Scalar{Type: classify.String, Text: n.Text}
}

// delays resolves where the server may say how long to wait.
func (a *apiChecker) delays() {
	for _, item := range a.items(a.node, "delay") {
		header, member := a.get(item, "header"), a.get(item, "json")
		d := classify.Delay{Unit: time.Second}
		if a.string(item, "unit") == "ms" {
			d.Unit = time.Millisecond
		}
		switch {
		case header != nil && member != nil:
			a.errorf(member.Place, "bad-form", "header and json in one delay").Hint = "make a list of two"
			continue
		case header != nil:
			d.Header = a.headerName(header)
		case member != nil:
			d.At = a.place(classify.JSON, member)
		default:
			if item.Get("header") == nil && item.Get("json") == nil {
				a.errorf(item.Place, "bad-form", "the delay does not say where it stands").Hint = "header: or json:"
			}
			continue
		}
		if unit := a.get(item, "unit"); unit != nil && d.Header == "Retry-After" && d.Unit != time.Second {
			a.errorf(unit.Place, "bad-form", "Retry-After is in seconds by RFC 9110").Hint = "remove unit"
		}
		a.made.Delays = append(a.made.Delays, d)
	}
}
