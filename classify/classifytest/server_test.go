package classifytest_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/generated/captchaai"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// recorder is a test that only notes what happens to it.
type recorder struct {
	mu     sync.Mutex
	errors []string
	done   []func()
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.done = append(r.done, f) }
func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) {
	panic("fatal: " + fmt.Sprintf(format, args...))
}

// ask sends a request and says what came of it.
func ask(client *http.Client, method, url, body string) string {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	resp, err := client.Do(req)
	if err != nil {
		return "no reply: " + string(classify.FailureOf(err))
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	text := strings.TrimSpace(string(got))
	if err != nil {
		text += "… " + string(classify.FailureOf(err))
	}
	return fmt.Sprint(resp.StatusCode, " ", text)
}

func TestScripts(t *testing.T) {
	for name, start := range map[string]func(classifytest.T, *classify.Catalog) *classifytest.Server{
		"socket": classifytest.New, "pipe": classifytest.NewPipe,
	} {
		t.Run(name, func(t *testing.T) {
			srv := start(t, captchaai.Catalog())
			script := []classifytest.Answer{
				classifytest.Code("ERROR_NO_SLOT_AVAILABLE"),
				classifytest.OK(`{"status":1,"request":"42"}`).WithHeader("X-A", "b"),
			}
			srv.ScriptFor(captchaai.OperationSubmit, script...)
			srv.ScriptFor(captchaai.OperationPoll,
				classifytest.Code("CAPCHA_NOT_READY").In(classify.Text).Times(2),
				classifytest.Status(502),
				classifytest.OK("OK|token").Half(),
				classifytest.Reset(),
				classifytest.ResetUnread(),
			)
			srv.Script(
				classifytest.Raw(classify.Reply{Status: 418, Body: []byte("tea")}),
				classifytest.Code("ERROR_NEW").WithStatus(403),
				classifytest.OK("OK|last").Always(),
			)
			steps := []struct{ method, path, want string }{
				{"POST", "/in.php", `200 {"request":"ERROR_NO_SLOT_AVAILABLE","status":0}`},
				{"GET", "/res.php?id=1", "200 CAPCHA_NOT_READY"},
				{"GET", "/res.php?id=1", "200 CAPCHA_NOT_READY"},
				{"POST", "/in.php", `200 {"status":1,"request":"42"}`},
				{"GET", "/res.php", "502 <html><body><h1>502 Bad Gateway</h1></body></html>"},
				{"GET", "/res.php", "200 OK|t… connection"},
				{"GET", "/res.php", "no reply: connection"},
				{"GET", "/res.php", "no reply: connection"},
				{"GET", "/res.php", "418 tea"}, // the script of poll is over
				{"PUT", "/in.php", `403 {"request":"ERROR_NEW","status":0}`},
				{"POST", "/in.php", "200 OK|last"},
				{"GET", "/", "200 OK|last"},
			}
			for i, step := range steps {
				if got := ask(srv.Client(), step.method, srv.URL+step.path, "body"); got != step.want {
					t.Errorf("step %d, %s %s:\n got %s\nwant %s", i, step.method, step.path, got, step.want)
				}
			}
			requests := srv.Requests()
			if len(requests) != len(steps) {
				t.Fatalf("%d requests, want %d", len(requests), len(steps))
			}
			for i, r := range requests {
				want := "body"
				if r.Answer == "reset, unread" {
					want = ""
				}
				if r.Method != steps[i].method || r.URL.String() != steps[i].path || string(r.Body) != want || r.Time.IsZero() {
					t.Errorf("request %d is %s %s %q", i, r.Method, r.URL, r.Body)
				}
			}
			if r := requests[1]; r.Operation != captchaai.OperationPoll || r.Answer != "code CAPCHA_NOT_READY" {
				t.Errorf("request 1: %+v", r)
			}
			submits, others := srv.Requests(captchaai.OperationSubmit), srv.Requests("", captchaai.OperationPoll)
			if len(submits) != 3 || len(others) != 9 {
				t.Errorf("%d submits and %d others, want 3 and 9", len(submits), len(others))
			}
		})
	}
}

func TestOperations(t *testing.T) {
	srv := classifytest.NewPipe(t, hostile())
	srv.Script(classifytest.Status(500).Always())
	for path, want := range map[string]classify.Operation{
		"/things": "list", "/things/": "list", "/things/7": "get", "/things/7/": "get",
		"/things/7/parts/8": "part", "/things//parts/8": "", "/": "", "/things/7/8": "",
	} {
		before := len(srv.Requests())
		ask(srv.Client(), "GET", srv.URL+path, "")
		if got := srv.Requests()[before].Operation; got != want {
			t.Errorf("%s is of operation %q, want %q", path, got, want)
		}
	}
	ask(srv.Client(), "DELETE", srv.URL+"/things/7", "")
	ask(srv.Client(), "DELETE", srv.URL+"/things/7/parts/8", "")
	requests := srv.Requests()
	if got := requests[len(requests)-2].Operation; got != "" {
		t.Errorf("another method is of operation %q", got)
	}
	if got := requests[len(requests)-1].Operation; got != "part" {
		t.Errorf("any method is of operation %q", got)
	}
}

// TestBadScripts checks that a script that can't be played is refused with a
// reason, by the test or by a panic.
func TestBadScripts(t *testing.T) {
	tests := []struct {
		catalog   *classify.Catalog
		operation classify.Operation
		answer    classifytest.Answer
		want      string
	}{
		{captchaai.Catalog(), "", classifytest.OK("nothing"), "ok: the catalog reads the reply 200 \"nothing\" as another thing than success: fail"},
		{captchaai.Catalog(), "", classifytest.OK("OK|x").WithStatus(500), "as another thing than success: retry"},
		{captchaai.Catalog(), "", classifytest.Code(""), "code : the catalog reads the reply"},
		{captchaai.Catalog(), "", classifytest.Code("OK|x").In(classify.Text), "code OK|x: the catalog reads the reply"},
		{captchaai.Catalog(), "", classifytest.Code("X").In(classify.XML), "code X: the catalog has no form for it"},
		{captchaai.Catalog(), "", classifytest.Code("\xff"), "the catalog reads the reply"},
		{hostile(), "", classifytest.Code("READY"), "code READY: the catalog reads the reply"},
		{hostile(), "", classifytest.Code("line\nbreak").In(classify.Header), `the header X-Error-Code can't hold "line\nbreak`},
		{hostile(), "", classifytest.Code("a#b").In(classify.Text), "as another thing than the code a#b"},
		{hostile(), "", classifytest.Code("NO").WithStatus(204).In(classify.JSON), "a reply with status 204 has no body"},
		{captchaai.Catalog(), "", classifytest.Status(101), "status 101: the status 101 can't be sent: it has to be 200 to 999"},
		{captchaai.Catalog(), "", classifytest.Status(0), "the status 0 can't be sent"},
		{captchaai.Catalog(), "", classifytest.Status(1000), "the status 1000 can't be sent"},
		{noTest(), "", classifytest.Status(200), "as another thing than a status without a code: ok"},
		{captchaai.Catalog(), "", classifytest.Answer{}, "an Answer is made by a function such as Code"},
		{captchaai.Catalog(), "", classifytest.Raw(classify.Reply{Err: io.EOF}), "a reply with Err is none"},
		{captchaai.Catalog(), "", classifytest.Raw(classify.Reply{Status: 204}).Half(), "no body to break off in"},
		{captchaai.Catalog(), "", classifytest.Code("MAX_USER_TURN").RetryAfter(1500 * time.Millisecond), "no place in this reply for a wait of 1.5s"},
		{captchaai.Catalog(), "", classifytest.Code("MAX_USER_TURN").RetryAfter(-time.Second), "can't ask for a wait of -1s"},
		{noTest(), "", classifytest.Code("A").RetryAfter(time.Second), "no place in this reply for a wait of 1s"},
		{captchaai.Catalog(), "sumbit", classifytest.Status(500), `the catalog captchaai has no operation "sumbit"`},
		{nil, "", classifytest.Code("X"), "no form for it"},
	}
	for _, test := range tests {
		for _, by := range []classifytest.T{nil, &recorder{}} {
			text := func() (text string) {
				srv := classifytest.NewPipe(by, test.catalog)
				defer srv.Close()
				defer func() { text = fmt.Sprint(recover()) }()
				srv.ScriptFor(test.operation, test.answer)
				return ""
			}()
			text, fatal := strings.CutPrefix(text, "fatal: ")
			if !strings.HasPrefix(text, "classifytest: ") || !strings.Contains(text, test.want) || fatal != (by != nil) {
				t.Errorf("%s: %q has not %q", test.answer, text, test.want)
			}
		}
	}
}

// TestUnscripted checks what the test hears of requests that no script answers,
// and of an answer that means something else in the operation it is asked in.
func TestUnscripted(t *testing.T) {
	c := captchaai.Catalog()
	by := &recorder{}
	srv := classifytest.NewPipe(by, c)
	if got := ask(srv.Client(), "GET", srv.URL+"/res.php", ""); got != "404 no script answers this request" {
		t.Error(got)
	}
	for _, done := range by.done {
		done()
	}

	c = finish(&classify.Catalog{
		Name:      "x",
		Endpoints: []classify.Endpoint{{Operation: "done", Path: "/done"}},
		Forms:     []classify.Form{{Syntax: classify.Text, OK: []classify.Test{{Kind: classify.StatusIs, Status: []int{200}}}, Code: []classify.Path{{""}}}},
		Codes: []classify.Entry{{Code: "SEEN", ByOperation: []classify.OperationVariant{
			{Operation: "done", Action: classify.OK},
		}}},
	})
	srv = classifytest.NewPipe(by, c)
	defer srv.Close()
	srv.Script(classifytest.Code("SEEN").WithStatus(400).Always())
	if got := ask(srv.Client(), "GET", srv.URL+"/", ""); got != "400 SEEN" {
		t.Error(got)
	}
	ask(srv.Client(), "GET", srv.URL+"/done", "")
	want := []string{
		"classifytest: no script answers GET /res.php, request 1",
		"classifytest: code SEEN in operation done: the catalog reads the reply 400 \"SEEN\" as another thing than the code SEEN: " +
			"fail: the code \"SEEN\", which is the whole text, is listed as success, which this reply is not, and no entry covers the status 400",
	}
	if !slices.Equal(by.errors, want) {
		t.Errorf("errors\n%q, want\n%q", by.errors, want)
	}
}

// TestRetryAfter puts a wait in each place where a catalog looks for one.
func TestRetryAfter(t *testing.T) {
	inBody := finish(&classify.Catalog{
		Name:   "x",
		Forms:  []classify.Form{{Syntax: classify.JSON, Code: []classify.Path{{"code"}}}},
		Delays: []classify.Delay{{At: classify.Path{"wait", "ms"}, Unit: time.Millisecond}, {Header: "Retry-After"}},
		Codes:  []classify.Entry{{Code: "BUSY", Action: classify.Retry, Policy: &classify.Policy{Retries: 1}}},
		Classes: []classify.Entry{
			{Kind: classify.KindStatusClass, Number: 5, Code: "5xx", Action: classify.Retry, Policy: &classify.Policy{Retries: 1}},
		},
	})
	tests := []struct {
		catalog *classify.Catalog
		answer  classifytest.Answer
		wait    time.Duration
		header  string
	}{
		{fastcaptcha.Catalog(), classifytest.Code("RATE_LIMIT_EXCEEDED"), 7 * time.Second, "Retry-After"},
		{fastcaptcha.Catalog(), classifytest.Status(503), 0, "Retry-After"},
		{fastcaptcha.Catalog(), classifytest.Status(503), 1000 * time.Hour, "Retry-After"},
		{captchaai.Catalog(), classifytest.Code("CAPCHA_NOT_READY").In(classify.Text), time.Minute, "Retry-After"},
		{hostile(), classifytest.Code("01000"), 1234 * time.Millisecond, "X-Wait"},
		{hostile(), classifytest.Code("01000"), 1500 * time.Microsecond, "X-Wait"},
		{inBody, classifytest.Code("BUSY"), 1234 * time.Millisecond, ""},
		{inBody, classifytest.Code("BUSY"), 1500 * time.Microsecond, ""},
		{inBody, classifytest.Status(503), 3 * time.Second, "Retry-After"}, // there is no JSON to put it in
	}
	for _, test := range tests {
		srv := classifytest.NewPipe(t, test.catalog)
		srv.Script(test.answer.RetryAfter(test.wait))
		got := fetch(t, srv.Client(), srv.URL)
		if d := test.catalog.Classify(got); !d.HasServerDelay || d.ServerDelay != test.wait {
			t.Errorf("%s: wait %s, want %s, in %v %s", test.answer, d.ServerDelay, test.wait, got.Header, got.Body)
		}
		if (got.Header.Get(test.header) != "") != (test.header != "") {
			t.Errorf("%s: no header %s in %v", test.answer, test.header, got.Header)
		}
	}

	// An answer that is final may have one as well.
	srv := classifytest.NewPipe(t, fastcaptcha.Catalog())
	srv.Script(classifytest.Code("API_KEY_INVALID").RetryAfter(time.Second))
	if got := fetch(t, srv.Client(), srv.URL); got.Header.Get("Retry-After") != "1" {
		t.Errorf("header %v", got.Header)
	}
}

// TestServerAtOnce has many clients at once: each answer is given once.
func TestServerAtOnce(t *testing.T) {
	srv := classifytest.New(t, fastcaptcha.Catalog())
	const n = 50
	for i := range n {
		srv.Script(classifytest.OK(fmt.Sprintf(`{"success":true,"n":%d}`, i)))
	}
	var mu sync.Mutex
	got := make(map[string]int)
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			answer := ask(srv.Client(), "POST", srv.URL+"/api/v1/ocr/", "x")
			mu.Lock()
			defer mu.Unlock()
			got[answer]++
		})
	}
	all.Wait()
	if len(got) != n || len(srv.Requests()) != n {
		t.Errorf("%d different answers to %d requests, want %d", len(got), len(srv.Requests()), n)
	}
}

// An answer that no request came for is a call that the code under test has not made.
func TestScriptsAreAskedToTheirEnd(t *testing.T) {
	for name, test := range map[string]struct {
		script func(*classifytest.Server)
		asks   int
		want   []string
	}{
		"to the end": {func(s *classifytest.Server) { s.Script(classifytest.Reset(), classifytest.OK("OK|1")) }, 2, nil},
		"for ever":   {func(s *classifytest.Server) { s.Script(classifytest.OK("OK|1").Always()) }, 0, nil},
		"by chance": {func(s *classifytest.Server) {
			s.Script(classifytest.OK("OK|1"))
			s.Faults(1, 1, classifytest.Reset())
		}, 1, nil},
		"not": {func(s *classifytest.Server) {
			s.Script(classifytest.Status(502).Times(3), classifytest.OK("OK|1"))
			s.ScriptFor(captchaai.OperationPoll, classifytest.Code("CAPCHA_NOT_READY"))
		}, 1, []string{
			"classifytest: no request came for status 502, 2 more of it",
			"classifytest: no request came for ok, 1 more of it",
			"classifytest: no request of operation poll came for code CAPCHA_NOT_READY, 1 more of it",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{}
			s := classifytest.New(r, captchaai.Catalog())
			test.script(s)
			for range test.asks {
				ask(s.Client(), http.MethodPost, s.URL+"/in.php", "")
			}
			for _, done := range r.done {
				done()
			}
			if !slices.Equal(r.errors, test.want) {
				t.Errorf("the test fails with %q, want %q", r.errors, test.want)
			}
		})
	}
}
