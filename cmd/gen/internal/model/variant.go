package model

import "github.com/errkb/errkb/classify"

// InVariant returns the entry for the replies that one of its variants is for,
// without variants or overrides. The copy is for reading: it has the entry's page.
func (e *Entry) InVariant(v Variant) *Entry {
	in := *e
	in.Category, in.Action, in.Policy, in.Effect = v.Category, v.Action, v.Policy, v.Effect
	in.Meaning, in.Fix, in.Details, in.Answer, in.Escalate = v.Meaning, v.Fix, v.Details, v.Answer, v.Escalate
	in.Examples = v.Examples
	if v.Delays != nil {
		in.Delays = v.Delays
	}
	in.Variants, in.Overrides = nil, nil
	return &in
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
