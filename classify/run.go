package classify

import (
	"context"
	"time"
)

// jobRun is one run of a [Job].
type jobRun[Task, Result any] struct {
	job   *Job[Task, Result]
	state State[Task]
	start time.Time
	calls int

	refused error // by Progress
}

// run brings one task after the other to its end, until one has a result or no
// other may be submitted.
func (r *jobRun[Task, Result]) run(ctx context.Context) (result Result, stop *Error) {
	for {
		if !r.state.Live {
			stop = r.submit(ctx)
		}
		if stop == nil {
			result, stop = r.poll(ctx)
		}
		if stop == nil || stop.Reason != ReasonDecision || stop.Decision.Action != Resubmit {
			return result, stop
		}
		if stop = r.resubmit(ctx, stop); stop != nil {
			return result, stop
		}
	}
}

// submit submits a task.
func (r *jobRun[Task, Result]) submit(ctx context.Context) *Error {
	o := r.options(r.job.SubmitOperation)
	l := loop{options: &o, start: time.Now(), timeout: o.timeout(o.Operation), submits: true, refused: &r.refused}
	task, err := run(ctx, &l, func(ctx context.Context) (Task, error) {
		r.calls++
		return r.job.Submit(ctx)
	})
	if err != nil {
		return stopOf(err)
	}
	r.state.Tasks = append(r.state.Tasks, task)
	r.state.Live, r.state.Submitted, r.state.Polls = true, time.Now(), 0
	r.tell(ctx, Submitted, r.firstWait(), Decision{})
	if r.refused != nil {
		l.last, l.decision = nil, Decision{Operation: o.Operation}
		return stopOf(l.stop(ctx, ReasonRefused, r.refused))
	}
	return nil
}

// poll asks for the result of the open task until it is there.
func (r *jobRun[Task, Result]) poll(ctx context.Context) (Result, *Error) {
	task := r.state.Tasks[len(r.state.Tasks)-1]
	o := r.options(r.job.PollOperation)
	o.Repeatable = true
	l := loop{
		options: &o,
		start:   r.state.Submitted,
		timeout: o.timeout(o.Operation),
		polls:   r.state.Polls,
		refused: &r.refused,
	}
	if stop := l.waitFirst(ctx, r.firstWait()); stop != nil {
		var none Result
		return none, stopOf(stop)
	}
	l.polled = time.Now() // the time of retries runs from here
	result, err := run(ctx, &l, func(ctx context.Context) (Result, error) {
		r.calls++
		return r.job.Poll(ctx, task)
	})
	return result, stopOf(err)
}

// resubmit closes the task, and returns nil after the wait if another may be
// submitted.
func (r *jobRun[Task, Result]) resubmit(ctx context.Context, lost *Error) *Error {
	r.state.Live = false
	o := r.options(lost.Decision.Operation)
	l := loop{options: &o, start: r.state.Started, last: lost.Last, decision: lost.Decision, refused: &r.refused}
	next := l.decision.Resend(Attempt{Retry: r.state.Resubmits})
	if !next.Again {
		return stopOf(l.stop(ctx, next.Reason, nil))
	}
	wait := draw(next.Shortest, next.Longest, o.Random)
	if cause := l.tooLate(ctx, wait); cause != nil {
		return stopOf(l.stop(ctx, ReasonDeadline, cause))
	}
	if !o.Budget.Take() {
		return stopOf(l.stop(ctx, ReasonBudget, nil))
	}
	r.state.Resubmits++
	l.attempts = r.state.Resubmits
	l.tell(ctx, wait)
	return stopOf(l.pause(ctx, wait))
}

// options are those of one of the calls, with hooks that tell of the job's steps.
// Giving up and the end are told once, by the job.
func (r *jobRun[Task, Result]) options(operation Operation) Options {
	o := r.job.Options
	o.Operation = operation
	o.Hooks.GiveUp, o.Hooks.Done = nil, nil
	o.Hooks.Retry = func(ctx context.Context, e Event) {
		step := Retrying
		switch {
		case e.Decision.Action == Resubmit:
			step = Resubmitting
		case e.Decision.Action == WaitPoll && r.state.Live:
			step = NotReady
			r.state.Polls++
		}
		r.tell(ctx, step, e.Wait, e.Decision)
		if retry := r.job.Hooks.Retry; retry != nil && r.refused == nil {
			retry(ctx, e)
		}
	}
	return o
}

func (r *jobRun[Task, Result]) tell(ctx context.Context, step Step, wait time.Duration, d Decision) {
	if r.job.Progress != nil {
		r.refused = r.job.Progress(ctx, Progress[Task]{Step: step, State: r.state.clone(), Wait: wait, Decision: d})
	}
}

// end tells that the run has ended.
func (r *jobRun[Task, Result]) end(ctx context.Context, s Summary) {
	if hook := r.job.Hooks.Done; hook != nil {
		s.Attempts, s.Elapsed = r.calls, time.Since(r.start)
		hook(ctx, s)
	}
}

// firstWait is what is left of the wait before a task is polled first.
func (r *jobRun[Task, Result]) firstWait() time.Duration {
	return max(0, r.job.pollPolicy().First-time.Since(r.state.Submitted))
}

// pollPolicy returns the policy of the first entry by which a task is not ready when it is
// polled, and the zero Policy where the catalog has none. No reply is there yet to say which
// of several it is, and so only the first wait comes from it.
func (j *Job[Task, Result]) pollPolicy() *Policy {
	c := j.Catalog
	for entry := range c.keyed {
		if said, _ := entry.in(j.PollOperation); entry.entry().isIn(j.PollOperation) && said.Action == WaitPoll && said.Policy != nil {
			return said.Policy
		}
	}
	return &Policy{}
}

// stopOf returns a copy of why a loop stopped, and nil for no error.
func stopOf(err error) *Error {
	if err == nil {
		return nil
	}
	stop, ok := find[*Error](err)
	if !ok {
		return &Error{Last: err}
	}
	own := *stop
	return &own
}
