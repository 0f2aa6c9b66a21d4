package classify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestJobProgressRefuses stops a job in each of its steps: no call follows, nor a wait.
func TestJobProgressRefuses(t *testing.T) {
	full := errors.New("the disk is full")
	wantTasks := []int{0, 1, 1, 1, 1, 1, 2, 2, 2}
	for n, tasks := range wantTasks {
		synctest.Test(t, func(t *testing.T) {
			f := newFarm()
			job := f.job()
			step, calls, retries := 0, 0, 0
			var refused time.Time
			job.Hooks.Retry = func(context.Context, Event) { retries++ }
			job.Progress = func(_ context.Context, p Progress[string]) error {
				defer func() { step++ }()
				if p.Step != Submitted {
					retries--
				}
				if step < n {
					return nil
				}
				if p.Step != Submitted {
					retries++ // which is not made, and so nobody is told
				}
				calls, refused = len(f.calls), time.Now()
				return full
			}
			_, err := job.Run(t.Context())
			stop, ok := errors.AsType[*JobError[string]](err)
			if !ok || stop.Err.Reason != ReasonRefused || stop.Err.Cause != full || !errors.Is(err, full) || !strings.HasSuffix(err.Error(), "the program refused to go on: the disk is full") {
				t.Fatalf("step %d: error %v", n, err)
			}
			if len(f.calls) != calls || step != n+1 || retries != 0 || !time.Now().Equal(refused) {
				t.Errorf("refused in step %d: step %d, %d calls after %d, %d retries told too many, %s later", n, step-1, len(f.calls), calls, retries, time.Since(refused))
			}
			if len(stop.State.Tasks) != tasks {
				t.Errorf("step %d: the state has %d tasks, want %d", n, len(stop.State.Tasks), tasks)
			}
			if _, err := newFarm().job().Resume(t.Context(), State[string]{}); err != nil {
				t.Errorf("a job of the same kind fails: %v", err)
			}
		})
	}
}

// A state says whose it is, and is refused by others before they make a call.
func TestJobRefusesState(t *testing.T) {
	own := `{"version":1,"api":"solver","operation":"submit","tasks":["t1"],"live":true,"started":"2000-01-01T00:00:00Z","submitted":"2000-01-01T00:00:00Z"}`
	tests := map[string]struct{ old, with, want string }{
		"its own":                  {"", "", ""},
		"by other means":           {`"version":1,"api":"solver","operation":"submit",`, "", ""},
		"of another API":           {`"solver"`, `"oth\ner"`, `the state is of the API "oth\ner", and the job of solver`},
		"of another operation":     {`"submit"`, `"pay"`, `the state is of the operation pay, and the job of submit`},
		"of a later version":       {`"version":1`, `"version":2`, `the state has version 2, and this program knows those up to 1`},
		"of an impossible version": {`"version":1`, `"version":-1`, `the state has version -1, and this program knows those up to 1`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var state State[string]
				if err := json.Unmarshal([]byte(strings.Replace(own, test.old, test.with, 1)), &state); err != nil {
					t.Fatal(err)
				}
				s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello")}
				job := s.job()
				job.Catalog.Name = "solver"
				var told []byte
				job.Progress = func(_ context.Context, p Progress[string]) (err error) {
					told, err = json.Marshal(p.State)
					return err
				}
				result, err := job.Resume(t.Context(), state)
				if test.want == "" && (err != nil || result != "hello") || test.want != "" && (err == nil || err.Error() != test.want) {
					t.Errorf("result %q, error %v, want %q", result, err, test.want)
				}
				if calls := len(s.calls); (calls > 0) != (test.want == "") {
					t.Errorf("%d calls", calls)
				}
				if _, err := job.Run(t.Context()); err != nil || !strings.HasPrefix(string(told), `{"version":1,"api":"solver","operation":"submit",`) {
					t.Errorf("the state of a run is %s, %v", told, err)
				}
			})
		})
	}
}

// Where a job or its catalog has no name, the state may have any.
func TestJobWithoutANameTakesAnyState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello")}
		job := s.job()
		job.Catalog.Name, job.SubmitOperation = "", ""
		if result, err := job.Resume(t.Context(), State[string]{API: "other", Operation: "pay", Tasks: []string{"t1"}, Live: true}); err != nil || result != "hello" {
			t.Errorf("result %q, error %v", result, err)
		}
	})
}

// What the caller hands in is not written to, and no time of the state is in the future.
func TestJobLeavesTheStateOfItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := append(make([]string, 0, 4), "old", "spare")
		s := &solver{submits: times(1, "OK|"), polls: times(1, "WRONG_ID")}
		_, err := s.job().Resume(t.Context(), State[string]{Tasks: tasks[:1], Started: time.Now().Add(time.Hour)})
		stop, ok := errors.AsType[*JobError[string]](err)
		if !ok || len(stop.State.Tasks) != 2 || tasks[1] != "spare" {
			t.Errorf("%v; the caller's tasks are %q", err, tasks)
		}
		if ok && stop.State.Started.After(time.Now()) {
			t.Errorf("started at %s", stop.State.Started)
		}
		s = &solver{submits: times(1, "ZERO_BALANCE"), polls: times(1, "OK|")}
		_, err = s.job().Run(t.Context())
		if stop, ok := errors.AsType[*JobError[string]](err); !ok || !stop.State.Submitted.IsZero() {
			t.Errorf("submitted without a task: %v", err)
		}
	})
}

// A job that is cancelled before it submits again says what was lost.
func TestJobIsCancelledBeforeItResubmits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &solver{submits: times(1, "OK|"), polls: times(1, "UNSOLVABLE")}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		job := s.job()
		job.Progress = func(_ context.Context, p Progress[string]) error {
			if p.Step == Resubmitting {
				time.AfterFunc(time.Second, cancel)
			}
			return nil
		}
		_, err := job.Run(ctx)
		stop, ok := errors.AsType[*Error](err)
		if !ok || stop.Reason != ReasonCanceled || stop.Decision.Action != Resubmit || stop.Last == nil || len(s.calls) != 2 {
			t.Errorf("%d calls, %v", len(s.calls), err)
		}
	})
}

// Before a first wait that is in vain, what ended the job is told.
func TestJobEndsBeforeItsFirstPoll(t *testing.T) {
	for name, test := range map[string]struct {
		first, deadline time.Duration
		cancels         bool
		reason          Reason
		failure         Failure
	}{
		"too late":            {500 * time.Millisecond, 300 * time.Millisecond, false, ReasonDeadline, FailureTimeout},
		"cancelled":           {5 * time.Second, time.Second, true, ReasonCanceled, FailureCanceled},
		"cancelled, no wait":  {0, time.Second, true, ReasonCanceled, FailureCanceled},
		"late by a long time": {5 * time.Second, time.Second, false, ReasonDeadline, FailureTimeout},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &solver{submits: times(1, "OK|"), polls: times(1, "OK|hello")}
			ctx, cancel := context.WithTimeout(t.Context(), test.deadline)
			defer cancel()
			if test.cancels {
				cancel()
			}
			job := s.job()
			poll := *job.Catalog.Codes[1].Policy
			poll.First = test.first
			job.Catalog.Codes[1].Policy = &poll
			_, err := job.Resume(ctx, State[string]{Tasks: []string{"t1"}, Live: true})
			stop, ok := errors.AsType[*Error](err)
			if !ok || stop.Reason != test.reason || stop.Decision.Failure != test.failure || stop.Decision.Operation != "poll" || stop.Elapsed != 0 || len(s.calls) > 0 {
				t.Errorf("%s: %d calls, %v, %+v", name, len(s.calls), err, stop)
			}
		})
	}
}

// A decision is a value: what is done to a copy is not seen in the original.
func TestDecisionIsCopied(t *testing.T) {
	d := taskAPI().Classify(Reply{Status: 500, Body: []byte("NO_SLOT"), Operation: "submit"})
	before := fmt.Sprintf("%+v", d.Why())
	own := d
	own.Action, own.Code, own.Fix, own.Entry, own.Reading, own.Policy = OK, "", "", View{}, Reading{}, nil
	if after := fmt.Sprintf("%+v", d.Why()); after != before || d.Code != "NO_SLOT" || d.Entry.IsZero() || d.Policy == nil {
		t.Errorf("the original is %+v: %s, was %s", d, after, before)
	}
}
