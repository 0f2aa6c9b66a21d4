package classify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"
)

// calling is a function for Do that sends a request through a client and makes a Reply
// of the response by hand, as the docs show.
func calling(t *testing.T, base http.RoundTripper, c *Catalog) func(context.Context) (string, error) {
	client := &http.Client{Transport: base}
	return func(ctx context.Context) (string, error) {
		resp, err := client.Do(newRequest(t, "GET", shop, "").WithContext(ctx))
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return "", err
		}
		return string(body), c.Check(Reply{Status: resp.StatusCode, Header: resp.Header, Body: body})
	}
}

// asking is a loop of another library, which asks an adapter whether to go on, and hands
// the last response back when its tries are used up.
type asking struct {
	base  http.RoundTripper
	again func(*http.Response, error) bool
	most  int // tries
}

func (a *asking) RoundTrip(req *http.Request) (resp *http.Response, err error) {
	for i := range a.most {
		resp, err = a.base.RoundTrip(req)
		if !a.again(resp, err) || i == a.most-1 {
			break
		}
	}
	return resp, err
}

// Loops in loops make as many tries as the inner one does.
func TestNestedLoopsDoNotMultiply(t *testing.T) {
	c := shopAPI(0)
	options := Options{Catalog: c}
	loops := map[string]struct {
		inside func(http.RoundTripper) http.RoundTripper
		calls  int
	}{
		"Transport":  {func(base http.RoundTripper) http.RoundTripper { return &Transport{Options: options, Base: base} }, 4},
		"Retryable":  {func(base http.RoundTripper) http.RoundTripper { return &asking{base, c.Retryable, 3} }, 3},
		"CheckRetry": {func(base http.RoundTripper) http.RoundTripper { return &asking{base, checks(c), 2} }, 2},
	}
	for name, loop := range loops {
		base := &counter{replies: []reply{answers(503, "down")}}
		tries := loop.inside(base)
		tests := map[string]func() error{
			"Do": func() error { _, err := Do(t.Context(), &options, calling(t, tries, c)); return err },
			"Job": func() error {
				job := &Job[string, string]{Options: options, Submit: calling(t, tries, c), Poll: func(context.Context, string) (string, error) { return "", nil }}
				job.Repeatable = true
				_, err := job.Run(t.Context())
				return err
			},
			"Marker": func() error {
				mark := c.Marker(t.Context(), "", func(err error) error { return err }, func(time.Duration, error) error { return errGoOn })
				for {
					if _, err := calling(t, tries, c)(t.Context()); !errors.Is(mark(err), errGoOn) {
						return mark(err)
					}
				}
			},
			"Transport": func() error {
				resp, err := (&Transport{Options: options, Base: tries}).RoundTrip(newRequest(t, "GET", shop, ""))
				if err != nil {
					return err
				}
				return ErrorOf(resp)
			},
		}
		for outer, run := range tests {
			t.Run(outer+" over "+name, func(t *testing.T) {
				before := base.calls()
				err := run()
				if got := base.calls() - before; got != loop.calls {
					t.Errorf("%d requests, want %d", got, loop.calls)
				}
				if stop, ok := errors.AsType[*Error](err); !ok || stop.Reason != ReasonExhausted {
					t.Errorf("it stopped by %v", err)
				}
			})
		}
	}
}

var errGoOn = errors.New("go on")

func checks(c *Catalog) func(*http.Response, error) bool {
	return func(resp *http.Response, err error) bool {
		again, _ := c.CheckRetry(context.Background(), resp, err)
		return again
	}
}

// What the inner loop leaves to its caller is followed by the outer one.
func TestDoFollowsWhatATransportLeaves(t *testing.T) {
	c := retryAPI(&Policy{Retries: 3})
	c.Statuses[1].Policy = &Policy{Retries: 2}
	base := &counter{replies: []reply{answers(202, ""), answers(429, ""), answers(202, ""), answers(200, "done")}}
	got, err := Do(t.Context(), &Options{Catalog: c}, calling(t, &Transport{Options: Options{Catalog: c}, Base: base}, c))
	if got != "done" || err != nil || base.calls() != 4 {
		t.Errorf("%q, %v after %d requests", got, err, base.calls())
	}
}

// Others may copy a response before they hand it on.
func TestErrorOfKnowsCopies(t *testing.T) {
	base := &counter{replies: []reply{answers(400, "")}}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
	shallow := *resp
	deep := shallow
	deep.Header = resp.Header.Clone()
	for _, copied := range []*http.Response{&shallow, &deep} {
		if why, ok := ErrorOf(copied).(*Error); !ok || why.Reason != ReasonDecision {
			t.Errorf("it is handed back because of %v", ErrorOf(copied))
		}
	}
}

// A nil *Error in an error would make a failure of each success.
func TestErrorOfIsNil(t *testing.T) {
	ok := func() error { return ErrorOf(&http.Response{StatusCode: 200}) }
	if err := ok(); err != nil {
		t.Errorf("the error of a success is %#v", err)
	}
}

// The mark stays in the process.
func TestMarkIsNotSentOn(t *testing.T) {
	api := httptest.NewServer(http.NotFoundHandler())
	defer api.Close()
	target, _ := url.Parse(api.URL)
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target) },
		Transport: &Transport{Options: Options{Catalog: shopAPI(0)}, Base: api.Client().Transport},
		ModifyResponse: func(resp *http.Response) error {
			if ErrorOf(resp) == nil {
				t.Error("the response is not marked")
			}
			return nil
		},
	}
	front := httptest.NewServer(proxy)
	defer front.Close()
	resp, err := front.Client().Get(front.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	for name := range resp.Header {
		if strings.Contains(strings.ToLower(name), "errkb") {
			t.Errorf("the header is %v", resp.Header)
		}
	}
	if resp.StatusCode != 404 {
		t.Errorf("the status is %d", resp.StatusCode)
	}
}
