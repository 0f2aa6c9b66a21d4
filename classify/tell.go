package classify

import (
	"context"
	"time"
)

// What a loop tells its hooks. Nothing is made for a hook that is not set.

// starting returns the context of the attempt that begins, and whether that is not the loop's.
func (l *loop) starting(ctx context.Context) (attempt context.Context, own bool) {
	if l.options.Numbered {
		ctx, own = numbered(ctx, l.attempts), true
	}
	if hook := l.options.Hooks.Start; hook != nil {
		if started := hook(ctx, Try{Operation: l.options.Operation, Number: l.attempts, Start: l.begun}); started != nil {
			ctx, own = started, true
		}
		l.attempt = ctx
	}
	return ctx, own
}

// tell tells of a try that is followed by another, after a wait.
func (l *loop) tell(ctx context.Context, wait time.Duration) {
	if hook := l.options.Hooks.Retry; hook != nil {
		hook(ctx, Event{Operation: l.options.Operation, Resend: l.attempts, Wait: wait, Decision: l.decision, Err: l.lastError()})
	}
}

// latency is how long the attempt took that has just ended; 0 if nobody is told.
func (l *loop) latency() time.Duration {
	if l.options.Hooks.Attempt == nil {
		return 0
	}
	return time.Since(l.begun)
}

// tried tells of an attempt that is decided about.
func (l *loop) tried(ctx context.Context, latency time.Duration, d *Decision, err error) {
	if hook := l.options.Hooks.Attempt; hook != nil {
		if l.attempt != nil {
			ctx = l.attempt
		}
		hook(ctx, Try{Operation: l.options.Operation, Number: l.attempts, Start: l.begun, Latency: latency, Decision: *d, Err: err})
	}
}

// succeeded tells of a success of a call whose function says so.
func (l *loop) succeeded(ctx context.Context) {
	latency := l.latency()
	l.last, l.decision = nil, Decision{Action: OK, Operation: l.options.Operation}
	l.tried(ctx, latency, &l.decision, nil)
	l.end(ctx, nil)
}

// end tells that the loop has ended, and returns what it has ended with: nil for success.
func (l *loop) end(ctx context.Context, stop error) error {
	if hook := l.options.Hooks.Done; hook != nil {
		hook(ctx, l.summary(stop))
	}
	return stop
}

// summary is the loop with what it has ended with.
func (l *loop) summary(stop error) Summary {
	s := Summary{Operation: l.options.Operation, Attempts: l.attempts, Elapsed: time.Since(l.start), Decision: l.decision, Err: stop}
	if why, ok := find[*Error](stop); ok {
		s.Decision, s.Reason = why.Decision, why.Reason
	}
	return s
}
