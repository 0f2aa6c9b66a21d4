package model

import (
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// The figures of replies to customers, with their units written out.

// SpokenDuration returns a duration with its units written out, such as
// "1 second" or "2 minutes".
func SpokenDuration(d time.Duration) string {
	parts := strings.Fields(Duration(d))
	for i := 1; i < len(parts); i += 2 {
		parts[i] = spokenUnit(parts[i], parts[i-1] == "1")
	}
	return strings.Join(parts, " ")
}

func spokenUnit(unit string, one bool) string {
	spoken, ok := map[string]string{"ms": "millisecond", "s": "second", "min": "minute", "h": "hour", "days": "day"}[unit]
	if !ok {
		return unit
	}
	if one {
		return spoken
	}
	return spoken + "s"
}

// SpokenWait returns how long a policy waits between two tries, from the
// shortest wait to the longest, such as "5 seconds" or "3 to 10 seconds".
func SpokenWait(p *classify.Policy) string {
	windows := Schedule(p)
	if len(windows) == 0 {
		return SpokenDuration(0)
	}
	all := windows[0]
	for _, w := range windows {
		all.Min, all.Max = min(all.Min, w.Min), max(all.Max, w.Max)
	}
	shortest, longest := SpokenDuration(all.Min), SpokenDuration(all.Max)
	number, unit, _ := strings.Cut(shortest, " ")
	switch {
	case shortest == longest:
		return longest
	case strings.HasSuffix(longest, " "+unit) || strings.HasSuffix(longest, " "+unit+"s"):
		return number + " to " + longest
	}
	return shortest + " to " + longest
}
