package classify

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The methods in this file let the retry loops of other libraries follow a
// catalog. They fit the signatures of these libraries and import none.

// CheckRetry reports whether a request is to be sent again. It has the type of
// CheckRetry in github.com/hashicorp/go-retryablehttp; the error is the
// context's, once that has ended, and nil otherwise.
//
// The action has to be retry: wait_poll and resubmit are for the caller to follow.
// A request that may have taken effect is sent again by the rules of [Transport]; an
// Idempotency-Key counts only where there is a response, because an error does not
// show it. After a redirect, what counts is the first request, which the library sends
// again. The response keeps its whole body. The library counts the retries: set
// RetryMax to the policy's Retries.
func (c *Catalog) CheckRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	return c.sendsAgain(ctx, resp, err), nil
}

// Backoff returns the wait before retry n, where 0 is the first. It has the type
// of Backoff in github.com/hashicorp/go-retryablehttp. Without a response the wait is
// that for a broken connection, because the library does not say what went wrong. If
// the catalog has no wait, it is least, doubled each time, up to most.
func (c *Catalog) Backoff(least, most time.Duration, n int, resp *http.Response) time.Duration {
	var err error
	if resp == nil {
		err = FailureConnection
	}
	if d := c.decisionOn(contextOf(resp), resp, err); d.WaitSource() != WaitNone {
		return d.Wait(n)
	}
	policy := Policy{Growth: Exponential, Base: least, Factor: 2, Max: most}
	return policy.Wait(n, nil)
}

// Retryable reports whether a request is to be sent again, by the same rules as
// [Catalog.CheckRetry]. It has the type that HandleIf in
// github.com/failsafe-go/failsafe-go takes. Use the builder of its retrypolicy: the one
// of failsafehttp has its own rules, which Retryable could only add to. The library
// counts the tries and watches the context; with failsafehttp, leave the context to
// the request and don't give the executor another.
func (c *Catalog) Retryable(resp *http.Response, err error) bool {
	return c.sendsAgain(contextOf(resp), resp, err)
}

// RetryDelay returns the wait after an attempt, where 1 is the first call, or -1 if
// the catalog has none. It is for WithDelayFunc in
// github.com/failsafe-go/failsafe-go, whose attempt holds the three values.
func (c *Catalog) RetryDelay(resp *http.Response, err error, attempt int) time.Duration {
	if d := c.decisionOn(contextOf(resp), resp, err); d.WaitSource() != WaitNone {
		return d.Wait(attempt - 1)
	}
	return -1
}

// Marker returns a function that marks an error for the loop of
// github.com/cenkalti/backoff, given that package's Permanent and RetryAfter: to
// stop, with an [*Error] that says why, or to go on after a wait, by the same
// rules as [Do]. It counts the tries, so each loop needs its own marker. A nil
// error stays nil.
//
// RetryAfter is that of version 7; if yours takes seconds, wrap it. The library
// has its own limit on the whole call, which WithMaxElapsedTime sets.
func (c *Catalog) Marker(ctx context.Context, operation Operation, permanent func(error) error, retryAfter func(time.Duration, error) error) func(error) error {
	l := &loop{options: &Options{Catalog: c, Operation: operation}, start: time.Now()}
	return func(err error) error {
		if err == nil {
			return nil
		}
		l.attempts++
		wait, stop := l.decide(ctx, err)
		if stop != nil {
			return permanent(stop)
		}
		return retryAfter(wait, err)
	}
}

// sendsAgain decides whether a request is to be sent again after what came of it.
func (c *Catalog) sendsAgain(ctx context.Context, resp *http.Response, err error) bool {
	if _, ok := find[*Error](err); ok || stopOn(resp) != nil || gaveUp(err) {
		return false // a loop inside has given up already
	}
	d := c.decisionOn(ctx, resp, err)
	req := requestOf(resp, err)
	again := d.Resend(Attempt{
		Repeatable: req != nil && c.isRepeatable(req, d.Operation),
		Other:      d.Operation == "",
		Follows:    senderFollows,
	}).Again
	if again && err == nil {
		markTried(resp)
	}
	return again
}

// decisionOn decides about what came of a request: a response, an error, or
// neither.
func (c *Catalog) decisionOn(ctx context.Context, resp *http.Response, err error) Decision {
	switch {
	case err != nil:
		reply := replyOf(err)
		if reply.Operation == "" {
			reply.Operation = c.operationOf(ctx, requestOf(resp, err))
		}
		return c.Classify(reply)
	case resp == nil || c == nil:
		return Decision{}
	case resp.Request == nil:
		return c.outcomeTo(ctx, http.MethodGet, resp, true, c.operationOf(ctx, nil), &Options{}).settled()
	}
	if known, _ := resp.Request.Context().Value(decidedKey{}).(decided); known.of == resp && known.by == c {
		return known.decision
	}
	d := c.outcomeTo(ctx, method(resp.Request), resp, true, c.operationOf(ctx, requestOf(resp, nil)), &Options{}).settled()
	resp.Request = resp.Request.WithContext(context.WithValue(resp.Request.Context(), decidedKey{}, decided{resp, c, d}))
	return d
}

// decided is what was decided about a response. It is kept with the response's
// request: libraries ask more than once about a response, also when they have
// read and closed its body.
type decided struct {
	of       *http.Response
	by       *Catalog
	decision Decision
}

type decidedKey struct{}

// contextOf returns the context of the request that a response is of.
func contextOf(resp *http.Response) context.Context {
	if resp == nil || resp.Request == nil {
		return context.Background()
	}
	return resp.Request.Context()
}

// requestOf returns the request that an outcome is of, before any redirect, as far
// as that is known: an HTTP client's error names its method and URL.
func requestOf(resp *http.Response, err error) *http.Request {
	if resp != nil && resp.Request != nil {
		req := resp.Request
		for from := req.Response; from != nil && from.Request != nil; from = req.Response {
			req = from.Request
		}
		return req
	}
	failed, ok := find[*url.Error](err)
	if !ok {
		return nil
	}
	req, bad := http.NewRequest(strings.ToUpper(failed.Op), failed.URL, nil)
	if bad != nil {
		return nil
	}
	return req
}

// operationOf returns the operation that a context names, or else that of the
// request, which may be nil.
func (c *Catalog) operationOf(ctx context.Context, req *http.Request) Operation {
	a := askedOf(ctx)
	if req == nil {
		return copyOf(a).operation
	}
	return (&Transport{Options: Options{Catalog: c}}).operation(a, req)
}
