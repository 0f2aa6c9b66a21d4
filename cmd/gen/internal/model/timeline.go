package model

import (
	"math"
	"slices"
	"time"

	"github.com/errkb/errkb/classify"
)

// Timeline is when something is sent again, as if each answer came at once. Times count
// from the start: for retries that is when the first try is sent, for new tasks when the
// first task is submitted, and for polls when the task was submitted, as in
// [classify.Job].
type Timeline struct {
	Beats  []Beat        // what is sent again; only the first ones if that is often
	Rest   *Beat         // those that follow Beats, in one; nil for none
	Last   *Beat         // the last of Rest, where its number is certain
	Fewest int           // how many are sent at least, if nothing ends it earlier
	Most   int           // and at most; Unlimited for no limit, or for too many to count
	Bound  bool          // the limit on the whole ends it, not the number of retries
	End    time.Duration // when it ends at the latest; 0 for never
}

// Beat is something that is sent again: a retry, a poll or a new task. Where nothing
// limits a time, it is the longest that there is.
type Beat struct {
	Number  int    // from 1
	Wait    Window // the wait before it
	At      Window // when it is sent
	Perhaps bool   // it is not sent if the waits before it were long
}

// The numbers of beats that a time line shows.
const (
	timelineLength = 12   // up to this many, it shows each
	timelineOpen   = 5    // of more, it shows the first ones
	mostBeats      = 1000 // more are not counted
)

// Timeline returns when something is sent again if each answer is the entry's. It has no
// beats where nothing is.
func (e *Entry) Timeline() Timeline {
	p := e.Waiting()
	if p == nil || p.Retries == 0 || !e.Action.Waits() {
		return Timeline{}
	}
	t := Timeline{Most: classify.Unlimited}
	var all []Beat
	var at Window
	limit := p.Retries
	if e.Action == classify.WaitPoll { // the first poll is none that is sent again
		at = Window{p.First, p.First}
		all = append(all, Beat{Number: 1, Wait: at, At: at})
		t.Fewest = 1
		if limit != classify.Unlimited {
			limit++
		}
	}
	for retry := 0; len(all) != limit && (limit != classify.Unlimited || len(all) < mostBeats); retry++ {
		shortest, longest := p.Bounds(retry)
		at = Window{later(at.Min, shortest), later(at.Max, longest)}
		if t.Bound = p.Within > 0 && at.Min > p.Within; t.Bound {
			t.Most = len(all)
			break
		}
		b := Beat{Number: len(all) + 1, Wait: Window{shortest, longest}, At: at}
		if b.Perhaps = p.Within > 0 && at.Max > p.Within; b.Perhaps {
			b.At.Max = p.Within
		} else {
			t.Fewest++
		}
		all = append(all, b)
	}
	if len(all) == 0 {
		return Timeline{}
	}
	if len(all) == limit {
		t.Most = limit
	}
	last := all[len(all)-1]
	t.Bound = p.Within > 0 && (t.Bound || last.Perhaps || t.Most == classify.Unlimited)
	switch {
	case t.Bound:
		t.End = max(p.Within, all[0].At.Min)
	case t.Most != classify.Unlimited:
		t.End = last.At.Max
	}
	t.fold(all, p)
	return t
}

// fold shows the first of many beats, and puts the others together.
func (t *Timeline) fold(all []Beat, p *classify.Policy) {
	if t.Beats = all; len(all) <= timelineLength && t.Most != classify.Unlimited {
		return
	}
	t.Beats = all[:timelineOpen]
	rest, last := all[timelineOpen], all[len(all)-1]
	for _, b := range all[timelineOpen:] { // wide jitter takes more of a longer wait
		rest.Wait.Min = min(rest.Wait.Min, b.Wait.Min)
	}
	rest.Wait.Max, rest.At.Max = last.Wait.Max, last.At.Max
	if t.Most == classify.Unlimited {
		shortest, longest := p.Bounds(math.MaxInt32)
		rest.Wait, rest.At.Max = Window{min(rest.Wait.Min, shortest), longest}, math.MaxInt64
		if _, before := p.Bounds(math.MaxInt32 / 2); before < longest { // they grow without a limit
			rest.Wait.Max = math.MaxInt64
		}
		if t.Bound {
			rest.Wait.Max, rest.At.Max = min(rest.Wait.Max, p.Within), p.Within
		}
	} else if t.Fewest == t.Most {
		t.Last = &last
	}
	t.Rest = &rest
}

// Waiting returns the entry's policy with what polling takes from elsewhere: where the
// API has several entries by which a task is not ready, [classify.Job] waits before the
// first poll as the first of them says that can answer the same call.
func (e *Entry) Waiting() *classify.Policy {
	if e.Policy == nil || e.Action != classify.WaitPoll {
		return e.Policy
	}
	a := e.API
	for _, other := range slices.Concat(a.Codes, longestFirst(a.Prefixes), a.Statuses, a.Classes, a.Transport) {
		if other.Action == classify.WaitPoll && other.Policy != nil && e.meets(other) {
			own := *e.Policy
			own.First = other.Policy.First
			return &own
		}
	}
	return e.Policy
}

// meets reports whether there is an operation in which both entries can occur.
func (e *Entry) meets(other *Entry) bool {
	return len(e.Operations) == 0 || len(other.Operations) == 0 ||
		slices.ContainsFunc(e.Operations, func(o string) bool { return slices.Contains(other.Operations, o) })
}

// later adds a wait to a time, at most up to the longest that there is.
func later(at, wait time.Duration) time.Duration {
	if wait > math.MaxInt64-at {
		return math.MaxInt64
	}
	return at + wait
}
