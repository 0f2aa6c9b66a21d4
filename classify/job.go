package classify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Job runs a task of an API that accepts the work first and returns the result later:
// it submits the task, polls for the result, and submits again if the task is lost,
// as the catalog decides. Task identifies a submitted task, Result is its result. A
// Job is a value without state; it can run many times, even concurrently.
//
// Each kind of failure has its own count. Retries count the failures in a row of one
// call: a poll that went well, ready or not, resets them. Polls count the answers
// that a task is not ready, and start from zero with each task. Resubmits count the
// tasks after the first. The catalog's policy for each kind sets its limit.
//
// The time for polling starts with the submission and includes the first wait. It is the
// Within of the policy by which the last reply says that the task is not ready. A poll that
// is due exactly at its end is still made, and so is the first poll of a task that was
// resumed too late: the result may be there. The first wait is the First of the first entry
// in the catalog by which a poll can be not ready. The context bounds the whole run.
type Job[Task, Result any] struct {
	// Options are those of both calls. Operation is not used. Repeatable is about
	// Submit: asking for the result twice never does harm.
	Options

	SubmitOperation Operation // what Submit calls; empty if the catalog names none
	PollOperation   Operation // what Poll calls; empty if the catalog names none

	// Submit hands the work in, and Poll asks for its result. Their errors are
	// decided as those of a function that [Do] runs. They should send each request
	// once, by a client without its own [Transport]: retries are the job's.
	Submit func(context.Context) (Task, error)
	Poll   func(context.Context, Task) (Result, error)

	// Progress, if it is set, is told of each step, with the state from which
	// [Job.Resume] can go on. It runs in the goroutine of the job. An error, such as that
	// the state could not be stored, stops the job before its next call, with
	// [ReasonRefused].
	Progress func(context.Context, Progress[Task]) error
}

// State is where a job stands. It holds what a later run needs to go on, and
// marshals to JSON if Task does. The zero value is a job that has not begun; with
// Tasks and Live alone it is a task that was submitted by other means.
//
// A state says whose it is, and [Job.Resume] refuses one of another API or operation, or of
// a later version. What is zero of these is not compared.
type State[Task any] struct {
	Version   int       `json:"version,omitempty"`   // of the fields below, as this package writes them: StateVersion
	API       string    `json:"api,omitempty"`       // the Name of the catalog
	Operation Operation `json:"operation,omitempty"` // the job's SubmitOperation
	Tasks     []Task    `json:"tasks,omitempty"`     // those submitted, in order
	Live      bool      `json:"live,omitempty"`      // the last of Tasks is still open
	Started   time.Time `json:"started,omitzero"`    // when the job began
	Submitted time.Time `json:"submitted,omitzero"`  // when the last of Tasks was submitted
	Polls     int       `json:"polls,omitempty"`     // how often the last of Tasks was not ready
	Resubmits int       `json:"resubmits,omitempty"` // how often a lost task was given up for a new one
}

// StateVersion is the version of [State] that this package writes. It reads that and the
// earlier ones.
const StateVersion = 1

// Progress is a step of a job.
type Progress[Task any] struct {
	Step     Step
	State    State[Task]
	Wait     time.Duration // before the next call
	Decision Decision      // about the last reply; the zero value after a submission
}

// Step is what a job has just done.
type Step uint8

// The steps.
const (
	Submitted    Step = iota // a task was submitted
	NotReady                 // a poll was answered, but the result is not ready
	Retrying                 // a call failed and is made again
	Resubmitting             // the task is lost, a new one is submitted
)

var stepNames = [...]string{"submitted", "not ready", "retrying", "resubmitting"}

// String returns the step in a word or two.
func (s Step) String() string {
	if int(s) < len(stepNames) {
		return stepNames[s]
	}
	return "Step(?)"
}

// JobError is what is left when a job stops without a result.
type JobError[Task any] struct {
	// State has every task that was submitted. A task that is still open can be
	// polled on by [Job.Resume]; where none is, that submits one more.
	State State[Task]

	// Err says why the job stopped. Its Attempts are all calls of the run, polls
	// included, and its Elapsed is the time of the run.
	Err *Error
}

// Error says which tasks were submitted and what the last call came to. A task that
// is long or not printable is quoted and cut.
func (e *JobError[Task]) Error() string {
	why := e.Err.Error()
	if e.Err.Last == nil {
		why = e.Err.why() // no call failed
	}
	tasks := make([]string, len(e.State.Tasks))
	for i, task := range e.State.Tasks {
		tasks[i] = plain(fmt.Sprint(task))
	}
	switch len(tasks) {
	case 0:
		return "submit: " + why
	case 1:
		return fmt.Sprintf("task %s: %s", tasks[0], why)
	default:
		return fmt.Sprintf("%d tasks %s: %s", len(tasks), tasks, why)
	}
}

// Unwrap returns Err, so that errors.Is finds the typed Code, the last error and
// the cause.
func (e *JobError[Task]) Unwrap() error { return e.Err }

// ErrorType is that of Err.
func (e *JobError[Task]) ErrorType() string { return e.Err.ErrorType() }

// Run runs the job from the start. It returns the result, or a [*JobError], or,
// where the job lacks its catalog or a function, an error that says so.
//
// A submission that may have taken effect is not made again unless its operation
// is repeatable, and no second task is submitted while one is open. An answer to
// Submit that the result is not ready counts as one that may have taken effect.
func (j *Job[Task, Result]) Run(ctx context.Context) (Result, error) {
	return j.Resume(ctx, State[Task]{})
}

// Resume runs the job from a state that an earlier run came to. It submits
// nothing while the state has an open task. The counts and times go on from the
// state, except the retries in a row. A state that is not the job's is an error, and no call
// is made.
func (j *Job[Task, Result]) Resume(ctx context.Context, from State[Task]) (Result, error) {
	var none Result
	if err := j.check(); err != nil {
		return none, err
	}
	if err := j.owns(&from); err != nil {
		return none, err
	}
	r := jobRun[Task, Result]{job: j, state: from.at(time.Now()), start: time.Now()}
	r.state.Version, r.state.API, r.state.Operation = StateVersion, j.Catalog.Name, j.SubmitOperation
	result, stop := r.run(ctx)
	if stop == nil {
		r.end(ctx, Summary{Operation: j.PollOperation, Decision: Decision{Action: OK, Operation: j.PollOperation}})
		return result, nil
	}
	stop.Attempts, stop.Elapsed = r.calls, time.Since(r.start)
	if j.Hooks.GiveUp != nil {
		j.Hooks.GiveUp(ctx, stop)
	}
	err := &JobError[Task]{State: r.state.clone(), Err: stop}
	r.end(ctx, Summary{Operation: stop.Decision.Operation, Decision: stop.Decision, Reason: stop.Reason, Err: err})
	return none, err
}

// check returns what the job lacks.
func (j *Job[Task, Result]) check() error {
	switch {
	case j == nil:
		return errors.New("job is nil")
	case j.Catalog == nil:
		return errors.New("job has no Catalog")
	case j.Submit == nil:
		return errors.New("job has no Submit")
	case j.Poll == nil:
		return errors.New("job has no Poll")
	}
	return nil
}

// owns returns why a state is not the job's.
func (j *Job[Task, Result]) owns(s *State[Task]) error {
	switch name := j.Catalog.Name; {
	case s.Version < 0 || s.Version > StateVersion:
		return fmt.Errorf("the state has version %d, and this program knows those up to %d", s.Version, StateVersion)
	case s.API != "" && name != "" && s.API != name:
		return fmt.Errorf("the state is of the API %s, and the job of %s", plain(s.API), plain(name))
	case s.Operation != "" && j.SubmitOperation != "" && s.Operation != j.SubmitOperation:
		return fmt.Errorf("the state is of the operation %s, and the job of %s", plain(string(s.Operation)), plain(string(j.SubmitOperation)))
	}
	return nil
}

// at returns a copy of the state whose times can be reckoned with at a time: the
// clock of an earlier run may have been ahead.
func (s State[Task]) at(now time.Time) State[Task] {
	s = s.clone()
	s.Live = s.Live && len(s.Tasks) > 0
	if s.Started.IsZero() || s.Started.After(now) {
		s.Started = now
	}
	if s.Live && (s.Submitted.IsZero() || s.Submitted.After(now)) {
		s.Submitted = now
	}
	return s
}

func (s State[Task]) clone() State[Task] {
	s.Tasks = slices.Clone(s.Tasks)
	return s
}
