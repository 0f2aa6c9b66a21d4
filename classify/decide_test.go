package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// A catalog may have any of what is asked beside the code, with a body or without.
func TestWhatACatalogAsksBesideTheCode(t *testing.T) {
	const variant, override, requestID, field, secret, all = 1, 2, 4, 8, 16, 31
	for asked := range all + 1 {
		for _, body := range []string{"", `{"id":7}`} {
			c := &Catalog{Forms: []Form{{Syntax: JSON}}, Unrecognised: &Entry{Kind: KindUnrecognised, Action: Fail}}
			if asked&variant != 0 {
				c.Unrecognised.Variants = []Variant{{When: []Test{{Kind: HeaderPresent, Header: "X-Id"}}}}
			}
			if asked&override != 0 {
				c.Overrides = []Override{{When: []Test{{Kind: HeaderPresent, Header: "X-Id"}}}}
			}
			if asked&requestID != 0 {
				c.RequestID = []Place{{Header: "X-Id"}}
			}
			if asked&field != 0 {
				c.Field = []Place{{Header: "X-Field"}}
			}
			if asked&secret != 0 {
				c.Secret = []Place{{Header: "X-Key"}}
			}
			d := c.Classify(Reply{Status: 500, Body: []byte(body), Header: http.Header{"X-Id": {"id of hush"}, "X-Field": {"field"}, "X-Key": {"hush"}}})
			want := fmt.Sprintf("variant %d, override %d, id %q, field %q", asked&variant, asked&override/override,
				map[int]string{requestID: "id of hush", requestID | secret: "id of [secret]"}[asked&(requestID|secret)], map[int]string{field: "field"}[asked&field])
			if got := fmt.Sprintf("variant %d, override %d, id %q, field %q", d.Variant, d.Override, d.RequestID, d.Field); got != want {
				t.Errorf("%05b, body %q: %s, want %s", asked, body, got, want)
			}
		}
	}
}

// A code can be as short as a character.
func TestCodeOfOneCharacter(t *testing.T) {
	c := indexed(&Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{""}}}}, Codes: []Entry{{Code: "7", Action: FixAccount}}})
	if d := c.Classify(Reply{Status: 200, Body: []byte("7")}); d.Source != KindCode || d.Action != FixAccount {
		t.Errorf("it is %s by %s", d.Action, d.Source)
	}
}

// An override is for replies: without one it holds for none, whatever it asks.
func TestOverrideIsForReplies(t *testing.T) {
	always := []Test{{Kind: Not, Tests: []Test{{Kind: HeaderPresent, Header: "X-None"}}}}
	c := &Catalog{
		Forms:     []Form{{Syntax: Text, Code: []Path{{""}}}},
		Transport: []Entry{{Kind: KindTransport, Code: "timeout", Variants: []Variant{{When: []Test{{Kind: OperationIs, Operations: []Operation{"read"}}}, Action: FixAccount}}}},
		Unknown:   &Entry{Kind: KindUnknown},
		Overrides: []Override{{When: always, Sets: true, Action: Retry, Policy: slotPolicy}},
	}
	for operation, want := range map[Operation]Action{"read": FixAccount, "write": Fail} {
		if d := c.Classify(Reply{Err: FailureTimeout, Operation: operation}); d.Override != 0 || d.Action != want {
			t.Errorf("%s: %s by override %d, want %s", operation, d.Action, d.Override, want)
		}
	}
	if d := c.Classify(Reply{Status: 200, Body: []byte("NEW")}); d.Override != 1 || d.Action != Retry {
		t.Errorf("a code: %s by override %d", d.Action, d.Override)
	}
}

// What an override does not say stays.
func TestOverrideLeavesWhatItDoesNotSay(t *testing.T) {
	c := &Catalog{
		Statuses:  []Entry{{Kind: KindStatus, Number: 400, Code: "400", Action: FixAccount, Category: "request", Fix: "Mend it"}},
		Overrides: []Override{{When: []Test{{Kind: HeaderPresent, Header: "X-Again"}}, Sets: true, Action: Retry, Policy: slotPolicy}},
	}
	d := c.Classify(Reply{Status: 400, Header: http.Header{"X-Again": {"1"}}})
	if d.Action != Retry || d.Policy != slotPolicy || d.Category != "request" || d.Fix != "Mend it" {
		t.Errorf("%s by %v, category %q, fix %q", d.Action, d.Policy, d.Category, d.Fix)
	}
}

// A decision that names no operation takes what its entry says in that of the call, unless
// something finer decided.
func TestDecisionInTheOperationOfTheCall(t *testing.T) {
	has := func(name string) []Test { return []Test{{Kind: HeaderPresent, Header: name}} }
	entry := Entry{Kind: KindStatus, Number: 503, Code: "503", Action: Fail, Effect: EffectMaybe,
		Variants:    []Variant{{When: has("Variant"), Action: FixAccount}},
		ByOperation: []OperationVariant{{Operation: "read", Action: Resubmit, Policy: slotPolicy}, {Operation: "pay", Action: WaitPoll}},
	}
	c := &Catalog{Statuses: []Entry{entry}, Overrides: []Override{{When: has("Override"), Sets: true, Action: FixAccount}}}
	for _, test := range []struct {
		header    string
		operation Operation
		want      Action
	}{
		{"None", "", Resubmit}, {"None", "pay", WaitPoll}, {"None", "other", Fail}, {"Variant", "", FixAccount}, {"Override", "", FixAccount},
	} {
		d := c.Classify(Reply{Status: 503, Operation: test.operation, Header: http.Header{test.header: {"1"}}})
		_, err := Do(t.Context(), &Options{Catalog: c, Operation: "read"}, playing(d.Err()).call)
		stop, ok := errors.AsType[*Error](err)
		if !ok || stop.Decision.Action != test.want {
			t.Errorf("%s in %q: %v, want %s", test.header, test.operation, err, test.want)
		}
	}
}

// What an error proves of its effect stays where the operation of the call says otherwise of
// all else.
func TestEffectInTheOperationOfTheCall(t *testing.T) {
	c := retryAPI(&Policy{Retries: 1})
	c.Transport = []Entry{{Kind: KindTransport, Code: "connection", Action: Fail, Effect: EffectMaybe,
		ByOperation: []OperationVariant{{Operation: "pay", Action: Retry, Policy: &Policy{Retries: 1}}}}}
	d := c.Classify(Reply{Err: &net.OpError{Op: "dial", Err: io.EOF}})
	_, err := Do(t.Context(), &Options{Catalog: c, Operation: "pay"}, playing(d.Err()).call)
	stopped(t, err, ReasonExhausted, 2)
}

// Nothing of a catalog's codes is in an error that its user makes of a success.
func TestSuccessHasNoTypedCode(t *testing.T) {
	c := taskAPI()
	c.TypedCode = func(number uint16) error { return typedCode(number) }
	d := c.Classify(Reply{Status: 200, Body: []byte(`{"status":1,"request":"READY"}`)})
	if err := (&Error{Decision: d}); d.Entry.Code() != "READY" || errors.Is(err, typedCode(d.Entry.Number())) {
		t.Errorf("%v holds the code %s", err, d.Entry.Code())
	}
}

// Where codes may come with a status that says success, a long document that is cut leaves
// the reply undecided, and a long text or data does not.
func TestSuccessByStatusOfACutBody(t *testing.T) {
	c := statusShop()
	c.Codes[0].Statuses = nil
	c.Endpoints = append(c.Endpoints, Endpoint{Operation: "short", Look: 1})
	filled := func(start string, size int) string { return start + strings.Repeat("x", size-len(start)) }
	for _, test := range []struct {
		body      string
		undecided bool
	}{
		{filled(`{"items":"`, 2*MaxBody), true}, {filled(` {"items":"`, 2*MaxBody), true}, {filled("\ufeff\n[\"", 2*MaxBody), true}, {filled("<a>", 2*MaxBody), true},
		{filled("x{", 2*MaxBody), false}, {filled("x", leastLook+1), false}, {filled(" x", leastLook+1), true},
	} {
		resp := response("GET", "/", 200, test.body)
		resp.Request = resp.Request.WithContext(WithOperation(context.Background(), "short"))
		d := c.ClassifyResponse(resp)
		if d.Undecided() != test.undecided || !test.undecided && d.Action != OK || test.undecided && d.Entry.Code() != "unrecognised" {
			t.Errorf("%.9q, %d bytes: %s by %s, undecided %t", test.body, len(test.body), d.Action, d.Entry.Code(), d.Undecided())
		}
	}
}
