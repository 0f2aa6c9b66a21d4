package say

import (
	"slices"
	"strconv"
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

// ForClient and ForOwn say which customers an answer is for, where there are two.
const (
	ForClient = "If the customer's program retries automatically, as the client of this catalog does:"
	ForOwn    = "If the customer has another program:"
)

// Answers returns what to tell customers: one answer for all of them, or one for those
// whose program is the client, which retries automatically, and one for the others.
func Answers(e *model.Entry) []Answer {
	answer := Answer{Text: e.Answer}
	if model.Line(e.Answer) == "" {
		answer = Answer{Text: draft(e, draftAdvice(e)), Draft: true}
	}
	own := Answer{Text: e.AnswerOwn, Own: true}
	switch {
	case model.Line(e.AnswerOwn) != "":
	case clientResends(e):
		own = Answer{Text: draft(e, draftAdviceOwn(e)), Draft: true, Own: true}
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
func draft(e *model.Entry, advice string) string {
	parts := []string{advice}
	internal := e.Category != nil && (e.Category.Who == "support" || e.Category.Who == "operator")
	if !internal && !strings.Contains(strings.TrimSpace(e.Fix), "\n") && !e.Action.Waits() {
		parts = append(parts, Sentence(strings.ReplaceAll(e.Fix, "`", "")))
	}
	parts = append(parts, draftCause(e))
	if !internal && e.Action != classify.OK && e.Kind != classify.KindUnknown && e.Kind != classify.KindUnrecognised {
		parts = append(parts, Sentence(e.Meaning))
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func draftAdvice(e *model.Entry) string {
	if e.Action == classify.Retry && resends(e.Policy, e.Action) && e.NeverResent() {
		return decided("answerCheck")
	}
	return decidedAdvice(e.Action, e.Policy)
}

// draftAdviceOwn says what the customer's program has to do where the client would
// do it automatically.
func draftAdviceOwn(e *model.Entry) string {
	if !resends(e.Policy, e.Action) || e.NeverResent() {
		return draftAdvice(e)
	}
	then := "send the same request again"
	lead := ""
	switch e.Action {
	case classify.Resubmit:
		then = "start a new task"
	case classify.WaitPoll:
		lead = "Nothing is wrong: the result is not ready yet. "
		then = "ask again"
	}
	advice := lead + "Please let your program " + then
	if wait := WaitInFull(e.Policy); wait != DurationInFull(0) {
		advice = lead + "Please let your program wait " + wait + ", then " + then
	}
	advice += draftLimit(e.Policy) + "."
	if e.Kind != classify.KindTransport && len(e.DelayPlaces()) > 0 {
		advice += " If the answer names another wait, that one counts."
	}
	if once := e.SentOnce(); len(once) > 0 {
		advice += " It must not do so for “" + strings.Join(operationTitles(e.API, once), "” or “") +
			"”: check first whether that was carried out."
	}
	return advice
}

// draftLimit says how often and how long a program goes on under a policy.
func draftLimit(p *classify.Policy) string {
	limit := ""
	switch {
	case p.Retries == 1:
		limit = ", once"
	case p.Retries > 1:
		limit = ", at most " + strconv.Itoa(p.Retries) + " times"
	}
	if p.Within > 0 && p.Retries != 1 {
		if limit != "" {
			limit += " and"
		} else {
			limit = ","
		}
		limit += " for at most " + DurationInFull(p.Within)
	}
	return limit
}

// operationTitles names operations as people do.
func operationTitles(a *model.API, names []string) []string {
	var titles []string
	for _, op := range a.Operations {
		if slices.Contains(names, op.Name) {
			titles = append(titles, op.Title)
		}
	}
	return titles
}

func draftCause(e *model.Entry) string {
	if e.Action == classify.OK {
		return ""
	}
	switch e.Kind {
	case classify.KindTransport:
		return decided("causeFailure", e.API.Title)
	case classify.KindUnknown, classify.KindUnrecognised:
		return decided("causeUnknown", e.API.Title)
	case classify.KindStatus, classify.KindStatusClass:
		return decided("causeStatus", e.API.Title, e.Code)
	}
	return decided("causeCode", e.API.Title, EntryTitle(e))
}
