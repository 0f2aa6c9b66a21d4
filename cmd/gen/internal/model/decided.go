package model

import "github.com/errkb/errkb/classify"

// In returns the entry as it counts in one reply, which it decided: with the variant
// that holds, what differs in the operation, and what the server itself says. The copy
// is for reading: it has the entry's page.
func (e *Entry) In(d classify.Decision) *Entry {
	in := *e
	if d.Variant > 0 {
		in = *e.InVariant(e.Variants[d.Variant-1])
	} else {
		for _, o := range e.Overrides {
			if o.Operation == string(d.Operation) {
				in = *e.InOperation(o)
				break
			}
		}
	}
	if d.Override > 0 {
		if category := e.API.Overrides[d.Override-1].Category; category != nil && category.Name == string(d.Category) {
			in.Category = category
		}
	}
	if d.Operation != "" {
		in.Operations = []string{string(d.Operation)}
	}
	in.Action, in.Policy, in.Effect, in.Fix = d.Action, d.Policy, d.Effect, d.Fix
	in.Variants, in.Overrides = nil, nil
	return &in
}

// ActionOf returns what the entry itself says to do in one reply that it decided: with the
// variant that holds and what differs in the operation, but not what the server says.
func (e *Entry) ActionOf(d classify.Decision) classify.Action {
	if d.Variant > 0 {
		return e.Variants[d.Variant-1].Action
	}
	return e.actionIn(string(d.Operation))
}

// InOperation returns the entry as it counts in one operation, without variants or
// overrides. The copy is for reading: it has the entry's page.
func (e *Entry) InOperation(o Override) *Entry {
	in := *e
	in.Category, in.Action, in.Policy, in.Fix, in.FixesOperation = o.Category, o.Action, o.Policy, o.Fix, o.Fix != e.Fix
	in.Operations = []string{o.Operation}
	in.Variants, in.Overrides = nil, nil
	return &in
}
