package classify

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

const second = time.Second

var (
	errMaintenance error = typedCode(1)
	errStopped           = errors.New("stopped by hand")
)

// retryAPI is a catalog that tells everything but one code by the status, and
// retries by a policy.
func retryAPI(policy *Policy) *Catalog {
	return indexed(&Catalog{
		Name:  "status",
		Forms: []Form{{Syntax: Header, Code: []Path{{"X-Code"}}}},
		Delays: []Delay{
			{Header: "Retry-After"},
		},
		Endpoints: []Endpoint{
			{Operation: "read", Method: "GET", Path: "/things/{id}", Repeatable: true},
			{Operation: "pay", Method: "POST", Path: "/payments"},
			{Operation: "look", Method: "POST", Path: "/look", Repeatable: true, Timeout: 3 * second},
		},
		Codes: []Entry{
			{Code: "MAINTENANCE", Action: Retry, Policy: policy, Meaning: "Closed for maintenance", Fix: "Try tomorrow"},
		},
		Statuses: []Entry{
			{Kind: KindStatus, Number: 200, Code: "200", Action: OK},
			{Kind: KindStatus, Number: 202, Code: "202", Action: WaitPoll, Policy: &Policy{Base: 5 * second, Retries: Unlimited}},
			{Kind: KindStatus, Number: 409, Code: "409", Action: Resubmit, Policy: policy},
			{Kind: KindStatus, Number: 429, Code: "429", Action: Retry, Policy: policy, Meaning: "Too many requests", Fix: "Slow down"},
			{Kind: KindStatus, Number: 503, Code: "503", Action: Retry, Policy: policy, Effect: EffectMaybe},
		},
		Classes: []Entry{
			{Kind: KindStatusClass, Number: 4, Code: "4xx", Action: Fail, Meaning: "Wrong request", Fix: "Change it"},
		},
		Transport: []Entry{
			{Kind: KindTransport, Code: "timeout", Action: Retry, Policy: policy, Effect: EffectMaybe, Meaning: "No answer in time"},
			{Kind: KindTransport, Code: "connection", Action: Retry, Policy: policy},
			{Kind: KindTransport, Code: "canceled", Action: Retry, Policy: policy},
		},
		TypedCode: func(number uint16) error { return typedCode(number) },
	})
}

// status is an error that carries a reply with a status and header fields,
// names and values in turn.
func status(code int, fields ...string) error {
	reply := Reply{Status: code, Header: http.Header{}}
	for pair := range slices.Chunk(fields, 2) {
		reply.Header.Set(pair[0], pair[1])
	}
	return &ReplyError{Reply: reply}
}

// script is a function for Do that comes to one error after the other, and from
// the last on to that.
type script struct {
	errs  []error
	calls []time.Duration // when each call began, since the first
	start time.Time
}

func (s *script) call(context.Context) (int, error) {
	if s.start.IsZero() {
		s.start = time.Now()
	}
	s.calls = append(s.calls, time.Since(s.start))
	return len(s.calls), s.errs[min(len(s.calls), len(s.errs))-1]
}

func playing(errs ...error) *script { return &script{errs: errs} }

// stopped returns the *Error that a loop must have ended with, once it is sure
// of the reason and the number of calls.
func stopped(t *testing.T, err error, reason Reason, attempts int) *Error {
	t.Helper()
	stop, ok := err.(*Error)
	if !ok {
		t.Fatalf("the error is %v, not an *Error", err)
	}
	if stop.Reason != reason || stop.Attempts != attempts {
		t.Fatalf("stopped after %d attempts for %v, want %d for %v: %v", stop.Attempts, stop.Reason, attempts, reason, err)
	}
	return stop
}

// findsAll checks that errors.Is finds each of several errors.
func findsAll(t *testing.T, err error, targets ...error) {
	t.Helper()
	for _, target := range targets {
		if !errors.Is(err, target) {
			t.Errorf("%v is not found in: %v", target, err)
		}
	}
}

func calledAt(t *testing.T, s *script, want ...time.Duration) {
	t.Helper()
	if !slices.Equal(s.calls, want) {
		t.Errorf("called at %v, want %v", s.calls, want)
	}
}

func TestDoReturnsTheValue(t *testing.T) {
	s := playing(nil)
	if value, err := Do(t.Context(), &Options{}, s.call); value != 1 || err != nil {
		t.Errorf("Do = %d, %v", value, err)
	}
}

func TestDoFollowsThePolicy(t *testing.T) {
	policy := &Policy{Growth: Exponential, Base: second, Factor: 2, Retries: 3}
	synctest.Test(t, func(t *testing.T) {
		s := playing(status(429), status(429), nil)
		if value, err := Do(t.Context(), &Options{Catalog: retryAPI(policy)}, s.call); value != 3 || err != nil {
			t.Errorf("Do = %d, %v", value, err)
		}
		calledAt(t, s, 0, second, 3*second)
	})
	synctest.Test(t, func(t *testing.T) {
		s := playing(status(429))
		value, err := Do(t.Context(), &Options{Catalog: retryAPI(policy)}, s.call)
		stop := stopped(t, err, ReasonExhausted, 4)
		if value != 4 || stop.Elapsed != 7*second || stop.Cause != nil {
			t.Errorf("Do = %d, %+v", value, stop)
		}
		calledAt(t, s, 0, second, 3*second, 7*second)
	})
}

func TestDoDrawsTheJitterFromTheRandomSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		policy := &Policy{Base: second, Jitter: Jitter{Add: second}, Retries: 1}
		s := playing(status(429), nil)
		Do(t.Context(), &Options{Catalog: retryAPI(policy), Random: func() float64 { return 0.25 }}, s.call)
		calledAt(t, s, 0, 1250*time.Millisecond)
	})
}

// Where the retries are used up, the error holds the code and what to do.
func TestDoReturnsCodeAndFix(t *testing.T) {
	last := status(503, "X-Code", "MAINTENANCE")
	_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Retries: 2})}, playing(last).call)
	stop := stopped(t, err, ReasonExhausted, 3)
	findsAll(t, err, last, errMaintenance)
	if stop.Decision.Code != "MAINTENANCE" || stop.Decision.Fix != "Try tomorrow" || stop.Last != last {
		t.Errorf("the error is %+v", stop)
	}
	want := "MAINTENANCE: Closed for maintenance (Try tomorrow); stopped after 3 attempts: the retries are used up"
	if err.Error() != want {
		t.Errorf("the error is %q, want %q", err, want)
	}
}

func TestDoStopsAtWhatNoRetryHelps(t *testing.T) {
	policy := &Policy{Retries: 3}
	tests := []struct {
		name   string
		o      Options
		err    error
		reason Reason
	}{
		{"fail", Options{Catalog: retryAPI(policy)}, status(400), ReasonDecision},
		{"resubmit", Options{Catalog: retryAPI(policy)}, status(409), ReasonDecision},
		{"status that the catalog does not list", Options{Catalog: retryAPI(policy)}, status(302), ReasonDecision},
		{"success", Options{Catalog: retryAPI(policy)}, status(200), ReasonDecision},
		{"error of no known kind", Options{Catalog: retryAPI(policy)}, errStopped, ReasonDecision},
		{"failure that the catalog does not list", Options{Catalog: retryAPI(policy)}, FailureDNS, ReasonDecision},
		{"canceled call", Options{Catalog: retryAPI(policy), Repeatable: true}, context.Canceled, ReasonDecision},
		{"no catalog", Options{}, status(429), ReasonDecision},
		{"no policy", Options{Catalog: retryAPI(nil)}, status(429), ReasonExhausted},
		{"zero policy", Options{Catalog: retryAPI(&Policy{})}, status(429), ReasonExhausted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Do(t.Context(), &test.o, playing(test.err).call)
			stopped(t, err, test.reason, 1)
			findsAll(t, err, test.err)
		})
	}
}

// A server that asks for a longer wait than the policy obeys is not waited for,
// and not asked again either.
func TestDoStopsAtADelayOverTheCap(t *testing.T) {
	for delay, figure := range map[string]string{
		"301":                            "5m1s",
		"18446744074":                    "over 292 years", // 290 ms where it wraps
		"9223372037":                     "over 292 years",
		"123456789012345678901234567890": "over 292 years",
		"Fri, 31 Dec 9999 23:59:59 GMT":  "over 292 years",
	} {
		t.Run(delay, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := playing(status(429, "Retry-After", delay))
				_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 3})}, s.call)
				if stop := stopped(t, err, ReasonServerDelay, 1); stop.Elapsed != 0 {
					t.Errorf("slept for %v", stop.Elapsed)
				}
				want := "the server asks for a wait of " + figure + ", over the limit of 5m0s"
				if !strings.HasSuffix(err.Error(), want) {
					t.Errorf("the error is %q, want it to end in %q", err, want)
				}
			})
		})
	}
}

func TestDoWaitsByThePolicyForWhatIsNoDelay(t *testing.T) {
	for _, delay := range []string{"-5", "+5", "1.5", "1e3", "NaN", "0x10", "", "5, 10", "0", "Sat, 01 Jan 2000 00:00:00 GMT"} {
		t.Run(delay, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := playing(status(429, "Retry-After", delay), nil)
				Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Base: 7 * second, Retries: 1})}, s.call)
				calledAt(t, s, 0, 7*second)
			})
		})
	}
}

// A date is read against the reply's own clock; the local one is in the year 2000
// here.
func TestDoWaitsUntilADate(t *testing.T) {
	const clock = "Sun, 06 Nov 1994 08:49:07 GMT"
	for name, fields := range map[string][]string{
		"seconds":        {"Retry-After", "30"},
		"date":           {"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT", "Date", clock},
		"RFC 850 date":   {"Retry-After", "Sunday, 06-Nov-94 08:49:37 GMT", "Date", clock},
		"asctime date":   {"Retry-After", "Sun Nov  6 08:49:37 1994", "Date", clock},
		"no Date header": {"Retry-After", "Sat, 01 Jan 2000 00:00:30 GMT"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := playing(status(429, fields...), nil)
				Do(t.Context(), &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 1})}, s.call)
				calledAt(t, s, 0, 30*second)
			})
		})
	}
}

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

func TestDoRepeatsOnlyWhatDoesNoHarm(t *testing.T) {
	catalog := retryAPI(&Policy{Retries: 1})
	safe := retryAPI(&Policy{Retries: 1})
	for i := range safe.Endpoints {
		safe.Endpoints[i].Repeatable = true
	}
	lost := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	proxy := &net.OpError{Op: "proxyconnect", Err: refused}
	tests := []struct {
		name   string
		o      Options
		err    error
		repeat bool
	}{
		{"reply that had no effect", Options{Catalog: catalog}, status(429), true},
		{"reply that may have had", Options{Catalog: catalog}, status(503), false},
		{"of an operation that is not repeatable", Options{Catalog: catalog, Operation: "pay"}, status(503), false},
		{"of one that is", Options{Catalog: catalog, Operation: "read"}, status(503), true},
		{"of one that is, by the reply", Options{Catalog: catalog}, &ReplyError{Reply: Reply{Status: 503, Operation: "read"}}, true},
		{"of one that is not, by the reply", Options{Catalog: catalog, Operation: "read"}, &ReplyError{Reply: Reply{Status: 503, Operation: "pay"}}, false},
		{"of one that the catalog does not list", Options{Catalog: safe, Operation: "else"}, status(503), false},
		{"of any, all of which are", Options{Catalog: safe}, status(503), true},
		{"by the caller's word", Options{Catalog: catalog, Repeatable: true}, status(503), true},
		{"lost connection", Options{Catalog: catalog}, lost, false},
		{"lost connection of a repeatable operation", Options{Catalog: catalog, Operation: "read"}, lost, true},
		{"refused connection", Options{Catalog: catalog}, refused, true},
		{"refused connection of a proxy", Options{Catalog: catalog}, proxy, true},
		{"timeout", Options{Catalog: catalog}, FailureTimeout, false},
		{"timeout of a repeatable operation", Options{Catalog: catalog, Operation: "read"}, FailureTimeout, true},
		{"no answer to a dial", Options{Catalog: catalog}, &net.OpError{Op: "dial", Err: context.DeadlineExceeded}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Do(t.Context(), &test.o, playing(test.err).call)
			if !test.repeat {
				stopped(t, err, ReasonEffect, 1)
				return
			}
			stopped(t, err, ReasonExhausted, 2)
		})
	}
}

// A poll that is answered in order resets the count of retries and takes nothing
// from the budget.
func TestDoCountsPollsApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		budget := &Budget{MaxTokens: 4}
		o := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 2}), Budget: budget}
		poll, busy := status(202), status(429)
		s := playing(poll, busy, busy, poll, busy, busy, poll, nil)
		if _, err := Do(t.Context(), o, s.call); err != nil {
			t.Error(err)
		}
		calledAt(t, s, 0, 5*second, 6*second, 7*second, 12*second, 13*second, 14*second, 19*second)
	})
	synctest.Test(t, func(t *testing.T) {
		catalog := retryAPI(&Policy{Retries: 2})
		catalog.Statuses[1].Policy = &Policy{Base: second, Retries: 3}
		_, err := Do(t.Context(), &Options{Catalog: catalog}, playing(status(202), status(429), status(202)).call)
		stopped(t, err, ReasonExhausted, 5)
	})
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
