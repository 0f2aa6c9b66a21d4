package model

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
)

func TestTimeline(t *testing.T) {
	const s = time.Second
	window := func(shortest, longest time.Duration) Window { return Window{shortest, longest} }
	for _, test := range []struct {
		name   string
		policy *classify.Policy
		want   []Beat
	}{
		{"none", nil, nil},
		{"no retries", &classify.Policy{Base: s}, nil},
		{"growing", &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 2, Jitter: classify.Jitter{Add: s}, Retries: 3}, []Beat{
			{1, window(s, 2*s), window(s, 2*s)},
			{2, window(2*s, 3*s), window(3*s, 5*s)},
			{3, window(4*s, 5*s), window(7*s, 10*s)},
		}},
		{"first", &classify.Policy{Base: 5 * s, First: 3 * s, Retries: 2}, []Beat{
			{1, window(5*s, 5*s), window(8*s, 8*s)},
			{2, window(5*s, 5*s), window(13*s, 13*s)},
		}},
		{"bounded", &classify.Policy{Base: 5 * s, Retries: 9, Within: 11 * s}, []Beat{
			{1, window(5*s, 5*s), window(5*s, 5*s)},
			{2, window(5*s, 5*s), window(10*s, 10*s)},
		}},
		{"bounded below the first wait", &classify.Policy{Base: 5 * s, Retries: 9, Within: 4 * s}, nil},
	} {
		got, more := Timeline(test.policy)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if more {
			t.Errorf("%s: more follow", test.name)
		}
	}

	twelve, _ := Timeline(&classify.Policy{Base: s, Retries: 12})
	many, more := Timeline(&classify.Policy{Base: s, Retries: 13})
	if len(twelve) != 12 || len(many) != 8 || !more {
		t.Errorf("got %d of 12 beats and %d of 13, more %t", len(twelve), len(many), more)
	}
	if endless, more := Timeline(&classify.Policy{Base: s, Retries: classify.Unlimited}); len(endless) != 8 || !more {
		t.Errorf("got %d endless beats, more %t", len(endless), more)
	}
	if far, _ := Timeline(&classify.Policy{Growth: classify.Exponential, Base: s, Factor: 100, Retries: 12}); far[11].At.Max != math.MaxInt64 {
		t.Errorf("the last beat is at %v, not as late as can be", far[11].At.Max)
	}
}
