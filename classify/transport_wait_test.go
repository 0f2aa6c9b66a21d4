package classify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestTransportStopsAtAServerDelayOverTheCap(t *testing.T) {
	for _, value := range []string{"18446744074", "9223372037", strings.Repeat("9", 30), "Fri, 31 Dec 9999 23:59:59 GMT"} {
		synctest.Test(t, func(t *testing.T) {
			base := &counter{replies: []reply{answers(429, "busy", "Retry-After", value)}}
			start := time.Now()
			resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(time.Second)}, Base: base}, newRequest(t, "GET", shop, ""))
			why := checkReason(t, resp, ReasonServerDelay, 1)
			checkReadable(t, resp, "busy")
			if slept := time.Since(start); slept != 0 {
				t.Errorf("%s: slept %s", value, slept)
			}
			for _, figure := range []string{delayText(why.Decision.ServerDelay), DefaultServerDelayMax.String()} {
				if !strings.Contains(why.Error(), figure) {
					t.Errorf("%s: %q does not say %s", value, why, figure)
				}
			}
			base.checkClosed(t)
		})
	}
}

func TestTransportWaitsAsTheServerAsks(t *testing.T) {
	const date, ahead = "Fri, 21 Nov 2036 10:00:00 GMT", "Fri, 21 Nov 2036 10:00:30 GMT"
	tests := []struct {
		name   string
		header []string
		want   time.Duration
	}{
		{"seconds", []string{"Retry-After", "7"}, 7 * time.Second},
		{"zero", []string{"Retry-After", "0"}, time.Second},
		{"date by the server's clock", []string{"Retry-After", ahead, "Date", date}, 30 * time.Second},
		{"RFC 850", []string{"Retry-After", "Friday, 21-Nov-36 10:00:30 GMT", "Date", date}, 30 * time.Second},
		{"asctime", []string{"Retry-After", "Fri Nov 21 10:00:30 2036", "Date", date}, 30 * time.Second},
		{"date by the local clock", []string{"Retry-After", "Sat, 01 Jan 2000 00:00:30 GMT"}, 30 * time.Second}, // when a bubble starts
		{"date in the past", []string{"Retry-After", date, "Date", ahead}, time.Second},
	}
	for _, no := range []string{"-5", "+5", "1.5", "1e3", "NaN", "0x10", "", "5, 10"} {
		tests = append(tests, struct {
			name   string
			header []string
			want   time.Duration
		}{"no delay: " + no, []string{"Retry-After", no}, time.Second})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base := &counter{replies: []reply{answers(429, "", test.header...), answers(200, good)}}
				start := time.Now()
				resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(time.Second)}, Base: base}, newRequest(t, "GET", shop, ""))
				if waited := time.Since(start); waited != test.want || base.calls() != 2 {
					t.Errorf("waited %s for call %d, want %s", waited, base.calls(), test.want)
				}
				checkReadable(t, resp, good)
				base.checkClosed(t)
			})
		})
	}
}

func TestTransportBeginsNoWaitPastTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		base := &counter{replies: []reply{answers(429, `{"code":"BUSY"}`, "Retry-After", "30")}}
		start := time.Now()
		resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(time.Second)}, Base: base}, newRequest(t, "GET", shop, "").WithContext(ctx))
		why := checkReason(t, resp, ReasonDeadline, 1)
		if time.Since(start) != 0 {
			t.Errorf("slept %s", time.Since(start))
		}
		last, _ := errors.AsType[*ReplyError](why)
		if !errors.Is(why, context.DeadlineExceeded) || last == nil || last.Reply.Status != 429 || !why.Timeout() {
			t.Errorf("%v lacks the deadline or the last reply", why)
		}
		checkReadable(t, resp, `{"code":"BUSY"}`)
		base.checkClosed(t)
	})
}

func TestTransportIsCancelledInItsSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cause := errors.New("shutting down")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(300*time.Millisecond, func() { cancel(cause) })
		body := requestBody("2 apples")
		again := requestBody("2 apples")
		req := newRequest(t, "POST", shop+"/quotes", "").WithContext(ctx)
		req.Body, req.GetBody = body, func() (io.ReadCloser, error) { return again, nil }
		base := &counter{replies: []reply{answers(429, "")}}
		start := time.Now()
		resp, err := (&Transport{Options: Options{Catalog: shopAPI(time.Second)}, Base: base}).RoundTrip(req)
		last, _ := errors.AsType[*ReplyError](err)
		if resp != nil || !errors.Is(err, cause) || !errors.Is(err, context.Canceled) || last == nil || last.Reply.Status != 429 {
			t.Errorf("%v, %v", resp, err)
		}
		if waited := time.Since(start); waited != 300*time.Millisecond || base.calls() != 1 {
			t.Errorf("returned after %s and %d calls", waited, base.calls())
		}
		if body.closed.Load() != 1 || again.closed.Load() != 1 {
			t.Errorf("bodies closed %d and %d times", body.closed.Load(), again.closed.Load())
		}
		base.checkClosed(t)
	})
}

func TestTransportMakesNoTryAfterACancel(t *testing.T) {
	places := map[string]func(cancel func()) (Hooks, reply){
		"in the call": func(cancel func()) (Hooks, reply) {
			return Hooks{}, func(req *http.Request) (*http.Response, error) {
				cancel()
				return answers(429, "")(req)
			}
		},
		"in the hook": func(cancel func()) (Hooks, reply) {
			return Hooks{Retry: func(context.Context, Event) { cancel() }}, answers(429, "")
		},
	}
	for name, place := range places {
		t.Run(name, func(t *testing.T) {
			for range 2000 {
				ctx, cancel := context.WithCancel(t.Context())
				hooks, answer := place(cancel)
				base := &counter{replies: []reply{answer}}
				transport := &Transport{Options: Options{Catalog: shopAPI(0), Hooks: hooks}, Base: base}
				_, err := transport.RoundTrip(newRequest(t, "GET", shop, "").WithContext(ctx))
				if !errors.Is(err, context.Canceled) || base.calls() != 1 {
					t.Fatalf("%v after %d calls", err, base.calls())
				}
				base.checkClosed(t)
			}
		})
	}
}

func TestTransportMakesNoTryInAnEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	body := requestBody("x")
	req := newRequest(t, "POST", shop, "").WithContext(ctx)
	req.Body = body
	base := &counter{replies: []reply{answers(200, good)}}
	_, err := (&Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}).RoundTrip(req)
	why, _ := errors.AsType[*Error](err)
	if why == nil || why.Reason != ReasonCanceled || why.Attempts != 0 || base.calls() != 0 || body.closed.Load() != 1 {
		t.Errorf("%v after %d calls, body closed %d times", err, base.calls(), body.closed.Load())
	}
}

// until answers when the context of the request has ended.
func until(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

func TestTransportRetriesATryThatTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{until, answers(200, good)}}
		transport := &Transport{Options: Options{Catalog: shopAPI(time.Second), Timeout: 5 * time.Second}, Base: base}
		start := time.Now()
		resp := roundTrip(t, transport, newRequest(t, "GET", shop, ""))
		if took := time.Since(start); took != 6*time.Second || base.calls() != 2 {
			t.Errorf("%s, %d calls", took, base.calls())
		}
		checkReadable(t, resp, good)
	})
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{until}}
		transport := &Transport{Options: Options{Catalog: shopAPI(time.Second), Timeout: 5 * time.Second}, Base: base}
		_, err := transport.RoundTrip(newRequest(t, "GET", shop, ""))
		why, _ := errors.AsType[*Error](err)
		if why == nil || why.Reason != ReasonExhausted || why.Decision.Failure != FailureTimeout || !why.Timeout() ||
			!errors.Is(err, errAttemptTimeout) || base.calls() != 4 {
			t.Errorf("%v after %d calls", err, base.calls())
		}
	})
}

func TestTransportDoesNotRetryTheParentsTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		base := &counter{replies: []reply{until}}
		transport := &Transport{Options: Options{Catalog: shopAPI(time.Second), Timeout: 5 * time.Second}, Base: base}
		_, err := transport.RoundTrip(newRequest(t, "GET", shop, "").WithContext(ctx))
		why, _ := errors.AsType[*Error](err)
		if why == nil || why.Reason != ReasonDeadline || base.calls() != 1 || errors.Is(err, errAttemptTimeout) {
			t.Errorf("%v after %d calls", err, base.calls())
		}
	})
}

func TestTransportTakesTheTimeoutOfTheOperation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		catalog := shopAPI(time.Second)
		catalog.Endpoints[1].Timeout = 2 * time.Second
		base := &counter{replies: []reply{until, answers(200, good)}}
		start := time.Now()
		roundTrip(t, &Transport{Options: Options{Catalog: catalog}, Base: base}, newRequest(t, "POST", shop+"/quotes", ""))
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
