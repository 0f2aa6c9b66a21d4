package classify

import (
	"testing"
)

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
