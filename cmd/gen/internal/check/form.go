package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// form is a form of reply as written, whatever its syntax.
type form struct {
	*format.Mark
	syntax  classify.Syntax
	in      *format.Field[format.Ref[format.Wrapped]] // nil where nothing can be wrapped
	ok      *format.List[format.Test]
	fail    *format.List[format.Test]
	code    *format.Mark
	places  []classify.Path // of the code
	none    *format.List[string]
	message []classify.Path
	trim    *format.Field[format.Trim]
}

// forms resolves how replies are read, and reports whether there is no problem
// with that.
func (a *apiChecker) forms() (sound bool) {
	v := &a.written.Value
	before := len(a.List)
	for i := range v.Reply.Value {
		item := &v.Reply.Value[i]
		forms := a.formsOf(&item.Value)
		if len(forms) == 0 && item.Sound() {
			a.Errorf(item.Place, "bad-form", "an empty form").Hint = "json, xml, text or header"
		}
		if len(forms) > 1 {
			a.Errorf(forms[1].Key, "bad-form", "a second form in one list item").Hint = "start a new item with a hyphen"
		}
		for _, f := range forms {
			if f.Good() {
				a.made.Forms = append(a.made.Forms, a.form(&f))
			}
		}
	}
	if !v.Reply.Written() && (a.written.Flawed || v.Reply.Has()) {
		return false // it may be meant by something else
	}
	return len(a.List) == before && v.Reply.Sound() && v.Match.Sound()
}

// formsOf returns the forms of a list item in the order of the file. There
// should be one.
func (a *apiChecker) formsOf(v *format.Form) []form {
	json, xml, text, header := &v.JSON.Value, &v.XML.Value, &v.Text.Value, &v.Header.Value
	forms := []form{
		{&v.JSON.Mark, classify.JSON, &json.In, &json.OK, &json.Fail, &json.Code.Mark, values(&json.Code), &json.None, values(&json.Message), &json.Trim},
		{&v.XML.Mark, classify.XML, nil, &xml.OK, &xml.Fail, &xml.Code.Mark, values(&xml.Code), &xml.None, values(&xml.Message), &xml.Trim},
		{&v.Text.Mark, classify.Text, nil, &text.OK, &text.Fail, &text.Code.Mark, a.textStarts(&text.Code.Value.Prefix), &text.None, nil, &text.Trim},
		{&v.Header.Mark, classify.Header, nil, &header.OK, &header.Fail, &header.Code.Mark, a.headerNames(&header.Code), &header.None, nil, &header.Trim},
	}
	forms = slices.DeleteFunc(forms, func(f form) bool { return !f.Written() })
	slices.SortFunc(forms, func(f, g form) int { return f.Key.Compare(g.Key) })
	return forms
}

func (a *apiChecker) form(v *form) classify.Form {
	f := classify.Form{Syntax: v.syntax, Code: v.places, None: values(v.none), Message: v.message}
	if !v.ok.Has() && !v.code.Has() && !v.fail.Has() {
		a.Errorf(v.Key, "bad-form", "the %s form reads neither success nor a code", v.syntax).Hint = "give it ok, code or both"
	}
	if !v.code.Has() {
		a.uselessKey("none", &v.none.Mark, "the form reads no code")
	}
	f.OK = a.tests(v.ok, asker{syntax: v.syntax, inForm: true, success: true})
	f.Fail = a.tests(v.fail, asker{syntax: v.syntax, inForm: true})
	f.After, f.Before = a.trim(v.trim)
	if v.in != nil && v.in.Good() {
		f.In = wrappings[v.in.Value.Name]
		if here := v.in.Value.Here; here != nil {
			f.Inside = here.Value.String.Value
		}
	}
	return f
}

// wrappings are what JSON is wrapped in, by name; no name is that of a string.
var wrappings = map[string]classify.Wrapping{"sse": classify.InSSE, "ndjson": classify.InNDJSON, "": classify.InString}

// trim resolves between which marks of a text the code stands.
func (a *apiChecker) trim(at *format.Field[format.Trim]) (after, before string) {
	v := &at.Value
	if at.Good() && at.Sound() && !v.After.Written() && !v.Before.Written() {
		a.Errorf(at.Place, "bad-form", "trim cuts nothing").Hint = "give it after, before or both"
	}
	for _, mark := range []*format.Field[string]{&v.After, &v.Before} {
		if mark.Good() && mark.Value == "" {
			a.Errorf(mark.Place, "text-empty", "an empty mark").Hint = "write one, or remove the key"
		}
	}
	return v.After.Value, v.Before.Value
}

// textStarts resolves what stands before the code of a plain text.
func (a *apiChecker) textStarts(list *format.List[string]) []classify.Path {
	var all []classify.Path
	for _, item := range list.Value {
		a.textStart(&item)
		all = append(all, classify.Path{item.Value})
	}
	return all
}

// textStart reports what no text starts with, as texts are trimmed first.
func (a *apiChecker) textStart(at *format.Field[string]) {
	if at.Value != strings.TrimLeft(at.Value, " \t\r\n") {
		a.Errorf(at.Place, "bad-form", "%s starts with a space, but texts are read without the space around them", diag.Quote(at.Value)).
			Hint = "remove the space at its start"
	}
}

// headerNames resolves the header fields that hold a code.
func (a *apiChecker) headerNames(list *format.List[string]) []classify.Path {
	var all []classify.Path
	for _, item := range list.Value {
		all = append(all, classify.Path{a.headerName(item.Text, item.Place)})
	}
	return all
}

func (a *apiChecker) headerName(text string, at diag.Place) string {
	if strings.ContainsFunc(text, notToken) {
		a.Errorf(at, "bad-value", "%s is not the name of a header field", diag.Quote(text))
	}
	return text
}

// notToken reports whether no token of HTTP (RFC 9110 section 5.6.2) can hold r.
func notToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}
