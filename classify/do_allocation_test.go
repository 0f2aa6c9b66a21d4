//go:build !race

package classify

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"syscall"
	"testing"
	"time"
)

func TestDoAllocatesNothing(t *testing.T) {
	catalog := func(wait time.Duration) *Catalog { return retryAPI(&Policy{Base: wait, Retries: 3}) }
	quiet := LogTo(slog.New(deaf{t}))
	lost := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	for name, test := range map[string]struct {
		o    Options
		fail error // of every other call; nil for success at once
	}{
		"success":                     {Options{Catalog: catalog(0)}, nil},
		"success with all options":    {Options{Catalog: catalog(0), Operation: "read", Repeatable: true, Budget: &Budget{}, Hooks: quiet}, nil},
		"reply":                       {Options{Catalog: catalog(0)}, status(429)},
		"reply, after a blink":        {Options{Catalog: catalog(1)}, status(429)},
		"reply, with all options":     {Options{Catalog: catalog(0), Operation: "read", Repeatable: true, Budget: &Budget{MaxTokens: 1e9}, Hooks: quiet}, status(503)},
		"listed code":                 {Options{Catalog: catalog(0)}, status(429, "X-Code", "MAINTENANCE")},
		"kind of failure":             {Options{Catalog: catalog(0), Repeatable: true}, FailureTimeout},
		"deadline of another context": {Options{Catalog: catalog(0), Repeatable: true}, context.DeadlineExceeded},
		"lost connection":             {Options{Catalog: catalog(0), Repeatable: true}, lost},
		"broken reply":                {Options{Catalog: catalog(0), Repeatable: true}, io.ErrUnexpectedEOF},
		"joined errors":               {Options{Catalog: catalog(0)}, errors.Join(errStopped, status(429))},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			call := func(context.Context) (string, error) {
				if calls++; test.fail != nil && calls%2 == 1 {
					return "", test.fail
				}
				return "done", nil
			}
			ctx := t.Context()
			n := testing.AllocsPerRun(100, func() {
				if _, err := Do(ctx, &test.o, call); err != nil {
					t.Fatal(err)
				}
			})
			if n > 0 {
				t.Errorf("%v allocations", n)
			}
			if want := 101 * (1 + min(1, calls/102)); calls != want {
				t.Errorf("%d calls, want %d", calls, want)
			}
		})
	}
}

func TestLogToAllocatesNothingThatIsNotLogged(t *testing.T) {
	hooks := LogTo(slog.New(deaf{t}))
	event := Event{Decision: retryAPI(&Policy{}).Classify(Reply{Status: 503}), Err: io.EOF}
	failed := &Error{Decision: event.Decision, Last: io.EOF}
	ctx := t.Context()
	if n := testing.AllocsPerRun(100, func() { hooks.Retry(ctx, event); hooks.GiveUp(ctx, failed) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestBudgetAllocatesNothing(t *testing.T) {
	b := &Budget{MaxTokens: 1e9}
	if n := testing.AllocsPerRun(100, func() { b.Take(); b.Refill() }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
