package model_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/spec"
)

const s = time.Second

// waiting returns the entry of a status by which an API waits, and after it those of
// others by which a task is not ready.
func waiting(a classify.Action, p *classify.Policy, others ...*classify.Policy) *model.Entry {
	api := &model.API{Name: "shop"}
	category := &model.Category{Name: "wait"}
	for i, policy := range append([]*classify.Policy{p}, others...) {
		action := a
		if i > 0 {
			action = classify.WaitPoll
		}
		api.Statuses = append(api.Statuses, &model.Entry{
			API: api, Kind: classify.KindStatus, Number: uint16(430 + i), Code: fmt.Sprint(430 + i),
			Category: category, Action: action, Policy: policy,
		})
	}
	return api.Statuses[0]
}

// sent is when a loop of classify sends something again, counted from the start, and
// when it gives up. After enough of them, it is stopped by an answer without a fault.
func sent(e *model.Entry, random float64, enough int) (at []time.Duration, end time.Duration, stopped bool) {
	options := classify.Options{Catalog: e.API.Table(), Random: func() float64 { return random }}
	if random < 0 {
		options.Random = nil
	}
	start := time.Now()
	answer := func() error {
		if stopped = len(at) >= enough; stopped {
			return nil
		}
		return &classify.ReplyError{Reply: classify.Reply{Status: int(e.Number)}}
	}
	call := func(context.Context) (int, error) {
		at = append(at, time.Since(start))
		return 0, answer()
	}
	job := &classify.Job[int, int]{Options: options, Submit: call, Poll: func(context.Context, int) (int, error) { return 0, nil }}
	ctx := context.Background()
	switch e.Action {
	case classify.Retry:
		_, _ = classify.Do(ctx, &options, call)
		at = at[1:]
	case classify.Resubmit:
		_, _ = job.Run(ctx)
		at = at[1:]
	case classify.WaitPoll:
		job.Submit = func(context.Context) (int, error) { start = time.Now(); return 1, nil }
		job.Poll = func(ctx context.Context, _ int) (int, error) { return call(ctx) }
		_, _ = job.Run(ctx)
	}
	return at, time.Since(start), stopped
}

// follows compares an entry's time line with what the loops of classify do.
func follows(t *testing.T, name string, e *model.Entry) {
	t.Helper()
	line := e.Timeline()
	const century = 100 * 365 * 24 * time.Hour // clocks don't reach much further
	if line.End > century {
		return
	}
	for _, random := range []float64{0, 1, -1, -1} { // each wait the shortest, the longest, any
		synctest.Test(t, func(t *testing.T) {
			enough := 40
			if line.Most != classify.Unlimited {
				enough = line.Most + 3
			}
			at, end, stopped := sent(e, random, enough)
			wrong := func(format string, args ...any) {
				t.Errorf("%s, %v by %s: "+format, append([]any{name, e.Action, model.PolicyText(e.Policy)}, args...)...)
			}
			if n := len(at); !stopped && (n < line.Fewest || line.Most != classify.Unlimited && n > line.Most ||
				random == 0 && n != line.Most || random == 1 && line.Most != classify.Unlimited && n != line.Fewest) {
				wrong("%d are sent, and from %d to %d drawn", n, line.Fewest, line.Most)
			}
			if stopped && line.Most != classify.Unlimited {
				wrong("the loop goes on after %d", line.Most)
			}
			if !stopped && (line.End == 0 && line.Most == classify.Unlimited || end > line.End) {
				wrong("the loop ends after %v, the line after %v", end, line.End)
			}
			if !stopped && random == 1 && !line.Bound && end != line.End {
				wrong("the loop ends after %v, the line after %v", end, line.End)
			}
			for i, when := range at {
				if when > century {
					break
				}
				drawn := line.Rest
				switch {
				case line.Last != nil && i+1 == line.Last.Number:
					drawn = line.Last
				case i < len(line.Beats):
					drawn = &line.Beats[i]
				}
				switch {
				case drawn == nil:
					wrong("number %d is not drawn", i+1)
				case when < drawn.At.Min || when > drawn.At.Max:
					wrong("number %d is sent after %v, and drawn from %v to %v", i+1, when, drawn.At.Min, drawn.At.Max)
				case drawn != line.Rest && random == 0 && when != drawn.At.Min || drawn != line.Rest && random == 1 && when != drawn.At.Max:
					wrong("number %d is sent after %v, and drawn from %v to %v", i+1, when, drawn.At.Min, drawn.At.Max)
				}
				if i > 0 && drawn != nil {
					if wait := when - at[i-1]; wait < drawn.Wait.Min || wait > drawn.Wait.Max {
						wrong("number %d is sent %v later, and drawn %v to %v later", i+1, wait, drawn.Wait.Min, drawn.Wait.Max)
					}
				}
			}
		})
	}
}

// TestTimelineFollows compares time lines with the loops of classify: for the policies
// of catalogs, for odd ones, and for many that are made up.
func TestTimelineFollows(t *testing.T) {
	sources := map[string][]byte{"shipped": spec.Errors, "full": modeltest.Full}
	names, err := filepath.Glob("../check/testdata/good/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	for _, name := range names {
		if sources[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	drawn := 0
	for name, source := range sources {
		catalog, problems := check.Load(name, source)
		if diag.HasErrors(problems) {
			t.Fatal(problems)
		}
		seen := make(map[string]bool)
		for _, api := range catalog.APIs {
			for _, e := range api.Entries() {
				key := e.Action.String() + model.PolicyText(e.Policy)
				if seen[key] || !e.Action.Waits() || e.Policy == nil {
					continue
				}
				seen[key] = true
				if e.Action == classify.WaitPoll {
					follows(t, name, waiting(e.Action, e.Waiting()))
				} else {
					follows(t, name, waiting(e.Action, e.Policy))
				}
				drawn++
			}
		}
	}
	if drawn < 10 {
		t.Errorf("only %d time lines", drawn)
	}

	const unlimited = classify.Unlimited
	for name, p := range map[string]*classify.Policy{
		"one":                          {Base: s, Retries: 1},
		"at once":                      {Retries: 3},
		"exactly at the end":           {Base: 5 * s, First: 5 * s, Retries: unlimited, Within: 120 * s},
		"the last passes the end":      {Base: 5 * s, First: 3 * s, Jitter: classify.Jitter{Add: s}, Retries: unlimited, Within: 30 * s},
		"the end before the first":     {Base: 5 * s, First: 7 * s, Retries: unlimited, Within: 4 * s},
		"hours":                        {Base: time.Hour, Growth: classify.Exponential, Factor: 2, Max: 6 * time.Hour, Retries: unlimited, Within: 200 * time.Hour},
		"often":                        {Base: 5 * s, Retries: unlimited, Within: 24 * time.Hour},
		"more than there is time for":  {Base: 5 * s, Retries: 9, Within: 11 * s},
		"all there are, and time left": {Base: 5 * s, Retries: 3, Within: time.Hour},
		"as many as there can be":      {Base: s, Retries: 1000, Jitter: classify.Jitter{Spread: .5}},
		"no limit":                     {Base: s, Growth: classify.Linear, Retries: unlimited},
		"full":                         {Base: s, Growth: classify.Exponential, Factor: 2, Jitter: classify.Jitter{Full: true}, Max: 30 * s, Retries: unlimited, Within: time.Minute},
	} {
		for _, a := range []classify.Action{classify.Retry, classify.Resubmit, classify.WaitPoll} {
			follows(t, name, waiting(a, p))
		}
	}

	random := rand.New(rand.NewPCG(1, 2))
	for i := range 600 {
		others := make([]*classify.Policy, random.IntN(3))
		for j := range others {
			others[j] = anyPolicy(random)
		}
		e := waiting([]classify.Action{classify.Retry, classify.Resubmit, classify.WaitPoll}[i%3], anyPolicy(random), others...)
		follows(t, fmt.Sprint("made up ", i), e)
		if len(others) > 0 {
			follows(t, fmt.Sprint("made up beside ", i), e.API.Statuses[1])
		}
	}
}

// anyPolicy returns a policy at random, with waits of a millisecond up to hours.
func anyPolicy(random *rand.Rand) *classify.Policy {
	length := func() time.Duration {
		return time.Duration(1+random.IntN(20)) * []time.Duration{time.Millisecond, s, s, 10 * s, time.Hour}[random.IntN(5)]
	}
	p := &classify.Policy{Base: length(), Growth: classify.Growth(random.IntN(3)), Factor: 1 + 2*random.Float64(), Retries: 1 + random.IntN(30)}
	switch random.IntN(4) {
	case 0:
		p.Jitter.Add = length()
	case 1:
		p.Jitter.Spread = random.Float64()
	case 2:
		p.Jitter.Full = true
	}
	if random.IntN(2) == 0 {
		p.First = length()
	}
	if random.IntN(2) == 0 {
		p.Max = p.Base + length()
	}
	if random.IntN(2) == 0 {
		p.Within = p.Base * time.Duration(1+random.IntN(40))
		if random.IntN(3) == 0 {
			p.Within = length()
		}
	}
	if random.IntN(3) == 0 {
		p.Retries = classify.Unlimited
	}
	return p
}

func TestTimeline(t *testing.T) {
	window := func(shortest, longest time.Duration) model.Window { return model.Window{Min: shortest, Max: longest} }
	beat := func(n int, wait, at model.Window) model.Beat { return model.Beat{Number: n, Wait: wait, At: at} }
	five := window(5*s, 5*s)
	for _, test := range []struct {
		name   string
		action classify.Action
		policy *classify.Policy
		want   model.Timeline
	}{
		{"none", classify.Retry, nil, model.Timeline{}},
		{"no retries", classify.Retry, &classify.Policy{Base: s}, model.Timeline{}},
		{"never waits", classify.Fail, &classify.Policy{Base: s, Retries: 3}, model.Timeline{}},
		{"no time for any", classify.Retry, &classify.Policy{Base: 5 * s, Retries: 3, Within: 4 * s}, model.Timeline{}},
		{"growing", classify.Retry, &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 2, Jitter: classify.Jitter{Add: s}, First: s, Retries: 3}, model.Timeline{
			Beats: []model.Beat{
				beat(1, window(s, 2*s), window(s, 2*s)),
				beat(2, window(2*s, 3*s), window(3*s, 5*s)),
				beat(3, window(4*s, 5*s), window(7*s, 10*s)),
			},
			Fewest: 3, Most: 3, End: 10 * s,
		}},
		{"polls", classify.WaitPoll, &classify.Policy{Base: 5 * s, First: 3 * s, Retries: 1}, model.Timeline{
			Beats:  []model.Beat{beat(1, window(3*s, 3*s), window(3*s, 3*s)), beat(2, five, window(8*s, 8*s))},
			Fewest: 2, Most: 2, End: 8 * s,
		}},
		{"not sure", classify.Retry, &classify.Policy{Base: 5 * s, Jitter: classify.Jitter{Add: s}, Retries: 9, Within: 11 * s}, model.Timeline{
			Beats: []model.Beat{
				beat(1, window(5*s, 6*s), window(5*s, 6*s)),
				{Number: 2, Wait: window(5*s, 6*s), At: window(10*s, 11*s), Perhaps: true},
			},
			Fewest: 1, Most: 2, Bound: true, End: 11 * s,
		}},
		{"often", classify.WaitPoll, &classify.Policy{Base: 5 * s, First: 5 * s, Retries: classify.Unlimited, Within: 122 * s}, model.Timeline{
			Beats: []model.Beat{
				beat(1, five, five), beat(2, five, window(10*s, 10*s)), beat(3, five, window(15*s, 15*s)),
				beat(4, five, window(20*s, 20*s)), beat(5, five, window(25*s, 25*s)),
			},
			Rest:   &model.Beat{Number: 6, Wait: five, At: window(30*s, 120*s)},
			Last:   &model.Beat{Number: 24, Wait: five, At: window(120*s, 120*s)},
			Fewest: 24, Most: 24, Bound: true, End: 122 * s,
		}},
	} {
		if diff := cmp.Diff(test.want, waiting(test.action, test.policy).Timeline()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}

	if line := waiting(classify.Retry, &classify.Policy{Base: s, Retries: classify.Unlimited}).Timeline(); line.End != 0 || line.Most != classify.Unlimited || line.Rest.At.Max != math.MaxInt64 {
		t.Errorf("an endless line: %+v", line)
	}
	if line := waiting(classify.Retry, &classify.Policy{Growth: classify.Exponential, Base: s, Factor: 100, Retries: 12}).Timeline(); line.End != math.MaxInt64 {
		t.Errorf("the line ends after %v, not as late as can be", line.End)
	}
}
