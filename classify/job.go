package classify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Job runs a task of an API that takes the work first and has the result later:
// it submits the task, polls for the result, and submits anew where the task is
// lost, as the catalog decides. Task is what identifies a submitted task, Result
// what it comes to. A Job is a value without state; one can run many times, also
// at once.
type Job[Task, Result any] struct {
	Options // of both calls; Operation is not used

	SubmitOperation Operation
	PollOperation   Operation

	Submit func(context.Context) (Task, error)         // hands the work in
	Poll   func(context.Context, Task) (Result, error) // asks for the result

	// Progress, if it is set, is told of each step, with the state from which
	// [Job.Resume] can go on. It is called in the goroutine of the job.
	Progress func(context.Context, Progress[Task])
}

// State is where a job stands. It holds what a later run needs to go on, and
// marshals to JSON if Task does.
type State[Task any] struct {
	Tasks []Task `json:"tasks"` // those submitted, in order
	Live  bool   `json:"live"`  // the last of Tasks is still open

	// Submitted is when the last of Tasks was submitted; its time to be polled
	// runs from there.
	Submitted time.Time `json:"submitted"`
}

// Progress is a step of a job.
type Progress[Task any] struct {
	Step     Step
	State    State[Task]
	Wait     time.Duration // before what comes next
	Decision Decision      // about the last reply; the zero value after a success
}

// Step is what a job has just done.
type Step uint8

// The steps.
const (
	Submitted    Step = iota // a task was submitted
	NotReady                 // a poll was answered: not yet
	Retrying                 // a call failed and is made again
	Resubmitting             // the task is lost, a new one is submitted
)

var stepNames = [...]string{"submitted", "not ready", "retrying", "resubmitting"}

// String says the step in a word or two.
func (s Step) String() string {
	if int(s) < len(stepNames) {
		return stepNames[s]
	}
	return "Step(?)"
}

// JobError is what is left when a job stops without a result. It unwraps to the
// [*Error] of the call that ended it.
type JobError[Task any] struct {
	State State[Task] // with every task that was submitted
	Err   *Error
}

// Error says how many tasks were submitted and what the last call came to.
func (e *JobError[Task]) Error() string {
	if len(e.State.Tasks) == 0 {
		return "submit: " + e.Err.Error()
	}
	return fmt.Sprintf("%s %v: %v", countTasks(len(e.State.Tasks)), e.State.Tasks, e.Err)
}

func countTasks(n int) string {
	if n == 1 {
		return "task"
	}
	return fmt.Sprintf("%d tasks", n)
}

// Unwrap returns the error of the call that ended the job.
func (e *JobError[Task]) Unwrap() error { return e.Err }

// Run runs the job from the start. It returns the result, or a [*JobError].
//
// A submission that may have taken effect is not made again unless its operation
// is repeatable, and no second task is submitted while one is open. Polling goes
// on through failures that pass; a poll answered in order resets their count.
func (j *Job[Task, Result]) Run(ctx context.Context) (Result, error) {
	return j.Resume(ctx, State[Task]{})
}

// Resume runs the job from a state that an earlier run came to.
func (j *Job[Task, Result]) Resume(ctx context.Context, from State[Task]) (Result, error) {
	state := from
	state.Tasks = slices.Clone(from.Tasks)
	start := time.Now()
	for {
		result, err := j.task(ctx, &state)
		if err == nil {
			return result, nil
		}
		stop, ok := errors.AsType[*Error](err)
		if !ok || stop == nil {
			stop = &Error{Last: err}
		}
		if stop.Reason == ReasonDecision && stop.Decision.Action == Resubmit {
			stop = j.resubmit(ctx, &state, stop, start)
		}
		if stop != nil {
			if j.Hooks.GiveUp != nil {
				j.Hooks.GiveUp(ctx, stop)
			}
			return result, &JobError[Task]{State: state, Err: stop}
		}
	}
}

// task brings one task to its end.
func (j *Job[Task, Result]) task(ctx context.Context, state *State[Task]) (Result, error) {
	var none Result
	if !state.Live || len(state.Tasks) == 0 {
		submit := j.options(j.SubmitOperation, state)
		task, err := Do(ctx, &submit, j.Submit)
		if err != nil {
			return none, err
		}
		state.Tasks = append(state.Tasks, task)
		state.Live, state.Submitted = true, time.Now()
	}
	poll := j.options(j.PollOperation, state)
	l := loop{options: &poll, start: state.Submitted, timeout: poll.timeout()}
	policy := j.pollPolicy()
	l.within = policy.Within
	wait := max(0, policy.First-time.Since(state.Submitted))
	j.tell(ctx, Submitted, state, wait, Decision{})
	if !sleep(ctx, wait) {
		return none, l.ended(ctx)
	}
	task := state.Tasks[len(state.Tasks)-1]
	return run(ctx, &l, func(ctx context.Context) (Result, error) { return j.Poll(ctx, task) })
}

// pollPolicy returns the policy by which a task that is not ready is polled, and
// the zero Policy where the catalog has none.
func (j *Job[Task, Result]) pollPolicy() *Policy {
	if j.Catalog != nil {
		for _, table := range [][]Entry{j.Catalog.Codes, j.Catalog.Statuses} {
			for i := range table {
				if s, _ := table[i].in(j.PollOperation); s.Action == WaitPoll && s.Policy != nil {
					return s.Policy
				}
			}
		}
	}
	return &Policy{}
}

// options are those of one of the two calls.
func (j *Job[Task, Result]) options(operation Operation, state *State[Task]) Options {
	o := j.Options
	o.Operation = operation
	o.Hooks.GiveUp = nil // the job itself tells
	retry := o.Hooks.Retry
	o.Hooks.Retry = func(ctx context.Context, e Event) {
		step := Retrying
		if e.Decision.Action == WaitPoll {
			step = NotReady
		}
		j.tell(ctx, step, state, e.Wait, e.Decision)
		if retry != nil {
			retry(ctx, e)
		}
	}
	return o
}

func (j *Job[Task, Result]) tell(ctx context.Context, step Step, state *State[Task], wait time.Duration, d Decision) {
	if j.Progress == nil {
		return
	}
	s := *state
	s.Tasks = slices.Clone(state.Tasks)
	j.Progress(ctx, Progress[Task]{Step: step, State: s, Wait: wait, Decision: d})
}

// resubmit closes the task, and returns nil after the wait if another may be
// submitted.
func (j *Job[Task, Result]) resubmit(ctx context.Context, state *State[Task], stop *Error, start time.Time) *Error {
	state.Live = false
	submitted := len(state.Tasks)
	quiet := j.options("", state)
	l := loop{options: &quiet, start: start, attempts: stop.Attempts, last: stop.Last, decision: stop.Decision}
	policy := stop.Decision.Policy
	if policy == nil || policy.Retries != Unlimited && submitted > policy.Retries {
		return l.stop(ctx, ReasonExhausted, nil).(*Error)
	}
	wait := stop.Decision.Wait(submitted - 1)
	if cause := l.tooLate(ctx, wait); cause != nil {
		return l.stop(ctx, ReasonDeadline, cause).(*Error)
	}
	if !j.Budget.Take() {
		return l.stop(ctx, ReasonBudget, nil).(*Error)
	}
	j.tell(ctx, Resubmitting, state, wait, stop.Decision)
	if !sleep(ctx, wait) {
		return l.ended(ctx).(*Error)
	}
	return nil
}
