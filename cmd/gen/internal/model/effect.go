package model

import (
	"slices"

	"github.com/errkb/errkb/classify"
)

// SentOnce returns the operations in which the request is not sent again although
// the action is retry: the first request may have been carried out, and a second
// one would do harm.
func (e *Entry) SentOnce() []string {
	var once []string
	for _, op := range e.API.Operations {
		if slices.Contains(e.Operations, op.Name) && e.stopsFor(e.actionIn(op.Name), op.Repeatable) {
			once = append(once, op.Name)
		}
	}
	return once
}

// NeverResent reports whether that is so of every operation, or, in an API whose
// operations the catalog does not name, of every request that can't be repeated.
func (e *Entry) NeverResent() bool {
	if len(e.API.Operations) == 0 {
		return e.stopsFor(e.Action, false)
	}
	once := e.SentOnce()
	return len(once) > 0 && len(once) == len(e.Operations)
}

// Depends reports whether it depends on the operation if the request is sent again: only in
// some a second one would do harm.
func (e *Entry) Depends() bool { return len(e.SentOnce()) > 0 && !e.NeverResent() }

// stopsFor asks the runtime whether the effect of a request forbids another.
func (e *Entry) stopsFor(action classify.Action, repeatable bool) bool {
	d := classify.Decision{Action: action, Effect: e.Effect, Policy: e.Policy}
	next := d.Resend(classify.Attempt{Repeatable: repeatable})
	return !next.Again && next.Reason == classify.ReasonEffect
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
