package model

import (
	"time"

	"github.com/errkb/errkb/classify"
)

// Window is the shortest and the longest wait before one retry.
type Window struct{ Min, Max time.Duration }

// ScheduleLength is how many waits are listed where retries have no bound.
const ScheduleLength = 8

// Schedule returns the waits before each retry under a policy, the first eight
// where their number has no bound, and none without a policy.
func Schedule(p *classify.Policy) []Window {
	if p == nil {
		return nil
	}
	n := p.Retries
	if n == classify.Unlimited {
		n = ScheduleLength
	}
	windows := make([]Window, n)
	for i := range windows {
		windows[i].Min, windows[i].Max = p.Bounds(i)
	}
	return windows
}
