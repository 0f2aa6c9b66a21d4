package say

import (
	"slices"
	"strconv"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// RetryRule returns how often and after which waits something is sent again, in
// words, such as "up to 3 retries, 5 s apart", "up to 3 retries, after 3 s, 6 s
// and 10 s", "every 5 s for at most 2 min", or "no retry".
func RetryRule(p *classify.Policy, a classify.Action) string {
	if p == nil || p.Retries == 0 || !a.Waits() {
		return "no retry"
	}
	windows := model.Schedule(p)
	rule := tries(p.Retries, a)
	switch waits := Waits(p); {
	case waits == "no wait":
		rule += ", at once"
	case steady(p, windows) && p.Retries == classify.Unlimited:
		rule = "every " + waits
	case steady(p, windows) && p.Retries > 1:
		rule += ", " + waits + " apart"
	default:
		rule += ", after " + waits
	}
	if p.Within > 0 {
		if p.Retries != classify.Unlimited || !steady(p, windows) {
			rule += ","
		}
		return rule + " for at most " + Duration(p.Within)
	}
	if p.Retries == classify.Unlimited {
		rule += ", with no limit"
	}
	return rule
}

// tries names what is sent again and how often.
func tries(n int, a classify.Action) string {
	switch n {
	case classify.Unlimited:
		return actions[a].many
	case 1:
		return "1 " + RetryNoun(a)
	}
	return "up to " + strconv.Itoa(n) + " " + actions[a].many
}

// RetryByHand is the retry rule of a request that is not sent again automatically.
const RetryByHand = "not automatically"

// RetryRuleOf is the entry's retry rule in words, with what differs between
// operations and in some replies.
func RetryRuleOf(e *model.Entry) string {
	rule := RetryRule(e.Policy, e.Action)
	switch once := e.SentOnce(); {
	case e.NeverResent() && len(once) == 0:
		return rule + ", only if sending it twice does no harm"
	case e.NeverResent():
		return RetryByHand
	case len(once) > 0:
		rule += ", but not " + Or(once)
	}
	for _, o := range e.Overrides {
		if RetryRule(o.Policy, o.Action) != RetryRule(e.Policy, e.Action) {
			return rule + "; differs by operation"
		}
	}
	for _, v := range e.Variants {
		if RetryRuleOf(e.InVariant(v)) != RetryRule(e.Policy, e.Action) {
			return rule + "; differs in some answers"
		}
	}
	return rule
}

// RetryRuleIn is the retry rule of one of the entry's overrides in words.
func RetryRuleIn(e *model.Entry, o model.Override) string {
	if slices.Contains(e.SentOnce(), o.Operation) {
		return RetryByHand
	}
	return RetryRule(o.Policy, o.Action)
}

// RetryFirst says how long to wait before the first try. It is empty where that
// goes out at once.
func RetryFirst(p *classify.Policy) string {
	if p == nil || p.First == 0 {
		return ""
	}
	return "Before the first try, wait " + Duration(p.First) + "."
}

// RetryStop says when to give up under a policy, in a sentence. It is empty
// without a policy that allows a retry.
func RetryStop(p *classify.Policy, a classify.Action) string {
	if p == nil || p.Retries == 0 || !a.Waits() {
		return ""
	}
	what := actions[a].many
	within := Duration(p.Within) + " after the first try"
	switch {
	case p.Retries == classify.Unlimited && p.Within > 0:
		return "Give up " + within + "."
	case p.Retries == classify.Unlimited:
		return "There is no limit on the number of " + what + "."
	case p.Retries == 1:
		what = RetryNoun(a)
	}
	rule := "Give up after " + strconv.Itoa(p.Retries) + " " + what
	if p.Within > 0 {
		rule += ", or " + within
	}
	return rule + "."
}
