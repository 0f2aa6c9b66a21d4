package classify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// looped makes the calls of a script in a loop that the caller writes out.
func looped(ctx context.Context, o *Options, call func(context.Context) (int, error)) (value int, err error) {
	loop := Attempts(ctx, o)
	for loop.Next() {
		value, err = call(loop.Context())
		loop.Report(err)
	}
	return value, loop.Err()
}

// The loop does as Do does, whatever came of the attempts: it waits, stops and tells the
// same.
func TestAttemptsDoesAsDo(t *testing.T) {
	inner := &Error{Reason: ReasonExhausted, Attempts: 3}
	for name, errs := range map[string][]error{
		"success":            {nil},
		"retried":            {status(429), status(503), nil},
		"polled":             {status(202), status(202), status(429), status(202), nil},
		"used up":            {status(429)},
		"permanent":          {status(400)},
		"resubmit":           {status(409)},
		"server's delay":     {status(429, "Retry-After", "7"), nil},
		"too long a delay":   {status(429, "Retry-After", "9999")},
		"lost":               {FailureTimeout, FailureConnection, nil},
		"marked":             {&ReplyError{Reply: Reply{Status: 429, Header: withMark(nil, "1", "5")}}},
		"a loop inside":      {fmt.Errorf("inside: %w", inner)},
		"of no kind":         {errStopped},
		"a nil reply error":  {(*ReplyError)(nil)},
		"a wait in vain":     {status(429, "Retry-After", "100")},
		"retried, permanent": {status(429), status(400)},
	} {
		for _, o := range []Options{
			{Operation: "read"}, {Operation: "pay"}, {}, {Operation: "read", MaxRetries: 1}, {Operation: "pay", Repeatable: true},
			{Operation: "look", Numbered: true}, {Operation: "read", Decide: func(d Decision) Decision { d.Action = Fail; return d }},
		} {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				var told [2]listener
				var got [2]string
				var scripts [2]*script
				for i, do := range []func(context.Context, *Options, func(context.Context) (int, error)) (int, error){Do[int], looped} {
					own := o
					own.Catalog, own.Hooks = retryAPI(&Policy{Growth: Linear, Base: second, Retries: 2}), told[i].hooks()
					own.Budget = &Budget{MaxTokens: 2}
					scripts[i] = playing(errs...)
					start := time.Now()
					value, err := do(ctx, &own, func(ctx context.Context) (int, error) {
						value, err := scripts[i].call(ctx)
						return value + 100*AttemptNumber(ctx), err
					})
					got[i] = fmt.Sprintf("%d, %v after %s with %d tokens", value, err, time.Since(start), tokens(own.Budget))
				}
				told[1].check(t, told[0].told...)
				if got[0] != got[1] || !slices.Equal(scripts[0].calls, scripts[1].calls) {
					t.Errorf("%s, %+v:\nDo   %s, called at %v\nloop %s, called at %v", name, o.Operation, got[0], scripts[0].calls, got[1], scripts[1].calls)
				}
			})
		}
	}
}

func TestAttemptsEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Options{Catalog: retryAPI(&Policy{Base: time.Hour, Retries: 2}), Operation: "read"}
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		loop := Attempts(ctx, o)
		for loop.Next() {
			loop.Report(status(429))
			time.AfterFunc(second, func() { cancel(errStopped) })
		}
		findsAll(t, loop.Err(), context.Canceled, errStopped)
		if stop := stopped(t, loop.Err(), ReasonCanceled, 1); stop.Elapsed != second {
			t.Errorf("stopped after %s", stop.Elapsed)
		}
		again := Attempts(ctx, o)
		for range 2 {
			if again.Next() {
				t.Error("an attempt although the context has ended")
			}
		}
		stopped(t, again.Err(), ReasonCanceled, 0)
	})
}

func TestAttemptsBoundsEachAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 1}), Operation: "look"}
		loop := Attempts(t.Context(), o)
		var contexts []context.Context
		for loop.Next() {
			contexts = append(contexts, loop.Context())
			<-loop.Context().Done()
			if cause := context.Cause(loop.Context()); cause != errAttemptTimeout {
				t.Errorf("the attempt ended with %v", cause)
			}
			loop.Report(loop.Context().Err())
		}
		if stop := stopped(t, loop.Err(), ReasonExhausted, 2); stop.Elapsed != 7*second {
			t.Errorf("stopped after %s", stop.Elapsed)
		}
		loop = Attempts(t.Context(), o)
		for loop.Next() {
			contexts = append(contexts, loop.Context())
			loop.Report(nil)
		}
		if loop.Err() != nil || loop.Context().Err() != nil {
			t.Error(loop.Err(), loop.Context().Err())
		}
		if len(contexts) != 3 || contexts[2].Err() == nil {
			t.Errorf("%d attempts, of which the last ended with %v", len(contexts), contexts[len(contexts)-1].Err())
		}
	})
}

// An attempt without a time has the context of the loop, and its success counts for the budget.
func TestAttemptsWithoutATimeout(t *testing.T) {
	budget := &Budget{MaxTokens: 2, Ratio: 1}
	tokens(budget)
	loop := Attempts(t.Context(), &Options{Catalog: retryAPI(&Policy{}), Operation: "read", Budget: budget})
	for loop.Next() {
		if _, bound := loop.Context().Deadline(); bound || loop.Context().Err() != nil {
			t.Errorf("the attempt has a deadline: %t, %v", bound, loop.Context().Err())
		}
		loop.Report(nil)
	}
	if got := tokens(budget); got != 1 {
		t.Errorf("a success puts back %d tokens", got)
	}
	synctest.Test(t, func(t *testing.T) {
		loop := Attempts(t.Context(), &Options{Catalog: retryAPI(&Policy{}), Operation: "read", Timeout: time.Millisecond})
		for start := time.Now(); loop.Next(); {
			<-loop.Context().Done()
			if took := time.Since(start); took != time.Millisecond {
				t.Errorf("the attempt ends after %s", took)
			}
			loop.Report(nil)
		}
	})
}

// What is not reported is not made again: it may have succeeded.
func TestAttemptsThatAreNotReported(t *testing.T) {
	o := &Options{Catalog: retryAPI(&Policy{Retries: 5}), Operation: "read"}
	loop := Attempts(t.Context(), o)
	n := 0
	for loop.Next() {
		n++
	}
	stopped(t, loop.Err(), ReasonDecision, 1)
	if !errors.Is(loop.Err(), errUnreported) || n != 1 {
		t.Errorf("%v after %d attempts", loop.Err(), n)
	}
}

func TestAttemptsTakesOneReport(t *testing.T) {
	budget := &Budget{MaxTokens: 5}
	o := &Options{Catalog: retryAPI(&Policy{Retries: 5}), Operation: "read", Budget: budget}
	loop := Attempts(t.Context(), o)
	loop.Report(status(400)) // of no attempt
	for loop.Next() {
		for range 3 {
			loop.Report(status(429))
		}
		if loop.loop.attempts == 2 {
			break
		}
	}
	if got := tokens(budget); got != 3 || loop.Err() != nil {
		t.Errorf("%d tokens are left, %v", got, loop.Err())
	}
	loop = Attempts(t.Context(), nil)
	for loop.Next() {
		loop.Report(nil)
		loop.Report(status(400))
	}
	if loop.Err() != nil {
		t.Error(loop.Err())
	}
}
