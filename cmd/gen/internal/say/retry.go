package say

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// RetryRule returns how often and after which waits something is sent again, in
// words, such as "up to 3 retries, 5 s apart", "up to 3 retries, after 3 s, 6 s
// and 10 s", "every 5 s for at most 2 min", or "no retry".
func RetryRule(p *classify.Policy, a classify.Action) string {
	if !resends(p, a) {
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

// tries names what is sent again and how often. Polls follow one that was not ready.
func tries(n int, a classify.Action) string {
	more := ""
	if a == classify.WaitPoll {
		more = "more "
	}
	switch n {
	case classify.Unlimited:
		return actions[a].many
	case 1:
		return "1 " + more + RetryNoun(a)
	}
	return "up to " + strconv.Itoa(n) + " " + more + actions[a].many
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

// RetryFirst says how long to wait before the first poll. It is empty where that goes
// out at once, and for all that is not polled.
func RetryFirst(e *model.Entry) string {
	p := e.Waiting()
	if p == nil || p.First == 0 || e.Action != classify.WaitPoll {
		return ""
	}
	return "Before the first poll, wait " + Duration(p.First) + "."
}

// RetryStop says when to give up, in a sentence or two. It is empty where nothing is sent
// again.
func RetryStop(e *model.Entry) string {
	p := e.Waiting()
	if !resends(p, e.Action) {
		return ""
	}
	var stop []string
	switch {
	case p.Retries == classify.Unlimited && p.Within == 0:
		stop = append(stop, "There is no limit on the number of "+actions[e.Action].many+".")
	case p.Retries == classify.Unlimited:
	case e.Action == classify.WaitPoll:
		stop = append(stop, "Give up after the first poll and "+strconv.Itoa(p.Retries)+" more.")
	case p.Retries == 1:
		stop = append(stop, "Give up after 1 "+RetryNoun(e.Action)+".")
	default:
		stop = append(stop, "Give up after "+strconv.Itoa(p.Retries)+" "+actions[e.Action].many+".")
	}
	if p.Within > 0 {
		within := Duration(p.Within)
		switch {
		case e.Action == classify.Resubmit:
			stop = append(stop, "Give up if the next task would be submitted more than "+within+" after the first.")
		case e.Action == classify.Retry:
			stop = append(stop, "Give up if the next retry would be sent more than "+within+" after the first try.")
		case p.First > 0:
			stop = append(stop, "Give up if the next poll would be sent more than "+within+" after the task was submitted.")
		default:
			stop = append(stop, "Give up if the next poll would be sent more than "+within+" after the first one.")
		}
	}
	return strings.Join(stop, " ")
}

// resends reports whether something is sent again.
func resends(p *classify.Policy, a classify.Action) bool {
	return p != nil && p.Retries != 0 && a.Waits()
}
