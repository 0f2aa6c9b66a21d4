package classify

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// The time of a try bounds the loop inside it. A loop of this package begins no wait for which
// there is no time, nor does one that asks a Marker, and the loop around it stops for that
// reason. Another loop waits: what it then returns is the end of the try's time, and the try
// is made again.
func TestTimeoutInTheWaitOfALoopInside(t *testing.T) {
	const wait = 10 * time.Second
	inner, outer := retryAPI(&Policy{Base: wait, Retries: 3}), retryAPI(&Policy{Base: time.Second, Retries: 2})
	options := Options{Catalog: inner, Operation: "read", Repeatable: true}
	calls := 0
	call := func(context.Context) (string, error) { calls++; return "", status(503) }
	poll := func(context.Context, string) (string, error) { return "", nil }
	base := &counter{replies: []reply{answers(503, "down")}}
	tests := []struct {
		name    string
		inside  func(context.Context) (string, error)
		calls   int
		reason  Reason
		elapsed time.Duration
	}{
		{"Do", func(ctx context.Context) (string, error) { return Do(ctx, &options, call) }, 1, ReasonDeadline, 0},
		{"Job", func(ctx context.Context) (string, error) {
			return (&Job[string, string]{Options: options, Submit: call, Poll: poll}).Run(ctx)
		}, 1, ReasonDeadline, 0},
		{"Transport", calling(t, &Transport{Options: options, Base: base}, outer), 1, ReasonDeadline, 0},
		{"a library", func(ctx context.Context) (string, error) {
			for {
				value, err := call(ctx)
				if err == nil {
					return value, nil
				}
				if sleep(ctx, wait); ctx.Err() != nil {
					return "", ctx.Err()
				}
			}
		}, 3, ReasonExhausted, 3*5*time.Second + 2*time.Second},
		{"a library with a Marker", func(ctx context.Context) (string, error) {
			mark := inner.Marker(ctx, "read", func(err error) error { return err }, func(time.Duration, error) error { return errGoOn })
			for {
				value, err := call(ctx)
				if err = mark(err); !errors.Is(err, errGoOn) {
					return value, err
				}
				if sleep(ctx, wait); ctx.Err() != nil {
					return "", ctx.Err()
				}
			}
		}, 1, ReasonDeadline, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls = 0
				before := base.calls()
				start := time.Now()
				_, err := Do(t.Context(), &Options{Catalog: outer, Operation: "read", Timeout: 5 * time.Second}, test.inside)
				stop, _ := errors.AsType[*Error](err)
				if stop == nil || stop.Reason != test.reason {
					t.Errorf("it stops by %v", err)
				}
				if got := calls + base.calls() - before; got != test.calls {
					t.Errorf("%d calls, want %d", got, test.calls)
				}
				if took := time.Since(start); took != test.elapsed {
					t.Errorf("it took %v, want %v", took, test.elapsed)
				}
			})
		})
	}
}
