package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

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
