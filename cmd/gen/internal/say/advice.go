package say

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// CheckFirst is the verdict on a request that may have taken effect, and can't be
// repeated.
const CheckFirst = "Check first: the request may have taken effect, and must not be sent twice"

// CheckEffect is what to do first about a request that may have been carried out.
const CheckEffect = "Find out whether the request was carried out."

// Verdict returns what to do about an entry in a few words: what its action says,
// unless that would do something twice.
func Verdict(e *model.Entry) string {
	if e.NeverResent() {
		return CheckFirst
	}
	return ActionTitle(e.Action)
}

// EntryAdvice returns the same in one or two plain sentences.
func EntryAdvice(e *model.Entry) string {
	if e.NeverResent() {
		return Sentence(CheckFirst)
	}
	return ActionAdvice(e.Action)
}

// RetryAdvice says whether to send something again at all, in a sentence or two.
func RetryAdvice(e *model.Entry) string {
	switch {
	case e.Action.Waits() && e.Policy != nil && e.Policy.Retries != 0:
		switch rule := RetryRule(e.Policy, e.Action); {
		case e.NeverResent():
			return "Only if it is certain that the request was not carried out, or if sending it twice does no harm: " + rule + "."
		case len(e.SentOnce()) > 0:
			return "Yes, but not " + Or(e.SentOnce()) + " automatically: " + rule + "."
		default:
			return "Yes: " + rule + "."
		}
	case e.Action.Waits():
		return "No. The catalog allows no retry."
	case e.Action == classify.FixAccount:
		return "No, not until the account is in order."
	case e.Action == classify.OK:
		return "There is nothing to retry."
	}
	return "No. Repeating the same request does not help until something has changed."
}

// EffectAdvice says whether the request may have been carried out although it
// failed. It is empty where there is no failure or nothing is known.
func EffectAdvice(e *model.Entry) string {
	switch {
	case e.Action == classify.OK || e.Action == classify.WaitPoll:
		return ""
	case e.Kind == classify.KindTransport && e.Code == string(classify.FailureConnection):
		return "The request may have been carried out all the same, unless the connection could not be opened."
	case e.Effect == classify.EffectMaybe:
		return "The request may have been carried out all the same."
	case e.Action == classify.Resubmit || e.Kind == classify.KindUnknown || e.Kind == classify.KindUnrecognised:
		return ""
	}
	return "The request was not carried out."
}

// ClientAdvice says what the client does without being told, in some sentences.
func ClientAdvice(e *model.Entry) Text {
	return clientAdvice(e, ": "+RetryRule(e.Policy, e.Action))
}

// ClientAdviceBeside says the same on a page that shows the waits as well.
func ClientAdviceBeside(e *model.Entry) Text { return clientAdvice(e, "") }

// clientAdvice says what the client does, with how often and when.
func clientAdvice(e *model.Entry, rule string) Text {
	if e.Action.Waits() && !resends(e.Policy, e.Action) {
		return Text{plain("The client stops at once and reports this error.")}
	}
	switch e.Action {
	case classify.OK:
		return Text{plain("The client returns the result.")}
	case classify.WaitPoll:
		return Text{plain("The client waits and asks again" + rule + ". Then it gives up and reports that the result is not ready.")}
	case classify.Resubmit:
		return Text{plain("The client drops the task and starts a new one with the same input" + rule +
			". If the last one fails too, it gives up and reports this error.")}
	case classify.Retry:
		again := "The client waits and sends the request again" + rule + ". If the last try fails too, it gives up and reports this error."
		switch {
		case !e.NeverResent():
			return append(Text{plain(again)}, sentOnce(e)...)
		case len(e.API.Operations) == 0:
			return Text{plain(again + " A request that would do harm if sent twice is sent only once: the first may have been carried out.")}
		}
		return Text{plain("The client stops at once and reports this error: " +
			"the request may have been carried out, and a second one would do it twice.")}
	case classify.FixAccount:
		return Text{plain("The client stops at once and reports this error. It can't put the account right.")}
	}
	return Text{plain("The client stops at once and reports this error. It never sends the request again.")}
}

// sentOnce says which operations are not sent again, and why.
func sentOnce(e *model.Entry) Text {
	var names []Text
	for _, name := range e.SentOnce() {
		names = append(names, Text{wire(name)})
	}
	if len(names) == 0 {
		return nil
	}
	rule := append(Text{plain(" It does not send ")}, join(names, " or ")...)
	return append(rule, plain(" again: the first request may have been carried out, and a second one would do it twice."))
}
