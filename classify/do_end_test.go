package classify

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestDoBeginsNoWaitPastTheDeadline(t *testing.T) {
	for name, test := range map[string]struct {
		wait  time.Duration
		calls []time.Duration
	}{
		"past it":        {30 * second, []time.Duration{0}},
		"up to it":       {2 * second, []time.Duration{0}},
		"just before it": {2*second - 1, []time.Duration{0, 2*second - 1}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 2*second)
				defer cancel()
				last := status(429)
				s := playing(last)
				_, err := Do(ctx, &Options{Catalog: retryAPI(&Policy{Base: test.wait, Retries: Unlimited})}, s.call)
				stop := stopped(t, err, ReasonDeadline, len(test.calls))
				findsAll(t, err, context.DeadlineExceeded, last)
				if stop.Elapsed != test.calls[len(test.calls)-1] || ctx.Err() != nil {
					t.Errorf("returned after %v with %v", stop.Elapsed, ctx.Err())
				}
				calledAt(t, s, test.calls...)
			})
		})
	}
}

func TestDoSaysWhatIsTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*second)
		defer cancel()
		_, err := Do(ctx, &Options{Catalog: retryAPI(&Policy{Base: 30 * second, Retries: 1})}, playing(status(429)).call)
		const want = "the next try would come too late: a wait of 30s, with 2s left to the context's deadline"
		if !strings.HasSuffix(err.Error(), want) {
			t.Errorf("the error is %q, want it to end in %q", err, want)
		}
	})
}

// Nothing is left behind either: the bubble of the test ends only when every
// goroutine in it has.
func TestDoStopsAtOnceWhenCancelledInASleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(second, func() { cancel(errStopped) })
		last := status(429)
		_, err := Do(ctx, &Options{Catalog: retryAPI(&Policy{Base: 30 * second, Retries: 1})}, playing(last).call)
		if stop := stopped(t, err, ReasonCanceled, 1); stop.Elapsed != second || stop.Cause != errStopped {
			t.Errorf("returned after %v for %v", stop.Elapsed, stop.Cause)
		}
		findsAll(t, err, errStopped, context.Canceled, last)
	})
}

func TestDoKeepsTheCauseOfADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeoutCause(t.Context(), second, errStopped)
		defer cancel()
		call := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, io.EOF }
		_, err := Do(ctx, &Options{Catalog: retryAPI(&Policy{Retries: 1}), Repeatable: true}, call)
		stopped(t, err, ReasonDeadline, 1)
		findsAll(t, err, errStopped, context.DeadlineExceeded, io.EOF)
	})
}

// Two thousand runs each, for a race between the end of the context and that of
// the wait would show in a part of them only.
func TestDoNeverCallsAgainOnceCancelled(t *testing.T) {
	for _, wait := range []time.Duration{0, 1, blink} {
		catalog := retryAPI(&Policy{Base: wait, Jitter: Jitter{Add: 1}, Retries: Unlimited})
		for name, run := range map[string]func(context.Context, func()) error{
			"by the call": func(ctx context.Context, cancel func()) error {
				_, err := Do(ctx, &Options{Catalog: catalog}, func(context.Context) (int, error) { cancel(); return 0, status(429) })
				return err
			},
			"by another call's end": func(ctx context.Context, cancel func()) error {
				_, err := Do(ctx, &Options{Catalog: catalog}, func(context.Context) (int, error) {
					done := make(chan struct{})
					go func() { cancel(); close(done) }()
					<-done
					return 0, status(429)
				})
				return err
			},
			"by the hook": func(ctx context.Context, cancel func()) error {
				hooks := Hooks{Retry: func(context.Context, Event) { cancel() }}
				_, err := Do(ctx, &Options{Catalog: catalog, Hooks: hooks}, playing(status(429)).call)
				return err
			},
			"by the random source": func(ctx context.Context, cancel func()) error {
				random := func() float64 { cancel(); return 0 }
				_, err := Do(ctx, &Options{Catalog: catalog, Random: random}, playing(status(429)).call)
				return err
			},
		} {
			t.Run(name+" and "+wait.String(), func(t *testing.T) {
				for range 2000 {
					ctx, cancel := context.WithCancel(t.Context())
					err := run(ctx, cancel)
					cancel()
					stopped(t, err, ReasonCanceled, 1)
				}
			})
		}
	}
}

func TestDoMakesNoCallOnceTheContextEnded(t *testing.T) {
	canceled, cancel := context.WithCancelCause(t.Context())
	cancel(errStopped)
	expired, cancelExpired := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancelExpired()
	for _, test := range []struct {
		ctx    context.Context
		reason Reason
		finds  []error
		text   string
	}{
		{canceled, ReasonCanceled, []error{context.Canceled, errStopped}, "no call was made: the context ended: stopped by hand"},
		{expired, ReasonDeadline, []error{context.DeadlineExceeded}, "no call was made: the next try would come too late: context deadline exceeded"},
	} {
		s := playing(nil)
		_, err := Do(test.ctx, &Options{Timeout: second}, s.call)
		stopped(t, err, test.reason, 0)
		findsAll(t, err, test.finds...)
		calledAt(t, s)
		if err.Error() != test.text {
			t.Errorf("the error is %q, want %q", err, test.text)
		}
	}
}

// hang waits for its context's end, as a call does whose server does not answer.
func hang(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() }

func TestDoCallsAgainAfterTheTimeOfAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 2}), Timeout: 4 * second, Repeatable: true}
		_, err := Do(t.Context(), o, hang)
		stop := stopped(t, err, ReasonExhausted, 3)
		if stop.Elapsed != 14*second || stop.Decision.Failure != FailureTimeout || stop.Cause != nil {
			t.Errorf("stopped after %v: %+v", stop.Elapsed, stop)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Retries: 2}), Timeout: second, Repeatable: true},
			func(ctx context.Context) (int, error) {
				if calls++; calls < 3 {
					return hang(ctx)
				}
				time.Sleep(3 * second) // a call that has succeeded has, however late
				return 0, nil
			})
		if err != nil || calls != 3 {
			t.Errorf("%d calls, %v", calls, err)
		}
	})
}

func TestDoStopsAtTheDeadlineOfTheWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 6*second)
		defer cancel()
		_, err := Do(ctx, &Options{Catalog: retryAPI(&Policy{Retries: Unlimited}), Timeout: 4 * second, Repeatable: true}, hang)
		if stop := stopped(t, err, ReasonDeadline, 2); stop.Elapsed != 6*second || stop.Cause != context.DeadlineExceeded {
			t.Errorf("stopped after %v: %+v", stop.Elapsed, stop)
		}
	})
}

func TestDoTimesAnAttempt(t *testing.T) {
	for name, test := range map[string]struct {
		o    Options
		want time.Duration // 0 for none
	}{
		"none":                   {Options{}, 0},
		"given":                  {Options{Timeout: second}, second},
		"by the catalog":         {Options{Catalog: retryAPI(nil), Operation: "look"}, 3 * second},
		"given over the catalog": {Options{Catalog: retryAPI(nil), Operation: "look", Timeout: second}, second},
		"none over the catalog":  {Options{Catalog: retryAPI(nil), Operation: "look", Timeout: -1}, 0},
		"unlisted operation":     {Options{Catalog: retryAPI(nil), Operation: "else"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var got time.Duration
				var kept context.Context
				Do(t.Context(), &test.o, func(ctx context.Context) (int, error) {
					if deadline, ok := ctx.Deadline(); ok {
						got = time.Until(deadline)
					}
					kept = ctx
					return 0, nil
				})
				if got != test.want {
					t.Errorf("an attempt has %v, want %v", got, test.want)
				}
				if ended := kept.Err() != nil; ended != (test.want > 0) {
					t.Errorf("the context of the call: %v", kept.Err())
				}
			})
		})
	}
}

func TestDoBoundsTheWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := playing(status(429))
		_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Base: 2 * second, Retries: Unlimited, Within: 5 * second})}, s.call)
		stopped(t, err, ReasonDeadline, 3)
		findsAll(t, err, context.DeadlineExceeded)
		calledAt(t, s, 0, 2*second, 4*second)
		const want = "the next try would come too late: a wait of 2s, with 1s left of the policy's 5s"
		if !strings.HasSuffix(err.Error(), want) {
			t.Errorf("the error is %q, want it to end in %q", err, want)
		}
	})
	synctest.Test(t, func(t *testing.T) { // what starts exactly at the end counts
		s := playing(status(429))
		Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Base: 2 * second, Retries: Unlimited, Within: 4 * second})}, s.call)
		calledAt(t, s, 0, 2*second, 4*second)
	})
	synctest.Test(t, func(t *testing.T) { // the time of the calls counts as well
		calls := 0
		call := func(context.Context) (int, error) { calls++; time.Sleep(3 * second); return 0, status(429) }
		Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Base: second, Retries: Unlimited, Within: 4 * second})}, call)
		if calls != 2 {
			t.Errorf("%d calls, want 2", calls)
		}
	})
}

// The bound of a polling policy holds for all that follows; that of a policy for
// retries counts from zero again after each poll that went well.
func TestDoBoundsPollsAndRetriesApart(t *testing.T) {
	polling := retryAPI(&Policy{Base: 2 * second, Retries: Unlimited, Within: 4 * second})
	polling.Statuses[1].Policy = &Policy{Base: 5 * second, Retries: Unlimited, Within: 20 * second}
	poll, busy := status(202), status(429)
	synctest.Test(t, func(t *testing.T) {
		s := playing(poll, poll, poll, busy, poll)
		_, err := Do(t.Context(), &Options{Catalog: polling}, s.call)
		stopped(t, err, ReasonDeadline, 5)
		calledAt(t, s, 0, 5*second, 10*second, 15*second, 17*second)
	})
	synctest.Test(t, func(t *testing.T) {
		endless := retryAPI(&Policy{Base: 2 * second, Retries: 99})
		endless.Statuses[1].Policy = polling.Statuses[1].Policy
		s := playing(poll, poll, poll, busy)
		_, err := Do(t.Context(), &Options{Catalog: endless}, s.call)
		stopped(t, err, ReasonDeadline, 6)
		calledAt(t, s, 0, 5*second, 10*second, 15*second, 17*second, 19*second)
	})
	synctest.Test(t, func(t *testing.T) {
		s := playing(poll, poll, busy, busy, nil)
		polling.Statuses[1].Policy.Base = second
		_, err := Do(t.Context(), &Options{Catalog: polling}, s.call)
		if err != nil {
			t.Error(err)
		}
		calledAt(t, s, 0, second, 2*second, 4*second, 6*second)
	})
}

// Options are only read: one value serves any number of calls at once.
// What the last call returned is handed back where no call follows a wait, and a success
// after a retry counts for the budget.
func TestDoEndsAfterAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*second)
		defer cancel()
		o := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 3}), Operation: "read", Gate: &Gate{}}
		o.Hooks.Retry = func(context.Context, Event) { o.Gate.close(gated{api: "status"}, time.Minute) }
		value, err := Do(ctx, o, playing(status(429)).call)
		if stopped(t, err, ReasonDeadline, 1); value != 1 {
			t.Errorf("the value is %d", value)
		}
	})
	budget := &Budget{MaxTokens: 2, Ratio: 1}
	o := &Options{Catalog: retryAPI(&Policy{Retries: 3}), Operation: "read", Budget: budget}
	if _, err := Do(t.Context(), o, playing(status(429), nil).call); err != nil || budget.Tokens() != 2 {
		t.Errorf("%v, %v tokens are left of 2", err, budget.Tokens())
	}
}

// No retry is told of a call during which the context has ended.
func TestDoTellsOfNoRetryOnceCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := &Options{Catalog: retryAPI(&Policy{Retries: 3}), Operation: "read", Hooks: Hooks{Retry: func(context.Context, Event) { t.Error("a retry is told of") }}}
	_, err := Do(ctx, o, func(context.Context) (int, error) {
		cancel()
		return 0, status(429)
	})
	stopped(t, err, ReasonCanceled, 1)
}

// The time of an operation bounds each call, however short it is.
func TestDoTimesAShortAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := retryAPI(&Policy{})
		c.Endpoints[2].Timeout = 500 * time.Millisecond
		start := time.Now()
		_, err := Do(t.Context(), &Options{Catalog: c, Operation: "look"}, hang)
		if stopped(t, err, ReasonExhausted, 1); time.Since(start) != 500*time.Millisecond {
			t.Errorf("stopped after %s", time.Since(start))
		}
	})
}
