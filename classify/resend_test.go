package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// situation is one of all ways in which a call can fail and be asked about.
type situation struct {
	kind       string // what came back
	action     Action
	effect     Effect // as the entry says
	method     string
	unsaid     bool // the catalog does not say the operation's method
	repeatable bool // as the catalog says of the operation
	key        bool // the request has an idempotency key
	told       bool // Options.Repeatable
}

func (s situation) String() string {
	return fmt.Sprintf("%s %s, effect %s, %s, unsaid %t, repeatable %t, key %t, told %t", s.kind, s.action, s.effect, s.method, s.unsaid, s.repeatable, s.key, s.told)
}

// The kinds of what comes back: replies, and failures to get one.
var (
	replyKinds   = []string{"code", "prefix", "status", "class", "unknown", "unrecognised"}
	failureKinds = map[string]error{
		"reset":   &net.OpError{Op: "read", Err: syscall.ECONNRESET},
		"timeout": context.DeadlineExceeded,
		"refused": &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
	}
)

func situations() []situation {
	kinds := replyKinds
	for kind := range failureKinds {
		kinds = append(kinds, kind)
	}
	var all []situation
	for _, kind := range kinds {
		for _, action := range Actions() {
			if action == OK {
				continue // no entry for a failure
			}
			for _, effect := range []Effect{EffectNone, EffectMaybe} {
				for _, method := range []string{"GET", "POST"} {
					for n := range 1 << 4 {
						unsaid, repeatable, key, told := n&1 > 0, n&2 > 0, n&4 > 0, n&8 > 0
						all = append(all, situation{kind, action, effect, method, unsaid, repeatable, key, told})
					}
				}
			}
		}
	}
	return all
}

const retriesOfAll = 2

// catalog has the situation's entry at every place that a reply can lead to.
func (s situation) catalog() *Catalog {
	policy := &Policy{Name: "at once", Retries: retriesOfAll}
	method := s.method
	if s.unsaid {
		method = ""
	}
	entry := func(kind Kind, number uint16, code string) Entry {
		return Entry{Kind: kind, Number: number, Code: code, Action: s.action, Policy: policy, Effect: s.effect}
	}
	unknown, unrecognised := entry(KindUnknown, 0, "unknown"), entry(KindUnrecognised, 0, "unrecognised")
	return indexed(&Catalog{
		Forms:        []Form{{Syntax: JSON, OK: []Test{{At: Path{"ok"}, Values: []Scalar{{Bool, "true"}}}}, Code: []Path{{"code"}}}},
		Endpoints:    []Endpoint{{Operation: "call", Method: method, Path: "/call", Repeatable: s.repeatable}},
		Codes:        []Entry{entry(KindCode, 1, "LISTED")},
		Prefixes:     []Entry{entry(KindPrefix, 0, "P-*")},
		Statuses:     []Entry{entry(KindStatus, 409, "409")},
		Classes:      []Entry{entry(KindStatusClass, 5, "5xx")},
		Transport:    []Entry{entry(KindTransport, 0, "connection"), entry(KindTransport, 0, "timeout")},
		Unknown:      &unknown,
		Unrecognised: &unrecognised,
	})
}

func (s situation) reply() Reply {
	r := Reply{Operation: "call", Err: failureKinds[s.kind]}
	switch s.kind {
	case "code":
		r.Status, r.Body = 400, []byte(`{"code":"LISTED"}`)
	case "prefix":
		r.Status, r.Body = 400, []byte(`{"code":"P-1"}`)
	case "status":
		r.Status = 409
	case "class":
		r.Status = 502
	case "unknown":
		r.Status, r.Body = 400, []byte(`{"code":"NEW"}`)
	case "unrecognised":
		r.Status = 400
	}
	return r
}

// request is the call as an HTTP request.
func (s situation) request(t *testing.T) *http.Request {
	req, err := http.NewRequestWithContext(t.Context(), s.method, "https://shop.test/call", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	if s.key {
		req.Header.Set("Idempotency-Key", "1")
	}
	return req
}

// maybe is whether the call may have taken effect: what was sent may have, whatever
// the entry says.
func (s situation) maybe() bool {
	switch s.kind {
	case "refused":
		return false
	case "reset", "timeout":
		return true
	}
	return s.effect == EffectMaybe
}

// harmless is whether the call can be made twice, as far as one knows who sees the
// request.
func (s situation) harmless(seen bool) bool { return s.repeatable || s.told || seen && s.key }

// calls is how often a caller makes the call that follows some actions and submits
// no task, where each try fails so.
func (s situation) calls(seen bool, follows ...Action) int {
	for _, action := range follows {
		if action == s.action && (action != Retry || !s.maybe() || s.harmless(seen)) {
			return 1 + retriesOfAll
		}
	}
	return 1
}

// Whoever is asked whether the call is to be made again says the same.
func TestOneAnswer(t *testing.T) {
	all := situations()
	for _, s := range all {
		for n := range retriesOfAll + 1 {
			s.checkDecision(t, n)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		for _, s := range all {
			s.checkDo(t)
			s.checkTransport(t)
			s.checkAdapters(t)
			s.checkJob(t)
		}
	})
	t.Logf("%d situations, %d answers a piece", len(all), retriesOfAll+1)
}

func (s situation) checkDecision(t *testing.T, n int) {
	d := s.catalog().Classify(s.reply())
	if got := d.Effect == EffectMaybe; got != s.maybe() {
		t.Errorf("%s: the effect is %s", s, d.Effect)
	}
	want := n < retriesOfAll && s.calls(true, Retry, WaitPoll, Resubmit) > 1
	next := d.Resend(Attempt{Retry: n, Repeatable: s.told || s.key})
	if next.Again != want {
		t.Errorf("%s: retry %d is %+v, want %t", s, n, next, want)
	}
	if s.told || s.key {
		return // which Next is not told
	}
	if _, again := d.Next(n); again != want {
		t.Errorf("%s: Next(%d) is %t, want %t", s, n, again, want)
	}
}

func (s situation) checkDo(t *testing.T) {
	calls := 0
	o := &Options{Catalog: s.catalog(), Operation: "call", Repeatable: s.told || s.key}
	_, err := Do(t.Context(), o, func(context.Context) (int, error) {
		calls++
		return 0, &ReplyError{Reply: s.reply()}
	})
	want := s.calls(true, Retry, WaitPoll)
	s.check(t, "Do", calls, want, reasonOf(err))
}

func (s situation) checkTransport(t *testing.T) {
	calls := 0
	transport := &Transport{
		Options: Options{Catalog: s.catalog(), Repeatable: s.told},
		Base: roundTripper(func(req *http.Request) (*http.Response, error) {
			calls++
			return s.response(req)
		}),
	}
	resp, err := transport.RoundTrip(s.request(t))
	if why := stopOn(resp); why != nil {
		err = why
	}
	s.check(t, "Transport", calls, s.calls(true, Retry), reasonOf(err))
}

func (s situation) checkAdapters(t *testing.T) {
	if s.told {
		return // which adapters are not told
	}
	want := s.calls(true, Retry) > 1
	for name, ask := range map[string]func(*http.Response, error) bool{
		"CheckRetry": func(resp *http.Response, err error) bool {
			again, _ := s.catalog().CheckRetry(t.Context(), resp, err)
			return again
		},
		"Retryable": s.catalog().Retryable,
	} {
		req := s.request(t)
		resp, err := s.response(req)
		if err != nil {
			if s.key {
				continue // an error does not show the request's header
			}
			err = &url.Error{Op: s.method[:1] + strings.ToLower(s.method[1:]), URL: req.URL.String(), Err: err}
		}
		if got := ask(resp, err); got != want {
			t.Errorf("%s: %s is %t, want %t", s, name, got, want)
		}
	}
	if s.key {
		return // which Marker does not see
	}
	stop := errors.New("stop")
	mark := s.catalog().Marker(t.Context(), "call", func(error) error { return stop }, func(_ time.Duration, err error) error { return err })
	calls := 1
	for mark(&ReplyError{Reply: s.reply()}) != stop {
		calls++
	}
	s.check(t, "Marker", calls, s.calls(false, Retry, WaitPoll), 0)
}

func (s situation) checkJob(t *testing.T) {
	calls := 0
	job := &Job[int, int]{
		Options:         Options{Catalog: s.catalog(), Repeatable: s.told || s.key},
		SubmitOperation: "call",
		Submit: func(context.Context) (int, error) {
			calls++
			return 0, &ReplyError{Reply: s.reply()}
		},
		Poll: func(context.Context, int) (int, error) { return 0, nil },
	}
	_, err := job.Run(t.Context())
	want := s.calls(true, Retry, WaitPoll, Resubmit)
	// An answer that the result is not ready says that the task may be there, and a
	// lost one may not be lost.
	if (s.action == WaitPoll || s.action == Resubmit && s.maybe()) && !s.harmless(true) {
		want = 1
	}
	s.check(t, "Job", calls, want, reasonOf(err))
}

// check compares how often a call was made with how often it should be, and why it
// was not made again.
func (s situation) check(t *testing.T, who string, calls, want int, reason Reason) {
	t.Helper()
	if calls != want {
		t.Errorf("%s: %s makes %d calls, want %d", s, who, calls, want)
	}
	if who == "Marker" {
		return
	}
	wanted := ReasonDecision
	switch {
	case want > 1:
		wanted = ReasonExhausted
	case s.action == Retry, who == "Job" && s.action.Waits():
		wanted = ReasonEffect
	}
	if reason != wanted {
		t.Errorf("%s: %s stops since %q, want %q", s, who, reason, wanted)
	}
}

func (s situation) response(req *http.Request) (*http.Response, error) {
	r := s.reply()
	if r.Err != nil {
		return nil, r.Err
	}
	return &http.Response{
		StatusCode: r.Status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(r.Body))),
		ContentLength: int64(len(r.Body)), ProtoMajor: 1, Request: req,
	}, nil
}

func reasonOf(err error) Reason {
	if stop, ok := find[*Error](err); ok {
		return stop.Reason
	}
	return 0xff
}

// A catalog without operations says of none that it can be repeated.
func TestResendWithoutOperations(t *testing.T) {
	policy := &Policy{Base: time.Second, Retries: 1}
	c := &Catalog{Classes: []Entry{{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Retry, Policy: policy, Effect: EffectMaybe}}}
	d := c.Classify(Reply{Status: 500})
	if _, again := d.Next(0); again {
		t.Error("what may have taken effect is sent again")
	}
	if next := d.Resend(Attempt{}); next != (Resend{Reason: ReasonEffect}) {
		t.Errorf("got %+v", next)
	}
	if next := d.Resend(Attempt{Repeatable: true}); next != (Resend{Again: true, Shortest: time.Second, Longest: time.Second}) {
		t.Errorf("got %+v of a repeatable call", next)
	}
}

// Where no operation is named the call may be of any; a stranger is of none.
func TestResendOfNoNamedOperation(t *testing.T) {
	c := shopAPI(time.Second)
	broken := Reply{Err: syscall.ECONNRESET}
	if d := c.Classify(broken); d.Resend(Attempt{}).Again {
		t.Error("one of the operations can't be repeated, and yet it is sent again")
	}
	c.Endpoints = c.Endpoints[1:]
	if d := c.Classify(broken); !d.Resend(Attempt{}).Again || d.Resend(Attempt{Other: true}).Again {
		t.Error("all operations can be repeated, and none is a stranger")
	}
}
