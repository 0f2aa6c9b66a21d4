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

// way is how a form is written.
type way struct {
	place    classify.Path // of the code
	signs    signs
	marks    bool // between which the code is cut out, which readers can do without
	isNumber bool // codes that are numbers are written as such
}

// signs are which tests of a form a document is written for.
type signs uint8

const (
	knownSigns signs = iota // those of which the catalog has a value, or that something is absent
	allSigns
	noSigns
)

// drafts yields the ways to write a form, the likeliest first: with the code where the
// examples have it.
func drafts(a *model.API, f *classify.Form) iter.Seq[serve.Form] {
	uses := usesOf(a, f)
	return func(yield func(serve.Form) bool) {
		for _, marks := range []bool{false, true} {
			if marks && f.After+f.Before == "" {
				return
			}
			for _, signs := range []signs{knownSigns, allSigns, noSigns} {
				for _, use := range uses {
					if form, ok := draft(a, f, way{use.place, signs, marks, use.isNumber}); ok && !yield(form) {
						return
					}
				}
			}
		}
	}
}

// draft writes a form in a way.
func draft(a *model.API, f *classify.Form, w way) (serve.Form, bool) {
	var form serve.Form
	if w.marks {
		form.Before, form.After = f.After, f.Before
	}
	d := &document{isXML: f.Syntax == classify.XML}
	switch f.Syntax {
	case classify.Text:
		form.Syntax, form.Before = serve.Text, w.place[0]+form.Before
		d.fail(f, w.signs)
	case classify.Header:
		form.Syntax = serve.None
		d.header = []serve.Node{{Name: w.place[0], Value: serve.Code}}
		d.fail(f, w.signs)
	default:
		if d.isXML {
			form.Syntax = serve.XML
		}
		if !d.fill(a, f, w) {
			return form, false
		}
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
func (d *document) fill(a *model.API, f *classify.Form, w way) bool {
	isTaken := func(at classify.Path) bool {
		return slices.Equal(at, w.place) || slices.ContainsFunc(f.Message, func(m classify.Path) bool { return slices.Equal(at, m) })
	}
	code := serve.Code
	if w.isNumber {
		code = serve.NumberCode
	}
	if w.signs == knownSigns { // what the catalog calls failure says it best
		d.fail(f, w.signs)
	}
	if w.signs != noSigns {
		for i := range f.OK {
			if !isTaken(f.OK[i].At) && (w.signs == allSigns || len(f.OK) == 1 || hasFewValues(&f.OK[i])) {
				d.deny(&f.OK[i], false)
			}
		}
	}
	if !d.put(w.place, serve.Node{Value: code}) {
		return false
	}
	d.putFirst(f.Message, serve.Message)
	if w.signs != noSigns {
		for i := range f.OK {
			d.deny(&f.OK[i], true)
		}
	}
	if w.signs == allSigns {
		d.fail(f, w.signs)
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
func (d *document) fail(f *classify.Form, s signs) {
	for i := range f.Fail {
		if s == noSigns || s == knownSigns && !isKnown(&f.Fail[i]) {
			continue
		}
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
