package classifytest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
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
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// The tests in this file run the shipped catalogs' flows as a program would: the
// client of each API is what a user writes. Each flow is run twice, over sockets
// with waits that are a thousandth of the catalog's, and over connections in
// memory with the waits of the catalog itself, whose sum is then compared.

// quick returns a copy of a catalog whose waits are a thousandth, also those that
// a server asks for. The times of attempts and of whole calls don't change.
func quick(c *classify.Catalog) *classify.Catalog {
	const by = 1000
	shorten := func(p *classify.Policy) *classify.Policy {
		if p == nil {
			return nil
		}
		short := *p
		short.Base /= by
		short.Max /= by
		short.First /= by
		short.Jitter.Add /= by
		return &short
	}
	differing := func(said []classify.OperationVariant) []classify.OperationVariant {
		said = slices.Clone(said)
		for i := range said {
			said[i].Policy = shorten(said[i].Policy)
		}
		return said
	}
	table := func(entries []classify.Entry) []classify.Entry {
		entries = slices.Clone(entries)
		for i := range entries {
			e := &entries[i]
			e.Policy, e.ByOperation = shorten(e.Policy), differing(e.ByOperation)
		}
		return entries
	}
	short := *c
	short.Codes, short.Prefixes = table(c.Codes), table(c.Prefixes)
	if c.Table != nil {
		codes := *c.Table
		codes.Rules = slices.Clone(codes.Rules)
		for i := range codes.Rules {
			rule := &codes.Rules[i]
			rule.Policy, rule.ByOperation = shorten(rule.Policy), differing(rule.ByOperation)
		}
		short.Table = &codes
	}
	short.Statuses, short.Classes, short.Transport = table(c.Statuses), table(c.Classes), table(c.Transport)
	short.Delays = slices.Clone(c.Delays)
	for i := range short.Delays {
		short.Delays[i].Unit /= by
	}
	return &short
}

// flows runs a flow over sockets and over connections in memory.
func flows(t *testing.T, c *classify.Catalog, flow func(t *testing.T, srv *classifytest.Server, c *classify.Catalog, unit time.Duration)) {
	t.Run("socket", func(t *testing.T) {
		short := quick(c)
		flow(t, classifytest.New(t, short), short, time.Millisecond)
	})
	t.Run("pipe", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { flow(t, classifytest.NewPipe(t, c), c, time.Second) })
	})
}

// compare compares the time that passed with the sum of the waits, in the unit
// that is a second of the catalog. Over sockets there is nothing to compare.
func compare(t *testing.T, unit, passed time.Duration, least, most float64) {
	t.Helper()
	if unit == time.Second && (passed.Seconds() < least || passed.Seconds() > most) {
		t.Errorf("%s passed, want %g s to %g s", passed, least, most)
	}
}

// receive reads a reply to its end.
func receive(resp *http.Response, err error) (classify.Reply, error) {
	if err != nil {
		return classify.Reply{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return classify.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body}, err
}

// ocr is a client of FastCaptcha.
type ocr struct {
	catalog *classify.Catalog
	client  *http.Client
	url     string
}

// request is that of the guide: the image in a form field, the key in a header.
func (o *ocr) request(ctx context.Context) (*http.Request, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.SetBoundary("boundary")
	file, err := form.CreateFormFile("image", "captcha.png")
	if err != nil {
		return nil, err
	}
	file.Write([]byte("\x89PNG"))
	form.Close()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.url+"/api/v1/ocr/", &body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("X-API-Key", "secret")
	return req, nil
}

func (o *ocr) solve(ctx context.Context) (string, error) {
	req, err := o.request(ctx)
	if err != nil {
		return "", err
	}
	reply, err := receive(o.client.Do(req))
	if err != nil {
		return "", err
	}
	reply.Operation = fastcaptcha.OperationSolve
	if err := o.catalog.Check(reply); err != nil {
		return "", err
	}
	var result struct{ Text string }
	err = json.Unmarshal(reply.Body, &result)
	return result.Text, err
}

func (o *ocr) options() *classify.Options {
	return &classify.Options{Catalog: o.catalog, Operation: fastcaptcha.OperationSolve}
}

const solved = `{"success":true,"text":"XK92B","confidence":0.97,"processing_time":0.31,"credits_remaining":84}`

// solveFlows are those of FastCaptcha.
var solveFlows = []struct {
	name        string
	script      []classifytest.Answer
	requests    int
	is          error // nil for success
	least, most float64
	inBody      bool // a Transport leaves the body to its caller
}{
	{name: "success", script: []classifytest.Answer{classifytest.OK(solved)}, requests: 1},
	{
		name:     "rate limit",
		script:   []classifytest.Answer{classifytest.Code("RATE_LIMIT_EXCEEDED"), classifytest.OK(solved)},
		requests: 2, least: 1, most: 2,
	},
	{
		name:     "model error",
		script:   []classifytest.Answer{classifytest.Code("MODEL_ERROR").WithStatus(500).Times(2), classifytest.OK(solved)},
		requests: 3, least: 3, most: 5,
	},
	{
		name:     "model error, with 200",
		script:   []classifytest.Answer{classifytest.Code("MODEL_ERROR").WithStatus(200), classifytest.OK(solved)},
		requests: 2, least: 1, most: 2,
	},
	{
		name:     "gateways",
		script:   []classifytest.Answer{classifytest.Status(502), classifytest.Status(503), classifytest.Status(504), classifytest.OK(solved)},
		requests: 4, least: 7, most: 10,
	},
	{
		name:     "broken connections",
		script:   []classifytest.Answer{classifytest.Reset(), classifytest.ResetUnread(), classifytest.OK(solved)},
		requests: 3, least: 3, most: 5,
	},
	{
		name:     "half a reply",
		script:   []classifytest.Answer{classifytest.OK(solved).Half(), classifytest.OK(solved)},
		requests: 2, least: 1, most: 2, inBody: true,
	},
	{
		name:     "never again without a key",
		script:   []classifytest.Answer{classifytest.Code("API_KEY_MISSING"), classifytest.OK(solved).Always()},
		requests: 1, is: fastcaptcha.APIKeyMissing,
	},
	{
		name:     "never again without a key, with 200",
		script:   []classifytest.Answer{classifytest.Code("API_KEY_INVALID").WithStatus(200), classifytest.OK(solved).Always()},
		requests: 1, is: fastcaptcha.APIKeyInvalid,
	},
	{
		name:     "model error for ever",
		script:   []classifytest.Answer{classifytest.Code("MODEL_ERROR").Always()},
		requests: 5, is: fastcaptcha.ModelError, least: 15, most: 19,
	},
	{
		name:     "too long a wait",
		script:   []classifytest.Answer{classifytest.Code("RATE_LIMIT_EXCEEDED").RetryAfter(time.Hour), classifytest.OK(solved).Always()},
		requests: 1, is: fastcaptcha.RateLimitExceeded,
	},
}

func TestSolveByDo(t *testing.T) {
	for _, test := range solveFlows {
		t.Run(test.name, func(t *testing.T) {
			flows(t, fastcaptcha.Catalog(), func(t *testing.T, srv *classifytest.Server, c *classify.Catalog, unit time.Duration) {
				srv.Script(test.script...)
				api := &ocr{catalog: c, client: srv.Client(), url: srv.URL}
				start := time.Now()
				text, err := classify.Do(t.Context(), api.options(), api.solve)
				passed := time.Since(start)
				if test.is == nil && (err != nil || text != "XK92B") || !errors.Is(err, test.is) {
					t.Errorf("text %q, error %v", text, err)
				}
				if n := len(srv.Requests(fastcaptcha.OperationSolve)); n != test.requests {
					t.Errorf("%d requests, want %d", n, test.requests)
				}
				compare(t, unit, passed, test.least, test.most)
			})
		})
	}
}

func TestSolveByTransport(t *testing.T) {
	for _, test := range solveFlows {
		if test.inBody {
			continue
		}
		t.Run(test.name, func(t *testing.T) {
			flows(t, fastcaptcha.Catalog(), func(t *testing.T, srv *classifytest.Server, c *classify.Catalog, unit time.Duration) {
				srv.Script(test.script...)
				api := &ocr{catalog: c, url: srv.URL}
				client := &http.Client{Transport: &classify.Transport{
					Options: classify.Options{Catalog: c},
					Base:    srv.Client().Transport,
				}}
				req, err := api.request(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				resp, err := client.Do(req)
				passed := time.Since(start)
				if err != nil {
					t.Fatal(err)
				}
				why := classify.ErrorOf(resp)
				reply, err := receive(resp, nil)
				if err != nil {
					t.Fatal(err)
				}
				d := c.Classify(reply)
				if test.is == nil && (d.Action != classify.OK || why != nil) || !errors.Is(d.Err(), test.is) || test.is != nil && !errors.Is(why, test.is) {
					t.Errorf("reply %s, %v", reply.Body, why)
				}
				requests := srv.Requests(fastcaptcha.OperationSolve)
				if len(requests) != test.requests {
					t.Errorf("%d requests, want %d", len(requests), test.requests)
				}
				for i, r := range requests {
					sent := bytes.Contains(r.Body, []byte("\x89PNG"))
					if unread := r.Answer == "reset, unread"; sent == unread || r.Header.Get("X-API-Key") != "secret" {
						t.Errorf("request %d: %v %q", i, r.Header, r.Body)
					}
				}
				compare(t, unit, passed, test.least, test.most)
			})
		})
	}
}

// TestRetryAfterIsObeyed has the server ask for a wait that no policy would come
// to.
func TestRetryAfterIsObeyed(t *testing.T) {
	flows(t, fastcaptcha.Catalog(), func(t *testing.T, srv *classifytest.Server, c *classify.Catalog, unit time.Duration) {
		limit := classifytest.Code("RATE_LIMIT_EXCEEDED").RetryAfter(60 * unit)
		srv.Script(limit, classifytest.OK(solved), limit, classifytest.OK(solved))
		api := &ocr{catalog: c, client: srv.Client(), url: srv.URL}
		start := time.Now()
		if text, err := classify.Do(t.Context(), api.options(), api.solve); err != nil || text != "XK92B" {
			t.Errorf("text %q, error %v", text, err)
		}
		compare(t, unit, time.Since(start), 60, 61)

		api.client = &http.Client{Transport: &classify.Transport{Options: classify.Options{Catalog: c}, Base: srv.Client().Transport}}
		start = time.Now()
		if text, err := api.solve(t.Context()); err != nil || text != "XK92B" {
			t.Errorf("text %q, error %v", text, err)
		}
		compare(t, unit, time.Since(start), 60, 61)
		if n := len(srv.Requests()); n != 4 {
			t.Errorf("%d requests, want 4", n)
		}
	})
}

// TestSolveEveryCode answers with each code and each status of FastCaptcha for
// ever: what the guide calls transient is tried five times, the rest once.
func TestSolveEveryCode(t *testing.T) {
	c := fastcaptcha.Catalog()
	var script []classifytest.Answer
	for code := range fastcaptcha.Codes() {
		script = append(script, classifytest.Code(code.String()))
	}
	for _, status := range []int{400, 401, 402, 403, 404, 413, 415, 429, 500, 502, 503, 504} {
		script = append(script, classifytest.Status(status))
	}
	again := []string{"code RATE_LIMIT_EXCEEDED", "code MODEL_ERROR", "status 429", "status 500", "status 502", "status 503", "status 504"}
	for _, answer := range script {
		synctest.Test(t, func(t *testing.T) {
			srv := classifytest.NewPipe(t, c)
			srv.Script(answer.Always())
			want := 1
			if slices.Contains(again, answer.String()) {
				want = 5
			}
			api := &ocr{catalog: c, client: srv.Client(), url: srv.URL}
			_, err := classify.Do(t.Context(), api.options(), api.solve)
			if n := len(srv.Requests()); err == nil || n != want {
				t.Errorf("%s: %d requests, want %d; %v", answer, n, want, err)
			}
		})
	}
}

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
