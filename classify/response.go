package classify

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify/packed"
)

// outcome is what came of one try.
type outcome struct {
	resp     *http.Response // nil if none came
	reply    Reply
	decision Decision

	undecided bool // nobody read what could tell success from failure
}

// outcomeTo decides about the response to a request with a method. The outcome's
// response has its whole body to be read, and is a copy where the caller does not
// hold the given one. The reply has an Err if the body breaks off or the context
// ends. What can't tell by the rules of HTTP passes as a success, if its status is below
// 400 and no entry covers it, and so does a stream whose first event says nothing; what
// could tell, and was not read, is undecided.
func (c *Catalog) outcomeTo(ctx context.Context, method string, resp *http.Response, held bool, operation Operation, o *Options) (a outcome) {
	a.of(c, ctx, method, resp, held, operation, o)
	return a
}

// of makes an empty outcome that of a response.
func (a *outcome) of(c *Catalog, ctx context.Context, method string, resp *http.Response, held bool, operation Operation, o *Options) {
	a.resp = resp
	a.reply.Status, a.reply.Header, a.reply.Operation, a.reply.look = resp.StatusCode, resp.Header, operation, o.Look
	if c.succeedsByHeader(&a.reply) {
		a.decision.Action = OK
		return
	}
	stream := isStream(resp)
	tells := canTell(method, resp)
	if stream { // which may be silent for long, and is not waited for where that can't be bounded
		tells = tells && c.readsStream(resp.Header) && !(held && mayHaveTrailers(resp))
	}
	switch {
	case tells && resp.StatusCode < 400 && isEncoded(resp.Header):
		a.reply.Cut = true
	case tells:
		most := o.limits(c, operation)
		if stream {
			most.enough = enoughOf(resp.Header)
		}
		seen := peek(ctx, resp, held, most)
		a.resp, a.reply.Body, a.reply.Cut, a.reply.Err = seen.resp, seen.start, !seen.told, seen.err
	}
	if resp.StatusCode >= 400 {
		a.reply.Err = nil // such a status needs no body
	}
	a.decision.of(c, &a.reply)
	if a.reply.Cut && !stream && a.decision.isByStatus() && !isPlain(a.reply.Body) {
		a.decision = c.saysNothing(&a.reply)
	}
	if (!tells || stream) && resp.StatusCode < 400 && a.decision.saysNothing() {
		a.decision = Decision{Action: OK}
	}
	a.undecided = a.decision.undecided()
}

// settled returns the decision for those who can't tell a reply that is undecided: it
// is not sent again.
func (a outcome) settled() Decision {
	if a.undecided {
		return Decision{Action: OK}
	}
	return a.decision
}

// take returns the response, for another to close.
func (a *outcome) take() *http.Response {
	resp := a.resp
	a.resp = nil
	return resp
}

// err returns an outcome that is not a success as an error.
func (a *outcome) err() error {
	if a.resp == nil || a.reply.Err != nil {
		return a.reply.Err
	}
	return &ReplyError{Reply: a.reply}
}

// succeedsByStatus reports whether a status alone is known to say success: in a catalog
// that asks neither the header nor the body.
func (c *Catalog) succeedsByStatus(status int, operation Operation) bool {
	return status < 400 && !c.has(packed.FactSign) && !c.has(packed.FactHeader) &&
		c.statusEntry(status).isOK(operation) && !c.bodyMayDeny(operation)
}

// succeedsByHeader reports whether a reply is a success by its status or header,
// in a catalog that asks for no more.
func (c *Catalog) succeedsByHeader(r *Reply) bool {
	if c.succeedsByStatus(r.Status, r.Operation) {
		return true
	}
	if r.Status >= 400 || c.bodyMayDeny(r.Operation) {
		return false
	}
	d := document{reply: r}
	tests, passes := 0, false
	for i := range c.Forms {
		for j := range c.Forms[i].OK {
			test := &c.Forms[i].OK[j]
			if test.Kind != StatusIs && test.Kind != HeaderEquals {
				return false
			}
			tests++
			held, _ := test.holds(&d)
			passes = passes || held != notHeld
		}
	}
	if tests == 0 {
		return c.Classify(*r).Action == OK
	}
	if !passes || !c.has(packed.FactHeader) {
		return passes
	}
	said := c.Read(*r)
	return !said.Failed && said.prefixed == 0 && (said.listed == 0 || c.code(said.listed).isOK(r.Operation))
}

// bodyMayDeny reports whether a body can make a failure, in an operation, of a reply
// whose status says success.
func (c *Catalog) bodyMayDeny(operation Operation) bool {
	if c.Facts != 0 && !c.has(packed.FactDenies) {
		return false
	}
	return c.mayDeny(func(e View) bool { return !e.isOK(operation) })
}

// canTell reports whether the body of a response is worth a look. Some responses
// have none by the rules of HTTP (RFC 9110 section 6.4.1), or have a part of a
// document, a connection or a stream; a redirect's is for nobody. Where the response is
// likely to be thrown away, that is not a reason: a short body that has been read frees
// its connection.
func canTell(method string, resp *http.Response) bool {
	status, h := resp.StatusCode, resp.Header
	switch {
	case status < 200:
		return false
	case status >= 400:
		return true
	}
	switch method {
	case http.MethodHead, http.MethodConnect:
		return false
	}
	switch status {
	case http.StatusNoContent, http.StatusResetContent, http.StatusPartialContent, http.StatusNotModified:
		return false
	}
	return status < 300 || header(h, "Location") == ""
}

// readsStream reports whether a form reads the start of a stream: the first event of one of
// events, or the first line of one of lines.
func (c *Catalog) readsStream(h http.Header) bool {
	media := mediaType(h)
	wrapping := InNDJSON
	switch {
	case media == "text/event-stream":
		wrapping = InSSE
	case !slices.Contains(streamTypes[:], media):
		return false
	}
	return slices.ContainsFunc(c.Forms, func(f Form) bool { return f.In == wrapping })
}

// isStream reports whether a body may go on without an end, as one of events does, one of
// records or parts whose length nobody knows ahead, and one of frames, sound or moving
// pictures, in which there is no code.
func isStream(resp *http.Response) bool {
	media := mediaType(resp.Header)
	switch family, _, _ := strings.Cut(media, "/"); {
	case media == "text/event-stream", family == "video", family == "audio", strings.HasPrefix(media, "application/grpc"):
		return true
	case resp.ContentLength >= 0:
		return false
	case family == "multipart":
		return true
	}
	return slices.Contains(streamTypes[:], media)
}

// streamTypes are the media types of records that follow each other, in lower case.
var streamTypes = [...]string{
	"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines",
	"application/json-seq", "application/geo+json-seq", "application/stream+json", "application/x-json-stream",
	"application/vnd.amazon.eventstream",
}

// mediaType returns the type of a body in lower case, without parameters.
func mediaType(h http.Header) string {
	media, _, _ := strings.Cut(header(h, "Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(media))
}

func isEncoded(h http.Header) bool {
	encoding := header(h, "Content-Encoding")
	return encoding != "" && !strings.EqualFold(encoding, "identity")
}
