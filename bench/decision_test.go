package bench

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	smithy "github.com/aws/smithy-go/transport/http"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/googleapis/gax-go/v2"
	"github.com/hashicorp/go-retryablehttp"
	"google.golang.org/api/googleapi"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// lastAttempt is an attempt that ended with a response, as failsafehttp sees it.
type lastAttempt struct {
	failsafe.ExecutionAttempt[*http.Response]
	response *http.Response
}

func (a lastAttempt) LastResult() *http.Response { return a.response }

// BenchmarkDecision asks whether a reply with a 429 and a Retry-After of 30
// seconds is to be retried, and after how long.
func BenchmarkDecision(b *testing.B) {
	ctx := context.Background()
	resp := &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"30"}}}
	b.Run("errkb", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			d := fastcaptcha.Classify(classify.Reply{Status: resp.StatusCode, Header: resp.Header})
			if wait, again := d.Next(0); !again || wait < 30*time.Second {
				b.Fatal(wait, again)
			}
		}
	})
	b.Run("go-retryablehttp", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			again, err := retryablehttp.DefaultRetryPolicy(ctx, resp, nil)
			if wait := retryablehttp.DefaultBackoff(time.Second, time.Minute, 0, resp); !again || err != nil || wait < 30*time.Second {
				b.Fatal(wait, again, err)
			}
		}
	})
	b.Run("failsafe-go", func(b *testing.B) {
		attempt := lastAttempt{response: resp}
		defer measure(b)()
		for b.Loop() {
			if wait := failsafehttp.DelayFunc(&attempt); wait < 30*time.Second {
				b.Fatal(wait)
			}
		}
	})
	b.Run("aws-sdk-go-v2", func(b *testing.B) {
		standard := retry.NewStandard(func(o *retry.StandardOptions) {
			o.Retryables = append(o.Retryables, retry.RetryableHTTPStatusCode{Codes: map[int]struct{}{http.StatusTooManyRequests: {}}})
		})
		err := &smithy.ResponseError{Response: &smithy.Response{Response: resp}, Err: errBusy}
		defer measure(b)()
		for b.Loop() {
			again := standard.IsErrorRetryable(err)
			if wait, err := standard.RetryDelay(0, err); !again || err != nil {
				b.Fatal(wait, again, err)
			}
		}
	})
	b.Run("gax-go", func(b *testing.B) {
		retryer := gax.OnHTTPCodes(gax.Backoff{}, http.StatusTooManyRequests)
		err := &googleapi.Error{Code: resp.StatusCode, Header: resp.Header}
		defer measure(b)()
		for b.Loop() {
			if wait, again := retryer.Retry(err); !again {
				b.Fatal(wait, again)
			}
		}
	})
}

// BenchmarkBodyCode asks the same of a reply that tells by a code in its body.
// The other libraries leave that to their users.
func BenchmarkBodyCode(b *testing.B) {
	body := []byte(`{"success":false,"error":"Too many requests, slow down","code":"RATE_LIMIT_EXCEEDED"}`)
	b.Run("errkb", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			d := fastcaptcha.Classify(classify.Reply{Status: http.StatusOK, Body: body})
			if wait, again := d.Next(0); !again {
				b.Fatal(wait, again)
			}
		}
	})
	b.Run("by-hand", func(b *testing.B) {
		waits := map[string]time.Duration{"RATE_LIMIT_EXCEEDED": time.Second, "INTERNAL_ERROR": time.Second}
		defer measure(b)()
		for b.Loop() {
			var reply struct {
				Success bool   `json:"success"`
				Code    string `json:"code"`
			}
			err := json.Unmarshal(body, &reply)
			if wait, again := waits[reply.Code]; err != nil || reply.Success || !again {
				b.Fatal(wait, again, err)
			}
		}
	})
}
