package check

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// ruling is what an entry, a variant or an override says is to be done, and where it stands.
type ruling struct {
	category *format.Field[string]
	action   *format.Field[classify.Action]
	retry    *format.Field[format.Ref[format.Policy]]
	place    diag.Place
}

// verdict is what a ruling comes to.
type verdict struct {
	category *category
	action   classify.Action
	policy   *policy
	settled  bool // the action is
}

// vague reports whether the action or the policy is not settled.
func (v *verdict) vague() bool { return !v.settled || v.policy.vague }

// actionPlace is where a ruling says, with an action or with a category, what the
// action is.
func (r *ruling) actionPlace() diag.Place {
	switch {
	case r.action.Good():
		return r.action.Place
	case r.category.Good():
		return r.category.Place
	}
	return r.place
}

// decide resolves what is to be done about an entry.
func (a *apiChecker) decide(e *entry) {
	v, made := &e.Value, e.made
	r := ruling{&v.Category, &v.Action, &v.Retry, e.Place}
	e.verdict = a.verdict(&r, verdict{category: nowhere(), policy: &policy{}})
	made.Category, made.Action, made.Policy = e.category.Category, e.action, e.policy.Policy
	if v.Action.Good() {
		a.contradiction(e.category, &v.Action)
	}
	a.fits(e, &e.verdict, &r)
	for pair := range v.ByOperation.Value.Good() {
		a.byOperation(e, pair)
	}
}

// verdict resolves a ruling. What it leaves out is as it was before.
func (a *apiChecker) verdict(r *ruling, v verdict) verdict {
	if r.category.Has() {
		v.category = a.categoryOf(r.category)
		v.action, v.settled = v.category.Action, !v.category.vague
	}
	if r.action.Has() {
		v.settled = r.action.Good()
	}
	if r.action.Good() {
		v.action = r.action.Value
	}
	if r.retry.Has() {
		v.policy = a.policyOf(r.retry)
	}
	return v
}

// fits compares the verdict of a ruling with itself and the entry it is for.
func (a *apiChecker) fits(e *entry, v *verdict, r *ruling) {
	if !v.settled {
		return
	}
	if v.policy.Policy != nil || !v.policy.vague || r.retry.Has() {
		a.policyFits(v, r)
	}
	if e.made.Kind == classify.KindTransport && e.made.Code == string(classify.FailureCanceled) && v.action != classify.Fail {
		a.Errorf(r.actionPlace(), "bad-action", "the action %s never applies to a call that the caller cancelled", v.action).
			Hint = "choose a category whose action is fail"
	}
}

// nowhere returns a category in place of one that there is not.
func nowhere() *category { return &category{Category: &model.Category{}, vague: true} }

// categoryOf returns the category of a name.
func (a *apiChecker) categoryOf(name *format.Field[string]) *category {
	if !name.Good() {
		return nowhere()
	}
	var known []string
	for _, category := range a.categories {
		if category.Name == name.Value {
			category.used = true
			return category
		}
		known = append(known, category.Name)
	}
	if all := &a.spec.Categories; all.Written() && !format.MayHave(all, name.Value) {
		a.unknown("unknown-category", name.Place, "category", name.Value, known)
	}
	return nowhere()
}

// contradiction warns of an action that goes on where its category stops.
func (a *apiChecker) contradiction(category *category, at *format.Field[classify.Action]) {
	stops := func(a classify.Action) bool { return a == classify.Fail || a == classify.FixAccount }
	action := at.Value
	if category.vague || action == category.Action {
		return
	}
	if stops(action) != stops(category.Action) || action == classify.OK || category.Action == classify.OK {
		a.Warnf(at.Place, "action-contradicts-category", "action %s contradicts category %s, whose action is %s",
			action, diag.Quote(category.Name), category.Action).Hint = "use a category with that action, or add one"
	}
}

// policyOf returns the waiting rule that is named, or that is written in place
// of a name.
func (a *apiChecker) policyOf(retry *format.Field[format.Ref[format.Policy]]) *policy {
	if !retry.Good() {
		return &policy{vague: true}
	}
	if retry.Value.Here != nil {
		return a.policy("", retry.Value.Here)
	}
	var known []string
	for _, policy := range a.policies {
		if policy.Name == retry.Value.Name {
			policy.used = true
			return policy
		}
		known = append(known, policy.Name)
	}
	if !format.MayHave(&a.spec.Policies, retry.Value.Name) {
		a.unknown("unknown-policy", retry.Place, "policy", retry.Value.Name, known)
	}
	return &policy{vague: true}
}

// policyFits checks an action against its policy.
func (a *apiChecker) policyFits(v *verdict, r *ruling) {
	action := v.action
	switch {
	case action.Waits() && v.policy.Policy == nil && !r.retry.Has():
		report := a.Errorf
		if action == classify.Resubmit { // none is then made, which is safe
			report = a.Warnf
		}
		report(r.actionPlace(), "missing-policy", "the action %s waits, but no policy says how long and how often", action).
			Hint = "retry: the name of a policy"
	case !action.Waits() && r.retry.Written():
		a.Errorf(r.retry.Place, "useless-policy", "the action %s never waits, so the policy has no use", action).
			Hint = "remove retry, or choose another category"
	case action == classify.Retry:
		a.storms(v.policy)
	}
}
