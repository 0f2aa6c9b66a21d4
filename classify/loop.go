package classify

import (
	"context"
	"errors"
	"net"
	"time"
)

// loop is the state between the calls of one loop.
type loop struct {
	options  *Options
	start    time.Time
	timeout  time.Duration
	attempts int
	once     bool          // wait_poll stops: it is for others to follow
	within   time.Duration // the bound on the whole that polling set; 0 for none
	polled   time.Time     // when the call after the last poll that went well begins; zero for none
	retries  int           // since then
	polls    int           // in all
	last     error
	decision Decision
}

// ended returns the error of a loop whose context has ended, and nil otherwise.
func (l *loop) ended(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	if l.decision.Entry == nil { // no reply was decided about
		l.decision = Decision{Operation: l.options.Operation, Failure: FailureOf(err)}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return l.stop(ctx, ReasonDeadline, context.Cause(ctx))
	}
	return l.stop(ctx, ReasonCanceled, context.Cause(ctx))
}

// again decides about a failed call, and returns nil after the wait if it is to
// be made again.
func (l *loop) again(ctx context.Context, err error) error {
	wait, stop := l.decide(ctx, err)
	if stop != nil {
		return stop
	}
	l.tell(ctx, wait)
	if !sleep(ctx, wait) {
		return l.ended(ctx)
	}
	return nil
}

// decide returns the wait after a failed call, or the error to stop with.
func (l *loop) decide(ctx context.Context, err error) (wait time.Duration, stop error) {
	if _, ok := find[*Error](err); ok {
		return 0, err // a loop inside the call has given up already
	}
	o := l.options
	reply := replyOf(err)
	if reply.Operation == "" {
		reply.Operation = o.Operation
	}
	l.last, l.decision = err, o.Catalog.Classify(reply)
	if stop := l.ended(ctx); stop != nil {
		return 0, stop
	}
	wait, reason := l.next(!l.decision.ambiguous(err) || o.Repeatable || o.Catalog.repeats(reply.Operation))
	if reason != goOn {
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

// repeats reports whether an operation can be repeated without harm; for the
// empty one, whether all can.
func (c *Catalog) repeats(operation Operation) bool {
	if c == nil {
		return false
	}
	repeatable := false
	for i := range c.Endpoints {
		if e := &c.Endpoints[i]; operation == "" || e.Operation == operation {
			if !e.Repeatable {
				return false
			}
			repeatable = true
		}
	}
	return repeatable
}

func (l *loop) tell(ctx context.Context, wait time.Duration) {
	if hook := l.options.Hooks.Retry; hook != nil {
		hook(ctx, Event{Operation: l.options.Operation, Resend: l.attempts, Wait: wait, Decision: l.decision, Err: l.last})
	}
}

// goOn is no reason to stop.
const goOn = Reason(0xff)

// next counts the try and returns the wait before the next one, or why there is
// none.
func (l *loop) next(safe bool) (wait time.Duration, stop Reason) {
	d := &l.decision
	n := &l.retries
	switch {
	case d.Action == WaitPoll && !l.once:
		l.retries, n = 0, &l.polls
	case d.Action != Retry:
		return 0, ReasonDecision
	case !safe:
		return 0, ReasonAmbiguous
	}
	wait, stop = d.due(*n, l.options.Random)
	if stop == goOn {
		*n++
	}
	return wait, stop
}

// due returns the wait before retry n, where 0 is the first, or why there is
// none.
func (d *Decision) due(n int, random func() float64) (wait time.Duration, stop Reason) {
	shortest, longest, waits := d.Bounds(n)
	switch {
	case d.Policy == nil:
		return 0, ReasonExhausted
	case !waits:
		return 0, ReasonServerDelay
	case d.Policy.Retries != Unlimited && n >= d.Policy.Retries:
		return 0, ReasonExhausted
	}
	return draw(shortest, longest, random), goOn
}

// ambiguous reports whether a call that failed may have taken effect.
func (d *Decision) ambiguous(err error) bool {
	if d.Source != KindTransport {
		return d.Entry.Processed
	}
	if network, ok := find[*net.OpError](err); ok {
		switch network.Op {
		case "dial", "proxyconnect", "socks connect":
			return false // nothing was sent
		}
	}
	return d.Entry.Processed || d.Failure == FailureConnection || d.Failure == FailureTimeout
}

// tooLate returns why a try after a wait would come too late, and nil if it
// would not. A policy for polling bounds the whole; one for retries bounds the
// time since things last went well. What starts exactly at the end of a policy's
// time still counts.
func (l *loop) tooLate(ctx context.Context, wait time.Duration) error {
	now := time.Now()
	if deadline, ok := ctx.Deadline(); ok && deadline.Sub(now) <= wait {
		return &lateError{wait, deadline.Sub(now), "to the context's deadline"}
	}
	within, since := l.decision.Policy.Within, l.start
	switch l.decision.Action {
	case WaitPoll:
		if within > 0 {
			l.within = within
		}
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

func (l *loop) stop(ctx context.Context, reason Reason, cause error) error {
	e := &Error{
		Reason:   reason,
		Attempts: l.attempts,
		Elapsed:  time.Since(l.start),
		Decision: l.decision,
		Last:     l.last,
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

// sleep waits, and reports whether the context has not ended.
func sleep(ctx context.Context, wait time.Duration) bool {
	if wait < blink {
		time.Sleep(wait)
		return ctx.Err() == nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}
