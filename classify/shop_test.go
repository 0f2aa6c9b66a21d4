package classify

import (
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// shopAPI is the catalog of an API that tells success in the body. Every wait is
// a second; where the network is real, that of the policy is set to less.
func shopAPI(wait time.Duration) *Catalog {
	policy := &Policy{Name: "again", Base: wait, Retries: 3}
	return indexed(&Catalog{
		Name:   "shop",
		Forms:  []Form{{Syntax: JSON, OK: []Test{{At: Path{"ok"}, Values: []Scalar{{Bool, "true"}}}}, Code: []Path{{"code"}}}},
		Delays: []Delay{{Header: "Retry-After"}},
		Endpoints: []Endpoint{
			{Operation: "order", Method: "POST", Path: "/orders/"},
			{Operation: "quote", Method: "POST", Path: "/quotes", Repeatable: true},
		},
		Codes: []Entry{
			{Code: "BUSY", Action: Retry, Policy: policy, Meaning: "Too much to do"},
			{Code: "NO_FUNDS", Action: FixAccount, Meaning: "No funds", Fix: "Top up"},
			{Code: "WRONG", Action: Fail, Meaning: "The order is wrong"},
			{Code: "PACKING", Action: WaitPoll, Policy: policy},
			{Code: "LOST", Action: Resubmit, Policy: policy},
		},
		Statuses: []Entry{
			{Kind: KindStatus, Number: 202, Code: "202", Action: WaitPoll, Policy: policy},
			{Kind: KindStatus, Number: 429, Code: "429", Action: Retry, Policy: policy, Meaning: "Too many requests"},
			{Kind: KindStatus, Number: 500, Code: "500", Action: Retry, Policy: policy, Effect: EffectMaybe},
		},
		Classes: []Entry{
			{Kind: KindStatusClass, Number: 4, Code: "4xx", Action: Fail},
			{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Retry, Policy: policy},
		},
		Transport: []Entry{
			{Kind: KindTransport, Code: "timeout", Action: Retry, Policy: policy, Effect: EffectMaybe},
			{Kind: KindTransport, Code: "connection", Action: Retry, Policy: policy},
			{Kind: KindTransport, Code: "dns", Action: Fail},
			{Kind: KindTransport, Code: "tls", Action: Fail},
		},
		// What can't be read must not be sent again only for that.
		Unrecognised: &Entry{Kind: KindUnrecognised, Code: "unrecognised", Action: Retry, Policy: policy},
	})
}

const good = `{"ok":true}`

// countedBody counts what is read of a body and how often it is closed.
type countedBody struct {
	io.Reader
	read   atomic.Int64
	closed atomic.Int64
}

func (b *countedBody) Read(p []byte) (int, error) {
	if b.closed.Load() > 0 {
		return 0, http.ErrBodyReadAfterClose
	}
	n, err := b.Reader.Read(p)
	b.read.Add(int64(n))
	return n, err
}

func (b *countedBody) Close() error {
	b.closed.Add(1)
	return nil
}

// reply makes what a base answers with.
type reply func(*http.Request) (*http.Response, error)

// answers makes a reply with a status, a body and a header.
func answers(status int, body string, header ...string) reply {
	return func(req *http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{
			StatusCode:    status,
			Header:        h,
			Body:          io.NopCloser(strings.NewReader(body)),
			ContentLength: int64(len(body)),
			Request:       req,
		}, nil
	}
}

func fails(err error) reply {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// counter is a base that counts, over another one or over replies of which the
// last goes on.
type counter struct {
	base    http.RoundTripper
	replies []reply

	mu      sync.Mutex
	sent    []string // the bodies
	headers []http.Header
	bodies  []*countedBody // of the responses
}

func (c *counter) RoundTrip(req *http.Request) (*http.Response, error) {
	body := ""
	if c.base == nil && req.Body != nil {
		raw, _ := io.ReadAll(req.Body)
		body = string(raw)
		req.Body.Close()
	}
	c.mu.Lock()
	c.sent = append(c.sent, body)
	c.headers = append(c.headers, req.Header.Clone())
	i := min(len(c.sent), len(c.replies)) - 1
	c.mu.Unlock()
	answer := reply(func(req *http.Request) (*http.Response, error) { return c.base.RoundTrip(req) })
	if c.base == nil {
		answer = c.replies[i]
	}
	resp, err := answer(req)
	if resp != nil && resp.Body != nil && resp.StatusCode != http.StatusSwitchingProtocols {
		counted := &countedBody{Reader: resp.Body}
		resp.Body = &closesBoth{counted, resp.Body}
		c.mu.Lock()
		c.bodies = append(c.bodies, counted)
		c.mu.Unlock()
	}
	return resp, err
}

type closesBoth struct {
	*countedBody
	also io.Closer
}

func (b *closesBoth) Close() error {
	b.countedBody.Close()
	return b.also.Close()
}

func (c *counter) calls() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sent)
}

// checkClosed fails unless each response's body is closed exactly once, now or
// soon.
func (c *counter) checkClosed(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, body := range c.bodies {
		eventually(t, func() bool { return body.closed.Load() > 0 }, "body %d is not closed", i)
		if n := body.closed.Load(); n != 1 {
			t.Errorf("body %d is closed %d times", i, n)
		}
	}
}

// eventually waits for a condition, for as long as a test can be kept waiting.
func eventually(t *testing.T, condition func() bool, format string, args ...any) {
	t.Helper()
	for n := range 10_000 {
		if condition() {
			return
		}
		if n < 100 {
			runtime.Gosched()
			continue
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf(format, args...)
}

// requestBody is a request's body that counts its closings.
func requestBody(text string) *countedBody { return &countedBody{Reader: strings.NewReader(text)} }

func newRequest(t *testing.T, method, address, body string) *http.Request {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, reader)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

const shop = "http://shop.invalid"

// checkReadable reads a response to the end and closes it.
func checkReadable(t *testing.T, resp *http.Response, want string) {
	t.Helper()
	got, err := io.ReadAll(resp.Body)
	if err != nil || string(got) != want {
		t.Errorf("body %.80q (%d bytes), %v, want %.80q (%d bytes)", got, len(got), err, want, len(want))
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
}

// checkReason checks why a response was handed back against what is expected.
func checkReason(t *testing.T, resp *http.Response, want Reason, attempts int) *Error {
	t.Helper()
	why := stopOn(resp)
	if why == nil {
		t.Fatalf("status %d is handed back for no reason", resp.StatusCode)
	}
	if why.Reason != want || why.Attempts != attempts {
		t.Errorf("%q after %d attempts, want %q after %d", why.Reason, why.Attempts, want, attempts)
	}
	return why
}

func roundTrip(t *testing.T, transport *Transport, req *http.Request) *http.Response {
	t.Helper()
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}
