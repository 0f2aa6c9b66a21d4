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

// A response that comes after the time of its try is closed, and does not count.
func TestResponseAfterTheTimeOfATry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := requestBody(good)
		base := roundTripper(func(req *http.Request) (*http.Response, error) {
			time.Sleep(2 * second)
			return &http.Response{StatusCode: 200, Body: body, Request: req}, nil
		})
		o := Options{Catalog: shopAPI(0), Timeout: second, MaxRetries: -1}
		_, err := (&Transport{Options: o, Base: base}).RoundTrip(newRequest(t, "GET", shop, ""))
		if stop := stopped(t, err, ReasonExhausted, 1); stop.Decision.Failure != FailureTimeout || body.closed.Load() != 1 {
			t.Errorf("%v; closed %d times", stop, body.closed.Load())
		}
	})
}

// The context of a try has the earlier deadline. It says who ended it, and once there is a
// response, no time does.
func TestContextOfATry(t *testing.T) {
	for _, test := range []struct {
		parent, cancels, deadline time.Duration // cancels after a time; 0 for never
		want                      error
	}{
		{time.Hour, 0, second, context.DeadlineExceeded},
		{500 * time.Millisecond, 0, 500 * time.Millisecond, context.DeadlineExceeded},
		{time.Hour, 300 * time.Millisecond, second, context.Canceled},
	} {
		synctest.Test(t, func(t *testing.T) {
			parent, cancel := context.WithTimeout(t.Context(), test.parent)
			defer cancel()
			if test.cancels > 0 {
				time.AfterFunc(test.cancels, cancel)
			}
			start := time.Now()
			base := roundTripper(func(req *http.Request) (*http.Response, error) {
				if deadline, ok := req.Context().Deadline(); !ok || deadline.Sub(start) != test.deadline {
					t.Errorf("the deadline is after %s, want %s", deadline.Sub(start), test.deadline)
				}
				<-req.Context().Done()
				if got := req.Context().Err(); got != test.want {
					t.Errorf("the context ended with %v, want %v", got, test.want)
				}
				return nil, req.Context().Err()
			})
			o := Options{Catalog: shopAPI(0), Timeout: second, MaxRetries: -1}
			(&Transport{Options: o, Base: base}).RoundTrip(newRequest(t, "GET", shop, "").WithContext(parent))
		})
	}
	synctest.Test(t, func(t *testing.T) {
		var ctx context.Context
		base := roundTripper(func(req *http.Request) (*http.Response, error) {
			ctx = req.Context()
			return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader("text")), Request: req}, nil
		})
		c := statusShop()
		resp := roundTrip(t, &Transport{Options: Options{Catalog: c, Timeout: second}, Base: base}, newRequest(t, "GET", shop, ""))
		time.Sleep(time.Minute)
		if n, err := resp.Body.Read(make([]byte, 2)); n != 2 || err != nil || ctx.Err() != nil {
			t.Errorf("read %d bytes, %v; the context has ended with %v", n, err, ctx.Err())
		}
		if _, err := io.ReadAll(resp.Body); err != nil || ctx.Err() != context.Canceled {
			t.Errorf("%v; the context has ended with %v", err, ctx.Err())
		}
	})
}

// What a base comes to within the time of a try is as without one.
func TestOddAnswersWithinTheTimeOfATry(t *testing.T) {
	for _, want := range []error{syscall.ECONNRESET, errStopped} {
		for _, beside := range []*http.Response{nil, {StatusCode: 200, Body: http.NoBody}} {
			base := roundTripper(func(*http.Request) (*http.Response, error) { return beside, want })
			o := Options{Catalog: shopAPI(0), Timeout: time.Hour, MaxRetries: -1}
			_, err := (&Transport{Options: o, Base: base}).RoundTrip(newRequest(t, "GET", shop, ""))
			if stop, ok := err.(*Error); !ok || !errors.Is(err, want) || stop.Decision.Failure != FailureOf(want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
	}
	base := roundTripper(func(*http.Request) (*http.Response, error) { return nil, nil })
	for _, timeout := range []time.Duration{0, time.Hour} {
		for _, catalog := range []*Catalog{nil, shopAPI(0)} {
			o := Options{Catalog: catalog, Timeout: timeout, MaxRetries: -1}
			if resp, err := (&Transport{Options: o, Base: base}).RoundTrip(newRequest(t, "GET", shop, "")); resp != nil || err == nil {
				t.Errorf("within %s, with a catalog %v: nothing is a success", timeout, catalog != nil)
			}
		}
	}
}

// A late try says what its base says, unless that is only that the time is over.
func TestLateTryTexts(t *testing.T) {
	for _, over := range []error{nil, context.Canceled, context.DeadlineExceeded} {
		late := &lateTry{over, true}
		if got := late.Error(); got != errAttemptTimeout.Error() || !errors.Is(late, errAttemptTimeout) || !errors.Is(late, context.DeadlineExceeded) {
			t.Errorf("after %v: %s", over, got)
		}
		if got := new(timedTry).late(over); got != errAttemptTimeout {
			t.Errorf("after %v: %v", over, got)
		}
	}
	late := new(timedTry).late(errStopped)
	if late.Error() != "the attempt timed out: stopped by hand" || !errors.Is(late, errStopped) || !errors.Is(late, errAttemptTimeout) {
		t.Errorf("%v", late)
	}
	if err := (&ownedStream{new(ownedBody), io.Discard}).CloseWrite(); err != http.ErrNotSupported {
		t.Errorf("a stream that can't be closed for writing: %v", err)
	}
}

// The start of a stream may end between the two bytes of a line's end, or begin with what
// only separates records.
func TestStartOfAStream(t *testing.T) {
	if got := firstEvent([]byte("data: 1\r")); got != nil {
		t.Errorf("an event: %q", got)
	}
	enough := enoughOf(http.Header{"Content-Type": {"application/json-seq"}})
	for start, want := range map[string]bool{"\x1e{}\n": true, "\n\x1e": false, "\x1e{}": false, "\r\n": false} {
		if got := enough([]byte(start)); got != want {
			t.Errorf("%q is enough: %t", start, got)
		}
	}
}
