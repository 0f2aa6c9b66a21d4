package classify

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

type spanKey struct{}

// spans is a hook Start that gives each attempt a name, and notes who hears of it.
type spans struct{ told []string }

func (s *spans) note(ctx context.Context, format string, args ...any) {
	s.told = append(s.told, fmt.Sprintf("%v: ", ctx.Value(spanKey{}))+fmt.Sprintf(format, args...))
}

func (s *spans) hooks() Hooks {
	return Hooks{
		Start: func(ctx context.Context, begins Try) context.Context {
			s.note(ctx, "start %d %s %t", begins.Number, begins.Operation, begins.Start.Equal(time.Now()))
			return context.WithValue(ctx, spanKey{}, begins.Number)
		},
		Attempt: func(ctx context.Context, try Try) { s.note(ctx, "attempt %d", try.Number) },
		Retry:   func(ctx context.Context, e Event) { s.note(ctx, "retry %d", e.Resend) },
		Done:    func(ctx context.Context, _ Summary) { s.note(ctx, "done") },
	}
}

// The context that Start returns is that of the attempt, and of no more.
func TestStartMakesTheContextOfAnAttempt(t *testing.T) {
	want := []string{
		"<nil>: start 1 read true", "1: call 1", "1: attempt 1", "<nil>: retry 1",
		"<nil>: start 2 read true", "2: call 2", "2: attempt 2", "<nil>: done",
	}
	for _, timeout := range []time.Duration{0, time.Minute} {
		for _, isNumbered := range []bool{false, true} {
			var s *spans
			options := func() Options {
				s = &spans{}
				c := retryAPI(&Policy{Base: second, Retries: 2})
				return Options{Catalog: c, Operation: "read", Timeout: timeout, Numbered: isNumbered, Hooks: s.hooks()}
			}
			calls := 0
			call := func(ctx context.Context) error {
				calls++
				s.note(ctx, "call %d", calls)
				if n := AttemptNumber(ctx); isNumbered && n != calls {
					t.Errorf("call %d has the number %d", calls, n)
				}
				return []error{status(503), nil}[calls-1]
			}
			for name, run := range map[string]func(*testing.T){
				"Do": func(t *testing.T) {
					o := options()
					Do(t.Context(), &o, func(ctx context.Context) (int, error) { return 0, call(ctx) })
				},
				"Attempts": func(t *testing.T) {
					o := options()
					for loop := Attempts(t.Context(), &o); loop.Next(); {
						loop.Report(call(loop.Context()))
					}
				},
				"Transport": func(t *testing.T) {
					base := roundTripper(func(req *http.Request) (*http.Response, error) {
						if err := call(req.Context()); err != nil {
							return answers(503, "")(req)
						}
						return answers(200, "")(req)
					})
					req := newRequest(t, "GET", shop, "")
					req = req.WithContext(WithOperation(req.Context(), "read"))
					if resp := roundTrip(t, &Transport{Options: options(), Base: base}, req); resp.Request != req {
						t.Error("the response is not that of the caller's request")
					}
				},
			} {
				synctest.Test(t, func(t *testing.T) {
					calls = 0
					run(t)
					if !slices.Equal(s.told, want) {
						t.Errorf("%s, timeout %s, numbered %t: told\n%q, want\n%q", name, timeout, isNumbered, s.told, want)
					}
				})
			}
		}
	}
}

// The hook is told when the attempt begins, whether or not another one asks for it.
func TestStartIsToldTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(second)
		told := 0
		o := &Options{Catalog: retryAPI(&Policy{}), Hooks: Hooks{Start: func(ctx context.Context, begins Try) context.Context {
			if told++; !begins.Start.Equal(time.Now()) {
				t.Errorf("the attempt begins at %s", begins.Start)
			}
			return ctx
		}}}
		if _, err := Do(t.Context(), o, playing(nil).call); err != nil || told != 1 {
			t.Errorf("told %d times, %v", told, err)
		}
	})
}

// A hook that returns no context leaves the one that there is, and several see each other's.
func TestStartOfSeveral(t *testing.T) {
	none := Hooks{Start: func(context.Context, Try) context.Context { return nil }}
	type key int
	of := func(k key) Hooks {
		return Hooks{Start: func(ctx context.Context, _ Try) context.Context {
			if k > 0 && ctx.Value(k-1) == nil {
				t.Errorf("hook %d does not see the context of the one before it", k)
			}
			return context.WithValue(ctx, k, true)
		}}
	}
	for name, hooks := range map[string]Hooks{
		"none":    none,
		"all":     JoinHooks(of(0), none, of(1), Hooks{}, of(2), none),
		"nothing": JoinHooks(none, none),
	} {
		o := &Options{Catalog: retryAPI(&Policy{}), Hooks: hooks}
		_, err := Do(t.Context(), o, func(ctx context.Context) (int, error) {
			if got := ctx.Value(key(2)) != nil; got != (name == "all") {
				t.Errorf("%s: the function has the context of the last: %t", name, got)
			}
			return 0, nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
