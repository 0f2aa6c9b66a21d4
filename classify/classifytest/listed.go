package classifytest

import (
	"bytes"
	"net/http"

	"github.com/errkb/errkb/classify"
)

// Listed returns a handler that calls next, for a test of an API's own server. The test
// fails where next answers with what the catalog neither takes for success nor lists: with
// another code, or with a status that it has no entry for. A reply that is too long to be
// decided passes.
func Listed(t T, c *classify.Catalog, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := &tee{ResponseWriter: w}
		next.ServeHTTP(kept, r)
		reply := classify.Reply{
			Status:    kept.status,
			Header:    kept.header,
			Body:      kept.body.Bytes(),
			Cut:       kept.cut,
			Operation: c.OperationOf(r.Method, r.URL.EscapedPath()),
		}
		if kept.status == 0 { // net/http sends it
			reply.Status, reply.Header = http.StatusOK, w.Header()
		}
		t.Helper()
		if d := c.Classify(reply); d.Action != classify.OK && !d.Undecided() && (!d.Known || d.Entry.IsZero()) {
			t.Errorf("%s %s is answered with what the catalog does not list: %d %q: %s", r.Method, r.URL.Path, reply.Status, reply.Body, d.Why()[0])
		}
	})
}

// tee is a ResponseWriter that keeps what it writes, of the body no more than a client
// looks at.
type tee struct {
	http.ResponseWriter
	status int
	header http.Header
	body   bytes.Buffer
	cut    bool
}

func (w *tee) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status, w.header = status, w.Header().Clone()
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *tee) Write(body []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	part := body[:min(len(body), classify.MaxBody-w.body.Len())]
	w.body.Write(part)
	w.cut = w.cut || len(part) < len(body)
	return w.ResponseWriter.Write(body)
}

// Flush is there for handlers that ask for an http.Flusher.
func (w *tee) Flush() { http.NewResponseController(w.ResponseWriter).Flush() }

// Unwrap is for http.ResponseController.
func (w *tee) Unwrap() http.ResponseWriter { return w.ResponseWriter }
