package classify

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A Transport and Classify agree about a reply whose status says success, and whose body
// says otherwise.
func TestTransportReadsWhatDeniesTheStatus(t *testing.T) {
	withStatus := func(statuses ...uint16) *Catalog {
		c := statusShop()
		for i := range c.Codes {
			c.Codes[i].Statuses = statuses
		}
		return c
	}
	fails := statusShop()
	fails.Forms[0].Fail = []Test{{Kind: Present, At: Path{"errors"}}}
	prefix := statusShop()
	prefix.Prefixes = []Entry{{Kind: KindPrefix, Code: "NO_*", Action: FixAccount}}
	byTest := withStatus()
	byTest.Forms[0].OK = []Test{{Kind: StatusIs, Status: []int{2}}}
	inHeader := withStatus(200, 402)
	inHeader.Forms = append(inHeader.Forms, Form{Syntax: Header, OK: []Test{{Kind: StatusIs, Status: []int{2}}}})
	headerFails := statusShop()
	headerFails.Forms = []Form{{Syntax: Header, OK: []Test{{Kind: StatusIs, Status: []int{2}}}, Fail: []Test{{Kind: HeaderPresent, Header: "X-Error"}}, Code: []Path{{"X-Code"}}}}
	const code, success = `{"code":"NO_FUNDS"}`, `{"id":7}`
	tests := []struct {
		name    string
		catalog *Catalog
		body    string
		header  []string
		ok      bool
	}{
		{"a code that comes with any status", withStatus(), code, nil, false},
		{"a code that comes with this one", withStatus(402, 200), code, nil, false},
		{"no code", withStatus(), success, nil, true},
		{"a code that is not listed", withStatus(), `{"code":"NEW"}`, nil, true},
		{"a prefix", prefix, `{"code":"NO_MORE"}`, nil, false},
		{"a sign of failure", fails, `{"errors":[]}`, nil, false},
		{"no sign of failure", fails, success, nil, true},
		{"a code, where a test asks the status", byTest, code, nil, false},
		{"no code, where a test asks the status", byTest, success, nil, true},
		{"a code, where another form asks the status", inHeader, code, nil, false},
		{"a sign of failure in the header", headerFails, "", []string{"X-Error", "1"}, false},
		{"a code in the header", headerFails, "", []string{"X-Code", "NO_FUNDS"}, false},
		{"nothing in the header", headerFails, "", nil, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base := &counter{replies: []reply{answers(200, test.body, test.header...)}}
			resp := roundTrip(t, &Transport{Options: Options{Catalog: test.catalog}, Base: base}, newRequest(t, "GET", shop, ""))
			header := http.Header{}
			for i := 0; i < len(test.header); i += 2 {
				header.Set(test.header[i], test.header[i+1])
			}
			d := test.catalog.Classify(Reply{Status: 200, Header: header, Body: []byte(test.body)})
			why := stopOn(resp)
			if ok := why == nil; ok != test.ok || ok != (d.Action == OK) || Undecided(resp) {
				t.Errorf("the error is %v, undecided %t; Classify says %s", why, Undecided(resp), d.Action)
			}
			checkReadable(t, resp, test.body)
		})
	}
}

// Of a stream, the first event counts where a form reads events. It is not waited for
// longer than for any other body, nor is what follows it.
func TestTransportReadsTheFirstEvent(t *testing.T) {
	const busy, begins, never = "event: error\ndata: {\"error\":\"BUSY\"}\n\n", "data: {\"id\":1}\n\n", time.Hour
	tests := []struct {
		name  string
		parts []string
		pause time.Duration
		calls int
		ok    bool
		took  time.Duration // of one call
	}{
		{"an error", []string{busy}, 0, 4, false, 0},
		{"an error after a comment", []string{": hello\n\n", busy}, time.Second / 4, 4, false, time.Second / 2},
		{"an error in parts", []string{busy[:20], busy[20:]}, time.Second / 4, 4, false, time.Second / 2},
		{"a success", []string{begins, busy}, time.Second / 4, 1, true, time.Second / 4},
		{"nothing in time", []string{": hello\n\n", begins}, never, 1, true, time.Second},
	}
	for _, byStatus := range []bool{true, false} {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					c := statusShop()
					if !byStatus {
						c = shopAPI(0)
					}
					c.Codes[0].Statuses = nil
					c.Forms = append([]Form{{Syntax: JSON, In: InSSE, Code: []Path{{"error"}}}}, c.Forms...)
					base := &counter{replies: []reply{func(req *http.Request) (*http.Response, error) {
						resp, err := responds(200, func() io.ReadCloser { return trickle(test.pause, test.parts...) })(req)
						resp.Header.Set("Content-Type", "text/event-stream")
						return resp, err
					}}}
					start := time.Now()
					resp := roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: base}, newRequest(t, "GET", shop, ""))
					took := time.Since(start) / time.Duration(test.calls)
					if why := stopOn(resp); base.calls() != test.calls || took != test.took || (why == nil) != test.ok || Undecided(resp) {
						t.Errorf("%d calls of %v, want %d of %v; the error is %v, undecided %t", base.calls(), took, test.calls, test.took, why, Undecided(resp))
					}
					checkReadable(t, resp, strings.Join(test.parts, ""))
				})
			})
		}
	}
}

// Where the status alone says success, and the body could deny it, what is missing of the
// body leaves that open, but for data and for texts too long for a code.
func TestTransportLeavesOpenWhatMayDenyTheStatus(t *testing.T) {
	const code = `{"code":"NO_FUNDS"}`
	text := func(body string) func() io.ReadCloser {
		return func() io.ReadCloser { return io.NopCloser(strings.NewReader(body)) }
	}
	late := func(parts ...string) func() io.ReadCloser {
		return func() io.ReadCloser { return trickle(2*time.Second/3, parts...) }
	}
	tests := []struct {
		name      string
		body      func() io.ReadCloser
		header    []string
		undecided bool
		ok        bool
	}{
		{"late", late("\n", " ", code), nil, true, true},
		{"a text that may become a code", late("NO_", "FUNDS"), nil, true, true},
		{"long JSON", text(longer(`{"items":[`, items, `{}],"code":"NO_FUNDS"}`)), nil, true, true},
		{"long JSON with a code", text(longer(`{"code":"NO_FUNDS","items":[`, items, `{}]}`)), nil, false, false},
		{"a long page", text(longer("<html>", "x", "</html>")), nil, true, true},
		{"a long text", text(longer("", "a text ", "")), nil, false, true},
		{"data", text(longer("\x00\xff", "\x01\xfe", "")), nil, false, true},
		{"compressed", text(code), []string{"Content-Encoding", "br"}, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := statusShop()
				c.Codes[1].Statuses = nil
				base := &counter{replies: []reply{func(req *http.Request) (*http.Response, error) {
					resp, err := responds(200, test.body)(req)
					for i := 0; i < len(test.header); i += 2 {
						resp.Header.Set(test.header[i], test.header[i+1])
					}
					return resp, err
				}}}
				told := false
				hooks := Hooks{Undecided: func(_ context.Context, d Decision) { told = d.Undecided() && d.Status == 200 }}
				resp := roundTrip(t, &Transport{Options: Options{Catalog: c, Hooks: hooks}, Base: base}, newRequest(t, "GET", shop, ""))
				if why := stopOn(resp); Undecided(resp) != test.undecided || told != test.undecided || (why == nil) != test.ok {
					t.Errorf("undecided %t, told %t, the error is %v", Undecided(resp), told, why)
				}
				if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.Body.Close() != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A weak sign of success counts for a long text and for data, which hold no code, but not
// where a sign of failure may follow.
func TestClassifyBelievesAWeakSignAboutData(t *testing.T) {
	byStatus := Form{Syntax: Header, OK: []Test{{Kind: StatusIs, Status: []int{2}}}}
	text := Form{Syntax: Text, Code: []Path{{""}}}
	fails := text
	fails.Fail = []Test{{Kind: BodyContains, Text: "fatal"}}
	long := longer("", "a text ", "")
	tests := []struct {
		name  string
		forms []Form
		body  string
		ok    bool
	}{
		{"a text", []Form{text, byStatus}, long, true},
		{"data", []Form{text, byStatus}, longer("\x00", "\xff\xfe", ""), true},
		{"no other form", []Form{byStatus}, long, true},
		{"JSON", []Form{text, byStatus}, longer(`{"items":[`, items, "]}"), false},
		{"a sign of failure may follow", []Form{fails, byStatus}, long, false},
		{"or follow what another form reads", []Form{byStatus, fails}, long, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := indexed(&Catalog{Forms: test.forms, Codes: []Entry{{Code: "BUSY", Action: Retry}}})
			if d := c.Classify(Reply{Status: 200, Body: []byte(test.body)}); (d.Action == OK) != test.ok || d.Undecided() == test.ok {
				t.Errorf("%s, undecided %t: %q", d.Action, d.Undecided(), d.Why())
			}
		})
	}
}

// A stream that may be silent for long is not waited for where its response can't be
// handed on as a copy.
func TestCheckRetryDoesNotWaitForAnEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := shopAPI(0)
		c.Forms = append([]Form{{Syntax: JSON, In: InSSE, Code: []Path{{"error"}}}}, c.Forms...)
		body := trickle(time.Hour, "data: {}\n\n")
		resp := &http.Response{StatusCode: 200, ProtoMajor: 2, ContentLength: -1, Body: body, Header: http.Header{"Content-Type": {"text/event-stream"}}, Request: newRequest(t, "GET", shop, "")}
		start := time.Now()
		again, err := c.CheckRetry(t.Context(), resp, nil)
		if took := time.Since(start); again || err != nil || took != 0 {
			t.Errorf("%t, %v after %v", again, err, took)
		}
		checkReadable(t, resp, "data: {}\n\n")
	})
}
