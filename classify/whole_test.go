package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A response is decided by its whole body, which stays to be read.
func TestClassifyResponse(t *testing.T) {
	c := shopAPI(0)
	c.TypedCode = func(number uint16) error { return typedCode(number) }
	for name, test := range map[string]struct {
		status    int
		body      string
		action    Action
		code      string
		undecided bool
	}{
		"success":           {200, good, OK, "", false},
		"code":              {200, `{"ok":false,"code":"WRONG"}`, Fail, "WRONG", false},
		"code of an error":  {500, `{"code":"NO_FUNDS"}`, FixAccount, "NO_FUNDS", false},
		"page":              {503, "<html>", Retry, "", false},
		"too long":          {200, `{"items":"` + strings.Repeat("x", MaxBody) + `","code":"WRONG"}`, Retry, "", true},
		"empty, no success": {200, "", Retry, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			ask := func() *http.Response {
				return response("POST", "/orders/", test.status, test.body)
			}
			resp := ask()
			d := c.ClassifyResponse(resp)
			if d.Action != test.action || d.Code != test.code || d.Undecided() != test.undecided || d.Operation != "order" {
				t.Errorf("it is %s by %q of %q, undecided %t", d.Action, d.Code, d.Operation, d.Undecided())
			}
			if body, err := io.ReadAll(resp.Body); string(body) != test.body || err != nil {
				t.Errorf("%d bytes are read of %d, %v", len(body), len(test.body), err)
			}
			resp = ask()
			err := c.CheckResponse(resp)
			if (err == nil) != (test.action == OK) || CodeOf(err) != test.code {
				t.Errorf("the error is %v, of code %q", err, CodeOf(err))
			}
			if body, err := io.ReadAll(resp.Body); string(body) != test.body || err != nil {
				t.Errorf("%d bytes are read of %d, %v", len(body), len(test.body), err)
			}
			if _, typed := errors.AsType[typedCode](err); typed != (test.code != "") {
				t.Errorf("the typed code of %v is found: %t", err, typed)
			}
		})
	}
}

// However late a body is, it is waited for; where it breaks off, there was no reply.
func TestClassifyResponseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late, w := io.Pipe()
		go func() {
			time.Sleep(time.Minute)
			fmt.Fprint(w, `{"code":"NO_FUNDS"}`)
			w.Close()
		}()
		resp := response("POST", "/orders/", 500, "")
		resp.Body, resp.ContentLength = late, -1
		if d := shopAPI(0).ClassifyResponse(resp); d.Code != "NO_FUNDS" {
			t.Errorf("it is %s by %q", d.Action, d.Code)
		}
	})
	broken := response("POST", "/orders/", 200, "")
	broken.Body, broken.ContentLength = io.NopCloser(io.MultiReader(strings.NewReader("{"), breaks{io.ErrUnexpectedEOF})), -1
	if err := shopAPI(0).CheckResponse(broken); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the error is %v", err)
	}
}

func TestClassifyResponseOfNothing(t *testing.T) {
	if err := shopAPI(0).CheckResponse(nil); err == nil || err.Error() != "a nil response" {
		t.Errorf("the error is %v", err)
	}
	if err := (*Catalog)(nil).CheckResponse(response("GET", "/", 200, "")); err == nil {
		t.Error("a nil catalog knows of success")
	}
	if code := CodeOf(errStopped); code != "" {
		t.Errorf("the code is %q", code)
	}
	if code := CodeOf(&Error{Decision: Decision{Code: "X"}}); code != "X" {
		t.Errorf("the code is %q", code)
	}
}

// A loop that has tried before stops the one around it here too.
func TestCheckResponseKnowsTheLoopInside(t *testing.T) {
	c := shopAPI(0)
	base := &counter{replies: []reply{answers(503, "down")}}
	client := &Transport{Options: Options{Catalog: c}, Base: base}
	_, err := Do(t.Context(), &Options{Catalog: c}, func(ctx context.Context) (int, error) {
		resp, err := client.RoundTrip(newRequest(t, "GET", shop, "").WithContext(ctx))
		if err != nil {
			return 0, err
		}
		defer resp.Body.Close()
		return resp.StatusCode, c.CheckResponse(resp)
	})
	stopped(t, err, ReasonExhausted, 4)
	if base.calls() != 4 {
		t.Errorf("%d requests", base.calls())
	}
}

func TestMaxRetries(t *testing.T) {
	c := retryAPI(&Policy{Retries: 3})
	c.Statuses[1].Policy = &Policy{Retries: 9}
	for most, calls := range map[int]int{0: 4, 1: 2, 3: 4, 7: 4, -1: 1} {
		_, err := Do(t.Context(), &Options{Catalog: c, MaxRetries: most}, playing(status(429)).call)
		stopped(t, err, ReasonExhausted, calls)
		base := &counter{replies: []reply{answers(429, "")}}
		roundTrip(t, &Transport{Options: Options{Catalog: c, MaxRetries: most}, Base: base}, newRequest(t, "GET", shop, ""))
		if base.calls() != calls {
			t.Errorf("at most %d retries: %d requests, want %d", most, base.calls(), calls)
		}
		polls := playing(status(202), status(202), nil)
		if _, err := Do(t.Context(), &Options{Catalog: c, MaxRetries: most}, polls.call); err != nil {
			t.Errorf("at most %d retries: polls end with %v", most, err)
		}
	}
}

func TestDecide(t *testing.T) {
	c := retryAPI(&Policy{Retries: 1})
	stops := func(d Decision) Decision {
		if d.Status == 429 {
			d.Action = Fail
		}
		return d
	}
	goesOn := func(d Decision) Decision {
		if d.Status == 404 || d.Status == 503 {
			d.Action, d.Policy = Retry, &Policy{Retries: 2}
		}
		return d
	}
	for name, test := range map[string]struct {
		decide func(Decision) Decision
		status int
		method string
		calls  int
	}{
		"stops":                {stops, 429, "GET", 1},
		"leaves":               {stops, 503, "GET", 2},
		"goes on":              {goesOn, 404, "GET", 3},
		"not what does harm":   {goesOn, 503, "POST", 1},
		"is not asked of this": {func(Decision) Decision { panic("asked") }, 200, "GET", 1},
	} {
		t.Run(name, func(t *testing.T) {
			base := &counter{replies: []reply{answers(test.status, "")}}
			o := Options{Catalog: c, Decide: test.decide}
			roundTrip(t, &Transport{Options: o, Base: base}, newRequest(t, test.method, shop, "x"))
			if base.calls() != test.calls {
				t.Errorf("%d requests, want %d", base.calls(), test.calls)
			}
			if test.status == 200 {
				return
			}
			o.Operation = map[string]Operation{"GET": "read", "POST": "pay"}[test.method]
			s := playing(status(test.status))
			Do(t.Context(), &o, s.call)
			if len(s.calls) != test.calls {
				t.Errorf("%d calls, want %d", len(s.calls), test.calls)
			}
		})
	}
}

// Of a request without a response, too, the options have the last word.
func TestDecideOnAFailure(t *testing.T) {
	base := &counter{replies: []reply{func(*http.Request) (*http.Response, error) { return nil, FailureConnection }}}
	stops := func(d Decision) Decision { d.Action = Fail; return d }
	o := Options{Catalog: shopAPI(0), Decide: stops}
	_, err := (&Transport{Options: o, Base: base}).RoundTrip(newRequest(t, "GET", shop, ""))
	if stop, ok := err.(*Error); !ok || stop.Reason != ReasonDecision || base.calls() != 1 {
		t.Errorf("%d calls, error %v", base.calls(), err)
	}
}
