package classifytest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/generated/captchaai"
)

// TestTaskEveryCode answers with each code of CaptchaAI for ever, on submit and on
// poll, and compares what the job does with the guide.
func TestTaskEveryCode(t *testing.T) {
	c := captchaai.Catalog()
	for code := range captchaai.Codes() {
		entry, _ := c.Lookup(code.String())
		onSubmit, onPoll, tasks := 1, 1, 1
		switch entry.Action() {
		case classify.Retry:
			onSubmit, onPoll = 4, 4
		case classify.Resubmit:
			onSubmit, onPoll, tasks = 3, 3, 3
		case classify.WaitPoll:
			onPoll = 24
		}
		for _, syntax := range []classify.Syntax{classify.JSON, classify.Text} {
			answer := classifytest.Code(code.String()).In(syntax).Always()
			synctest.Test(t, func(t *testing.T) {
				srv := classifytest.NewPipe(t, c)
				srv.Script(answer)
				_, err := (&solver{c, srv.Client(), srv.URL}).job().Run(t.Context())
				if n := len(srv.Requests()); n != onSubmit || !errors.Is(err, code) {
					t.Errorf("submit answered with %s: %d requests, want %d; %v", code, n, onSubmit, err)
				}
			})
			synctest.Test(t, func(t *testing.T) {
				srv := classifytest.NewPipe(t, c)
				srv.ScriptFor(captchaai.OperationSubmit, accepted("42").Always())
				srv.ScriptFor(captchaai.OperationPoll, answer)
				_, err := (&solver{c, srv.Client(), srv.URL}).job().Run(t.Context())
				s, p := srv.Requests(captchaai.OperationSubmit), srv.Requests(captchaai.OperationPoll)
				if len(s) != tasks || len(p) != onPoll || !errors.Is(err, code) {
					t.Errorf("poll answered with %s: %d submissions and %d polls, want %d and %d; %v", code, len(s), len(p), tasks, onPoll, err)
				}
			})
		}
	}
}

// TestTaskFaults runs jobs through random trouble. Whatever happens, a job knows
// every task that was accepted for it, and has at most three.
func TestTaskFaults(t *testing.T) {
	c := captchaai.Catalog()
	results := map[string]int{}
	for seed := range uint64(100) {
		synctest.Test(t, func(t *testing.T) {
			srv := classifytest.NewPipe(t, c)
			srv.ScriptFor(captchaai.OperationSubmit, accepted("42").Always())
			srv.ScriptFor(captchaai.OperationPoll, classifytest.Code("CAPCHA_NOT_READY").Times(2), classifytest.OK("OK|token"))
			srv.Faults(seed, 0.4,
				classifytest.Status(502), classifytest.Reset(), classifytest.Hang(), classifytest.Status(429).RetryAfter(20*time.Second),
				classifytest.Code("ERROR_NO_SLOT_AVAILABLE"), classifytest.Code("ERROR_CAPTCHA_UNSOLVABLE"), classifytest.Code("ERROR_ZERO_BALANCE"))
			job := (&solver{c, srv.Client(), srv.URL}).job()
			tasks := 0
			job.Progress = func(_ context.Context, p classify.Progress[string]) error { tasks = len(p.State.Tasks); return nil }
			result, err := job.Run(t.Context())
			stop, failed := errors.AsType[*classify.JobError[string]](err)
			switch {
			case err == nil && result == "token":
				results["token"]++
			case failed:
				results[stop.Err.Reason.String()]++
				tasks = len(stop.State.Tasks)
			default:
				t.Errorf("seed %d: result %q, error %v", seed, result, err)
			}
			taken, doubtful := 0, 0
			for _, r := range srv.Requests(captchaai.OperationSubmit) {
				switch r.Answer {
				case "ok":
					taken++
				case "status 502", "reset", "hang":
					doubtful++
				}
			}
			if taken != tasks || taken > 3 || doubtful > 1 || doubtful == 1 && stop.Err.Reason != classify.ReasonEffect {
				t.Errorf("seed %d: %d tasks, %d were taken, %d are doubtful; %v", seed, tasks, taken, doubtful, err)
			}
		})
	}
	for _, outcome := range []string{"token", classify.ReasonEffect.String(), classify.ReasonDecision.String()} {
		if results[outcome] == 0 {
			t.Errorf("no run came to %q: %v", outcome, fmt.Sprint(results))
		}
	}
}
