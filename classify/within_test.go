package classify

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A policy's time counts to the end, however short it is, for retries and for polls, and a
// wait that is shorter than a timer's is waited all the same.
func TestShortTimes(t *testing.T) {
	const ms = time.Millisecond
	for name, test := range map[string]struct {
		retry, poll Policy
		errs        []error
		calls       []time.Duration
		says        string
	}{
		"retries":            {Policy{Base: 300 * ms, Within: 500 * ms, Retries: 9}, Policy{}, []error{status(429)}, []time.Duration{0, 300 * ms}, "of the policy's 500ms"},
		"retries to the end": {Policy{Base: 9500 * ms, Within: 10 * second, Retries: 9}, Policy{}, []error{status(429)}, []time.Duration{0, 9500 * ms}, "of the policy's 10s"},
		"polls":              {Policy{}, Policy{Base: 300 * ms, Within: 500 * ms, Retries: 9}, []error{status(202)}, []time.Duration{0, 300 * ms}, "of the policy's 500ms"},
		"polls to the end":   {Policy{}, Policy{Base: 9500 * ms, Within: 10 * second, Retries: 9}, []error{status(202)}, []time.Duration{0, 9500 * ms}, "of the policy's 10s"},
		"a retry of a poll":  {Policy{Base: 600 * ms, Retries: 9}, Policy{Base: 100 * ms, Within: 500 * ms, Retries: 9}, []error{status(202), status(429)}, []time.Duration{0, 100 * ms}, "of the policy's 500ms"},
		"a blink":            {Policy{Base: 20 * time.Microsecond, Retries: 2}, Policy{}, []error{status(429)}, []time.Duration{0, 20 * time.Microsecond, 40 * time.Microsecond}, "used up"},
		"more than a blink":  {Policy{Base: 80 * time.Microsecond, Retries: 2}, Policy{}, []error{status(429)}, []time.Duration{0, 80 * time.Microsecond, 160 * time.Microsecond}, "used up"},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := retryAPI(&test.retry)
			c.Statuses[1].Policy = &test.poll
			s := playing(test.errs...)
			_, err := Do(t.Context(), &Options{Catalog: c, Operation: "read"}, s.call)
			if calledAt(t, s, test.calls...); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%s: %v, want %q", name, err, test.says)
			}
		})
	}
}

// A decision without a catalog may have taken effect all the same.
func TestResendOfAMadeDecision(t *testing.T) {
	d := Decision{Action: Retry, Effect: EffectMaybe, Policy: &Policy{Retries: 1}}
	if next := d.Resend(Attempt{}); next.Again || next.Reason != ReasonEffect {
		t.Errorf("%+v", next)
	}
	if next := d.Resend(Attempt{Repeatable: true}); !next.Again {
		t.Errorf("of a repeatable call: %+v", next)
	}
	tiny := Policy{Base: 1}
	if shortest, longest := tiny.Bounds(0); shortest != 1 || longest != 1 {
		t.Errorf("a nanosecond is %s to %s", shortest, longest)
	}
}

// A refusal after a submission is not about the replies before it.
func TestJobRefusedAfterARetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: []solverAnswer{"NO_SLOT", "OK|"}, polls: times(1, "OK|hello")}
		job := s.job()
		job.Progress = func(_ context.Context, p Progress[string]) error {
			if p.Step == Submitted {
				return errStopped
			}
			return nil
		}
		_, err := job.Run(t.Context())
		stop, ok := errors.AsType[*Error](err)
		if !ok || stop.Reason != ReasonRefused || stop.Last != nil || stop.Decision.Code != "" || stop.Decision.Operation != "submit" {
			t.Errorf("%+v", stop)
		}
	})
}

// A submission that is to be polled is tried again, and no poll.
func TestJobSubmitsWhatIsNotReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: []solverAnswer{"NOT_READY", "OK|"}, polls: times(1, "OK|hello")}
		job := s.job()
		job.Repeatable = true
		var steps []Step
		job.Progress = func(_ context.Context, p Progress[string]) error {
			if steps = append(steps, p.Step); p.State.Polls > 0 {
				t.Errorf("%d polls", p.State.Polls)
			}
			return nil
		}
		if result, err := job.Run(t.Context()); err != nil || result != "hello" || len(steps) != 2 || steps[0] != Retrying {
			t.Errorf("%s: %q, %v", steps, result, err)
		}
	})
}

// The first wait is that of the first entry by which a task waits, with a policy.
func TestFirstWaitOfAnEntryWithAPolicy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello")}
		job := s.job()
		job.Catalog.Codes[0].Action, job.Catalog.Codes[0].Policy = WaitPoll, nil
		start := time.Now()
		if result, err := job.Run(t.Context()); err != nil || result != "hello" || time.Since(start) != 5*second {
			t.Errorf("%q, %v after %s", result, err, time.Since(start))
		}
	})
}
