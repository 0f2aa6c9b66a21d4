package writing

import (
	"fmt"
	"iter"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// mediaTypes are those of the bodies, by syntax.
var mediaTypes = [...]string{
	classify.JSON: "application/json",
	classify.XML:  "application/xml",
	classify.Text: "text/plain; charset=utf-8",
}

// drafts yields the ways to write a form, the most telling first: with the code at each of
// its places, with the signs of failure and without them.
func drafts(a *model.API, f *classify.Form) iter.Seq[serve.Form] {
	return func(yield func(serve.Form) bool) {
		for _, signs := range []bool{true, false} {
			for _, place := range f.Code {
				if form, ok := draft(a, f, place, signs); ok && !yield(form) {
					return
				}
			}
		}
	}
}

// draft is a way to write a form.
func draft(a *model.API, f *classify.Form, place classify.Path, signs bool) (serve.Form, bool) {
	form := serve.Form{Before: f.After, After: f.Before}
	d := &document{isXML: f.Syntax == classify.XML}
	switch f.Syntax {
	case classify.Text:
		form.Syntax, form.Before = serve.Text, place[0]+f.After
	case classify.Header:
		form.Syntax = serve.None
		d.header = []serve.Node{{Name: place[0], Value: serve.Code}}
	default:
		if d.isXML {
			form.Syntax = serve.XML
		}
		if !d.fill(a, f, place, signs) {
			return form, false
		}
	}
	if signs && f.Syntax >= classify.Text {
		d.fail(f)
	}
	if form.Syntax != serve.None {
		form.MediaType = mediaTypes[f.Syntax]
	}
	form.Header = d.header
	form.Document = d.root
	if d.isXML {
		form.Document = d.root.Nodes[0]
	}
	return form, true
}

// fill fills a document of JSON or XML.
func (d *document) fill(a *model.API, f *classify.Form, place classify.Path, signs bool) bool {
	isTaken := func(at classify.Path) bool {
		return slices.Equal(at, place) || slices.ContainsFunc(f.Message, func(m classify.Path) bool { return slices.Equal(at, m) })
	}
	if signs {
		for i := range f.OK {
			if !isTaken(f.OK[i].At) {
				d.deny(&f.OK[i], false)
			}
		}
	}
	if !d.put(place, serve.Node{Value: serve.Code}) {
		return false
	}
	d.putFirst(f.Message, serve.Message)
	if signs {
		for i := range f.OK {
			d.deny(&f.OK[i], true)
		}
		d.fail(f)
	}
	d.putFirst(d.places(a.RequestID), serve.RequestID)
	d.putFirst(d.places(a.Field), serve.Field)
	if at := firstDelay(a.Delays).At; at != nil && !d.isXML {
		d.put(at, serve.Node{Value: serve.Wait})
	}
	if f.In == classify.InString {
		inside := serve.Node{Value: serve.Wrapped, Nodes: d.root.Nodes}
		isObject := d.root.Value == serve.Object
		d.root = serve.Node{}
		return isObject && d.put(f.Inside, inside)
	}
	return true
}

// fail writes a sign of failure, if the form has one that can be written.
func (d *document) fail(f *classify.Form) {
	for i := range f.Fail {
		if d.meet(&f.Fail[i]) {
			return
		}
	}
}

// putFirst puts a value at the first of some places that has room for it.
func (d *document) putFirst(places []classify.Path, value serve.Value) {
	for _, place := range places {
		if d.put(place, serve.Node{Value: value}) {
			return
		}
	}
}

// places returns those places that a document of the syntax has, unless there is a header
// field to take before them.
func (d *document) places(all []classify.Place) (paths []classify.Path) {
	if headerOf(all) != "" {
		return nil
	}
	for _, place := range all {
		path := place.JSON
		if d.isXML {
			path = place.XML
		}
		if path != nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// headerOf returns the first header field of some places.
func headerOf(places []classify.Place) string {
	for _, place := range places {
		if place.Header != "" {
			return place.Header
		}
	}
	return ""
}

// mayBeProblem reports whether a form can be written as a document of RFC 9457 as well: an
// object whose members have what that says of theirs, if they have its names.
func mayBeProblem(f serve.Form) bool {
	return f.Syntax == serve.JSON && f.Document.Value == serve.Object && !slices.ContainsFunc(f.Document.Nodes, func(n serve.Node) bool {
		switch n.Name {
		case "type":
			return n.Value != serve.Code // such as urn:shop:CARD_DECLINED
		case "title", "detail":
			return n.Value != serve.Message
		case "status", "instance":
			return true
		}
		return false
	})
}

// problem is the form of RFC 9457: its members, and those of the API's own form, by which
// the clients of the catalog read it. What the API's form has of them is not written twice.
func problem(own serve.Form) serve.Form {
	form := own
	form.Name, form.MediaType = "problem", "application/problem+json"
	form.Document.Nodes = nil
	for _, member := range []serve.Node{
		{Name: "type", Value: serve.URL},
		{Name: "title", Value: serve.Title},
		{Name: "status", Value: serve.Status},
		{Name: "detail", Value: serve.Message},
		{Name: "code", Value: serve.Code},
	} {
		if !slices.ContainsFunc(own.Document.Nodes, func(n serve.Node) bool { return n.Name == member.Name }) {
			form.Document.Nodes = append(form.Document.Nodes, member)
		}
	}
	form.Document.Nodes = append(form.Document.Nodes, own.Document.Nodes...)
	return form
}

// nameOf names a form after its syntax, and after the first with a number.
func nameOf(s classify.Syntax, before []serve.Form) string {
	name := s.String()
	for n := 2; slices.ContainsFunc(before, func(f serve.Form) bool { return f.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d", s, n)
	}
	return name
}
