package classify_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/errkb/errkb/classify"
)

// payments stands in for a generated package's Catalog(): an API that tells
// everything by the HTTP status.
var payments = &classify.Catalog{
	Name:      "payments",
	Endpoints: []classify.Endpoint{{Operation: "charge", Method: "POST", Path: "/charges", Timeout: time.Second}},
	Delays:    []classify.Delay{{Header: "Retry-After"}},
	Statuses: []classify.Entry{
		{Kind: classify.KindStatus, Number: 200, Code: "200", Action: classify.OK},
		{Kind: classify.KindStatus, Number: 402, Code: "402", Action: classify.FixAccount, Meaning: "The card was declined", Fix: "Use another card"},
		{Kind: classify.KindStatus, Number: 429, Code: "429", Action: classify.Retry, Meaning: "Too many requests", Policy: quick},
	},
}

var quick = &classify.Policy{Name: "quick", Base: time.Millisecond, Retries: 3}

// replies returns a call that is answered with the statuses in turn, and then
// with the last of them for ever.
func replies(statuses ...int) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		status := statuses[0]
		if len(statuses) > 1 {
			statuses = statuses[1:]
		}
		if err := payments.Check(classify.Reply{Status: status, Operation: "charge"}); err != nil {
			return "", err
		}
		return "charged", nil
	}
}

func ExampleDo() {
	options := &classify.Options{Catalog: payments, Operation: "charge"}

	// Any function will do; Check makes a reply that is not a success an error.
	charge := replies(429, 429, 200)
	result, err := classify.Do(context.Background(), options, charge)
	fmt.Println(result, err)

	// What a retry can't help is not tried again.
	_, err = classify.Do(context.Background(), options, replies(402))
	fmt.Println(err)
	// Output:
	// charged <nil>
	// The card was declined (Use another card); stopped after 1 attempt: the decision is to stop
}

func ExampleAttempts() {
	// A call with two results, and an error that a catalog can decide.
	list := func(context.Context) (names []string, next string, err error) {
		return []string{"Ann", "Bob"}, "page 2", nil
	}

	var names []string
	var next string
	loop := classify.Attempts(context.Background(), &classify.Options{Catalog: payments})
	for loop.Next() {
		var err error
		names, next, err = list(loop.Context())
		loop.Report(err)
	}
	fmt.Println(names, next, loop.Err())
	// Output: [Ann Bob] page 2 <nil>
}

func ExampleError() {
	options := &classify.Options{Catalog: payments, Operation: "charge"}
	_, err := classify.Do(context.Background(), options, replies(429))
	if stopped, ok := errors.AsType[*classify.Error](err); ok {
		fmt.Println(stopped.Reason)
		fmt.Println(stopped.Attempts, "attempts")
		fmt.Println(stopped.Decision.Entry.Meaning())
	}
	// Output:
	// the retries are used up
	// 4 attempts
	// Too many requests
}

func ExampleBudget() {
	// All calls that share the budget make two retries at most until one succeeds.
	options := &classify.Options{Catalog: payments, Budget: &classify.Budget{MaxTokens: 2}}
	for range 2 {
		_, err := classify.Do(context.Background(), options, replies(429))
		fmt.Println(err)
	}
	// Output:
	// Too many requests; stopped after 3 attempts: the budget of retries is used up
	// Too many requests; stopped after 1 attempt: the budget of retries is used up
}

func ExampleLogTo() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr { // what differs from run to run
			if a.Key == slog.TimeKey || a.Key == "errkb.elapsed" || a.Key == "exception.message" {
				return slog.Attr{}
			}
			return a
		},
	}))
	options := &classify.Options{Catalog: payments, Operation: "charge", Hooks: classify.LogTo(logger)}
	classify.Do(context.Background(), options, replies(429, 402))
	// Output:
	// level=INFO msg=retry error.type=429 http.request.resend_count=1 errkb.wait=1ms errkb.operation=charge errkb.action=retry http.response.status_code=429
	// level=WARN msg="give up" error.type=402 http.request.resend_count=1 errkb.operation=charge errkb.reason="the decision is to stop" errkb.action=fix_account http.response.status_code=402
}
