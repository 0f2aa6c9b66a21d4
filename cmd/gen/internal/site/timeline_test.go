package site

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestTimeline(t *testing.T) {
	api := &model.API{Name: "shop"}
	entry := func(a classify.Action, p *classify.Policy) *model.Entry {
		return &model.Entry{API: api, Kind: classify.KindStatus, Code: "429", Action: a, Policy: p}
	}
	const s = time.Second
	for name, e := range map[string]*model.Entry{
		"no policy":   entry(classify.Retry, nil),
		"no retries":  entry(classify.Retry, &classify.Policy{Base: s}),
		"never waits": entry(classify.Fail, &classify.Policy{Base: s, Retries: 3}),
	} {
		if got := newTimeline(e); got != nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
	for name, e := range map[string]*model.Entry{
		"at once":   entry(classify.Retry, &classify.Policy{Retries: 2}),
		"saturated": entry(classify.Retry, &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 100, Retries: 12}),
		"growing":   entry(classify.Resubmit, &classify.Policy{Growth: classify.Linear, Base: s, Jitter: classify.Jitter{Full: true}, Retries: 9}),
		"endless":   entry(classify.WaitPoll, &classify.Policy{Base: s, Retries: classify.Unlimited}),
	} {
		line := newTimeline(e)
		last := 0.0
		for _, b := range line.Beats {
			from, to := percent(t, b.From), percent(t, b.To)
			if from > to || from < 1 || to > 99 || to < last {
				t.Errorf("%s: retry %d goes from %v to %v, after %v", name, b.Retry, from, to, last)
			}
			if b.Label >= b.Bar || b.Bar >= line.Axis || line.Axis >= line.Ticks || line.Ticks >= line.Height {
				t.Errorf("%s: retry %d stands at %d and %d of %d", name, b.Retry, b.Label, b.Bar, line.Height)
			}
			last = to
		}
		if name != "at once" && last != 99 {
			t.Errorf("%s: the last bar ends at %v", name, last)
		}
	}
	if got := newTimeline(entry(classify.Resubmit, &classify.Policy{Base: s, Retries: 1})); got.What != "new task" || got.End != "1 s" || got.ID != "s-shop-429" {
		t.Errorf("got %+v", got)
	}
}

func percent(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
