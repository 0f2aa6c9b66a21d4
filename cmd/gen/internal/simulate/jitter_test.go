package simulate

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
)

// What was published of jitter ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015)
// holds of the policies: clients that change one row, each of which has to read it again when
// another was faster, do less than half of the work with jitter. Without it they also take
// longer. Equal jitter does a little more work than full jitter and takes longer; full
// jitter does less work than decorrelated jitter and takes a little longer.
func TestJitter(t *testing.T) {
	const base, most = 5 * time.Millisecond, 2 * time.Second
	policy := func(share float64, j classify.Jitter) func(*rand.Rand, int, time.Duration) time.Duration {
		p := classify.Policy{Growth: classify.Exponential, Base: time.Duration(share * float64(base)), Factor: 2, Max: most, Jitter: j}
		return func(r *rand.Rand, n int, _ time.Duration) time.Duration { return p.Wait(n, r.Float64) }
	}
	var none, without, equal, full, decorrelated contest
	for seed := range uint64(20) {
		none.add(contend(seed, func(*rand.Rand, int, time.Duration) time.Duration { return 0 }))
		without.add(contend(seed, policy(1, classify.Jitter{})))
		equal.add(contend(seed, policy(0.75, classify.Jitter{Spread: 1. / 3}))) // from a half to the whole
		full.add(contend(seed, policy(1, classify.Jitter{Full: true})))
		decorrelated.add(contend(seed, func(r *rand.Rand, _ int, last time.Duration) time.Duration {
			last = max(last, base)
			return min(most, base+time.Duration(r.Float64()*float64(3*last-base)))
		}))
	}
	t.Logf("none %v, without jitter %v, equal %v, full %v, decorrelated %v", none, without, equal, full, decorrelated)
	for _, test := range []struct {
		what string
		ok   bool
	}{
		{"backoff saves work", without.calls < none.calls},
		{"full jitter saves more than half of that", 2*full.calls < without.calls},
		{"and time", max(equal.took, full.took, decorrelated.took) < without.took},
		{"equal jitter does more work than full", full.calls < equal.calls},
		{"but not much", equal.calls < 2*full.calls},
		{"and takes longer", full.took < equal.took},
		{"full jitter does less work than decorrelated", full.calls < decorrelated.calls},
		{"and takes longer", decorrelated.took < full.took},
	} {
		if !test.ok {
			t.Errorf("%s: it does not", test.what)
		}
	}
}

// contest is what clients that change one row need in all.
type contest struct {
	calls int
	took  time.Duration
}

func (c *contest) add(o contest) { c.calls, c.took = c.calls+o.calls, c.took+o.took }

// contend has a hundred clients read a row and write it; who finds that another wrote it in
// between waits, and starts again.
func contend(seed uint64, wait func(r *rand.Rand, n int, last time.Duration) time.Duration) (c contest) {
	const clients = 100
	r := rand.New(rand.NewPCG(seed, 1))
	trip := func() time.Duration {
		return 10*time.Millisecond + time.Duration(r.NormFloat64()*float64(2*time.Millisecond))
	}
	version := 0
	read := make([]int, clients) // the version; -1 before
	retries, last := make([]int, clients), make([]time.Duration, clients)
	var q events
	for i := range clients {
		read[i] = -1
		q.push(event{at: trip(), caller: int32(i)})
	}
	for len(q) > 0 {
		e := q.pop()
		i := e.caller
		switch {
		case read[i] < 0:
			read[i] = version
			q.push(event{at: e.at + trip() + trip(), caller: i})
			continue
		case read[i] == version:
			version++
			c.took = e.at
		default:
			read[i] = -1
			last[i] = wait(r, retries[i], last[i])
			retries[i]++
			q.push(event{at: e.at + trip() + last[i] + trip(), caller: i})
		}
		c.calls++
	}
	return c
}
