package classify

import (
	"context"
	"errors"
	"time"
)

// Loop is the loop of [Do] for calls whose result is more than one value, or that are not
// one function: the caller writes the loop out, and reports what came of each attempt. It
// waits, stops and tells its hooks as Do does. [Attempts] makes one. It must not be used
// concurrently.
//
//	loop := classify.Attempts(ctx, options)
//	for loop.Next() {
//		users, page, err = client.Users(loop.Context())
//		loop.Report(err)
//	}
//	if err := loop.Err(); err != nil {
//		return err
//	}
type Loop struct {
	loop loop
	ctx  context.Context // of the whole
	wait time.Duration   // before the next attempt
	err  error           // what it has ended with
	over bool

	open    bool            // an attempt is being made, and not reported yet
	attempt context.Context // its context
	cancel  func()          // ends it; nil without a timeout
}

// Attempts returns a loop that has made no attempt. Nil options are those without a
// catalog.
func Attempts(ctx context.Context, o *Options) *Loop {
	if o == nil {
		o = new(Options)
	}
	return &Loop{
		loop: loop{options: o, start: time.Now(), timeout: o.timeout(o.Operation)},
		ctx:  ctx, attempt: ctx,
	}
}

// Next waits for the time of the next attempt, and reports whether it is to be made. It is
// not, once an attempt has succeeded or [Loop.Err] says why the loop has stopped. An
// attempt that was not reported stops it. Call Next until it is false: to leave the loop
// earlier tells [Hooks] no end, and holds the time of the attempt until [Loop.Report].
func (l *Loop) Next() bool {
	if l.open {
		l.Report(errUnreported)
	}
	if l.over {
		return false
	}
	sleep(l.ctx, l.wait)
	if stop := l.loop.begin(l.ctx); stop != nil {
		l.end(stop)
		return false
	}
	l.open, l.cancel = true, nil
	l.attempt, _ = l.loop.starting(l.ctx)
	if l.loop.timeout > 0 {
		l.attempt, l.cancel = context.WithTimeoutCause(l.attempt, l.loop.timeout, errAttemptTimeout)
	}
	return true
}

// Context returns the context of the attempt that Next has begun. If attempts have a
// timeout, it ends with that, or when the attempt is reported: read the reply's body before.
// Outside of an attempt it is that of the loop.
func (l *Loop) Context() context.Context { return l.attempt }

// Report says what came of the attempt: nil for success, or an error that is decided as one
// of a function that [Do] runs. Only the first report of an attempt counts, and none
// outside of one.
func (l *Loop) Report(err error) {
	if !l.open {
		return
	}
	l.open = false
	defer l.release()
	if err == nil {
		l.over = true
		l.loop.options.Budget.Refill()
		l.loop.succeeded(l.ctx)
		return
	}
	wait, stop := l.loop.decide(l.ctx, err)
	if stop != nil {
		l.end(stop)
		return
	}
	l.wait = wait
	l.loop.tell(l.ctx, wait)
}

// Err returns why the loop has stopped without success, as [Do] does: an [*Error], or an
// error that a loop inside an attempt has returned. It is nil while it goes on, and for
// success.
func (l *Loop) Err() error { return l.err }

// errUnreported is what came of an attempt that was not reported. It is not known whether
// it has succeeded, and so it is not made again.
var errUnreported = errors.New("the attempt was not reported")

// end stops the loop.
func (l *Loop) end(stop error) {
	l.over, l.err = true, l.loop.end(l.ctx, stop)
}

// release ends the time of an attempt.
func (l *Loop) release() {
	l.attempt = l.ctx
	if l.cancel != nil {
		l.cancel()
	}
}
