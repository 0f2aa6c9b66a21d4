package classify

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

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
