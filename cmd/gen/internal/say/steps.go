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
func (l *Language) Steps(e *model.Entry) []Step {
	if e.Kind == classify.KindTransport {
		return []Step{{l.Text("Was there an answer?"), l.Text("No: %s.", wire(e.Code))}}
	}
	steps := []Step{{l.Text("Was there an answer?"), l.Text("Yes.|an answer")}}
	if e.Action == classify.OK {
		return append(steps, l.successSteps(e)...)
	}
	steps = append(steps, Step{l.Text("Does it say success, with a status below 400?"), l.Text("No.|an answer")})
	return append(steps, l.failureSteps(e)...)
}

// successSteps ask for success first, and then which of the successes it is.
func (l *Language) successSteps(e *model.Entry) []Step {
	steps := []Step{{l.Text("Does it say success, with a status below 400?"), l.Text("Yes.|an answer")}}
	if !e.API.TestsSuccess() {
		steps = []Step{{l.Text("Does it hold an error code?"), l.Text("No.|an answer")}}
	}
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return append(steps, l.statusStep(e))
	case classify.KindCode, classify.KindPrefix:
		return append(steps, Step{l.Text("Which code does it hold?"), l.Text("%s.|an answer", wire(e.Code))})
	}
	return steps
}

func (l *Language) failureSteps(e *model.Entry) []Step {
	if e.Kind == classify.KindCode {
		codes := wires(append([]string{e.Code}, e.Aliases...), func(code string) string { return code })
		return []Step{{l.Text("Which code does it hold?"), l.Text("%s.|an answer", l.either(codes))}}
	}
	unlisted := Step{l.Text("Does it hold a listed code?"), l.Text("No.|an answer")}
	if e.Kind == classify.KindPrefix {
		return []Step{
			{unlisted.Question, l.Text("No, but another code.")},
			{l.Text("Which listed prefix does that code start with, longest first?"), l.Text("%s.|an answer", wire(strings.TrimSuffix(e.Code, "*")))},
		}
	}
	steps := []Step{unlisted}
	unlistedStatus := Step{l.Text("Is its status listed?"), l.Text("No.|an answer")}
	if len(e.API.Prefixes) > 0 {
		steps[0].Question = l.Text("Does it hold a listed code, or one with a listed prefix?")
	}
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return append(steps, l.statusStep(e))
	case classify.KindUnknown:
		return append(steps, unlistedStatus, Step{l.Text("Does it hold any other code?"), l.Text("Yes.|an answer")})
	}
	return append(steps, unlistedStatus, Step{l.Text("Does it hold any other code?"), l.Text("No.|an answer")})
}

func (l *Language) statusStep(e *model.Entry) Step {
	if e.Kind == classify.KindStatus {
		return Step{l.Text("Which status does it have?"), l.Text("%s.|an answer", wire(e.Code))}
	}
	question := l.Text("Which status does it have?")
	if slices.ContainsFunc(e.API.Statuses, func(s *model.Entry) bool { return s.Code[:1] == e.Code[:1] }) {
		question = l.Text("Which class is its status in, if the status itself is not listed?")
	}
	return Step{question, l.Text("%s.|an answer", wire(e.Code))}
}
