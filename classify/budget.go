package classify

import (
	"math"
	"sync/atomic"
)

// Budget limits the retries of all callers that share it to a fraction of their
// traffic, so that many clients that fail at once don't add up to a flood. Every retry
// takes a token before it waits; every success puts a part of a token back. Polls
// take none. The zero value starts with 10 tokens and puts back a tenth. A nil budget
// has no limit. A Budget is safe for concurrent use, must not be copied, and its
// fields must not be changed once it is in use.
type Budget struct {
	Tokens float64 // how many retries can be made without a success; 0 or less for 10
	Ratio  float64 // how many tokens a success puts back; 0 or less for 0.1

	spent atomic.Int64 // in millionths of a token
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
	limit := millionthsOf(b.Tokens, defaultTokens)
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
	if b == nil {
		return
	}
	for {
		spent := b.spent.Load()
		if spent == 0 || b.spent.CompareAndSwap(spent, max(0, spent-millionthsOf(b.Ratio, defaultRatio))) {
			return
		}
	}
}

// millionthsOf is at most a quarter of what an int64 holds, for sums to stay
// within it. A token that is not a number is the default.
func millionthsOf(tokens, otherwise float64) int64 {
	if !(tokens > 0) {
		tokens = otherwise
	}
	return int64(min(math.Round(tokens*millionths), math.MaxInt64/4))
}
