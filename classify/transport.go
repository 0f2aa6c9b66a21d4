package classify

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Transport is an http.RoundTripper that sends a request again where the catalog
// says so. The zero value with a Catalog is ready for use; it is safe for
// concurrent use, and its fields must not be changed once it is in use.
//
// A reply that calls for no other try is handed back as it came, its whole body
// readable, also when the retries are used up; [ErrorOf] then tells why. Where no
// reply came, the error is an [*Error].
//
// A request is sent again only if its body can be had again through GetBody, and,
// where it may have taken effect already, only if that does no harm: if the
// operation is repeatable, the method idempotent (RFC 9110 section 9.2.2), or
// the request has an Idempotency-Key. The actions wait_poll and resubmit are the
// caller's to follow, by [Do] or [Job].
type Transport struct {
	Options

	// Base sends the requests; nil for http.DefaultTransport. Options.Timeout
	// bounds its time up to the header of the reply, not the reading of the body.
	Base http.RoundTripper
}

type operationKey struct{}

// WithOperation returns a context that names the operation of the requests made
// with it, for a [Transport]. Without it the operation is found by method and
// path.
func WithOperation(ctx context.Context, operation Operation) context.Context {
	return context.WithValue(ctx, operationKey{}, operation)
}

// RoundTrip sends the request, and sends it again as the catalog says.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	start, operation := time.Now(), t.operation(req)
	ctx := req.Context()
	if ctx.Err() != nil {
		closeBody(req)
		return nil, t.trip(req, operation, start).loop.ended(ctx)
	}
	timeout := t.timeout(operation)
	resp, err := t.send(req, timeout)
	if err == nil && resp.StatusCode < 400 && !t.Catalog.tellsSuccessInBody() {
		t.Budget.Refill()
		return resp, nil
	}
	trip := t.trip(req, operation, start)
	for {
		trip.loop.attempts++
		if err == nil && trip.accepts(resp) {
			t.Budget.Refill()
			return resp, nil
		}
		wait, next, stop := trip.next(ctx, err)
		if stop != nil {
			return giveBack(resp, stop)
		}
		closeResponse(resp)
		if !sleep(ctx, wait) {
			closeBody(next)
			return nil, trip.loop.ended(ctx)
		}
		resp, err = t.send(next, timeout)
	}
}

// timeout is the time of one try.
func (t *Transport) timeout(operation Operation) time.Duration {
	if t.Timeout != 0 || operation == "" || t.Catalog == nil {
		return t.Timeout
	}
	endpoint, _ := t.Catalog.Endpoint(operation)
	return endpoint.Timeout
}

// trip is one request with all its tries.
type trip struct {
	loop    loop
	options Options
	request *http.Request // the caller's, never changed
}

func (t *Transport) trip(req *http.Request, operation Operation, start time.Time) *trip {
	trip := &trip{options: t.Options, request: req}
	trip.options.Operation = operation
	trip.loop = loop{options: &trip.options, start: start}
	return trip
}

// send makes one try. Its time ends with the header of the reply: the body is
// read in the caller's own time.
func (t *Transport) send(req *http.Request, timeout time.Duration) (*http.Response, error) {
	base := t.Base
	if base == nil {
		base = http.DefaultTransport
	}
	if timeout <= 0 {
		return base.RoundTrip(req)
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	timer := time.AfterFunc(timeout, func() { cancel(errAttemptTimeout) })
	done := false
	defer func() {
		timer.Stop()
		if !done {
			cancel(nil)
		}
	}()
	resp, err := base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return resp, err
	}
	if !timer.Stop() { // the time ended with the header just there
		closeResponse(resp)
		return nil, errAttemptTimeout
	}
	done = true
	resp.Body = &ownedBody{ReadCloser: resp.Body, release: func() { cancel(nil) }}
	return resp, nil
}

// accepts decides about a reply, and reports whether it is for the caller and
// counts as a success.
func (t *trip) accepts(resp *http.Response) bool {
	c := t.options.Catalog
	if c == nil || resp.StatusCode < 400 && !c.tellsSuccessInBody() {
		return true
	}
	reply := Reply{Status: resp.StatusCode, Header: resp.Header, Body: peek(resp), Operation: t.options.Operation}
	t.loop.last, t.loop.decision = &ReplyError{Reply: reply}, c.Classify(reply)
	return t.loop.decision.Action == OK
}

// next returns the request for another try and the wait before it, or why there
// is none.
func (t *trip) next(ctx context.Context, err error) (time.Duration, *http.Request, error) {
	l := &t.loop
	if err != nil {
		l.last = err
		l.decision = t.options.Catalog.Classify(Reply{Err: err, Operation: t.options.Operation})
	}
	if stop := l.ended(ctx); stop != nil {
		return 0, nil, stop
	}
	if l.decision.Action == WaitPoll {
		return 0, nil, l.stop(ctx, ReasonDecision, nil)
	}
	safe := !l.decision.ambiguous(err) || t.options.repeatable() || isIdempotent(t.request)
	wait, reason := l.next(safe)
	if reason != goOn {
		return 0, nil, l.stop(ctx, reason, nil)
	}
	if cause := l.tooLate(ctx, wait); cause != nil {
		return 0, nil, l.stop(ctx, ReasonDeadline, cause)
	}
	again, failed := rewind(t.request)
	if again == nil {
		return 0, nil, l.stop(ctx, ReasonBody, failed)
	}
	if !t.options.Budget.Take() {
		closeBody(again)
		return 0, nil, l.stop(ctx, ReasonBudget, nil)
	}
	l.tell(ctx, wait)
	return wait, again, nil
}

// rewind returns a copy of the request with its body from the start, or nil if
// the body can't be had again, and then why that failed, if it was tried.
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

// isIdempotent reports whether sending a request twice is the same as sending it
// once: by its method, or by a key that lets the server tell.
func isIdempotent(req *http.Request) bool {
	switch req.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return header(req.Header, "Idempotency-Key") != "" || header(req.Header, "X-Idempotency-Key") != ""
}

// operation returns the operation that a request is of: the one that its context
// names, the one of the options, or the one with its method and path.
func (t *Transport) operation(req *http.Request) Operation {
	if named, ok := req.Context().Value(operationKey{}).(Operation); ok {
		return named
	}
	if t.Operation != "" || t.Catalog == nil {
		return t.Operation
	}
	for i := range t.Catalog.Endpoints {
		e := &t.Catalog.Endpoints[i]
		if e.Path == "" || e.Method != "" && e.Method != method(req) {
			continue
		}
		if matchesPath(e.Path, req.URL.Path) {
			return e.Operation
		}
	}
	return ""
}

func method(req *http.Request) string {
	if req.Method == "" {
		return http.MethodGet
	}
	return req.Method
}

// matchesPath compares a path with that of an endpoint, in which a segment such
// as {id} stands for any. A slash at the end does not count.
func matchesPath(pattern, path string) bool {
	pattern, path = strings.Trim(pattern, "/"), strings.Trim(path, "/")
	for {
		wanted, morePattern, _ := strings.Cut(pattern, "/")
		got, morePath, _ := strings.Cut(path, "/")
		isAny := strings.HasPrefix(wanted, "{") && strings.HasSuffix(wanted, "}") && got != ""
		if wanted != got && !isAny {
			return false
		}
		if morePattern == "" || morePath == "" {
			return morePattern == morePath
		}
		pattern, path = morePattern, morePath
	}
}

// tellsSuccessInBody reports whether a reply's body has to be read to know
// whether it is a success.
func (c *Catalog) tellsSuccessInBody() bool {
	if c == nil {
		return false
	}
	for i := range c.Forms {
		for j := range c.Forms[i].OK {
			if kind := c.Forms[i].OK[j].Kind; kind != StatusIs && kind != HeaderEquals {
				return true
			}
		}
	}
	return false
}
