package classifytest

import (
	"iter"
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// Replies returns the replies by which the API of a catalog can send a code: one
// for each place of each reply form, in the order of the catalog. The status is
// the first of those that the catalog has for the code, or else 200, or else, if
// the API says success by the status, the first that is an error. Where no form
// can hold the code there is none.
//
// The order of the members, the spaces and the like are those of this package:
// what the catalog does not say of its replies is not made up.
func Replies(c *classify.Catalog, code string) []classify.Reply {
	type place struct{ form, at int }
	var found []classify.Reply
	seen := make(map[place]bool)
	for d := range draftsOf(c, code) {
		at := place{d.form, d.place}
		if !seen[at] && sendable(d.reply) == nil && means(c, c.Classify(d.reply), code) {
			seen[at] = true
			found = append(found, d.reply)
		}
	}
	return found
}

// means reports whether a decision is about a code, by the entry that the catalog
// has for it.
func means(c *classify.Catalog, d classify.Decision, code string) bool {
	if code == "" || d.Code != code || d.Action == classify.OK {
		return false
	}
	if entry, ok := c.Lookup(code); ok {
		return d.Entry == entry
	}
	if entry := prefixOf(c, code); !entry.IsZero() {
		return d.Entry == entry
	}
	return !d.Known
}

// prefixOf returns the longest prefix entry that covers a code.
func prefixOf(c *classify.Catalog, code string) classify.View {
	for i := range c.Prefixes {
		prefix := strings.TrimSuffix(c.Prefixes[i].Code, "*")
		if strings.HasPrefix(code, prefix) || c.FoldCase && strings.HasPrefix(packed.Fold(code), packed.Fold(prefix)) {
			return c.Prefixes[i].View()
		}
	}
	return classify.View{}
}

// draft is a reply that holds a code, if it is read as it was meant.
type draft struct {
	reply       classify.Reply
	syntax      classify.Syntax
	form, place int
	first       bool // with the first of the statuses
}

// draftsOf makes the replies that may hold a code: for each place of each form
// every way to fill it, with every status. Those that also show a sign of success, such
// as the status, come last: an API does not say a code so, if it can help it.
func draftsOf(c *classify.Catalog, code string) iter.Seq[draft] {
	statuses := statusesOf(c, code)
	bare := *c
	bare.Codes, bare.Aliases, bare.Table, bare.Prefixes, bare.Index = nil, nil, nil, nil, packed.Index{}
	return func(yield func(draft) bool) {
		for i := range c.Forms {
			form := &c.Forms[i]
			for at := range form.Code {
				replies := fill(c, form, at, code)
				for _, signs := range [...]bool{false, true} {
					for n, status := range statuses {
						for _, reply := range replies {
							reply.Status = status
							if bare.Read(reply).Success == signs && !yield(draft{reply, form.Syntax, i, at, n == 0}) {
								return
							}
						}
					}
				}
			}
		}
	}
}

// statusesOf lists the statuses that a code may come with, the likely ones first.
func statusesOf(c *classify.Catalog, code string) []int {
	entry, ok := c.Lookup(code)
	if !ok {
		entry = prefixOf(c, code)
	}
	var statuses []int
	add := func(status int) {
		if status >= 200 && !slices.Contains(statuses, status) {
			statuses = append(statuses, status)
		}
	}
	for _, status := range entry.Statuses() {
		add(int(status))
	}
	add(http.StatusOK)
	for i := range c.Statuses {
		add(int(c.Statuses[i].Number))
	}
	add(http.StatusBadRequest)
	add(http.StatusInternalServerError)
	return statuses
}

// fill makes the replies that have a code at a place of a form, and no sign of
// success: with the text for people and without it, and with signs of failure in
// this form alone and in all.
func fill(c *classify.Catalog, form *classify.Form, at int, code string) []classify.Reply {
	place := form.Code[at]
	text := form.After + code + form.Before
	switch form.Syntax {
	case classify.Text:
		return []classify.Reply{{Header: contentType("text/plain; charset=utf-8"), Body: []byte(place[0] + text)}}
	case classify.Header:
		return []classify.Reply{{Header: http.Header{http.CanonicalHeaderKey(place[0]): {text}}}}
	}
	var replies []classify.Reply
	for _, forms := range [][]classify.Form{{*form}, c.Forms} {
		for _, message := range []string{messageOf(c, code), ""} {
			if r, ok := document(form, place, text, forms, message); ok {
				replies = append(replies, r)
			}
		}
	}
	return replies
}

// messageOf is the text for people that comes with a code. The catalog has no
// its own wire text at hand, so it is what the code means.
func messageOf(c *classify.Catalog, code string) string {
	if entry, ok := c.Lookup(code); ok {
		return entry.Meaning()
	}
	if entry := prefixOf(c, code); !entry.IsZero() {
		return entry.Meaning()
	}
	return "unknown error"
}

// document makes a JSON or an XML document with a code at a place. Of the rest it
// has what there is room for.
func document(form *classify.Form, place classify.Path, code string, forms []classify.Form, message string) (classify.Reply, bool) {
	var doc tree
	kind := "application/json"
	if doc = new(jsonTree); form.Syntax == classify.XML {
		doc, kind = new(xmlTree), "application/xml"
	}
	if !doc.put(place, code) {
		return classify.Reply{}, false
	}
	for i := range forms {
		if forms[i].Syntax == form.Syntax {
			for _, test := range forms[i].OK {
				fail(doc, test)
			}
		}
	}
	if len(form.Message) > 0 && message != "" {
		doc.put(form.Message[0], message)
	}
	body, ok := doc.bytes()
	return classify.Reply{Header: contentType(kind), Body: body}, ok
}

// fail puts into a document what makes a test of success fail. Tests that look
// elsewhere are left alone.
func fail(doc tree, test classify.Test) {
	switch test.Kind {
	case classify.Equals:
		if len(test.Values) > 0 {
			doc.put(test.At, other(test.Values))
		}
	case classify.Absent:
		doc.put(test.At, "error")
	}
}

// other returns a value that is none of the given ones and has the type of the
// first.
func other(values []classify.Scalar) any {
	var candidates []any
	switch values[0].Type {
	case classify.Bool:
		candidates = []any{false, true}
	case classify.Number:
		candidates = []any{0, 1, 2, -1}
	}
	for _, value := range append(candidates, "error", "failed") {
		if !slices.ContainsFunc(values, func(s classify.Scalar) bool { return s.Text == textOf(value) }) {
			return value
		}
	}
	return "no success"
}
