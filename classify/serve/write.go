package serve

import (
	"context"
	"errors"
	"log"
	"net/http"
	"slices"
	"time"
)

// Responder answers requests with the errors of an API. Only API is needed.
type Responder struct {
	API *API

	// Form is the name of the form in which errors are written, such as json or problem.
	// Empty takes the one that the request's Accept field wants most, and of several such
	// the first.
	Form string

	// Map, if it is set, returns the error of the API that another one stands for, such as
	// that of a missing row, or nil.
	Map func(*http.Request, error) *Error

	// Log, if it is set, is told every error that is answered, with its cause. If it is nil,
	// what the catalog does not list goes to the ErrorLog of the http.Server.
	Log func(*http.Request, error)
}

// Write answers a request with an error: with that of the API which it is or wraps, or
// which Map returns for it; with a status of 503 if it is the end of a context; and else with
// one of 500. Nothing that it wraps is sent. The header must not have been written yet.
func (s Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	e, listed := s.find(r, err)
	s.log(r, err, listed)
	p := reply{Error: e, form: s.form(r, e.entry), requestID: s.requestID(w, r), now: time.Now()}
	h := w.Header()
	for _, name := range [...]string{"Content-Length", "Content-Encoding", "Content-Type", "Etag", "Last-Modified", "Cache-Control"} {
		h.Del(name) // which a handler may have set for a success
	}
	p.header(h)
	if len(s.API.Forms) > 1 && s.Form == "" {
		h.Add("Vary", "Accept")
	}
	body := p.body()
	if len(body) > 0 {
		h.Set("Content-Type", p.form.MediaType)
		h.Set("X-Content-Type-Options", "nosniff")
	}
	w.WriteHeader(e.Status())
	w.Write(body)
}

// Write answers a request with an error, as [Responder.Write] does.
func (a *API) Write(w http.ResponseWriter, r *http.Request, err error) {
	Responder{API: a}.Write(w, r, err)
}

// find returns the error of the API to answer with, and whether the catalog has a code for
// it.
func (s Responder) find(r *http.Request, err error) (e *Error, listed bool) {
	if e, ok := errors.AsType[*Error](err); ok && !e.isNone() && e.api == s.API {
		return e, true
	}
	if s.Map != nil && err != nil {
		if e := s.Map(r, err); !e.isNone() && e.api == s.API {
			return e, true
		}
	}
	if errors.Is(err, context.DeadlineExceeded) || err != nil && r.Context().Err() != nil {
		return New(s.API, &s.API.Unavailable), false
	}
	return New(s.API, &s.API.Internal), false
}

// log tells of an error that is answered.
func (s Responder) log(r *http.Request, err error, listed bool) {
	if s.Log != nil {
		s.Log(r, err)
		return
	}
	if listed || errors.Is(err, context.Canceled) {
		return
	}
	print := log.Printf
	if server, ok := r.Context().Value(http.ServerContextKey).(*http.Server); ok && server.ErrorLog != nil {
		print = server.ErrorLog.Printf
	}
	print("%s: answered %s %s with an error that is not in the catalog: %v", s.API.Name, r.Method, r.URL.EscapedPath(), err)
}

// bare is the form of what no form holds.
var bare = Form{Syntax: None}

// form returns the form in which a request is answered.
func (s Responder) form(r *http.Request, e *Entry) *Form {
	best, most := &bare, -1.0
	for i := range s.API.Forms {
		form := &s.API.Forms[i]
		if slices.Contains(e.Skip, i) {
			continue
		}
		wanted := 0.0
		switch {
		case s.Form == "":
			wanted = accepted(r.Header, form.MediaType)
		case s.Form == form.Name:
			wanted = 1
		}
		if wanted > most {
			best, most = form, wanted
		}
	}
	return best
}

type requestIDKey struct{}

// WithRequestID returns a context with the server's name for a request, which errors then
// are sent with, where the catalog says where a reply has it.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// requestID returns the server's name for a request: that of the context, or the one that is
// in the header of the reply already.
func (s Responder) requestID(w http.ResponseWriter, r *http.Request) string {
	if id, ok := r.Context().Value(requestIDKey{}).(string); ok && id != "" {
		return id
	}
	if s.API.RequestID == "" {
		return ""
	}
	return w.Header().Get(s.API.RequestID)
}
