package classify

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// tokens takes tokens until there is none, and returns how many there were.
func tokens(b *Budget) int {
	n := 0
	for n < 1_000_000 && b.Take() {
		n++
	}
	return n
}

func TestBudgetTokens(t *testing.T) {
	for _, test := range []struct {
		tokens float64
		want   int
	}{
		{0, 10}, {-1, 10}, {math.NaN(), 10}, {math.Inf(-1), 10}, {0.5, 0}, {1, 1}, {2.9, 2}, {3, 3}, {1000, 1000},
		{math.Inf(1), 1_000_000}, {math.MaxFloat64, 1_000_000},
	} {
		if got := tokens(&Budget{Tokens: test.tokens}); got != test.want {
			t.Errorf("a budget of %v has %d tokens, want %d", test.tokens, got, test.want)
		}
	}
	if got := tokens(nil); got != 1_000_000 {
		t.Errorf("a nil budget has %d tokens", got)
	}
}

func TestBudgetRefills(t *testing.T) {
	for _, test := range []struct {
		ratio     float64
		successes int
		want      int
	}{
		{0, 9, 0}, {0, 10, 1}, {0, 29, 2}, {-3, 10, 1}, {math.NaN(), 10, 1},
		{0.3, 10, 3}, {1, 2, 2}, {2.5, 2, 5}, {1, 1000, 10}, {math.Inf(1), 1, 10}, {math.Inf(1), 3, 10},
	} {
		b := &Budget{Ratio: test.ratio}
		tokens(b)
		for range test.successes {
			b.Refill()
		}
		if got := tokens(b); got != test.want {
			t.Errorf("%d successes of %v put back %d tokens, want %d", test.successes, test.ratio, got, test.want)
		}
	}
	unspent := &Budget{}
	unspent.Refill()
	if got := tokens(unspent); got != 10 {
		t.Errorf("a success before the first retry makes %d tokens", got)
	}
	(*Budget)(nil).Refill()
}

// What is taken and put back at once adds up.
func TestBudgetIsShared(t *testing.T) {
	const tokensAtFirst, clients, each = 400_000, 4, 200_000
	b := &Budget{Tokens: tokensAtFirst, Ratio: 0.5}
	var taken atomic.Int64
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for range each {
				if b.Take() {
					taken.Add(1)
				}
			}
		})
	}
	all.Wait()
	if taken.Load() != tokensAtFirst {
		t.Errorf("%d tokens taken, want %d", taken.Load(), tokensAtFirst)
	}
	for range clients {
		all.Go(func() {
			for range each / 2 {
				b.Refill()
			}
		})
	}
	all.Wait()
	if got := tokens(b); got != clients*each/4 {
		t.Errorf("%d tokens put back, want %d", got, clients*each/4)
	}
}

// Ten thousand calls that fail at once make no more tries than there are calls
// and tokens.
func TestDoKeepsAHerdToTheBudget(t *testing.T) {
	const calls, tokens = 10_000, 25
	synctest.Test(t, func(t *testing.T) {
		o := &Options{Catalog: retryAPI(&Policy{Base: second, Jitter: Jitter{Add: second}, Retries: 5}), Budget: &Budget{Tokens: tokens}}
		failed := status(429)
		var attempts, refused atomic.Int64
		var all sync.WaitGroup
		for range calls {
			all.Go(func() {
				_, err := Do(t.Context(), o, func(context.Context) (int, error) {
					attempts.Add(1)
					return 0, failed
				})
				if err.(*Error).Reason == ReasonBudget {
					refused.Add(1)
				}
			})
		}
		all.Wait()
		if attempts.Load() != calls+tokens {
			t.Errorf("%d attempts, want %d", attempts.Load(), calls+tokens)
		}
		if refused.Load() < calls-tokens {
			t.Errorf("%d calls were refused a retry", refused.Load())
		}
	})
}

func TestDoIsRefusedBeforeTheSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Options{Catalog: retryAPI(&Policy{Base: time.Hour, Retries: 5}), Budget: &Budget{Tokens: 1}}
		o.Hooks.Retry = func(_ context.Context, e Event) {
			if e.Resend > 1 {
				t.Error("told of a retry that is not made")
			}
		}
		last := status(429)
		_, err := Do(t.Context(), o, playing(last).call)
		if stop := stopped(t, err, ReasonBudget, 2); stop.Elapsed != time.Hour {
			t.Errorf("returned after %v", stop.Elapsed)
		}
		findsAll(t, err, last)
	})
}

// What is not sent again costs nothing, whatever the reason.
func TestDoTakesATokenForARetryOnly(t *testing.T) {
	expiring, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	policy := &Policy{Base: 2 * time.Hour, Retries: 1}
	for name, err := range map[string]error{
		"permanent":      status(400),
		"resubmit":       status(409),
		"over the cap":   status(429, "Retry-After", "9999"),
		"too late":       status(429),
		"ambiguous":      status(503),
		"of no kind":     errStopped,
		"success at all": nil,
	} {
		b := &Budget{Tokens: 3}
		Do(expiring, &Options{Catalog: retryAPI(policy), Budget: b}, playing(err).call)
		if got := tokens(b); got != 3 {
			t.Errorf("%s: %d tokens are left of 3", name, got)
		}
	}
}

func TestDoPutsBackForASuccess(t *testing.T) {
	b := &Budget{Tokens: 2, Ratio: 0.5}
	o := &Options{Catalog: retryAPI(&Policy{Retries: 1}), Budget: b}
	Do(t.Context(), o, playing(status(429)).call)
	Do(t.Context(), o, playing(status(429)).call)
	_, err := Do(t.Context(), o, playing(status(429)).call)
	stopped(t, err, ReasonBudget, 1)
	for range 2 {
		if _, err := Do(t.Context(), o, playing(nil).call); err != nil {
			t.Error(err)
		}
	}
	_, err = Do(t.Context(), o, playing(status(429)).call)
	stopped(t, err, ReasonExhausted, 2)
}
