package classify

import (
	"context"
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
// its error, the context or the budget says to stop. It returns the value of the
// last call, with a nil error on success and an [*Error] otherwise.
//
// The function tells success from failure: a nil error is success. An error that
// carries a reply, a [*ReplyError], is decided by the catalog, and so is any
// other as a failure to get a reply. Where the decision is wait_poll the function
// is called again as for retry; resubmit stops, for [Job] to act on. Polls and
// retries are counted apart, and a poll answered in order resets the count of
// retries. Where the function itself ends in an [*Error], a loop inside it has
// given up: Do returns that error unchanged and makes no further call, so that
// tries don't multiply.
//
// A call that may have taken effect is made again only if it is repeatable. Where
// no operation is named, it is if all of the catalog's operations are.
//
// The context given to the function is done when the function returns, where
// attempts have a time: a reply's body has to be read before that. No wait is
// begun that would end after the context's deadline. The function is not called
// at all if the context has ended.
//
// Without a time of the attempt, success allocates nothing and costs a reading
// of the clock, which [Error.Elapsed] and [Policy.Within] count from.
func Do[T any](ctx context.Context, o *Options, call func(context.Context) (T, error)) (T, error) {
	l := loop{options: o, start: time.Now(), timeout: o.timeout()}
	return run(ctx, &l, call)
}

func run[T any](ctx context.Context, l *loop, call func(context.Context) (T, error)) (value T, err error) {
	for {
		if stop := l.ended(ctx); stop != nil {
			return value, stop
		}
		l.attempts++
		value, err = attempt(ctx, l.timeout, call)
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
