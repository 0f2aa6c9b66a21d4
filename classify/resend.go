package classify

import (
	"slices"
	"time"
)

// Effect is whether a request that did not succeed may have taken effect.
type Effect uint8

// The effects.
const (
	EffectNone  Effect = iota // the request was not carried out
	EffectMaybe               // it may have been carried out
)

var effectNames = [...]string{"none", "maybe"}

// String returns the effect's name: "none" or "maybe".
func (e Effect) String() string {
	if int(e) < len(effectNames) {
		return effectNames[e]
	}
	return "Effect(?)"
}

// Attempt is what the caller knows about a call that did not succeed, apart from the
// reply. The zero value is a first call about which nothing else is known.
type Attempt struct {
	// Retry is how often the call was made again so far: 0 before the first retry. A
	// negative number counts as 0.
	Retry int

	// Repeatable says that the call can be made twice without harm: the caller knows,
	// the method is idempotent (RFC 9110 section 9.2.2), or the request has an
	// idempotency key. It is implied if the catalog says so about the operation.
	Repeatable bool

	// Submits says that the call submits a task. The action wait_poll then means
	// that the task may exist, and so does resubmit if the call may have taken
	// effect: making the call again could submit it twice.
	Submits bool

	// Other says that the request is none of the catalog's operations. If it is not
	// set and the reply names no operation, the request may be any of them.
	Other bool

	// Follows are the actions that the caller acts on; none for all that wait.
	Follows []Action
}

// Resend is whether a call is to be made again, and after which wait, or why not.
type Resend struct {
	Again             bool
	Shortest, Longest time.Duration // the bounds of the wait; 0 if it is not made again
	Reason            Reason        // why it is not made again; meaningless if it is
}

// Resend reports whether the call is to be made again. This is the one place that
// says so: [Decision.Next], the loops and the adapters ask it, and add what only
// they can know, such as the context's deadline. It looks at no clock.
//
// The rules, in this order: the action is none that waits: ReasonDecision. The call
// may have taken effect, and can't be repeated: ReasonEffect. The caller does not
// follow the action: ReasonDecision. There is no policy: ReasonExhausted. The server
// asks for a longer wait than the policy obeys: ReasonServerDelay. The policy's
// retries are used up: ReasonExhausted.
func (d Decision) Resend(a Attempt) Resend { return d.resend(&a) }

func (d *Decision) resend(a *Attempt) Resend {
	n := max(0, a.Retry)
	switch {
	case !d.Action.Waits():
		return Resend{Reason: ReasonDecision}
	case d.harms(a) && !d.repeatable(a):
		return Resend{Reason: ReasonEffect}
	case len(a.Follows) > 0 && !slices.Contains(a.Follows, d.Action):
		return Resend{Reason: ReasonDecision}
	case d.Policy == nil:
		return Resend{Reason: ReasonExhausted}
	}
	shortest, longest, waits := d.bounds(n)
	switch {
	case !waits:
		return Resend{Reason: ReasonServerDelay}
	case d.Policy.Retries != Unlimited && n >= d.Policy.Retries:
		return Resend{Reason: ReasonExhausted}
	}
	return Resend{Again: true, Shortest: shortest, Longest: longest}
}

// harms reports whether the call, made again, could do the same twice.
func (d *Decision) harms(a *Attempt) bool {
	switch d.Action {
	case Retry:
		return d.Effect == EffectMaybe
	case WaitPoll:
		return a.Submits
	}
	return a.Submits && d.Effect == EffectMaybe
}

// repeatable reports whether doing the same twice does no harm.
func (d *Decision) repeatable(a *Attempt) bool {
	return a.Repeatable || !a.Other && d.catalog.repeats(d.Operation)
}

// repeats reports whether an operation can be repeated without harm; for the
// empty one, whether all can. A catalog without operations does not say so.
func (c *Catalog) repeats(operation Operation) bool {
	if c == nil {
		return false
	}
	repeatable := false
	for i := range c.Endpoints {
		if e := &c.Endpoints[i]; operation == "" || e.Operation == operation {
			if !e.Repeatable {
				return false
			}
			repeatable = true
		}
	}
	return repeatable
}
