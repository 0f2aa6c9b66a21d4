package catalogjson

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Decision is what a reply means and what to do about it: the runtime's own report, and
// the entry.
type Decision struct {
	classify.Report
	Entry *Entry `json:"entry"` // what decided; null where the catalog has nothing to say
}

// NewDecision returns the form of a decision that the API's table made, with the
// message that it read in the same reply.
func NewDecision(a *model.API, d classify.Decision, message string) Decision {
	form := Decision{Report: d.Report()}
	form.Message = message
	if e := Decider(a, d); e != nil {
		entry := NewEntryOf(e, d.RequestID, d.Field)
		form.Entry = &entry
	}
	return form
}

// Decider returns the entry that made a decision, and nil where the catalog has
// nothing to say.
func Decider(a *model.API, d classify.Decision) *model.Entry {
	for _, e := range a.Entries() {
		if !d.Entry.IsZero() && e.Kind == d.Entry.Kind() && e.Code == d.Entry.Code() {
			return e
		}
	}
	return nil
}
