package check

import (
	"cmp"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// byOperation resolves what differs in one operation. What it leaves out is the
// entry's, but a policy is not for an action that never waits.
func (a *apiChecker) byOperation(e *entry, pair *format.Pair[format.OperationVariant]) {
	if !a.isOperation(pair.Name, pair.Key) {
		return
	}
	v, made := &pair.Value, e.made
	r := ruling{&v.Category, &v.Action, &v.Retry, pair.Place}
	d := a.verdict(&r, e.verdict)
	a.fits(e, &d, &r)
	o := model.Override{Operation: pair.Name, Category: d.category.Category, Action: d.action, Fix: cmp.Or(a.filledFix(e, &v.Fix), made.Fix)}
	if d.action.Waits() {
		o.Policy = d.policy.Policy
	}
	made.Overrides = append(made.Overrides, o)
	if !d.settled || !a.staysSuccess(e, &d, &r, "the operation") {
		return
	}
	if v.Action.Good() {
		a.contradiction(d.category, &v.Action)
	}
	if a.lacksFix(e, &d) && o.Fix == "" && !v.Fix.Has() {
		a.Errorf(pair.Key, "missing-fix", "%s has no fix for %s, but its action is %s there", diag.Quote(made.Code), diag.Quote(o.Operation), d.action).
			Hint = "fix: what to do about it"
	}
}

// staysSuccess reports an action that is success where the entry's is none, or the
// other way around.
func (a *apiChecker) staysSuccess(e *entry, d *verdict, r *ruling, by string) bool {
	if !e.settled || (d.action == classify.OK) == (e.action == classify.OK) {
		return true
	}
	a.Errorf(r.actionPlace(), "bad-action", "the action is %s here and %s elsewhere: success does not depend on %s", d.action, e.action, by).
		Hint = "say what success is in the ok of a reply form, or by a status"
	return false
}

// lacksFix reports whether what an action needs to be said may not be there, as the
// entry's own does not need it.
func (a *apiChecker) lacksFix(e *entry, d *verdict) bool {
	return isCode(e.made) && needsFix(d.action) && !needsFix(e.action)
}

// overrides resolves what the server itself says to do.
func (a *apiChecker) overrides() []model.ServerOverride {
	var all []model.ServerOverride
	list := a.written.Value.Overrides.Value
	for i := range list {
		all = append(all, a.override(&list[i]))
		if earlier := a.firstThat(all, i); earlier >= 0 {
			p := a.Errorf(list[i].Value.When.Place, "dead-entry", "the override can never be reached: an earlier one holds for all of its replies")
			p.Relate(list[earlier].Value.When.Place, "the earlier one")
		}
	}
	return all
}

// firstThat returns the first override that holds wherever the last does, or -1.
func (a *apiChecker) firstThat(all []model.ServerOverride, last int) int {
	return slices.IndexFunc(all[:last], func(o model.ServerOverride) bool { return covers(o.When, all[last].When) })
}

func (a *apiChecker) override(item *format.Field[format.Override]) model.ServerOverride {
	v := &item.Value
	r := ruling{&v.Category, &v.Action, &v.Retry, item.Place}
	d := a.verdict(&r, verdict{category: nowhere(), policy: &policy{}})
	o := model.ServerOverride{
		When:   a.tests(&v.When, asker{syntax: a.bodySyntax()}),
		Sets:   d.settled,
		Action: d.action,
		Policy: d.policy.Policy,
		Fix:    v.Fix.Value,
		Delays: a.delays(&v.Delay),
	}
	if v.Category.Good() {
		o.Category = d.category.Category
	}
	switch {
	case d.settled && d.action == classify.OK:
		a.Errorf(r.actionPlace(), "bad-action", "no override makes a success").
			Hint = "say what success is in the ok of a reply form, or by a status"
	case d.settled:
		a.policyFits(&d, &r)
		if v.Delay.Written() && !d.action.Waits() {
			a.uselessDelay(&v.Delay.Mark, d.action)
		}
	case !v.Category.Has() && !v.Action.Has() && !v.Retry.Has() && !v.Fix.Has() && !v.Delay.Has():
		a.Warnf(item.Place, "useless-variant", "the override changes nothing").Hint = "action: what the server asks for"
	}
	if v.Action.Good() {
		a.contradiction(d.category, &v.Action)
	}
	return o
}

// bodySyntax is what places are written for in tests that belong to no form.
func (a *apiChecker) bodySyntax() classify.Syntax {
	reads := func(s classify.Syntax) bool {
		return slices.ContainsFunc(a.made.Forms, func(f classify.Form) bool { return f.Syntax == s })
	}
	if reads(classify.XML) && !reads(classify.JSON) {
		return classify.XML
	}
	return classify.JSON
}
