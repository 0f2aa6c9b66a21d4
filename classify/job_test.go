package classify

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// solverAPI is the catalog of an API that solves tasks: submit, then poll.
func solverAPI() *Catalog {
	slot := &Policy{Name: "slot", Base: 5 * time.Second, Retries: 3}
	rate := &Policy{Name: "rate", Growth: Exponential, Base: 3 * time.Second, Factor: 2, Max: 10 * time.Second, Retries: 3}
	poll := &Policy{Name: "poll", Base: 5 * time.Second, First: 5 * time.Second, Retries: Unlimited, Within: 120 * time.Second}
	anew := &Policy{Name: "resubmit", Base: 2 * time.Second, Retries: 2}
	return indexed(&Catalog{
		Name:   "solver",
		Forms:  []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{""}}}},
		Delays: []Delay{{Header: "Retry-After"}},
		Endpoints: []Endpoint{
			{Operation: "submit", Method: "POST", Path: "/in", Timeout: 30 * time.Second},
			{Operation: "poll", Method: "GET", Path: "/res", Timeout: 15 * time.Second},
		},
		Codes: []Entry{
			{Code: "NO_SLOT", Action: Retry, Policy: slot, Meaning: "No worker is free"},
			{Code: "NOT_READY", Action: WaitPoll, Policy: poll, Meaning: "Not solved yet"},
			{Code: "UNSOLVABLE", Action: Resubmit, Policy: anew, Meaning: "Can't be solved", Fix: "Submit a new task"},
			{Code: "ZERO_BALANCE", Action: FixAccount, Meaning: "No funds", Fix: "Top up"},
			{Code: "WRONG_ID", Action: Fail, Meaning: "No such task"},
			{Code: "LOST", Action: Resubmit, Policy: anew, Effect: EffectMaybe, Meaning: "The task was lost"},
		},
		Classes: []Entry{{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Retry, Policy: rate, Effect: EffectMaybe, Meaning: "Server error"}},
		Transport: []Entry{
			{Kind: KindTransport, Code: "timeout", Action: Retry, Policy: rate, Effect: EffectMaybe, Meaning: "No answer in time"},
			{Kind: KindTransport, Code: "connection", Action: Retry, Policy: rate, Effect: EffectMaybe, Meaning: "The connection broke"},
		},
		TypedCode: func(number uint16) error { return solverCode(number) },
	})
}

type solverCode uint16

const (
	notReady    solverCode = 2
	unsolvable  solverCode = 3
	zeroBalance solverCode = 4
)

func (c solverCode) Error() string { return fmt.Sprintf("code %d", uint16(c)) }

// solverAnswer is what the solver answers with: a text such as "NOT_READY" or
// "OK|result", a status such as "502", or a failure.
type solverAnswer string

const (
	neverSent solverAnswer = "(neverSent)" // nothing was sent
	brokenOff solverAnswer = "(brokenOff)" // the connection broke once the request was sent
	silence   solverAnswer = "(silence)"   // no answer at all
	webPage   solverAnswer = "<html>Sorry</webPage>"
)

func (a solverAnswer) reply(ctx context.Context) Reply {
	switch a {
	case neverSent:
		return Reply{Err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}
	case brokenOff:
		return Reply{Err: &net.OpError{Op: "read", Err: syscall.ECONNRESET}}
	case silence:
		<-ctx.Done()
		return Reply{Err: ctx.Err()}
	}
	text, delay, _ := strings.Cut(string(a), " after ")
	reply := Reply{Status: 200, Body: []byte(text), Header: map[string][]string{}}
	if delay != "" {
		reply.Header.Set("Retry-After", delay)
	}
	if _, err := fmt.Sscanf(text, "%d", &reply.Status); err == nil {
		reply.Body = nil
	}
	return reply
}

// solver answers by scripts, whose last answers go on for ever, and notes which
// call came when.
type solver struct {
	catalog        *Catalog
	submits, polls []solverAnswer
	start          time.Time
	calls          []string
	tasks          int
}

func (s *solver) next(script *[]solverAnswer) solverAnswer {
	a := (*script)[0]
	if len(*script) > 1 {
		*script = (*script)[1:]
	}
	return a
}

func (s *solver) note(format string, args ...any) {
	s.calls = append(s.calls, fmt.Sprintf(format, args...)+" "+time.Since(s.start).String())
}

func (s *solver) submit(ctx context.Context) (string, error) {
	s.note("submit")
	reply := s.next(&s.submits).reply(ctx)
	reply.Operation = "submit"
	if err := s.catalog.Check(reply); err != nil {
		return "", err
	}
	s.tasks++
	return fmt.Sprintf("t%d", s.tasks), nil
}

func (s *solver) poll(ctx context.Context, task string) (string, error) {
	s.note("poll %s", task)
	reply := s.next(&s.polls).reply(ctx)
	if err := s.catalog.Check(reply); err != nil {
		return "", err
	}
	return strings.TrimPrefix(string(reply.Body), "OK|"), nil
}

func (s *solver) job() *Job[string, string] {
	if s.catalog == nil {
		s.catalog = solverAPI()
	}
	s.start = time.Now()
	return &Job[string, string]{
		Options:         Options{Catalog: s.catalog},
		SubmitOperation: "submit",
		PollOperation:   "poll",
		Submit:          s.submit,
		Poll:            s.poll,
	}
}

// every lists times from one to another, a step apart, as calls of a kind.
func every(call string, from, to, step time.Duration) []string {
	var calls []string
	for at := from; at <= to; at += step {
		calls = append(calls, call+" "+at.String())
	}
	return calls
}

func times(n int, a ...solverAnswer) []solverAnswer { return slices.Repeat(a, n) }

const sec = time.Second

func TestJob(t *testing.T) {
	wide := func(c *Catalog) { c.Codes[1].Policy.Within = time.Hour }
	tests := []struct {
		name    string
		submits []solverAnswer
		polls   []solverAnswer
		change  func(*Catalog)
		options Options
		calls   []string
		result  string
		reason  Reason
		is      error
		tasks   int
		live    bool
		elapsed time.Duration
	}{
		{
			name: "ready at once", submits: times(1, "OK|"), polls: times(1, "OK|hello"),
			calls: []string{"submit 0s", "poll t1 5s"}, result: "hello",
		},
		{
			name: "ready later", submits: times(1, "OK|"), polls: []solverAnswer{"NOT_READY", "NOT_READY", "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "poll t1 10s", "poll t1 15s"}, result: "hello",
		},

		// Submitting.
		{
			name: "submit again", submits: []solverAnswer{"NO_SLOT", "NO_SLOT", "NO_SLOT", "OK|"}, polls: times(1, "OK|hello"),
			calls: []string{"submit 0s", "submit 5s", "submit 10s", "submit 15s", "poll t1 20s"}, result: "hello",
		},
		{
			name: "submit in vain", submits: times(1, "NO_SLOT"),
			calls: every("submit", 0, 15*sec, 5*sec), reason: ReasonExhausted, is: solverCode(1), elapsed: 15 * sec,
		},
		{
			name: "submit without funds", submits: times(1, "ZERO_BALANCE"),
			calls: []string{"submit 0s"}, reason: ReasonDecision, is: zeroBalance,
		},
		{
			name: "submit and get a page", submits: times(1, webPage),
			calls: []string{"submit 0s"}, reason: ReasonDecision,
		},
		{
			name: "submit is neverSent", submits: []solverAnswer{neverSent, neverSent, "OK|"}, polls: times(1, "OK|hello"),
			calls: []string{"submit 0s", "submit 3s", "submit 9s", "poll t1 14s"}, result: "hello",
		},
		{
			name: "submit is ambiguous: broken connection", submits: times(1, brokenOff),
			calls: []string{"submit 0s"}, reason: ReasonEffect, is: syscall.ECONNRESET,
		},
		{
			name: "submit is ambiguous: server error", submits: times(1, "502"),
			calls: []string{"submit 0s"}, reason: ReasonEffect,
		},
		{
			name: "submit is ambiguous: no answer in time", submits: times(1, silence),
			calls: []string{"submit 0s"}, reason: ReasonEffect, is: context.DeadlineExceeded, elapsed: 30 * sec,
		},
		{
			name: "submit is ambiguous: not ready", submits: times(1, "NOT_READY"),
			calls: []string{"submit 0s"}, reason: ReasonEffect, is: notReady,
		},
		{
			name: "submit is ambiguous: lost, but maybe not", submits: times(1, "LOST"),
			calls: []string{"submit 0s"}, reason: ReasonEffect,
		},
		{
			name: "submit is repeatable", submits: []solverAnswer{brokenOff, "502", "NOT_READY", "LOST", "OK|"}, polls: times(1, "OK|hello"),
			options: Options{Repeatable: true},
			calls:   []string{"submit 0s", "submit 3s", "submit 9s", "submit 14s", "submit 16s", "poll t1 21s"}, result: "hello",
		},
		{
			name: "submit is unsolvable", submits: times(1, "UNSOLVABLE"),
			calls: every("submit", 0, 4*sec, 2*sec), reason: ReasonExhausted, is: unsolvable, elapsed: 4 * sec,
		},

		// Polling.
		{
			name: "a healthy answer resets the count of failures", change: wide, submits: times(1, "OK|"),
			polls: slices.Concat(times(20, "NOT_READY"), times(2, "502"), times(1, "NOT_READY"), times(3, "502"), times(1, "OK|hello")),
			calls: slices.Concat([]string{"submit 0s"}, every("poll t1", 5*sec, 105*sec, 5*sec), // 105: 502
				[]string{"poll t1 1m48s", "poll t1 1m54s", "poll t1 1m59s", "poll t1 2m2s", "poll t1 2m8s", "poll t1 2m18s"}),
			result: "hello",
		},
		{
			name: "failures in a row", submits: times(1, "OK|"), polls: times(1, "502"),
			calls:  []string{"submit 0s", "poll t1 5s", "poll t1 8s", "poll t1 14s", "poll t1 24s"},
			reason: ReasonExhausted, tasks: 1, live: true, elapsed: 24 * sec,
		},
		{
			name: "failures of all kinds", submits: times(1, "OK|"), polls: []solverAnswer{brokenOff, neverSent, silence, "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "poll t1 8s", "poll t1 14s", "poll t1 39s"}, result: "hello",
		},
		{
			name: "each call has its own retries", submits: []solverAnswer{"NO_SLOT", "NO_SLOT", "NO_SLOT", "OK|"},
			polls:  []solverAnswer{"NO_SLOT", "NO_SLOT", "NO_SLOT", "OK|hello"},
			calls:  slices.Concat(every("submit", 0, 15*sec, 5*sec), every("poll t1", 20*sec, 35*sec, 5*sec)),
			result: "hello",
		},
		{
			name: "a page", submits: times(1, "OK|"), polls: times(1, webPage),
			calls: []string{"submit 0s", "poll t1 5s"}, reason: ReasonDecision, tasks: 1, live: true, elapsed: 5 * sec,
		},
		{
			name: "no funds", submits: times(1, "OK|"), polls: []solverAnswer{"NOT_READY", "ZERO_BALANCE"},
			calls: []string{"submit 0s", "poll t1 5s", "poll t1 10s"}, reason: ReasonDecision, is: zeroBalance, tasks: 1, live: true, elapsed: 10 * sec,
		},
		{
			name: "the last poll, at the end", submits: times(1, "OK|"), polls: append(times(23, "NOT_READY"), "OK|hello"),
			calls: append([]string{"submit 0s"}, every("poll t1", 5*sec, 120*sec, 5*sec)...), result: "hello",
		},
		{
			name: "never ready", submits: times(1, "OK|"), polls: times(1, "NOT_READY"),
			calls:  append([]string{"submit 0s"}, every("poll t1", 5*sec, 120*sec, 5*sec)...),
			reason: ReasonDeadline, is: context.DeadlineExceeded, tasks: 1, live: true, elapsed: 120 * sec,
		},
		{
			name: "a failure near the end", submits: times(1, "OK|"), polls: append(times(23, "NOT_READY"), "502"),
			calls:  append([]string{"submit 0s"}, every("poll t1", 5*sec, 120*sec, 5*sec)...),
			reason: ReasonDeadline, is: context.DeadlineExceeded, tasks: 1, live: true, elapsed: 120 * sec,
		},
		{
			name: "as many polls as the policy allows", submits: times(1, "OK|"), polls: times(1, "NOT_READY"),
			change: func(c *Catalog) { c.Codes[1].Policy.Retries = 2 },
			calls:  append([]string{"submit 0s"}, every("poll t1", 5*sec, 15*sec, 5*sec)...),
			reason: ReasonExhausted, is: notReady, tasks: 1, live: true, elapsed: 15 * sec,
		},
		{
			name: "the server's own delay", submits: times(1, "OK|"), polls: []solverAnswer{"NOT_READY after 60", "NOT_READY after 0", "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "poll t1 1m5s", "poll t1 1m10s"}, result: "hello",
		},
		{
			name: "the server's own delay, too long", submits: times(1, "OK|"), polls: times(1, "NOT_READY after 301"), change: wide,
			calls: []string{"submit 0s", "poll t1 5s"}, reason: ReasonServerDelay, is: notReady, tasks: 1, live: true, elapsed: 5 * sec,
		},
		{
			name: "the time of retries is not that of polling", submits: times(1, "OK|"), change: func(c *Catalog) {
				c.Classes[0].Policy.Within = 8 * sec
			},
			polls: slices.Concat(times(10, "NOT_READY"), times(2, "502"), times(1, "NOT_READY"), times(1, "OK|hello")),
			calls: slices.Concat([]string{"submit 0s"}, every("poll t1", 5*sec, 55*sec, 5*sec),
				[]string{"poll t1 58s"}),
			reason: ReasonDeadline, is: context.DeadlineExceeded, tasks: 1, live: true, elapsed: 58 * sec,
		},

		{
			name: "the time of retries is not that of the first wait", submits: times(1, "OK|"), polls: times(1, "502"), change: func(c *Catalog) {
				c.Classes[0].Policy.Within = 10 * sec
			},
			calls:  []string{"submit 0s", "poll t1 5s", "poll t1 8s", "poll t1 14s"},
			reason: ReasonDeadline, is: context.DeadlineExceeded, tasks: 1, live: true, elapsed: 14 * sec,
		},

		// Submitting again.
		{
			name: "unsolvable once", submits: times(1, "OK|"), polls: []solverAnswer{"NOT_READY", "UNSOLVABLE", "NOT_READY", "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "poll t1 10s", "submit 12s", "poll t2 17s", "poll t2 22s"}, result: "hello",
		},
		{
			name: "unsolvable each time", submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE"),
			calls:  []string{"submit 0s", "poll t1 5s", "submit 7s", "poll t2 12s", "submit 14s", "poll t3 19s"},
			reason: ReasonExhausted, is: unsolvable, tasks: 3, elapsed: 19 * sec,
		},
		{
			name: "unsolvable on submit and on poll", submits: []solverAnswer{"UNSOLVABLE", "OK|"}, polls: times(1, "UNSOLVABLE"),
			calls:  []string{"submit 0s", "submit 2s", "poll t1 7s", "submit 9s", "poll t2 14s"},
			reason: ReasonExhausted, is: unsolvable, tasks: 2, elapsed: 14 * sec,
		},
		{
			name: "lost on poll", submits: times(1, "OK|"), polls: []solverAnswer{"LOST", "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "submit 7s", "poll t2 12s"}, result: "hello",
		},
		{
			name: "resubmitted, ambiguous", submits: []solverAnswer{"OK|", brokenOff}, polls: times(1, "UNSOLVABLE"),
			calls:  []string{"submit 0s", "poll t1 5s", "submit 7s"},
			reason: ReasonEffect, tasks: 1, elapsed: 7 * sec,
		},
		{
			name: "each task has its own time", submits: times(1, "OK|"),
			polls: slices.Concat(times(19, "NOT_READY"), times(1, "UNSOLVABLE"), times(23, "NOT_READY"), times(1, "OK|hello")),
			calls: slices.Concat([]string{"submit 0s"}, every("poll t1", 5*sec, 100*sec, 5*sec),
				[]string{"submit 1m42s"}, every("poll t2", 107*sec, 222*sec, 5*sec)),
			result: "hello",
		},
		{
			name: "each task has its own polls", submits: times(1, "OK|"), change: func(c *Catalog) { c.Codes[1].Policy.Retries = 1 },
			polls: []solverAnswer{"NOT_READY", "UNSOLVABLE", "NOT_READY", "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "poll t1 10s", "submit 12s", "poll t2 17s", "poll t2 22s"}, result: "hello",
		},
		{
			name: "resubmitted with jitter", submits: times(1, "OK|"), polls: []solverAnswer{"UNSOLVABLE", "OK|hello"},
			change:  func(c *Catalog) { c.Codes[2].Policy.Jitter.Add = 8 * sec },
			options: Options{Random: func() float64 { return 0.25 }},
			calls:   []string{"submit 0s", "poll t1 5s", "submit 9s", "poll t2 14s"}, result: "hello",
		},
		{
			name: "resubmitted after the server's own delay", submits: times(1, "OK|"), polls: []solverAnswer{"UNSOLVABLE after 30", "OK|hello"},
			calls: []string{"submit 0s", "poll t1 5s", "submit 35s", "poll t2 40s"}, result: "hello",
		},
		{
			name: "resubmitted after the server's own delay, too long", submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE after 301"),
			calls: []string{"submit 0s", "poll t1 5s"}, reason: ReasonServerDelay, is: unsolvable, tasks: 1, elapsed: 5 * sec,
		},
		{
			name: "resubmitted within the policy's time", submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE"),
			change: func(c *Catalog) { c.Codes[2].Policy.Within = 10 * sec },
			calls:  []string{"submit 0s", "poll t1 5s", "submit 7s", "poll t2 12s"},
			reason: ReasonDeadline, is: context.DeadlineExceeded, tasks: 2, elapsed: 12 * sec,
		},
		{
			name: "resubmitted without a policy", submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE"),
			change: func(c *Catalog) { c.Codes[2].Policy = nil },
			calls:  []string{"submit 0s", "poll t1 5s"},
			reason: ReasonExhausted, is: unsolvable, tasks: 1, elapsed: 5 * sec,
		},
		{
			name: "resubmitted without budget", submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE"),
			options: Options{Budget: &Budget{MaxTokens: 1, Ratio: 0.001}},
			calls:   []string{"submit 0s", "poll t1 5s", "submit 7s", "poll t2 12s"},
			reason:  ReasonBudget, is: unsolvable, tasks: 2, elapsed: 12 * sec,
		},

		// Where the catalog says "not ready".
		{
			name: "by a status", submits: times(1, "OK|"), polls: []solverAnswer{"202", "202", "OK|hello"},
			change: func(c *Catalog) {
				poll := &Policy{Base: sec, First: 7 * sec, Retries: Unlimited}
				c.Codes[1] = Entry{Code: "NOT_READY"}
				c.Statuses = []Entry{{Kind: KindStatus, Number: 202, Code: "202", Action: WaitPoll, Policy: poll}}
			},
			calls: []string{"submit 0s", "poll t1 7s", "poll t1 8s", "poll t1 9s"}, result: "hello",
		},
		{
			name: "by a prefix", submits: times(1, "OK|"), polls: []solverAnswer{"WAIT_1", "WAIT_2", "OK|hello"},
			change: func(c *Catalog) {
				poll := &Policy{Base: sec, First: 7 * sec, Retries: Unlimited}
				c.Codes[1] = Entry{Code: "NOT_READY"}
				c.Prefixes = []Entry{{Kind: KindPrefix, Code: "WAIT_*", Action: WaitPoll, Policy: poll}}
			},
			calls: []string{"submit 0s", "poll t1 7s", "poll t1 8s", "poll t1 9s"}, result: "hello",
		},
		{
			name: "by no answer in time", submits: times(1, "OK|"), polls: []solverAnswer{silence, silence, "OK|hello"},
			change: func(c *Catalog) {
				poll := &Policy{First: sec, Retries: Unlimited}
				c.Codes[1] = Entry{Code: "NOT_READY"}
				c.Transport[0] = Entry{Kind: KindTransport, Code: "timeout", Action: Retry, ByOperation: []OperationVariant{
					{Operation: "poll", Action: WaitPoll, Policy: poll},
				}}
			},
			calls: []string{"submit 0s", "poll t1 1s", "poll t1 16s", "poll t1 31s"}, result: "hello",
		},
		{
			name: "in this operation", submits: times(1, "OK|"), polls: []solverAnswer{"NOT_READY", "OK|hello"},
			change: func(c *Catalog) {
				c.Codes[1].ByOperation = []OperationVariant{
					{Operation: "submit", Action: Fail},
					{Operation: "poll", Action: WaitPoll, Policy: &Policy{Base: sec, First: 9 * sec, Retries: 1}},
				}
			},
			calls: []string{"submit 0s", "poll t1 9s", "poll t1 10s"}, result: "hello",
		},
		{
			name: "nowhere", submits: times(1, "OK|"), polls: []solverAnswer{"502", "OK|hello"},
			change: func(c *Catalog) { c.Codes[1] = Entry{Code: "NOT_READY"} },
			calls:  []string{"submit 0s", "poll t1 0s", "poll t1 3s"}, result: "hello",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &solver{submits: test.submits, polls: test.polls, catalog: solverAPI()}
				if test.change != nil {
					test.change(s.catalog)
				}
				job := s.job()
				job.Options = test.options
				job.Catalog = s.catalog
				gaveUp := 0
				job.Hooks.GiveUp = func(context.Context, *Error) { gaveUp++ }
				result, err := job.Run(t.Context())
				if !slices.Equal(s.calls, test.calls) {
					t.Errorf("calls:\n got %q\nwant %q", s.calls, test.calls)
				}
				if result != test.result {
					t.Errorf("result %q, want %q", result, test.result)
				}
				if test.result != "" {
					if err != nil || gaveUp != 0 {
						t.Errorf("error %v, gave up %d times", err, gaveUp)
					}
					return
				}
				stop, ok := errors.AsType[*JobError[string]](err)
				if !ok {
					t.Fatalf("error %v is not a *JobError", err)
				}
				if stop.Err.Reason != test.reason {
					t.Errorf("reason %q, want %q", stop.Err.Reason, test.reason)
				}
				if test.is != nil && !errors.Is(err, test.is) {
					t.Errorf("error %v is not %v", err, test.is)
				}
				if len(stop.State.Tasks) != test.tasks || stop.State.Live != test.live {
					t.Errorf("state %+v, want %d tasks, live %t", stop.State, test.tasks, test.live)
				}
				if stop.Err.Attempts != len(s.calls) || stop.Err.Elapsed != test.elapsed {
					t.Errorf("%d attempts in %s, want %d in %s", stop.Err.Attempts, stop.Err.Elapsed, len(s.calls), test.elapsed)
				}
				if gaveUp != 1 {
					t.Errorf("gave up %d times", gaveUp)
				}
			})
		})
	}
}

func TestJobErrorTexts(t *testing.T) {
	tests := []struct {
		submits, polls []solverAnswer
		cancel         time.Duration
		want           string
	}{
		{submits: times(1, "ZERO_BALANCE"), want: "submit: ZERO_BALANCE: No funds (Top up); stopped after 1 attempt: the decision is to stop"},
		{submits: times(1, "OK|"), polls: times(1, "WRONG_ID"), want: "task t1: WRONG_ID: No such task; stopped after 2 attempts: the decision is to stop"},
		{submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE"), want: "3 tasks [t1 t2 t3]: UNSOLVABLE: Can't be solved (Submit a new task); stopped after 6 attempts: the retries are used up"},
		{submits: times(1, "OK|"), cancel: sec, want: "task t1: the context ended: context canceled"},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if test.cancel > 0 {
				time.AfterFunc(test.cancel, cancel)
			}
			s := &solver{submits: test.submits, polls: test.polls}
			_, err := s.job().Run(ctx)
			if err == nil || err.Error() != test.want {
				t.Errorf("error text\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

// farm is a solver with a memory: each task has its own answers.
type farm struct {
	tasks map[string][]solverAnswer // by task, whose last answer goes on for ever
	busy  int                       // how many submissions are neverSent first
	calls []string
	made  int
	took  time.Duration // by each call
	late  int           // how many calls were made after the context's end
}

func (f *farm) call(ctx context.Context, name string) {
	if ctx.Err() != nil {
		f.late++
	}
	f.calls = append(f.calls, name)
	sleep(ctx, f.took)
}

func (f *farm) job() *Job[string, string] {
	c := solverAPI()
	return &Job[string, string]{
		Options:         Options{Catalog: c},
		SubmitOperation: "submit",
		PollOperation:   "poll",
		Submit: func(ctx context.Context) (string, error) {
			f.call(ctx, "submit")
			if ctx.Err() != nil {
				return "", ctx.Err()
			}
			if f.busy > 0 {
				f.busy--
				return "", c.Check(solverAnswer("NO_SLOT").reply(ctx))
			}
			f.made++
			return fmt.Sprintf("t%d", f.made), nil
		},
		Poll: func(ctx context.Context, task string) (string, error) {
			f.call(ctx, "poll "+task)
			if ctx.Err() != nil {
				return "", ctx.Err()
			}
			answers := f.tasks[task]
			if len(answers) > 1 {
				f.tasks[task] = answers[1:]
			}
			reply := answers[0].reply(ctx)
			return string(reply.Body), c.Check(reply)
		},
	}
}

// newFarm returns a farm with which a job goes through every step.
func newFarm() *farm {
	return &farm{busy: 1, took: 500 * time.Millisecond, tasks: map[string][]solverAnswer{
		"t1": {"NOT_READY", "502", "NOT_READY", "UNSOLVABLE"},
		"t2": {brokenOff, "NOT_READY", "OK|hello"},
	}}
}

// TestJobResume resumes a job from each state that it told of, as it would be
// kept in a file. A task that is open is polled, and none is submitted beside it.
func TestJobResume(t *testing.T) {
	var kept []string
	var steps []Step
	synctest.Test(t, func(t *testing.T) {
		job := newFarm().job()
		job.Progress = func(_ context.Context, p Progress[string]) error {
			text, err := json.Marshal(p.State)
			if err != nil {
				t.Fatal(err)
			}
			kept, steps = append(kept, string(text)), append(steps, p.Step)
			clear(p.State.Tasks) // it is the observer's own
			return nil
		}
		if result, err := job.Run(t.Context()); result != "OK|hello" || err != nil {
			t.Fatalf("result %q, error %v", result, err)
		}
	})
	wantSteps := []Step{Retrying, Submitted, NotReady, Retrying, NotReady, Resubmitting, Submitted, Retrying, NotReady}
	if !slices.Equal(steps, wantSteps) {
		t.Fatalf("steps %v, want %v", steps, wantSteps)
	}

	for i, text := range kept {
		for _, pause := range []time.Duration{0, time.Minute, time.Hour} {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(pause)
				var state State[string]
				if err := json.Unmarshal([]byte(text), &state); err != nil {
					t.Fatal(err)
				}
				f := newFarm()
				f.made = len(state.Tasks)
				job := f.job()
				result, err := job.Resume(t.Context(), state)
				switch late := pause > time.Minute && state.Live; {
				case late: // polls up to the first reply, as the result may be there
					polls := 1
					if task := state.Tasks[len(state.Tasks)-1]; newFarm().tasks[task][0] == brokenOff {
						polls = 2
					}
					if stop, ok := errors.AsType[*Error](err); !ok || stop.Reason != ReasonDeadline || len(f.calls) != polls {
						t.Errorf("late, state %d: %v, %v", i, f.calls, err)
					}
				case err != nil || result != "OK|hello":
					t.Errorf("state %d: result %q, error %v", i, result, err)
				}
				first := "submit"
				if state.Live {
					first = "poll " + state.Tasks[len(state.Tasks)-1]
				}
				if f.calls[0] != first {
					t.Errorf("state %d: first call %s, want %s", i, f.calls[0], first)
				}
				if f.made > 2 {
					t.Errorf("state %d: %d tasks", i, f.made)
				}
			})
		}
	}
}

func TestJobResumeCounts(t *testing.T) {
	tests := []struct {
		name  string
		state State[string] // with times that count from now
		polls []solverAnswer
		calls []string
		is    error
	}{
		{
			name: "nothing yet", polls: times(1, "OK|"),
			calls: []string{"submit 0s", "poll t1 5s"},
		},
		{
			name: "task of other means", state: State[string]{Tasks: []string{"x"}, Live: true}, polls: times(1, "OK|"),
			calls: []string{"poll x 5s"},
		},
		{
			name: "open without a task", state: State[string]{Live: true}, polls: times(1, "OK|"),
			calls: []string{"submit 0s", "poll t1 5s"},
		},
		{
			name: "first wait goes on", state: State[string]{Tasks: []string{"x"}, Live: true, Submitted: time.Time{}.Add(-2 * sec)}, polls: times(1, "OK|"),
			calls: []string{"poll x 3s"},
		},
		{
			name: "clock was ahead", state: State[string]{Tasks: []string{"x"}, Live: true, Submitted: time.Time{}.Add(time.Hour)}, polls: times(1, "OK|"),
			calls: []string{"poll x 5s"},
		},
		{
			name: "time is over, result is there", state: State[string]{Tasks: []string{"x"}, Live: true, Submitted: time.Time{}.Add(-time.Hour)}, polls: times(1, "OK|"),
			calls: []string{"poll x 0s"},
		},
		{
			name: "time is over, result is not there", state: State[string]{Tasks: []string{"x"}, Live: true, Submitted: time.Time{}.Add(-time.Hour)}, polls: times(1, "NOT_READY"),
			calls: []string{"poll x 0s"}, is: context.DeadlineExceeded,
		},
		{
			name: "time is nearly over", state: State[string]{Tasks: []string{"x"}, Live: true, Submitted: time.Time{}.Add(-115 * sec)}, polls: times(1, "NOT_READY"),
			calls: []string{"poll x 0s", "poll x 5s"}, is: context.DeadlineExceeded,
		},
		{
			name: "task was lost", state: State[string]{Tasks: []string{"x"}, Resubmits: 1}, polls: times(1, "UNSOLVABLE"),
			calls: []string{"submit 0s", "poll t1 5s", "submit 7s", "poll t2 12s"}, is: unsolvable,
		},
		{
			name: "no resubmits are left", state: State[string]{Tasks: []string{"x"}, Live: true, Resubmits: 2}, polls: times(1, "UNSOLVABLE"),
			calls: []string{"poll x 5s"}, is: unsolvable,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if !test.state.Submitted.IsZero() {
					test.state.Submitted = time.Now().Add(test.state.Submitted.Sub(time.Time{}))
				}
				s := &solver{submits: times(1, "OK|"), polls: test.polls}
				given := slices.Clone(test.state.Tasks)
				_, err := s.job().Resume(t.Context(), test.state)
				if !slices.Equal(s.calls, test.calls) {
					t.Errorf("calls:\n got %q\nwant %q", s.calls, test.calls)
				}
				if !errors.Is(err, test.is) {
					t.Errorf("error %v, want %v", err, test.is)
				}
				if !slices.Equal(given, test.state.Tasks) {
					t.Errorf("the given state was changed to %v", test.state.Tasks)
				}
			})
		})
	}
}

// TestJobResumePolls counts a task's polls over two runs.
func TestJobResumePolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "NOT_READY"), catalog: solverAPI()}
		s.catalog.Codes[1].Policy.Retries = 5
		ctx, cancel := context.WithTimeout(t.Context(), 17*sec) // three polls
		defer cancel()
		_, err := s.job().Run(ctx)
		stop, ok := errors.AsType[*JobError[string]](err)
		if !ok || stop.State.Polls != 2 { // the third poll's wait was not begun
			t.Fatalf("error %v", err)
		}
		_, err = s.job().Resume(t.Context(), stop.State)
		if polls := len(s.calls) - 1; polls != 7 {
			t.Errorf("%d polls, want the first run's 3, and 4 until 5 waits were made; %v", polls, err)
		}
	})
}

// TestJobCancel ends the context in every call and every wait of a job that goes
// through every step, and then resumes it.
func TestJobCancel(t *testing.T) {
	length := time.Duration(0)
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if _, err := newFarm().job().Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		length = time.Since(start)
	})
	cause := errors.New("enough")
	for at := time.Duration(0); at < length; at += 125 * time.Millisecond {
		if at > 0 && at%(500*time.Millisecond) == 0 {
			continue // a call may begin just there, before or after
		}
		synctest.Test(t, func(t *testing.T) {
			f := newFarm()
			job := f.job()
			ctx, cancel := context.WithCancelCause(t.Context())
			start := time.Now()
			if at == 0 {
				cancel(cause)
			}
			time.AfterFunc(at, func() { cancel(cause) })
			_, err := job.Run(ctx)
			if time.Since(start) != at {
				t.Errorf("cancelled at %s, stopped at %s", at, time.Since(start))
			}
			if !errors.Is(err, cause) || !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled at %s: error %v", at, err)
			}
			stop, ok := errors.AsType[*JobError[string]](err)
			if !ok || stop.Err.Reason != ReasonCanceled {
				t.Fatalf("cancelled at %s: error %v", at, err)
			}
			if f.late > 0 {
				t.Errorf("cancelled at %s: %d calls after it", at, f.late)
			}
			before := len(f.calls)
			if result, err := job.Resume(t.Context(), stop.State); err != nil || result != "OK|hello" {
				t.Errorf("cancelled at %s and resumed: result %q, error %v", at, result, err)
			}
			if live := strings.HasPrefix(f.calls[before], "poll"); live != stop.State.Live {
				t.Errorf("cancelled at %s: live %t, resumed with %s", at, live, f.calls[before])
			}
		})
	}
}

// TestJobDeadline sets a deadline at every half second of a job: it is never
// passed, and the error has the last one as well.
func TestJobDeadline(t *testing.T) {
	for at := 250 * time.Millisecond; at < 40*sec; at += 500 * time.Millisecond {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), at)
			defer cancel()
			f := newFarm()
			start := time.Now()
			_, err := f.job().Run(ctx)
			if err == nil {
				return
			}
			if passed := time.Since(start); passed > at {
				t.Errorf("deadline in %s, stopped after %s", at, passed)
			}
			stop, ok := errors.AsType[*Error](err)
			if !ok || stop.Reason != ReasonDeadline || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("deadline in %s: error %v", at, err)
			}
		})
	}
}

// TestJobCancelInProgress cancels a job in each of its steps: no call follows.
func TestJobCancelInProgress(t *testing.T) {
	for n := range 9 {
		for _, instant := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				f := newFarm()
				job := f.job()
				if instant { // no wait either, in which the end could be noticed
					for _, table := range [][]Entry{job.Catalog.Codes, job.Catalog.Classes, job.Catalog.Transport} {
						for i := range table {
							if p := table[i].Policy; p != nil {
								table[i].Policy = &Policy{Retries: p.Retries}
							}
						}
					}
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				step, calls := 0, 0
				job.Progress = func(context.Context, Progress[string]) error {
					if step == n {
						cancel()
						calls = len(f.calls)
					}
					step++
					return nil
				}
				_, err := job.Run(ctx)
				if !errors.Is(err, context.Canceled) || len(f.calls) != calls || step != n+1 {
					t.Errorf("cancelled in step %d: step %d, %d calls after %d, %v", n, step-1, len(f.calls), calls, err)
				}
			})
		}
	}
}

// TestJobResultBeatsCancel has the context end while the last call is answered:
// what came is not thrown away.
func TestJobResultBeatsCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello")}
		job := s.job()
		ctx, cancel := context.WithCancel(t.Context())
		poll := job.Poll
		job.Poll = func(ctx context.Context, task string) (string, error) {
			cancel()
			return poll(ctx, task)
		}
		if result, err := job.Run(ctx); result != "hello" || err != nil {
			t.Errorf("result %q, error %v", result, err)
		}

		ctx, cancel = context.WithCancel(t.Context())
		job = s.job()
		submit := job.Submit
		job.Submit = func(ctx context.Context) (string, error) {
			cancel()
			return submit(ctx)
		}
		_, err := job.Run(ctx)
		if stop, ok := errors.AsType[*JobError[string]](err); !ok || !stop.State.Live || len(stop.State.Tasks) != 1 {
			t.Errorf("error %v has not the task that was submitted", err)
		}
	})
}

func TestJobHooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFarm()
		f.tasks["t2"] = times(1, "ZERO_BALANCE")
		job := f.job()
		var told []string
		job.Hooks.Retry = func(_ context.Context, e Event) {
			told = append(told, fmt.Sprintf("%s %s %d %s", e.Operation, e.Decision.Action, e.Resend, e.Wait))
			if e.Err == nil {
				t.Error("no error")
			}
		}
		job.Hooks.GiveUp = func(_ context.Context, e *Error) {
			told = append(told, fmt.Sprintf("%s %s %d", e.Reason, e.Decision.Code, e.Attempts))
		}
		job.Run(t.Context())
		want := []string{
			"submit retry 1 5s", "poll wait_poll 1 5s", "poll retry 2 3s", "poll wait_poll 3 5s",
			"poll resubmit 1 2s", "the decision is to stop ZERO_BALANCE 8",
		}
		if !slices.Equal(told, want) {
			t.Errorf("told %q, want %q", told, want)
		}
	})
}

// TestJobProgress checks what each step tells, and that the states are copies.
func TestJobProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		job := newFarm().job()
		var told []string
		job.Progress = func(_ context.Context, p Progress[string]) error {
			s := p.State
			told = append(told, fmt.Sprintf("%s: wait %s, %s, tasks %v, live %t, polls %d, resubmits %d",
				p.Step, p.Wait, cmp.Or(p.Decision.ErrorType(), "no code"), s.Tasks, s.Live, s.Polls, s.Resubmits))
			return nil
		}
		job.Run(t.Context())
		want := []string{
			"retrying: wait 5s, NO_SLOT, tasks [], live false, polls 0, resubmits 0",
			"submitted: wait 5s, _OTHER, tasks [t1], live true, polls 0, resubmits 0",
			"not ready: wait 5s, NOT_READY, tasks [t1], live true, polls 1, resubmits 0",
			"retrying: wait 3s, 502, tasks [t1], live true, polls 1, resubmits 0",
			"not ready: wait 5s, NOT_READY, tasks [t1], live true, polls 2, resubmits 0",
			"resubmitting: wait 2s, UNSOLVABLE, tasks [t1], live false, polls 2, resubmits 1",
			"submitted: wait 5s, _OTHER, tasks [t1 t2], live true, polls 0, resubmits 1",
			"retrying: wait 3s, connection, tasks [t1 t2], live true, polls 0, resubmits 1",
			"not ready: wait 5s, NOT_READY, tasks [t1 t2], live true, polls 1, resubmits 1",
		}
		if !slices.Equal(told, want) {
			t.Errorf("told\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
		}
	})
}

// TestJobsShareBudget runs jobs at once, from one Job and with one budget: all
// their retries together stay within it.
func TestJobsShareBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := solverAPI()
		var mu sync.Mutex
		submitted, polled := 0, 0
		job := &Job[int, string]{
			Options: Options{Catalog: c, Budget: &Budget{MaxTokens: 7, Ratio: 0.01}},
			Submit: func(context.Context) (int, error) {
				mu.Lock()
				defer mu.Unlock()
				submitted++
				return submitted, nil
			},
			Poll: func(ctx context.Context, task int) (string, error) {
				mu.Lock()
				defer mu.Unlock()
				polled++
				return "", c.Check(solverAnswer("502").reply(ctx))
			},
			PollOperation: "poll",
			Progress:      func(context.Context, Progress[int]) error { return nil },
		}
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if _, err := job.Run(t.Context()); err == nil {
					t.Error("no error")
				}
			})
		}
		all.Wait()
		if submitted != 100 || polled != 100+7 {
			t.Errorf("%d submissions and %d polls, want 100 and 107", submitted, polled)
		}
	})
}

// Of several entries by which a task is not ready, the one of the reply bounds the polling.
func TestJobIsBoundedByTheReply(t *testing.T) {
	for name, test := range map[string]struct {
		first Policy // of an entry before the one of the replies
		polls []solverAnswer
		calls int
		ends  time.Duration
	}{
		"longer than the first entry":  {Policy{Base: sec, Within: 10 * sec, Retries: Unlimited}, times(1, "NOT_READY"), 24, 120 * sec},
		"shorter than the first entry": {Policy{Base: sec, Within: time.Hour, Retries: Unlimited}, times(1, "NOT_READY"), 24, 120 * sec},
		"failures before any reply":    {Policy{Base: sec, Within: 1 * sec, Retries: Unlimited}, []solverAnswer{"502", "502", "OK|hello"}, 3, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &solver{submits: times(1, "OK|"), polls: test.polls, catalog: solverAPI()}
				test.first.First = 5 * sec
				s.catalog.Codes[0].Action, s.catalog.Codes[0].Policy = WaitPoll, &test.first
				job := s.job()
				_, err := job.Run(t.Context())
				if polls := len(s.calls) - 1; polls != test.calls {
					t.Errorf("%d polls, want %d: %v, %v", polls, test.calls, s.calls, err)
				}
				if passed := time.Since(s.start); test.ends > 0 && passed > test.ends || (err != nil) != (test.ends > 0) {
					t.Errorf("after %s: %v", passed, err)
				}
			})
		})
	}
}

// The first wait is not begun if the context ends before the poll, and not that of an entry
// that no poll can be answered with.
func TestJobBeginsNoFirstWaitInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello"), catalog: solverAPI()}
		ctx, cancel := context.WithTimeout(t.Context(), 5*sec)
		defer cancel()
		_, err := s.job().Run(ctx)
		stop, ok := errors.AsType[*JobError[string]](err)
		if !ok || stop.Err.Reason != ReasonDeadline || !stop.State.Live || !errors.Is(err, context.DeadlineExceeded) || time.Since(s.start) > 0 {
			t.Errorf("after %s: %v", time.Since(s.start), err)
		}
		if want := "task t1: the next try would come too late: a wait of 5s, with 5s left to the context's deadline"; err.Error() != want {
			t.Errorf("the text is %q, want %q", err, want)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello"), catalog: solverAPI()}
		s.catalog.Codes[0].Action, s.catalog.Codes[0].Operations = WaitPoll, []Operation{"submit"}
		s.catalog.Codes[0].Policy = &Policy{First: time.Hour, Within: 2 * time.Hour}
		if _, err := s.job().Run(t.Context()); err != nil || time.Since(s.start) != 5*sec {
			t.Errorf("after %s: %v", time.Since(s.start), err)
		}
	})
}

func TestJobInnerLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: []solverAnswer{"UNSOLVABLE", "ZERO_BALANCE"}}
		job := s.job()
		poll := job.Poll
		job.Poll = func(ctx context.Context, task string) (string, error) {
			o := &Options{Catalog: s.catalog, Operation: "poll"}
			result, err := Do(ctx, o, func(ctx context.Context) (string, error) { return poll(ctx, task) })
			if err != nil {
				err = fmt.Errorf("poll: %w", err)
			}
			return result, err
		}
		_, err := job.Run(t.Context())
		if want := []string{"submit 0s", "poll t1 5s", "submit 7s", "poll t2 12s"}; !slices.Equal(s.calls, want) {
			t.Errorf("calls %q, want %q", s.calls, want)
		}
		stop, ok := errors.AsType[*JobError[string]](err)
		if !ok || !errors.Is(err, zeroBalance) || stop.Err.Attempts != 4 {
			t.Errorf("error %v", err)
		}
	})
}

func TestJobMisuse(t *testing.T) {
	submit := func(context.Context) (int, error) { return 0, nil }
	poll := func(context.Context, int) (int, error) { return 0, nil }
	catalog := Options{Catalog: &Catalog{}}
	tests := []struct {
		job  *Job[int, int]
		want string
	}{
		{nil, "job is nil"},
		{&Job[int, int]{}, "job has no Catalog"},
		{&Job[int, int]{Submit: submit, Poll: poll}, "job has no Catalog"},
		{&Job[int, int]{Options: catalog, Poll: poll}, "job has no Submit"},
		{&Job[int, int]{Options: catalog, Submit: submit}, "job has no Poll"},
		{&Job[int, int]{Options: catalog, Submit: submit, Poll: poll}, ""},
	}
	for _, test := range tests {
		_, err := test.job.Run(t.Context())
		if got := fmt.Sprint(err); got != test.want && (test.want != "" || err != nil) {
			t.Errorf("error %q, want %q", got, test.want)
		}
	}
	for i, name := range stepNames {
		if Step(i).String() != name {
			t.Error(i, name)
		}
	}
}

func TestJobPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|")}
		job := s.job()
		job.Poll = func(context.Context, string) (string, error) { panic("poll") }
		defer func() {
			if p := recover(); p != "poll" {
				t.Errorf("recovered %v", p)
			}
		}()
		job.Run(t.Context())
	})
}
