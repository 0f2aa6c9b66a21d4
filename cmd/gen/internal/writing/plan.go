// Package writing works out how the server of an API writes its errors: the documents of its
// reply forms, and which status each code comes with. It tries each of them with the
// classifier, so that nothing is planned that the clients of the catalog don't read back as
// the same entry. Package golang writes the plan as code for package serve.
package writing

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Plan is how the server of an API writes its errors.
type Plan struct {
	API  serve.API
	Made []Made // in the order of the catalog

	// LeftOut are forms that are not written, and Refused is what stands in the way of
	// writing anything.
	LeftOut, Refused []Fault
}

// Made is an entry that gets a function.
type Made struct {
	Entry *model.Entry
	Serve serve.Entry
}

// Fault is what can't be written, and why.
type Fault struct {
	Form  int          // its position in the API; -1 where it is an entry
	Entry *model.Entry // nil where it is a form
	Why   string
}

// New plans an API's server.
func New(a *model.API) *Plan {
	p := &Plan{API: serve.API{Name: a.Name, RequestID: headerOf(a.RequestID), Field: headerOf(a.Field), Delay: placeOf(a.Delays, true)}}
	t := newTrial(a, &p.API)
	entries := made(a)
	var problems serve.Form
	for i := range a.Forms {
		f := &a.Forms[i]
		if f.In == classify.InSSE || f.In == classify.InNDJSON {
			p.LeftOut = append(p.LeftOut, Fault{Form: i, Why: "it is a stream, which a handler has begun by the time of the error"})
			continue
		}
		if len(f.Code) == 0 {
			continue // it only says success
		}
		form, ok := t.best(sample(entries), drafts(a, f))
		if !ok && len(entries) > maxSample {
			form, ok = t.best(entries, drafts(a, f))
		}
		if ok {
			form.Name = nameOf(f.Syntax, p.API.Forms)
			p.API.Forms = append(p.API.Forms, form)
			if problems.Name == "" && f.In == classify.InBody && mayBeProblem(form) {
				problems = problem(form)
			}
		} else if len(entries) > 0 {
			p.LeftOut = append(p.LeftOut, Fault{Form: i, Why: "whatever is written so, the catalog reads it as something else"})
		}
	}
	t.addHeaders(sample(entries))
	if problems.Name != "" && t.writes(sample(entries), problems) > 0 {
		p.API.Forms = append(p.API.Forms, problems)
	}
	for _, e := range entries {
		made, ok := t.entry(e)
		if slices.Contains(model.ServerNames, e.Go) {
			p.Refused = append(p.Refused, Fault{Form: -1, Entry: e, Why: "its Go name " + e.Go + " is that of a function of every such package: name it with go:"})
			continue
		}
		if !ok {
			p.Refused = append(p.Refused, Fault{Form: -1, Entry: e, Why: "no form can hold it so that the catalog reads it back"})
			continue
		}
		p.Made = append(p.Made, Made{e, made})
	}
	p.API.Internal, p.API.Unavailable = t.bare(http.StatusInternalServerError), t.bare(http.StatusServiceUnavailable)
	return p
}

// made are the entries that a server writes: codes and prefixes of codes that are in use and
// not success.
func made(a *model.API) []*model.Entry {
	return slices.DeleteFunc(slices.Concat(a.Codes, a.Prefixes), func(e *model.Entry) bool {
		return e.Retired != nil || e.Action == classify.OK
	})
}

// maxSample is how many entries a form is chosen by: each is then tried in it.
const maxSample = 100

// sample returns some of many entries, from all parts of the catalog.
func sample(entries []*model.Entry) []*model.Entry {
	if len(entries) <= maxSample {
		return entries
	}
	some := make([]*model.Entry, maxSample)
	for i := range some {
		some[i] = entries[i*len(entries)/maxSample]
	}
	return some
}

// newEntry is an entry without what has to be tried.
func newEntry(e *model.Entry) serve.Entry {
	made := serve.Entry{Code: e.Code, Title: e.Meaning, URL: e.URL()}
	text, args := e.Sent()
	made.Message = text
	for _, one := range args {
		made.Args = append(made.Args, one.Name)
	}
	if e.Kind == classify.KindPrefix {
		made.Code = e.Code[:len(e.Code)-1]
	}
	at := placeOf(e.API.Delays, true)
	if e.Delays != nil {
		at = placeOf(e.Delays, false)
		made.Delay = at
	}
	made.Wait = waitOf(e, at.Unit)
	return made
}

// statuses are those that a code may come with, the first that is read back counts: those
// that the catalog names, those of its examples, and what HTTP has for who is at fault.
func statuses(e *model.Entry) []int {
	all := slices.Clone(e.Statuses)
	for _, x := range e.Examples {
		all = append(all, x.Status)
	}
	fault := http.StatusBadRequest
	if e.Action.Waits() {
		fault = http.StatusServiceUnavailable
	}
	all = append(all, fault, http.StatusOK)
	seen := make(map[int]bool)
	return slices.DeleteFunc(all, func(status int) bool {
		again := seen[status]
		seen[status] = true
		return again || status < 200 || status == http.StatusNoContent || status == http.StatusNotModified
	})
}

// waitOf returns what an entry's replies say of the wait if the handler says nothing. A wait
// that grows is left to the client: told the first one each time, it would not grow.
func waitOf(e *model.Entry, unit time.Duration) time.Duration {
	p := e.Policy
	isSaid := e.Action == classify.Retry || e.Action.Waits() && len(e.API.Delays)+len(e.Delays) > 0
	if p == nil || !isSaid || p.Growth != classify.Constant || p.Base <= 0 {
		return 0
	}
	if rounded := (p.Base + unit - 1).Truncate(unit); !p.Obeys(rounded) {
		return 0 // the client would give up
	}
	return p.Base
}

// placeOf returns where replies say how long to wait: at the first place of some that takes a
// number, and in Retry-After if there is none. Not all have a place in the body.
func placeOf(places []classify.Delay, inBody bool) serve.Delay {
	place := firstDelay(places)
	if place.Header == "" && (place.At == nil || !inBody) {
		place = classify.Delay{Header: "Retry-After"}
	}
	return serve.Delay{Header: place.Header, Unit: cmp.Or(place.Unit, time.Second), IsTime: place.As == classify.AsTime}
}

// firstDelay returns the first of some places that a number can be written to.
func firstDelay(places []classify.Delay) classify.Delay {
	for _, place := range places {
		if place.Code == "" && place.As != classify.AsRateLimit {
			return place
		}
	}
	return classify.Delay{}
}
