package classify

import (
	"cmp"
	"context"
	"net/http"
	"time"
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
// reply the start of the body is read, up to Look, for as long as Patience says. Some
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
	operation, timeout, start := t.operation(req), time.Duration(0), time.Time{}
	if timeout = t.timeout(operation); timeout > 0 || t.countsFromStart() {
		start = time.Now() // else it is read when a try fails first, as in Do
	}
	if ctx := req.Context(); ctx.Err() != nil {
		closeBody(req)
		return nil, t.trip(req, operation, timeout, time.Now()).loop.ended(ctx)
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
	if start.IsZero() {
		start = time.Now()
	}
	return t.trip(req, operation, timeout, start).resend(req.Context(), &got)
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

// trip is a request that did not succeed at once, with all its tries.
type trip struct {
	transport *Transport
	request   *http.Request // the caller's, never changed
	options   Options
	loop      loop
}

func (t *Transport) trip(req *http.Request, operation Operation, timeout time.Duration, start time.Time) *trip {
	trip := &trip{transport: t, request: req, options: t.Options}
	trip.options.Operation = operation
	trip.loop = loop{options: &trip.options, start: start, timeout: timeout}
	return trip
}

// resend sends the request again until there is something to hand back.
func (t *trip) resend(ctx context.Context, got *outcome) (*http.Response, error) {
	var again *http.Request
	defer func() { // what is left by an error, or by a panic in a hook
		closeResponse(got.resp)
		closeBody(again)
	}()
	for {
		wait, next, stop := t.next(ctx, got)
		if stop != nil {
			if got.resp == nil || ctx.Err() != nil {
				return nil, stop
			}
			return handBack(got.take(), t.request, stop), nil
		}
		again = next
		t.loop.tell(ctx, wait)
		closeResponse(got.take())
		if !sleep(ctx, wait) {
			return nil, t.loop.ended(ctx)
		}
		again = nil // its body is the base's to close
		resp, err := t.transport.send(next, t.options.Operation, t.loop.timeout)
		*got = outcome{}
		t.transport.judge(got, next, t.options.Operation, resp, err)
		if !got.undecided && got.decision.Action != OK {
			continue
		}
		if got.resp.Request == next {
			got.resp.Request = t.request
		}
		if got.undecided {
			return t.transport.handBackUndecided(got, t.request), nil
		}
		t.options.Budget.Refill()
		return got.take(), nil
	}
}

// next counts a try, and returns the wait before another and the request for it,
// or why there is none.
func (t *trip) next(ctx context.Context, got *outcome) (time.Duration, *http.Request, error) {
	l := &t.loop
	l.attempts++
	l.last, l.decision = got.err(), got.decision
	inner, ok := find[*Error](l.last)
	if ok || stopOn(got.resp) != nil {
		return 0, nil, cmp.Or(inner, stopOn(got.resp)) // a loop in the base has given up already
	}
	if why, calls, tried := triedBefore(got.reply.Header, &l.decision); tried {
		return 0, nil, l.triedInside(ctx, why, calls)
	}
	if stop := l.ended(ctx); stop != nil {
		return 0, nil, stop
	}
	if l.decision.Action == WaitPoll {
		t.options.Hooks.GiveUp = nil // it is not a failure
	}
	wait, reason, goesOn := l.next(Attempt{
		Repeatable: t.options.Repeatable || t.options.Catalog.isRepeatable(t.request, t.options.Operation),
		Other:      t.options.Operation == "",
		Follows:    senderFollows,
	})
	if !goesOn {
		return 0, nil, l.stop(ctx, reason, nil)
	}
	if cause := l.tooLate(ctx, wait); cause != nil {
		return 0, nil, l.stop(ctx, ReasonDeadline, cause)
	}
	again, err := rewind(t.request)
	if again == nil {
		return 0, nil, l.stop(ctx, ReasonBody, err)
	}
	if !t.options.Budget.Take() {
		closeBody(again)
		return 0, nil, l.stop(ctx, ReasonBudget, nil)
	}
	return wait, again, nil
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

// rewind returns a copy of the request with its body from the start, or nil if
// the body can't be read again, and then why that failed, if it was tried.
func rewind(req *http.Request) (*http.Request, error) {
	again := req.WithContext(req.Context())
	if req.Body == nil || req.Body == http.NoBody {
		return again, nil
	}
	if req.GetBody == nil {
		return nil, nil
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
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
