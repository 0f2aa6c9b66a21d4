package say

import (
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Draft returns what to tell a customer where the author has written no
// answer: what to do first, then what happened, in the catalog's words. What is
// written for support or operators is not repeated to customers.
func Draft(e *model.Entry) string {
	parts := []string{draftAdvice(e)}
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
	switch e.Action {
	case classify.OK:
		return "Nothing needs to be done: the request succeeded."
	case classify.WaitPoll:
		return "You don't need to do anything: the result is not ready yet, and the program asks again."
	case classify.FixAccount:
		return "Please see to the account before the request is sent again."
	case classify.Fail:
		return "Please don't send the same request again unchanged: it would fail in the same way."
	}
	switch {
	case RetryStop(e.Policy, e.Action) == "":
		return "Please try again later."
	case e.Action == classify.Resubmit:
		return "You don't need to do anything yet: the program starts a new task."
	case e.NeverResent():
		return "Please check whether the request was carried out before you send it again."
	}
	return "You don't need to do anything yet: the program waits and sends the request again."
}

func draftCause(e *model.Entry) string {
	if e.Action == classify.OK {
		return ""
	}
	switch e.Kind {
	case classify.KindTransport:
		return "The call to " + e.API.Title + " got no answer."
	case classify.KindUnknown, classify.KindUnrecognised:
		return "We don't know this answer of " + e.API.Title + " yet."
	case classify.KindStatus, classify.KindStatusClass:
		return e.API.Title + " answered with status " + e.Code + "."
	}
	return e.API.Title + " answered with " + EntryTitle(e) + "."
}
