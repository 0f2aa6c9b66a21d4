package site

import (
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Snippet returns Go code that meets the entry, for a function that has a reply
// and the number of the attempt, and returns an error.
func (v entryView) Snippet() string {
	lines := []string{
		"d := " + v.API.Name + ".Classify(reply) // reply is a classify.Reply",
		"if " + v.condition() + " {",
	}
	for _, line := range v.reaction() {
		lines = append(lines, "\t"+line)
	}
	return strings.Join(append(lines, "}"), "\n")
}

// condition tests for the entry itself where Go code can name it.
func (v entryView) condition() string {
	switch {
	case v.Action == classify.OK:
		return "d.Action == classify.OK"
	case v.Kind == classify.KindCode && v.Go != "":
		return "errors.Is(d.Err(), " + v.API.Name + "." + v.Go + ")"
	case v.Kind == classify.KindStatus && v.Go != "":
		return "d.Source == classify.KindStatus && d.Status == int(" + v.API.Name + "." + v.Go + ")"
	case v.Kind == classify.KindTransport:
		return "d.Source == classify.KindTransport && d.Action == " + "classify." + model.ActionConstant(v.Action)
	case v.Kind == classify.KindUnknown:
		return "d.Source == classify.KindUnknown"
	case v.Kind == classify.KindUnrecognised:
		return "d.Source == classify.KindUnrecognised"
	}
	return "d.Action == " + "classify." + model.ActionConstant(v.Action)
}

// reaction is what to do about it.
func (v entryView) reaction() []string {
	again := "send the same request again"
	switch v.Action {
	case classify.OK:
		return []string{"return nil // use the result"}
	case classify.FixAccount:
		return []string{"return d.Err() // a person must act on the account"}
	case classify.Fail:
		return []string{"return d.Err() // the same request would fail again"}
	case classify.Resubmit:
		again = "start a new task with the same input"
	case classify.WaitPoll:
		again = "ask again"
	}
	return []string{
		"wait, ok := d.Next(attempt) // attempt counts from 0",
		"if !ok {",
		"\treturn d.Err() // no try is left",
		"}",
		"time.Sleep(wait) // then " + again,
	}
}
