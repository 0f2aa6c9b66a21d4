package classify

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
)

// One reply has one error, whichever way the caller makes it of the reply.
func TestErrAndCheckAreOne(t *testing.T) {
	c := retryAPI(&Policy{Retries: 2})
	for name, test := range map[string]struct {
		reply Reply
		text  string
		is    error // nil for none
		kind  string
	}{
		"code":     {Reply{Status: 200, Header: map[string][]string{"X-Code": {"MAINTENANCE"}}}, "MAINTENANCE: Closed for maintenance (Try tomorrow)", errMaintenance, "MAINTENANCE"},
		"status":   {Reply{Status: 429}, "Too many requests (Slow down)", nil, "429"},
		"unlisted": {Reply{Status: 302, Header: map[string][]string{"X-Code": {"NEW"}}}, `"NEW": reply with status 302`, nil, "_OTHER"},
		"nothing":  {Reply{Status: 302}, "reply with status 302", nil, "_OTHER"},
		"no reply": {Reply{Err: FailureTimeout}, "No answer in time: timeout", FailureTimeout, "timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			for from, err := range map[string]error{"Check": c.Check(test.reply), "Err": c.Classify(test.reply).Err()} {
				carried, ok := err.(*ReplyError)
				if !ok {
					t.Fatalf("%s returns %T", from, err)
				}
				if got := err.Error(); got != test.text {
					t.Errorf("%s: the text is %q, want %q", from, got, test.text)
				}
				if test.is != nil && !errors.Is(err, test.is) {
					t.Errorf("%s: %v is not found in %v", from, test.is, err)
				}
				if got := carried.ErrorType(); got != test.kind {
					t.Errorf("%s: the type is %q, want %q", from, got, test.kind)
				}
				if carried.Reply.Status != test.reply.Status || carried.Decision != c.Classify(test.reply) {
					t.Errorf("%s carries %+v", from, carried)
				}
			}
		})
	}
}

// Options without a catalog follow no decision, and Decide has the last word on one.
func TestDoDecidesADecision(t *testing.T) {
	c := retryAPI(&Policy{Retries: 2})
	fail := c.Classify(Reply{Status: 429}).Err()
	_, err := Do(t.Context(), &Options{}, playing(fail).call)
	if stop := stopped(t, err, ReasonDecision, 1); !strings.HasSuffix(stop.Error(), "the options have no Catalog") {
		t.Error(stop)
	}
	paid := c.Classify(Reply{Status: 503, Operation: "pay"}).Err()
	_, err = Do(t.Context(), &Options{Catalog: c, Operation: "look"}, playing(paid).call)
	if stop := stopped(t, err, ReasonEffect, 1); stop.Decision.Operation != "pay" {
		t.Error(stop)
	}
	_, err = Do(t.Context(), &Options{Catalog: c, Decide: func(d Decision) Decision { d.Action = FixAccount; return d }}, playing(fail).call)
	if stop := stopped(t, err, ReasonDecision, 1); stop.Decision.Action != FixAccount {
		t.Error(stop)
	}
}

// A reply that nobody asked a catalog about is named by its status, if that is an error's.
func TestErrorTypeOfABareReply(t *testing.T) {
	page := &Catalog{Statuses: []Entry{{Kind: KindStatus, Number: 503, Code: "503", Meaning: "Down", URL: "https://errors.test/503"}}}
	for _, test := range []struct {
		err        error
		kind, text string
	}{
		{&ReplyError{Reply: Reply{Status: 400}}, "400", "reply with status 400"},
		{&ReplyError{Reply: Reply{Status: 399}}, "_OTHER", "reply with status 399"},
		{&ReplyError{Reply: Reply{Status: 503, Err: io.EOF}}, "_OTHER", "EOF"},
		{retryAPI(&Policy{}).Check(Reply{Status: 503, Header: map[string][]string{"X-Code": {"MAINTENANCE"}}}), "MAINTENANCE", "MAINTENANCE: Closed for maintenance (Try tomorrow)"},
		{Decision{Status: 503}.Err(), "_OTHER", "reply with status 503"},
		{Decision{Status: 503, Fix: "Wait"}.Err(), "_OTHER", "reply with status 503 (Wait)"},
		{page.Check(Reply{Status: 503}), "503", "Down; see https://errors.test/503"},
	} {
		if kind := test.err.(*ReplyError).ErrorType(); kind != test.kind || test.err.Error() != test.text {
			t.Errorf("%s %q, want %s %q", kind, test.err, test.kind, test.text)
		}
	}
}

// A decision that is returned as an error is followed as the reply would be.
func TestDoFollowsADecision(t *testing.T) {
	c := retryAPI(&Policy{Retries: 2})
	c.Statuses[4].ByOperation = []OperationVariant{{Operation: "read", Action: Fail}}
	for name, test := range map[string]struct {
		reply     Reply
		operation Operation
		calls     int
		reason    Reason
	}{
		"retry":                        {Reply{Status: 429}, "pay", 3, ReasonExhausted},
		"stop":                         {Reply{Status: 400}, "read", 1, ReasonDecision},
		"effect":                       {Reply{Status: 503}, "pay", 1, ReasonEffect},
		"repeatable":                   {Reply{Status: 503}, "look", 3, ReasonExhausted},
		"what differs in an operation": {Reply{Status: 503}, "read", 1, ReasonDecision},
		"no reply":                     {Reply{Err: FailureConnection}, "read", 3, ReasonExhausted},
		"nothing sent":                 {Reply{Err: &net.OpError{Op: "dial", Err: io.EOF}}, "pay", 3, ReasonExhausted},
	} {
		t.Run(name, func(t *testing.T) {
			for from, fail := range map[string]error{"Check": c.Check(test.reply), "Err": c.Classify(test.reply).Err()} {
				_, err := Do(t.Context(), &Options{Catalog: c, Operation: test.operation}, playing(fail).call)
				stop := stopped(t, err, test.reason, test.calls)
				if stop.Decision.Operation != test.operation {
					t.Errorf("%s: the decision is about %q", from, stop.Decision.Operation)
				}
			}
		})
	}
	_, err := Do(t.Context(), &Options{Catalog: c, Operation: "read"}, playing(Decision{}.Err()).call)
	stopped(t, err, ReasonDecision, 1)
}

// errorTyper is what OpenTelemetry asks an error for.
type errorTyper interface{ ErrorType() string }

func TestErrorsSayTheirType(t *testing.T) {
	c := retryAPI(&Policy{})
	_, limited := Do(t.Context(), &Options{Catalog: c}, playing(status(429)).call)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, canceled := Do(ended, &Options{Catalog: c}, playing(nil).call)
	for want, err := range map[string]error{
		"429":      limited,
		"503":      &ReplyError{Reply: Reply{Status: 503}},
		"canceled": canceled,
		"dns":      FailureDNS,
		"404":      &JobError[string]{Err: &Error{Decision: c.Classify(Reply{Status: 404})}},
	} {
		if typed, ok := err.(errorTyper); !ok || typed.ErrorType() != want {
			t.Errorf("%T is not %q: %v", err, want, err)
		}
	}
	for _, err := range []error{(*Error)(nil), (*ReplyError)(nil), &Error{}, &ReplyError{}, &ReplyError{Reply: Reply{Status: 200}}} {
		if got := err.(errorTyper).ErrorType(); got != "_OTHER" {
			t.Errorf("%T is %q", err, got)
		}
	}
}
