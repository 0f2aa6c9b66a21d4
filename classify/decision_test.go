package classify

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDecisionNext(t *testing.T) {
	thrice := &Policy{Base: time.Second, Retries: 3}
	tests := []struct {
		name  string
		d     Decision
		n     int
		wait  time.Duration
		again bool
	}{
		{"zero decision", Decision{}, 0, 0, false},
		{"fail with a policy", Decision{Policy: thrice}, 0, 0, false},
		{"fix account with a policy", Decision{Action: FixAccount, Policy: thrice}, 0, 0, false},
		{"ok with a policy", Decision{Action: OK, Policy: thrice}, 0, 0, false},
		{"no policy", Decision{Action: Retry}, 0, 0, false},
		{"action out of range", Decision{Action: 99, Policy: thrice}, 0, 0, false},
		{"zero policy", Decision{Action: Retry, Policy: &Policy{}}, 0, 0, false},
		{"zero policy, negative retry", Decision{Action: Retry, Policy: &Policy{}}, math.MinInt, 0, false},
		{"first", Decision{Action: Retry, Policy: thrice}, 0, time.Second, true},
		{"negative retry", Decision{Action: Retry, Policy: thrice}, -7, time.Second, true},
		{"last", Decision{Action: Retry, Policy: thrice}, 2, time.Second, true},
		{"one more", Decision{Action: Retry, Policy: thrice}, 3, 0, false},
		{"far more", Decision{Action: Retry, Policy: thrice}, math.MaxInt, 0, false},
		{"resubmit", Decision{Action: Resubmit, Policy: thrice}, 2, time.Second, true},
		{"poll", Decision{Action: WaitPoll, Policy: thrice}, 2, time.Second, true},
		{"unlimited", Decision{Action: WaitPoll, Policy: &Policy{Base: 1, Retries: Unlimited}}, math.MaxInt, 1, true},
		{"negative retries", Decision{Action: Retry, Policy: &Policy{Retries: -2}}, 0, 0, false},
		{"server", Decision{Action: Retry, Policy: thrice, HasServerDelay: true, ServerDelay: time.Minute}, 2, time.Minute, true},
		{"server, one more", Decision{Action: Retry, Policy: thrice, HasServerDelay: true, ServerDelay: time.Minute}, 3, 0, false},
		{"server asks for nothing", Decision{Action: Retry, Policy: thrice, HasServerDelay: true}, 0, time.Second, true},
		{"server asks for too much", Decision{Action: Retry, Policy: thrice, HasServerDelay: true, ServerDelay: time.Hour}, 0, 0, false},
		{"delay that was not given", Decision{Action: Retry, Policy: thrice, ServerDelay: time.Hour}, 0, time.Second, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wait, again := test.d.Next(test.n)
			if wait != test.wait || again != test.again {
				t.Errorf("Next(%d) = %v, %t, want %v, %t", test.n, wait, again, test.wait, test.again)
			}
		})
	}
}

func TestDecisionDisagrees(t *testing.T) {
	tests := []struct {
		status int
		body   string
		want   bool
	}{
		{402, "ZERO_BALANCE", false},
		{403, "ZERO_BALANCE", false},
		{200, "ZERO_BALANCE", true},
		{429, "ZERO_BALANCE", true},
		{65536 + 403, "ZERO_BALANCE", true},
		{0, "ZERO_BALANCE", false}, // nothing to disagree with
		{403, "ERROR_ZERO_BALANCE", false},
		{400, "SEEN", false}, // names no status; 4xx says the same
		{200, "SEEN", true},
		{302, "SEEN", false},
		{503, "SEEN", true},
		{503, "08006", false},
		{503, "NO_SLOT", true}, // names 429 alone, though 5xx says the same
		{429, "NO_SLOT", false},
		{503, "08P01", true},
		{400, "NEW", false}, // no code decided
		{200, "OK|1", false},
		{500, "OK|1", false},
	}
	c := taskAPI()
	for _, test := range tests {
		d := c.Classify(Reply{Status: test.status, Body: []byte(test.body)})
		if d.Disagrees() != test.want {
			t.Errorf("%s at %d: %t, want %t", test.body, test.status, d.Disagrees(), test.want)
		}
		said := strings.Contains(strings.Join(d.Why(), "\n"), "a code beats the status")
		if said != test.want {
			t.Errorf("%s at %d: said so is %t, want %t", test.body, test.status, said, test.want)
		}
	}

	// What the status says in this operation counts.
	c.Statuses = []Entry{{Kind: KindStatus, Number: 503, Action: Retry, Policy: slotPolicy, ByOperation: []OperationVariant{{Operation: "submit"}}}}
	for operation, want := range map[Operation]bool{"": true, "submit": false} {
		if d := c.Classify(Reply{Status: 503, Body: []byte("SEEN"), Operation: operation}); d.Disagrees() != want {
			t.Errorf("SEEN at 503 in %q: %t, want %t", operation, d.Disagrees(), want)
		}
	}
}

// typedCode stands in for a generated package's Code.
type typedCode uint16

func (c typedCode) Error() string { return fmt.Sprintf("code %d", uint16(c)) }

func TestDecisionErr(t *testing.T) {
	c := taskAPI()
	tests := []struct {
		status int
		body   string
		want   error
	}{
		{200, "ZERO_BALANCE", typedCode(1)},
		{403, "ERROR_ZERO_BALANCE", typedCode(1)},
		{200, "NO_SLOT", typedCode(2)},
		{200, "NOT_READY", typedCode(4)},
		{200, "08006", typedCode(0)},
		{200, `{"status":1,"request":"READY"}`, nil},
		{200, "OK|1", nil},
		{429, "READY", nil}, // the status decided
		{429, "NEW", nil},
		{302, "NEW", nil},
		{302, "", nil},
	}
	for _, test := range tests {
		c.TypedCode = nil
		d := c.Classify(Reply{Status: test.status, Body: []byte(test.body)})
		if _, typed := errors.AsType[typedCode](d.Err()); typed {
			t.Errorf("%s: no typed codes, and yet %v", test.body, d.Err())
		}
		c.TypedCode = func(number uint16) error { return typedCode(number) }
		err := c.Classify(Reply{Status: test.status, Body: []byte(test.body)}).Err()
		if (err == nil) != (d.Action == OK) {
			t.Errorf("%s at %d: the action is %s, and the error %v", test.body, test.status, d.Action, err)
		}
		code, typed := errors.AsType[typedCode](err)
		if typed != (test.want != nil) || typed && error(code) != test.want {
			t.Errorf("%s at %d: %v, want %v", test.body, test.status, err, test.want)
		}
	}
	for _, d := range []Decision{{}, c.Classify(Reply{Err: FailureTimeout})} {
		if err := d.Err(); err == nil || err.Error() == "" {
			t.Errorf("the error of a decision to stop is %v", err)
		} else if _, typed := errors.AsType[typedCode](err); typed {
			t.Errorf("no reply has the code %v", err)
		}
	}
}

// Every source of a decision has a sentence that a person can act upon.
func TestDecisionWhy(t *testing.T) {
	const stops = "the action fail does not wait"
	tests := []struct {
		name  string
		reply Reply
		want  []string
	}{
		{"success", Reply{Status: 200, Body: []byte(`{"status":1}`)}, []string{
			"the json form says success",
		}},
		{"success of text", Reply{Status: 200, Body: []byte("OK|1")}, []string{
			"the text form says success",
		}},
		{"success that is listed", Reply{Status: 200, Body: []byte(`{"status":1,"request":"READY"}`)}, []string{
			`the code "READY" at /request of the json body is listed as success`,
		}},
		{"code", Reply{Status: 429, Body: []byte("NO_SLOT")}, []string{
			`the code "NO_SLOT", which is the whole text, is listed`,
			"the wait is that of the policy slot",
		}},
		{"code in JSON", Reply{Status: 429, Body: []byte(`{"error":{"code":"NO_SLOT"}}`)}, []string{
			`the code "NO_SLOT" at /error/code of the json body is listed`,
			"the wait is that of the policy slot",
		}},
		{"alias", Reply{Status: 403, Body: []byte("KEIN GUTHABEN")}, []string{
			`the code "KEIN GUTHABEN", which is the whole text, is listed as "ZERO_BALANCE"`,
			"the action fix_account does not wait",
		}},
		{"code with another status", Reply{Status: 200, Body: []byte("ZERO_BALANCE")}, []string{
			`the code "ZERO_BALANCE", which is the whole text, is listed`,
			"the catalog has this code with status 402, 403, not 200; a code beats the status",
			"the action fix_account does not wait",
		}},
		{"code and a status that says otherwise", Reply{Status: 503, Body: []byte("SEEN")}, []string{
			`the code "SEEN", which is the whole text, is listed`,
			"the status 503 alone would say otherwise; a code beats the status",
			stops,
		}},
		{"override", Reply{Status: 302, Body: []byte("NOT_READY"), Operation: "submit"}, []string{
			`the code "NOT_READY", which is the whole text, is listed`,
			"the entry has an override for operation submit",
			stops,
		}},
		{"prefix", Reply{Status: 302, Body: []byte("08P01")}, []string{
			`the code "08P01", which is the whole text, is not listed itself; the entry 08* covers it`,
			stops,
		}},
		{"status", Reply{Status: 429, Header: http.Header{"Retry-After": {"30"}}}, []string{
			"the reply has no code; the entry 429 covers the status 429",
			"the wait is the 30s that the server asks for in the header Retry-After",
		}},
		{"status and unlisted code", Reply{Status: 429, Body: []byte("NEW"), Header: http.Header{"Retry-After": {"301"}}}, []string{
			`the code "NEW", which is the whole text, is not listed; the entry 429 covers the status 429`,
			"the server asks for 5m1s in the header Retry-After, over the 5m0s that the policy slot obeys: stop",
		}},
		{"class", Reply{Status: 503, Header: http.Header{"Retry-After": {"0"}}}, []string{
			"the reply has no code; the entry 5xx covers the status 503",
			"the server asks for no wait in the header Retry-After, so the wait is that of the policy slot",
		}},
		{"class and a code of success", Reply{Status: 503, Body: []byte("READY")}, []string{
			`the code "READY", which is the whole text, is listed as success, which this reply is not; the entry 5xx covers the status 503`,
			"the wait is that of the policy slot",
		}},
		{"unknown", Reply{Status: 302, Body: []byte("NEW")}, []string{
			`the code "NEW", which is the whole text, is not listed, and no entry covers the status 302`,
			stops,
		}},
		{"unknown without a status", Reply{Body: []byte("NEW")}, []string{
			`the code "NEW", which is the whole text, is not listed, and its status is not known`,
			stops,
		}},
		{"unknown at 200", Reply{Status: 200, Body: []byte("NEW")}, []string{
			`the code "NEW", which is the whole text, is not listed, and the status 200 alone does not prove success`,
			stops,
		}},
		{"unrecognised", Reply{Status: 302}, []string{
			"the reply shows neither success nor a code, and no entry covers the status 302",
			"the wait is that of the policy slot",
		}},
		{"unrecognised at 200", Reply{Status: 200, Body: []byte("<html>")}, []string{
			"the reply shows neither success nor a code, and the status 200 alone does not prove success",
			"the wait is that of the policy slot",
		}},
		{"no reply", Reply{Err: FailureTimeout}, []string{
			"there was no reply: timeout",
			"the request may have taken effect: it is sent again only if it can be repeated",
			"the wait is that of the policy slot",
		}},
		{"no reply in an operation", Reply{Err: FailureTimeout, Operation: "submit"}, []string{
			"there was no reply: timeout",
			"the entry has an override for operation submit",
			"the wait is that of the policy slot",
		}},
		{"no reply, no entry", Reply{Err: FailureDNS}, []string{
			"there was no reply (dns), and the catalog has no entry for that",
			stops,
		}},
		{"no reply of no kind", Reply{Err: errors.New("no money")}, []string{
			"there was no reply, for an unknown reason",
			stops,
		}},
		{"cancelled", Reply{Err: context.Canceled}, []string{
			"there was no reply: the caller cancelled, which is never retried",
			stops,
		}},
	}
	c := taskAPI()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkWhy(t, c, test.reply, test.want)
		})
	}

	t.Run("text after a prefix", func(t *testing.T) {
		c := &Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{"ERR:"}}}}}
		checkWhy(t, c, Reply{Body: []byte("ERR: X")}, []string{
			`the code "X" after "ERR:" in the text is not listed, and its status is not known`, stops,
		})
	})
	t.Run("text that is trimmed", func(t *testing.T) {
		c := &Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{""}}, Before: "!"}}}
		checkWhy(t, c, Reply{Body: []byte("X!")}, []string{
			`the code "X" in the text is not listed, and its status is not known`, stops,
		})
	})
	t.Run("long code", func(t *testing.T) {
		c := &Catalog{Forms: []Form{{Syntax: JSON, Code: []Path{{"code"}}}}}
		for n, end := range map[int]string{80: "", 81: "…", 5000: "…"} {
			checkWhy(t, c, Reply{Body: []byte(`{"code":"` + strings.Repeat("é", n) + `"}`)}, []string{
				`the code "` + strings.Repeat("é", 80) + `"` + end + ` at /code of the json body is not listed, and its status is not known`, stops,
			})
		}
	})
	t.Run("header", func(t *testing.T) {
		c := &Catalog{Forms: []Form{{Syntax: Header, Code: []Path{{"X-Error"}}}}}
		checkWhy(t, c, Reply{Header: http.Header{"X-Error": {"X"}}}, []string{
			`the code "X" in the header X-Error is not listed, and its status is not known`, stops,
		})
	})
	t.Run("xml", func(t *testing.T) {
		c := &Catalog{Forms: []Form{{Syntax: XML, Code: []Path{{"*", "Code"}}}}}
		checkWhy(t, c, Reply{Body: []byte("<E><Code>X</Code></E>")}, []string{
			`the code "X" at /*/Code of the xml body is not listed, and its status is not known`, stops,
		})
	})
	t.Run("success by status", func(t *testing.T) {
		c := &Catalog{Statuses: []Entry{{Kind: KindStatus, Number: 204, Code: "204", Action: OK}}}
		checkWhy(t, c, Reply{Status: 204}, []string{"the status 204 is success by the entry 204"})
	})
	t.Run("policies without a name or at all", func(t *testing.T) {
		c := &Catalog{Unrecognised: &Entry{Action: Retry, Policy: &Policy{Retries: 1}}}
		why := []string{"the reply shows neither success nor a code, and its status is not known", "the wait is that of the entry's own policy"}
		checkWhy(t, c, Reply{}, why)
		c.Unrecognised.Policy = nil
		why[1] = "the action retry has no policy: stop"
		checkWhy(t, c, Reply{}, why)
	})
	t.Run("no catalog", func(t *testing.T) {
		checkWhy(t, nil, Reply{Status: 200}, []string{"there is no catalog", stops})
	})
}

func checkWhy(t *testing.T, c *Catalog, r Reply, want []string) {
	t.Helper()
	if got := c.Classify(r).Why(); !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestCatalogEndpoint(t *testing.T) {
	c := &Catalog{Endpoints: []Endpoint{{Operation: "submit", Method: "POST", Path: "/in.php", Repeatable: true}}}
	if e, ok := c.Endpoint("submit"); !ok || e.Path != "/in.php" {
		t.Errorf("Endpoint = %+v, %t", e, ok)
	}
	if e, ok := c.Endpoint("result"); ok || e != (Endpoint{}) {
		t.Errorf("Endpoint = %+v, %t", e, ok)
	}
}

// A body that is cut says so, as that may be why its code was not seen.
func TestDecisionWhyOfACutBody(t *testing.T) {
	const cut = "only the start of the body was looked at"
	long := []byte(`{"status":1,"request":"` + strings.Repeat("x", MaxBody) + `"}`)
	for body, want := range map[string]bool{string(long): true, `{"status":7}`: false} {
		d := taskAPI().Classify(Reply{Status: 200, Body: []byte(body)})
		if got := slices.Contains(d.Why(), cut); got != want {
			t.Errorf("a body of %d bytes: %q", len(body), d.Why())
		}
	}
}
