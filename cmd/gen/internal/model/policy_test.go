package model_test

import (
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestPolicyText(t *testing.T) {
	tests := []struct {
		policy *classify.Policy
		want   string
	}{
		{nil, "none"},
		{&classify.Policy{Base: 5 * time.Second, Retries: 3}, "growth: constant, base: 5s, retries: 3"},
		{&classify.Policy{Growth: classify.Linear, Base: 1500 * time.Millisecond}, "growth: linear, base: 1.5s, retries: 0"},
		{
			&classify.Policy{Growth: classify.Exponential, Base: time.Second, Factor: 2, Jitter: classify.Jitter{Add: time.Second}, Max: 32 * time.Second, Retries: 4},
			"growth: exponential, base: 1s, factor: 2, jitter: 1s, max: 32s, retries: 4",
		},
		{
			&classify.Policy{Base: 10 * time.Second, First: time.Hour, Jitter: classify.Jitter{Spread: 0.07}, Retries: classify.Unlimited, Within: 90 * time.Second, ServerDelayMax: 70 * time.Minute},
			"growth: constant, base: 10s, jitter: 7%, first: 1h, retries: unlimited, within: 1m30s, server_delay_max: 1h10m",
		},
		{&classify.Policy{Base: 2 * time.Minute, Jitter: classify.Jitter{Full: true}, ServerDelayMax: 5 * time.Minute}, "growth: constant, base: 2m, jitter: full, retries: 0"},
	}
	for _, test := range tests {
		if got := model.PolicyText(test.policy); got != test.want {
			t.Errorf("PolicyText(%+v) = %q, want %q", test.policy, got, test.want)
		}
	}
}
