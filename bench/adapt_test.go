package bench

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v7"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/hashicorp/go-retryablehttp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// answer is what a server says, in order of the requests.
type answer struct {
	status int
	header http.Header
	body   string
}

const (
	success     = `{"success":true,"text":"7hq2"}`
	rateLimited = `{"success":false,"error":"slow down","code":"RATE_LIMIT_EXCEEDED"}`
	noCredits   = `{"success":false,"error":"no credits","code":"INSUFFICIENT_CREDITS"}`
)

var cases = []struct {
	name     string
	method   string
	answers  []answer
	requests int           // that are sent
	waited   time.Duration // in all, without the jitter of up to a second each
	body     string        // of the last answer, which the caller can read
}{
	{
		name: "success", method: http.MethodPost,
		answers:  []answer{{200, nil, success}},
		requests: 1, body: success,
	},
	{
		name: "code that passes, under status 200", method: http.MethodPost,
		answers:  []answer{{200, nil, rateLimited}, {200, nil, success}},
		requests: 2, waited: time.Second, body: success,
	},
	{
		name: "code that stays, under status 503", method: http.MethodGet,
		answers:  []answer{{503, nil, noCredits}, {200, nil, success}},
		requests: 1, body: noCredits,
	},
	{
		name: "delay of the server", method: http.MethodPost,
		answers:  []answer{{429, http.Header{"Retry-After": {"42"}}, rateLimited}, {200, nil, success}},
		requests: 2, waited: 42 * time.Second, body: success,
	},
	{
		name: "delay over the limit", method: http.MethodPost,
		answers:  []answer{{429, http.Header{"Retry-After": {"18446744074"}}, rateLimited}, {200, nil, success}},
		requests: 1, body: rateLimited,
	},
	{
		name: "status 503 that may have taken effect", method: http.MethodPost,
		answers:  []answer{{503, nil, "<html>Sorry"}, {200, nil, success}},
		requests: 1, body: "<html>Sorry",
	},
	{
		name: "status 503 of what can be repeated", method: http.MethodGet,
		answers:  []answer{{503, nil, "<html>Sorry"}, {503, nil, "<html>Sorry"}, {200, nil, success}},
		requests: 3, waited: 3 * time.Second, body: success,
	},
}

// scripted answers requests in the same process, so that time can be that of a
// synctest bubble.
type scripted struct {
	answers []answer
	sent    int
}

func (s *scripted) RoundTrip(req *http.Request) (*http.Response, error) {
	a := s.answers[min(s.sent, len(s.answers)-1)]
	s.sent++
	if req.Body != nil {
		io.Copy(io.Discard, req.Body)
		req.Body.Close()
	}
	return &http.Response{
		Request: req, StatusCode: a.status, Header: a.header.Clone(),
		Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: int64(len(a.body)),
	}, nil
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	a := s.answers[min(s.sent, len(s.answers)-1)]
	s.sent++
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	io.WriteString(w, a.body)
}

// adaptedRetryable is a client of go-retryablehttp that follows the catalog.
func adaptedRetryable(catalog *classify.Catalog, base http.RoundTripper) *http.Client {
	client := retryablehttp.NewClient()
	client.HTTPClient = &http.Client{Transport: base}
	client.Logger = nil
	client.RetryMax = 4
	client.RetryWaitMin, client.RetryWaitMax = 10*time.Hour, 20*time.Hour // for what the catalog has no wait
	client.CheckRetry = catalog.CheckRetry
	client.Backoff = catalog.Backoff
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler
	return client.StandardClient()
}

// adaptedFailsafe is an HTTP client with a policy of failsafe-go that follows the
// catalog. The builder of failsafehttp would bring its own rules, beside which
// the catalog's could only add retries.
func adaptedFailsafe(catalog *classify.Catalog, base http.RoundTripper) *http.Client {
	policy := retrypolicy.NewBuilder[*http.Response]().
		HandleIf(catalog.Retryable).
		WithDelayFunc(func(e failsafe.ExecutionAttempt[*http.Response]) time.Duration {
			return catalog.RetryDelay(e.LastResult(), e.LastError(), e.Attempts())
		}).
		WithMaxRetries(4).
		ReturnLastFailure().
		Build()
	return &http.Client{Transport: failsafehttp.NewRoundTripper(base, policy)}
}

func TestAdaptedClients(t *testing.T) {
	clients := map[string]func(*classify.Catalog, http.RoundTripper) *http.Client{
		"go-retryablehttp": adaptedRetryable,
		"failsafe-go":      adaptedFailsafe,
	}
	for library, client := range clients {
		for _, test := range cases {
			t.Run(library+"/"+test.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := &scripted{answers: test.answers}
					start := time.Now()
					body := send(t, client(fastcaptcha.Catalog(), server), test.method, "http://api.example/any")
					if server.sent != test.requests {
						t.Errorf("%d requests, want %d", server.sent, test.requests)
					}
					if waited, jitter := time.Since(start), time.Duration(test.requests-1)*time.Second; waited < test.waited || waited > test.waited+jitter {
						t.Errorf("waited %s, want %s and up to %s", waited, test.waited, jitter)
					}
					if body != test.body {
						t.Errorf("the body is %q, want %q", body, test.body)
					}
				})
			})
		}
	}
}

// TestLoopsAroundAdaptedClients makes as many requests as the library does: a loop around
// it adds none.
func TestLoopsAroundAdaptedClients(t *testing.T) {
	for library, client := range map[string]func(*classify.Catalog, http.RoundTripper) *http.Client{
		"go-retryablehttp": adaptedRetryable,
		"failsafe-go":      adaptedFailsafe,
	} {
		t.Run(library, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &scripted{answers: []answer{{429, nil, rateLimited}}}
				inner := client(fastcaptcha.Catalog(), server)
				options := &classify.Options{Catalog: fastcaptcha.Catalog(), Operation: fastcaptcha.OperationSolve, Timeout: -1}
				_, err := classify.Do(t.Context(), options, func(ctx context.Context) (string, error) {
					req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://api.example/any", strings.NewReader("image"))
					if err != nil {
						return "", err
					}
					resp, err := inner.Do(req)
					if err != nil {
						return "", err
					}
					defer resp.Body.Close()
					body, err := io.ReadAll(resp.Body)
					if err != nil {
						return "", err
					}
					return string(body), options.Catalog.Check(classify.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body})
				})
				if server.sent != 5 {
					t.Errorf("%d requests, want 5", server.sent)
				}
				if stopped, ok := errors.AsType[*classify.Error](err); !ok || stopped.Reason != classify.ReasonExhausted || !errors.Is(err, fastcaptcha.RateLimitExceeded) {
					t.Errorf("the error is %v", err)
				}
			})
		})
	}
}

// TestAdaptedClientsAtTheDeadline sends nothing before the wait is over where the context
// ends first. The WithMaxDuration of failsafe-go would shorten the wait and send.
func TestAdaptedClientsAtTheDeadline(t *testing.T) {
	for library, client := range map[string]func(*classify.Catalog, http.RoundTripper) *http.Client{
		"go-retryablehttp": adaptedRetryable,
		"failsafe-go":      adaptedFailsafe,
	} {
		t.Run(library, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &scripted{answers: []answer{{429, http.Header{"Retry-After": {"30"}}, rateLimited}}}
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://api.example/any", nil)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := client(fastcaptcha.Catalog(), server).Do(req); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("the error is %v", err)
				}
				if server.sent != 1 {
					t.Errorf("%d requests, want 1", server.sent)
				}
			})
		})
	}
}

// TestAdaptedClientsOverSockets asks a server for what needs no wait, as the
// connections of a bubble would not.
func TestAdaptedClientsOverSockets(t *testing.T) {
	for library, client := range map[string]func(*classify.Catalog, http.RoundTripper) *http.Client{
		"go-retryablehttp": adaptedRetryable,
		"failsafe-go":      adaptedFailsafe,
	} {
		t.Run(library, func(t *testing.T) {
			busy := answer{503, nil, strings.Repeat("<p>", 1<<10)}
			script := &scripted{answers: []answer{busy, busy, {200, nil, success}}}
			server := httptest.NewServer(script)
			defer server.Close()
			transport := server.Client().Transport.(*http.Transport)
			transport.MaxConnsPerHost = 1
			if body := send(t, client(byBody, transport), http.MethodGet, server.URL); body != success || script.sent != 3 {
				t.Errorf("the body is %q after %d requests", body, script.sent)
			}
		})
	}
}

func send(t *testing.T, client *http.Client, method, url string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // for a wait that is not the catalog's
	defer cancel()
	var image io.Reader
	if method == http.MethodPost {
		image = strings.NewReader("image")
	}
	req, err := http.NewRequestWithContext(ctx, method, url, image)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// marked runs a call in the loop of backoff, which follows the catalog. The
// library's own rules would wait for hours.
func marked(ctx context.Context, catalog *classify.Catalog, operation classify.Operation, call func() (string, error)) (string, error) {
	mark := catalog.Marker(ctx, operation, backoff.Permanent, backoff.RetryAfter)
	return backoff.Retry(ctx, func() (string, error) {
		value, err := call()
		return value, mark(err)
	}, backoff.WithBackOff(backoff.NewConstantBackOff(100*time.Hour)), backoff.WithMaxElapsedTime(0), backoff.WithMaxTries(20))
}

func TestAdaptedBackoff(t *testing.T) {
	tests := []struct {
		name    string
		once    bool // the call must not be repeated
		answers []answer
		calls   int
		waited  time.Duration
		reason  classify.Reason // where err is set
		err     error
	}{
		{name: "success", answers: []answer{{200, nil, success}}, calls: 1},
		{name: "code that passes", answers: []answer{{200, nil, rateLimited}, {200, nil, success}}, calls: 2, waited: time.Second},
		{name: "delay of the server", answers: []answer{{429, http.Header{"Retry-After": {"42"}}, rateLimited}, {200, nil, success}}, calls: 2, waited: 42 * time.Second},
		{name: "code that stays", answers: []answer{{503, nil, noCredits}}, calls: 1, reason: classify.ReasonDecision, err: fastcaptcha.InsufficientCredits},
		{name: "retries used up", answers: []answer{{429, nil, rateLimited}}, calls: 5, waited: 15 * time.Second, reason: classify.ReasonExhausted, err: fastcaptcha.RateLimitExceeded},
		{name: "may have taken effect", once: true, answers: []answer{{503, nil, "<html>"}}, calls: 1, reason: classify.ReasonEffect, err: backoff.ErrPermanent},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls, start := 0, time.Now()
				catalog := fastcaptcha.Catalog()
				operation := fastcaptcha.OperationSolve
				if test.once {
					operation = "charge"
					catalog = onceOnly
				}
				_, err := marked(t.Context(), catalog, operation, func() (string, error) {
					a := test.answers[min(calls, len(test.answers)-1)]
					calls++
					return a.body, catalog.Check(classify.Reply{Status: a.status, Header: a.header, Body: []byte(a.body)})
				})
				if calls != test.calls {
					t.Errorf("%d calls, want %d", calls, test.calls)
				}
				if waited, jitter := time.Since(start), time.Duration(test.calls-1)*time.Second; waited < test.waited || waited > test.waited+jitter {
					t.Errorf("waited %s, want %s and up to %s", waited, test.waited, jitter)
				}
				if !errors.Is(err, test.err) {
					t.Errorf("the error is %v, want %v", err, test.err)
				}
				stopped, ok := errors.AsType[*classify.Error](err)
				if ok != (test.err != nil) || ok && stopped.Reason != test.reason {
					t.Errorf("stopped by %v, want %v", stopped, test.reason)
				}
			})
		})
	}
}
