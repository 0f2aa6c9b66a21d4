package classify

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// hangs is a base that waits for the end of the context, and answers with an error.
func hangs(err func(context.Context) error) reply {
	return func(req *http.Request) (*http.Response, error) {
		<-req.Context().Done()
		return nil, err(req.Context())
	}
}

func TestTimeOfATryIsADeadlineToTheBase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		base := roundTripper(func(req *http.Request) (*http.Response, error) {
			if deadline, ok := req.Context().Deadline(); !ok || deadline.Sub(start) != second {
				t.Errorf("the deadline is %s, %t", deadline.Sub(start), ok)
			}
			<-req.Context().Done()
			if err := req.Context().Err(); err != context.DeadlineExceeded {
				t.Errorf("the context ends with %v", err)
			}
			return nil, req.Context().Err()
		})
		_, err := (&Transport{Options: Options{Catalog: shopAPI(0), Timeout: second}, Base: base}).RoundTrip(newRequest(t, "POST", shop+"/orders/", "x"))
		stop := stopped(t, err, ReasonEffect, 1)
		if !errors.Is(err, context.DeadlineExceeded) || stop.Decision.Failure != FailureTimeout || errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v, of kind %q", err, stop.Decision.Failure)
		}
		ctx, cancel := context.WithTimeout(t.Context(), second/2)
		defer cancel()
		sooner := roundTripper(func(req *http.Request) (*http.Response, error) {
			if deadline, _ := req.Context().Deadline(); time.Until(deadline) != second/2 {
				t.Errorf("the deadline is in %s, and the caller's in half a second", time.Until(deadline))
			}
			return answers(200, good)(req)
		})
		roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0), Timeout: second}, Base: sooner}, newRequest(t, "GET", shop, "").WithContext(ctx))
	})
}

func TestTimeOfATryKeepsTheErrorOfTheBase(t *testing.T) {
	dial := &net.OpError{Op: "dial", Err: context.Canceled}
	for name, test := range map[string]struct {
		err   error
		calls int // of what must not be done twice
	}{
		"dial":          {dial, 4},
		"another":       {errStopped, 1},
		"read":          {&net.OpError{Op: "read", Err: errStopped}, 1},
		"nothing":       {nil, 1},
		"only canceled": {context.Canceled, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base := &counter{replies: []reply{hangs(func(context.Context) error { return test.err })}}
				_, err := (&Transport{Options: Options{Catalog: shopAPI(0), Timeout: second}, Base: base}).RoundTrip(newRequest(t, "POST", shop+"/orders/", "x"))
				if base.calls() != test.calls {
					t.Errorf("%d calls, want %d: %v", base.calls(), test.calls, err)
				}
				if reasonOf(err); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
					t.Errorf("the error is %v", err)
				}
				if test.err != nil && test.err != context.Canceled && test.err != dial && !errors.Is(err, test.err) {
					t.Errorf("%v is not found in %v", test.err, err)
				}
				if test.err == errStopped && !strings.Contains(err.Error(), "the attempt timed out: stopped by hand") {
					t.Errorf("the text is %q", err)
				}
			})
		})
	}
}

// What was never connected has had no effect, and is sent again.
func TestTryThatIsNeverConnected(t *testing.T) {
	silent := func() net.Conn { client, _ := net.Pipe(); return client }
	served := func() net.Conn {
		client, server := net.Pipe()
		go io.Copy(io.Discard, server)
		return client
	}
	for name, test := range map[string]struct {
		address string
		dial    func(context.Context, string, string) (net.Conn, error)
		calls   int
	}{
		"dial": {shop, func(context.Context, string, string) (net.Conn, error) {
			time.Sleep(time.Minute)
			return nil, errStopped
		}, 4},
		"handshake":  {"https://shop.test", func(context.Context, string, string) (net.Conn, error) { return silent(), nil }, 4},
		"connection": {"http://shop.test", func(context.Context, string, string) (net.Conn, error) { return served(), nil }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base := &counter{base: &http.Transport{DialContext: test.dial, TLSHandshakeTimeout: time.Minute, DisableKeepAlives: true}}
				_, err := (&Transport{Options: Options{Catalog: shopAPI(0), Timeout: second}, Base: base}).RoundTrip(newRequest(t, "POST", test.address+"/orders/", "x"))
				if base.calls() != test.calls {
					t.Errorf("%d calls, want %d: %v", base.calls(), test.calls, err)
				}
				if stop, ok := err.(*Error); !ok || stop.Decision.Failure != FailureTimeout || stop.Decision.Effect == EffectNone != (test.calls > 1) {
					t.Errorf("the error is %v", err)
				}
				time.Sleep(time.Hour) // as net/http goes on with a dial that nobody waits for
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		base := &http.Transport{
			DialContext:         func(context.Context, string, string) (net.Conn, error) { return silent(), nil },
			TLSHandshakeTimeout: second,
		}
		_, err := base.RoundTrip(newRequest(t, "GET", "https://shop.test", ""))
		if d := shopAPI(0).Classify(Reply{Err: err}); d.Failure != FailureTimeout || d.Effect != EffectNone {
			t.Errorf("%v is %+v", err, d)
		}
	})
}

// The context of a try ends with the body, and is not kept for a body that is none.
func TestContextOfATryIsLetGo(t *testing.T) {
	for name, test := range map[string]struct {
		body io.ReadCloser
		read bool
	}{
		"at the end": {io.NopCloser(strings.NewReader(good)), true},
		"empty":      {http.NoBody, false},
		"none":       {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			var ctx context.Context
			base := roundTripper(func(req *http.Request) (*http.Response, error) {
				ctx = req.Context()
				return &http.Response{StatusCode: 404, Body: test.body, ContentLength: -1, Request: req}, nil
			})
			resp := roundTrip(t, &Transport{Options: Options{Catalog: statusShop(), Timeout: time.Hour}, Base: base}, newRequest(t, "GET", shop, ""))
			if test.read {
				io.Copy(io.Discard, resp.Body)
			}
			if ctx.Err() == nil {
				t.Error("the context goes on")
			}
			if deadline, ok := ctx.Deadline(); ok {
				t.Errorf("the deadline of the body is %s", deadline)
			}
		})
	}
}
