package model

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// Step is a question about a reply and the answer that leads to an entry.
type Step struct{ Question, Answer Phrase }

// Steps returns the questions that lead the classifier to the entry, in order.
func (e *Entry) Steps() []Step {
	if e.Kind == classify.KindTransport {
		return []Step{{Phrase{said("Did an answer come?")}, Phrase{said("No: "), wired(e.Code), said(".")}}}
	}
	steps := []Step{{Phrase{said("Did an answer come?")}, Phrase{said("Yes.")}}}
	if e.Action == classify.OK {
		return append(steps, e.successSteps()...)
	}
	steps = append(steps, Step{Phrase{said("Does it say success, with a status below 400?")}, Phrase{said("No.")}})
	return append(steps, e.failureSteps()...)
}

// successSteps ask for success first, and then which of the successes it is.
func (e *Entry) successSteps() []Step {
	steps := []Step{{Phrase{said("Does it say success, with a status below 400?")}, Phrase{said("Yes.")}}}
	if !e.API.TestsSuccess() {
		steps = []Step{{Phrase{said("Does it hold the code of an error?")}, Phrase{said("No.")}}}
	}
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return append(steps, statusStep(e))
	case classify.KindCode, classify.KindPrefix:
		return append(steps, Step{Phrase{said("Which code does it hold?")}, Phrase{wired(e.Code), said(".")}})
	}
	return steps
}

func (e *Entry) failureSteps() []Step {
	if e.Kind == classify.KindCode {
		answer := Phrase{wired(e.Code)}
		for _, alias := range e.Aliases {
			answer = append(answer, said(" or "), wired(alias))
		}
		return []Step{{Phrase{said("Which code does it hold?")}, append(answer, said("."))}}
	}
	unlisted := Step{Phrase{said("Does it hold a code that is listed?")}, Phrase{said("No.")}}
	if e.Kind == classify.KindPrefix {
		return []Step{
			{unlisted.Question, Phrase{said("No, but another code.")}},
			{Phrase{said("Which of the listed starts does that code have, the longest first?")}, Phrase{wired(strings.TrimSuffix(e.Code, "*")), said(".")}},
		}
	}
	steps := []Step{unlisted}
	if len(e.API.Prefixes) > 0 {
		steps[0].Question = Phrase{said("Does it hold a code that is listed, or one with a listed start?")}
	}
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return append(steps, statusStep(e))
	case classify.KindUnknown:
		return append(steps, unlistedStatus, Step{Phrase{said("Does it hold any other code?")}, Phrase{said("Yes.")}})
	}
	return append(steps, unlistedStatus, Step{Phrase{said("Does it hold any other code?")}, Phrase{said("No.")}})
}

var unlistedStatus = Step{Phrase{said("Is its status listed?")}, Phrase{said("No.")}}

func statusStep(e *Entry) Step {
	if e.Kind == classify.KindStatus {
		return Step{Phrase{said("Which status does it have?")}, Phrase{wired(e.Code), said(".")}}
	}
	question := "Which status does it have?"
	if slices.ContainsFunc(e.API.Statuses, func(s *Entry) bool { return s.Code[:1] == e.Code[:1] }) {
		question = "Which status does it have, if not one that is listed itself?"
	}
	return Step{Phrase{said(question)}, Phrase{wired(e.Code), said(".")}}
}
