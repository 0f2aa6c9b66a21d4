package classify

import (
	"context"
	"time"

	"github.com/errkb/errkb/classify/packed"
)

// Options say how a call is made again. The zero value, with a Catalog, follows
// the catalog's policies.
type Options struct {
	Catalog   *Catalog  // what replies mean; without one nothing is retried, and errors say so
	Operation Operation // the call; empty if the catalog names none

	// Timeout is the time of one attempt: 0 for that of the operation in the
	// catalog, negative for none. The time of the whole is the context's.
	Timeout time.Duration

	// MaxRetries limits the retries in a row of one call, where the policy allows more: 0
	// for no other limit than the policy's, negative for no retry. Polls and new tasks are
	// not counted.
	MaxRetries int

	// Decide, if it is set, has the last word on each reply or failure without success: what
	// it returns is followed instead of the catalog's decision. The rules about what must
	// not be sent twice stay. Nil follows the catalog.
	Decide func(Decision) Decision

	// Patience is how long a [Transport] waits for the body of a reply whose status is
	// below 400: 0 for what the operation says in the catalog, or else a second;
	// negative to wait for nothing. Look is how many bytes of a body it looks at: 0 for
	// what the operation says, or else MaxBody. A reply that it can't decide within
	// these is handed back, and [Undecided].
	Patience time.Duration
	Look     int64

	// Repeatable says that the call can be made twice without harm, so that it is
	// made again also where it may have taken effect. It is implied where the
	// catalog says so of the operation.
	Repeatable bool

	// Numbered has the context of each attempt hold its number, for [AttemptNumber]: that
	// which the function of [Do] or the base of a [Transport] receives. It costs an
	// allocation for each attempt, and one more in a Transport for the first.
	Numbered bool

	Budget *Budget        // limits the retries of all that share it; nil for no limit
	Gate   *Gate          // a pause that all who share it keep when a reply says to wait; nil for none
	Hooks  Hooks          // called on retries and failures
	Random func() float64 // numbers in [0, 1) for the jitter; nil for math/rand/v2

	whole bool // a body is waited for, however late it is
}

// decide asks the caller about a decision that is not a success.
func (o *Options) decide(d *Decision) {
	if o.Decide != nil && d.Action != OK {
		*d = o.Decide(*d)
	}
}

// Do calls a function until it succeeds, or until the catalog's decision about
// its error, the context or the budget says to stop. It returns the value of the
// last call, with a nil error on success and an [*Error] otherwise.
//
// The function tells success from failure: a nil error is success. The catalog
// decides an error that carries a reply, a [*ReplyError]; it decides any other error
// as a failure to get a reply. On wait_poll the function is called again, as on
// retry; resubmit stops, for [Job] to act on. Polls and retries are counted
// separately, and a poll that went well resets the count of retries. If the function
// returns an [*Error], a loop inside it has given up: Do returns that error unchanged
// and makes no further call, so that tries don't multiply.
//
// A call that may have taken effect is made again only if it is repeatable. If no
// operation is named, it is repeatable if all of the catalog's operations are.
//
// If attempts have a timeout, the context given to the function ends when the
// function returns: read the reply's body before that. Do never starts a wait that
// would end after the context's deadline. If the context has ended, the function is
// not called at all. Nil options are those without a catalog.
//
// Without a timeout, a success allocates nothing. The clock is read before the first
// call only where time counts from there: where attempts have a timeout or a number, a
// policy of the catalog has a Within, there is a [Gate], or a hook is told how long
// something took. Else it is read when a call fails first.
func Do[T any](ctx context.Context, o *Options, call func(context.Context) (T, error)) (T, error) {
	if o == nil {
		o = new(Options)
	}
	// These are three ifs and not one: so compiled, there is nothing to jump over on the way
	// to the call, which takes as long as the questions.
	if o.isWatched() {
		return doWatched(ctx, o, call)
	}
	if c := o.Catalog; o.Timeout > 0 || c != nil && c.Facts&(packed.FactsNoted|packed.FactWithin|packed.FactTimed) != packed.FactsNoted && o.isTimed() {
		return doWatched(ctx, o, call)
	}
	if ctx.Err() != nil {
		return doWatched(ctx, o, call)
	}
	value, err := call(ctx)
	if err != nil {
		return rerun(ctx, o, call, value, err)
	}
	if o.Budget != nil {
		o.Budget.Refill()
	}
	return value, nil
}

// doWatched is Do where more is to be done about the first call than to make it.
func doWatched[T any](ctx context.Context, o *Options, call func(context.Context) (T, error)) (T, error) {
	l := loop{options: o, start: time.Now(), timeout: o.timeout(o.Operation)}
	return run(ctx, &l, call)
}

// rerun goes on after a first call that failed, of which nobody is told.
func rerun[T any](ctx context.Context, o *Options, call func(context.Context) (T, error), value T, err error) (T, error) {
	l := loop{options: o, start: time.Now(), attempts: 1}
	if stop := l.again(ctx, err); stop != nil {
		return value, stop
	}
	return run(ctx, &l, call)
}

func run[T any](ctx context.Context, l *loop, call func(context.Context) (T, error)) (value T, err error) {
	for {
		if stop := l.begin(ctx); stop != nil {
			return value, l.end(ctx, stop)
		}
		value, err = attempt(ctx, l, call)
		if err == nil {
			l.options.Budget.Refill()
			if l.options.isWatched() {
				l.succeeded(ctx)
			}
			return value, nil
		}
		if stop := l.again(ctx, err); stop != nil {
			return value, l.end(ctx, stop)
		}
	}
}

// attempt calls the function once, within its time.
func attempt[T any](ctx context.Context, l *loop, call func(context.Context) (T, error)) (T, error) {
	ctx, _ = l.starting(ctx)
	if l.timeout <= 0 {
		return call(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, l.timeout, errAttemptTimeout)
	defer cancel()
	return call(ctx)
}

// timeout returns the time of one attempt at an operation; 0 or less is none.
func (o *Options) timeout(operation Operation) time.Duration {
	if o.Timeout != 0 || operation == "" || o.Catalog == nil || !o.Catalog.has(packed.FactTimed) {
		return o.Timeout
	}
	if endpoint := o.Catalog.endpoint(operation); endpoint != nil {
		return endpoint.Timeout
	}
	return 0
}

// isTimed reports whether time counts from before the first call on.
func (o *Options) isTimed() bool {
	return o.timeout(o.Operation) > 0 || o.Catalog.has(packed.FactWithin)
}

// isWatched reports whether more is to be done about a first call than to make it, even if it
// succeeds: a hook is told of it, it passes a gate, or its context is another. It is small,
// to be inlined.
func (o *Options) isWatched() bool {
	h := &o.Hooks
	return o.Numbered || o.Gate != nil || h.Start != nil || h.Attempt != nil || h.Done != nil || h.GiveUp != nil
}
