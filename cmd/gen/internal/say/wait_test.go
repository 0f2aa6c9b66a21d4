package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestWaitTable(t *testing.T) {
	const s = time.Second
	const try = "Times count from the first try, as if each answer came at once."
	for _, test := range []struct {
		name   string
		action classify.Action
		policy *classify.Policy
		want   []WaitRow
		note   string
	}{
		{"growing", classify.Retry, &classify.Policy{Growth: classify.Exponential, Base: 3 * s, Factor: 2, Max: 10 * s, Retries: 3},
			[]WaitRow{{"1", "3 s", "3 s"}, {"2", "6 s", "9 s"}, {"3", "10 s", "19 s"}}, try},
		{"endless", classify.Resubmit, &classify.Policy{Growth: classify.Linear, Base: s, Jitter: classify.Jitter{Add: s}, Retries: classify.Unlimited},
			[]WaitRow{
				{"1", "1 to 2 s", "1 to 2 s"}, {"2", "2 to 3 s", "3 to 5 s"}, {"3", "3 to 4 s", "6 to 9 s"}, {"4", "4 to 5 s", "10 to 14 s"},
				{"5", "5 to 6 s", "15 to 20 s"}, {"6 and on", "6 s or longer", "21 s or later"},
			}, "Times count from the first task, as if each task was lost at once."},
		{"saturated", classify.Retry, &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 1e9, Retries: 101},
			[]WaitRow{
				{"1", "1 s", "1 s"}, {"2", "11574 days 1 h", "11574 days 1 h"}, {"3", "106751 days 23 h", "106751 days 23 h or later"},
				{"4", "106751 days 23 h", "106751 days 23 h or later"}, {"5", "106751 days 23 h", "106751 days 23 h or later"},
				{"6 to 101", "106751 days 23 h or longer", "106751 days 23 h or later"},
			}, try},
		{"polls", classify.WaitPoll, &classify.Policy{Base: 5 * s, First: 3 * s, Jitter: classify.Jitter{Add: s}, Retries: classify.Unlimited, Within: 14 * s},
			[]WaitRow{{"1", "3 s", "3 s"}, {"2", "5 to 6 s", "8 to 9 s"}, {"3", "5 to 6 s", "13 to 14 s, if at all"}},
			"Times count from when the task was submitted, as if each answer came at once. That makes 2 to 3 polls."},
		{"many polls", classify.WaitPoll, &classify.Policy{Base: s, Retries: classify.Unlimited, Within: 20 * s},
			[]WaitRow{{"1", "0 s", "0 s"}, {"2", "1 s", "1 s"}, {"3", "1 s", "2 s"}, {"4", "1 s", "3 s"}, {"5", "1 s", "4 s"}, {"6 to 21", "1 s", "5 to 20 s"}},
			"Times count from the first poll, as if each answer came at once. That makes 21 polls."},
		{"one", classify.Retry, &classify.Policy{Base: 5 * s, Retries: 9, Within: 6 * s}, []WaitRow{{"1", "5 s", "5 s"}}, try + " That makes 1 retry."},
		{"hardly any", classify.Retry, &classify.Policy{Base: s, Jitter: classify.Jitter{Full: true}, Retries: classify.Unlimited, Within: 2 * s},
			[]WaitRow{
				{"1", "0 to 1 s", "0 to 1 s"}, {"2", "0 to 1 s", "0 to 2 s"}, {"3", "0 to 1 s", "0 to 2 s, if at all"}, {"4", "0 to 1 s", "0 to 2 s, if at all"},
				{"5", "0 to 1 s", "0 to 2 s, if at all"}, {"6 and on", "0 to 1 s", "0 to 2 s, if at all"},
			}, try + " That makes 2 or more retries."},
	} {
		e := &model.Entry{API: &model.API{}, Action: test.action, Policy: test.policy}
		if diff := cmp.Diff(test.want, English.WaitTable(e.Timeline())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if got := English.WaitNote(e, e.Timeline()); got != test.note {
			t.Errorf("%s: WaitNote = %q, want %q", test.name, got, test.note)
		}
	}
}
