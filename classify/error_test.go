package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestErrorTexts(t *testing.T) {
	c := retryAPI(&Policy{Retries: 1})
	c.Unknown = &Entry{Kind: KindUnknown, Code: "unknown", Meaning: "Code that the catalog does not list"}
	c.Statuses, c.Classes = c.Statuses[:1], nil
	decisionOf := func(r Reply) Decision { return c.Classify(r) }
	tests := []struct {
		name string
		err  *Error
		want string
	}{
		{"nil", nil, "a nil *classify.Error as an error, where nil is meant"},
		{"zero value", &Error{}, "no success, and no entry in the catalog"},
		{
			"code", &Error{Attempts: 1, Decision: decisionOf(Reply{Header: map[string][]string{"X-Code": {"MAINTENANCE"}}}), Last: io.EOF},
			"MAINTENANCE: Closed for maintenance (Try tomorrow); stopped after 1 attempt: the decision is to stop",
		},
		{
			"code that is not listed", &Error{Attempts: 2, Decision: decisionOf(Reply{Header: map[string][]string{"X-Code": {"N\nEW"}}}), Last: io.EOF},
			`"N\nEW": Code that the catalog does not list; stopped after 2 attempts: the decision is to stop`,
		},
		{
			"very long code", &Error{Attempts: 1, Decision: decisionOf(Reply{Header: map[string][]string{"X-Code": {strings.Repeat("A", 200)}}}), Last: io.EOF},
			`"` + strings.Repeat("A", 80) + `"…: Code that the catalog does not list; stopped after 1 attempt: the decision is to stop`,
		},
		{
			"nothing known of the reply", &Error{Attempts: 1, Decision: decisionOf(Reply{Status: 302}), Last: &ReplyError{Reply: Reply{Status: 302}}},
			"reply with status 302; stopped after 1 attempt: the decision is to stop",
		},
		{
			"no reply", &Error{Attempts: 1, Decision: decisionOf(Reply{Err: FailureTimeout}), Last: io.ErrNoProgress},
			"No answer in time: multiple Read calls return no data or error; stopped after 1 attempt: the decision is to stop",
		},
		{
			"no reply, without an error", &Error{Attempts: 1, Decision: decisionOf(Reply{Err: FailureTimeout})},
			"No answer in time; stopped after 1 attempt: the decision is to stop",
		},
		{
			"the error of an earlier call", &Error{Reason: ReasonExhausted, Last: io.EOF},
			"EOF; stopped after 0 attempts: the retries are used up",
		},
		{
			"no catalog, for another reason", &Error{Attempts: 1, Reason: ReasonCanceled, Decision: (*Catalog)(nil).Classify(Reply{Status: 500}), Last: io.EOF},
			"EOF; stopped after 1 attempt: the context ended",
		},
		{
			"nil pointer as last error", &Error{Attempts: 1, Last: (*net.OpError)(nil)},
			"a nil *net.OpError as an error, where nil is meant; stopped after 1 attempt: the decision is to stop",
		},
		{
			"cause", &Error{Attempts: 3, Reason: ReasonBody, Last: io.EOF, Cause: errStopped},
			"EOF; stopped after 3 attempts: the body can't be sent again: stopped by hand",
		},
		{
			"page", &Error{Attempts: 1, Decision: Decision{Code: "LOST", Source: KindCode, Entry: (&Entry{Meaning: "Lost", URL: "https://errors.example.com/c/shop/lost.html"}).View(), Fix: "Look"}},
			"LOST: Lost (Look); stopped after 1 attempt: the decision is to stop; see https://errors.example.com/c/shop/lost.html",
		},
		{
			"page, without a call", &Error{Reason: ReasonCanceled, Decision: Decision{Entry: (&Entry{URL: "https://errors.example.com/u/shop/unknown.html"}).View()}},
			"no call was made: the context ended",
		},
		{
			"server delay without a policy", &Error{Attempts: 1, Reason: ReasonServerDelay, Last: io.EOF},
			"EOF; stopped after 1 attempt: the server asks for too long a wait",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.err.Error(); got != test.want {
				t.Errorf("the text is\n%s, want\n%s", got, test.want)
			}
		})
	}
}

func TestErrorUnwraps(t *testing.T) {
	if got := (*Error)(nil).Unwrap(); got != nil {
		t.Errorf("nil unwraps to %v", got)
	}
	if got := (&Error{}).Unwrap(); len(got) != 0 {
		t.Errorf("the zero value unwraps to %v", got)
	}
	d := retryAPI(nil).Classify(Reply{Header: map[string][]string{"X-Code": {"MAINTENANCE"}}})
	err := &Error{Last: io.EOF, Cause: errStopped, ended: context.Canceled, Decision: d}
	if got, want := err.Unwrap(), []error{io.EOF, errStopped, context.Canceled, errMaintenance}; !slices.Equal(got, want) {
		t.Errorf("it unwraps to %v, want %v", got, want)
	}
	if code, ok := errors.AsType[typedCode](error(err)); !ok || code != 1 {
		t.Errorf("the typed code is %v, %t", code, ok)
	}
}

func TestReplyErrorTexts(t *testing.T) {
	for want, err := range map[string]*ReplyError{
		"a nil *classify.ReplyError as an error, where nil is meant": nil,
		"reply with status 503": {Reply: Reply{Status: 503}},
		"EOF":                   {Reply: Reply{Err: io.EOF}},
		"a nil *net.OpError as an error, where nil is meant": {Reply: Reply{Err: (*net.OpError)(nil)}},
	} {
		if got := err.Error(); got != want {
			t.Errorf("the text is %q, want %q", got, want)
		}
	}
	if !errors.Is(&ReplyError{Reply: Reply{Err: io.EOF}}, io.EOF) || (*ReplyError)(nil).Unwrap() != nil {
		t.Error("it does not unwrap to why there was no reply")
	}
}

func TestCheck(t *testing.T) {
	c := retryAPI(nil)
	if err := c.Check(Reply{Status: 200}); err != nil {
		t.Errorf("success is %v", err)
	}
	for _, r := range []Reply{{Status: 503, Operation: "read"}, {Status: 302}, {Err: FailureTimeout}} {
		carried, ok := errors.AsType[*ReplyError](c.Check(r))
		if !ok || carried.Reply.Status != r.Status || carried.Reply.Operation != r.Operation || carried.Reply.Err != r.Err {
			t.Errorf("%+v is %v", r, carried)
		}
	}
	if err := (*Catalog)(nil).Check(Reply{Status: 200}); err == nil {
		t.Error("a nil catalog knows of success")
	}
}

func TestReasons(t *testing.T) {
	for r := ReasonDecision; r <= ReasonRefused; r++ {
		if text := r.String(); text == "" || text == "Reason(?)" {
			t.Errorf("reason %d is %q", r, text)
		}
	}
}

func TestLateErrorSaysWhatIsLeft(t *testing.T) {
	brief := &lateError{wait: 30*time.Second + 255_000_001, left: 30*time.Second + 254_999_999, bound: "of the day"}
	if got, want := brief.Error(), "a wait of 30.256s, with 30.254s left of the day"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	late := &lateError{wait: time.Second, left: -time.Minute, bound: "of the day"}
	if got, want := late.Error(), "a wait of 1s, with 0s left of the day"; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
}

// A fix such as "wait and retry" is wrong for what must not be done twice.
func TestErrorLeavesOutAFixThatWouldDoItTwice(t *testing.T) {
	d := Decision{Entry: (&Entry{Meaning: "The server broke"}).View(), Fix: "Wait and retry"}
	for reason, want := range map[Reason]string{
		ReasonEffect:    "The server broke; stopped after 1 attempt: the request may have taken effect",
		ReasonExhausted: "The server broke (Wait and retry); stopped after 1 attempt: the retries are used up",
	} {
		if got := (&Error{Reason: reason, Attempts: 1, Decision: d}).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// What the caller has forgotten is said, and nothing breaks.
func TestErrorsSayWhatIsForgotten(t *testing.T) {
	for name, test := range map[string]struct {
		options *Options
		fail    error
		want    string
	}{
		"options":           {nil, io.EOF, "EOF; stopped after 1 attempt: the options have no Catalog"},
		"catalog":           {&Options{}, status(429), "reply with status 429; stopped after 1 attempt: the options have no Catalog"},
		"catalog, timed":    {&Options{Timeout: time.Hour}, io.EOF, "EOF; stopped after 1 attempt: the options have no Catalog"},
		"typed nil":         {&Options{Catalog: retryAPI(&Policy{})}, (*ReplyError)(nil), "a nil *classify.ReplyError as an error, where nil is meant; stopped after 1 attempt: the decision is to stop"},
		"typed nil, *Error": {&Options{Catalog: retryAPI(&Policy{})}, (*Error)(nil), "a nil *classify.Error as an error, where nil is meant; stopped after 1 attempt: the decision is to stop"},
	} {
		_, err := Do(t.Context(), test.options, playing(test.fail).call)
		if got := stopped(t, err, ReasonDecision, 1).Error(); got != test.want {
			t.Errorf("%s: the text is\n%s, want\n%s", name, got, test.want)
		}
	}
	if value, err := Do(t.Context(), nil, playing(nil).call); value != 1 || err != nil {
		t.Errorf("a success is %d, %v", value, err)
	}
	_, err := (&Transport{Base: roundTripper(fails(io.EOF))}).RoundTrip(newRequest(t, "GET", shop, ""))
	if err == nil || !strings.HasSuffix(err.Error(), "the options have no Catalog") {
		t.Errorf("the error is %v", err)
	}
}

// The first value after those that have a name, and the last that can be, have none.
func TestStringOutOfRange(t *testing.T) {
	for _, test := range []struct {
		next, last fmt.Stringer
		want       string
	}{
		{Action(len(actionNames)), Action(0xff), "Action("},
		{Effect(len(effectNames)), Effect(0xff), "Effect("},
		{Growth(len(growthNames)), Growth(0xff), "Growth("},
		{Kind(len(kindNames)), Kind(0xff), "Kind("},
		{Reason(len(reasonNames)), Reason(0xff), "Reason("},
		{Step(len(stepNames)), Step(0xff), "Step("},
		{Syntax(len(syntaxNames)), Syntax(0xff), "Syntax("},
		{WaitSource(len(waitSourceNames)), WaitSource(0xff), "WaitSource("},
	} {
		for _, value := range []fmt.Stringer{test.next, test.last} {
			if got := value.String(); !strings.HasPrefix(got, test.want) {
				t.Errorf("%T is %s, want %s…)", value, got, test.want)
			}
		}
	}
}
