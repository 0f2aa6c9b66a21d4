package model

import (
	"slices"

	"github.com/errkb/errkb/classify"
)

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
