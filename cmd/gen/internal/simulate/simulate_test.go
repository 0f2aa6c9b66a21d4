package simulate

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
)

var backoff = classify.Policy{Growth: classify.Exponential, Base: time.Second, Factor: 2, Max: 32 * time.Second, Retries: 4, Jitter: classify.Jitter{Full: true}}

// Whatever the figures, a run ends, and its sums are of what it counts second by second.
func TestRun(t *testing.T) {
	for name, change := range map[string]func(*Scenario){
		"usual":             func(*Scenario) {},
		"no outage":         func(s *Scenario) { s.Server.Down = 0 },
		"hardly a call":     func(s *Scenario) { s.Fleet.Rate = 1e-12 },
		"hardly a capacity": func(s *Scenario) { s.Server.Capacity = 1e-9 },
		"no wait": func(s *Scenario) {
			s.Policy = classify.Policy{Retries: classify.Unlimited}
			s.Server.Latency, s.Most = 0, 100_000
		},
		"endless wait":         func(s *Scenario) { s.Policy.Base, s.Policy.Max = math.MaxInt64, 0 },
		"no queue":             func(s *Scenario) { s.Server.Queue = 0 },
		"budget and gate":      func(s *Scenario) { s.Budget, s.Gate, s.Server.RetryAfter = true, true, 7*time.Second },
		"longer than obeyed":   func(s *Scenario) { s.Server.RetryAfter = time.Hour },
		"a part of a second":   func(s *Scenario) { s.After += 300 * time.Millisecond },
		"refusals cost it all": func(s *Scenario) { s.Server.Refusal = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			s := Usual(backoff)
			s.Fleet.Programs, s.Fleet.Rate, s.Server.Capacity, s.After = 50, 5, 10, 2*time.Minute
			change(&s)
			if err := s.Validate(); err != nil {
				t.Fatal(err)
			}
			r := Run(s)
			if diff := cmp.Diff(r, Run(s)); diff != "" {
				t.Errorf("the same scenario again (-first +second):\n%s", diff)
			}
			var requests, answered int64
			for _, second := range r.Seconds {
				requests, answered = requests+second.Requests, answered+second.Answered
			}
			if r.Requests != requests || r.Refused != requests-answered || r.Succeeded > answered || r.Succeeded+r.GivenUp > r.Calls {
				t.Errorf("%d requests in all and %d answers; sums %+v", requests, answered, Result{Calls: r.Calls, Succeeded: r.Succeeded, GivenUp: r.GivenUp, Requests: r.Requests, Refused: r.Refused})
			}
			if r.Cut != (name == "no wait") {
				t.Errorf("cut: %v", r.Cut)
			}
		})
	}
}

// TestKeepsDown tells policies that keep a server down from those that don't.
func TestKeepsDown(t *testing.T) {
	for name, test := range map[string]struct {
		policy classify.Policy
		want   bool
	}{
		"backoff":            {backoff, false},
		"every second":       {classify.Policy{Base: time.Second, Retries: classify.Unlimited}, true},
		"every minute":       {classify.Policy{Base: time.Minute, Retries: classify.Unlimited}, false},
		"without a wait":     {classify.Policy{Retries: classify.Unlimited}, true},
		"for ten seconds":    {classify.Policy{Base: time.Second, Retries: classify.Unlimited, Within: 10 * time.Second}, false},
		"three times":        {classify.Policy{Base: time.Millisecond, Retries: 3}, false},
		"fifty times":        {classify.Policy{Base: 100 * time.Millisecond, Retries: 50}, true},
		"ever more slowly":   {classify.Policy{Growth: classify.Exponential, Factor: 2, Base: time.Second, Max: time.Minute, Retries: classify.Unlimited}, false},
		"a thousand an hour": {classify.Policy{Base: time.Hour, Retries: 1000}, false},
	} {
		if got, requests := KeepsDown(test.policy); got != test.want || requests > 500_000 {
			t.Errorf("%s: %v after %d requests, want %v", name, got, requests, test.want)
		}
	}
}

func BenchmarkMillion(b *testing.B) {
	s := Usual(backoff)
	s.Fleet.Programs, s.Fleet.Rate, s.Server.Capacity = 100_000, 10_000, 20_000
	for b.Loop() {
		Run(s)
	}
}
