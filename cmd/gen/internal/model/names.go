package model

import "github.com/errkb/errkb/classify"

// Page returns the name of the entry's page, unique in its API: the slug of a
// code, and for other entries such as "status_429", "no_answer_timeout" or
// "unlisted_code". No slug holds an underscore.
func (e *Entry) Page() string {
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return "status_" + e.Code
	case classify.KindTransport:
		return "no_answer_" + e.Code
	case classify.KindUnknown:
		return "unlisted_code"
	case classify.KindUnrecognised:
		return "unrecognised_answer"
	}
	return e.Slug
}

// ActionConstant returns the name of an action in package classify, such as
// "WaitPoll".
func ActionConstant(a classify.Action) string {
	return [...]string{
		classify.Fail:       "Fail",
		classify.Retry:      "Retry",
		classify.Resubmit:   "Resubmit",
		classify.WaitPoll:   "WaitPoll",
		classify.FixAccount: "FixAccount",
		classify.OK:         "OK",
	}[a]
}
