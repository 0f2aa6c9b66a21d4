package check

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// override resolves what differs in one operation. What it leaves out is the
// entry's, but a policy is not for an action that never waits. Whether the
// entry's own action is settled is given.
func (a *apiChecker) override(e *model.Entry, pair syntax.Pair, entrySettled bool) {
	name, ok := a.operationRef(pair.Key)
	if !ok {
		return
	}
	n := pair.Value
	o := model.Override{Operation: name, Category: e.Category, Action: e.Action, Policy: e.Policy, Fix: a.stringOr(n, "fix", e.Fix)}
	settled := entrySettled
	if a.has(n, "category") {
		o.Category = a.categoryRef(n)
		o.Action, settled = o.Category.Action, !a.vague[o.Category]
	}
	if a.has(n, "action") {
		settled = a.get(n, "action") != nil
	}
	if a.get(n, "action") != nil {
		o.Action = a.action(n)
	}
	known := o.Policy != nil || !a.has(a.written[e].Value, "retry")
	if a.has(n, "retry") {
		o.Policy, known = a.policyRef(n), true
	}
	if settled && known {
		a.policyFits(o.Action, o.Policy, n)
	}
	if settled {
		a.overrideFits(e, &o, pair, entrySettled)
	}
	if !o.Action.Waits() {
		o.Policy = nil
	}
	e.Overrides = append(e.Overrides, o)
}

// overrideFits holds an override against its entry.
func (a *apiChecker) overrideFits(e *model.Entry, o *model.Override, pair syntax.Pair, entrySettled bool) {
	n := pair.Value
	switch at := a.get(n, "action"); {
	case entrySettled && (o.Action == classify.OK) != (e.Action == classify.OK):
		a.errorf(a.actionPlace(n), "bad-action", "the action is %s here and %s elsewhere: success is not a matter of the operation", o.Action, e.Action).
			Hint = "only the ok of a reply form, or a status, says what success is"
	case at != nil:
		a.contradiction(o.Category, o.Action, at)
	}
	a.actionFits(&model.Entry{Kind: e.Kind, Code: e.Code, Action: o.Action}, n)
	if isCode(e) && needsFix(o.Action) && !needsFix(e.Action) && o.Fix == "" && !a.has(n, "fix") {
		a.errorf(pair.Key.Place, "missing-fix", "%s has no fix for %s, and its action is %s there", diag.Quote(e.Code), diag.Quote(o.Operation), o.Action).
			Hint = "fix: what to do about it"
	}
}

// overridePlace is where the override of an operation stands.
func (a *apiChecker) overridePlace(n *syntax.Node, operation string) diag.Place {
	for _, pair := range a.pairs(n, "by_operation") {
		if pair.Key.Text == operation {
			return pair.Key.Place
		}
	}
	return n.Place
}
