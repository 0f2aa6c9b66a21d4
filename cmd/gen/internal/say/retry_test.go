package say

import (
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
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
		{"some polls", &classify.Policy{Base: 5 * s, Retries: 10}, classify.WaitPoll, "up to 10 more polls, 5 s apart", "5 s"},
		{"one poll", &classify.Policy{Base: 5 * s, Retries: 1}, classify.WaitPoll, "1 more poll, after 5 s", "5 s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := English.RetryRule(test.policy, test.action); got != test.want {
				t.Errorf("RetryRule = %q, want %q", got, test.want)
			}
			if got := English.Waits(test.policy); got != test.waits {
				t.Errorf("Waits = %q, want %q", got, test.waits)
			}
		})
	}
}

// TestRetryStop holds the sentences on when to give up against the loops: see the test of
// model.Timeline, which compares the times.
func TestRetryStop(t *testing.T) {
	const s = time.Second
	for _, test := range []struct {
		action classify.Action
		policy *classify.Policy
		first  string
		stop   string
	}{
		{classify.Retry, nil, "", ""},
		{classify.Retry, &classify.Policy{Base: s}, "", ""},
		{classify.Fail, &classify.Policy{Base: s, Retries: 1}, "", ""},
		{classify.Retry, &classify.Policy{Base: s, First: s, Retries: 2}, "", "Give up after 2 retries."},
		{classify.Retry, &classify.Policy{Base: s, Retries: classify.Unlimited}, "", "There is no limit on the number of retries."},
		{classify.Retry, &classify.Policy{Base: s, Retries: classify.Unlimited, Within: 9 * s}, "",
			"Give up if the next retry would be sent more than 9 s after the first try."},
		{classify.WaitPoll, &classify.Policy{Base: s, Retries: 2}, "", "Give up after the first poll and 2 more."},
		{classify.WaitPoll, &classify.Policy{Base: s, First: 3 * s, Retries: classify.Unlimited, Within: 9 * s}, "Before the first poll, wait 3 s.",
			"Give up if the next poll would be sent more than 9 s after the task was submitted."},
		{classify.Resubmit, &classify.Policy{Base: s, Retries: 2, Within: 9 * s}, "",
			"Give up after 2 new tasks. Give up if the next task would be submitted more than 9 s after the first."},
	} {
		e := &model.Entry{API: &model.API{}, Action: test.action, Policy: test.policy}
		if got := English.RetryFirst(e); got != test.first {
			t.Errorf("RetryFirst of %v = %q, want %q", test.policy, got, test.first)
		}
		if got := English.RetryStop(e); got != test.stop {
			t.Errorf("RetryStop of %v = %q, want %q", test.policy, got, test.stop)
		}
	}
}
