package classify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// listener notes what hooks are told.
type listener struct {
	told []string
	ends time.Time // of the last attempt
}

func (l *listener) note(format string, args ...any) {
	l.told = append(l.told, fmt.Sprintf(format, args...))
}

func (l *listener) hooks() Hooks {
	return Hooks{
		Attempt: func(_ context.Context, try Try) {
			if try.Start.Before(l.ends) {
				l.note("began before the last one had ended")
			}
			l.ends = try.Start.Add(try.Latency)
			if !time.Now().Equal(l.ends) {
				l.note("ended at another time")
			}
			l.note("attempt %d %s %s %s %d err=%t", try.Number, try.Operation, try.Latency, try.Decision.Action, try.Decision.Status, try.Err != nil)
		},
		Retry: func(_ context.Context, e Event) { l.note("retry %d", e.Resend) },
		GiveUp: func(_ context.Context, e *Error) {
			if e != nil {
				l.note("give up %d", e.Attempts)
			} else {
				l.note("give up")
			}
		},
		Done: func(_ context.Context, s Summary) {
			reason := ""
			if s.Err != nil {
				reason = s.Reason.String()
			}
			l.note("done %d %s %s %s %d %s", s.Attempts, s.Operation, s.Elapsed, s.Decision.Action, s.Decision.Status, reason)
		},
		Undecided: func(context.Context, Decision) { l.note("undecided") },
	}
}

func (l *listener) check(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(l.told, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(l.told, "\n"), strings.Join(want, "\n"))
	}
}

// slowly makes each call of a function last a second longer than the one before.
func slowly(call func(context.Context) (int, error)) func(context.Context) (int, error) {
	n := 0
	return func(ctx context.Context) (int, error) {
		n++
		time.Sleep(time.Duration(n) * second)
		return call(ctx)
	}
}

func TestDoTellsOfAttemptsAndTheEnd(t *testing.T) {
	policy := &Policy{Base: 10 * second, Retries: 2}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	inner := &Error{Reason: ReasonBudget, Attempts: 7, Decision: Decision{Action: Retry, Status: 429}}
	for name, test := range map[string]struct {
		ctx  context.Context
		errs []error
		want []string
	}{
		"success": {errs: []error{nil}, want: []string{"attempt 1 read 1s ok 0 err=false", "done 1 read 1s ok 0 "}},
		"success after retries": {errs: []error{status(429), status(202), nil}, want: []string{
			"attempt 1 read 1s retry 429 err=true", "retry 1",
			"attempt 2 read 2s wait_poll 202 err=true", "retry 2",
			"attempt 3 read 3s ok 0 err=false", "done 3 read 21s ok 0 ",
		}},
		"no success": {errs: []error{status(429)}, want: []string{
			"attempt 1 read 1s retry 429 err=true", "retry 1",
			"attempt 2 read 2s retry 429 err=true", "retry 2",
			"attempt 3 read 3s retry 429 err=true", "give up 3", "done 3 read 26s retry 429 the retries are used up",
		}},
		"a stop": {errs: []error{status(400)}, want: []string{
			"attempt 1 read 1s fail 400 err=true", "give up 1", "done 1 read 1s fail 400 the decision is to stop",
		}},
		"a loop inside": {errs: []error{fmt.Errorf("inside: %w", inner)}, want: []string{
			"attempt 1 read 1s retry 429 err=true", "done 1 read 1s retry 429 the budget of retries is used up",
		}},
		"no call": {ctx: canceled, errs: []error{nil}, want: []string{"give up 0", "done 0 read 0s fail 0 the context ended"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := test.ctx
				if ctx == nil {
					ctx = t.Context()
				}
				var told listener
				o := &Options{Catalog: retryAPI(policy), Operation: "read", Hooks: told.hooks()}
				Do(ctx, o, slowly(playing(test.errs...).call))
				told.check(t, test.want...)
			})
		})
	}
}

// Done alone is told the same as with other hooks, and what Do returns.
func TestDoneIsToldTheError(t *testing.T) {
	for _, want := range []error{nil, status(400), status(429)} {
		var got Summary
		o := &Options{Catalog: retryAPI(&Policy{Retries: 1}), Operation: "read"}
		o.Hooks.Done = func(_ context.Context, s Summary) { got = s }
		_, err := Do(t.Context(), o, playing(want).call)
		if got.Err != err || got.Attempts == 0 || (got.Decision.Action == OK) != (want == nil) {
			t.Errorf("told %+v of %v", got, err)
		}
	}
}

func TestTransportTellsOfAttemptsAndTheEnd(t *testing.T) {
	late := func(wait time.Duration, r reply) reply {
		return func(req *http.Request) (*http.Response, error) { time.Sleep(wait); return r(req) }
	}
	silent := func(req *http.Request) (*http.Response, error) {
		resp, _ := answers(200, good, "Content-Encoding", "br")(req)
		return resp, nil
	}
	inner := &Error{Reason: ReasonBudget, Decision: Decision{Action: Retry, Status: 503}}
	for name, test := range map[string]struct {
		replies []reply
		want    []string
	}{
		"success": {[]reply{late(second, answers(200, good))}, []string{
			"attempt 1 quote 1s ok 200 err=false", "done 1 quote 1s ok 200 ",
		}},
		"success after retries": {[]reply{late(second, answers(429, "")), fails(FailureTimeout), late(3*second, answers(200, good))}, []string{
			"attempt 1 quote 1s retry 429 err=true", "retry 1",
			"attempt 2 quote 0s retry 0 err=true", "retry 2",
			"attempt 3 quote 3s ok 200 err=false", "done 3 quote 6s ok 200 ",
		}},
		"a stop": {[]reply{answers(400, `{"code":"NO_FUNDS"}`)}, []string{
			"attempt 1 quote 0s fix_account 400 err=true", "give up 1", "done 1 quote 0s fix_account 400 the decision is to stop",
		}},
		"for the caller to follow": {[]reply{answers(202, "")}, []string{
			"attempt 1 quote 0s wait_poll 202 err=true", "done 1 quote 0s wait_poll 202 the decision is to stop",
		}},
		"undecided": {[]reply{silent}, []string{"attempt 1 quote 0s retry 200 err=false", "undecided", "done 1 quote 0s retry 200 "}},
		"a loop inside": {[]reply{fails(inner)}, []string{
			"attempt 1 quote 0s retry 503 err=true", "done 1 quote 0s retry 503 the budget of retries is used up",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var told listener
				base := &counter{replies: test.replies}
				transport := &Transport{Options: Options{Catalog: shopAPI(second), Hooks: told.hooks()}, Base: base}
				req := newRequest(t, "POST", shop+"/quotes", "2 apples")
				resp, _ := transport.RoundTrip(req)
				if resp != nil {
					if resp.Request == nil || resp.Request.URL != req.URL {
						t.Errorf("the response is of %v", resp.Request)
					}
					resp.Body.Close()
				}
				synctest.Wait()
				base.checkClosed(t)
				told.check(t, test.want...)
			})
		})
	}
}

func TestTransportTellsOfACallThatIsNotMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var told listener
		base := &counter{replies: []reply{answers(200, good)}}
		transport := &Transport{Options: Options{Catalog: shopAPI(second), Hooks: told.hooks()}, Base: base}
		req := newRequest(t, "POST", shop+"/quotes", "2 apples").WithContext(ctx)
		body := &countedBody{Reader: req.Body}
		req.Body = body
		if _, err := transport.RoundTrip(req); !errors.Is(err, context.Canceled) || base.calls() > 0 || body.closed.Load() != 1 {
			t.Errorf("%v after %d calls, body closed %d times", err, base.calls(), body.closed.Load())
		}
		told.check(t, "give up 0", "done 0 quote 0s fail 0 the context ended")
	})
}

func TestJobTellsOfAttemptsAndTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told listener
		s := &solver{submits: []solverAnswer{"OK|7"}, polls: []solverAnswer{"NOT_READY", "OK|text"}}
		job := s.job()
		job.Hooks = told.hooks()
		if _, err := job.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := told.told
		if n := len(want); n == 0 || strings.Count(strings.Join(want, "\n"), "done") != 1 || !strings.HasPrefix(want[n-1], "done 3 poll ") || !strings.Contains(want[n-1], " ok ") {
			t.Errorf("told %q", want)
		}
		if !strings.HasPrefix(want[0], "attempt 1 submit 0s ok") || !strings.HasPrefix(want[1], "attempt 1 poll 0s wait_poll") {
			t.Errorf("told %q", want)
		}

		told = listener{}
		f := newFarm()
		f.tasks["t2"] = times(1, "ZERO_BALANCE")
		lost := f.job()
		var end Summary
		lost.Hooks.Done = func(_ context.Context, s Summary) { end = s; told.note("done") }
		_, err := lost.Run(t.Context())
		if end.Err != err || end.Reason != ReasonDecision || end.Decision.Code != "ZERO_BALANCE" || end.Attempts != 8 {
			t.Errorf("told %+v", end)
		}
		told.check(t, "done")
	})
}

// A loop that tells hooks does the same as one that doesn't.
func TestHooksChangeNothing(t *testing.T) {
	for _, errs := range [][]error{{nil}, {status(429), nil}, {status(503)}, {status(202), status(409)}, {FailureTimeout, nil}} {
		for _, operation := range []Operation{"read", "pay", "look", ""} {
			var told listener
			plain := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 2}), Operation: operation}
			heard := *plain
			heard.Hooks, heard.Numbered = told.hooks(), true
			synctest.Test(t, func(t *testing.T) {
				a, b := playing(errs...), playing(errs...)
				va, ea := Do(t.Context(), plain, a.call)
				vb, eb := Do(t.Context(), &heard, b.call)
				if va != vb || fmt.Sprint(ea) != fmt.Sprint(eb) || !slices.Equal(a.calls, b.calls) {
					t.Errorf("%v in %q: %v, %v at %v with hooks, %v, %v at %v without", errs, operation, vb, eb, b.calls, va, ea, a.calls)
				}
			})
		}
	}
}

// Each hook is called of all that are joined, in their order, and none is made up.
func TestJoinHooks(t *testing.T) {
	var told listener
	all := told.hooks()
	all.Start = func(ctx context.Context, _ Try) context.Context { told.note("start"); return ctx }
	joined := JoinHooks(all, Hooks{}, all)
	v := reflect.ValueOf(joined)
	for i := range v.NumField() {
		told.told = nil
		v.Field(i).Call([]reflect.Value{reflect.ValueOf(t.Context()), reflect.New(v.Type().Field(i).Type.In(1)).Elem()})
		if len(told.told) == 0 || len(told.told)%2 != 0 || told.told[0] != told.told[len(told.told)/2] {
			t.Errorf("%s is told %q", v.Type().Field(i).Name, told.told)
		}
	}
	v = reflect.ValueOf(JoinHooks(Hooks{}, Hooks{}))
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			t.Errorf("%s is set", v.Type().Field(i).Name)
		}
	}
}
