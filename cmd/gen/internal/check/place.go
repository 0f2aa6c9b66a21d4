package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// replyPlaces resolves where a reply says something beside the code.
func (a *apiChecker) replyPlaces() {
	v := &a.written.Value
	a.made.Secret = a.places(&v.Secret)
	a.made.RequestID = a.places(&v.RequestID)
	a.made.Field = a.places(&v.Part)
}

// places resolves a list of places, those that are secret first, and reports what never
// shows anything.
func (a *apiChecker) places(list *format.List[format.ReplyPlace]) []classify.Place {
	var all []classify.Place
	for i := range list.Value {
		item := &list.Value[i]
		v := &item.Value
		keys := []testKey{{Mark: &v.Header.Mark, name: "header"}, {Mark: &v.JSON.Mark, name: "json"}, {Mark: &v.XML.Mark, name: "xml"}}
		key := a.onlyKey(&item.Mark, keys, "place", "header:, json: or xml:")
		if key == nil || !key.Good() {
			continue
		}
		p := classify.Place{JSON: v.JSON.Value, XML: v.XML.Value}
		if v.Header.Good() {
			p.Header = a.headerName(v.Header.Text, v.Header.Place)
		}
		switch {
		case isAmong(p, all):
			a.Warnf(key.Place, "dead-place", "the place stands in the list twice").Hint = "remove it"
		case isAmong(p, a.made.Secret):
			a.Warnf(key.Place, "dead-place", "the place is among the secret ones, so that nothing of it is shown").Hint = "remove it from one of the two lists"
		case p.Header == "" && !a.readsBody(key.name):
			a.Warnf(key.Place, "dead-place", "no form of the API reads %s bodies", key.name).Hint = "add a form " + diag.Quote(key.name) + " under reply, or remove the place"
		}
		all = append(all, p)
	}
	return all
}

// isAmong reports whether a place is one of some.
func isAmong(p classify.Place, places []classify.Place) bool {
	return slices.ContainsFunc(places, func(q classify.Place) bool {
		return strings.EqualFold(p.Header, q.Header) && slices.Equal(p.JSON, q.JSON) && slices.Equal(p.XML, q.XML)
	})
}

// readsBody reports whether a form reads bodies of a syntax. Those of an API without
// forms may be of any.
func (a *apiChecker) readsBody(syntax string) bool {
	reply := &a.written.Value.Reply
	if !reply.Good() || !reply.Sound() {
		return true
	}
	return slices.ContainsFunc(a.made.Forms, func(f classify.Form) bool { return f.Syntax.String() == syntax })
}
