package classify

import (
	"sync"
	"sync/atomic"
	"time"
)

// Gate is a pause that all callers of a host share: when a reply says to wait, the others
// wait too before they send, and are not refused one after the other. Put one into the
// [Options] of all that call the API. The zero value is ready for use, and a nil Gate makes
// nobody wait. A Gate is safe for concurrent use, must not be copied, and its fields must
// not be changed once it is in use.
//
// A reply closes the gate if its decision is to retry and the server asks for a delay that
// the policy obeys, or its status is 429 (RFC 6585 section 4): for that delay, or else for
// the shortest wait of the policy. Those who find the gate closed wait until it opens, and
// then for a random part of Spread more, so that they don't come all at once; if it has been
// closed again by then, they go on waiting. Requests that are under way, and the caller whose
// reply it was, follow their own policies.
//
// A [Transport] has a gate for each host and API, where the API is the catalog's Name. [Do],
// [Attempts] and [Job] don't know the host, and have one for each API. A pause is forgotten
// when it has passed; of more than 10,000 hosts at once, the others have none.
type Gate struct {
	// Max is the longest pause that is shared, and how long one attempt waits at the gate in
	// all: then it is made. 0 or less for DefaultServerDelayMax.
	Max time.Duration

	// Spread is the time after a pause within which those who have waited go on: 0 for a
	// second, negative for none.
	Spread time.Duration

	closed atomic.Int64 // how many hosts are in the map, so that nobody has to look

	mu    sync.Mutex
	opens map[gated]time.Time
	first time.Time // before which none of them opens
	tidy  int       // when there are that many, those that have passed are removed
}

// gated is what a gate is for.
type gated struct{ host, api string }

const (
	defaultSpread = time.Second
	gateHosts     = 10_000
	gateTidy      = 64
)

func (g *Gate) max() time.Duration {
	if g.Max > 0 {
		return g.Max
	}
	return DefaultServerDelayMax
}

func (g *Gate) spread() time.Duration {
	if g.Spread == 0 {
		return defaultSpread
	}
	return g.Spread
}

// close closes the gate for a time, if it does not stay closed for longer already.
func (g *Gate) close(what gated, pause time.Duration) {
	if pause <= 0 || pause > g.max() {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if len(g.opens) >= min(max(g.tidy, gateTidy), gateHosts) && !now.Before(g.first) {
		g.forget(now)
	}
	if opens, is := g.opens[what]; !is && len(g.opens) >= gateHosts || opens.Sub(now) >= pause {
		return
	}
	if g.opens == nil {
		g.opens = make(map[gated]time.Time)
	}
	g.opens[what] = now.Add(pause)
	if len(g.opens) == 1 || g.opens[what].Before(g.first) {
		g.first = g.opens[what]
	}
	g.closed.Store(int64(len(g.opens)))
}

// forget removes the pauses that have passed.
func (g *Gate) forget(now time.Time) {
	g.first = time.Time{}
	for what, opens := range g.opens {
		switch {
		case !opens.After(now):
			delete(g.opens, what)
		case g.first.IsZero() || opens.Before(g.first):
			g.first = opens
		}
	}
	g.tidy = 2 * len(g.opens)
}

// wait returns how long to wait from now; 0 where the gate is open.
func (g *Gate) wait(what gated, random func() float64) time.Duration {
	if g.closed.Load() == 0 {
		return 0
	}
	g.mu.Lock()
	opens, is := g.opens[what]
	left := time.Until(opens)
	if is && left <= 0 {
		delete(g.opens, what)
		g.closed.Store(int64(len(g.opens)))
	}
	g.mu.Unlock()
	if left <= 0 {
		return 0
	}
	return draw(left, add(left, max(0, g.spread())), random)
}
