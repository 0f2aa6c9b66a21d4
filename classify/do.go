package classify

import (
	"context"
	"errors"
	"net"
	"time"
)

// Options say how a call is made again. The zero value, with a Catalog, follows
// the catalog's policies.
type Options struct {
	Catalog   *Catalog  // what replies mean; without one nothing is retried
	Operation Operation // the call; empty where the catalog names none

	// Timeout is the time of one attempt: 0 for that of the operation in the
	// catalog, negative for none. The time of the whole is the context's.
	Timeout time.Duration

	// Repeatable says that the call can be made twice without harm, so that it is
	// made again also where it may have taken effect. It is implied where the
	// catalog says so of the operation.
	Repeatable bool

	Budget *Budget        // bounds the retries of all who share it; nil for no bound
	Hooks  Hooks          // told of retries and failures
	Random func() float64 // numbers in [0, 1) for the jitter; nil for math/rand/v2
}

// Do calls a function until it succeeds, or until the catalog's decision about
// its error, the context or the budget says to stop. It returns the function's
// value and a nil error on success, and an [*Error] otherwise.
//
// The function tells success from failure: a nil error is success. An error that
// carries a reply, a [*ReplyError], is decided by the catalog, and so is any
// other as a failure to get a reply. Where the decision is wait_poll the function
// is called again as for retry; resubmit stops, for [Job] to act on. Polls and
// retries are counted apart, and a poll answered in order resets the count of
// retries.
//
// No wait is begun that would end after the context's deadline. The function is
// not called at all if the context has ended.
func Do[T any](ctx context.Context, o *Options, call func(context.Context) (T, error)) (T, error) {
	l := loop{options: o, start: time.Now(), timeout: o.timeout()}
	return run(ctx, &l, call)
}

func run[T any](ctx context.Context, l *loop, call func(context.Context) (T, error)) (T, error) {
	var none T
	for {
		if stop := l.ended(ctx); stop != nil {
			return none, stop
		}
		l.attempts++
		value, err := attempt(ctx, l.timeout, call)
		if err == nil {
			l.options.Budget.Refill()
			return value, nil
		}
		if stop := l.again(ctx, err); stop != nil {
			return value, stop
		}
	}
}

// attempt calls the function once, within its time.
func attempt[T any](ctx context.Context, timeout time.Duration, call func(context.Context) (T, error)) (T, error) {
	if timeout <= 0 {
		return call(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, errAttemptTimeout)
	defer cancel()
	return call(ctx)
}

func (o *Options) timeout() time.Duration {
	if o.Timeout != 0 || o.Operation == "" || o.Catalog == nil {
		return o.Timeout
	}
	endpoint, _ := o.Catalog.Endpoint(o.Operation)
	return endpoint.Timeout
}

func (o *Options) repeatable() bool {
	if o.Repeatable || o.Operation == "" || o.Catalog == nil {
		return o.Repeatable
	}
	endpoint, _ := o.Catalog.Endpoint(o.Operation)
	return endpoint.Repeatable
}

// loop is the state between the calls of one loop.
type loop struct {
	options  *Options
	start    time.Time
	timeout  time.Duration
	attempts int
	within   time.Duration // the bound on the whole that a policy set; 0 for none
	retries  int           // in a row
	polls    int           // in all
	once     bool          // wait_poll stops, for a Job to follow
	until    time.Time     // no try starts after it; the zero time for no bound
	last     error
	decision Decision
}

// ended returns the error of a loop whose context has ended, and nil otherwise.
func (l *loop) ended(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return l.stop(ctx, ReasonDeadline, context.Cause(ctx))
	}
	return l.stop(ctx, ReasonCanceled, context.Cause(ctx))
}

// again decides about a failed call, and returns nil after the wait if it is to
// be made again.
func (l *loop) again(ctx context.Context, err error) error {
	if inner, ok := errors.AsType[*Error](err); ok && inner != nil {
		return err // a loop inside the call has given up already
	}
	o := l.options
	reply := replyOf(err)
	if reply.Operation == "" {
		reply.Operation = o.Operation
	}
	l.last, l.decision = err, o.Catalog.Classify(reply)
	if ctx.Err() != nil {
		return l.ended(ctx)
	}
	wait, reason := l.next(o.repeatable() || !l.decision.ambiguous(err))
	if reason != goOn {
		return l.stop(ctx, reason, nil)
	}
	if cause := l.tooLate(ctx, wait); cause != nil {
		return l.stop(ctx, ReasonDeadline, cause)
	}
	if l.decision.Action != WaitPoll && !o.Budget.Take() {
		return l.stop(ctx, ReasonBudget, nil)
	}
	l.tell(ctx, wait)
	if !sleep(ctx, wait) {
		return l.ended(ctx)
	}
	return nil
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
	*n++
	return wait, stop
}

// due returns the wait before try n, where 0 is the first after the one that the
// decision is about, or why there is none.
func (d *Decision) due(n int, random func() float64) (wait time.Duration, stop Reason) {
	switch {
	case d.Policy == nil:
		return 0, ReasonExhausted
	case d.WaitSource() == WaitNone:
		return 0, ReasonServerDelay
	case d.Policy.Retries != Unlimited && n >= d.Policy.Retries:
		return 0, ReasonExhausted
	}
	shortest, longest, _ := d.Bounds(n)
	return draw(shortest, longest, random), goOn
}

// ambiguous reports whether a call that failed may have taken effect.
func (d *Decision) ambiguous(err error) bool {
	if d.Source != KindTransport {
		return d.Entry.Processed
	}
	if network, ok := errors.AsType[*net.OpError](err); ok && network.Op == "dial" {
		return false // nothing was sent
	}
	return d.Entry.Processed || d.Failure == FailureConnection || d.Failure == FailureTimeout
}

// tooLate returns why a try after a wait would come too late, and nil if it
// would not. What starts exactly at the end of a policy's time still counts.
func (l *loop) tooLate(ctx context.Context, wait time.Duration) error {
	now := time.Now()
	if deadline, ok := ctx.Deadline(); ok && deadline.Sub(now) <= wait {
		return context.DeadlineExceeded
	}
	if !l.until.IsZero() && now.Add(wait).After(l.until) {
		return context.DeadlineExceeded
	}
	if l.decision.Policy.Within > 0 {
		l.within = l.decision.Policy.Within
	}
	if l.within > 0 && add(now.Sub(l.start), wait) > l.within {
		return context.DeadlineExceeded
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
		ended:    ctx.Err(),
	}
	if l.options.Hooks.GiveUp != nil {
		l.options.Hooks.GiveUp(ctx, e)
	}
	return e
}

// sleep waits, and reports whether the context has not ended.
func sleep(ctx context.Context, wait time.Duration) bool {
	if wait <= 0 {
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
