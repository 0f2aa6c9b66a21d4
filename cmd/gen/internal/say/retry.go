package say

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// RetryRule returns how often and after which waits something is sent again, in
// words, such as "up to 3 retries, 5 s apart", "up to 3 retries, after 3 s, 6 s
// and 10 s", "every 5 s for at most 2 min", or "no retry".
func (l *Language) RetryRule(p *classify.Policy, a classify.Action) string {
	if !resends(p, a) {
		return l.Say("no retry")
	}
	windows := model.Schedule(p)
	rule := l.tries(p.Retries, a)
	endless := false // every so often
	switch waits := l.Waits(p); {
	case noWait(windows):
		rule = l.Say("%s, at once|how often", rule)
	case steady(p, windows) && p.Retries == classify.Unlimited:
		rule, endless = l.Say("every %s|a wait", waits), true
	case steady(p, windows) && p.Retries > 1:
		rule = l.Say("%s, %s apart|how often, and a wait", rule, waits)
	default:
		rule = l.Say("%s, after %s|how often, and waits", rule, waits)
	}
	switch {
	case p.Within > 0 && endless:
		return l.Say("%s for at most %s|every so often, and how long", rule, l.Duration(p.Within))
	case p.Within > 0:
		return l.Say("%s, for at most %s|how often, and how long", rule, l.Duration(p.Within))
	case p.Retries == classify.Unlimited:
		return l.Say("%s, with no limit|how often", rule)
	}
	return rule
}

// tries names what is sent again and how often. Polls follow one that was not ready.
func (l *Language) tries(n int, a classify.Action) string {
	sent := actions[a].sent
	if n == classify.Unlimited {
		return l.Say(sent.many)
	}
	return l.Count(n, sent.once, sent.upTo)
}

// RetryByHand is the retry rule of a request that is not sent again automatically.
func (l *Language) RetryByHand() string { return l.Say("not automatically") }

// RetryRuleOf is the entry's retry rule in words, with what differs between
// operations and in some replies.
func (l *Language) RetryRuleOf(e *model.Entry) string {
	general := l.RetryRule(e.Policy, e.Action)
	rule := general
	switch once := e.SentOnce(); {
	case e.NeverResent() && len(once) == 0:
		return l.Say("%s, only if sending it twice does no harm|how often", rule)
	case e.NeverResent():
		return l.RetryByHand()
	case len(once) > 0:
		rule = l.Say("%s, but not for %s|how often, and operations", rule, l.or(l.operations(e.API, once)))
	}
	for _, o := range e.Overrides {
		if l.RetryRule(o.Policy, o.Action) != general {
			return l.Say("%s; differs by operation|how often", rule)
		}
	}
	for _, v := range e.Variants {
		if l.RetryRuleOf(e.InVariant(v)) != general {
			return l.Say("%s; differs in some answers|how often", rule)
		}
	}
	return rule
}

// RetryFirst says how long to wait before the first poll. It is empty where that goes
// out at once, and for all that is not polled.
func (l *Language) RetryFirst(e *model.Entry) string {
	p := e.Waiting()
	if p == nil || p.First == 0 || e.Action != classify.WaitPoll {
		return ""
	}
	return l.Say("Before the first poll, wait %s.", l.Duration(p.First))
}

// RetryStop says when to give up, in a sentence or two. It is empty where nothing is sent
// again.
func (l *Language) RetryStop(e *model.Entry) string {
	p := e.Waiting()
	if !resends(p, e.Action) {
		return ""
	}
	sent := actions[e.Action].sent
	number, time := "", ""
	switch {
	case p.Retries == classify.Unlimited && p.Within == 0:
		number = l.Say(sent.noLimit)
	case p.Retries == classify.Unlimited:
	case e.Action == classify.WaitPoll:
		number = l.Say("Give up after the first poll and %d more.", p.Retries)
	default:
		number = l.Count(p.Retries, sent.stopAtOne, sent.stopAt)
	}
	switch within := l.Duration(p.Within); {
	case p.Within == 0:
	case e.Action == classify.Resubmit:
		time = l.Say("Give up if the next task would be submitted more than %s after the first.", within)
	case e.Action == classify.Retry:
		time = l.Say("Give up if the next retry would be sent more than %s after the first try.", within)
	case p.First > 0:
		time = l.Say("Give up if the next poll would be sent more than %s after the task was submitted.", within)
	default:
		time = l.Say("Give up if the next poll would be sent more than %s after the first one.", within)
	}
	return l.Sentences(number, time)
}

// resends reports whether something is sent again.
func resends(p *classify.Policy, a classify.Action) bool {
	return p != nil && p.Retries != 0 && a.Waits()
}
