package site

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

func waiting(a classify.Action, p *classify.Policy) *model.Entry {
	return &model.Entry{API: &model.API{Name: "shop"}, Kind: classify.KindStatus, Code: "429", Action: a, Policy: p}
}

func TestTimeline(t *testing.T) {
	const s = time.Second
	for name, e := range map[string]*model.Entry{
		"no policy":   waiting(classify.Retry, nil),
		"no retries":  waiting(classify.Retry, &classify.Policy{Base: s}),
		"never waits": waiting(classify.Fail, &classify.Policy{Base: s, Retries: 3}),
	} {
		if got := newTimeline(say.English, e); got != nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if got := newTimeline(say.English, waiting(classify.Retry, &classify.Policy{Retries: 2})); got == nil || got.Drawn || len(got.Table) != 2 {
		t.Errorf("retries at once: got %+v", got)
	}
	for name, e := range map[string]*model.Entry{
		"saturated":   waiting(classify.Retry, &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 100, Retries: 12}),
		"short":       waiting(classify.Retry, &classify.Policy{Base: time.Nanosecond, Retries: 2}),
		"growing":     waiting(classify.Resubmit, &classify.Policy{Growth: classify.Linear, Base: s, Jitter: classify.Jitter{Full: true}, Retries: 9}),
		"many":        waiting(classify.Retry, &classify.Policy{Base: 7 * s, Retries: 100}),
		"many, wide":  waiting(classify.Retry, &classify.Policy{Base: 7 * s, Jitter: classify.Jitter{Spread: 1}, Retries: 100}),
		"endless":     waiting(classify.WaitPoll, &classify.Policy{Base: s, Retries: classify.Unlimited}),
		"bounded":     waiting(classify.WaitPoll, &classify.Policy{Base: 5 * s, First: 5 * s, Retries: classify.Unlimited, Within: 2 * time.Minute}),
		"not sure":    waiting(classify.WaitPoll, &classify.Policy{Base: 5 * s, Jitter: classify.Jitter{Add: s}, Retries: classify.Unlimited, Within: 20 * s}),
		"after hours": waiting(classify.Retry, &classify.Policy{Base: 90 * time.Minute, Retries: 3, Jitter: classify.Jitter{Spread: .1}}),
		"end early":   waiting(classify.WaitPoll, &classify.Policy{Base: 5 * s, First: 9 * s, Retries: classify.Unlimited, Within: 6 * s}),
	} {
		line := newTimeline(say.English, e)
		y, row := 0, 0
		for _, b := range line.Bars {
			from, to := along(t, b.From), along(t, b.To)
			if from > to || from < axisLeft || to > axisRight {
				t.Errorf("%s: number %d goes from %v to %v", name, b.Number, from, to)
			}
			if line.Rest != "" && from < axisAgain && to > axisBreak {
				t.Errorf("%s: number %d stands in the break, from %v to %v", name, b.Number, from, to)
			}
			if b.Gap != "" && along(t, b.Gap) > from {
				t.Errorf("%s: the gap before number %d begins at %v, after %v", name, b.Number, b.Gap, from)
			}
			if b.Y < y+rowHeight || b.Y > line.Axis-10 || b.Number <= row {
				t.Errorf("%s: number %d stands at %d, below number %d at %d", name, b.Number, b.Y, row, y)
			}
			if wide := widthOf(strconv.Itoa(b.Number)) / narrow * 100; along(t, b.X)-12.0/narrow*100-wide*.8 < 0 {
				t.Errorf("%s: number %d is cut off", name, b.Number)
			}
			y, row = b.Y, b.Number
		}
		if line.Axis >= line.Foot || line.Foot >= line.Label || line.Label >= line.Height {
			t.Errorf("%s: the axis is at %d, %d, %d and %d", name, line.Axis, line.Foot, line.Label, line.Height)
		}
		free := 0.0
		for _, tick := range line.Ticks {
			x, half := along(t, tick.X), widthOf(tick.Text)/narrow*50
			if x-half < free || x > axisRight {
				t.Errorf("%s: %s stands at %v, and the one before it up to %v", name, tick.Text, x, free)
			}
			free = x + half
		}
		if end := axisRight - widthOf(line.End)/narrow*100; len(line.Ticks) == 0 || free > end {
			t.Errorf("%s: the %d ticks go up to %v, the end begins at %v", name, len(line.Ticks), free, end)
		}
		if (line.End == "") != (name == "endless") {
			t.Errorf("%s: it ends after %q", name, line.End)
		}
	}
}

// TestTimelineScale holds a broken axis against the times on it.
func TestTimelineScale(t *testing.T) {
	const s = time.Second
	line := newTimeline(say.English, waiting(classify.WaitPoll, &classify.Policy{Base: 5 * s, First: 5 * s, Retries: classify.Unlimited, Within: 122 * s}))
	each := (axisBreak - 2 - axisLeft) / 5
	for i, b := range line.Bars[:5] {
		if got, want := along(t, b.From), axisLeft+each*float64(i+1); got-want > .01 || want-got > .01 {
			t.Errorf("number %d stands at %v, want %v", b.Number, got, want)
		}
	}
	if last := line.Bars[5]; last.Number != 24 || axisRight-along(t, last.From)-each*2/5 > .01 {
		t.Errorf("the last is %+v", last)
	}
	if line.End != "2 min 2 s" || line.Rest != "then 5 s apart" || line.ID != "s-shop-429" || line.Caption != "When each poll is sent" || line.Hollow() {
		t.Errorf("got %+v", line)
	}
	if line := newTimeline(say.English, waiting(classify.Retry, &classify.Policy{Base: 5 * s, Jitter: classify.Jitter{Add: s}, Retries: 9, Within: 17 * s})); !line.Hollow() {
		t.Error("a retry that is not certain has no hollow bar")
	}
}

func along(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
