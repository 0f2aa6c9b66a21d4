package model

import (
	"math"
	"time"

	"github.com/errkb/errkb/classify"
)

// Beat is one retry on a time line.
type Beat struct {
	Retry int    // its number, from 1
	Wait  Window // the wait before it
	At    Window // when it is sent, counted from the start, with tries that take no time
}

// timelineLength is the number of retries up to which a time line shows each.
const timelineLength = 12

// Timeline returns when each retry is sent, as far as the policy's bound on the
// whole allows. Where their number has no bound, or is over a dozen, it returns
// the first eight, and reports that more follow. The start is when the first
// try is sent, or where the policy waits before that, when its wait begins.
func Timeline(p *classify.Policy) (beats []Beat, more bool) {
	if p == nil {
		return nil, false
	}
	n := p.Retries
	if n == classify.Unlimited || n > timelineLength {
		n = ScheduleLength
	}
	at := Window{Min: p.First, Max: p.First}
	for i := range n {
		shortest, longest := p.Bounds(i)
		at = Window{Min: later(at.Min, shortest), Max: later(at.Max, longest)}
		if p.Within > 0 && at.Min > p.Within {
			return beats, false
		}
		beats = append(beats, Beat{Retry: i + 1, Wait: Window{Min: shortest, Max: longest}, At: at})
	}
	return beats, n != p.Retries
}

// later adds a wait to a time, at most up to the longest that there is.
func later(at, wait time.Duration) time.Duration {
	if wait > math.MaxInt64-at {
		return math.MaxInt64
	}
	return at + wait
}
