package classify

import (
	"context"
	"errors"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

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
