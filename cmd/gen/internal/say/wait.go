package say

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// WaitRow is a row of a table of waits.
type WaitRow struct {
	Retry    string // its number, from 1, or those from a number on
	From, To string // the shortest and the longest wait
}

// tableLength is the number of retries up to which a table lists each.
const tableLength = 100

// WaitTable returns the waits before each retry. Where their number has no
// bound, or is over a hundred, it lists the first eight, and a last row speaks
// of all others.
func WaitTable(p *classify.Policy) []WaitRow {
	if p == nil {
		return nil
	}
	listed := p.Retries
	if listed == classify.Unlimited || listed > tableLength {
		listed = model.ScheduleLength
	}
	var table []WaitRow
	for n := range listed {
		shortest, longest := p.Bounds(n)
		table = append(table, WaitRow{strconv.Itoa(n + 1), Duration(shortest), Duration(longest)})
	}
	if listed == p.Retries {
		return table
	}
	return append(table, WaitRest(p, listed))
}

// WaitRest sums up the waits before the retries that follow the first n.
func WaitRest(p *classify.Policy, n int) WaitRow {
	last := math.MaxInt32
	row := WaitRow{Retry: strconv.Itoa(n+1) + " and on"}
	if p.Retries != classify.Unlimited {
		last = p.Retries - 1
		row.Retry = strconv.Itoa(n+1) + " to " + strconv.Itoa(p.Retries)
	}
	shortest, _ := p.Bounds(n)
	_, longest := p.Bounds(last)
	row.From, row.To = Duration(shortest), Duration(longest)
	if longest == math.MaxInt64 {
		row.To = "no limit"
	}
	return row
}

// listedWaits is how many different waits a sentence names before it breaks off.
const listedWaits = 5

// Waits returns the waits before each retry in words, such as "5 s", "3 s, 6 s
// and 10 s" or "1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s". It is "no
// wait" where there is nothing to wait for.
func Waits(p *classify.Policy) string {
	windows := model.Schedule(p)
	if len(windows) == 0 || slices.Max(ends(windows)) <= 0 {
		return "no wait"
	}
	if steady(p, windows) {
		return Window(windows[0])
	}
	texts := make([]string, len(windows))
	for i, w := range windows {
		texts[i] = Window(w)
	}
	if p.Retries != classify.Unlimited && len(texts) <= listedWaits {
		return And(texts)
	}
	text := strings.Join(texts[:min(3, len(texts))], ", ") + ", …"
	if p.Max > 0 {
		text += ", never over " + Duration(p.Max)
	}
	return text
}

func ends(windows []model.Window) []time.Duration {
	longest := make([]time.Duration, len(windows))
	for i, w := range windows {
		longest[i] = w.Max
	}
	return longest
}

// steady reports whether every wait is the same.
func steady(p *classify.Policy, windows []model.Window) bool {
	if p.Retries == classify.Unlimited && p.Growth != classify.Constant {
		return false
	}
	return !slices.ContainsFunc(windows, func(w model.Window) bool { return w != windows[0] })
}

// WaitInFull returns how long a policy waits between two tries, from the
// shortest wait to the longest, such as "5 seconds" or "3 to 10 seconds".
func WaitInFull(p *classify.Policy) string {
	windows := model.Schedule(p)
	if len(windows) == 0 {
		return DurationInFull(0)
	}
	all := windows[0]
	for _, w := range windows {
		all.Min, all.Max = min(all.Min, w.Min), max(all.Max, w.Max)
	}
	shortest, longest := DurationInFull(all.Min), DurationInFull(all.Max)
	number, unit, _ := strings.Cut(shortest, " ")
	switch {
	case shortest == longest:
		return longest
	case strings.HasSuffix(longest, " "+unit) || strings.HasSuffix(longest, " "+unit+"s"):
		return number + " to " + longest
	}
	return shortest + " to " + longest
}
