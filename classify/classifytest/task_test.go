package classifytest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/generated/captchaai"
)

// solver is a client of CaptchaAI.
type solver struct {
	catalog *classify.Catalog
	client  *http.Client
	url     string
}

// call makes one of the two calls. Its result stands in JSON or after OK|,
// whichever way the API answers.
func (s *solver) call(ctx context.Context, operation classify.Operation, method, path string, fields url.Values) (string, error) {
	fields.Set("key", "secret")
	fields.Set("json", "1")
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(fields.Encode())
	} else {
		path += "?" + fields.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, body)
	if err != nil {
		return "", err
	}
	reply, err := receive(s.client.Do(req))
	if err != nil {
		return "", err
	}
	reply.Operation = operation
	if err := s.catalog.Check(reply); err != nil {
		return "", err
	}
	var result struct{ Request string }
	if json.Unmarshal(reply.Body, &result) == nil {
		return result.Request, nil
	}
	return strings.TrimPrefix(string(reply.Body), "OK|"), nil
}

func (s *solver) job() *classify.Job[string, string] {
	return &classify.Job[string, string]{
		Options:         classify.Options{Catalog: s.catalog},
		SubmitOperation: captchaai.OperationSubmit,
		PollOperation:   captchaai.OperationPoll,
		Submit: func(ctx context.Context) (string, error) {
			return s.call(ctx, captchaai.OperationSubmit, http.MethodPost, "/in.php", url.Values{"method": {"userrecaptcha"}})
		},
		Poll: func(ctx context.Context, task string) (string, error) {
			return s.call(ctx, captchaai.OperationPoll, http.MethodGet, "/res.php", url.Values{"action": {"get"}, "id": {task}})
		},
	}
}

func accepted(task string) classifytest.Answer {
	return classifytest.OK(`{"status":1,"request":"` + task + `"}`)
}

func TestTask(t *testing.T) {
	type answers = []classifytest.Answer
	code, status := classifytest.Code, classifytest.Status
	token := classifytest.OK(`{"status":1,"request":"token"}`)
	notReady := code("CAPCHA_NOT_READY")
	tests := []struct {
		name           string
		submits, polls answers
		submitted      int // requests
		polled         int
		is             error // nil for success
		reason         classify.Reason
		tasks          []string
		seconds        float64
	}{
		{
			name: "in JSON", submits: answers{code("ERROR_NO_SLOT_AVAILABLE"), accepted("42")}, polls: answers{notReady.Times(3), token},
			submitted: 2, polled: 4, seconds: 5 + 5 + 3*5,
		},
		{
			name: "in plain text", submits: answers{code("ERROR_NO_SLOT_AVAILABLE").In(classify.Text), classifytest.OK("OK|42")},
			polls:     answers{notReady.In(classify.Text).Times(3), classifytest.OK("OK|token")},
			submitted: 2, polled: 4, seconds: 5 + 5 + 3*5,
		},
		{
			name: "in JSON and plain text", submits: answers{code("MAX_USER_TURN").In(classify.Text), accepted("42")},
			polls:     answers{notReady, notReady.In(classify.Text), classifytest.OK("OK|token")},
			submitted: 2, polled: 3, seconds: 10 + 5 + 2*5,
		},
		{
			name: "busy", submits: answers{code("ERROR_TOO_MUCH_REQUESTS").Times(3), accepted("42")}, polls: answers{token},
			submitted: 4, polled: 1, seconds: 3 + 6 + 10 + 5,
		},
		{
			name: "busy for ever", submits: answers{code("MAX_USER_TURN").Always()},
			submitted: 4, is: captchaai.MaxUserTurn, reason: classify.ReasonExhausted, seconds: 3 * 10,
		},
		{
			name: "unsolvable once", submits: answers{accepted("42"), accepted("43")}, polls: answers{notReady, code("ERROR_CAPTCHA_UNSOLVABLE"), notReady, token},
			submitted: 2, polled: 4, seconds: 10 + 2 + 10,
		},
		{
			name: "unsolvable and expired", submits: answers{accepted("42"), accepted("43"), accepted("44")},
			polls:     answers{code("ERROR_CAPTCHA_UNSOLVABLE"), code("ERROR_TOKEN_EXPIRED"), token},
			submitted: 3, polled: 3, seconds: 5 + 2 + 5 + 2 + 5,
		},
		{
			name: "unsolvable for ever", submits: answers{accepted("42"), accepted("43"), accepted("44")}, polls: answers{code("ERROR_CAPTCHA_UNSOLVABLE").Always()},
			submitted: 3, polled: 3, is: captchaai.ErrorCaptchaUnsolvable, reason: classify.ReasonExhausted, tasks: []string{"42", "43", "44"}, seconds: 5 + 2 + 5 + 2 + 5,
		},
		{
			name: "zero balance", submits: answers{code("ERROR_ZERO_BALANCE")},
			submitted: 1, is: captchaai.ErrorZeroBalance,
		},
		{
			name: "zero balance while polling", submits: answers{accepted("42")}, polls: answers{notReady, code("ERROR_ZERO_BALANCE").In(classify.Text)},
			submitted: 1, polled: 2, is: captchaai.ErrorZeroBalance, tasks: []string{"42"}, seconds: 10,
		},
		{
			name: "trouble while polling", submits: answers{accepted("42")},
			polls:     answers{status(502).Times(2), classifytest.Reset(), notReady, token.Half(), classifytest.Raw(classify.Reply{Status: 503}), status(429), token},
			submitted: 1, polled: 8, seconds: 5 + 3 + 6 + 10 + 5 + 3 + 6 + 10,
		},
		{
			name: "a gateway's own wait", submits: answers{accepted("42")}, polls: answers{notReady.RetryAfter(0), status(429), token},
			submitted: 1, polled: 3, seconds: 5 + 5 + 3,
		},
		{
			name: "trouble for ever", submits: answers{accepted("42")}, polls: answers{status(502).Always()},
			submitted: 1, polled: 4, is: errAny, reason: classify.ReasonExhausted, tasks: []string{"42"}, seconds: 5 + 3 + 6 + 10,
		},
		{
			// The task is paid for: a page or nothing in place of a poll's answer must not give it up.
			name: "a page while polling", submits: answers{accepted("42")},
			polls:     answers{status(200), classifytest.Raw(classify.Reply{Status: 200}), notReady, token},
			submitted: 1, polled: 4, seconds: 5 + 3 + 6 + 5,
		},
		{
			name: "pages for ever", submits: answers{accepted("42")}, polls: answers{status(200).Always()},
			submitted: 1, polled: 4, is: errAny, reason: classify.ReasonExhausted, tasks: []string{"42"}, seconds: 5 + 3 + 6 + 10,
		},
		{
			name: "a page for a submit", submits: answers{status(200), accepted("42").Always()},
			submitted: 1, is: errAny,
		},
		{
			name: "a code that nobody knows", submits: answers{code("ERROR_NEW")},
			submitted: 1, is: errAny,
		},
		{
			name: "ambiguous submit: reset", submits: answers{classifytest.Reset(), accepted("42").Always()},
			submitted: 1, is: errConnection, reason: classify.ReasonEffect,
		},
		{
			name: "ambiguous submit: half a reply", submits: answers{accepted("42").Half(), accepted("43").Always()},
			submitted: 1, is: io.ErrUnexpectedEOF, reason: classify.ReasonEffect,
		},
		{
			name: "ambiguous submit: bad gateway", submits: answers{status(502), accepted("42").Always()},
			submitted: 1, is: errAny, reason: classify.ReasonEffect,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			flows(t, captchaai.Catalog(), func(t *testing.T, srv *classifytest.Server, c *classify.Catalog, unit time.Duration) {
				srv.ScriptFor(captchaai.OperationSubmit, test.submits...)
				srv.ScriptFor(captchaai.OperationPoll, test.polls...)
				start := time.Now()
				result, err := (&solver{c, srv.Client(), srv.URL}).job().Run(t.Context())
				compare(t, unit, time.Since(start), test.seconds, test.seconds)
				submitted, polled := srv.Requests(captchaai.OperationSubmit), srv.Requests(captchaai.OperationPoll)
				if len(submitted) != test.submitted || len(polled) != test.polled {
					t.Errorf("%d submissions and %d polls, want %d and %d", len(submitted), len(polled), test.submitted, test.polled)
				}
				if test.is == nil {
					if result != "token" || err != nil {
						t.Errorf("result %q, error %v", result, err)
					}
					return
				}
				stop, ok := errors.AsType[*classify.JobError[string]](err)
				if !ok {
					t.Fatalf("result %q, error %v", result, err)
				}
				if stop.Err.Reason != test.reason || !slices.Equal(stop.State.Tasks, test.tasks) {
					t.Errorf("reason %q, tasks %v", stop.Err.Reason, stop.State.Tasks)
				}
				if test.is != errAny && test.is != errConnection && !errors.Is(err, test.is) {
					t.Errorf("error %v is not %v", err, test.is)
				}
				if test.is == errConnection && stop.Err.Decision.Failure != classify.FailureConnection {
					t.Errorf("error %v is of kind %q", err, stop.Err.Decision.Failure)
				}
			})
		})
	}
}

var (
	errAny        = errors.New("any error")
	errConnection = errors.New("a broken connection")
)

// TestTaskWindow polls for all of the 120 seconds.
func TestTaskWindow(t *testing.T) {
	for _, ready := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			srv := classifytest.NewPipe(t, captchaai.Catalog())
			srv.ScriptFor(captchaai.OperationSubmit, accepted("42"))
			srv.ScriptFor(captchaai.OperationPoll, classifytest.Code("CAPCHA_NOT_READY").Times(23))
			if ready {
				srv.Script(classifytest.OK("OK|token"))
			} else {
				srv.Script(classifytest.Code("CAPCHA_NOT_READY"))
			}
			start := time.Now()
			result, err := (&solver{captchaai.Catalog(), srv.Client(), srv.URL}).job().Run(t.Context())
			if ready != (err == nil && result == "token") || !ready && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("result %q, error %v", result, err)
			}
			if polls := len(srv.Requests(captchaai.OperationPoll)); polls != 24 || time.Since(start) != 120*time.Second {
				t.Errorf("%d polls in %s", polls, time.Since(start))
			}
		})
	}
}

// TestTaskHangs has calls that are never answered: each ends after its operation's
// own time, and only the poll is made again.
func TestTaskHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := captchaai.Catalog()
		srv := classifytest.NewPipe(t, c)
		srv.ScriptFor(captchaai.OperationSubmit, accepted("42"), classifytest.Hang())
		srv.ScriptFor(captchaai.OperationPoll, classifytest.Hang(), classifytest.OK("OK|token").Late(14*time.Second))
		job := (&solver{c, srv.Client(), srv.URL}).job()
		start := time.Now()
		if result, err := job.Run(t.Context()); result != "token" || err != nil || time.Since(start) != (5+15+3+14)*time.Second {
			t.Errorf("result %q, error %v after %s", result, err, time.Since(start))
		}
		start = time.Now()
		_, err := job.Run(t.Context())
		if stop, ok := errors.AsType[*classify.Error](err); !ok || stop.Reason != classify.ReasonEffect || time.Since(start) != 30*time.Second {
			t.Errorf("error %v after %s", err, time.Since(start))
		}
		if n := len(srv.Requests(captchaai.OperationSubmit)); n != 2 {
			t.Errorf("%d submissions, want one a run", n)
		}
	})
}

// TestTaskRefused has no server at all: nothing was sent, so that it is safe to
// try again.
func TestTaskRefused(t *testing.T) {
	c := quick(captchaai.Catalog())
	srv := classifytest.New(t, c)
	srv.Close()
	_, err := (&solver{c, srv.Client(), srv.URL}).job().Run(t.Context())
	if stop, ok := errors.AsType[*classify.Error](err); !ok || stop.Reason != classify.ReasonExhausted || stop.Attempts != 4 {
		t.Errorf("error %v", err)
	}
}

// TestTaskResumes kills a job while it polls, and goes on from its saved state in
// what could be another process.
func TestTaskResumes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := captchaai.Catalog()
		srv := classifytest.NewPipe(t, c)
		srv.ScriptFor(captchaai.OperationSubmit, accepted("42"))
		srv.ScriptFor(captchaai.OperationPoll, classifytest.Code("CAPCHA_NOT_READY").Times(3), classifytest.OK("OK|token"))
		ctx, kill := context.WithCancel(t.Context())
		job := (&solver{c, srv.Client(), srv.URL}).job()
		var file []byte
		job.Progress = func(_ context.Context, p classify.Progress[string]) error {
			var err error
			if file, err = json.Marshal(p.State); err != nil {
				t.Error(err)
			}
			if p.State.Polls == 2 {
				kill()
			}
			return nil
		}
		if _, err := job.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		time.Sleep(30 * time.Second)
		var state classify.State[string]
		if err := json.Unmarshal(file, &state); err != nil {
			t.Fatal(err)
		}
		result, err := (&solver{c, srv.Client(), srv.URL}).job().Resume(t.Context(), state)
		if result != "token" || err != nil {
			t.Errorf("result %q, error %v", result, err)
		}
		if s, p := srv.Requests(captchaai.OperationSubmit), srv.Requests(captchaai.OperationPoll); len(s) != 1 || len(p) != 4 {
			t.Errorf("%d submissions and %d polls, want 1 and 4", len(s), len(p))
		}
		if id := srv.Requests(captchaai.OperationPoll)[3].URL.Query().Get("id"); id != "42" {
			t.Errorf("polled task %q", id)
		}
	})
}
