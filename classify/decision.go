package classify

import (
	"slices"
	"time"
)

// Decision is what a reply means and what to do about it. The zero value stops.
// Decisions are plain values that can be copied; whether they can be compared is not promised.
type Decision struct {
	Action    Action    // what to do
	Effect    Effect    // may the request have taken effect
	Source    Kind      // what decided
	Known     bool      // the reply holds nothing that the catalog does not list
	Variant   uint16    // which of the entry's variants holds, from 1; 0 for none
	Override  uint16    // which of the catalog's overrides holds, from 1; 0 for none
	Category  Category  // the catalog's own grouping; empty if no entry decided
	Entry     View      // the entry that decided; zero if nobody was asked
	Code      string    // the code as on the wire; empty for none
	Also      string    // a finer code at an earlier place that the catalog does not list
	Operation Operation // as in the reply
	Status    int       // as in the reply
	Failure   Failure   // where there was no reply, why; empty for an error of no known kind
	Fix       string    // what to do about it, for people
	Policy    *Policy   // the waiting rule; nil if the action does not wait

	HasServerDelay bool          // the server said how long to wait
	ServerDelay    time.Duration // what it said; 0 for a date in the past

	// Of a reply without success, what the catalog's places hold of these. They are the
	// server's own words, of which 256 bytes are kept.
	RequestID string // the server's name for the request, which its support asks for; empty for none
	Field     string // the part of the request that is at fault; empty for none

	Reading Reading // what the reply says: the evidence

	catalog     *Catalog
	delayAt     uint8           // which of the delay places holds the server's delay, from 1; 0 for none
	skipped     [3]skippedDelay // delay places before it
	inOperation bool            // the entry differs in the operation
}

// Wait returns how long to wait before retry n, where 0 is the first: what the
// server asked for, or else what the policy says, with the policy's jitter. It
// does not say whether to retry at all, and is 0 where that would be wrong: a
// loop asks [Decision.Next].
func (d Decision) Wait(n int) time.Duration {
	shortest, longest, _ := d.Bounds(n)
	return draw(shortest, longest, nil)
}

// Next reports whether to make retry n, where 0 is the first, and after which wait.
// It is [Decision.Resend] for a caller that knows only the reply; if you know that the
// call is repeatable, use Resend instead.
func (d Decision) Next(n int) (wait time.Duration, again bool) {
	next := d.resend(&Attempt{Retry: n})
	return draw(next.Shortest, next.Longest, nil), next.Again
}

// Bounds returns the shortest and the longest wait before retry n, and whether
// there is a wait at all.
func (d Decision) Bounds(n int) (shortest, longest time.Duration, waits bool) {
	return d.bounds(n)
}

// The methods on a pointer are those of the loops, which don't copy a decision.

func (d *Decision) bounds(n int) (shortest, longest time.Duration, waits bool) {
	switch d.waitSource() {
	case WaitPolicy:
		shortest, longest = d.Policy.Bounds(n)
	case WaitServer:
		shortest, longest = d.Policy.ServerBounds(n, d.ServerDelay)
	default:
		return 0, 0, false
	}
	return shortest, longest, true
}

// WaitSource is where a decision's wait comes from.
type WaitSource uint8

// The sources of a wait.
const (
	WaitNone   WaitSource = iota // there is no wait
	WaitPolicy                   // the catalog's policy
	WaitServer                   // the server's own delay
)

var waitSourceNames = [...]string{"none", "policy", "server"}

// String returns the source's name, such as "server".
func (s WaitSource) String() string {
	if int(s) < len(waitSourceNames) {
		return waitSourceNames[s]
	}
	return "WaitSource(?)"
}

// WaitSource returns where the wait comes from. A server-given delay of zero
// leaves the policy's wait; one over the policy's limit leaves no wait, and the
// caller stops.
func (d Decision) WaitSource() WaitSource { return d.waitSource() }

func (d *Decision) waitSource() WaitSource {
	switch {
	case !d.Action.Waits() || d.Policy == nil:
		return WaitNone
	case !d.HasServerDelay || d.ServerDelay <= 0:
		return WaitPolicy
	case d.Policy.Obeys(d.ServerDelay):
		return WaitServer
	}
	return WaitNone
}

// typedCode returns the generated package's own Code for the entry that decided,
// and nil where no code or prefix entry did.
func (d *Decision) typedCode() error {
	if d.Entry.IsZero() || d.catalog == nil || d.catalog.TypedCode == nil || d.Action == OK {
		return nil
	}
	if kind := d.Entry.Kind(); kind != KindCode && kind != KindPrefix {
		return nil
	}
	return d.catalog.TypedCode(d.Entry.Number())
}

// Undecided reports whether the reply may be a success or a failure: its status is below
// 400, the body goes on after what was looked at, and what was looked at says neither.
// The decision is then that of a reply that says nothing. A [Transport] hands back such
// a reply as [Undecided].
func (d Decision) Undecided() bool { return d.undecided() }

func (d *Decision) undecided() bool {
	r := &d.Reading
	return r.Cut && d.Source == KindUnrecognised && d.Status < 400 && (r.pending || !r.Denied && !r.Failed)
}

// isByStatus reports whether the status alone says success, in a catalog whose forms have
// no sign of it.
func (d *Decision) isByStatus() bool { return d.Source == KindSuccess && !d.Reading.Success }

// saysNothing reports whether the reply shows neither success nor failure.
func (d *Decision) saysNothing() bool {
	return d.Source == KindUnrecognised && !d.Reading.Denied && !d.Reading.Failed
}

// Disagrees reports whether a listed code came with a status that the catalog does
// not list for it, or that would lead to another action on its own.
func (d Decision) Disagrees() bool {
	if d.isMade() || d.Status == 0 || d.Source != KindCode && d.Source != KindPrefix {
		return false
	}
	if statuses := d.Entry.Statuses(); len(statuses) > 0 {
		return !slices.ContainsFunc(statuses, func(s uint16) bool { return int(s) == d.Status })
	}
	entry := d.catalog.statusEntry(d.Status)
	if entry == nil {
		return false
	}
	return entry.actionIn(d.Operation) != d.Action
}
