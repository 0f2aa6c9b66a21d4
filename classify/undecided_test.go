package classify

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// bulkAPI is one whose replies are lists of results, and longer than what is looked at.
func bulkAPI() *Catalog {
	busy := &Policy{Base: time.Second, Retries: 2}
	return indexed(&Catalog{
		Endpoints: []Endpoint{
			{Operation: "bulk", Method: "POST", Path: "/bulk", Repeatable: true},
			{Operation: "export", Method: "POST", Path: "/export", Repeatable: true, Patience: 5 * time.Second, Look: 1 << 20},
		},
		Forms: []Form{{
			Syntax: JSON,
			OK:     []Test{{Kind: Equals, At: Path{"errors"}, Values: []Scalar{{Bool, "false"}}}},
			Code:   []Path{{"error", "type"}, {"items", "*", "error", "type"}},
		}, {
			Syntax: XML,
			OK:     []Test{{Kind: Present, At: Path{"Result"}}},
			Code:   []Path{{"Error", "Code"}},
		}},
		Codes:        []Entry{{Code: "queue_full", Action: Retry, Policy: busy}, {Code: "mapping", Action: Fail}},
		Unknown:      &Entry{Kind: KindUnknown, Code: "unknown", Action: Fail},
		Unrecognised: &Entry{Kind: KindUnrecognised, Code: "unrecognised", Action: Fail},
	})
}

const items = `{"_id":"0","status":201},`

// longer returns a text that is longer than what is looked at.
func longer(start, fill, end string) string {
	return start + strings.Repeat(fill, 2*MaxBody/len(fill)) + end
}

// What is there of a cut body decides, as far as it says something for certain.
func TestClassifyReadsTheStartOfABody(t *testing.T) {
	tests := []struct {
		name, body string
		want       Action
		source     Kind
		code       string
		undecided  bool
	}{
		{"a listed code", longer(`{"took":1,"errors":true,"items":[{"error":{"type":"queue_full"}},`, items, `{}]}`), Retry, KindCode, "queue_full", false},
		{"a failure without a code", longer(`{"took":1,"errors":true,"items":[`, items, `{}]}`), Fail, KindUnrecognised, "", false},
		{"a failure with another code", longer(`{"errors":true,"error":{"type":"new"},"items":[`, items, `{}]}`), Fail, KindUnknown, "new", false},
		{"a success that a code could belie", longer(`{"errors":false,"items":[`, items, `{"error":{"type":"mapping"}}]}`), Fail, KindUnrecognised, "", true},
		{"an unlisted code, success not yet told", longer(`{"error":{"type":"new"},"items":[`, items, `],"errors":false}`), Fail, KindUnrecognised, "", true},
		{"the sign is past the cut", longer(`{"items":[`, items, `{}],"errors":true}`), Fail, KindUnrecognised, "", true},
		{"a code that is cut", longer(`{"error":{"type":"`, "queue_full", `"}}`), Fail, KindUnrecognised, "", true},
		{"not JSON", longer(`{"errors":true,,`, items, `}`), Fail, KindUnrecognised, "", true},
		{"a listed code in XML", longer(`<Error><Code>queue_full</Code><Message>`, "x", `</Message></Error>`), Retry, KindCode, "queue_full", false},
		{"a code in XML that is cut", longer(`<Error><Code>queue_full`, " ", `</Code></Error>`), Fail, KindUnrecognised, "", true},
		{"a success in XML", longer(`<Result><Key>`, "x", `</Key></Result>`), Fail, KindUnrecognised, "", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := bulkAPI()
			d := c.Classify(Reply{Status: 200, Body: []byte(test.body)})
			if d.Action != test.want || d.Source != test.source || d.Code != test.code || d.Undecided() != test.undecided {
				t.Errorf("%s by %s, code %q, undecided %t: %q", d.Action, d.Source, d.Code, d.Undecided(), d.Why())
			}
			if told := strings.Contains(fmt.Sprint(d.Why()), "start of the body"); told != (d.Code == "") {
				t.Errorf("%q", d.Why())
			}
			start := Reply{Status: 200, Body: []byte(test.body[:MaxBody]), Cut: true}
			if got := c.Read(start); got != d.Reading {
				t.Errorf("the start alone reads %+v, want %+v", got, d.Reading)
			}
			whole := c.Classify(Reply{Status: 200, Body: []byte(test.body), Operation: "export"})
			if whole.Reading.Cut || whole.Undecided() {
				t.Errorf("an operation that is looked at further is cut: %q", whole.Why())
			}
		})
	}
}

// A cut document never says success, wherever it is cut, and never a code that the
// whole does not hold.
func TestCutDocumentsSayNoSuccess(t *testing.T) {
	c := bulkAPI()
	for _, whole := range []string{
		`{"errors":false,"items":[{"id":"a\"b","n":-1.5e3},{"error":null}]}`,
		`{"errors":true,"items":[{"x":{"error":{"type":"mapping"}}},{"error":{"type":"queue_full"}}]}`,
		`{"items":[{"error":{"type":"queue_full_2"}}],"errors":false}`,
		`<?xml version="1.0"?><Result><Key a="b">k</Key></Result>`,
		`<Error><Message>&lt;x&gt;</Message><Code>queue_full</Code></Error>`,
	} {
		want := c.Classify(Reply{Status: 200, Body: []byte(whole)})
		for n := range len(whole) {
			d := c.Classify(Reply{Status: 200, Body: []byte(whole[:n]), Cut: true})
			if d.Action == OK || d.Code != "" && d.Code != want.Code {
				t.Errorf("%s: %s, %q", whole[:n], d.Action, d.Code)
			}
			if want.Action == OK && !d.Undecided() {
				t.Errorf("%s: decided as %q", whole[:n], d.Why())
			}
		}
	}
}

// Where the cut is inside a character, what comes before counts all the same.
func TestCutInsideACharacter(t *testing.T) {
	c := bulkAPI()
	const code = `<Error><Code>queue_full</Code><Message>`
	for _, message := range []string{"é", "€", "😀", "a😀"} {
		for n := range len(message) + 1 {
			d := c.Classify(Reply{Status: 200, Body: []byte(code + message[:n]), Cut: true})
			if d.Code != "queue_full" {
				t.Errorf("cut after %q: %q", message[:n], d.Why())
			}
		}
	}
	for _, part := range []string{"\x80", "\x80\x80", "\x80\x80\x80\x80\x80", "\xf0"} {
		if d := c.Classify(Reply{Status: 200, Body: []byte(part), Cut: true}); !d.Undecided() {
			t.Errorf("%q: %q", part, d.Why())
		}
	}
}

// A kilobyte is looked at in any case.
func TestLeastThatIsLookedAt(t *testing.T) {
	c := bulkAPI()
	c.Endpoints[0].Look = 1
	for size, cut := range map[int]bool{leastLook: false, leastLook + 1: true} {
		if got := c.Read(Reply{Status: 200, Body: bytes.Repeat([]byte("x"), size), Operation: "bulk"}); got.Cut != cut {
			t.Errorf("of %d bytes there is more: %t", size, got.Cut)
		}
	}
}

func TestTestsOfACutDocument(t *testing.T) {
	const start = `{"a":1,"b":"text","c":{"d":true},"list":[{"e":1}],"names":["one","two"],"long":"begin`
	equals := func(name, text string) Test {
		return Test{Kind: Equals, At: Path{name}, Values: []Scalar{{Number, text}}}
	}
	tests := []struct {
		name string
		test Test
		held bool
	}{
		{"equal", equals("a", "1"), true},
		{"not equal", equals("a", "2"), false},
		{"is not equal", Test{Kind: Not, Tests: []Test{equals("a", "2")}}, true},
		{"may be equal", Test{Kind: Not, Tests: []Test{equals("z", "2")}}, false},
		{"may be equal elsewhere", Test{Kind: Not, Tests: []Test{{Kind: Equals, At: Path{"list", "*", "e"}, Values: []Scalar{{Number, "2"}}}}}, false},
		{"present", Test{Kind: Present, At: Path{"c"}}, true},
		{"absent so far", Test{Kind: Absent, At: Path{"z"}}, false},
		{"is not absent", Test{Kind: Not, Tests: []Test{{Kind: Absent, At: Path{"b"}}}}, true},
		{"contains", Test{Kind: Contains, At: Path{"b"}, Text: "EX"}, true},
		{"does not contain", Test{Kind: Not, Tests: []Test{{Kind: Contains, At: Path{"b"}, Text: "z"}}}, true},
		{"contains in a list", Test{Kind: Contains, At: Path{"names", "*"}, Text: "TW"}, true},
		{"may contain in a list", Test{Kind: Not, Tests: []Test{{Kind: Contains, At: Path{"names", "*"}, Text: "z"}}}, false},
		{"may be present", Test{Kind: Not, Tests: []Test{{Kind: Present, At: Path{"z"}}}}, false},
		{"may be all", Test{Kind: Not, Tests: []Test{{Kind: All, Tests: []Test{equals("a", "1"), {Kind: Present, At: Path{"z"}}}}}}, false},
		{"may be any", Test{Kind: Not, Tests: []Test{{Kind: Any, Tests: []Test{{Kind: Present, At: Path{"z"}}, equals("a", "2")}}}}, false},
		{"a text that is cut", Test{Kind: Not, Tests: []Test{{Kind: Contains, At: Path{"long"}, Text: "z"}}}, false},
		{"the body contains", Test{Kind: BodyContains, Text: "TEXT"}, true},
		{"the body does not contain", Test{Kind: Not, Tests: []Test{{Kind: BodyContains, Text: "nowhere"}}}, false},
		{"all", Test{Kind: All, Tests: []Test{equals("a", "1"), {Kind: Present, At: Path{"b"}}}}, true},
		{"not all", Test{Kind: Not, Tests: []Test{{Kind: All, Tests: []Test{equals("a", "2"), {Kind: Present, At: Path{"z"}}}}}}, true},
		{"any", Test{Kind: Any, Tests: []Test{equals("z", "1"), equals("a", "1")}}, true},
		{"not any", Test{Kind: Not, Tests: []Test{{Kind: Any, Tests: []Test{equals("z", "1"), equals("a", "2")}}}}, false},
		{"the status", Test{Kind: Not, Tests: []Test{{Kind: StatusIs, Status: []int{5}}}}, true},
	}
	for _, test := range tests {
		c := &Catalog{
			Forms:        []Form{{Syntax: JSON}},
			Unrecognised: &Entry{Kind: KindUnrecognised, Action: Fail, Variants: []Variant{{When: []Test{test.test}, Action: FixAccount}}},
		}
		d := c.Classify(Reply{Status: 200, Body: []byte(start), Cut: true})
		if held := d.Variant == 1; held != test.held {
			t.Errorf("%s: %t", test.name, held)
		}
	}
}

// The start of a text may be that of a prefix, and elements repeat.
func TestTestsOfACutTextAndOfCutXML(t *testing.T) {
	begins := Test{Kind: PrefixIs, Prefix: []string{"ERROR 1", "ERR 2"}}
	other := Test{Kind: Equals, At: Path{"r", "a"}, Values: []Scalar{{Text: "2"}}}
	for _, test := range []struct {
		body string
		when Test
		want bool // surely not so
	}{
		{"ER", begins, false}, {"ERROR ", begins, false}, {"ERR 2", begins, false}, {"EX", begins, true}, {"X", begins, true},
		{"ERR 3", begins, true}, {"<r><a>1</a><b>", other, false},
	} {
		c := &Catalog{Unrecognised: &Entry{Kind: KindUnrecognised, Variants: []Variant{{When: []Test{{Kind: Not, Tests: []Test{test.when}}}}}}}
		if d := c.Classify(Reply{Status: 503, Body: []byte(test.body), Cut: true}); (d.Variant == 1) != test.want {
			t.Errorf("%s: surely not so: %t, want %t", test.body, d.Variant == 1, test.want)
		}
	}
}

// A form that may still say success leaves open what another one denies.
func TestSuccessOfOneFormMayFollow(t *testing.T) {
	c := &Catalog{Forms: []Form{
		{Syntax: JSON, OK: []Test{{At: Path{"late"}, Values: []Scalar{{Number, "1"}}}}},
		{Syntax: JSON, OK: []Test{{At: Path{"early"}, Values: []Scalar{{Number, "1"}}}}},
	}}
	d := c.Classify(Reply{Status: 200, Body: []byte(`{"early":2,"x":`), Cut: true})
	if !d.Reading.Denied || !d.Undecided() {
		t.Errorf("denied %t, undecided %t", d.Reading.Denied, d.Undecided())
	}
}

// A text says success by its start, and a code only if that ends before the cut.
func TestClassifyReadsTheStartOfAText(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{"ERROR "}, {""}}, Before: ":"}},
		Codes: []Entry{{Code: "BUSY", Action: Retry, Policy: &Policy{}}},
	})
	for body, want := range map[string]string{
		"OK|1": "ok by success", "OK|": "ok by success", "O": "undecided", "": "undecided",
		"ERROR BUSY: wait": "retry by code", "ERROR BUSY": "undecided", "BUSY": "undecided", "X": "undecided",
	} {
		d := c.Classify(Reply{Status: 200, Body: []byte(body), Cut: true})
		got := d.Action.String() + " by " + d.Source.String()
		if d.Undecided() {
			got = "undecided"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", body, got, want)
		}
	}
}

// A sign of failure that may still come leaves a success open.
func TestAFailureMayFollowASuccess(t *testing.T) {
	c := &Catalog{Forms: []Form{{
		Syntax: Text,
		OK:     []Test{{Kind: PrefixIs, Prefix: []string{"OK"}}},
		Fail:   []Test{{Kind: BodyContains, Text: "failed"}},
	}}}
	for body, want := range map[string][2]bool{ // undecided, ok
		"OK, 3 sent": {true, false}, "OK, 1 failed": {false, false},
	} {
		d := c.Classify(Reply{Status: 200, Body: []byte(body), Cut: true})
		if got := [2]bool{d.Undecided(), d.Action == OK}; got != want {
			t.Errorf("%q: %v, want %v: %q", body, got, want, d.Why())
		}
	}
}

func TestUndecidedNeedsAStatusBelow400(t *testing.T) {
	for status, want := range map[int]bool{0: true, 200: true, 399: true, 400: false, 503: false} {
		if d := bulkAPI().Classify(Reply{Status: status, Cut: true}); d.Undecided() != want {
			t.Errorf("%d: undecided %t", status, d.Undecided())
		}
	}
	if (Decision{}).Undecided() || Undecided(nil) || Undecided(new(http.Response)) {
		t.Error("undecided without a reply")
	}
}

// What the body told too late, or not at all, is handed back as undecided, with its
// whole body.
func TestTransportHandsBackTheUndecided(t *testing.T) {
	const late, failure, success = time.Second, `<Error><Code>queue_full</Code></Error>`, `<Result></Result>`
	slow := func(pause time.Duration, parts ...string) func() io.ReadCloser {
		return func() io.ReadCloser { return trickle(pause, parts...) }
	}
	text := func(body string) func() io.ReadCloser {
		return func() io.ReadCloser { return io.NopCloser(strings.NewReader(body)) }
	}
	cut := longer(`{"items":[`, items, `{}],"errors":true}`)
	seen := longer(`{"errors":true,"items":[{"error":{"type":"queue_full"}},`, items, `{}]}`)
	tests := []struct {
		name      string
		body      func() io.ReadCloser
		options   Options
		operation Operation
		header    []string
		calls     int
		took      time.Duration
		undecided bool
		budget    float64 // what is left of 1 token and a half
	}{
		{"late", slow(late/2, "\n", "\n", failure), Options{}, "bulk", nil, 1, late, true, 1.5},
		{"late, in the patience of the operation", slow(late/2, "\n", "\n", failure), Options{}, "export", nil, 2, 4 * late, false, .5},
		{"late, in the patience of the options", slow(late/2, "\n", "\n", success), Options{Patience: 2 * late}, "bulk", nil, 1, 3 * late / 2, false, 2},
		{"late, without patience", slow(late/2, success), Options{Patience: -1}, "export", nil, 1, 0, true, 1.5},
		{"late, but the failure is told", slow(2*late/3, failure, "\n"), Options{}, "bulk", nil, 2, 3 * late, false, .5},
		{"cut", text(cut), Options{}, "bulk", nil, 1, 0, true, 1.5},
		{"cut, but the failure is told", text(seen), Options{}, "bulk", nil, 2, late, false, .5},
		{"looked at further by the operation", text(cut), Options{}, "export", nil, 1, 0, false, 1.5},
		{"looked at further by the options", text(cut), Options{Look: 1 << 20}, "bulk", nil, 1, 0, false, 1.5},
		{"compressed", text(success), Options{}, "bulk", []string{"Content-Encoding", "br"}, 1, 0, true, 1.5},
		{"a stream", text(success), Options{}, "bulk", []string{"Content-Type", "text/event-stream"}, 1, 0, false, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base := &counter{replies: []reply{func(req *http.Request) (*http.Response, error) {
					resp, err := responds(200, test.body)(req)
					for i := 0; i < len(test.header); i += 2 {
						resp.Header.Set(test.header[i], test.header[i+1])
					}
					return resp, err
				}}}
				told := 0
				o := test.options
				o.Catalog, o.Operation = bulkAPI(), test.operation
				o.Catalog.Codes[0].Policy = &Policy{Base: time.Second, Retries: 1}
				o.Budget = &Budget{MaxTokens: 2, Ratio: .5}
				o.Budget.spent.Store(millionths / 2)
				o.Hooks.Undecided = func(_ context.Context, d Decision) {
					if told++; !d.Undecided() || d.Operation != test.operation || d.Status != 200 {
						t.Errorf("%+v", d)
					}
				}
				start := time.Now()
				resp := roundTrip(t, &Transport{Options: o, Base: base}, newRequest(t, "POST", shop, "x"))
				if took := time.Since(start); base.calls() != test.calls || took != test.took {
					t.Errorf("%d calls in %s, want %d in %s", base.calls(), took, test.calls, test.took)
				}
				if Undecided(resp) != test.undecided || test.undecided && ErrorOf(resp) != nil || told > 0 != test.undecided || told > 1 {
					t.Errorf("undecided %t, told %d times, %v", Undecided(resp), told, ErrorOf(resp))
				}
				if left := 2 - float64(o.Budget.spent.Load())/millionths; left != test.budget {
					t.Errorf("%v tokens, want %v", left, test.budget)
				}
				want, _ := io.ReadAll(test.body())
				checkReadable(t, resp, string(want))
				synctest.Wait()
				base.checkClosed(t)
			})
		})
	}
}

// A reply that is undecided after another try belongs to the request of the caller.
func TestTransportHandsBackTheUndecidedAfterARetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{answers(200, `<Error><Code>queue_full</Code></Error>`), answers(200, longer(`{"items":[`, items, `]}`))}}
		var log bytes.Buffer
		o := Options{Catalog: bulkAPI(), Operation: "bulk", Budget: &Budget{MaxTokens: 2}, Hooks: LogTo(slog.New(slog.NewTextHandler(&log, nil)))}
		req := newRequest(t, "POST", shop, "x")
		resp := roundTrip(t, &Transport{Options: o, Base: base}, req)
		if !Undecided(resp) || ErrorOf(resp) != nil || base.calls() != 2 || resp.Request.Body != req.Body {
			t.Errorf("undecided %t, %v, %d calls", Undecided(resp), ErrorOf(resp), base.calls())
		}
		if spent := o.Budget.spent.Load(); spent != millionths {
			t.Errorf("%d millionths are spent", spent)
		}
		if text := log.String(); !strings.Contains(text, "level=INFO msg=undecided") || !strings.Contains(text, "errkb.operation=bulk http.response.status_code=200") {
			t.Error(text)
		}
		copied := *resp
		if !Undecided(&copied) {
			t.Error("a copy is not undecided")
		}
		resp.Body.Close()
	})
}

// The adapters don't send an undecided reply again.
func TestAdaptersLeaveTheUndecided(t *testing.T) {
	resp, _ := answers(200, longer(`{"items":[`, items, `]}`))(newRequest(t, "GET", shop, ""))
	c := bulkAPI()
	c.Unrecognised = &Entry{Kind: KindUnrecognised, Action: Retry, Policy: &Policy{Retries: 1}}
	if again, err := c.CheckRetry(t.Context(), resp, nil); again || err != nil {
		t.Errorf("again %t, %v", again, err)
	}
}
