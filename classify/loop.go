package classify

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// loop is the state between the calls of one loop.
type loop struct {
	options  *Options
	start    time.Time
	timeout  time.Duration
	host     string // that the calls go to, if it is known
	attempts int
	begun    time.Time       // when the last of them began, if a hook is told
	attempt  context.Context // of the last of them, where the hook Start is set
	submits  bool            // the calls hand a task in
	within   time.Duration   // the bound on the whole by the last reply that was not ready; 0 for none
	polled   time.Time       // when the call after the last poll that went well begins; zero for none
	retries  int             // since then
	polls    int             // in all
	last     error
	answered *Reply // of the last call, where last is still to be made of it; nil if it is not
	decision Decision
	replied  http.Header // of the last reply
	refused  *error      // set when a Job is not to go on; nil outside of one
}

// The actions that the loops follow: a sender of requests knows no other, and one
// that calls a function can poll by it.
var (
	senderFollows = []Action{Retry}
	callerFollows = []Action{Retry, WaitPoll}
)

// ended returns the error of a loop whose context has ended, and nil otherwise.
func (l *loop) ended(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	if l.decision.Entry.IsZero() { // no reply was decided about
		l.decision = Decision{Operation: l.options.Operation, Failure: FailureOf(err)}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return l.stop(ctx, ReasonDeadline, context.Cause(ctx))
	}
	return l.stop(ctx, ReasonCanceled, context.Cause(ctx))
}

// begin counts an attempt that is to be made now, and returns the error to stop with where
// it may not be.
func (l *loop) begin(ctx context.Context) error {
	if stop := l.ended(ctx); stop != nil {
		return stop
	}
	o := l.options
	if o.Gate != nil {
		if stop := l.passGate(ctx, o.Gate); stop != nil {
			return stop
		}
	}
	l.attempts++
	if o.Hooks.Attempt != nil || o.Hooks.Start != nil {
		l.begun = time.Now()
	}
	return nil
}

// again decides about a failed call, and returns nil after the wait if it is to
// be made again.
func (l *loop) again(ctx context.Context, err error) error {
	wait, stop := l.decide(ctx, err)
	if stop != nil {
		return stop
	}
	l.tell(ctx, wait)
	return l.pause(ctx, wait)
}

// pause waits for the next call, after the hooks were told of it, and returns the error to
// stop with where none follows.
func (l *loop) pause(ctx context.Context, wait time.Duration) error {
	if l.refused != nil && *l.refused != nil {
		return l.stop(ctx, ReasonRefused, *l.refused)
	}
	sleep(ctx, wait)
	return l.ended(ctx)
}

// decide returns the wait after a failed call, or the error to stop with.
func (l *loop) decide(ctx context.Context, err error) (wait time.Duration, stop error) {
	o := l.options
	latency, watched := l.latency(), o.Hooks.Attempt != nil
	if given, _ := err.(*ReplyError); given != nil && given.Reply.Err == nil {
		l.judge(err, given)
	} else if inner, ok := find[*Error](err); ok {
		l.tried(ctx, latency, &inner.Decision, err)
		return 0, err // a loop inside the call has given up already
	} else {
		given, _ := find[*ReplyError](err)
		l.judge(err, given)
	}
	if watched {
		l.tried(ctx, latency, &l.decision, err)
	}
	if o.Gate != nil {
		l.closeGate(o.Gate)
	}
	if why, calls, tried := triedBefore(l.replied, &l.decision, err); tried {
		return 0, l.triedInside(ctx, why, calls)
	}
	if stop := l.ended(ctx); stop != nil {
		return 0, stop
	}
	wait, reason, again := l.next(Attempt{Repeatable: o.Repeatable, Submits: l.submits, Follows: callerFollows})
	if !again {
		return 0, l.stop(ctx, reason, nil)
	}
	if cause := l.tooLate(ctx, wait); cause != nil {
		return 0, l.stop(ctx, ReasonDeadline, cause)
	}
	if l.decision.Action != WaitPoll && !o.Budget.Take() {
		return 0, l.stop(ctx, ReasonBudget, nil)
	}
	return wait, nil
}

// judge decides about an error and the reply that it carries; nil if it carries none.
func (l *loop) judge(err error, given *ReplyError) {
	o := l.options
	l.last, l.replied = err, nil
	if given != nil && given.decided && o.Catalog != nil {
		l.decision = given.Decision
		l.decision.in(o.Operation)
		o.decide(&l.decision)
		return
	}
	reply := Reply{Err: err}
	if given != nil {
		reply, l.replied = given.Reply, given.Reply.Header
	}
	if reply.Operation == "" {
		reply.Operation = o.Operation
	}
	o.Catalog.classify(&l.decision, &reply)
	o.decide(&l.decision)
}

// passGate waits while the gate is closed, and returns the error to stop with where no call
// follows.
func (l *loop) passGate(ctx context.Context, gate *Gate) error {
	for left := gate.max(); left > 0; {
		wait := min(left, gate.wait(l.gated(), l.options.Random))
		if wait <= 0 {
			return nil
		}
		if stop := l.waitFirst(ctx, wait); stop != nil {
			return stop
		}
		left -= wait
	}
	return nil
}

// closeGate makes others wait where the last reply says so.
func (l *loop) closeGate(gate *Gate) {
	d := &l.decision
	if d.Action != Retry || d.ServerDelay <= 0 && d.Status != http.StatusTooManyRequests {
		return
	}
	if pause, _, waits := d.bounds(l.retries); waits {
		gate.close(l.gated(), pause)
	}
}

// gated is what the gate of the calls is for.
func (l *loop) gated() gated {
	what := gated{host: l.host}
	if c := l.options.Catalog; c != nil {
		what.api = c.Name
	}
	return what
}

// waitFirst waits before a call, and returns the error to stop with where none
// follows.
func (l *loop) waitFirst(ctx context.Context, wait time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && wait > 0 && ctx.Err() == nil {
		if left := time.Until(deadline); left <= wait {
			if l.decision.Entry.IsZero() { // no reply was decided about
				l.decision = Decision{Operation: l.options.Operation, Failure: FailureTimeout}
			}
			return l.stop(ctx, ReasonDeadline, &lateError{wait, left, "to the context's deadline"})
		}
	}
	sleep(ctx, wait)
	return l.ended(ctx)
}

// triedInside is the error of a loop whose calls hold a loop that has given up. That one has
// told its hooks of it, if it is one of this package.
func (l *loop) triedInside(ctx context.Context, why Reason, calls int) error {
	if calls == 0 {
		return l.stop(ctx, why, nil)
	}
	return &Error{Reason: why, Attempts: max(calls, l.attempts), Elapsed: time.Since(l.start), Decision: l.decision, Last: l.lastError()}
}

// next counts the try and returns the wait before the next one, or why there is
// none.
func (l *loop) next(a Attempt) (wait time.Duration, stop Reason, again bool) {
	n := &l.retries
	if l.decision.Action == WaitPoll {
		l.retries, n = 0, &l.polls
	}
	a.Retry = *n
	next := l.decision.resend(&a)
	if !next.Again {
		return 0, next.Reason, false
	}
	if most := l.options.MaxRetries; most != 0 && n == &l.retries && *n >= max(0, most) {
		return 0, ReasonExhausted, false
	}
	*n++
	return draw(next.Shortest, next.Longest, l.options.Random), 0, true
}

// tooLate returns why a try after a wait would come too late, and nil if it
// would not. A policy for polling bounds the whole; one for retries bounds the
// time since things last went well. What starts exactly at the end of a policy's
// time still counts.
func (l *loop) tooLate(ctx context.Context, wait time.Duration) error {
	within, since := l.decision.Policy.Within, l.start
	deadline, ok := ctx.Deadline()
	if !ok && within <= 0 && l.within <= 0 && l.decision.Action == Retry {
		return nil // without a look at the clock
	}
	now := time.Now()
	if ok && deadline.Sub(now) <= wait {
		return &lateError{wait, deadline.Sub(now), "to the context's deadline"}
	}
	switch l.decision.Action {
	case WaitPoll:
		l.within = within
		l.polled = now.Add(wait)
	case Retry:
		if l.polled.After(since) {
			since = l.polled
		}
	}
	if left := l.within - max(0, now.Sub(l.start)); l.within > 0 && left < wait {
		return &lateError{wait, left, "of the policy's " + l.within.String()}
	}
	if left := within - max(0, now.Sub(since)); within > 0 && left < wait {
		return &lateError{wait, left, "of the policy's " + within.String()}
	}
	return nil
}

// lastError is what the last call has come to. A reply becomes an error when it is asked for:
// mostly another call follows, and nobody does.
func (l *loop) lastError() error {
	if l.last == nil && l.answered != nil {
		l.last = &ReplyError{Reply: *l.answered}
	}
	return l.last
}

func (l *loop) stop(ctx context.Context, reason Reason, cause error) error {
	e := &Error{
		Reason:   reason,
		Attempts: l.attempts,
		Elapsed:  time.Since(l.start),
		Decision: l.decision,
		Last:     l.lastError(),
		Cause:    cause,
	}
	if reason == ReasonCanceled || reason == ReasonDeadline {
		e.ended = ctx.Err()
	}
	if l.options.Hooks.GiveUp != nil {
		l.options.Hooks.GiveUp(ctx, e)
	}
	return e
}

// blink is a wait too short to be worth a timer that the context can stop.
const blink = 50 * time.Microsecond

// sleep waits, at most until the context ends.
func sleep(ctx context.Context, wait time.Duration) {
	if wait < blink {
		time.Sleep(wait)
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
