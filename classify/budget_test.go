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
		if got := tokens(&Budget{MaxTokens: test.tokens}); got != test.want {
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

// What was taken is put back to the last millionth, by success and by time.
func TestBudgetRefillsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bySuccess, byTime := &Budget{Ratio: 0.999999}, &Budget{PerSecond: 0.999999}
		bySuccess.Take()
		byTime.Take()
		for range 2 {
			bySuccess.Refill()
			time.Sleep(time.Second)
			byTime.Tokens()
		}
		if bySuccess.Tokens() != 10 || byTime.Tokens() != 10 {
			t.Errorf("%v and %v tokens of 10", bySuccess.Tokens(), byTime.Tokens())
		}
	})
}

// What is taken and put back at once adds up.
func TestBudgetIsShared(t *testing.T) {
	const tokensAtFirst, clients, each = 400_000, 4, 200_000
	b := &Budget{MaxTokens: tokensAtFirst, Ratio: 0.5}
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
		o := &Options{Catalog: retryAPI(&Policy{Base: second, Jitter: Jitter{Add: second}, Retries: 5}), Budget: &Budget{MaxTokens: tokens}}
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
		o := &Options{Catalog: retryAPI(&Policy{Base: time.Hour, Retries: 5}), Budget: &Budget{MaxTokens: 1}}
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
		b := &Budget{MaxTokens: 3}
		Do(expiring, &Options{Catalog: retryAPI(policy), Budget: b}, playing(err).call)
		if got := tokens(b); got != 3 {
			t.Errorf("%s: %d tokens are left of 3", name, got)
		}
	}
}

func TestDoPutsBackForASuccess(t *testing.T) {
	b := &Budget{MaxTokens: 2, Ratio: 0.5}
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

func TestBudgetRefillsByTime(t *testing.T) {
	for _, test := range []struct {
		perSecond, most float64
		wait            time.Duration
		want            float64
	}{
		{0, 0, time.Hour, 0},
		{-1, 0, time.Hour, 0},
		{math.NaN(), 0, time.Hour, 0},
		{0.5, 0, 3 * second, 1.5},
		{2, 0, second, 2},
		{2, 0, time.Hour, 10},
		{2, 3, time.Hour, 3},
		{1e-6, 0, 1_000_000 * second, 1},
		{math.Inf(1), 0, time.Millisecond, 10},
		{math.MaxFloat64, 0, time.Hour, 10},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := &Budget{PerSecond: test.perSecond, MaxTokens: test.most}
			time.Sleep(time.Hour) // what is full gains nothing
			full := b.Tokens()
			tokens(b)
			time.Sleep(test.wait)
			if got := b.Tokens(); math.Abs(got-test.want) > 1e-6 || full != 10 && full != test.most {
				t.Errorf("%v a second: %v tokens of %v after %s, want %v", test.perSecond, got, full, test.wait, test.want)
			}
			if got := tokens(b); got != int(test.want) {
				t.Errorf("%v a second: %d tokens can be taken after %s, want %v", test.perSecond, got, test.wait, test.want)
			}
		})
	}
	if got := (*Budget)(nil).Tokens(); !math.IsInf(got, 1) {
		t.Errorf("a nil budget has %v tokens", got)
	}
}

// Asking often loses nothing of the time, and success counts as well.
func TestBudgetCountsAllTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &Budget{PerSecond: 0.0015} // one and a half millionths for each time it is asked
		tokens(b)
		for range 10_000_000 / 997 {
			time.Sleep(997 * time.Microsecond)
			b.Tokens()
		}
		if got := b.Tokens(); math.Abs(got-0.015) > 1e-4 {
			t.Errorf("%v tokens after 10 s, want 0.015", got)
		}
		b.Refill()
		if got := b.Tokens(); math.Abs(got-0.115) > 1e-4 {
			t.Errorf("%v tokens after a success, want 0.115", got)
		}
	})
}

func TestBudgetIsTimedForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &Budget{MaxTokens: 1000, PerSecond: 100}
		tokens(b)
		time.Sleep(5 * second)
		var taken atomic.Int64
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 200 {
					if b.Tokens() >= 0 && b.Take() {
						taken.Add(1)
					}
				}
			})
		}
		all.Wait()
		if taken.Load() != 500 {
			t.Errorf("%d tokens taken, want 500", taken.Load())
		}
	})
}

// TestBudgetThatIsGivenATimeLate gains nothing for the time before PerSecond was set.
func TestBudgetThatIsGivenATimeLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &Budget{MaxTokens: 100}
		for b.Take() {
		}
		spent := b.Tokens()
		time.Sleep(time.Hour)
		b.PerSecond = 1
		if got := b.Tokens(); got != spent {
			t.Errorf("%v tokens, want %v", got, spent)
		}
		time.Sleep(3 * time.Second)
		if got := b.Tokens(); got != spent+3 {
			t.Errorf("%v tokens after 3 s, want %v", got, spent+3)
		}
	})
}
