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
		rest   *WaitRow
	}{
		{"none", nil, nil, nil},
		{"no retries", &classify.Policy{Base: s}, nil, nil},
		{"growing", &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 2, Jitter: classify.Jitter{Add: s}, Retries: 3}, []Beat{
			{1, window(s, 2*s), window(s, 2*s)},
			{2, window(2*s, 3*s), window(3*s, 5*s)},
			{3, window(4*s, 5*s), window(7*s, 10*s)},
		}, nil},
		{"first", &classify.Policy{Base: 5 * s, First: 3 * s, Retries: 2}, []Beat{
			{1, window(5*s, 5*s), window(8*s, 8*s)},
			{2, window(5*s, 5*s), window(13*s, 13*s)},
		}, nil},
		{"bounded", &classify.Policy{Base: 5 * s, Retries: 9, Within: 11 * s}, []Beat{
			{1, window(5*s, 5*s), window(5*s, 5*s)},
			{2, window(5*s, 5*s), window(10*s, 10*s)},
		}, nil},
		{"bounded below the first wait", &classify.Policy{Base: 5 * s, Retries: 9, Within: 4 * s}, nil, nil},
	} {
		got, rest := Timeline(test.policy)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if diff := cmp.Diff(test.rest, rest); diff != "" {
			t.Errorf("%s, the rest (-want +got):\n%s", test.name, diff)
		}
	}

	twelve, _ := Timeline(&classify.Policy{Base: s, Retries: 12})
	many, rest := Timeline(&classify.Policy{Base: s, Retries: 13})
	if len(twelve) != 12 || len(many) != 8 || rest == nil || *rest != (WaitRow{"9 to 13", "1 s", "1 s"}) {
		t.Errorf("got %d of 12 beats, %d of 13 and %v for the rest", len(twelve), len(many), rest)
	}
	if endless, rest := Timeline(&classify.Policy{Base: s, Retries: classify.Unlimited}); len(endless) != 8 || rest == nil || rest.Retry != "9 and on" {
		t.Errorf("got %d beats and %v for the rest of endless ones", len(endless), rest)
	}
	if far, _ := Timeline(&classify.Policy{Growth: classify.Exponential, Base: s, Factor: 100, Retries: 12}); far[11].At.Max != math.MaxInt64 {
		t.Errorf("the last beat is at %v, not as late as can be", far[11].At.Max)
	}
}
