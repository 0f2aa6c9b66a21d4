package check

import (
	"cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// override resolves what differs in one operation. What it leaves out is the
// entry's, but a policy is not for an action that never waits. Whether the
// entry's own action is settled is given.
func (a *apiChecker) override(e *entry, pair *format.Pair[format.Override], entrySettled bool) {
	if !a.isOperation(pair.Name, pair.Key) {
		return
	}
	v, made := &pair.Value, e.made
	r := ruling{&v.Category.Mark, &v.Action.Mark, &v.Retry.Mark, pair.Place}
	o := model.Override{Operation: pair.Name, Category: made.Category, Action: made.Action, Policy: made.Policy, Fix: cmp.Or(v.Fix.Value, made.Fix)}
	settled := entrySettled
	within := e.category
	if v.Category.Has() {
		within = a.categoryOf(&v.Category)
		o.Category, o.Action, settled = within.Category, within.Action, !within.vague
	}
	if v.Action.Has() {
		settled = v.Action.Good()
	}
	if v.Action.Good() {
		o.Action = v.Action.Value
	}
	known := o.Policy != nil || !e.Value.Retry.Has()
	if v.Retry.Has() {
		o.Policy, known = a.policyOf(&v.Retry).Policy, true
	}
	if settled && known {
		a.policyFits(o.Action, o.Policy, r)
	}
	if settled {
		a.overrideFits(e, &o, within, pair, r, entrySettled)
	}
	if !o.Action.Waits() {
		o.Policy = nil
	}
	made.Overrides = append(made.Overrides, o)
}

// overrideFits holds an override against its entry.
func (a *apiChecker) overrideFits(e *entry, o *model.Override, within *category, pair *format.Pair[format.Override], r ruling, entrySettled bool) {
	v, made := &pair.Value, e.made
	switch {
	case entrySettled && (o.Action == classify.OK) != (made.Action == classify.OK):
		a.Errorf(r.actionPlace(), "bad-action", "the action is %s here and %s elsewhere: success is not a matter of the operation", o.Action, made.Action).
			Hint = "only the ok of a reply form, or a status, says what success is"
	case v.Action.Good():
		a.contradiction(within, &v.Action)
	}
	a.actionFits(e, o.Action, r)
	if isCode(made) && needsFix(o.Action) && !needsFix(made.Action) && o.Fix == "" && !v.Fix.Has() {
		a.Errorf(pair.Key, "missing-fix", "%s has no fix for %s, and its action is %s there", diag.Quote(made.Code), diag.Quote(o.Operation), o.Action).
			Hint = "fix: what to do about it"
	}
}
