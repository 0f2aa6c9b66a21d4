package model

import (
	"math"
	"slices"
	"strconv"

	"github.com/errkb/errkb/classify"
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
		listed = scheduleLength
	}
	var table []WaitRow
	for n := range listed {
		shortest, longest := p.Bounds(n)
		table = append(table, WaitRow{strconv.Itoa(n + 1), Duration(shortest), Duration(longest)})
	}
	if listed == p.Retries {
		return table
	}
	return append(table, restOfWaits(p, listed))
}

// restOfWaits sums up the waits before the retries that follow the first n.
func restOfWaits(p *classify.Policy, n int) WaitRow {
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

// RetryAdvice says whether to send something again at all, in a sentence or two.
func (e *Entry) RetryAdvice() string {
	held := e.HeldBack()
	switch {
	case e.Action.Waits() && e.Policy != nil && e.Policy.Retries != 0:
		switch rule := RetryRule(e.Policy, e.Action); {
		case len(held) == 0:
			return "Yes: " + rule + "."
		case len(held) == len(e.Operations):
			return "Not by itself. Once it is certain that the request was not carried out: " + rule + "."
		default:
			return "Yes, but not " + Or(held) + " by itself: " + rule + "."
		}
	case e.Action.Waits():
		return "No. The catalog allows no retry."
	case e.Action == classify.FixAccount:
		return "No, not before the account is in order."
	case e.Action == classify.OK:
		return "There is nothing to retry."
	}
	return "No. Repeating the same request does not help until something has changed."
}

// StopRule says when to give up under a policy, in a sentence. It is empty
// without a policy that allows a retry.
func StopRule(p *classify.Policy, a classify.Action) string {
	if p == nil || p.Retries == 0 || !a.Waits() {
		return ""
	}
	what := retryNouns(a)
	within := Duration(p.Within) + " after the first try"
	switch {
	case p.Retries == classify.Unlimited && p.Within > 0:
		return "Give up " + within + "."
	case p.Retries == classify.Unlimited:
		return "There is no limit on the number of " + what + "."
	case p.Retries == 1:
		what = RetryNoun(a)
	}
	rule := "Give up after " + strconv.Itoa(p.Retries) + " " + what
	if p.Within > 0 {
		rule += ", or " + within
	}
	return rule + "."
}

// ServerDelayRule says what a wait named by the server does to the entry's own.
// It is empty where the server names none or nothing is sent again.
func (e *Entry) ServerDelayRule() Phrase {
	if len(e.API.Delays) == 0 || e.Kind == classify.KindTransport || StopRule(e.Policy, e.Action) == "" {
		return nil
	}
	rule := Phrase{said("A wait that the answer names, in ")}
	rule = append(rule, e.API.DelaysPhrase()...)
	text := ", takes the place of the wait in the table"
	switch jitter := e.Policy.Jitter; {
	case jitter.Full:
		text += ", and a random part of up to the wait in the table is added"
	case jitter.Spread > 0:
		text += ", and a random part of up to " + strconv.FormatFloat(math.Round(jitter.Spread*1e5)/1e3, 'f', -1, 64) + " % is added"
	case jitter.Add > 0:
		text += ", and a random part of up to " + Duration(jitter.Add) + " is added"
	}
	text += ". A wait of zero does not count. If the answer names more than " + Duration(e.Policy.DelayLimit()) + ", give up."
	return append(rule, said(text))
}

// EffectAdvice says whether the request may have been carried out although it
// failed. It is empty where there is no failure or nothing is known.
func (e *Entry) EffectAdvice() string {
	switch {
	case e.Action == classify.OK || e.Action == classify.WaitPoll:
		return ""
	case e.Processed:
		return "The request may have been carried out all the same."
	case e.Action == classify.Resubmit || e.Kind == classify.KindUnknown || e.Kind == classify.KindUnrecognised:
		return ""
	}
	return "The request was not carried out."
}

// ClientAdvice says what the client does by itself, in some sentences.
func (e *Entry) ClientAdvice() Phrase {
	if e.Action.Waits() && StopRule(e.Policy, e.Action) == "" {
		return Phrase{said("The client stops at once and reports this error.")}
	}
	rule := RetryRule(e.Policy, e.Action)
	switch e.Action {
	case classify.OK:
		return Phrase{said("The client hands on the result.")}
	case classify.WaitPoll:
		return Phrase{said("The client waits and asks again: " + rule + ". Then it gives up and reports that the result is not ready.")}
	case classify.Resubmit:
		return Phrase{said("The client drops the task and starts a new one with the same input: " + rule +
			". If the last one fails too, it gives up and reports this error.")}
	case classify.Retry:
		if held := e.HeldBack(); len(held) > 0 && len(held) == len(e.Operations) {
			return Phrase{said("The client stops at once and reports this error: " +
				"the request may have been carried out, and a second one would do it twice.")}
		}
		return append(Phrase{said("The client waits and sends the request again: " + rule +
			". If the last try fails too, it gives up and reports this error.")}, e.heldBack()...)
	case classify.FixAccount:
		return Phrase{said("The client stops at once and reports this error. It can't put the account right.")}
	}
	return Phrase{said("The client stops at once and reports this error. It never sends the request again by itself.")}
}

// HeldBack returns the operations that are not sent again by themselves although
// the action is retry: a first request may have been carried out, and a second
// one would do harm.
func (e *Entry) HeldBack() []string {
	var held []string
	for _, op := range e.API.Operations {
		if e.Processed && !op.Repeatable && e.actionIn(op.Name) == classify.Retry && slices.Contains(e.Operations, op.Name) {
			held = append(held, op.Name)
		}
	}
	return held
}

// actionIn returns the action in an operation.
func (e *Entry) actionIn(operation string) classify.Action {
	for _, o := range e.Overrides {
		if o.Operation == operation {
			return o.Action
		}
	}
	return e.Action
}

// heldBack says which operations are not sent again, and why.
func (e *Entry) heldBack() Phrase {
	var names []Phrase
	for _, name := range e.HeldBack() {
		names = append(names, Phrase{wired(name)})
	}
	if len(names) == 0 {
		return nil
	}
	rule := append(Phrase{said(" It does not send ")}, enumeratePhrases(names, " or ")...)
	return append(rule, said(" again by itself: the first request may have been carried out, and a second one would do it twice."))
}
