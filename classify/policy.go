package classify

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"time"
)

// Growth is how the wait grows from one retry to the next.
type Growth uint8

// The growths, for retry n counted from 0.
const (
	Constant    Growth = iota // base
	Linear                    // base * (n+1)
	Exponential               // base * factor^n
)

var growthNames = [...]string{"constant", "linear", "exponential"}

// String returns the growth's name in the catalog format.
func (g Growth) String() string {
	if int(g) < len(growthNames) {
		return growthNames[g]
	}
	return "Growth(?)"
}

// Unlimited, as a number of retries, sets no limit.
const Unlimited = -1

// DefaultServerDelayMax is the longest delay that a policy accepts from the server
// if its ServerDelayMax is zero.
const DefaultServerDelayMax = 5 * time.Minute

// Policy is a waiting rule: how long to wait before each retry and when to give
// up. The zero value allows no retry. Negative durations count as zero and all
// arithmetic saturates, so that no field and no retry number makes a negative
// wait or a panic.
type Policy struct {
	Name   string        // the name in the catalog; empty for one written inline
	Growth Growth        // how the wait grows
	Base   time.Duration // the wait before retry 0, without jitter
	Factor float64       // the multiplier of exponential growth; below 1 counts as 1
	Jitter Jitter        // the random part
	Max    time.Duration // the longest wait, jitter included; 0 for no limit
	First  time.Duration // the wait before a task is polled first, from its submission

	Retries        int           // tries after the first; Unlimited for no limit
	Within         time.Duration // the limit on the whole, from the first try, in a Job's polling from the submission; 0 for none
	ServerDelayMax time.Duration // the longest delay to accept from the server; 0 for DefaultServerDelayMax
}

// Jitter is the random part of a wait. At most one field is set; the zero value
// adds none.
type Jitter struct {
	Add    time.Duration // adds a uniform part of [0, Add)
	Spread float64       // spreads the wait by this fraction to either side: 0.2 is ±20 %
	Full   bool          // replaces the wait by a uniform part of [0, wait)
}

// Bounds returns the shortest and the longest wait before retry n, where 0 is
// the first retry and a negative n counts as 0. Where jitter would pass Max the
// whole window slides down to end there, so that the wait never exceeds Max and
// clients at the bound still spread out.
func (p *Policy) Bounds(n int) (shortest, longest time.Duration) {
	shortest, longest = p.Jitter.window(p.growth(n))
	limit := p.limit()
	if longest > limit {
		shortest = max(0, shortest-(longest-limit))
		longest = limit
	}
	return shortest, longest
}

// Wait returns the wait before retry n, drawn from [Policy.Bounds] by random, a
// source of numbers in [0, 1). A nil source is math/rand/v2.
func (p *Policy) Wait(n int, random func() float64) time.Duration {
	shortest, longest := p.Bounds(n)
	return draw(shortest, longest, random)
}

// ServerBounds returns the shortest and the longest wait before retry n where
// the server asked for delay: the policy's jitter is added to the delay, never
// taken from it. If the delay is zero or less, the policy's own wait applies.
func (p *Policy) ServerBounds(n int, delay time.Duration) (shortest, longest time.Duration) {
	if delay <= 0 {
		return p.Bounds(n)
	}
	width := max(0, p.Jitter.Add)
	switch {
	case p.Jitter.Full:
		width = p.growth(n)
	case p.Jitter.Spread > 0:
		width = scale(delay, p.Jitter.Spread)
	}
	return delay, add(delay, width)
}

// Obeys reports whether a server-given delay is one that the policy waits for.
func (p *Policy) Obeys(delay time.Duration) bool { return delay <= p.DelayLimit() }

// DelayLimit is the longest delay that the policy accepts from the server.
func (p *Policy) DelayLimit() time.Duration {
	if p.ServerDelayMax > 0 {
		return p.ServerDelayMax
	}
	return DefaultServerDelayMax
}

func (p *Policy) limit() time.Duration {
	if p.Max > 0 {
		return p.Max
	}
	return math.MaxInt64
}

// growth returns the wait before retry n without jitter, cut at Max.
func (p *Policy) growth(n int) time.Duration {
	n = max(0, n)
	wait := max(0, p.Base)
	switch p.Growth {
	case Linear:
		wait = scale(wait, float64(n)+1)
	case Exponential:
		factor := p.Factor
		if !(factor > 1) { // also NaN
			factor = 1
		}
		wait = scale(wait, math.Pow(factor, float64(n)))
	}
	return min(wait, p.limit())
}

func (j Jitter) window(wait time.Duration) (shortest, longest time.Duration) {
	switch {
	case j.Full:
		return 0, wait
	case j.Spread > 0:
		part := scale(wait, j.Spread)
		return max(0, wait-part), add(wait, part)
	default:
		return wait, add(wait, max(0, j.Add))
	}
}

func draw(shortest, longest time.Duration, random func() float64) time.Duration {
	if longest <= shortest {
		return shortest
	}
	width := longest - shortest
	if random == nil {
		part, _ := bits.Mul64(rand.Uint64(), uint64(width))
		return shortest + time.Duration(part)
	}
	return shortest + min(saturate(float64(width)*random()), width)
}

// scale multiplies, saturating; d is not negative. It rounds: a second times
// 1.001 is 1.001 s and not a nanosecond less.
func scale(d time.Duration, by float64) time.Duration {
	return saturate(math.Round(float64(d) * by))
}

// saturate cuts the fraction off, and what a wait can't be: what is negative or
// no number is 0.
func saturate(ns float64) time.Duration {
	if !(ns > 0) { // also NaN, from 0 * Inf
		return 0
	}
	if ns >= math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(ns)
}

// add adds, saturating; neither is negative.
func add(a, b time.Duration) time.Duration {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
