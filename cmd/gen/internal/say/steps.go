package say

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Step is a question about a reply and the answer that leads to an entry.
type Step struct{ Question, Answer Text }

// Steps returns the questions that lead the classifier to the entry, in order.
func Steps(e *model.Entry) []Step {
	if e.Kind == classify.KindTransport {
		return []Step{{Text{plain("Was there an answer?")}, Text{plain("No: "), wire(e.Code), plain(".")}}}
	}
	steps := []Step{{Text{plain("Was there an answer?")}, Text{plain("Yes.")}}}
	if e.Action == classify.OK {
		return append(steps, successSteps(e)...)
	}
	steps = append(steps, Step{Text{plain("Does it say success, with a status below 400?")}, Text{plain("No.")}})
	return append(steps, failureSteps(e)...)
}

// successSteps ask for success first, and then which of the successes it is.
func successSteps(e *model.Entry) []Step {
	steps := []Step{{Text{plain("Does it say success, with a status below 400?")}, Text{plain("Yes.")}}}
	if !e.API.TestsSuccess() {
		steps = []Step{{Text{plain("Does it hold an error code?")}, Text{plain("No.")}}}
	}
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return append(steps, statusStep(e))
	case classify.KindCode, classify.KindPrefix:
		return append(steps, Step{Text{plain("Which code does it hold?")}, Text{wire(e.Code), plain(".")}})
	}
	return steps
}

func failureSteps(e *model.Entry) []Step {
	if e.Kind == classify.KindCode {
		answer := Text{wire(e.Code)}
		for _, alias := range e.Aliases {
			answer = append(answer, plain(" or "), wire(alias))
		}
		return []Step{{Text{plain("Which code does it hold?")}, append(answer, plain("."))}}
	}
	unlisted := Step{Text{plain("Does it hold a listed code?")}, Text{plain("No.")}}
	if e.Kind == classify.KindPrefix {
		return []Step{
			{unlisted.Question, Text{plain("No, but another code.")}},
			{Text{plain("Which listed prefix does that code start with, longest first?")}, Text{wire(strings.TrimSuffix(e.Code, "*")), plain(".")}},
		}
	}
	steps := []Step{unlisted}
	if len(e.API.Prefixes) > 0 {
		steps[0].Question = Text{plain("Does it hold a listed code, or one with a listed prefix?")}
	}
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return append(steps, statusStep(e))
	case classify.KindUnknown:
		return append(steps, unlistedStatus, Step{Text{plain("Does it hold any other code?")}, Text{plain("Yes.")}})
	}
	return append(steps, unlistedStatus, Step{Text{plain("Does it hold any other code?")}, Text{plain("No.")}})
}

var unlistedStatus = Step{Text{plain("Is its status listed?")}, Text{plain("No.")}}

func statusStep(e *model.Entry) Step {
	if e.Kind == classify.KindStatus {
		return Step{Text{plain("Which status does it have?")}, Text{wire(e.Code), plain(".")}}
	}
	question := "Which status does it have?"
	if slices.ContainsFunc(e.API.Statuses, func(s *model.Entry) bool { return s.Code[:1] == e.Code[:1] }) {
		question = "Which class is its status in, if the status itself is not listed?"
	}
	return Step{Text{plain(question)}, Text{wire(e.Code), plain(".")}}
}
