package classify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// The types that the libraries ask for.
var (
	_ func(context.Context, *http.Response, error) (bool, error)                  = (*Catalog)(nil).CheckRetry
	_ func(time.Duration, time.Duration, int, *http.Response) time.Duration       = (*Catalog)(nil).Backoff
	_ func(*http.Response, error) bool                                            = (*Catalog)(nil).Retryable
	_ func(*http.Response, error, int) time.Duration                              = (*Catalog)(nil).RetryDelay
	_ func(context.Context, Operation, func(error) error, wait) func(error) error = (*Catalog)(nil).Marker
)

type wait = func(time.Duration, error) error

// bodyAPI tells success and failure in the body, with a wait there too.
func bodyAPI() *Catalog {
	c := taskAPI()
	c.Delays = append(c.Delays, Delay{At: Path{"wait"}})
	c.Statuses = append(c.Statuses, Entry{Kind: KindStatus, Number: 503, Code: "503", Action: Retry, Policy: slotPolicy, Effect: EffectMaybe})
	c.Transport = append(c.Transport, Entry{Kind: KindTransport, Code: "connection", Action: Retry, Policy: &Policy{Base: 9 * second, Retries: 1}})
	c.Endpoints = []Endpoint{
		{Operation: "submit", Method: "POST", Path: "/in"},
		{Operation: "search", Method: "POST", Path: "/search", Repeatable: true},
	}
	return c
}

// response is one to a request with a method and a path, as an HTTP client
// returns it.
func response(method, path string, status int, body string, fields ...string) *http.Response {
	resp := &http.Response{
		StatusCode:    status,
		Header:        http.Header{},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       httptest.NewRequest(method, "http://api.test"+path, nil),
	}
	for i := 0; i < len(fields); i += 2 {
		resp.Header.Set(fields[i], fields[i+1])
	}
	return resp
}

// lost is the error of an HTTP client whose connection broke.
func lost(method, path string) error {
	return &url.Error{Op: method[:1] + strings.ToLower(method[1:]), URL: "http://api.test" + path, Err: syscall.ECONNRESET}
}

func TestAdaptersRetryWhatTheCatalogSays(t *testing.T) {
	keyed := response("POST", "/in", 503, "")
	keyed.Request.Header.Set("Idempotency-Key", "1")
	named := response("POST", "/elsewhere", 503, "")
	named.Request = named.Request.WithContext(WithOperation(t.Context(), "search"))
	loose := response("GET", "/", 429, "NO_SLOT")
	loose.Request = nil
	severed := response("GET", "/", 503, "")
	severed.Request.Response = &http.Response{StatusCode: 303}
	gaveUp := response("GET", "/", 429, "NO_SLOT")
	redirected := func(method, path string) *http.Response {
		resp := response("GET", "/status", 503, "")
		resp.Request.Response = response(method, path, 303, "", "Location", "/status")
		return resp
	}
	tests := []struct {
		name string
		resp *http.Response
		err  error
		want bool
	}{
		{"redirected POST", redirected("POST", "/in"), nil, false},
		{"redirected POST of no operation", redirected("POST", "/elsewhere"), nil, false},
		{"redirected POST of a repeatable operation", redirected("POST", "/search"), nil, true},
		{"redirected GET", redirected("GET", "/elsewhere"), nil, true},
		{"nothing", nil, nil, false},
		{"success", response("GET", "/", 200, `{"status":1,"request":"42"}`), nil, false},
		{"code in the body of a success status", response("GET", "/", 200, `{"status":0,"request":"NO_SLOT"}`), nil, true},
		{"code that stops", response("GET", "/", 429, "ZERO_BALANCE"), nil, false},
		{"code that beats the status", response("GET", "/", 400, "NO_SLOT"), nil, true},
		{"poll", response("GET", "/", 200, "NOT_READY"), nil, false},
		{"resubmit", nil, lostIn("submit", context.DeadlineExceeded), false},
		{"status", response("GET", "/", 503, "<html>"), nil, true},
		{"delay within the cap", response("GET", "/", 429, "", "Retry-After", "300"), nil, true},
		{"delay over the cap", response("GET", "/", 429, "", "Retry-After", "301"), nil, false},
		{"no request", loose, nil, true},
		{"no request that led to the redirect", severed, nil, true},
		{"that may have taken effect", response("POST", "/in", 503, ""), nil, false},
		{"with a key", keyed, nil, true},
		{"of a repeatable operation", response("POST", "/search", 503, ""), nil, true},
		{"of an operation that the context names", named, nil, true},
		{"of an unlisted path", response("POST", "/elsewhere", 503, ""), nil, false},
		{"that had no effect", response("POST", "/in", 429, ""), nil, true},
		{"lost GET", nil, lost("GET", "/"), true},
		{"lost POST", nil, lost("POST", "/in"), false},
		{"lost POST of a repeatable operation", nil, lost("POST", "/search"), true},
		{"lost something", nil, syscall.ECONNRESET, false},
		{"canceled", nil, &url.Error{Op: "Get", URL: "http://api.test", Err: context.Canceled}, false},
		{"error beside a response", response("GET", "/", 200, `{"status":1}`), errStopped, false},
		{"reply as an error", response("GET", "/", 200, `{"status":1}`), &ReplyError{Reply: Reply{Status: 429}}, true},
		{"loop inside has given up", nil, &url.Error{Op: "Get", URL: "http://api.test", Err: &Error{Last: FailureTimeout}}, false},
		{"transport inside has given up", handBack(gaveUp, gaveUp.Request, &Error{}), nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := bodyAPI()
			if got := c.Retryable(test.resp, test.err); got != test.want {
				t.Errorf("Retryable = %t, want %t", got, test.want)
			}
			if got, err := c.CheckRetry(t.Context(), test.resp, test.err); got != test.want || err != nil {
				t.Errorf("CheckRetry = %t, %v, want %t", got, err, test.want)
			}
		})
	}
}

// lostIn is a failure in an operation.
func lostIn(operation Operation, err error) error {
	return &ReplyError{Reply: Reply{Err: err, Operation: operation}}
}

func TestCheckRetryStopsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if again, err := bodyAPI().CheckRetry(ctx, response("GET", "/", 429, ""), nil); again || err != context.Canceled {
		t.Errorf("CheckRetry = %t, %v", again, err)
	}
}

func TestCheckRetryTakesTheOperationOfTheContext(t *testing.T) {
	ctx := WithOperation(t.Context(), "search")
	for _, err := range []error{lost("POST", "/elsewhere"), syscall.ECONNRESET} {
		if again, _ := searchAPI().CheckRetry(ctx, nil, err); !again {
			t.Errorf("a request of a repeatable operation is not sent again after %v", err)
		}
	}
}

// searchAPI is one whose operations are all repeatable.
func searchAPI() *Catalog {
	c := bodyAPI()
	c.Endpoints = c.Endpoints[1:]
	return c
}

// A request of no operation may do anything, whatever all operations of the catalog are.
func TestAdaptersTakeNoStrangerForAnOperation(t *testing.T) {
	for path, want := range map[string]bool{"/search": true, "/elsewhere": false} {
		if got := searchAPI().Retryable(response("POST", path, 503, ""), nil); got != want {
			t.Errorf("POST %s is sent again: %t", path, got)
		}
		if got := searchAPI().Retryable(nil, lost("POST", path)); got != want {
			t.Errorf("a lost POST %s is sent again: %t", path, got)
		}
	}
}

func TestAdaptersWithoutACatalog(t *testing.T) {
	var none *Catalog
	for _, status := range []int{200, 503} {
		resp := response("GET", "/", status, "")
		if again, err := none.CheckRetry(t.Context(), resp, nil); again || err != nil || none.Retryable(resp, nil) {
			t.Errorf("%d: sent again: %t, %v", status, again, err)
		}
		if delay, wait := none.RetryDelay(resp, nil, 1), none.Backoff(second, second, 0, resp); delay != -1 || wait != second {
			t.Errorf("%d: waits %s and %s", status, delay, wait)
		}
	}
}

// A library may read and close the body between two questions, and its caller
// reads the whole of it after all of them.
func TestAdaptersLeaveTheBodyWhole(t *testing.T) {
	c := bodyAPI()
	for _, body := range []string{
		`{"status":0,"request":"NO_SLOT","wait":40}`,
		`{"status":1,"request":"42"}`,
		strings.Repeat("x", 3*MaxBody),
	} {
		for _, known := range []bool{true, false} {
			resp := response("GET", "/", 200, body)
			if !known {
				resp.Request = nil
			}
			c.CheckRetry(t.Context(), resp, nil)
			c.Retryable(resp, nil)
			c.RetryDelay(resp, nil, 1)
			c.Backoff(0, 0, 0, resp)
			if got, err := io.ReadAll(resp.Body); string(got) != body || err != nil {
				t.Errorf("read %d bytes of %d, %v, with a request: %t", len(got), len(body), err, known)
			}
			if err := resp.Body.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAdaptersRememberAResponseWhoseBodyIsClosed(t *testing.T) {
	c, other := bodyAPI(), retryAPI(&Policy{Base: 2 * second, Retries: 1})
	resp := response("GET", "/", 429, `{"status":0,"request":"NO_SLOT","wait":40}`)
	c.CheckRetry(t.Context(), resp, nil)
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	if got := c.Backoff(second, 30*second, 0, resp); got != 40*second {
		t.Errorf("Backoff = %v, want the 40 s that the body said", got)
	}
	if got := c.RetryDelay(resp, nil, 1); got != 40*second {
		t.Errorf("RetryDelay = %v, want the 40 s that the body said", got)
	}
	if again, _ := c.CheckRetry(t.Context(), resp, nil); !again {
		t.Error("asked once more, CheckRetry stops")
	}
	next := response("GET", "/", 429, "ZERO_BALANCE")
	next.Request = resp.Request // as where a client sends the same request again
	if c.Retryable(next, nil) {
		t.Error("the decision about one response is taken for that about another")
	}
	if got := other.Backoff(second, 30*second, 0, resp); got != 2*second {
		t.Errorf("another catalog has a wait of %v, want its own", got)
	}
}

func TestAdaptersWait(t *testing.T) {
	c := bodyAPI()
	growing := retryAPI(&Policy{Growth: Exponential, Base: second, Factor: 2, Max: 5 * second, Retries: 9})
	bare := &Catalog{}
	type waits [4]time.Duration // before retries 0 to 3
	tests := []struct {
		name    string
		c       *Catalog
		resp    *http.Response
		err     error
		backoff waits
		delay   waits // -1 for none
	}{
		{"policy", growing, response("GET", "/", 429, ""), nil, waits{second, 2 * second, 4 * second, 5 * second}, waits{second, 2 * second, 4 * second, 5 * second}},
		{"server", growing, response("GET", "/", 429, "", "Retry-After", "60"), nil, waits{60 * second, 60 * second, 60 * second, 60 * second}, waits{60 * second, 60 * second, 60 * second, 60 * second}},
		{"lost connection", c, nil, lost("GET", "/"), waits{9 * second, 9 * second, 9 * second, 9 * second}, waits{9 * second, 9 * second, 9 * second, 9 * second}},
		{"nothing that waits", c, response("GET", "/", 400, "ZERO_BALANCE"), nil, waits{3 * second, 6 * second, 12 * second, 20 * second}, waits{-1, -1, -1, -1}},
		{"nothing in the catalog", bare, nil, lost("GET", "/"), waits{3 * second, 6 * second, 12 * second, 20 * second}, waits{-1, -1, -1, -1}},
		{"no catalog", nil, nil, lost("GET", "/"), waits{3 * second, 6 * second, 12 * second, 20 * second}, waits{-1, -1, -1, -1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for n := range 4 {
				if got := test.c.Backoff(3*second, 20*second, n, test.resp); got != test.backoff[n] {
					t.Errorf("Backoff before retry %d = %v, want %v", n, got, test.backoff[n])
				}
				if got := test.c.RetryDelay(test.resp, test.err, n+1); got != test.delay[n] {
					t.Errorf("RetryDelay after attempt %d = %v, want %v", n+1, got, test.delay[n])
				}
			}
		})
	}
}

// permanentError and waitError stand for those of a library.
type permanentError struct{ error }

type waitError struct {
	error
	wait time.Duration
}

func forGood(err error) error                   { return permanentError{err} }
func after(wait time.Duration, err error) error { return waitError{err, wait} }

// marked runs a loop as the library does, and returns the error in the permanent
// one that ends it.
func marked(t *testing.T, mark func(error) error, s *script) error {
	t.Helper()
	for {
		_, err := s.call(t.Context())
		switch err := mark(err).(type) {
		case nil:
			return nil
		case permanentError:
			return err.error
		case waitError:
			time.Sleep(err.wait)
		default:
			t.Fatalf("marked as %T", err)
		}
	}
}

func TestMarker(t *testing.T) {
	policy := &Policy{Growth: Linear, Base: second, Retries: 2}
	tests := []struct {
		name   string
		errs   []error
		calls  []time.Duration
		reason Reason // if it does not succeed
		fails  bool
	}{
		{"success", []error{nil}, []time.Duration{0}, 0, false},
		{"retries", []error{status(429), status(429), nil}, []time.Duration{0, second, 3 * second}, 0, false},
		{"used up", []error{status(429)}, []time.Duration{0, second, 3 * second}, ReasonExhausted, true},
		{"polls", []error{status(202), status(202), status(429), nil}, []time.Duration{0, 5 * second, 10 * second, 11 * second}, 0, false},
		{"server delay", []error{status(429, "Retry-After", "40"), nil}, []time.Duration{0, 40 * second}, 0, false},
		{"server delay over the cap", []error{status(429, "Retry-After", "4000"), nil}, []time.Duration{0}, ReasonServerDelay, true},
		{"permanent", []error{status(400)}, []time.Duration{0}, ReasonDecision, true},
		{"ambiguous", []error{status(503)}, []time.Duration{0}, ReasonEffect, true},
		{"past the deadline", []error{status(429, "Retry-After", "100")}, []time.Duration{0}, ReasonDeadline, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 50*second)
				defer cancel()
				s := playing(test.errs...)
				err := marked(t, retryAPI(policy).Marker(ctx, "pay", forGood, after), s)
				calledAt(t, s, test.calls...)
				if !test.fails {
					if err != nil {
						t.Error(err)
					}
					return
				}
				stopped(t, err, test.reason, len(test.calls))
				findsAll(t, err, test.errs[min(len(test.calls), len(test.errs))-1])
			})
		})
	}
}

func TestMarkerKeepsTheErrorToWaitAfter(t *testing.T) {
	failed := status(429)
	mark := retryAPI(&Policy{Retries: 1}).Marker(t.Context(), "", forGood, after)
	if got := mark(failed).(waitError); got.error != failed {
		t.Errorf("marked %v, want %v", got.error, failed)
	}
	inner := errors.Join(&Error{Last: io.EOF})
	if got := mark(inner).(permanentError); got.error != inner {
		t.Errorf("marked %v, want %v", got.error, inner)
	}
}

func TestMarkersCountApart(t *testing.T) {
	c := retryAPI(&Policy{Retries: 1})
	for range 3 {
		mark := c.Marker(t.Context(), "", forGood, after)
		if _, ok := mark(status(429)).(waitError); !ok {
			t.Error("the first failure of a loop is permanent")
		}
	}
}
