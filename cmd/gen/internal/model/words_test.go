package model

import (
	"math"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
)

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0 s"},
		{-time.Second, "0 s"},
		{1, "0.001 ms"},
		{500 * time.Microsecond, "0.5 ms"},
		{1500 * time.Microsecond, "1.5 ms"},
		{250 * time.Millisecond, "250 ms"},
		{time.Second - 1, "1 s"},
		{time.Second, "1 s"},
		{1500 * time.Millisecond, "1.5 s"},
		{1234567890, "1.235 s"},
		{59*time.Second + 999999999, "1 min"},
		{time.Minute, "1 min"},
		{90 * time.Second, "1 min 30 s"},
		{61500 * time.Millisecond, "1 min 1.5 s"},
		{time.Minute + time.Millisecond, "1 min 1 ms"},
		{2 * time.Minute, "2 min"},
		{time.Hour, "1 h"},
		{time.Hour + time.Second, "1 h 1 s"},
		{25*time.Hour + 30*time.Minute, "25 h 30 min"},
		{48 * time.Hour, "2 days"},
		{50*time.Hour + time.Minute, "2 days 2 h"},
		{math.MaxInt64, "106751 days 23 h"},
	} {
		if got := Duration(test.d); got != test.want {
			t.Errorf("Duration(%d) = %q, want %q", test.d, got, test.want)
		}
	}
}

func TestWindowString(t *testing.T) {
	for _, test := range []struct {
		min, max time.Duration
		want     string
	}{
		{0, 0, "0 s"},
		{5 * time.Second, 5 * time.Second, "5 s"},
		{time.Second, 2 * time.Second, "1 to 2 s"},
		{1500 * time.Millisecond, 2500 * time.Millisecond, "1.5 to 2.5 s"},
		{0, time.Minute, "0 to 1 min"},
		{0, 10 * time.Second, "0 to 10 s"},
		{500 * time.Millisecond, time.Minute, "500 ms to 1 min"},
		{30 * time.Second, 90 * time.Second, "30 s to 1 min 30 s"},
		{61 * time.Second, 62 * time.Second, "1 min 1 s to 1 min 2 s"},
	} {
		if got := (Window{Min: test.min, Max: test.max}).String(); got != test.want {
			t.Errorf("Window{%v, %v} = %q, want %q", test.min, test.max, got, test.want)
		}
	}
}

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
		{"endless", &classify.Policy{Base: 5 * s, Retries: classify.Unlimited}, classify.WaitPoll, "every 5 s, without end", "5 s"},
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

func TestTitles(t *testing.T) {
	titles := make(map[string]bool)
	advice := make(map[string]bool)
	for _, a := range classify.Actions() {
		titles[ActionTitle(a)] = true
		advice[ActionAdvice(a)] = true
	}
	if n := len(classify.Actions()); len(titles) != n || len(advice) != n {
		t.Errorf("%d actions have %d titles and %d pieces of advice", n, len(titles), len(advice))
	}
	for _, test := range []struct{ got, want string }{
		{WhoTitle("client"), "The program itself"},
		{WhoTitle("developer"), "Developer"},
		{WhoTitle("account-owner"), "Account owner"},
		{WhoTitle(""), ""},
		{FrequencyTitle("very-common"), "Very common"},
		{FrequencyTitle("rare"), "Rare"},
		{FrequencyTitle(""), ""},
		{SeverityTitle("none"), "None"},
		{SeverityTitle("high"), "High"},
		{SeverityTitle(""), ""},
		{And(nil), ""},
		{And([]string{"a"}), "a"},
		{And([]string{"a", "b", "c"}), "a, b and c"},
		{Or([]string{"a", "b"}), "a or b"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
