package model

import (
	"slices"

	"github.com/errkb/errkb/classify"
)

// InVariant returns the entry for the replies that one of its variants is for,
// without variants or overrides. The copy is for reading: it has the entry's page.
func (e *Entry) InVariant(v Variant) *Entry {
	in := *e
	in.Category, in.Action, in.Policy, in.Effect = v.Category, v.Action, v.Policy, v.Effect
	in.Meaning, in.Fix, in.Details, in.Escalate = v.Meaning, v.Fix, v.Details, v.Escalate
	in.Answer, in.AnswerOwn = v.Answer, v.AnswerOwn
	in.Examples = v.Examples
	if v.Delays != nil {
		in.Delays = v.Delays
	}
	in.Variants, in.Overrides = nil, nil
	in.Operations = operationsOf(in.Operations, v.When)
	return &in
}

// operationsOf returns those of some operations in which tests can hold.
func operationsOf(operations []string, tests []classify.Test) []string {
	for i := range tests {
		switch t := &tests[i]; t.Kind {
		case classify.OperationIs:
			operations = slices.DeleteFunc(slices.Clone(operations), func(name string) bool {
				return !slices.Contains(t.Operations, classify.Operation(name))
			})
		case classify.All:
			operations = operationsOf(operations, t.Tests)
		}
	}
	return operations
}

// DelayPlaces returns where the server may say how long to wait: the entry's places, or
// else those of its API.
func (e *Entry) DelayPlaces() []classify.Delay {
	if e.Delays != nil {
		return e.Delays
	}
	return e.API.Delays
}

// OwnDelays returns the entries that name places for the wait themselves, or one of
// whose variants does.
func (a *API) OwnDelays() []*Entry {
	var own []*Entry
	for _, e := range a.Entries() {
		has := e.Delays != nil
		for i := range e.Variants {
			has = has || e.Variants[i].Delays != nil
		}
		if has {
			own = append(own, e)
		}
	}
	return own
}
