package classify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/errkb/errkb/classify"
)

func ExampleCatalog_CheckRetry() {
	// With github.com/hashicorp/go-retryablehttp:
	//
	//	client := retryablehttp.NewClient()
	//	client.CheckRetry, client.Backoff = payments.CheckRetry, payments.Backoff
	//	client.ErrorHandler = retryablehttp.PassthroughErrorHandler
	resp := &http.Response{
		StatusCode: http.StatusTooManyRequests,
		Header:     http.Header{"Retry-After": {"7"}},
		Body:       http.NoBody,
	}
	again, err := payments.CheckRetry(context.Background(), resp, nil)
	fmt.Println(again, err)
	fmt.Println(payments.Backoff(time.Second, time.Minute, 0, resp))
	// Output:
	// true <nil>
	// 7s
}

func ExampleCatalog_Retryable() {
	// With github.com/failsafe-go/failsafe-go:
	//
	//	retrypolicy.NewBuilder[*http.Response]().
	//		HandleIf(payments.Retryable).
	//		WithDelayFunc(func(e failsafe.ExecutionAttempt[*http.Response]) time.Duration {
	//			return payments.RetryDelay(e.LastResult(), e.LastError(), e.Attempts())
	//		})
	for _, status := range []int{http.StatusOK, http.StatusPaymentRequired, http.StatusTooManyRequests} {
		resp := &http.Response{StatusCode: status, Body: http.NoBody}
		fmt.Println(status, payments.Retryable(resp, nil), payments.RetryDelay(resp, nil, 1))
	}
	// Output:
	// 200 false -1ns
	// 402 false -1ns
	// 429 true 1ms
}

func ExampleCatalog_Marker() {
	// With github.com/cenkalti/backoff, whose functions these stand in for:
	permanent := func(err error) error { return fmt.Errorf("permanent: %w", err) }
	retryAfter := func(wait time.Duration, err error) error { return fmt.Errorf("after %s: %w", wait, err) }

	mark := payments.Marker(context.Background(), "charge", permanent, retryAfter)
	for _, status := range []int{http.StatusTooManyRequests, http.StatusPaymentRequired} {
		err := mark(payments.Check(classify.Reply{Status: status}))
		_, stopped := errors.AsType[*classify.Error](err)
		fmt.Println(err, stopped)
	}
	// Output:
	// after 1ms: Too many requests false
	// permanent: The card was declined (Use another card); stopped after 2 attempts: the decision is to stop true
}
