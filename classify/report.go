package classify

import (
	"encoding/json"
	"log/slog"
	"time"
)

// Report is a decision as plain values. Its JSON is that of a decision and of a
// [*ReplyError]. Members may be added; these stay. What the catalog says is secret is in
// none of them.
type Report struct {
	API           string    `json:"api"`       // the catalog's name; empty where none was asked
	Operation     string    `json:"operation"` // empty where it is not known
	Status        int       `json:"status"`    // 0 where it is not known
	Source        string    `json:"source"`    // success, code, prefix, status, status_class, unknown, unrecognised or transport; none where no catalog decided
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

	Message   string `json:"message"`   // the API's own text for people; empty for none, and of a decision without its reply
	Failure   string `json:"failure"`   // why there was no reply; empty where there was one
	Policy    string `json:"policy"`    // the policy's name
	Disagrees bool   `json:"disagrees"` // the code and the status say different things
	Effect    string `json:"effect"`    // may the request have taken effect: none or maybe
	Again     bool   `json:"again"`     // the request is to be sent again, or the result asked for again, or the task started again
	Stop      string `json:"stop"`      // why not; empty where it is, and for success
}

// Report returns the decision as plain values. It has no Message, which only the reply
// holds: see [Catalog.Message].
func (d Decision) Report() Report {
	report := Report{
		Operation:  string(d.Operation),
		Status:     d.Status,
		Source:     d.Source.String(),
		Code:       d.Code,
		Known:      d.Known,
		Category:   string(d.Category),
		Action:     d.Action.String(),
		Meaning:    d.meaning(),
		Fix:        d.Fix,
		WaitSource: d.WaitSource().String(),
		Why:        d.Why(),
		Also:       d.Also,
		Variant:    int(d.Variant),
		Override:   int(d.Override),
		RequestID:  d.RequestID,
		Field:      d.Field,
		Undecided:  d.Undecided(),
		URL:        d.Entry.URL(),
		Failure:    string(d.Failure),
		Disagrees:  d.Disagrees(),
		Effect:     d.Effect.String(),
	}
	if d.catalog != nil {
		report.API = d.catalog.Name
	}
	if d.Policy != nil {
		report.Policy, report.Retries = d.Policy.Name, d.Policy.Retries
	}
	if next := d.Resend(Attempt{}); next.Again {
		report.Again = true
	} else if d.Action != OK {
		report.Stop = next.Reason.String()
	}
	if shortest, longest, waits := d.Bounds(0); waits && report.Retries == 0 {
		report.WaitSource = WaitNone.String()
	} else if waits {
		report.WaitMS = &[2]int64{milliseconds(shortest), milliseconds(longest)}
	}
	if d.HasServerDelay {
		delay := milliseconds(d.ServerDelay)
		report.ServerDelayMS = &delay
	}
	return report
}

// milliseconds rounds to the nearest.
func milliseconds(d time.Duration) int64 { return d.Round(time.Millisecond).Milliseconds() }

// MarshalJSON returns the decision's [Report] as JSON. There is no way back: a decision
// belongs to its catalog.
func (d Decision) MarshalJSON() ([]byte, error) { return json.Marshal(d.Report()) }

// MarshalJSON returns the [Report] of the decision, with the API's own message, and in the
// member error the text of the error. If nobody has asked a catalog, the report has only
// what is known without: the status and the operation.
func (e *ReplyError) MarshalJSON() ([]byte, error) {
	if e == nil {
		return []byte("null"), nil
	}
	d := e.Decision
	if e.unasked() {
		d.Status, d.Operation = e.Reply.Status, e.Reply.Operation
	}
	report := d.Report()
	report.Message = d.catalog.Message(e.Reply)
	return json.Marshal(struct {
		Report
		Error string `json:"error"`
	}{report, e.Error()})
}

// LogValue is the error in a log: what the decision is there, and the text of the error.
// If nobody has asked a catalog, it has the status in place of a decision.
func (e *ReplyError) LogValue() slog.Value {
	if e == nil {
		return slog.StringValue(nilText(e))
	}
	text := slog.String("exception.message", e.Error())
	if !e.unasked() {
		return slog.GroupValue(e.Decision.attributes(text)...)
	}
	all := []slog.Attr{slog.String("error.type", e.ErrorType()), text}
	if e.Reply.Status != 0 {
		all = append(all, slog.Int("http.response.status_code", e.Reply.Status))
	}
	return slog.GroupValue(all...)
}
