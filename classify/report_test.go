package classify

import (
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"testing"
)

// encoded returns a value as JSON.
func encoded(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// members returns the JSON of a value by member.
func members(t *testing.T, value any) map[string]any {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(encoded(t, value)), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDecisionJSON(t *testing.T) {
	c := retryAPI(&Policy{Name: "slow", Base: second, Retries: 2})
	c.Name = "shop"
	got := encoded(t, c.Classify(Reply{Status: 429, Operation: "read"}))
	const want = `{"api":"shop","operation":"read","status":429,"source":"status","code":"","known":true,"category":"",` +
		`"action":"retry","meaning":"Too many requests","fix":"Slow down","retries":2,"wait_ms":[1000,1000],` +
		`"wait_source":"policy","server_delay_ms":null,"why":["the reply has no code; the entry 429 covers the status 429",` +
		`"the wait is that of the policy slow"],"also":"","variant":0,"override":0,"request_id":"","field":"",` +
		`"undecided":false,"url":"","message":"","failure":"","policy":"slow","disagrees":false,"effect":"none",` +
		`"again":true,"stop":""}`
	if got != want {
		t.Errorf("the JSON is\n%s\nwant\n%s", got, want)
	}
}

// The error of a reply has what the decision has, the API's own message and its own text.
func TestReplyErrorJSON(t *testing.T) {
	c := placesAPI()
	r := Reply{Status: 200, Body: []byte(`{"code":"LISTED","message":"Not <today>"}`)}
	err := c.Check(r)
	want := members(t, c.Classify(r))
	want["message"], want["error"] = "Not <today>", err.Error()
	got := members(t, err)
	for member, value := range want {
		if encoded(t, got[member]) != encoded(t, value) {
			t.Errorf("%s is %v, want %v", member, got[member], value)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d members, want %d", len(got), len(want))
	}
}

func TestReplyErrorJSONWithoutACatalog(t *testing.T) {
	got := members(t, &ReplyError{Reply: Reply{Status: 503, Operation: "read", Body: []byte("busy")}})
	for member, want := range map[string]any{
		"status": 503.0, "operation": "read", "action": "fail", "source": "none", "message": "", "api": "", "again": false,
		"error": "reply with status 503",
	} {
		if got[member] != want {
			t.Errorf("%s is %v, want %v", member, got[member], want)
		}
	}
	if got := encoded(t, (*ReplyError)(nil)); got != "null" {
		t.Errorf("no error is %s", got)
	}
}

// What a caller makes or changes can be told too.
func TestReportOfAMadeDecision(t *testing.T) {
	c := retryAPI(&Policy{Base: second, Retries: 2})
	delayed := c.Classify(Reply{Status: 429})
	delayed.HasServerDelay, delayed.ServerDelay = true, 3*second
	for name, test := range map[string]struct {
		decision Decision
		why      string
	}{
		"zero":    {Decision{}, noCatalog},
		"kind":    {Decision{Source: KindCode, Code: "X", Status: 400}, noCatalog},
		"entry":   {Decision{Source: KindPrefix, Status: 400, Entry: c.Statuses[0].View(), HasServerDelay: true}, noCatalog},
		"variant": {Decision{Variant: 7, Override: 9, Entry: c.Statuses[0].View()}, noCatalog},
		"success": {Decision{Action: OK, Source: KindSuccess}, noCatalog},
		"waits":   {Decision{Action: Retry, Policy: new(Policy), HasServerDelay: true, ServerDelay: second}, "in what the caller says"},
		"delayed": {delayed, "the wait is the 3s that the server asks for in what the caller says"},
	} {
		t.Run(name, func(t *testing.T) {
			if why := strings.Join(test.decision.Report().Why, "\n"); !strings.Contains(why, test.why) {
				t.Errorf("the report says %q, want %q in it", why, test.why)
			}
			encoded(t, test.decision)
		})
	}
}

// An error says what the variant that holds says, as its JSON does.
func TestMeaningOfAVariant(t *testing.T) {
	c := retryAPI(&Policy{Retries: 2})
	for i := range c.Statuses {
		c.Statuses[i].Variants = []Variant{{When: []Test{{Kind: HeaderPresent, Header: "X-Night"}}, Action: Fail, Meaning: "Closed at night", Fix: "Come back"}}
	}
	err := c.Check(Reply{Status: 429, Header: map[string][]string{"X-Night": {"1"}}})
	if got, want := err.Error(), "Closed at night (Come back)"; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
	if got := members(t, err)["meaning"]; got != "Closed at night" {
		t.Errorf("the meaning is %q", got)
	}
}

func TestReplyErrorInALog(t *testing.T) {
	c := retryAPI(&Policy{Retries: 2})
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"asked": {c.Check(Reply{Status: 429}), `e.error.type=429 e.exception.message="Too many requests (Slow down)"` +
			` e.errkb.action=retry e.http.response.status_code=429`},
		"no reply":   {c.Check(Reply{Err: FailureTimeout}), `e.error.type=timeout e.exception.message="No answer in time: timeout" e.errkb.action=retry`},
		"unasked":    {&ReplyError{Reply: Reply{Status: 503}}, `e.error.type=503 e.exception.message="reply with status 503" e.http.response.status_code=503`},
		"no catalog": {&ReplyError{Reply: Reply{Err: io.ErrUnexpectedEOF}}, `e.error.type=_OTHER e.exception.message="unexpected EOF"`},
		"none":       {(*ReplyError)(nil), `e="a nil *classify.ReplyError as an error, where nil is meant"`},
	} {
		t.Run(name, func(t *testing.T) {
			logger, log := logOf(slog.LevelInfo)
			logger.Info("x", "e", test.err)
			if got, want := log.String(), "level=INFO msg=x "+test.want+"\n"; got != want {
				t.Errorf("the log is\n%swant\n%s", got, want)
			}
		})
	}
}
