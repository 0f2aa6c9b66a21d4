package classify

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// Budget limits the retries of all callers that share it to a fraction of their
// traffic, so that many clients that fail at once don't add up to a flood. Every retry
// takes a token before it waits; every success puts a part of a token back, as in gRPC
// (proposal A6), and so does time, if PerSecond says so. Polls take none. The zero value
// starts with 10 tokens and puts back a tenth for a success. A nil budget has no limit. A
// Budget is safe for concurrent use, must not be copied, and its fields must not be changed
// once it is in use.
type Budget struct {
	MaxTokens float64 // how many there are at the start, and at most; 0 or less for 10
	Ratio     float64 // how many a success puts back; 0 or less for 0.1
	PerSecond float64 // how many a second of time puts back; 0 or less for none

	spent atomic.Int64 // in millionths of a token

	mu    sync.Mutex
	timed time.Time // up to when time has put tokens back; zero before the first retry
}

const (
	defaultTokens = 10
	defaultRatio  = 0.1
	millionths    = 1_000_000
)

// Take takes a token for a retry, and reports whether there was a whole one.
func (b *Budget) Take() bool {
	if b == nil {
		return true
	}
	b.refillByTime()
	limit := b.limit()
	for {
		spent := b.spent.Load()
		if spent > limit-millionths {
			return false
		}
		if b.spent.CompareAndSwap(spent, spent+millionths) {
			return true
		}
	}
}

// Refill puts back what a success is worth, up to the tokens that there were at
// the start.
func (b *Budget) Refill() {
	if b != nil {
		b.putBack(millionthsOf(b.Ratio, defaultRatio))
	}
}

// Tokens returns how many tokens are left: a number from 0 to MaxTokens, of which only
// whole ones are good for a retry. It is infinite for a nil budget.
func (b *Budget) Tokens() float64 {
	if b == nil {
		return math.Inf(1)
	}
	b.refillByTime()
	return float64(b.limit()-b.spent.Load()) / millionths
}

func (b *Budget) limit() int64 { return millionthsOf(b.MaxTokens, defaultTokens) }

// putBack puts millionths of a token back, as far as they were spent.
func (b *Budget) putBack(n int64) {
	for {
		spent := b.spent.Load()
		if spent == 0 || b.spent.CompareAndSwap(spent, max(0, spent-n)) {
			return
		}
	}
}

// refillByTime puts back what the time since it was last asked is worth. What is left of a
// millionth counts the next time.
func (b *Budget) refillByTime() {
	if !(b.PerSecond > 0) { // also NaN
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if b.timed.IsZero() || b.spent.Load() == 0 {
		b.timed = now // neither the time before PerSecond was set counts, nor what is full gains anything
		return
	}
	perSecond := min(b.PerSecond, math.MaxInt32) * millionths
	worth := math.Floor(perSecond * now.Sub(b.timed).Seconds())
	if !(worth >= 1) {
		return
	}
	b.timed = b.timed.Add(saturate(worth / perSecond * float64(time.Second)))
	b.putBack(int64(min(worth, math.MaxInt64/4)))
}

// millionthsOf is at most a quarter of what an int64 holds, for sums to stay
// within it. A token that is not a number is the default.
func millionthsOf(tokens, otherwise float64) int64 {
	if !(tokens > 0) {
		tokens = otherwise
	}
	return int64(min(math.Round(tokens*millionths), math.MaxInt64/4))
}
