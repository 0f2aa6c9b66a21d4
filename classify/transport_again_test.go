package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

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
