package say

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
)

func TestWaitTable(t *testing.T) {
	const s = time.Second
	for _, test := range []struct {
		name   string
		policy *classify.Policy
		want   []WaitRow
	}{
		{"none", nil, nil},
		{"no retries", &classify.Policy{Base: s}, nil},
		{"growing", &classify.Policy{Growth: classify.Exponential, Base: 3 * s, Factor: 2, Max: 10 * s, Retries: 3},
			[]WaitRow{{"1", "3 s", "3 s"}, {"2", "6 s", "6 s"}, {"3", "10 s", "10 s"}}},
		{"endless", &classify.Policy{Growth: classify.Linear, Base: s, Jitter: classify.Jitter{Add: s}, Retries: classify.Unlimited},
			[]WaitRow{
				{"1", "1 s", "2 s"}, {"2", "2 s", "3 s"}, {"3", "3 s", "4 s"}, {"4", "4 s", "5 s"}, {"5", "5 s", "6 s"},
				{"6", "6 s", "7 s"}, {"7", "7 s", "8 s"}, {"8", "8 s", "9 s"}, {"9 and on", "9 s", Duration((math.MaxInt32 + 2) * s)},
			}},
		{"saturated", &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 1e9, Retries: 101},
			[]WaitRow{
				{"1", "1 s", "1 s"}, {"2", "11574 days 1 h", "11574 days 1 h"}, {"3", "106751 days 23 h", "106751 days 23 h"},
				{"4", "106751 days 23 h", "106751 days 23 h"}, {"5", "106751 days 23 h", "106751 days 23 h"},
				{"6", "106751 days 23 h", "106751 days 23 h"}, {"7", "106751 days 23 h", "106751 days 23 h"},
				{"8", "106751 days 23 h", "106751 days 23 h"}, {"9 to 101", "106751 days 23 h", "no limit"},
			}},
	} {
		if diff := cmp.Diff(test.want, WaitTable(test.policy)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
