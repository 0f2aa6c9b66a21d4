package classify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// A method is idempotent as RFC 9110 section 9.2.2 has it, in capital letters.
func TestIsIdempotent(t *testing.T) {
	for method, want := range map[string]bool{
		"GET": true, "HEAD": true, "OPTIONS": true, "TRACE": true, "PUT": true, "DELETE": true, "POST": false, "PATCH": false, "CONNECT": false, "get": false, "": false,
	} {
		if got := IsIdempotent(method); got != want {
			t.Errorf("%s is idempotent: %t", method, got)
		}
	}
}

// The catalog's word about an operation counts instead of the method, and only of one that it
// has.
func TestMethodOrOperation(t *testing.T) {
	for _, test := range []struct {
		method    string
		operation Operation
		calls     int
	}{
		{"GET", "pay", 1}, {"GET", "unheard of", 4}, {"GET", "", 4}, {"POST", "look", 4}, {"POST", "unheard of", 1},
	} {
		c := retryAPI(&Policy{Retries: 3})
		base := &counter{replies: []reply{answers(503, "")}}
		req := newRequest(t, test.method, shop, "")
		req = req.WithContext(WithOperation(req.Context(), test.operation))
		roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: base}, req)
		if base.calls() != test.calls {
			t.Errorf("%s of %q: %d calls, want %d", test.method, test.operation, base.calls(), test.calls)
		}
	}
}

// Without a catalog, what comes is handed on, and what does not come is an error.
func TestTransportHandsOnWithoutACatalog(t *testing.T) {
	for _, hooks := range []Hooks{{}, {Attempt: func(context.Context, Try) {}}} {
		for _, status := range []int{200, 302, 404, 503} {
			base := &counter{replies: []reply{answers(status, "text")}}
			resp := roundTrip(t, &Transport{Options: Options{Operation: "x", Hooks: hooks}, Base: base}, newRequest(t, "GET", shop, ""))
			if base.calls() != 1 || ErrorOf(resp) != nil {
				t.Errorf("%d: %d calls, %v", status, base.calls(), ErrorOf(resp))
			}
			checkReadable(t, resp, "text")
		}
		_, err := (&Transport{Options: Options{Operation: "x", Hooks: hooks}, Base: roundTripper(fails(io.EOF))}).RoundTrip(newRequest(t, "GET", shop, ""))
		stopped(t, err, ReasonDecision, 1)
	}
}

// A success counts for the budget, told by the status or by the body, at once or after
// another try.
func TestTransportRefillsForEachSuccess(t *testing.T) {
	for name, test := range map[string]struct {
		c       *Catalog
		replies []reply
		left    float64
	}{
		"by the status":             {statusShop(), []reply{answers(200, "")}, 3},
		"by the body":               {shopAPI(0), []reply{answers(200, good)}, 3},
		"by the status, after more": {statusShop(), []reply{answers(500, ""), answers(200, "")}, 2},
	} {
		budget := &Budget{MaxTokens: 3, Ratio: 1}
		budget.Take()
		roundTrip(t, &Transport{Options: Options{Catalog: test.c, Budget: budget}, Base: &counter{replies: test.replies}}, newRequest(t, "GET", shop, ""))
		if got := budget.Tokens(); got != test.left {
			t.Errorf("%s: %v tokens, want %v", name, got, test.left)
		}
	}
}

// A response beside an error does not make a success of it.
func TestTransportTakesAnErrorBesideAResponse(t *testing.T) {
	for _, c := range []*Catalog{nil, statusShop(), shopAPI(0)} {
		c := c
		if c != nil {
			c.Transport = nil
		}
		base := roundTripper(func(req *http.Request) (*http.Response, error) {
			resp, _ := answers(200, good)(req)
			return resp, errStopped
		})
		if _, err := (&Transport{Options: Options{Catalog: c}, Base: base}).RoundTrip(newRequest(t, "GET", shop, "")); !errors.Is(err, errStopped) {
			t.Errorf("the error is %v", err)
		}
	}
}

// A response may have no body and another request, also where it comes in its time.
func TestTransportOfOddResponses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		other := newRequest(t, "GET", shop+"/other", "")
		for _, timeout := range []time.Duration{0, time.Minute} {
			for _, status := range []int{200, 503} {
				calls := 0
				base := roundTripper(func(*http.Request) (*http.Response, error) {
					calls++
					return &http.Response{StatusCode: status, Request: other}, nil
				})
				o := Options{Catalog: statusShop(), Timeout: timeout, Hooks: Hooks{Start: func(ctx context.Context, _ Try) context.Context { return context.WithoutCancel(ctx) }}}
				req := newRequest(t, "PUT", shop, "")
				req.Body, req.GetBody = io.NopCloser(strings.NewReader("x")), func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("x")), nil }
				resp := roundTrip(t, &Transport{Options: o, Base: base}, req)
				if want := map[int]int{200: 1, 503: 4}[status]; calls != want || resp.Request.URL != other.URL {
					t.Errorf("%d: %d calls, want %d; the response is of %s", status, calls, want, resp.Request.URL)
				}
			}
		}
	})
}

// A request with the empty body of net/http keeps it, and is sent again, as one with a body in
// memory keeps that.
func TestTransportLeavesABodyInMemory(t *testing.T) {
	empty := newRequest(t, "PUT", shop, "")
	empty.Body = http.NoBody
	for _, req := range []*http.Request{empty, newRequest(t, "PUT", shop, "text")} {
		var seen []io.ReadCloser
		base := roundTripper(func(sent *http.Request) (*http.Response, error) {
			seen = append(seen, sent.Body)
			return answers(503, "")(sent)
		})
		roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, req)
		if len(seen) != 4 || seen[0] != req.Body {
			t.Errorf("sent %d times, at first with a %T", len(seen), seen[0])
		}
	}
}

// The body's error is the request's where the base returns it, wrapped or as a text, and no
// other error is.
func TestWhatIsTheErrorOfTheBody(t *testing.T) {
	broken := errors.New("cable cut")
	late := func() io.ReadCloser { return io.NopCloser(io.MultiReader(strings.NewReader("x"), breaks{broken})) }
	for _, test := range []struct {
		body    io.ReadCloser
		returns error
		failure Failure
	}{
		{late(), broken, ""}, {late(), errors.New("cable cut"), ""}, {late(), errors.Join(io.EOF, broken), ""},
		{late(), syscall.ECONNRESET, FailureConnection}, {io.NopCloser(io.MultiReader(strings.NewReader("x"))), io.EOF, FailureConnection},
	} {
		base := roundTripper(func(req *http.Request) (*http.Response, error) {
			io.Copy(io.Discard, req.Body)
			return nil, test.returns
		})
		req := newRequest(t, "PUT", shop, "")
		req.Body = test.body
		_, err := (&Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}).RoundTrip(req)
		if stop, ok := err.(*Error); !ok || stop.Decision.Failure != test.failure {
			t.Errorf("%v is %v", test.returns, err)
		}
	}
}

// A panic in a hook leaves no body open.
func TestPanicInAHookClosesTheBody(t *testing.T) {
	panics := func() { panic("boom") }
	for name, test := range map[string]struct {
		hooks Hooks
		body  string
	}{
		"after an attempt":  {Hooks{Attempt: func(context.Context, Try) { panics() }}, `{"code":"WRONG"}`},
		"of the undecided":  {Hooks{Undecided: func(context.Context, Decision) { panics() }}, longer(`{"a":"`, "x", `"}`)},
		"of both":           {Hooks{Attempt: func(context.Context, Try) {}, Undecided: func(context.Context, Decision) { panics() }}, longer(`{"a":"`, "x", `"}`)},
		"before a retry":    {Hooks{Retry: func(context.Context, Event) { panics() }}, `{"code":"BUSY"}`},
		"where it gives up": {Hooks{GiveUp: func(context.Context, *Error) { panics() }}, `{"code":"WRONG"}`},
		"at the end of all": {Hooks{Done: func(context.Context, Summary) { panics() }}, `{"code":"WRONG"}`},
	} {
		base := &counter{replies: []reply{answers(200, test.body)}}
		func() {
			defer func() {
				if recover() != "boom" {
					t.Errorf("%s: no panic", name)
				}
			}()
			(&Transport{Options: Options{Catalog: shopAPI(0), Hooks: test.hooks}, Base: base}).RoundTrip(newRequest(t, "GET", shop, ""))
		}()
		base.checkClosed(t)
	}
}

// What a hook alone is told of a success names the operation and the status.
func TestOneHookIsToldOfASuccess(t *testing.T) {
	told := map[string]Decision{}
	for _, hooks := range []Hooks{
		{Attempt: func(_ context.Context, try Try) { told["attempt"] = try.Decision }}, {Done: func(_ context.Context, s Summary) { told["done"] = s.Decision }},
	} {
		o := Options{Catalog: statusShop(), Operation: "quote", Hooks: hooks}
		roundTrip(t, &Transport{Options: o, Base: &counter{replies: []reply{answers(200, "")}}}, newRequest(t, "GET", shop, ""))
	}
	for name, d := range told {
		if d.Operation != "quote" || d.Status != 200 || d.Action != OK {
			t.Errorf("%s: %s of %q with %d", name, d.Action, d.Operation, d.Status)
		}
	}
	if len(told) != 2 {
		t.Errorf("told %d times", len(told))
	}
}

// What a loop inside gave up on is handed back as it says, and no hook is told of a retry in a
// context that has ended.
func TestTransportOverAnother(t *testing.T) {
	inner := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: &counter{replies: []reply{answers(503, "")}}}
	var first error
	between := roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := inner.RoundTrip(req)
		first = ErrorOf(resp)
		return resp, err
	})
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: between}, newRequest(t, "GET", shop, ""))
	if got := ErrorOf(resp); got == nil || got != first {
		t.Errorf("%v, want %v", got, first)
	}

	ctx, cancel := context.WithCancel(t.Context())
	o := Options{Catalog: shopAPI(0), Hooks: Hooks{Retry: func(context.Context, Event) { t.Error("a retry is told of") }}}
	base := roundTripper(func(req *http.Request) (*http.Response, error) {
		cancel()
		return answers(503, "")(req)
	})
	_, err := (&Transport{Options: o, Base: base}).RoundTrip(newRequest(t, "GET", shop, "").WithContext(ctx))
	stopped(t, err, ReasonCanceled, 1)
}

// The time of the first try counts where attempts have a timeout, however short that is.
func TestTransportCountsTheFirstTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := roundTripper(func(req *http.Request) (*http.Response, error) {
			time.Sleep(300 * time.Millisecond)
			return answers(400, "")(req)
		})
		resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0), Timeout: 500 * time.Millisecond}, Base: base}, newRequest(t, "GET", shop, ""))
		if why := checkReason(t, resp, ReasonDecision, 1); why.Elapsed != 300*time.Millisecond {
			t.Errorf("after %s", why.Elapsed)
		}
	})
}
