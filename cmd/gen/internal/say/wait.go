package say

import (
	"math"
	"slices"
	"strconv"

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
func (l *Language) WaitTable(t model.Timeline) []WaitRow {
	var table []WaitRow
	for _, b := range t.Beats {
		table = append(table, WaitRow{strconv.Itoa(b.Number), l.Window(b.Wait), l.sentAt(b)})
	}
	if t.Rest == nil {
		return table
	}
	rest := WaitRow{l.Say("%d and on|numbers of retries", t.Rest.Number), l.openWindow(t.Rest.Wait, orLonger), l.sentAt(*t.Rest)}
	if t.Most != classify.Unlimited {
		rest.Number = l.Say("%d to %d|numbers of retries", t.Rest.Number, t.Most)
	}
	return append(table, rest)
}

// sentAt says when something is sent.
func (l *Language) sentAt(b model.Beat) string {
	at := l.openWindow(b.At, "%s or later|how long after the start")
	if b.Perhaps {
		return l.Say("%s, if at all|how long after the start something is sent", at)
	}
	return at
}

const orLonger Message = "%s or longer|a wait"

// openWindow returns the bounds of a time in words, also where it has no longest.
func (l *Language) openWindow(w model.Window, open Message) string {
	if w.Max == math.MaxInt64 {
		return l.Say(open, l.Duration(w.Min))
	}
	return l.Window(w)
}

// WaitStart says what is at the start of an entry's time line.
func (l *Language) WaitStart(e *model.Entry) string {
	switch p := e.Waiting(); {
	case e.Action == classify.Resubmit:
		return l.Say("First task")
	case e.Action == classify.WaitPoll && p.First > 0:
		return l.Say("Task submitted")
	case e.Action == classify.WaitPoll:
		return l.Say("Start|of a line of time")
	}
	return l.Say("First try")
}

// WaitRest says how a time line goes on after those that it shows.
func (l *Language) WaitRest(t model.Timeline) string {
	return l.Say("then %s apart|a wait", l.openWindow(t.Rest.Wait, orLonger))
}

// WaitNote says what the times of an entry's time line count from, and how often
// something is sent where the limit on the whole ends it.
func (l *Language) WaitNote(e *model.Entry, t model.Timeline) string {
	m := Message("Times count from the first try, as if each answer came at once.")
	switch p := e.Waiting(); {
	case e.Action == classify.Resubmit:
		m = "Times count from the first task, as if each task was lost at once."
	case e.Action == classify.WaitPoll && p.First > 0:
		m = "Times count from when the task was submitted, as if each answer came at once."
	case e.Action == classify.WaitPoll:
		m = "Times count from the first poll, as if each answer came at once."
	}
	number := ""
	switch sent := actions[e.Action].sent; {
	case !t.Bound:
	case t.Most == classify.Unlimited:
		number = l.Say(sent.makesAtLeast, t.Fewest)
	case t.Fewest < t.Most:
		number = l.Say(sent.makesTo, t.Fewest, t.Most)
	default:
		number = l.Count(t.Fewest, sent.makesOne, sent.makes)
	}
	return l.Sentences(l.Say(m), number)
}

// listedWaits is how many different waits a sentence names before it breaks off.
const listedWaits = 5

// Waits returns the waits before each retry in words, such as "5 s", "3 s, 6 s
// and 10 s" or "1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s". It is "no
// wait" where there is nothing to wait for.
func (l *Language) Waits(p *classify.Policy) string {
	windows := model.Schedule(p)
	if noWait(windows) {
		return l.Say("no wait")
	}
	if steady(p, windows) {
		return l.Window(windows[0])
	}
	texts := make([]string, len(windows))
	for i, w := range windows {
		texts[i] = l.Window(w)
	}
	if p.Retries != classify.Unlimited && len(texts) <= listedWaits {
		return l.And(texts)
	}
	first := l.list(texts[:min(3, len(texts))], comma, comma)
	if p.Max > 0 {
		return l.Say("%s, …, never over %s|waits, and the longest", first, l.Duration(p.Max))
	}
	return l.Say("%s, …|waits", first)
}

// noWait reports whether there is nothing to wait for.
func noWait(windows []model.Window) bool {
	return !slices.ContainsFunc(windows, func(w model.Window) bool { return w.Max > 0 })
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
func (l *Language) WaitInFull(p *classify.Policy) string {
	windows := model.Schedule(p)
	if len(windows) == 0 {
		return l.DurationInFull(0)
	}
	all := windows[0]
	for _, w := range windows {
		all.Min, all.Max = min(all.Min, w.Min), max(all.Max, w.Max)
	}
	return l.bounds(all, l.inFull)
}
