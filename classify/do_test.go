package classify

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
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
