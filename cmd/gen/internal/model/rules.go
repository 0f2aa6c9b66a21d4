package model

import (
	"strconv"

	"github.com/errkb/errkb/classify"
)

// What is said of an API's replies as a whole, in sentences.

// FormsRule says how the reply forms are tried.
func (a *API) FormsRule() string {
	switch len(a.Forms) {
	case 0:
		return "The catalog describes no form of answer. The status alone decides."
	case 1:
		return "An answer is read in this form:"
	}
	return "An answer is read in these forms, in this order. The first in which it says success or holds a code decides."
}

// SuccessRule says what makes a reply a success.
func (a *API) SuccessRule() string {
	if !a.TestsSuccess() {
		return "No part of the answer says success. It is a success if its status is listed as one and it holds no code of an error."
	}
	return "An answer is a success only if it says so itself, and never with a status of 400 or above. A status of 200 alone proves nothing."
}

// CodesRule says how a code is compared, and what it counts for.
func (a *API) CodesRule() string {
	rule := "A code counts only where it stands exactly as listed."
	if a.FoldCase {
		rule = "A code counts in upper and lower case alike."
	}
	return rule + " A listed code decides, whatever the status."
}

// RetryText is the entry's retry rule in words, with what differs between
// operations.
func (e *Entry) RetryText() string {
	rule := RetryRule(e.Policy, e.Action)
	switch held := e.HeldBack(); {
	case len(held) > 0 && len(held) == len(e.Operations):
		return "not by itself"
	case len(held) > 0:
		rule += ", but not " + Or(held)
	}
	for _, o := range e.Overrides {
		if RetryRule(o.Policy, o.Action) != RetryRule(e.Policy, e.Action) {
			return rule + "; differs by operation"
		}
	}
	return rule
}

// RetryTextIn is the retry rule of one of the entry's overrides in words.
func (e *Entry) RetryTextIn(o Override) string {
	for _, held := range e.HeldBack() {
		if held == o.Operation {
			return "not by itself"
		}
	}
	return RetryRule(o.Policy, o.Action)
}

// HasFrequency reports whether the catalog says how often the entry is met, or
// how bad it is.
func (e *Entry) HasFrequency() bool { return e.Frequency != "" || e.Severity != "" || e.Impact != "" }

// KindText says what the entry is, to stand before the title of its API, such as
// "Code of".
func (e *Entry) KindText() string {
	switch e.Kind {
	case classify.KindPrefix:
		return "Codes with a common start, of"
	case classify.KindStatus:
		return "HTTP status of"
	case classify.KindStatusClass:
		return "Class of HTTP statuses of"
	case classify.KindTransport:
		return "Failed call to"
	case classify.KindUnknown, classify.KindUnrecognised:
		return "Answer of"
	}
	return "Code of"
}

// StatusEntry returns the entry of a status or else of its class, or nil.
func (a *API) StatusEntry(status int) *Entry {
	code := strconv.Itoa(status)
	for _, e := range a.Statuses {
		if e.Code == code {
			return e
		}
	}
	for _, e := range a.Classes {
		if e.Code[:1] == code[:1] {
			return e
		}
	}
	return nil
}

// Heading returns the title of the catalog, or what stands for one.
func (c *Catalog) Heading() string {
	if c.Title == "" {
		return "API errors"
	}
	return c.Title
}
