package catalogjson

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Decision is what a reply means and what to do about it.
type Decision struct {
	API           string    `json:"api"`
	Operation     string    `json:"operation"` // empty where it is not known
	Status        int       `json:"status"`    // 0 where it is not known
	Source        string    `json:"source"`    // success, code, prefix, status, status_class, unknown, unrecognised or transport
	Code          string    `json:"code"`      // as on the wire
	Known         bool      `json:"known"`     // the catalog lists what the reply holds
	Category      string    `json:"category"`
	Action        string    `json:"action"`
	Meaning       string    `json:"meaning"`
	Fix           string    `json:"fix"`
	Retries       int       `json:"retries"`         // -1 for unlimited, 0 for none
	WaitMS        *[2]int64 `json:"wait_ms"`         // the shortest and longest wait before retry 1; null for no retry
	WaitSource    string    `json:"wait_source"`     // policy, server or none
	ServerDelayMS *int64    `json:"server_delay_ms"` // what the server asked for; null for nothing
	Why           []string  `json:"why"`

	Also     string `json:"also"`     // a finer code in the same reply that the catalog does not list
	Variant  int    `json:"variant"`  // which of the entry's variants holds, from 1; 0 for none
	Override int    `json:"override"` // which of the API's overrides holds, from 1; 0 for none

	RequestID string `json:"request_id"` // how the reply names the request; empty for not, and for success
	Field     string `json:"field"`      // how it names the part of the request that is at fault; empty for not, and for success

	Undecided bool `json:"undecided"` // the body is cut, and what is there says neither success nor failure

	URL string `json:"url"` // the page of what decided in the published site; empty where there is none

	Message   string `json:"message"`   // the API's own text for people, as on the wire
	Failure   string `json:"failure"`   // why there was no reply; empty where there was one
	Policy    string `json:"policy"`    // the policy's name
	Disagrees bool   `json:"disagrees"` // the code and the status say different things
	Effect    string `json:"effect"`    // may the request have taken effect: none or maybe
	Again     bool   `json:"again"`     // the request is to be sent again, or the result asked for again, or the task started again
	Stop      string `json:"stop"`      // why not; empty where it is, and for success
	Entry     *Entry `json:"entry"`     // what decided; null where the catalog has nothing to say
}

// NewDecision returns the form of a decision that the API's table made, with the
// message that it read in the same reply.
func NewDecision(a *model.API, d classify.Decision, message string) Decision {
	form := Decision{
		API:        a.Name,
		Operation:  string(d.Operation),
		Status:     d.Status,
		Source:     d.Source.String(),
		Code:       d.Code,
		Known:      d.Known,
		Category:   string(d.Category),
		Action:     d.Action.String(),
		Fix:        d.Fix,
		Retries:    retries(d.Policy),
		WaitSource: d.WaitSource().String(),
		Why:        texts(d.Why()),
		Also:       d.Also,
		Variant:    int(d.Variant),
		Override:   int(d.Override),
		RequestID:  d.RequestID,
		Field:      d.Field,
		Undecided:  d.Undecided(),
		Message:    message,
		Failure:    string(d.Failure),
		Policy:     policyName(d.Policy),
		Disagrees:  d.Disagrees(),
		Effect:     d.Effect.String(),
	}
	if next := d.Resend(classify.Attempt{}); next.Again {
		form.Again = true
	} else if d.Action != classify.OK {
		form.Stop = next.Reason.String()
	}
	if shortest, longest, waits := d.Bounds(0); waits && form.Retries == 0 {
		form.WaitSource = classify.WaitNone.String()
	} else if waits {
		form.WaitMS = &[2]int64{milliseconds(shortest), milliseconds(longest)}
	}
	if d.HasServerDelay {
		delay := milliseconds(d.ServerDelay)
		form.ServerDelayMS = &delay
	}
	if e := Decider(a, d); e != nil {
		entry := NewEntryOf(e, d.RequestID, d.Field)
		form.Meaning, form.Entry, form.URL = e.In(d).Meaning, &entry, e.URL()
	}
	return form
}

// Decider returns the entry that made a decision, and nil where the catalog has
// nothing to say.
func Decider(a *model.API, d classify.Decision) *model.Entry {
	for _, e := range a.Entries() {
		if d.Entry != nil && e.Kind == d.Entry.Kind && e.Code == d.Entry.Code {
			return e
		}
	}
	return nil
}
