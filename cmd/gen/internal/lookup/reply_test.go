package lookup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestAbsentErrors asks about APIs whose replies are success where they hold no
// error, or by the status alone, as most texts and messages are.
func TestAbsentErrors(t *testing.T) {
	x := New(load(t, lookuptest.AbsentSpec))
	tests := []struct {
		query string
		want  []string
	}{
		{`{"foo":1}`, []string{}}, // the error may be told in another way
		{`log: {"foo":1}`, []string{}},
		{`<p>foo</p>`, []string{}},
		{`{"foo":1} {"a":{"state":"Failed"}}`, []string{}},
		{`{"foo":false}`, []string{}},
		{`{"foo":"no errors"}`, []string{}},
		{`{"foo":"NO_SUCH_ROW"}`, []string{"exact plain code NO_SUCH_ROW"}},
		{`{"foo":1} and status 404`, []string{"guess plain status 404"}},
		{`{"error":"NO_SUCH_ROW"}`, []string{"exact plain code NO_SUCH_ROW"}},
		{"got BROKEN_PIPE", []string{"exact plain code BROKEN_PIPE"}},
		{"got BROKEN_PIPE, ECONNRESET", []string{"exact plain code BROKEN_PIPE", "likely plain transport connection"}},
		{`{"done":true}`, []string{"exact both status 200"}},
		{`{"foo":1,"done":true}`, []string{"exact both status 200"}},
		{"HTTP/1.1 200 OK\nServer: x\n\n{\"foo\":1}", []string{"exact plain status 200", "exact both status 200", "exact status status 200"}},
		{"HTTP/1.1 200 OK\n\n{\"done\":false,\"fault\":1}", []string{}}, // of both, and no success
		{"HTTP/1.1 200 OK\n\n{\"done\":true,\"error\":1}", []string{"exact both status 200"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, lines(x.Explain(test.query))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.query, diff)
		}
	}
}

// TestListedSuccess asks about a code that means success: it is there, so it does
// not matter what is absent.
func TestListedSuccess(t *testing.T) {
	got := New(load(t, lookuptest.AbsentSpec)).Explain(`{"state":"ALL_DONE"}`)
	if len(got) == 0 || got[0].Confidence != Exact || got[0].Why != "the reply says success" {
		t.Errorf("got %v, want exact success", got)
	}
}

// TestNoSuccessWithin asks about replies that are not a success, with something inside
// that would be one alone, and about an error beside a success.
func TestNoSuccessWithin(t *testing.T) {
	x := New(shipped(t))
	tests := []struct {
		query string
		want  []string
	}{
		{`{"data":{"success":true},"success":false}`, []string{}},
		{`{"message":"{\"success\":true}","success":false}`, []string{}},
		{`> {"data":{"success":true},"success":false}`, []string{}},
		{"HTTP/1.1 200 OK\n\n{\"data\":{\"success\":true},\"success\":false}", []string{"likely fastcaptcha unrecognised unrecognised"}},
		{`log: {"data":{"success":true}}`, []string{"likely fastcaptcha status 200"}},
		{`request failed, status=500, body={"success":true}`, []string{"exact fastcaptcha status 500", "exact captchaai status_class 5xx"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, lines(x.Explain(test.query))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.query, diff)
		}
	}
}

func TestWhyFailure(t *testing.T) {
	const why = `"Connection REFUSED" in the text says that no answer came`
	if got := New(shipped(t)).Explain("a  Connection\nREFUSED"); len(got) == 0 || got[0].Why != why {
		t.Errorf("got %v, want why %s", got, why)
	}
}

// TestUnlistedCodes asks about replies that are surely an API's, with a code that
// nobody has listed.
func TestUnlistedCodes(t *testing.T) {
	const why = "the reply is like one of FastCaptcha, but SOMETHING_NEW is not listed"
	x := New(shipped(t))
	if got := x.Explain(`{"success":false,"code":"SOMETHING_NEW"}`); len(got) != 1 || got[0].Why != why {
		t.Errorf("got %v, want why %s", got, why)
	}
	long := x.Explain(`{"success":false,"code":"` + strings.Repeat("x ", 100) + `"}`)
	if len(long) != 1 || !strings.HasSuffix(long[0].Why, strings.Repeat("x ", 40)+"… is not listed") {
		t.Errorf("a long code is not cut: %v", long)
	}
}

// TestTextReplies pastes replies in plain text, which their API's form reads a listed
// code from, with the rest of what it sends.
func TestTextReplies(t *testing.T) {
	x := New(load(t, lookuptest.FormsSpec))
	tests := []struct {
		query string
		want  []string
	}{
		{"unmanned; come back at 9", []string{"likely words code unmanned"}},
		{"\ufeff ERROR unstaffed; come\nback\n", []string{"likely words code unmanned"}},
		{"> unmanned; come back", []string{"likely words code unmanned"}},
		{"unmanned;{\"done\":true}", []string{"likely words code unmanned"}},
		{"unmanned; {\"done\":true}", []string{"likely words code unmanned"}}, // an error beats success
		{"unmanned: come back", []string{}},                                   // no form ends a code there
		{"we are unmanned; come back", []string{}},                            // the code is not where the form has it
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, lines(x.Explain(test.query))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.query, diff)
		}
	}
	const why = "found unstaffed in the reply, another name of unmanned"
	if got := x.Explain("unstaffed; come back"); len(got) != 1 || got[0].Why != why {
		t.Errorf("got %v, want why %s", got, why)
	}
}

func TestPrinted(t *testing.T) {
	x := New(shipped(t))
	for text, want := range lookuptest.Printed {
		if got := lines(x.Explain(text)); want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
			t.Errorf("%q: got %q, want %q first", text, got, want)
		}
	}
}
