package check

import (
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// entry resolves what all kinds of entries have in common.
func (a *apiChecker) entry(pair syntax.Pair, kind classify.Kind) *model.Entry {
	n := pair.Value
	e := &model.Entry{
		API:       a.made,
		Kind:      kind,
		Code:      pair.Key.Text,
		Message:   a.string(n, "message"),
		Meaning:   a.stringOr(n, "meaning", a.string(n, "message")),
		Fix:       a.string(n, "fix"),
		Details:   a.string(n, "details"),
		Escalate:  a.string(n, "escalate"),
		Frequency: a.string(n, "frequency"),
		Severity:  a.string(n, "severity"),
		Impact:    a.string(n, "impact"),
		Since:     a.string(n, "since"),
	}
	a.written[e] = pair
	a.decide(e, n)
	a.texts(e, pair)
	a.where(e, n)
	a.examples(e, n)
	e.Reply = a.reply(e, n)
	return e
}

// decide resolves the category, the action and the policy.
func (a *apiChecker) decide(e *model.Entry, n *syntax.Node) {
	e.Category = a.categoryRef(n)
	e.Action = e.Category.Action
	if at := a.get(n, "action"); at != nil {
		e.Action = a.action(n)
		a.contradiction(e.Category, e.Action, at)
	}
	e.Policy = a.policyRef(n)
	if e.Category != nowhere || n.Get("action") != nil {
		a.policyFits(e.Action, e.Policy, n)
	}
	if !e.Action.Waits() {
		e.Policy = nil
	}
	for _, pair := range a.pairs(n, "by_operation") {
		a.override(e, pair)
	}
}

// nowhere stands in for a category that could not be found.
var nowhere = &model.Category{}

// categoryRef returns the category that n names, and nowhere if there is none.
func (a *apiChecker) categoryRef(n *syntax.Node) *model.Category {
	at := a.get(n, "category")
	if at == nil {
		return nowhere
	}
	var known []string
	for _, category := range a.catalog.Categories {
		if category.Name == at.Text {
			return category
		}
		known = append(known, category.Name)
	}
	a.unknown("unknown-category", at, "category", known)
	return nowhere
}

// contradiction warns of an action that goes on where its category stops.
func (a *apiChecker) contradiction(category *model.Category, action classify.Action, at *syntax.Node) {
	stops := func(a classify.Action) bool { return a == classify.Fail || a == classify.FixAccount }
	if category == nowhere || action == category.Action {
		return
	}
	if stops(action) != stops(category.Action) || action == classify.OK || category.Action == classify.OK {
		a.warnf(at.Place, "action-contradicts-category", "action %s contradicts category %s, whose action is %s",
			action, category.Name, category.Action).Hint = "use a category whose action it is, or make one"
	}
}

// policyRef returns the waiting rule that n names, or that it holds.
func (a *apiChecker) policyRef(n *syntax.Node) *classify.Policy {
	at := a.get(n, "retry")
	if at == nil {
		return nil
	}
	if at.Kind == syntax.Mapping {
		return a.policy("", at)
	}
	var known []string
	for _, policy := range a.catalog.Policies {
		if policy.Name == at.Text {
			return policy
		}
		known = append(known, policy.Name)
	}
	a.unknown("unknown-policy", at, "policy", known)
	return nil
}

// policyFits holds an action against its policy, as written in n.
func (a *apiChecker) policyFits(action classify.Action, policy *classify.Policy, n *syntax.Node) {
	written := n.Get("retry")
	switch {
	case action.Waits() && policy == nil && written == nil:
		at := n.Place
		for _, key := range []string{"category", "action"} {
			if value := a.get(n, key); value != nil {
				at = value.Place
			}
		}
		report := a.errorf
		if action == classify.Resubmit { // none is then made, which is safe
			report = a.warnf
		}
		report(at, "missing-policy", "the action %s waits, and there is no policy that says how long and how often", action).
			Hint = "retry: the name of a policy"
	case !action.Waits() && written != nil:
		a.errorf(written.Place, "useless-policy", "the action %s never waits, so the policy has no use", action).
			Hint = "remove retry, or choose another category"
	}
}

// override resolves what differs in one operation. What it leaves out is the
// entry's, but a policy is not for an action that never waits.
func (a *apiChecker) override(e *model.Entry, pair syntax.Pair) {
	name, ok := a.operationRef(pair.Key)
	if !ok {
		return
	}
	n := pair.Value
	o := model.Override{Operation: name, Category: e.Category, Action: e.Action, Policy: e.Policy, Fix: a.stringOr(n, "fix", e.Fix)}
	if a.get(n, "category") != nil {
		o.Category = a.categoryRef(n)
		o.Action = o.Category.Action
	}
	if at := a.get(n, "action"); at != nil {
		o.Action = a.action(n)
		a.contradiction(o.Category, o.Action, at)
	}
	if n.Get("retry") != nil {
		o.Policy = a.policyRef(n)
	}
	entryKnown := e.Policy != nil || a.written[e].Value.Get("retry") == nil
	if o.Category != nowhere && entryKnown {
		a.policyFits(o.Action, o.Policy, n)
	}
	if !o.Action.Waits() {
		o.Policy = nil
	}
	e.Overrides = append(e.Overrides, o)
}

// texts holds the texts of an entry against what its kind needs.
func (a *apiChecker) texts(e *model.Entry, pair syntax.Pair) {
	n, at := pair.Value, pair.Key.Place
	isCode := e.Kind == classify.KindCode || e.Kind == classify.KindPrefix
	isStatus := e.Kind == classify.KindStatus || e.Kind == classify.KindStatusClass
	known := a.get(n, "category") != nil && e.Category != nowhere
	needsFix := e.Action != classify.OK && e.Action != classify.WaitPoll
	if n.Get("fix") == nil && known && needsFix {
		switch {
		case isCode:
			a.errorf(at, "missing-fix", "%s has no fix, and its action is %s", diag.Quote(e.Code), e.Action).Hint = "fix: what to do about it"
		case isStatus:
			a.warnf(at, "missing-fix", "%s has no fix, and its action is %s", diag.Quote(e.Code), e.Action).Hint = "fix: what to do about it"
		}
	}
	if e.Meaning != "" || n.Get("meaning") != nil || n.Get("message") != nil {
		return
	}
	e.Meaning = defaultMeaning(e)
	if isCode {
		a.warnf(at, "missing-meaning", "%s has neither a meaning nor a message", diag.Quote(e.Code)).Hint = "meaning: what it means, in a few words"
	}
}

// where resolves in which operations the entry can occur.
func (a *apiChecker) where(e *model.Entry, n *syntax.Node) {
	for _, item := range a.items(n, "operations") {
		if name, ok := a.operationRef(item); ok && !slices.Contains(e.Operations, name) {
			e.Operations = append(e.Operations, name)
		}
	}
	if n.Get("operations") == nil {
		e.Operations = a.operationNames()
	}
}

// references resolves what entries say of other codes.
func (a *apiChecker) references() {
	for _, e := range a.made.Entries() {
		n := a.written[e].Value
		for _, item := range a.items(n, "lookalikes") {
			if other := a.codeRef(e, a.get(item, "code")); other != nil {
				e.LookAlikes = append(e.LookAlikes, model.LookAlike{Entry: other, Difference: a.string(item, "difference")})
			}
		}
		if retired := a.get(n, "retired"); retired != nil {
			e.Retired = &model.Retired{
				Since:      a.string(retired, "since"),
				ReplacedBy: a.codeRef(e, a.get(retired, "replaced_by")),
				Note:       a.string(retired, "note"),
			}
		}
	}
}

// codeRef returns the entry of a code that entry e names, or reports that there
// is none. It returns nil if at is.
func (a *apiChecker) codeRef(e *model.Entry, at *syntax.Node) *model.Entry {
	if at == nil {
		return nil
	}
	if code := a.codes[a.fold(at.Text)]; code != nil {
		if code.entry == e {
			a.errorf(at.Place, "bad-value", "%s names itself", diag.Quote(e.Code))
		}
		return code.entry
	}
	var known []string
	for _, e := range a.made.Codes {
		known = append(known, e.Code)
	}
	a.unknown("unknown-code", at, "code", known)
	return nil
}
