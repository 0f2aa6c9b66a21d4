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
