package classify

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestDoTellsOfEachStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []Event
		var ends []*Error
		last := status(400)
		o := &Options{Catalog: retryAPI(&Policy{Growth: Linear, Base: second, Retries: 3}), Operation: "pay", Hooks: Hooks{
			Retry:  func(_ context.Context, e Event) { events = append(events, e) },
			GiveUp: func(_ context.Context, e *Error) { ends = append(ends, e) },
		}}
		_, err := Do(t.Context(), o, playing(status(429), status(429), last).call)
		if len(events) != 2 || len(ends) != 1 || ends[0] != err {
			t.Fatalf("told of %v and %v", events, ends)
		}
		for i, e := range events {
			if e.Resend != i+1 || e.Wait != time.Duration(i+1)*second || e.Decision.Status != 429 || e.Operation != "pay" || e.Err == nil {
				t.Errorf("event %d is %+v", i, e)
			}
		}
		if ends[0].Decision.Operation != "pay" || ends[0].Last != last {
			t.Errorf("gave up with %+v", ends[0])
		}
	})
}

// An error that ends a loop inside the call ends the outer one as well: tries
// don't multiply.
func TestDoDoesNotMultiplyTries(t *testing.T) {
	o := &Options{Catalog: retryAPI(&Policy{Retries: 2}), Repeatable: true}
	for name, wrap := range map[string]func(error) error{
		"bare":     func(err error) error { return err },
		"joined":   func(err error) error { return errors.Join(FailureTimeout, err) },
		"as reply": func(err error) error { return &ReplyError{Reply: Reply{Err: err}} },
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			var inner error
			_, err := Do(t.Context(), o, func(ctx context.Context) (int, error) {
				value, err := Do(ctx, o, func(context.Context) (int, error) { calls++; return calls, status(429) })
				inner = wrap(err)
				return value, inner
			})
			if calls != 3 || err != inner {
				t.Errorf("%d calls, then %v", calls, err)
			}
			if stop, ok := errors.AsType[*Error](err); !ok || stop.Attempts != 3 {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestDoDecidesJoinedErrors(t *testing.T) {
	for _, err := range []error{
		errors.Join(errStopped, status(429)),
		errors.Join(status(429), io.ErrUnexpectedEOF),
		errors.Join(errStopped, errors.Join(nil, status(429))),
	} {
		_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Retries: 1})}, playing(err).call)
		stopped(t, err, ReasonExhausted, 2)
	}
	_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Retries: 1}), Repeatable: true}, playing(errors.Join(errStopped, io.EOF)).call)
	stopped(t, err, ReasonExhausted, 2)
}

// A nil pointer in an error is a failure of no known kind, and breaks nothing.
func TestDoSurvivesTypedNilErrors(t *testing.T) {
	for _, broken := range []error{
		(*Error)(nil),
		(*ReplyError)(nil),
		(*net.OpError)(nil),
		&brokenError{},
		&net.OpError{Op: "read"},
		errors.Join((*ReplyError)(nil), (*Error)(nil)),
		&ReplyError{Reply: Reply{Err: (*net.OpError)(nil)}},
		&ReplyError{Reply: Reply{Err: (*Error)(nil)}},
	} {
		s := playing(broken)
		_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Retries: 1}), Hooks: Hooks{GiveUp: func(_ context.Context, e *Error) { _ = e.Error() }}}, s.call)
		if err == nil || len(s.calls) != 1 || err.Error() == "" {
			t.Errorf("%T: %d calls, %v", broken, len(s.calls), err)
		}
	}
}

// A panic comes through, and leaves neither a goroutine nor a context that is
// not done.
func TestDoLetsPanicsThrough(t *testing.T) {
	before := runtime.NumGoroutine()
	synctest.Test(t, func(t *testing.T) {
		panics := func(o *Options, call func(context.Context) (int, error)) {
			defer func() {
				if got := recover(); got != errStopped {
					t.Errorf("recovered %v", got)
				}
			}()
			Do(t.Context(), o, call)
			t.Error("Do has returned")
		}
		var inner context.Context
		panics(&Options{Timeout: time.Hour}, func(ctx context.Context) (int, error) {
			inner = ctx
			panic(errStopped)
		})
		if inner.Err() == nil {
			t.Error("the context of the attempt is not done")
		}
		catalog := retryAPI(&Policy{Base: time.Hour, Retries: 1})
		panics(&Options{Catalog: catalog, Hooks: Hooks{Retry: func(context.Context, Event) { panic(errStopped) }}}, playing(status(429)).call)
		panics(&Options{Catalog: catalog, Hooks: Hooks{GiveUp: func(context.Context, *Error) { panic(errStopped) }}}, playing(status(400)).call)
	})
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

func TestDoSharesOptions(t *testing.T) {
	o := &Options{Catalog: retryAPI(&Policy{Retries: 2}), Budget: &Budget{MaxTokens: 1000}, Operation: "look"}
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if _, err := Do(t.Context(), o, playing(status(503), status(429), nil).call); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
