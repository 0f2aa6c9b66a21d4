package bench

import (
	"context"
	"testing"
	"time"

	"github.com/avast/retry-go/v5"
	"github.com/cenkalti/backoff/v7"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/googleapis/gax-go/v2"

	"github.com/errkb/errkb/classify"
)

// The peers are set up as their own docs recommend: what can be made once is
// made once, outside the loop.
var (
	options = &classify.Options{Catalog: byStatus, Operation: solve}
	timed   = &classify.Options{Catalog: byStatus, Operation: solve, Timeout: time.Minute}

	backoffOptions = []backoff.RetryOption{backoff.WithBackOff(&backoff.ZeroBackOff{}), backoff.WithMaxTries(4)}

	retrier = retry.NewWithData[int](retry.Attempts(4), retry.Delay(0), retry.DelayType(retry.FixedDelay), retry.LastErrorOnly(true))

	executor = failsafe.With(retrypolicy.NewBuilder[int]().WithMaxRetries(3).Build())

	gaxOptions = []gax.CallOption{gax.WithRetry(func() gax.Retryer {
		return gax.OnErrorFunc(gax.Backoff{Initial: 1, Max: 1}, func(error) bool { return true })
	})}
)

// BenchmarkSuccess calls a function that succeeds at once.
func BenchmarkSuccess(b *testing.B) {
	ctx := context.Background()
	call := func(context.Context) (int, error) { return 42, nil }
	b.Run("bare", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			if v, err := call(ctx); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("errkb", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			if v, err := classify.Do(ctx, options, call); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("errkb-timed", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			if v, err := classify.Do(ctx, timed, call); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("backoff", func(b *testing.B) {
		operation := func() (int, error) { return call(ctx) }
		defer measure(b)()
		for b.Loop() {
			if v, err := backoff.Retry(ctx, operation, backoffOptions...); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("retry-go", func(b *testing.B) {
		function := func() (int, error) { return call(ctx) }
		defer measure(b)()
		for b.Loop() {
			if v, err := retrier.Do(function); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("failsafe-go", func(b *testing.B) {
		function := func() (int, error) { return call(ctx) }
		defer measure(b)()
		for b.Loop() {
			if v, err := executor.Get(function); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("gax-go", func(b *testing.B) {
		var v int
		api := func(ctx context.Context, _ gax.CallSettings) (err error) { v, err = call(ctx); return err }
		defer measure(b)()
		for b.Loop() {
			if err := gax.Invoke(ctx, api, gaxOptions...); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
}

// BenchmarkFailOnce calls a function that fails the first time and succeeds the
// second time, with no wait in between.
func BenchmarkFailOnce(b *testing.B) {
	ctx := context.Background()
	n := 0
	failing := func(failure error) (int, error) {
		n++
		if n%2 == 1 {
			return 0, failure
		}
		return 42, nil
	}
	b.Run("bare", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			v, err := failing(errBusy)
			for err != nil {
				v, err = failing(errBusy)
			}
			if v != 42 {
				b.Fatal(v)
			}
		}
	})
	b.Run("errkb", func(b *testing.B) {
		call := func(context.Context) (int, error) { return failing(errBusyReply) }
		defer measure(b)()
		for b.Loop() {
			if v, err := classify.Do(ctx, options, call); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("backoff", func(b *testing.B) {
		operation := func() (int, error) { return failing(errBusy) }
		defer measure(b)()
		for b.Loop() {
			if v, err := backoff.Retry(ctx, operation, backoffOptions...); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("retry-go", func(b *testing.B) {
		function := func() (int, error) { return failing(errBusy) }
		defer measure(b)()
		for b.Loop() {
			if v, err := retrier.Do(function); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("failsafe-go", func(b *testing.B) {
		function := func() (int, error) { return failing(errBusy) }
		defer measure(b)()
		for b.Loop() {
			if v, err := executor.Get(function); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("gax-go", func(b *testing.B) {
		var v int
		api := func(context.Context, gax.CallSettings) (err error) { v, err = failing(errBusy); return err }
		defer measure(b)()
		for b.Loop() {
			if err := gax.Invoke(ctx, api, gaxOptions...); v != 42 || err != nil {
				b.Fatal(v, err)
			}
		}
	})
}
