package bench

import (
	"context"
	"errors"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/avast/retry-go/v5"
	"github.com/cenkalti/backoff/v7"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/hashicorp/go-retryablehttp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// What the loop of a library has given up on is not tried again by the Do or the Transport
// around it.
func TestLoopsInsideDoNotMultiply(t *testing.T) {
	const tries = 3
	options := &classify.Options{Catalog: fastcaptcha.Catalog(), Operation: fastcaptcha.OperationSolve}
	calls := 0
	refused := func() (int, error) { calls++; return 0, syscall.ECONNREFUSED }
	unreachable := roundTripper(func(*http.Request) (*http.Response, error) {
		_, err := refused()
		return nil, err
	})
	withReply := func() (int, error) { calls++; return 0, errBusyReply }
	client := retryable(unreachable)
	client.RetryMax = tries - 1
	policy := retrypolicy.NewBuilder[int]().WithMaxRetries(tries - 1).Build()
	send := func(base http.RoundTripper) func(context.Context) (int, error) {
		return func(ctx context.Context) (int, error) {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://api.example/", nil)
			if err != nil {
				return 0, err
			}
			_, err = (&http.Client{Transport: base}).Do(req)
			return 0, err
		}
	}
	for name, loop := range map[string]func(context.Context) (int, error){
		"backoff": func(ctx context.Context) (int, error) {
			return backoff.Retry(ctx, refused, backoff.WithBackOff(&backoff.ZeroBackOff{}), backoff.WithMaxTries(tries))
		},
		"backoff, of a reply": func(ctx context.Context) (int, error) {
			return backoff.Retry(ctx, withReply, backoff.WithBackOff(&backoff.ZeroBackOff{}), backoff.WithMaxTries(tries))
		},
		"retry-go": func(context.Context) (int, error) {
			return retry.NewWithData[int](retry.Attempts(tries), retry.Delay(0), retry.DelayType(retry.FixedDelay)).Do(refused)
		},
		"failsafe-go":         func(context.Context) (int, error) { return failsafe.With(policy).Get(refused) },
		"failsafe-go, a base": send(failsafehttp.NewRoundTripper(unreachable, failsafehttp.NewRetryPolicyBuilder().WithMaxRetries(tries-1).WithDelay(time.Nanosecond).Build())),
		"go-retryablehttp":    send(&retryablehttp.RoundTripper{Client: client}),
		"in a Transport":      send(&classify.Transport{Options: *options, Base: &retryablehttp.RoundTripper{Client: client}}),
	} {
		calls = 0
		_, err := classify.Do(t.Context(), options, loop)
		if stop, ok := errors.AsType[*classify.Error](err); calls != tries || !ok {
			t.Errorf("%s: %d calls, want %d: %v", name, calls, tries, err)
		} else if stop.Reason != classify.ReasonExhausted {
			t.Errorf("%s: it stops for %s: %v", name, stop.Reason, err)
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
