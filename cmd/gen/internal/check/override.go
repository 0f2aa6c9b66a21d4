package check

import (
	"cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// override resolves what differs in one operation. What it leaves out is the
// entry's, but a policy is not for an action that never waits.
func (a *apiChecker) override(e *entry, pair *format.Pair[format.Override]) {
	if !a.isOperation(pair.Name, pair.Key) {
		return
	}
	v, made := &pair.Value, e.made
	r := ruling{&v.Category, &v.Action, &v.Retry, pair.Place}
	d := a.verdict(&r, e.verdict)
	a.fits(e, &d, &r)
	o := model.Override{Operation: pair.Name, Category: d.category.Category, Action: d.action, Fix: cmp.Or(v.Fix.Value, made.Fix)}
	if d.action.Waits() {
		o.Policy = d.policy.Policy
	}
	made.Overrides = append(made.Overrides, o)
	switch {
	case !d.settled:
		return
	case e.settled && (d.action == classify.OK) != (e.action == classify.OK):
		a.Errorf(r.actionPlace(), "bad-action", "the action is %s here and %s elsewhere: success does not depend on the operation", d.action, e.action).
			Hint = "say what success is in the ok of a reply form, or by a status"
	case v.Action.Good():
		a.contradiction(d.category, &v.Action)
	}
	if isCode(made) && needsFix(d.action) && !needsFix(e.action) && o.Fix == "" && !v.Fix.Has() {
		a.Errorf(pair.Key, "missing-fix", "%s has no fix for %s, but its action is %s there", diag.Quote(made.Code), diag.Quote(o.Operation), d.action).
			Hint = "fix: what to do about it"
	}
}
