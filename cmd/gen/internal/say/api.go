package say

import (
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// What is said of an API's replies as a whole, in sentences.

// APIForms says how the reply forms are tried.
func (l *Language) APIForms(a *model.API) string {
	switch len(a.Forms) {
	case 0:
		return l.Say("The catalog does not describe how to read an answer. Only the status decides.")
	case 1:
		return l.Say("An answer is read in this form:")
	}
	return l.Say("An answer is read in these forms, in this order. The first form in which it says success or holds a listed code decides. If there is none, the first in which it holds any code does.")
}

// APISuccess says what makes a reply a success.
func (l *Language) APISuccess(a *model.API) string {
	if !a.TestsSuccess() {
		return l.Say("No part of the answer says success. It is a success if its status is listed as one and it holds no error code.")
	}
	return l.Say("An answer is a success only if it says so itself, and never with a status of 400 or above. A status of 200 alone proves nothing.")
}

// ReadLimits says how far and for how long the client reads a reply to an operation,
// where that is not the default.
func (l *Language) ReadLimits(o *model.Operation) string {
	switch {
	case o.Look > 0 && o.Patience > 0:
		return l.Say("The client reads the first %s of an answer, and waits for them at most %s.", l.Size(o.Look), l.Duration(o.Patience))
	case o.Look > 0:
		return l.Say("The client reads the first %s of an answer.", l.Size(o.Look))
	case o.Patience > 0:
		return l.Say("The client waits at most %s for the body of an answer.", l.Duration(o.Patience))
	}
	return ""
}

// APICodes says how a code is compared, and what it counts for.
func (l *Language) APICodes(a *model.API) string {
	if a.FoldCase {
		return l.Say("A code counts in upper and lower case alike. A listed code decides, whatever the status.")
	}
	return l.Say("A code counts only where it stands exactly as listed. A listed code decides, whatever the status.")
}
