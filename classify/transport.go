package classify

import (
	"net/http"
	"time"

	"github.com/errkb/errkb/classify/packed"
)

// Transport is an http.RoundTripper that sends a request again where the catalog
// says so. The zero value with a Catalog is ready for use; it is safe for
// concurrent use, and its fields must not be changed once it is in use.
//
// A reply after which no other try is made is returned unchanged, with its whole body
// readable, even if the retries are used up; [ErrorOf] then tells why. If there was no
// reply, the error is an [*Error].
//
// A request is sent again only if its body can be read again through GetBody. If it
// may have taken effect already, it must also do no harm twice: the catalog says that
// the operation is repeatable, or the method is idempotent (RFC 9110 section 9.2.2) and
// the catalog does not have the operation, or the request has an Idempotency-Key. The
// actions wait_poll and resubmit are for the caller to follow, with [Do] or [Job]: such
// a reply is returned at once.
//
// If the catalog recognises success by the status or the header, and lists no code that
// may come with a status below 400, the body of a success is not read at all. Of any other
// reply the start of the body is read, up to Look, for as long as Patience says; a body that
// has a method Len, by which it lies in memory as a whole, costs no goroutine. Some
// bodies can't tell by the rules of HTTP: of a reply to HEAD, a redirect, a part of a
// document. Nor can a stream of events, but for the first one, where a form reads events.
// Such a reply is a success if its status is below 400 and the catalog does not list the
// status. A body that is compressed, late or longer counts by what was read of it; if that
// says neither success nor failure, the reply is returned and is [Undecided].
type Transport struct {
	Options

	// Base sends the requests; nil for http.DefaultTransport. Options.Timeout
	// bounds its time up to the header of the reply, not the reading of the body.
	Base http.RoundTripper
}

// RoundTrip sends the request, and sends it again as the catalog says.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	asked := askedOf(ctx)
	if asked != nil && len(asked.changes) > 0 {
		t = t.with(asked)
	}
	operation, timeout, start := t.operation(asked, req), time.Duration(0), time.Time{}
	watched := t.isWatched()
	if timeout = t.timeout(operation); timeout > 0 || watched || t.Catalog != nil && t.Catalog.has(packed.FactWithin) {
		start = time.Now() // else it is read when a try fails first, as in Do
	}
	if watched || ctx.Err() != nil {
		return t.trip(req, operation, timeout, start).begin(ctx)
	}
	resp, err := t.send(req, operation, timeout)
	if err == nil && resp != nil && (t.Catalog == nil || t.Catalog.succeedsByStatus(resp.StatusCode, operation)) {
		t.Budget.Refill()
		return resp, nil
	}
	var got outcome
	t.judge(&got, req, operation, resp, err)
	if got.undecided {
		return t.handBackUndecided(&got, req), nil
	}
	if got.decision.Action == OK {
		t.Budget.Refill()
		return got.resp, nil
	}
	trip := t.trip(req, operation, timeout, start)
	trip.loop.attempts = 1
	return trip.resend(ctx, &got)
}

// handBackUndecided hands back a reply of which nobody knows whether it is a success.
func (t *Transport) handBackUndecided(got *outcome, req *http.Request) *http.Response {
	defer func() { closeResponse(got.take()) }() // what is left by a panic in the hook
	if hook := t.Hooks.Undecided; hook != nil {
		hook(req.Context(), got.decision)
	}
	return handBack(got.take(), req, nil)
}

// CloseIdleConnections closes those of the base; http.Client calls it.
func (t *Transport) CloseIdleConnections() {
	if base, ok := t.base().(interface{ CloseIdleConnections() }); ok {
		base.CloseIdleConnections()
	}
}

func (t *Transport) base() http.RoundTripper {
	if t.Base == nil {
		return http.DefaultTransport
	}
	return t.Base
}

// judge makes an empty outcome that of what came back for a request.
func (t *Transport) judge(got *outcome, req *http.Request, operation Operation, resp *http.Response, err error) {
	switch {
	case err != nil || resp == nil:
		got.reply.Err, got.reply.Operation = err, operation
		got.decision.of(t.Catalog, &got.reply)
		t.decide(&got.decision)
	case t.Catalog == nil:
		got.resp, got.decision.Action = resp, OK
	default:
		got.of(t.Catalog, req.Context(), method(req), resp, false, operation, &t.Options)
		if !got.undecided {
			t.decide(&got.decision)
		}
	}
}

// send has the base send a request, within the time of one try.
func (t *Transport) send(req *http.Request, operation Operation, timeout time.Duration) (resp *http.Response, err error) {
	if req.Body != nil {
		if sent, body := watched(req); body != nil {
			resp, err := t.send(sent, operation, timeout)
			return body.answered(req, sent, resp, err)
		}
	}
	returned := false
	defer func() {
		if !returned { // but panicked
			closeBody(req)
		}
	}()
	if timeout > 0 {
		resp, err = t.sendWithin(timeout, req, operation)
	} else {
		resp, err = t.base().RoundTrip(req)
	}
	returned = true
	return resp, err
}

// isRepeatable reports whether a request can be sent twice without harm by what
// shows in it: a key that lets the server tell, or an idempotent method. Where the
// catalog has the operation, the catalog's word counts instead of the method.
func (c *Catalog) isRepeatable(req *http.Request, operation Operation) bool {
	if header(req.Header, "Idempotency-Key") != "" || header(req.Header, "X-Idempotency-Key") != "" {
		return true
	}
	if c != nil && operation != "" {
		if _, ok := c.Endpoint(operation); ok {
			return false
		}
	}
	return IsIdempotent(method(req))
}

// IsIdempotent reports whether a request with an HTTP method has the same effect
// if it is sent twice (RFC 9110 section 9.2.2).
func IsIdempotent(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// rewind returns the request to send again: with a body, a copy that has it from the start,
// or nil if the body can't be read again, and then why that failed, if it was tried.
func rewind(req *http.Request) (*http.Request, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return req, nil
	}
	if req.GetBody == nil {
		return nil, nil
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	again := req.WithContext(req.Context())
	again.Body = body
	return again, nil
}

func closeResponse(resp *http.Response) {
	if resp != nil && resp.Body != nil {
		resp.Body.Close()
	}
}

func closeBody(req *http.Request) {
	if req != nil && req.Body != nil {
		req.Body.Close()
	}
}
