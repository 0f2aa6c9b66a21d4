package classify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

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
