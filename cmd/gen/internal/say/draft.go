package say

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Answer is what to tell a customer.
type Answer struct {
	Text  string
	Draft bool // nobody has written it: it is put together from the catalog
	Own   bool // it is for customers whose program is not the client
}

// ForClient says which customers an answer is for, where there are two: those whose
// program is the client.
func (l *Language) ForClient() string {
	return l.Say("If the customer's program retries automatically, as the client of this catalog does:")
}

// ForOwn says that an answer is for the other customers.
func (l *Language) ForOwn() string { return l.Say("If the customer has another program:") }

// Answers returns what to tell customers: one answer for all of them, or one for those
// whose program is the client, which retries automatically, and one for the others.
func (l *Language) Answers(e *model.Entry) []Answer {
	answer := Answer{Text: e.Answer}
	if model.Line(e.Answer) == "" {
		answer = Answer{Text: l.draft(e, l.draftAdvice(e)), Draft: true}
	}
	own := Answer{Text: e.AnswerOwn, Own: true}
	switch {
	case model.Line(e.AnswerOwn) != "":
	case clientResends(e):
		own = Answer{Text: l.draft(e, l.draftAdviceOwn(e)), Draft: true, Own: true}
	default:
		own.Text = answer.Text // which promises nothing
	}
	if own.Text == answer.Text {
		return []Answer{answer}
	}
	return []Answer{answer, own}
}

// clientResends reports whether the client sends something again automatically in some
// operation.
func clientResends(e *model.Entry) bool {
	if e.NeverResent() && len(e.API.Operations) > 0 {
		return false
	}
	return resends(e.Policy, e.Action) ||
		slices.ContainsFunc(e.Overrides, func(o model.Override) bool { return resends(o.Policy, o.Action) })
}

// draft is what to tell a customer where the author has written no answer: what to do
// first, then what happened, in the catalog's words. What is written for support or
// operators is not repeated to customers.
func (l *Language) draft(e *model.Entry, advice string) string {
	parts := []string{advice}
	internal := e.Category != nil && (e.Category.Who == "support" || e.Category.Who == "operator")
	if !internal && !strings.Contains(strings.TrimSpace(e.Fix), "\n") && !e.Action.Waits() {
		parts = append(parts, Sentence(strings.ReplaceAll(e.Fix, "`", "")))
	}
	parts = append(parts, l.draftCause(e))
	if !internal && e.Action != classify.OK && e.Kind != classify.KindUnknown && e.Kind != classify.KindUnrecognised {
		parts = append(parts, Sentence(e.Meaning))
	}
	return model.Line(l.Sentences(parts...))
}

// draftAdvice says what to do where the client does the rest automatically.
func (l *Language) draftAdvice(e *model.Entry) string {
	advice := l.decidedAdvice(e.Action, e.Policy)
	switch once := e.SentOnce(); {
	case !resends(e.Policy, e.Action):
	case e.Action == classify.Retry && e.NeverResent():
		return l.decided("answerCheck")
	case len(once) > 0:
		return l.Sentences(advice, l.Say("It does not do so for %s: check first whether that was carried out.|operations", l.either(l.operations(e.API, once))))
	}
	return advice
}

// draftAdviceOwn says what the customer's program has to do where the client would
// do it automatically.
func (l *Language) draftAdviceOwn(e *model.Entry) string {
	if !resends(e.Policy, e.Action) || e.NeverResent() {
		return l.draftAdvice(e)
	}
	lead := ""
	waits := Message("Please let your program wait %s, then send the same request again%s.|a wait, and how often")
	atOnce := Message("Please let your program send the same request again%s.|how often")
	switch e.Action {
	case classify.Resubmit:
		waits = "Please let your program wait %s, then start a new task%s.|a wait, and how often"
		atOnce = "Please let your program start a new task%s.|how often"
	case classify.WaitPoll:
		lead = l.Say("Nothing is wrong: the result is not ready yet.")
		waits = "Please let your program wait %s, then ask again%s.|a wait, and how often"
		atOnce = "Please let your program ask again%s.|how often"
	}
	advice := l.Say(atOnce, l.draftLimit(e.Policy))
	if wait := l.WaitInFull(e.Policy); wait != l.DurationInFull(0) {
		advice = l.Say(waits, wait, l.draftLimit(e.Policy))
	}
	another, check := "", ""
	if e.Kind != classify.KindTransport && len(e.DelayPlaces()) > 0 {
		another = l.Say("If the answer names another wait, that one counts.")
	}
	if once := e.SentOnce(); len(once) > 0 {
		check = l.Say("It must not do so for %s: check first whether that was carried out.|operations", l.either(l.operations(e.API, once)))
	}
	return l.Sentences(lead, advice, another, check)
}

// draftLimit says how often and how long a program goes on under a policy. It is empty
// for a policy without a limit.
func (l *Language) draftLimit(p *classify.Policy) string {
	switch within := l.DurationInFull(p.Within); {
	case p.Retries == 1:
		return l.Say(", once|how often, at the end of a sentence")
	case p.Retries > 1 && p.Within > 0:
		return l.Say(", at most %d times and for at most %s|how often, at the end of a sentence", p.Retries, within)
	case p.Retries > 1:
		return l.Say(", at most %d times|how often, at the end of a sentence", p.Retries)
	case p.Within > 0:
		return l.Say(", for at most %s|how long, at the end of a sentence", within)
	}
	return ""
}

func (l *Language) draftCause(e *model.Entry) string {
	if e.Action == classify.OK {
		return ""
	}
	switch e.Kind {
	case classify.KindTransport:
		return l.decided("causeFailure", e.API.Title)
	case classify.KindUnknown, classify.KindUnrecognised:
		return l.decided("causeUnknown", e.API.Title)
	case classify.KindStatus, classify.KindStatusClass:
		return l.decided("causeStatus", e.API.Title, e.Code)
	}
	if e.Code == "" {
		return l.decided("causeEmpty", e.API.Title)
	}
	return l.decided("causeCode", e.API.Title, l.EntryTitle(e))
}
