package classifytest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
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
