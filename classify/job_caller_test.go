package classify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

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
