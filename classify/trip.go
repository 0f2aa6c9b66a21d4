package classify

import (
	"cmp"
	"context"
	"net/http"
	"time"
)

// trip is a request through a [Transport] with all its tries: one that did not succeed at
// once, or one of which somebody is told.
type trip struct {
	transport *Transport
	request   *http.Request // the caller's, never changed
	options   Options
	reply     Reply // the last one
	loop      loop
}

// trip makes one that has begun at a time, or begins now if that is zero.
func (t *Transport) trip(req *http.Request, operation Operation, timeout time.Duration, start time.Time) *trip {
	if start.IsZero() {
		start = time.Now()
	}
	trip := &trip{transport: t, request: req, options: t.Options}
	trip.options.Operation = operation
	trip.loop = loop{options: &trip.options, start: start, timeout: timeout}
	if req.URL != nil {
		trip.loop.host = req.URL.Host
	}
	return trip
}

// begin sends the request for the first time, and again until there is something to hand
// back.
func (t *trip) begin(ctx context.Context) (*http.Response, error) {
	if stop := t.loop.begin(ctx); stop != nil {
		closeBody(t.request)
		return nil, t.loop.end(ctx, stop)
	}
	var got outcome
	defer func() { closeResponse(got.take()) }() // what is left by a panic in a hook
	if resp, over := t.try(ctx, t.request, &got); over {
		return resp, nil
	}
	return t.resend(ctx, &got)
}

// try sends a request, which is the caller's or a copy, and returns the response if it is
// one to hand back without a look at the catalog's policies.
func (t *trip) try(ctx context.Context, req *http.Request, got *outcome) (resp *http.Response, over bool) {
	sent := req
	if attempt, own := t.loop.starting(ctx); own {
		sent = req.WithContext(attempt)
	}
	resp, err := t.transport.send(sent, t.options.Operation, t.loop.timeout)
	latency := t.loop.latency()
	*got = outcome{}
	t.transport.judge(got, sent, t.options.Operation, resp, err)
	if got.resp != nil && got.resp.Request == sent {
		got.resp.Request = t.request
	}
	t.tell(ctx, latency, got)
	switch {
	case got.undecided:
		resp = t.transport.handBackUndecided(got, t.request)
	case got.decision.Action == OK:
		t.options.Budget.Refill()
		resp = got.resp
	default:
		return nil, false
	}
	t.loop.end(ctx, nil)
	got.take()
	return resp, true
}

// tell tells of a try, if somebody is to be told.
func (t *trip) tell(ctx context.Context, latency time.Duration, got *outcome) {
	l := &t.loop
	if t.options.Hooks.Attempt == nil && t.options.Hooks.Done == nil {
		return
	}
	l.decision = got.decision
	if got.undecided || got.decision.Action == OK {
		l.last, l.answered = nil, nil
		l.decision.Operation, l.decision.Status = t.options.Operation, got.resp.StatusCode
		l.tried(ctx, latency, &l.decision, nil)
		return
	}
	err := got.err()
	if why, ok := find[*Error](err); ok {
		l.decision = why.Decision
	}
	l.tried(ctx, latency, &l.decision, err)
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
			t.loop.end(ctx, stop)
			if got.resp == nil || ctx.Err() != nil {
				return nil, stop
			}
			return handBack(got.take(), t.request, stop), nil
		}
		again = next
		t.loop.tell(ctx, wait)
		closeResponse(got.take())
		sleep(ctx, wait)
		if stop := t.loop.begin(ctx); stop != nil {
			return nil, t.loop.end(ctx, stop)
		}
		again = nil // its body is the base's to close
		if resp, over := t.try(ctx, next, got); over {
			return resp, nil
		}
	}
}

// next returns the wait before another try and the request for it, or why there is none.
func (t *trip) next(ctx context.Context, got *outcome) (time.Duration, *http.Request, error) {
	l := &t.loop
	l.last, l.answered, l.decision = got.reply.Err, nil, got.decision
	if got.resp != nil && got.reply.Err == nil {
		t.reply = got.reply
		l.answered = &t.reply
	}
	inner, ok := find[*Error](l.last)
	if ok || stopOn(got.resp) != nil {
		return 0, nil, cmp.Or(inner, stopOn(got.resp)) // a loop in the base has given up already
	}
	if why, calls, tried := triedBefore(got.reply.Header, &l.decision, l.last); tried {
		return 0, nil, l.triedInside(ctx, why, calls)
	}
	if t.options.Gate != nil {
		l.closeGate(t.options.Gate)
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
