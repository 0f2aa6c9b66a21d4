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
	settled := a.decide(e, n)
	a.texts(e, pair, settled)
	a.uselessKeys(e, n)
	a.where(e, n)
	a.examples(e, n)
	e.Answer = a.reply(e, n)
	return e
}

// decide resolves the category, the action and the policy, and reports whether
// the action is settled.
func (a *apiChecker) decide(e *model.Entry, n *syntax.Node) (settled bool) {
	e.Category = a.categoryRef(n)
	e.Action = e.Category.Action
	settled = !a.vague[e.Category]
	if a.has(n, "action") {
		at := a.get(n, "action")
		if settled = at != nil; settled {
			e.Action = a.action(n)
			a.contradiction(e.Category, e.Action, at)
		}
	}
	e.Policy = a.policyRef(n)
	a.vague[e] = !settled || a.has(n, "retry") && (e.Policy == nil || a.vague[e.Policy])
	if settled {
		a.policyFits(e.Action, e.Policy, n)
		a.actionFits(e, n)
	}
	for _, pair := range a.pairs(n, "by_operation") {
		a.override(e, pair, settled)
	}
	return settled
}

// actionFits reports an action that can't be taken for an entry of its kind.
func (a *apiChecker) actionFits(e *model.Entry, n *syntax.Node) {
	if e.Kind != classify.KindTransport || e.Code != string(classify.FailureCanceled) || e.Action == classify.Fail {
		return
	}
	a.errorf(a.actionPlace(n), "bad-action", "the action %s is never taken for what the caller cancelled", e.Action).
		Hint = "choose a category whose action is fail"
}

// actionPlace is where n says, by itself or by its category, what its action is.
func (a *apiChecker) actionPlace(n *syntax.Node) diag.Place {
	for _, key := range []string{"action", "category"} {
		if at := a.get(n, key); at != nil {
			return at.Place
		}
	}
	return n.Place
}

// categoryRef returns the category that n names, and a vague one if there is
// none.
func (a *apiChecker) categoryRef(n *syntax.Node) *model.Category {
	nowhere := &model.Category{}
	a.vague[nowhere] = true
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
	if a.root.Get("categories") != nil && !a.mayHave(a.root, "categories", at.Text) {
		a.unknown("unknown-category", at, "category", known)
	}
	return nowhere
}

// contradiction warns of an action that goes on where its category stops.
func (a *apiChecker) contradiction(category *model.Category, action classify.Action, at *syntax.Node) {
	stops := func(a classify.Action) bool { return a == classify.Fail || a == classify.FixAccount }
	if a.vague[category] || action == category.Action {
		return
	}
	if stops(action) != stops(category.Action) || action == classify.OK || category.Action == classify.OK {
		a.warnf(at.Place, "action-contradicts-category", "action %s contradicts category %s, whose action is %s",
			action, diag.Quote(category.Name), category.Action).Hint = "use a category whose action it is, or make one"
	}
}

// policyRef returns the waiting rule that n names, or that it holds, and nil if
// there is none.
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
	if !a.mayHave(a.root, "policies", at.Text) {
		a.unknown("unknown-policy", at, "policy", known)
	}
	return nil
}

// policyFits holds an action against its policy, as written in n.
func (a *apiChecker) policyFits(action classify.Action, policy *classify.Policy, n *syntax.Node) {
	written := n.Get("retry")
	switch {
	case action.Waits() && policy == nil && !a.has(n, "retry"):
		report := a.errorf
		if action == classify.Resubmit { // none is then made, which is safe
			report = a.warnf
		}
		report(a.actionPlace(n), "missing-policy", "the action %s waits, and there is no policy that says how long and how often", action).
			Hint = "retry: the name of a policy"
	case !action.Waits() && written != nil:
		a.errorf(written.Place, "useless-policy", "the action %s never waits, so the policy has no use", action).
			Hint = "remove retry, or choose another category"
	}
}

// texts holds the texts of an entry against what its kind needs.
func (a *apiChecker) texts(e *model.Entry, pair syntax.Pair, settled bool) {
	n, at := pair.Value, pair.Key.Place
	isStatus := e.Kind == classify.KindStatus || e.Kind == classify.KindStatusClass
	if settled && needsFix(e.Action) && !a.has(n, "fix") && (isCode(e) || isStatus) {
		report := a.warnf
		if isCode(e) {
			report = a.errorf
		}
		report(at, "missing-fix", "%s has no fix, and its action is %s", diag.Quote(e.Code), e.Action).Hint = "fix: what to do about it"
	}
	if e.Meaning != "" || a.has(n, "meaning") || a.has(n, "message") {
		return
	}
	e.Meaning = defaultMeaning(e)
	if isCode(e) {
		a.warnf(at, "missing-meaning", "%s has neither a meaning nor a message", diag.Quote(e.Code)).Hint = "meaning: what it means, in a few words"
	}
}

func isCode(e *model.Entry) bool { return e.Kind == classify.KindCode || e.Kind == classify.KindPrefix }

func needsFix(a classify.Action) bool { return a != classify.OK && a != classify.WaitPoll }

// uselessKeys warns of keys that say nothing in an entry of such a kind.
func (a *apiChecker) uselessKeys(e *model.Entry, n *syntax.Node) {
	useless := map[string]string{"status": "only codes come with a status", "aliases": "only codes have other spellings"}
	switch e.Kind {
	case classify.KindCode, classify.KindPrefix:
		return
	case classify.KindTransport, classify.KindUnknown, classify.KindUnrecognised:
		useless["go"] = "only codes and statuses become Go constants"
	}
	for _, pair := range n.Pairs {
		if why, ok := useless[pair.Key.Text]; ok {
			a.warnf(pair.Key.Place, "useless-key", "key %s has no use here: %s", diag.Quote(pair.Key.Text), why).Hint = "remove it"
		}
	}
}

// where resolves in which operations the entry can occur.
func (a *apiChecker) where(e *model.Entry, n *syntax.Node) {
	for _, item := range a.items(n, "operations") {
		if name, ok := a.operationRef(item); ok && !slices.Contains(e.Operations, name) {
			e.Operations = append(e.Operations, name)
		}
	}
	if !a.has(n, "operations") {
		e.Operations = a.operationNames()
		return
	}
	for _, o := range e.Overrides {
		if a.sound(n.Get("operations")) && !slices.Contains(e.Operations, o.Operation) {
			a.errorf(a.overridePlace(n, o.Operation), "dead-entry", "the override can never be reached: the entry does not occur in %s", diag.Quote(o.Operation)).
				Hint = "add it to the entry's operations"
		}
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
	if !a.mayHave(a.node, "codes", at.Text) {
		a.unknown("unknown-code", at, "code", known)
	}
	return nil
}
