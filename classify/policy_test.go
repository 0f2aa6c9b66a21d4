package classify

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestPolicyBounds(t *testing.T) {
	const s = time.Second
	backoff := Policy{Growth: Exponential, Base: s, Factor: 2, Jitter: Jitter{Add: s}, Max: 32 * s}
	tests := []struct {
		name   string
		policy Policy
		n      int
		want   [2]time.Duration
	}{
		{"zero policy", Policy{}, 0, [2]time.Duration{0, 0}},
		{"constant", Policy{Base: 5 * s}, 0, [2]time.Duration{5 * s, 5 * s}},
		{"constant stays", Policy{Base: 5 * s}, 1000, [2]time.Duration{5 * s, 5 * s}},
		{"constant over max", Policy{Base: 5 * s, Max: 3 * s}, 0, [2]time.Duration{3 * s, 3 * s}},
		{"linear first", Policy{Growth: Linear, Base: 2 * s}, 0, [2]time.Duration{2 * s, 2 * s}},
		{"linear", Policy{Growth: Linear, Base: 2 * s}, 3, [2]time.Duration{8 * s, 8 * s}},
		{"linear cut", Policy{Growth: Linear, Base: 2 * s, Max: 7 * s}, 3, [2]time.Duration{7 * s, 7 * s}},
		{"linear at max", Policy{Growth: Linear, Base: 2 * s, Max: 8 * s}, 3, [2]time.Duration{8 * s, 8 * s}},
		{"exponential first", backoff, 0, [2]time.Duration{1 * s, 2 * s}},
		{"exponential", backoff, 3, [2]time.Duration{8 * s, 9 * s}},
		{"slide begins after max", backoff, 4, [2]time.Duration{16 * s, 17 * s}},
		{"slide at max", backoff, 5, [2]time.Duration{31 * s, 32 * s}},
		{"slide for ever", backoff, math.MaxInt, [2]time.Duration{31 * s, 32 * s}},
		{"negative n is 0", backoff, math.MinInt, [2]time.Duration{1 * s, 2 * s}},
		{"jitter wider than max", Policy{Base: s, Jitter: Jitter{Add: 10 * s}, Max: 4 * s}, 0, [2]time.Duration{0, 4 * s}},
		{"negative jitter", Policy{Base: s, Jitter: Jitter{Add: -s}}, 0, [2]time.Duration{s, s}},
		{"negative base", Policy{Base: -s, Jitter: Jitter{Add: s}}, 2, [2]time.Duration{0, s}},
		{"negative max is none", Policy{Base: s, Max: -s}, 0, [2]time.Duration{s, s}},
		{"factor below 1", Policy{Growth: Exponential, Base: s, Factor: 0.5}, 9, [2]time.Duration{s, s}},
		{"factor of no number", Policy{Growth: Exponential, Base: s, Factor: math.NaN()}, 9, [2]time.Duration{s, s}},
		{"factor without end", Policy{Growth: Exponential, Base: s, Factor: math.Inf(1), Max: 9 * s}, 1, [2]time.Duration{9 * s, 9 * s}},
		{"factor with a fraction", Policy{Growth: Exponential, Base: s, Factor: 1.001}, 1, [2]time.Duration{1001 * time.Millisecond, 1001 * time.Millisecond}},
		{"spread", Policy{Base: 10 * s, Jitter: Jitter{Spread: 0.2}}, 0, [2]time.Duration{8 * s, 12 * s}},
		{"spread of the wait", Policy{Growth: Linear, Base: 10 * s, Jitter: Jitter{Spread: 0.2}}, 1, [2]time.Duration{16 * s, 24 * s}},
		{"spread rounds", Policy{Base: s, Jitter: Jitter{Spread: 0.57}}, 0, [2]time.Duration{430 * time.Millisecond, 1570 * time.Millisecond}},
		{"spread slides", Policy{Base: 10 * s, Jitter: Jitter{Spread: 0.2}, Max: 11 * s}, 0, [2]time.Duration{7 * s, 11 * s}},
		{"spread over the whole", Policy{Base: s, Jitter: Jitter{Spread: 3}}, 0, [2]time.Duration{0, 4 * s}},
		{"spread of no number", Policy{Base: s, Jitter: Jitter{Spread: math.NaN()}}, 0, [2]time.Duration{s, s}},
		{"full", Policy{Growth: Exponential, Base: s, Factor: 3, Jitter: Jitter{Full: true}}, 2, [2]time.Duration{0, 9 * s}},
		{"full cut", Policy{Growth: Exponential, Base: s, Factor: 3, Jitter: Jitter{Full: true}, Max: 5 * s}, 2, [2]time.Duration{0, 5 * s}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			shortest, longest := test.policy.Bounds(test.n)
			if got := [2]time.Duration{shortest, longest}; got != test.want {
				t.Errorf("Bounds(%d) = %v, want %v", test.n, got, test.want)
			}
		})
	}
}

// No field and no retry number makes a wait out of range or a panic, and more
// retries never make the shortest wait shorter.
func TestPolicySaturates(t *testing.T) {
	numbers := []int{math.MinInt, -1, 0, 1, 2, 30, 31, 61, 62, 63, 64, 1024, math.MaxInt}
	random := []func() float64{nil, func() float64 { return 0 }, func() float64 { return math.Nextafter(1, 0) }}
	for policy := range extremePolicies {
		least := time.Duration(0)
		limit := policy.Max
		if limit <= 0 {
			limit = math.MaxInt64
		}
		for _, n := range numbers {
			shortest, longest := policy.Bounds(n)
			if shortest < 0 || longest < shortest || longest > limit {
				t.Fatalf("%+v: Bounds(%d) = %d, %d", policy, n, shortest, longest)
			}
			if shortest < least && policy.Jitter.Spread == 0 {
				t.Fatalf("%+v: Bounds(%d) falls from %d to %d", policy, n, least, shortest)
			}
			least = shortest
			for _, source := range random {
				if wait := policy.Wait(n, source); wait < shortest || wait > longest {
					t.Fatalf("%+v: Wait(%d) = %d, not in %d to %d", policy, n, wait, shortest, longest)
				}
			}
			for _, delay := range []time.Duration{math.MinInt64, -1, 0, 1, time.Hour, math.MaxInt64} {
				shortest, longest := policy.ServerBounds(n, delay)
				if shortest < max(0, delay) || longest < shortest {
					t.Fatalf("%+v: ServerBounds(%d, %d) = %d, %d", policy, n, delay, shortest, longest)
				}
			}
		}
	}
}

func extremePolicies(yield func(Policy) bool) {
	jitters := []Jitter{
		{}, {Add: time.Second}, {Add: math.MaxInt64}, {Add: math.MinInt64}, {Full: true},
		{Spread: 0.2}, {Spread: 1}, {Spread: math.MaxFloat64}, {Spread: math.Inf(1)}, {Spread: -1},
	}
	for _, growth := range []Growth{Constant, Linear, Exponential, Growth(9)} {
		for _, base := range []time.Duration{time.Nanosecond, time.Hour, math.MaxInt64, -1, 0, math.MinInt64} {
			for _, factor := range []float64{0, 1, 1.0001, 2, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()} {
				for _, limit := range []time.Duration{0, 1, time.Minute, math.MaxInt64 - 1, math.MaxInt64, -1} {
					for _, jitter := range jitters {
						if !yield(Policy{Growth: growth, Base: base, Factor: factor, Max: limit, Jitter: jitter}) {
							return
						}
					}
				}
			}
		}
	}
}

// Clients at the bound do not all come back at one instant.
func TestPolicyWaitSpreadsAtMax(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	for _, growth := range []Growth{Constant, Linear, Exponential} {
		policy := Policy{Growth: growth, Base: 40 * time.Second, Factor: 2, Jitter: Jitter{Add: time.Second}, Max: 32 * time.Second}
		checkSpread(t, growth.String(), func() time.Duration { return policy.Wait(10, source.Float64) })
		d := Decision{Action: Retry, Policy: &policy}
		checkSpread(t, growth.String()+" by the decision", func() time.Duration { return d.Wait(10) })
	}
}

func checkSpread(t *testing.T, name string, wait func() time.Duration) {
	t.Helper()
	buckets := make(map[time.Duration]int)
	for range 10_000 {
		w := wait()
		if w < 31*time.Second || w > 32*time.Second {
			t.Fatalf("%s: wait %v is not in the last second before the bound", name, w)
		}
		buckets[w/(10*time.Millisecond)]++
	}
	for bucket, n := range buckets {
		if n >= 300 {
			t.Errorf("%s: %d of 10,000 waits are in the 10 ms from %v", name, n, bucket*10*time.Millisecond)
		}
	}
}

func TestPolicyWaitOfOddSources(t *testing.T) {
	policy := Policy{Base: time.Second, Jitter: Jitter{Add: time.Second}}
	tests := []struct {
		random float64
		want   time.Duration
	}{
		{0, time.Second},
		{0.5, 1500 * time.Millisecond},
		{0.9999999999, 2*time.Second - 1}, // the end of the window is not in it
		{1, 2 * time.Second},
		{7, 2 * time.Second},
		{-1, time.Second},
		{math.Inf(1), 2 * time.Second},
		{math.Inf(-1), time.Second},
		{math.NaN(), time.Second},
	}
	for _, test := range tests {
		if got := policy.Wait(0, func() float64 { return test.random }); got != test.want {
			t.Errorf("random %v: wait %v, want %v", test.random, got, test.want)
		}
	}
}

func TestPolicyServerBounds(t *testing.T) {
	const s = time.Second
	tests := []struct {
		policy Policy
		n      int
		delay  time.Duration
		want   [2]time.Duration
	}{
		{Policy{Base: 5 * s}, 0, 30 * s, [2]time.Duration{30 * s, 30 * s}},
		{Policy{Base: 5 * s}, 0, 1, [2]time.Duration{1, 1}},
		{Policy{Base: 5 * s}, 0, 0, [2]time.Duration{5 * s, 5 * s}},
		{Policy{Base: 5 * s}, 0, -1, [2]time.Duration{5 * s, 5 * s}},
		{Policy{Base: 5 * s, Jitter: Jitter{Add: s}}, 0, 30 * s, [2]time.Duration{30 * s, 31 * s}},
		{Policy{Base: 5 * s, Jitter: Jitter{Add: s}, Max: 8 * s}, 0, 30 * s, [2]time.Duration{30 * s, 31 * s}},
		{Policy{Base: 5 * s, Jitter: Jitter{Spread: 0.2}}, 0, 30 * s, [2]time.Duration{30 * s, 36 * s}},
		{Policy{Growth: Linear, Base: 5 * s, Jitter: Jitter{Full: true}}, 1, 30 * s, [2]time.Duration{30 * s, 40 * s}},
		{Policy{Growth: Linear, Base: 5 * s, Jitter: Jitter{Add: s}}, 1, 0, [2]time.Duration{10 * s, 11 * s}},
		{Policy{Jitter: Jitter{Add: s}}, 0, math.MaxInt64, [2]time.Duration{math.MaxInt64, math.MaxInt64}},
	}
	for _, test := range tests {
		shortest, longest := test.policy.ServerBounds(test.n, test.delay)
		if got := [2]time.Duration{shortest, longest}; got != test.want {
			t.Errorf("%+v: ServerBounds(%d, %v) = %v, want %v", test.policy, test.n, test.delay, got, test.want)
		}
	}
}

func TestPolicyObeys(t *testing.T) {
	tests := []struct {
		limit, delay time.Duration
		want         bool
	}{
		{0, DefaultServerDelayMax, true},
		{0, DefaultServerDelayMax + 1, false},
		{-1, DefaultServerDelayMax, true},
		{time.Second, time.Second, true},
		{time.Second, time.Second + 1, false},
		{math.MaxInt64, math.MaxInt64, true},
	}
	for _, test := range tests {
		policy := Policy{ServerDelayMax: test.limit}
		if got := policy.Obeys(test.delay); got != test.want {
			t.Errorf("limit %v obeys %v: %t, want %t", test.limit, test.delay, got, test.want)
		}
	}
}

func TestNamesOutOfRange(t *testing.T) {
	for _, name := range []fmt.Stringer{Action(99), Growth(99), Kind(99), Syntax(99), WaitSource(99)} {
		if name.String() == "" {
			t.Errorf("%T has no text", name)
		}
	}
	if want := []Action{Fail, Retry, Resubmit, WaitPoll, FixAccount, OK}; !slices.Equal(Actions(), want) {
		t.Errorf("the actions are %s, want %s", Actions(), want)
	}
	for i, action := range Actions() {
		text, err := action.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"fail", "retry", "resubmit", "wait_poll", "fix_account", "ok"}[i]; string(text) != want || action.String() != want {
			t.Errorf("action %d is %s and %s, want %s", i, text, action, want)
		}
		var again Action
		if err := again.UnmarshalText(text); err != nil || again != action {
			t.Errorf("%s comes back as %s, %v", text, again, err)
		}
	}
	for _, action := range []Action{Action(len(Actions())), 99} {
		if _, err := action.MarshalText(); err == nil {
			t.Errorf("%s has a text", action)
		}
	}
	kept := Retry
	if err := kept.UnmarshalText([]byte("Retry")); err == nil || kept != Retry {
		t.Errorf("unknown text: %v, %v", kept, err)
	}
}
