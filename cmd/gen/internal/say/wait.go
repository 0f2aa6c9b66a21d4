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

// WaitRow is a row of a table of what is sent again.
type WaitRow struct {
	Number string // from 1, or those from a number on
	Wait   string // the wait before it
	Sent   string // when it is sent, counted from the start
}

// WaitTable returns a time line as a table. Where that does not show each of what is
// sent, a last row speaks of all others.
func WaitTable(t model.Timeline) []WaitRow {
	var table []WaitRow
	for _, b := range t.Beats {
		table = append(table, WaitRow{strconv.Itoa(b.Number), Window(b.Wait), sentAt(b)})
	}
	if t.Rest == nil {
		return table
	}
	rest := WaitRow{strconv.Itoa(t.Rest.Number) + " and on", openWindow(t.Rest.Wait, "longer"), sentAt(*t.Rest)}
	if t.Most != classify.Unlimited {
		rest.Number = strconv.Itoa(t.Rest.Number) + " to " + strconv.Itoa(t.Most)
	}
	return append(table, rest)
}

// sentAt says when something is sent.
func sentAt(b model.Beat) string {
	at := openWindow(b.At, "later")
	if b.Perhaps {
		at += ", if at all"
	}
	return at
}

// openWindow returns the bounds of a time in words, also where it has no longest.
func openWindow(w model.Window, open string) string {
	if w.Max == math.MaxInt64 {
		return Duration(w.Min) + " or " + open
	}
	return Window(w)
}

// WaitStart says what is at the start of an entry's time line.
func WaitStart(e *model.Entry) string {
	switch p := e.Waiting(); {
	case e.Action == classify.Resubmit:
		return "First task"
	case e.Action == classify.WaitPoll && p.First > 0:
		return "Task submitted"
	case e.Action == classify.WaitPoll:
		return "Start"
	}
	return "First try"
}

// WaitRest says how a time line goes on after those that it shows.
func WaitRest(t model.Timeline) string {
	return "then " + openWindow(t.Rest.Wait, "longer") + " apart"
}

// WaitNote says what the times of an entry's time line count from, and how often
// something is sent where the limit on the whole ends it.
func WaitNote(e *model.Entry, t model.Timeline) string {
	note := "Times count from the first try, as if each answer came at once."
	switch p := e.Waiting(); {
	case e.Action == classify.Resubmit:
		note = "Times count from the first task, as if each task was lost at once."
	case e.Action == classify.WaitPoll && p.First > 0:
		note = "Times count from when the task was submitted, as if each answer came at once."
	case e.Action == classify.WaitPoll:
		note = "Times count from the first poll, as if each answer came at once."
	}
	if !t.Bound {
		return note
	}
	number := strconv.Itoa(t.Fewest)
	if t.Most == classify.Unlimited {
		number += " or more"
	} else if t.Fewest < t.Most {
		number += " to " + strconv.Itoa(t.Most)
	}
	what := actions[e.Action].many
	if number == "1" {
		what = RetryNoun(e.Action)
	}
	return note + " That makes " + number + " " + what + "."
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
