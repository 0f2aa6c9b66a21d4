package classify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

var (
	slotPolicy = &Policy{Name: "slot", Base: 5 * time.Second, Retries: 3}
	pollPolicy = &Policy{Name: "poll", Base: 5 * time.Second, Retries: Unlimited}
)

// taskAPI is a catalog in which every step of a decision can be reached: an API
// that answers in JSON or in plain text.
func taskAPI() *Catalog {
	return indexed(&Catalog{
		Name: "tasks",
		Forms: []Form{
			{
				Syntax: JSON,
				OK:     []Test{{At: Path{"status"}, Values: []Scalar{{Number, "1"}}}},
				Code:   []Path{{"request"}, {"error", "code"}},
			},
			{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{""}}},
		},
		Delays: []Delay{{Header: "Retry-After"}},
		Codes: []Entry{
			{Code: "ZERO_BALANCE", Action: FixAccount, Category: "account", Statuses: []uint16{402, 403}},
			{Code: "NO_SLOT", Action: Retry, Category: "transient", Policy: slotPolicy, Statuses: []uint16{429}},
			{Code: "READY", Action: OK, Category: "success"},
			{Code: "NOT_READY", Action: WaitPoll, Category: "pending", Policy: pollPolicy, ByOperation: []OperationVariant{
				{Operation: "submit", Action: Fail, Category: "permanent", Fix: "Poll with the task's number."},
			}},
			{Code: "SEEN", Action: Fail, Category: "permanent", Fix: "Change it.", ByOperation: []OperationVariant{
				{Operation: "report", Action: OK, Category: "success"},
			}},
			{Code: "08003", Action: Fail, Category: "permanent"},
		},
		Prefixes: []Entry{
			{Kind: KindPrefix, Code: "080*", Action: Retry, Category: "transient", Policy: slotPolicy},
			{Kind: KindPrefix, Code: "08*", Action: Fail, Category: "permanent"},
		},
		Statuses: []Entry{
			{Kind: KindStatus, Number: 200, Code: "200", Action: OK, Category: "success"},
			{Kind: KindStatus, Number: 201, Code: "201", Action: Fail, Category: "permanent", ByOperation: []OperationVariant{
				{Operation: "submit", Action: OK, Category: "success"},
			}},
			{Kind: KindStatus, Number: 401, Code: "401", Action: FixAccount, Category: "account"},
			{Kind: KindStatus, Number: 429, Code: "429", Action: Retry, Category: "transient", Policy: slotPolicy},
			{Kind: KindStatus, Number: 501, Code: "501", Action: Fail, Category: "permanent"},
		},
		Classes: []Entry{
			{Kind: KindStatusClass, Number: 4, Code: "4xx", Action: Fail, Category: "permanent"},
			{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Retry, Category: "transient", Policy: slotPolicy},
		},
		Transport: []Entry{
			{Kind: KindTransport, Code: "timeout", Action: Retry, Category: "transient", Policy: slotPolicy, Effect: EffectMaybe, ByOperation: []OperationVariant{
				{Operation: "submit", Action: Resubmit, Category: "resubmit", Policy: slotPolicy},
			}},
			{Kind: KindTransport, Code: "canceled", Action: Retry, Category: "transient", Policy: slotPolicy, ByOperation: []OperationVariant{
				{Operation: "submit", Action: Retry, Category: "transient", Policy: pollPolicy},
			}},
		},
		Unknown:      &Entry{Kind: KindUnknown, Code: "unknown", Action: Fail, Category: "unlisted"},
		Unrecognised: &Entry{Kind: KindUnrecognised, Code: "unrecognised", Action: Retry, Category: "unlisted", Policy: slotPolicy},
		Aliases:      []Alias{{"ERROR_ZERO_BALANCE", 1}, {"KEIN GUTHABEN", 1}},
	})
}

// verdict is the part of a decision that the order of the rules decides.
type verdict struct {
	Source Kind
	Entry  string
	Action Action
	Code   string
	Known  bool
}

func verdictOf(d Decision) verdict {
	return verdict{d.Source, d.Entry.Code(), d.Action, d.Code, d.Known}
}

func TestDecisionOrder(t *testing.T) {
	unknown := func(code string) verdict { return verdict{KindUnknown, "unknown", Fail, code, false} }
	unrecognised := verdict{KindUnrecognised, "unrecognised", Retry, "", false}
	tests := []struct {
		name      string
		status    int
		body      string
		operation Operation
		want      verdict
	}{
		// Success: by a form alone, and never under 4xx or 5xx.
		{"success", 200, `{"status":1,"request":"42"}`, "", verdict{KindSuccess, "200", OK, "", true}},
		{"success of text", 200, `OK|42`, "", verdict{KindSuccess, "200", OK, "", true}},
		{"success of a status without an entry", 202, `OK|42`, "", verdict{KindSuccess, "", OK, "", true}},
		{"success of a status whose entry fails", 201, `OK|42`, "", verdict{KindSuccess, "", OK, "", true}},
		{"success of a status whose entry is success here", 201, `OK|42`, "submit", verdict{KindSuccess, "201", OK, "", true}},
		{"success of an unknown status", 0, `OK|42`, "", verdict{KindSuccess, "", OK, "", true}},
		{"success at 399", 399, `OK|42`, "", verdict{KindSuccess, "", OK, "", true}},
		{"no success at 400", 400, `OK|42`, "", verdict{KindStatusClass, "4xx", Fail, "", true}},
		{"no success at 401", 401, `{"status":1,"request":"42"}`, "", verdict{KindStatus, "401", FixAccount, "42", false}},
		{"no success at 500", 500, `{"status":1,"request":"42"}`, "", verdict{KindStatusClass, "5xx", Retry, "42", false}},
		{"no success at 599", 599, `OK|42`, "", verdict{KindStatusClass, "5xx", Retry, "", true}},
		{"no success over 599", 600, `OK|42`, "", unrecognised},

		// Success before a listed code: what stands there is the result.
		{"a listed code beats success", 200, `{"status":1,"request":"ZERO_BALANCE"}`, "", verdict{KindCode, "ZERO_BALANCE", FixAccount, "ZERO_BALANCE", true}},
		{"result that looks like a code, at 500", 500, `{"status":1,"request":"ZERO_BALANCE"}`, "", verdict{KindCode, "ZERO_BALANCE", FixAccount, "ZERO_BALANCE", true}},
		{"success that is listed", 200, `{"status":1,"request":"READY"}`, "", verdict{KindSuccess, "READY", OK, "READY", true}},
		{"success that is listed for this operation", 202, `{"status":1,"request":"SEEN"}`, "report", verdict{KindSuccess, "SEEN", OK, "SEEN", true}},

		// An entry whose action is ok is never for a failure.
		{"listed as success, but is none", 200, `{"status":0,"request":"READY"}`, "", verdict{KindUnknown, "unknown", Fail, "READY", false}},
		{"listed as success, at 429", 429, `{"status":0,"request":"READY"}`, "", verdict{KindStatus, "429", Retry, "READY", true}},
		{"listed as success, at 500", 500, `{"status":1,"request":"READY"}`, "", verdict{KindStatusClass, "5xx", Retry, "READY", true}},
		{"listed as success for this operation", 429, `{"status":0,"request":"SEEN"}`, "report", verdict{KindStatus, "429", Retry, "SEEN", true}},
		{"200 without success", 200, `{"status":0}`, "", unrecognised},
		{"200 with an unlisted code", 200, `{"status":0,"request":"NEW"}`, "", unknown("NEW")},
		{"200 with a page", 200, `<html>`, "", unrecognised},
		{"200 with nothing", 200, ``, "", unrecognised},
		{"201 without success", 201, ``, "", verdict{KindStatus, "201", Fail, "", true}},
		{"201 without success where it would be", 201, ``, "submit", unrecognised},

		// A listed code before everything else.
		{"code", 200, `{"status":0,"request":"NO_SLOT"}`, "", verdict{KindCode, "NO_SLOT", Retry, "NO_SLOT", true}},
		{"code of text", 200, `NO_SLOT`, "", verdict{KindCode, "NO_SLOT", Retry, "NO_SLOT", true}},
		{"code at the second place", 200, `{"error":{"code":"NO_SLOT"}}`, "", verdict{KindCode, "NO_SLOT", Retry, "NO_SLOT", true}},
		{"account code at 200", 200, `ZERO_BALANCE`, "", verdict{KindCode, "ZERO_BALANCE", FixAccount, "ZERO_BALANCE", true}},
		{"transient code at 400", 400, `NO_SLOT`, "", verdict{KindCode, "NO_SLOT", Retry, "NO_SLOT", true}},
		{"permanent code at 500", 500, `SEEN`, "", verdict{KindCode, "SEEN", Fail, "SEEN", true}},
		{"permanent code at 429", 429, `SEEN`, "", verdict{KindCode, "SEEN", Fail, "SEEN", true}},
		{"code and prefix", 200, `08003`, "", verdict{KindCode, "08003", Fail, "08003", true}},
		{"alias", 200, `ERROR_ZERO_BALANCE`, "", verdict{KindCode, "ZERO_BALANCE", FixAccount, "ERROR_ZERO_BALANCE", true}},
		{"alias of two words", 200, `KEIN GUTHABEN`, "", verdict{KindCode, "ZERO_BALANCE", FixAccount, "KEIN GUTHABEN", true}},
		{"code in another case", 200, `no_slot`, "", unknown("no_slot")},

		// An operation's override.
		{"code in another operation", 200, `NOT_READY`, "result", verdict{KindCode, "NOT_READY", WaitPoll, "NOT_READY", true}},
		{"code in its operation", 200, `NOT_READY`, "submit", verdict{KindCode, "NOT_READY", Fail, "NOT_READY", true}},

		// A prefix, the longest first, before the status.
		{"longest prefix", 200, `08006`, "", verdict{KindPrefix, "080*", Retry, "08006", true}},
		{"shorter prefix", 200, `08P01`, "", verdict{KindPrefix, "08*", Fail, "08P01", true}},
		{"prefix alone", 200, `08`, "", verdict{KindPrefix, "08*", Fail, "08", true}},
		{"part of a prefix", 200, `0`, "", unknown("0")},
		{"prefix and status", 429, `08P01`, "", verdict{KindPrefix, "08*", Fail, "08P01", true}},
		{"prefix and class", 503, `08P01`, "", verdict{KindPrefix, "08*", Fail, "08P01", true}},

		// The exact status, before its class, before unknown and unrecognised.
		{"status", 429, `<html>`, "", verdict{KindStatus, "429", Retry, "", true}},
		{"status and unlisted code", 429, `NEW`, "", verdict{KindStatus, "429", Retry, "NEW", false}},
		{"status before class", 501, ``, "", verdict{KindStatus, "501", Fail, "", true}},
		{"class", 500, ``, "", verdict{KindStatusClass, "5xx", Retry, "", true}},
		{"class and unlisted code", 500, `NEW`, "", verdict{KindStatusClass, "5xx", Retry, "NEW", false}},
		{"class at its end", 499, ``, "", verdict{KindStatusClass, "4xx", Fail, "", true}},

		// Everything else.
		{"unknown", 302, `NEW`, "", unknown("NEW")},
		{"unrecognised", 302, `<html>`, "", unrecognised},
		{"no status, unknown", 0, `NEW`, "", unknown("NEW")},
		{"no status, unrecognised", 0, ``, "", unrecognised},
		{"status of one digit", 4, ``, "", unrecognised},
		{"negative status", -429, ``, "", unrecognised},
		{"status that wraps", 65536 + 429, ``, "", unrecognised},
	}
	c := taskAPI()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := c.Classify(Reply{Status: test.status, Body: []byte(test.body), Operation: test.operation})
			if got := verdictOf(d); got != test.want {
				t.Errorf("%d %s:\ngot  %+v\nwant %+v", test.status, test.body, got, test.want)
			}
			if d.Status != test.status || d.Operation != test.operation {
				t.Errorf("the decision is about %d in %q", d.Status, d.Operation)
			}
		})
	}
}

// Without a test of success in any form, it is the status that says success.
func TestDecisionOrderWithoutTests(t *testing.T) {
	c := taskAPI()
	c.Forms[0].OK, c.Forms[1].OK = nil, nil
	tests := []struct {
		name      string
		status    int
		body      string
		operation Operation
		want      verdict
	}{
		{"status", 200, `{"id":42}`, "", verdict{KindSuccess, "200", OK, "", true}},
		{"nothing", 200, ``, "", verdict{KindSuccess, "200", OK, "", true}},
		{"unlisted code at a successful status", 200, `42`, "", verdict{KindSuccess, "200", OK, "42", false}},
		{"listed code", 200, `NO_SLOT`, "", verdict{KindCode, "NO_SLOT", Retry, "NO_SLOT", true}},
		{"listed as success", 200, `READY`, "", verdict{KindSuccess, "READY", OK, "READY", true}},
		{"listed as success elsewhere", 200, `SEEN`, "report", verdict{KindSuccess, "SEEN", OK, "SEEN", true}},
		{"listed and no success", 200, `SEEN`, "", verdict{KindCode, "SEEN", Fail, "SEEN", true}},
		{"prefix", 200, `08006`, "", verdict{KindPrefix, "080*", Retry, "08006", true}},
		{"status of this operation", 201, ``, "submit", verdict{KindSuccess, "201", OK, "", true}},
		{"status of another operation", 201, ``, "", verdict{KindStatus, "201", Fail, "", true}},
		{"status without an entry", 202, ``, "", verdict{KindUnrecognised, "unrecognised", Retry, "", false}},
		{"listed as success, status without an entry", 202, `READY`, "", verdict{KindUnknown, "unknown", Fail, "READY", false}},
		{"error status", 429, ``, "", verdict{KindStatus, "429", Retry, "", true}},
		{"unknown status", 0, ``, "", verdict{KindUnrecognised, "unrecognised", Retry, "", false}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := c.Classify(Reply{Status: test.status, Body: []byte(test.body), Operation: test.operation})
			if got := verdictOf(d); got != test.want {
				t.Errorf("%d %s:\ngot  %+v\nwant %+v", test.status, test.body, got, test.want)
			}
		})
	}
}

// A class says success as well, an exact status that does not beats it, and a
// 4xx or 5xx is not a success even if an entry says so.
func TestDecisionOrderOfClasses(t *testing.T) {
	c := taskAPI()
	c.Forms[0].OK, c.Forms[1].OK = nil, nil
	c.Statuses = []Entry{{Kind: KindStatus, Number: 204, Code: "204", Action: Fail}}
	c.Classes = []Entry{
		{Kind: KindStatusClass, Number: 2, Code: "2xx", Action: OK},
		{Kind: KindStatusClass, Number: 3, Code: "3xx", Action: OK},
		{Kind: KindStatusClass, Number: 4, Code: "4xx", Action: OK},
	}
	tests := []struct {
		status int
		body   string
		want   verdict
	}{
		{200, "", verdict{KindSuccess, "2xx", OK, "", true}},
		{299, "42", verdict{KindSuccess, "2xx", OK, "42", false}},
		{200, "READY", verdict{KindSuccess, "READY", OK, "READY", true}},
		{200, "NO_SLOT", verdict{KindCode, "NO_SLOT", Retry, "NO_SLOT", true}},
		{204, "", verdict{KindStatus, "204", Fail, "", true}},
		{399, "", verdict{KindSuccess, "3xx", OK, "", true}},
		{400, "", verdict{KindUnrecognised, "unrecognised", Retry, "", false}},
	}
	for _, test := range tests {
		if got := verdictOf(c.Classify(Reply{Status: test.status, Body: []byte(test.body)})); got != test.want {
			t.Errorf("%d %s:\ngot  %+v\nwant %+v", test.status, test.body, got, test.want)
		}
	}
}

// Whether an API has a test of success does not depend on which form was read.
func TestDecisionOrderWithALaterTest(t *testing.T) {
	c := taskAPI()
	c.Forms[0].OK = nil
	d := c.Classify(Reply{Status: 200, Body: []byte(`{"request":"NEW"}`)})
	if want := (verdict{KindUnknown, "unknown", Fail, "NEW", false}); verdictOf(d) != want {
		t.Errorf("got %+v, want %+v", verdictOf(d), want)
	}
}

// What no entry covers fails, and the raw code is kept.
func TestDecisionWithoutEntries(t *testing.T) {
	c := taskAPI()
	c.Unknown, c.Unrecognised = nil, nil
	for _, test := range []struct {
		body string
		want verdict
	}{
		{"NEW", verdict{KindUnknown, "", Fail, "NEW", false}},
		{"READY", verdict{KindUnknown, "", Fail, "READY", false}},
		{"", verdict{KindUnrecognised, "", Fail, "", false}},
	} {
		d := c.Classify(Reply{Status: 200, Body: []byte(test.body)})
		if got := verdictOf(d); got != test.want || d.Category != "" || d.Policy != nil {
			t.Errorf("%q: got %+v, want %+v", test.body, got, test.want)
		}
	}
	c.Unknown, c.Unrecognised = &Entry{Action: OK}, &Entry{Action: OK}
	for _, body := range []string{"NEW", ""} {
		if d := c.Classify(Reply{Status: 200, Body: []byte(body)}); d.Action != Fail || d.Entry != nothing {
			t.Errorf("%q: an entry for everything else makes it %s", body, d.Action)
		}
	}
	for _, c := range []*Catalog{nil, {}} {
		for _, r := range []Reply{{}, {Status: 200, Body: []byte("x")}, {Err: context.Canceled}, {Err: FailureTimeout}} {
			d := c.Classify(r)
			if _, again := d.Next(0); d.Action != Fail || d.Entry.IsZero() || d.Known || again || len(d.Why()) == 0 || d.Err() == nil || d.Disagrees() {
				t.Errorf("an empty catalog says %+v", d)
			}
		}
	}
}

func TestDecisionOverride(t *testing.T) {
	c := taskAPI()
	d := c.Classify(Reply{Status: 200, Body: []byte("NOT_READY"), Operation: "submit"})
	if d.Category != "permanent" || d.Fix != "Poll with the task's number." || d.Policy != nil {
		t.Errorf("the override is not taken: %+v", d)
	}
	if why := strings.Join(d.Why(), "; "); !strings.Contains(why, "override for operation submit") {
		t.Errorf("no word of the override: %s", why)
	}
	for _, operation := range []Operation{"", "result", "Submit"} {
		d := c.Classify(Reply{Status: 200, Body: []byte("NOT_READY"), Operation: operation})
		if d.Category != "pending" || d.Policy != pollPolicy {
			t.Errorf("operation %q takes the override", operation)
		}
	}
}

func TestDecisionFold(t *testing.T) {
	c := taskAPI()
	c.FoldCase = true
	c.Codes = append(c.Codes, Entry{Code: "straße_k"}, Entry{Code: "ΣΟΦΟΣ"})
	c.Prefixes = append(c.Prefixes, Entry{Kind: KindPrefix, Code: "kelvin_*"}, Entry{Kind: KindPrefix, Code: "ſm*"})
	indexed(c)
	tests := []struct{ text, entry string }{
		{"NO_SLOT", "NO_SLOT"},
		{"no_slot", "NO_SLOT"},
		{"No_sLOT", "NO_SLOT"},
		{"NO_\u017fLOT", "NO_SLOT"}, // long s
		{"error_zero_balance", "ZERO_BALANCE"},
		{"kein guthaben", "ZERO_BALANCE"},
		{"STRAßE_K", "straße_k"},
		{"STRAẞE_\u212a", "straße_k"}, // capital sharp s, Kelvin sign
		{"STRASSE_K", ""},             // that would be full folding
		{"σοφος", "ΣΟΦΟΣ"},
		{"σοφο\u03c2", "ΣΟΦΟΣ"}, // final sigma
		{"Kelvin_9", "kelvin_*"},
		{"\u212aELVIN_9", "kelvin_*"},
		{"\u212aelvi", ""},
		{"\u212a", ""},
		{"SMALL", "ſm*"},
		{"08p01", "08*"},
		{"no-slot", ""},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			d := c.Classify(Reply{Status: 302, Body: []byte(test.text)})
			if want := test.entry; want == "" && d.Source != KindUnknown || want != "" && d.Entry.Code() != want {
				t.Errorf("got %+v, want %q", verdictOf(d), want)
			}
			if d.Code != test.text {
				t.Errorf("the code is kept as %q", d.Code)
			}
			if entry, ok := c.Lookup(test.text); ok != (d.Source == KindCode) || ok && entry != d.Entry {
				t.Errorf("Lookup = %v, %t", entry, ok)
			}
		})
	}
}

func TestDecisionOfFailure(t *testing.T) {
	c := taskAPI()
	tests := []struct {
		name      string
		err       error
		operation Operation
		failure   Failure
		want      verdict
		policy    *Policy
	}{
		{"timeout", FailureTimeout, "", FailureTimeout, verdict{KindTransport, "timeout", Retry, "", true}, slotPolicy},
		{"timeout in an operation", FailureTimeout, "submit", FailureTimeout, verdict{KindTransport, "timeout", Resubmit, "", true}, slotPolicy},
		{"deadline", fmt.Errorf("post: %w", context.DeadlineExceeded), "", FailureTimeout, verdict{KindTransport, "timeout", Retry, "", true}, slotPolicy},
		{"no entry", FailureDNS, "", FailureDNS, verdict{KindTransport, "", Fail, "", false}, nil},
		{"no kind", errors.New("no money"), "", "", verdict{KindTransport, "", Fail, "", false}, nil},
		{"separate kind", Failure("code"), "", "code", verdict{KindTransport, "", Fail, "", false}, nil},
		{"cancelled", context.Canceled, "", FailureCanceled, verdict{KindTransport, "canceled", Fail, "", true}, nil},
		{"cancelled in an operation", context.Canceled, "submit", FailureCanceled, verdict{KindTransport, "canceled", Fail, "", true}, nil},
		{"cancelled and timed out", errors.Join(context.DeadlineExceeded, context.Canceled), "", FailureCanceled, verdict{KindTransport, "canceled", Fail, "", true}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// A reply beside the error is ignored.
			d := c.Classify(Reply{Status: 200, Body: []byte("OK|1"), Err: test.err, Operation: test.operation, Header: http.Header{"Retry-After": {"30"}}})
			if got := verdictOf(d); got != test.want || d.Failure != test.failure || d.Policy != test.policy {
				t.Errorf("got %+v of %q by %v, want %+v", got, d.Failure, d.Policy, test.want)
			}
			if d.HasServerDelay {
				t.Error("there was no reply, and yet a delay in it")
			}
			// What was sent may have been carried out; a resubmit starts over all the same.
			if _, again := d.Next(0); again != (test.want.Action == Resubmit) {
				t.Errorf("again is %t", again)
			}
			if next := d.Resend(Attempt{Repeatable: true}); next.Again != (test.policy != nil) {
				t.Errorf("of a repeatable call: %+v", next)
			}
		})
	}
}

// A decision holds nothing of the reply's own memory.
func TestDecisionKeepsItsCode(t *testing.T) {
	c := taskAPI()
	for _, body := range []string{"NEW_CODE", `{"request":"NEW_CODE"}`, `{"request":"NEW\u005fCODE"}`} {
		reply := Reply{Status: 200, Body: []byte(body)}
		d := c.Classify(reply)
		clear(reply.Body)
		if d.Code != "NEW_CODE" {
			t.Errorf("the code of %s becomes %q", body, d.Code)
		}
	}
}

func TestDecisionsCompare(t *testing.T) {
	c := taskAPI()
	reply := Reply{Status: 429, Body: []byte("NEW"), Header: http.Header{"Retry-After": {"30"}}}
	first := c.Classify(reply)
	if again := c.Classify(reply); again != first {
		t.Errorf("%+v and %+v", first, again)
	}
	reply.Header = http.Header{"Retry-After": {"31"}}
	if other := c.Classify(reply); other == first {
		t.Error("two delays, one decision")
	}
	if seen := map[Decision]bool{first: true}; !seen[first] {
		t.Error("a decision is not a key")
	}
}
