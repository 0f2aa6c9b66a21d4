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
func (a *apiChecker) override(e *model.Entry, pair syntax.Pair, settled bool) {
	name, ok := a.operationRef(pair.Key)
	if !ok {
		return
	}
	n, own := pair.Value, a.written[e].Value
	o := model.Override{Operation: name, Category: e.Category, Action: e.Action, Policy: e.Policy, Fix: a.stringOr(n, "fix", e.Fix)}
	entrySettled := settled
	if a.has(n, "category") {
		o.Category = a.categoryRef(n)
		o.Action, settled = o.Category.Action, !a.vague[o.Category]
	}
	acts := a.get(n, "action")
	if a.has(n, "action") {
		settled = acts != nil
	}
	if acts != nil {
		o.Action = a.action(n)
	}
	inherited := o.Policy != nil || !a.has(own, "retry")
	if a.has(n, "retry") {
		o.Policy = a.policyRef(n)
	}
	if settled && inherited {
		a.policyFits(o.Action, o.Policy, n)
	}
	switch {
	case settled && entrySettled && (o.Action == classify.OK) != (e.Action == classify.OK):
		a.errorf(a.actionPlace(n), "bad-action", "the action is %s here and %s elsewhere: success is not a matter of the operation", o.Action, e.Action).
			Hint = "only the ok of a reply form, or a status, says what success is"
	case acts != nil:
		a.contradiction(o.Category, o.Action, acts)
	}
	if settled {
		a.actionFits(&model.Entry{Kind: e.Kind, Code: e.Code, Action: o.Action}, n)
	}
	if settled && isCode(e) && needsFix(o.Action) && !needsFix(e.Action) && o.Fix == "" && !a.has(n, "fix") {
		a.errorf(pair.Key.Place, "missing-fix", "%s has no fix for %s, and its action is %s there", diag.Quote(e.Code), diag.Quote(name), o.Action).
			Hint = "fix: what to do about it"
	}
	if !o.Action.Waits() {
		o.Policy = nil
	}
	e.Overrides = append(e.Overrides, o)
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
