package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// shopAPI is the catalog of an API that tells success in the body. Every wait is
// a second; where the network is real, that of the policy is set to less.
func shopAPI(wait time.Duration) *Catalog {
	policy := &Policy{Name: "again", Base: wait, Retries: 3}
	return indexed(&Catalog{
		Name:   "shop",
		Forms:  []Form{{Syntax: JSON, OK: []Test{{At: Path{"ok"}, Values: []Scalar{{Bool, "true"}}}}, Code: []Path{{"code"}}}},
		Delays: []Delay{{Header: "Retry-After"}},
		Endpoints: []Endpoint{
			{Operation: "order", Method: "POST", Path: "/orders/"},
			{Operation: "quote", Method: "POST", Path: "/quotes", Repeatable: true},
		},
		Codes: []Entry{
			{Code: "BUSY", Action: Retry, Policy: policy, Meaning: "Too much to do"},
			{Code: "NO_FUNDS", Action: FixAccount, Meaning: "No funds", Fix: "Top up"},
			{Code: "WRONG", Action: Fail, Meaning: "The order is wrong"},
			{Code: "PACKING", Action: WaitPoll, Policy: policy},
			{Code: "LOST", Action: Resubmit, Policy: policy},
		},
		Statuses: []Entry{
			{Kind: KindStatus, Number: 202, Code: "202", Action: WaitPoll, Policy: policy},
			{Kind: KindStatus, Number: 429, Code: "429", Action: Retry, Policy: policy, Meaning: "Too many requests"},
			{Kind: KindStatus, Number: 500, Code: "500", Action: Retry, Policy: policy, Effect: EffectMaybe},
		},
		Classes: []Entry{
			{Kind: KindStatusClass, Number: 4, Code: "4xx", Action: Fail},
			{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Retry, Policy: policy},
		},
		Transport: []Entry{
			{Kind: KindTransport, Code: "timeout", Action: Retry, Policy: policy, Effect: EffectMaybe},
			{Kind: KindTransport, Code: "connection", Action: Retry, Policy: policy},
			{Kind: KindTransport, Code: "dns", Action: Fail},
			{Kind: KindTransport, Code: "tls", Action: Fail},
		},
		// What can't be read must not be sent again only for that.
		Unrecognised: &Entry{Kind: KindUnrecognised, Code: "unrecognised", Action: Retry, Policy: policy},
	})
}

const good = `{"ok":true}`

// countedBody counts what is read of a body and how often it is closed.
type countedBody struct {
	io.Reader
	read   atomic.Int64
	closed atomic.Int64
}

func (b *countedBody) Read(p []byte) (int, error) {
	if b.closed.Load() > 0 {
		return 0, http.ErrBodyReadAfterClose
	}
	n, err := b.Reader.Read(p)
	b.read.Add(int64(n))
	return n, err
}

func (b *countedBody) Close() error {
	b.closed.Add(1)
	return nil
}

// reply makes what a base answers with.
type reply func(*http.Request) (*http.Response, error)

// answers makes a reply with a status, a body and a header.
func answers(status int, body string, header ...string) reply {
	return func(req *http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{
			StatusCode:    status,
			Header:        h,
			Body:          io.NopCloser(strings.NewReader(body)),
			ContentLength: int64(len(body)),
			Request:       req,
		}, nil
	}
}

func fails(err error) reply {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// counter is a base that counts, over another one or over replies of which the
// last goes on.
type counter struct {
	base    http.RoundTripper
	replies []reply

	mu      sync.Mutex
	sent    []string // the bodies
	headers []http.Header
	bodies  []*countedBody // of the responses
}

func (c *counter) RoundTrip(req *http.Request) (*http.Response, error) {
	body := ""
	if c.base == nil && req.Body != nil {
		raw, _ := io.ReadAll(req.Body)
		body = string(raw)
		req.Body.Close()
	}
	c.mu.Lock()
	c.sent = append(c.sent, body)
	c.headers = append(c.headers, req.Header.Clone())
	i := min(len(c.sent), len(c.replies)) - 1
	c.mu.Unlock()
	answer := reply(func(req *http.Request) (*http.Response, error) { return c.base.RoundTrip(req) })
	if c.base == nil {
		answer = c.replies[i]
	}
	resp, err := answer(req)
	if resp != nil && resp.Body != nil && resp.StatusCode != http.StatusSwitchingProtocols {
		counted := &countedBody{Reader: resp.Body}
		resp.Body = &closesBoth{counted, resp.Body}
		c.mu.Lock()
		c.bodies = append(c.bodies, counted)
		c.mu.Unlock()
	}
	return resp, err
}

type closesBoth struct {
	*countedBody
	also io.Closer
}

func (b *closesBoth) Close() error {
	b.countedBody.Close()
	return b.also.Close()
}

func (c *counter) calls() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sent)
}

// checkClosed fails unless each response's body is closed exactly once, now or
// soon.
func (c *counter) checkClosed(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, body := range c.bodies {
		eventually(t, func() bool { return body.closed.Load() > 0 }, "body %d is not closed", i)
		if n := body.closed.Load(); n != 1 {
			t.Errorf("body %d is closed %d times", i, n)
		}
	}
}

// eventually waits for a condition, for as long as a test can be kept waiting.
func eventually(t *testing.T, condition func() bool, format string, args ...any) {
	t.Helper()
	for n := range 10_000 {
		if condition() {
			return
		}
		if n < 100 {
			runtime.Gosched()
			continue
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf(format, args...)
}

// requestBody is a request's body that counts its closings.
func requestBody(text string) *countedBody { return &countedBody{Reader: strings.NewReader(text)} }

func newRequest(t *testing.T, method, address, body string) *http.Request {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, reader)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

const shop = "http://shop.invalid"

// checkReadable reads a response to the end and closes it.
func checkReadable(t *testing.T, resp *http.Response, want string) {
	t.Helper()
	got, err := io.ReadAll(resp.Body)
	if err != nil || string(got) != want {
		t.Errorf("body %.80q (%d bytes), %v, want %.80q (%d bytes)", got, len(got), err, want, len(want))
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
}

// checkReason checks why a response was handed back against what is expected.
func checkReason(t *testing.T, resp *http.Response, want Reason, attempts int) *Error {
	t.Helper()
	why := stopOn(resp)
	if why == nil {
		t.Fatalf("status %d is handed back for no reason", resp.StatusCode)
	}
	if why.Reason != want || why.Attempts != attempts {
		t.Errorf("%q after %d attempts, want %q after %d", why.Reason, why.Attempts, want, attempts)
	}
	return why
}

func roundTrip(t *testing.T, transport *Transport, req *http.Request) *http.Response {
	t.Helper()
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

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

func TestTransportSendsTheSameBodyEachTime(t *testing.T) {
	const body = "2 apples"
	base := &counter{replies: []reply{answers(503, ""), answers(503, ""), answers(200, good)}}
	req := newRequest(t, "POST", shop+"/orders", "")
	bodies := []*countedBody{requestBody(body)}
	req.Body = bodies[0]
	req.GetBody = func() (io.ReadCloser, error) {
		bodies = append(bodies, requestBody(body))
		return bodies[len(bodies)-1], nil
	}
	req.Header.Set("X-Mine", "1")
	before, header := *req, req.Header.Clone()
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0), Timeout: time.Minute}, Base: base}, req)
	if want := []string{body, body, body}; !slices.Equal(base.sent, want) {
		t.Errorf("sent %q", base.sent)
	}
	for i, body := range bodies {
		if n := body.closed.Load(); n != 1 {
			t.Errorf("the body of request %d is closed %d times", i, n)
		}
	}
	if req.Body != before.Body || req.Context() != before.Context() || fmt.Sprint(req.Header) != fmt.Sprint(header) || req.URL != before.URL {
		t.Error("the caller's request has changed")
	}
	if resp.Request != req || stopOn(resp) != nil {
		t.Errorf("the response is of %p, not of %p; %v", resp.Request, req, stopOn(resp))
	}
	checkReadable(t, resp, good)
	base.checkClosed(t)
}

func TestTransportCannotSendAOneShotBodyAgain(t *testing.T) {
	body := requestBody("once")
	req := newRequest(t, "PUT", shop, "")
	req.Body = body
	base := &counter{replies: []reply{answers(503, "down")}}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, req)
	if why := checkReason(t, resp, ReasonBody, 1); !strings.Contains(why.Error(), "body can't be sent again") {
		t.Error(why)
	}
	checkReadable(t, resp, "down")
	if body.closed.Load() != 1 {
		t.Errorf("the request's body is closed %d times", body.closed.Load())
	}
	base.checkClosed(t)
}

func TestTransportHandsBackTheReplyWhereGetBodyFails(t *testing.T) {
	gone := errors.New("file is gone")
	req := newRequest(t, "PUT", shop, "x")
	get, calls := req.GetBody, 0
	req.GetBody = func() (io.ReadCloser, error) {
		if calls++; calls > 1 {
			return nil, gone
		}
		return get()
	}
	base := &counter{replies: []reply{answers(503, "first"), answers(503, "second")}}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, req)
	if why := checkReason(t, resp, ReasonBody, 2); !errors.Is(why, gone) {
		t.Error(why)
	}
	if base.bodies[1].closed.Load() != 0 {
		t.Error("the response is closed")
	}
	checkReadable(t, resp, "second")
	base.checkClosed(t)
}

func TestTransportHandsBackTheLastReply(t *testing.T) {
	base := &counter{replies: []reply{answers(503, `{"code":"BUSY"}`)}}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
	if why := checkReason(t, resp, ReasonExhausted, 4); why.Decision.Code != "BUSY" {
		t.Errorf("decided by %q", why.Decision.Code)
	}
	checkReadable(t, resp, `{"code":"BUSY"}`)
	base.checkClosed(t)
}

// A request that may have taken effect is sent again only where that is safe.
func TestTransportSendsAnAmbiguousRequestOnlyOnce(t *testing.T) {
	broken := fails(fmt.Errorf("read: %w", syscall.ECONNRESET))
	again := []string{"Idempotency-Key", "6f1c"}
	tests := []struct {
		name         string
		method, path string
		header       []string
		repeatable   bool
		first        reply
		want         int
	}{
		{"POST", "POST", "/orders", nil, false, broken, 1},
		{"POST to no operation of the catalog", "POST", "/else", nil, false, broken, 1},
		{"POST said to be repeatable", "POST", "/orders", nil, true, broken, 2},
		{"POST of a repeatable operation", "POST", "/quotes", nil, false, broken, 2},
		{"POST with a key", "POST", "/orders", again, false, broken, 2},
		{"POST with a key of another name", "POST", "/orders", []string{"X-Idempotency-Key", "1"}, false, broken, 2},
		{"POST with an empty key", "POST", "/orders", []string{"Idempotency-Key", ""}, false, broken, 1},
		{"PATCH", "PATCH", "/orders", nil, false, broken, 1},
		{"its own method", "PUSH", "/orders", nil, false, broken, 1},
		{"GET", "GET", "/orders", nil, false, broken, 2},
		{"no method", "", "/orders", nil, false, broken, 2},
		{"DELETE", "DELETE", "/orders", nil, false, broken, 2},
		{"PUT", "PUT", "/orders", nil, false, broken, 2},
		{"POST refused", "POST", "/orders", nil, false, answers(429, ""), 2},
		{"POST and a status that may be late", "POST", "/orders", nil, false, answers(500, ""), 1},
		{"POST with a key and such a status", "POST", "/orders", again, false, answers(500, ""), 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base := &counter{replies: []reply{test.first, answers(200, good)}}
			req := newRequest(t, test.method, shop+test.path, "2 apples")
			req.Method = test.method
			if test.header != nil {
				req.Header.Set(test.header[0], test.header[1])
			}
			transport := &Transport{Options: Options{Catalog: shopAPI(0), Repeatable: test.repeatable}, Base: base}
			resp, err := transport.RoundTrip(req)
			if base.calls() != test.want {
				t.Fatalf("%d calls, want %d", base.calls(), test.want)
			}
			if test.want == 1 {
				why, _ := errors.AsType[*Error](err)
				if why == nil {
					why = stopOn(resp)
				}
				if why == nil || why.Reason != ReasonEffect {
					t.Errorf("stopped because of %v", why)
				}
			}
			if test.header != nil && test.want == 2 {
				first, second := base.headers[0].Get(test.header[0]), base.headers[1].Get(test.header[0])
				if first != second || first != test.header[1] {
					t.Errorf("keys %q and %q", first, second)
				}
			}
		})
	}
}

func TestTransportHandsBackWhatTheCallerFollows(t *testing.T) {
	tests := []struct {
		name   string
		answer reply
		action Action
		told   int // how often GiveUp is called
	}{
		{"poll again", answers(200, `{"code":"PACKING"}`), WaitPoll, 0},
		{"poll again by status", answers(202, ""), WaitPoll, 0},
		{"submit again", answers(200, `{"code":"LOST"}`), Resubmit, 1},
		{"stop", answers(400, `{"code":"WRONG"}`), Fail, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			told := 0
			base := &counter{replies: []reply{test.answer}}
			hooks := Hooks{GiveUp: func(context.Context, *Error) { told++ }}
			resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0), Hooks: hooks}, Base: base}, newRequest(t, "GET", shop, ""))
			if why := checkReason(t, resp, ReasonDecision, 1); why.Decision.Action != test.action || told != test.told {
				t.Errorf("%s, and %d times given up", why.Decision.Action, told)
			}
			resp.Body.Close()
			base.checkClosed(t)
		})
	}
}

func TestTransportKeepsToTheBudget(t *testing.T) {
	budget := &Budget{MaxTokens: 2}
	base := &counter{replies: []reply{answers(429, "")}}
	transport := &Transport{Options: Options{Catalog: shopAPI(0), Budget: budget}, Base: base}
	resp := roundTrip(t, transport, newRequest(t, "POST", shop+"/quotes", "x"))
	checkReason(t, resp, ReasonBudget, 3)
	base.replies = []reply{answers(400, `{"code":"WRONG"}`)}
	roundTrip(t, transport, newRequest(t, "GET", shop, ""))
	base.replies = []reply{answers(200, good)}
	for range 10 {
		roundTrip(t, transport, newRequest(t, "GET", shop, ""))
	}
	if !budget.Take() || budget.Take() {
		t.Error("ten successes are not worth one token")
	}
}

// The body of a request that the budget refuses to send again is closed.
func TestTransportClosesTheBodyThatTheBudgetRefuses(t *testing.T) {
	req := newRequest(t, "PUT", shop, "x")
	again := &countedBody{Reader: strings.NewReader("x")}
	req.GetBody = func() (io.ReadCloser, error) { return again, nil }
	empty := &Budget{MaxTokens: 1}
	empty.Take()
	base := &counter{replies: []reply{answers(429, "")}}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0), Budget: empty}, Base: base}, req)
	checkReason(t, resp, ReasonBudget, 1)
	if n := again.closed.Load(); n != 1 {
		t.Errorf("it is closed %d times", n)
	}
}

func TestTransportRefillsTheBudgetAfterARetry(t *testing.T) {
	budget := &Budget{MaxTokens: 1, Ratio: 1}
	base := &counter{replies: []reply{answers(429, ""), answers(200, good)}}
	roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0), Budget: budget}, Base: base}, newRequest(t, "GET", shop, ""))
	if !budget.Take() {
		t.Error("the success has put nothing back")
	}
}

// A path that the catalog does not know is not one of its operations, be these
// all repeatable.
func TestTransportTakesNoStrangerForAnOperation(t *testing.T) {
	catalog := shopAPI(0)
	catalog.Endpoints = catalog.Endpoints[1:]
	for path, want := range map[string]int{"/quotes": 2, "/else": 1} {
		base := &counter{replies: []reply{fails(syscall.ECONNRESET), answers(200, good)}}
		(&Transport{Options: Options{Catalog: catalog}, Base: base}).RoundTrip(newRequest(t, "POST", shop+path, "x"))
		if base.calls() != want {
			t.Errorf("%s: %d calls, want %d", path, base.calls(), want)
		}
	}
}

// A Transport, or a Do, inside the base has made the tries already.
func TestTransportAddsNoTriesToThoseOfItsBase(t *testing.T) {
	for _, answer := range []reply{answers(503, "down"), fails(syscall.ECONNREFUSED)} {
		base := &counter{replies: []reply{answer}}
		options := Options{Catalog: shopAPI(0)}
		resp, err := (&Transport{Options: options, Base: &Transport{Options: options, Base: base}}).RoundTrip(newRequest(t, "GET", shop, ""))
		if base.calls() != 4 {
			t.Errorf("%d calls", base.calls())
		}
		if err == nil {
			checkReason(t, resp, ReasonExhausted, 4)
			checkReadable(t, resp, "down")
		}
	}
}

func TestErrorOfBelongsToOneResponse(t *testing.T) {
	base := &counter{replies: []reply{answers(400, ""), answers(200, good)}}
	transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}
	failed := roundTrip(t, transport, newRequest(t, "GET", shop, ""))
	checkReason(t, failed, ReasonDecision, 1)
	if resp := roundTrip(t, transport, failed.Request); stopOn(resp) != nil {
		t.Errorf("a success is handed back because of %v", stopOn(resp))
	}
	for _, resp := range []*http.Response{nil, {}, {Request: newRequest(t, "GET", shop, "")}} {
		if why := stopOn(resp); why != nil {
			t.Error(why)
		}
	}
}

func TestTransportWithoutACatalogPassesAll(t *testing.T) {
	base := &counter{replies: []reply{answers(503, "down"), fails(syscall.ECONNREFUSED)}}
	transport := &Transport{Base: base}
	resp := roundTrip(t, transport, newRequest(t, "GET", shop, ""))
	checkReadable(t, resp, "down")
	if _, err := transport.RoundTrip(newRequest(t, "GET", shop, "")); !errors.Is(err, syscall.ECONNREFUSED) || base.calls() != 2 {
		t.Errorf("%v after %d calls", err, base.calls())
	}
}

func TestTransportSurvivesABaseThatAnswersNothing(t *testing.T) {
	base := &counter{replies: []reply{fails(nil)}}
	if _, err := (&Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}).RoundTrip(newRequest(t, "GET", shop, "")); err == nil {
		t.Error("no error")
	}
	_, err := (&Transport{Options: Options{Catalog: shopAPI(0)}}).RoundTrip(&http.Request{Body: requestBody("")})
	if err == nil {
		t.Error("no error of a request without a URL")
	}
}

// boom panics.
func boom(*http.Request) (*http.Response, error) { panic("boom") }

func TestTransportLetsAPanicPass(t *testing.T) {
	tests := []struct {
		name    string
		replies []reply
		hooks   Hooks
	}{
		{"in the first try", []reply{boom}, Hooks{}},
		{"in the second try", []reply{answers(503, ""), boom}, Hooks{}},
		{"in the body", []reply{func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 503, Body: io.NopCloser(panicReader{}), ContentLength: -1}, nil
		}}, Hooks{}},
		{"before the wait", []reply{answers(503, "")}, Hooks{Retry: func(context.Context, Event) { panic("boom") }}},
		{"at the end", []reply{answers(400, "")}, Hooks{GiveUp: func(context.Context, *Error) { panic("boom") }}},
	}
	for _, test := range tests {
		for _, timeout := range []time.Duration{-1, time.Hour} {
			t.Run(fmt.Sprint(test.name, timeout), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { // which fails if a goroutine is left
					var contexts []context.Context
					base := &counter{replies: test.replies}
					spy := roundTripper(func(req *http.Request) (*http.Response, error) {
						contexts = append(contexts, req.Context())
						return base.RoundTrip(req)
					})
					body, again := requestBody("x"), requestBody("x")
					req := newRequest(t, "PUT", shop, "")
					req.Body, req.GetBody = body, func() (io.ReadCloser, error) { return again, nil }
					func() {
						defer func() {
							if got := recover(); got != "boom" {
								t.Errorf("panic %v", got)
							}
						}()
						(&Transport{Options: Options{Catalog: shopAPI(0), Timeout: timeout, Hooks: test.hooks}, Base: spy}).RoundTrip(req)
					}()
					synctest.Wait()
					if body.closed.Load() == 0 {
						t.Error("the request's body is open")
					}
					if again.read.Load() > 0 && again.closed.Load() == 0 || test.hooks.Retry != nil && again.closed.Load() != 1 {
						t.Error("the second body is open")
					}
					for _, ctx := range contexts {
						if timeout > 0 && ctx.Err() == nil {
							t.Error("a timer is left")
						}
					}
					base.checkClosed(t)
				})
			})
		}
	}
}

type panicReader struct{}

func (panicReader) Read([]byte) (int, error) { panic("boom") }

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// A base may close a request's body itself before it panics.
func TestTransportClosesTheBodyWhereABasePanicsUnread(t *testing.T) {
	body := requestBody("x")
	req := newRequest(t, "POST", shop, "")
	req.Body = body
	defer func() {
		if recover() == nil || body.closed.Load() != 1 {
			t.Errorf("the body is closed %d times", body.closed.Load())
		}
	}()
	(&Transport{Options: Options{Catalog: shopAPI(0)}, Base: roundTripper(boom)}).RoundTrip(req)
}

func TestErrorTimeout(t *testing.T) {
	tests := []struct {
		err  *Error
		want bool
	}{
		{nil, false},
		{&Error{}, false},
		{&Error{Reason: ReasonDeadline}, true},
		{&Error{Reason: ReasonExhausted, Decision: Decision{Failure: FailureTimeout}}, true},
		{&Error{Reason: ReasonExhausted, Decision: Decision{Failure: FailureConnection}}, false},
		{&Error{Reason: ReasonCanceled, Decision: Decision{Failure: FailureTimeout}}, false},
	}
	for _, test := range tests {
		if got := (&url.Error{Err: test.err}).Timeout(); got != test.want {
			t.Errorf("%+v: %t", test.err, got)
		}
	}
}

func TestOperationOfARequest(t *testing.T) {
	catalog := &Catalog{Endpoints: []Endpoint{
		{Operation: "show", Method: "GET", Path: "/tasks/{id}"},
		{Operation: "list", Method: "GET", Path: "/tasks/"},
		{Operation: "newest", Method: "GET", Path: "/tasks/new"},
		{Operation: "part", Method: "GET", Path: "/tasks/{id}/parts/{n}"},
		{Operation: "any", Path: "/any"},
		{Operation: "root", Method: "GET", Path: "/"},
		{Operation: "ask", Method: "GET", Path: "/res.php"},
		{Operation: "report", Method: "GET", Path: "/res.php"},
		{Operation: "nowhere", Method: "GET"},
		{Operation: "spaced", Method: "GET", Path: "/a b/ü"},
	}}
	tests := []struct {
		method, path string
		want         Operation
	}{
		{"GET", "/tasks/17", "show"},
		{"", "/tasks/17/", "show"},
		{"POST", "/tasks/17", ""},
		{"GET", "/tasks", "list"},
		{"GET", "/tasks/", "list"},
		{"GET", "/tasks/new", "newest"},
		{"GET", "/tasks/17/parts/2", "part"},
		{"GET", "/tasks/17/parts", ""},
		{"GET", "/tasks//parts/2", ""},
		{"GET", "/tasks/a%2Fb", "show"},
		{"PUT", "/any", "any"},
		{"GET", "", "root"},
		{"GET", "/", "root"},
		{"GET", "/res.php?action=get", ""}, // either of two
		{"GET", "/Tasks", ""},
		{"GET", "/v1/tasks", ""},
		{"GET", "/a%20b/%C3%BC", "spaced"},
	}
	for _, test := range tests {
		req := newRequest(t, "GET", shop+test.path, "")
		req.Method = test.method
		if got := (&Transport{Options: Options{Catalog: catalog}}).operation(nil, req); got != test.want {
			t.Errorf("%s %s is %q, want %q", test.method, test.path, got, test.want)
		}
	}
	req := newRequest(t, "GET", shop+"/tasks", "")
	transport := &Transport{Options: Options{Catalog: catalog, Operation: "mine"}}
	if got := transport.operation(nil, req); got != "mine" {
		t.Errorf("of the options: %q", got)
	}
	if got := transport.operation(askedOf(WithOperation(t.Context(), "ask")), req); got != "ask" {
		t.Errorf("of the context: %q", got)
	}
	if got := transport.operation(askedOf(WithOperation(t.Context(), "")), req); got != "" {
		t.Errorf("none by the context: %q", got)
	}
}

func TestTransportDecidesByTheOperation(t *testing.T) {
	catalog := shopAPI(0)
	catalog.Codes[0].ByOperation = []OperationVariant{{Operation: "order", Action: Fail}}
	for path, want := range map[string]int{"/orders": 1, "/quotes": 4} {
		base := &counter{replies: []reply{answers(200, `{"code":"BUSY"}`)}}
		resp := roundTrip(t, &Transport{Options: Options{Catalog: catalog}, Base: base}, newRequest(t, "POST", shop+path, "x"))
		if base.calls() != want || stopOn(resp).Decision.Operation == "" {
			t.Errorf("%s: %d calls, operation %q", path, base.calls(), stopOn(resp).Decision.Operation)
		}
	}
}

func TestTransportClosesTheIdleConnectionsOfItsBase(t *testing.T) {
	closed := 0
	client := &http.Client{Transport: &Transport{Base: idler{&closed}}}
	client.CloseIdleConnections()
	(&http.Client{Transport: &Transport{Base: roundTripper(boom)}}).CloseIdleConnections()
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
}

type idler struct{ closed *int }

func (idler) RoundTrip(*http.Request) (*http.Response, error) { return nil, io.EOF }

func (i idler) CloseIdleConnections() { *i.closed++ }

func TestTransportTellsItsHooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []Event
		hooks := Hooks{Retry: func(_ context.Context, e Event) { events = append(events, e) }}
		base := &counter{replies: []reply{answers(429, ""), fails(syscall.ECONNREFUSED), answers(200, good)}}
		catalog := shopAPI(time.Second)
		transport := &Transport{Options: Options{Catalog: catalog, Hooks: hooks}, Base: base}
		resp := roundTrip(t, transport, newRequest(t, "POST", shop+"/quotes", ""))
		checkReadable(t, resp, good)
		if len(events) != 2 || events[0].Resend != 1 || events[1].Resend != 2 || events[0].Wait != time.Second ||
			events[0].Operation != "quote" || events[0].Decision.Status != 429 || !errors.Is(events[1].Err, syscall.ECONNREFUSED) {
			t.Errorf("told of %+v", events)
		}
	})
}
