package say

import (
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
)

func TestRetryRule(t *testing.T) {
	const s = time.Second
	backoff := classify.Policy{Growth: classify.Exponential, Base: s, Factor: 2, Jitter: classify.Jitter{Add: s}, Max: 32 * s, Retries: 4}
	long := backoff
	long.Retries = 12
	endless := backoff
	endless.Retries, endless.Within = classify.Unlimited, time.Hour
	for _, test := range []struct {
		name   string
		policy *classify.Policy
		action classify.Action
		want   string
		waits  string
	}{
		{"none", nil, classify.Retry, "no retry", "no wait"},
		{"no retries", &classify.Policy{Base: s}, classify.Retry, "no retry", "no wait"},
		{"stops", &backoff, classify.Fail, "no retry", "1 to 2 s, 2 to 3 s, 4 to 5 s and 8 to 9 s"},
		{"constant", &classify.Policy{Base: 5 * s, Retries: 3}, classify.Retry, "up to 3 retries, 5 s apart", "5 s"},
		{"one", &classify.Policy{Base: 5 * s, Retries: 1}, classify.Retry, "1 retry, after 5 s", "5 s"},
		{"bounded", &classify.Policy{Base: 5 * s, Retries: 3, Within: 9 * s}, classify.Retry, "up to 3 retries, 5 s apart, for at most 9 s", "5 s"},
		{"at once", &classify.Policy{Retries: 2}, classify.Retry, "up to 2 retries, at once", "no wait"},
		{"growing", &backoff, classify.Retry, "up to 4 retries, after 1 to 2 s, 2 to 3 s, 4 to 5 s and 8 to 9 s", "1 to 2 s, 2 to 3 s, 4 to 5 s and 8 to 9 s"},
		{"long", &long, classify.Retry, "up to 12 retries, after 1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s", "1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s"},
		{"endless growing", &endless, classify.Retry, "retries, after 1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s, for at most 1 h", "1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s"},
		{"resubmit", &classify.Policy{Base: 2 * s, Retries: 2}, classify.Resubmit, "up to 2 new tasks, 2 s apart", "2 s"},
		{"poll", &classify.Policy{Base: 5 * s, First: 5 * s, Retries: classify.Unlimited, Within: 120 * s}, classify.WaitPoll, "every 5 s for at most 2 min", "5 s"},
		{"endless", &classify.Policy{Base: 5 * s, Retries: classify.Unlimited}, classify.WaitPoll, "every 5 s, with no limit", "5 s"},
		{"some polls", &classify.Policy{Base: 5 * s, Retries: 10}, classify.WaitPoll, "up to 10 polls, 5 s apart", "5 s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := RetryRule(test.policy, test.action); got != test.want {
				t.Errorf("RetryRule = %q, want %q", got, test.want)
			}
			if got := Waits(test.policy); got != test.waits {
				t.Errorf("Waits = %q, want %q", got, test.waits)
			}
		})
	}
}
