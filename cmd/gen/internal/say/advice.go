package say

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// checkFirst is the verdict on a request that may have taken effect, and can't be
// repeated.
const checkFirst Message = "Check first: the request may have taken effect, and must not be sent twice"

// CheckEffect is what to do first about a request that may have been carried out.
func (l *Language) CheckEffect() string {
	return l.Say("Find out whether the request was carried out.")
}

// Only says when what the fix says is to be done, where the request must not be sent twice.
// It is empty for other entries, without a fix, and where the author has written it for the
// operation.
func (l *Language) Only(e *model.Entry) string {
	if !e.NeverResent() || e.FixesOperation || model.Line(e.Fix) == "" {
		return ""
	}
	return l.decided("ifNot")
}

// Verdict returns what to do about an entry in a few words: what its action says,
// unless that would do something twice.
func (l *Language) Verdict(e *model.Entry) string {
	if e.NeverResent() {
		return l.Say(checkFirst)
	}
	return l.ActionTitle(e.Action)
}

// EntryAdvice returns the same in one or two plain sentences.
func (l *Language) EntryAdvice(e *model.Entry) string {
	if e.NeverResent() {
		return Sentence(l.Say(checkFirst))
	}
	return l.ActionAdvice(e.Action)
}

// Remedy returns what to do about an entry that has no fix, in one or two plain sentences.
func (l *Language) Remedy(e *model.Entry) string {
	if e.NeverResent() {
		return l.CheckEffect()
	}
	return l.ActionAdvice(e.Action)
}

// EntrySummary says what the entry means and what to do.
func (l *Language) EntrySummary(e *model.Entry) string {
	return l.Sentences(Sentence(e.Meaning), l.EntryAdvice(e))
}

// RetryAdvice says whether to send something again at all, in a sentence or two, and what
// to do first where that is done by hand.
func (l *Language) RetryAdvice(e *model.Entry) string {
	switch {
	case e.Action.Waits() && e.Policy != nil && e.Policy.Retries != 0:
		switch rule := l.RetryRule(e.Policy, e.Action); {
		case e.NeverResent():
			return l.Say("Only if it is certain that the request was not carried out, or if sending it twice does no harm: %s.", rule)
		case len(e.SentOnce()) > 0:
			once := l.or(l.operations(e.API, e.SentOnce()))
			return l.Sentences(
				l.Say("Yes, but not automatically for %s: %s.|operations, and how often", once, rule),
				l.Say("Before sending %s again, find out whether it was carried out.|operations", once),
			)
		default:
			return l.Say("Yes: %s.", rule)
		}
	case e.Action.Waits():
		return l.Say("No. The catalog allows no retry.")
	case e.Action == classify.FixAccount:
		return l.Say("No, not until the account is in order.")
	case e.Action == classify.OK:
		return l.Say("There is nothing to retry.")
	}
	return l.Say("No. Repeating the same request does not help until something has changed.")
}

// EffectAdvice says whether the request may have been carried out although it
// failed. It is empty where there is no failure or nothing is known.
func (l *Language) EffectAdvice(e *model.Entry) string {
	switch {
	case e.Action == classify.OK || e.Action == classify.WaitPoll:
		return ""
	case e.Kind == classify.KindTransport && e.Code == string(classify.FailureConnection):
		return l.Say("The request may have been carried out all the same, unless the connection could not be opened.")
	case e.Effect == classify.EffectMaybe:
		return l.Say("The request may have been carried out all the same.")
	case e.Action == classify.Resubmit || e.Kind == classify.KindUnknown || e.Kind == classify.KindUnrecognised:
		return ""
	}
	return l.Say("The request was not carried out.")
}

// ClientAdvice says what the client does without being told, in some sentences.
func (l *Language) ClientAdvice(e *model.Entry) Text {
	return l.clientAdvice(e, l.RetryRule(e.Policy, e.Action))
}

// ClientAdviceBeside says the same on a page that shows the waits as well.
func (l *Language) ClientAdviceBeside(e *model.Entry) Text { return l.clientAdvice(e, "") }

// clientAdvice says what the client does, with how often and when unless that is empty.
func (l *Language) clientAdvice(e *model.Entry, rule string) Text {
	does := func(withRule, without Message) Text {
		if rule == "" {
			return l.Text(without)
		}
		return l.Text(withRule, rule)
	}
	if e.Action.Waits() && !resends(e.Policy, e.Action) {
		return l.Text("The client stops at once and reports this error.")
	}
	switch e.Action {
	case classify.OK:
		return l.Text("The client returns the result.")
	case classify.WaitPoll:
		return does("The client waits and asks again: %s. Then it gives up and reports that the result is not ready.",
			"The client waits and asks again. Then it gives up and reports that the result is not ready.")
	case classify.Resubmit:
		return does("The client drops the task and starts a new one with the same input: %s. If the last one fails too, it gives up and reports this error.",
			"The client drops the task and starts a new one with the same input. If the last one fails too, it gives up and reports this error.")
	case classify.Retry:
		again := does("The client waits and sends the request again: %s. If the last try fails too, it gives up and reports this error.",
			"The client waits and sends the request again. If the last try fails too, it gives up and reports this error.")
		switch {
		case !e.NeverResent():
			return l.sentOnce(e, again)
		case len(e.API.Operations) == 0:
			return l.Text(twoSentences, again, l.Say("A request that would do harm if sent twice is sent only once: the first may have been carried out."))
		}
		return l.Text("The client stops at once and reports this error: the request may have been carried out, and a second one would do it twice.")
	case classify.FixAccount:
		return l.Text("The client stops at once and reports this error. It can't put the account right.")
	}
	return l.Text("The client stops at once and reports this error. It never sends the request again.")
}

// sentOnce says after the rest which operations are not sent again, and why.
func (l *Language) sentOnce(e *model.Entry, rest Text) Text {
	names := l.operations(e.API, e.SentOnce())
	if len(names) == 0 {
		return rest
	}
	return l.Text(twoSentences, rest,
		l.Text("It does not send %s again: the first request may have been carried out, and a second one would do it twice.", l.or(names)))
}
