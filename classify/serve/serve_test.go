package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

type code uint16

func (c code) Error() string { return "code" }

var shop = API{
	Name: "shop",
	Forms: []Form{
		{Name: "json", MediaType: "application/json", Document: Node{Nodes: []Node{
			{Name: "error", Nodes: []Node{{Name: "code", Value: Code}, {Name: "text", Value: Message}, {Name: "field", Value: Field}}},
			{Name: "request", Nodes: []Node{{Name: "id", Value: RequestID}}},
		}}},
		{Name: "xml", MediaType: "application/xml", Syntax: XML, Document: Node{Name: "Error", Nodes: []Node{
			{Name: "Code", Value: Code}, {Name: "Text", Value: Message}, {Name: "Request", Nodes: []Node{{Name: "@id", Value: RequestID}}},
		}}},
		{Name: "text", MediaType: "text/plain", Syntax: Text, Before: "ERR "},
	},
	Delay:       Delay{Header: "Retry-After", Unit: time.Second},
	RequestID:   "X-Request-Id",
	Internal:    Entry{Bare: true, Status: 500, Message: "Our fault"},
	Unavailable: Entry{Bare: true, Status: 503, Message: "Too late"},
}

var (
	declined = Entry{Code: "DECLINED", Status: 402, Message: "Card <declined>", Is: code(7)}
	busy     = Entry{Code: "BUSY", Status: 503, Message: "Busy", Wait: 5 * time.Second}
	onlyText = Entry{Code: "ODD", Status: 400, Message: "Odd", Skip: []int{0, 1}}
)

// get has a handler answer a request with some header fields, as name and value.
func get(h http.Handler, fields ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "/", nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	out := httptest.NewRecorder()
	h.ServeHTTP(out, r)
	return out
}

// writes is a handler that writes an error.
func writes(s Responder, err error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.Write(w, r, err) })
}

const secret = "password=hunter2"

func TestError(t *testing.T) {
	cause := errors.New(secret)
	err := fmt.Errorf("pay: %w", New(&shop, &declined).Wrap(cause))
	for _, target := range []error{cause, code(7), New(&shop, &declined)} {
		if !errors.Is(err, target) {
			t.Errorf("the error is not %v", target)
		}
	}
	for _, target := range []error{code(8), New(&shop, &busy), (*Error)(nil), context.Canceled} {
		if errors.Is(err, target) {
			t.Errorf("the error is %#v", target)
		}
	}
	if got, want := err.Error(), "pay: DECLINED: Card <declined>: "+secret; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
	plain := New(&shop, &declined)
	if changed := plain.Wrap(cause).WithField("card").WithRetryAfter(time.Hour); plain.Unwrap() != nil || plain.field != "" || plain.delay != 0 || changed.field != "card" {
		t.Errorf("a change of a copy is one of the error: %#v", plain)
	}
}

// TestForms picks the form by the Accept field, by its name and by what can hold the code.
func TestForms(t *testing.T) {
	for _, test := range []struct{ accept, form, want string }{
		{"", "", "application/json"},
		{"*/*", "", "application/json"},
		{"text/html, application/xml;q=0.9, */*;q=0.8", "", "application/xml"},
		{"application/*;q=0.2, text/plain;q=0.3", "", "text/plain"},
		{"application/json;q=0, */*", "", "application/xml"},
		{"application/*;q=0.5, application/xml", "", "application/xml"},
		{"image/png", "", "application/json"},
		{"broken;;, application/xml", "", "application/xml"},
		{"text/plain;q=7", "", "text/plain"},
		{"application/xml", "text", "text/plain"},
		{"application/xml", "none of that name", "application/json"},
	} {
		var fields []string
		if test.accept != "" {
			fields = []string{"Accept", test.accept}
		}
		out := get(writes(Responder{API: &shop, Form: test.form}, New(&shop, &declined)), fields...)
		if got := out.Header().Get("Content-Type"); got != test.want {
			t.Errorf("for %q and the form %q: %s, want %s", test.accept, test.form, got, test.want)
		}
		if vary := out.Header().Get("Vary"); (vary == "Accept") != (test.form == "") {
			t.Errorf("for %q and the form %q: Vary is %q", test.accept, test.form, vary)
		}
	}
	if out := get(writes(Responder{API: &shop}, New(&shop, &onlyText))); out.Body.String() != "ERR ODD" {
		t.Errorf("a code that one form can hold is written as %q", out.Body)
	}
	if out := get(writes(Responder{API: &shop}, New(&shop, &Entry{Code: "ODD", Status: 400, Skip: []int{0, 1, 2}}))); out.Code != 400 || out.Body.Len() > 0 || out.Header().Get("Content-Type") != "" {
		t.Errorf("a code that no form can hold: %d %q %v", out.Code, out.Body, out.Header())
	}
}

// TestReply looks at what a handler has set, and at what is known of the request alone.
func TestReply(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "7")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Cache-Control", "max-age=3600")
		w.Header().Set("X-Own", "kept")
		w.Header().Set("X-Request-Id", "of the header")
		shop.Write(w, r, New(&shop, &busy).WithField("ca\"rd"))
	})
	out := get(h)
	if got, want := out.Body.String(), `{"error":{"code":"BUSY","text":"Busy","field":"ca\"rd"},"request":{"id":"of the header"}}`+"\n"; got != want {
		t.Errorf("the body is %s, want %s", got, want)
	}
	for name, want := range map[string]string{"Content-Length": "", "Content-Encoding": "", "Cache-Control": "", "X-Own": "kept", "Retry-After": "5", "X-Content-Type-Options": "nosniff"} {
		if got := out.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	identified := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "of the header")
		shop.Write(w, r.WithContext(WithRequestID(r.Context(), "of the context")), New(&shop, &declined))
	})
	out = get(identified, "Accept", "application/xml")
	want := "<Error><Code>DECLINED</Code><Text>Card &lt;declined&gt;</Text><Request id=\"of the context\"></Request></Error>\n"
	if _, got, _ := strings.Cut(out.Body.String(), "\n"); got != want || out.Header().Get("X-Request-Id") != "of the context" {
		t.Errorf("the body is %s, want %s; the header %v", got, want, out.Header())
	}
}

func TestRetryAfter(t *testing.T) {
	for asked, want := range map[time.Duration]string{0: "", -time.Second: "", 1: "1", time.Second: "1", 1500 * time.Millisecond: "2", time.Hour: "3600", 1<<63 - 1: "9223372037"} {
		if got := get(writes(Responder{API: &shop}, New(&shop, &busy).WithRetryAfter(asked))).Header().Get("Retry-After"); got != want {
			t.Errorf("a wait of %v is %q, want %q", asked, got, want)
		}
	}
}

// TestCauses has nothing of a cause sent, whatever it is and wherever it comes from.
func TestCauses(t *testing.T) {
	other := &API{Name: "other", Internal: Entry{Status: 500}}
	ended, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New(secret))
	within := func(ctx context.Context, h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r.WithContext(ctx)) })
	}
	returns := func(err error) http.Handler {
		return shop.HandlerFunc(func(http.ResponseWriter, *http.Request) error { return err })
	}
	panics := func(v any) http.Handler {
		return shop.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(v) }))
	}
	silent := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	log.SetOutput(io.Discard)
	defer log.SetOutput(log.Default().Writer())
	for name, test := range map[string]struct {
		h      http.Handler
		status int
		text   string
	}{
		"own":               {returns(fmt.Errorf("%s: %w", secret, New(&shop, &declined).Wrap(errors.New(secret)))), 402, "DECLINED"},
		"unknown":           {returns(errors.New(secret)), 500, "Our fault"},
		"of another API":    {returns(New(other, &Entry{Code: secret, Status: 418})), 500, "Our fault"},
		"deadline":          {returns(fmt.Errorf(secret+": %w", context.DeadlineExceeded)), 503, "Too late"},
		"cancelled inside":  {returns(context.Canceled), 500, "Our fault"},
		"panic":             {panics(secret), 500, "Our fault"},
		"panic of an error": {panics(errors.New(secret)), 500, "Our fault"},
		"panic of the API":  {panics(New(&shop, &declined)), 402, "DECLINED"},
		"nil":               {writes(Responder{API: &shop}, nil), 500, "Our fault"},
		"typed nil":         {writes(Responder{API: &shop}, (*Error)(nil)), 500, "Our fault"},
		"zero":              {writes(Responder{API: &shop}, &Error{}), 500, "Our fault"},
		"ended, an error":   {within(ended, returns(errors.New(secret))), 503, "Too late"},
		"ended, silent":     {within(ended, shop.Handler(silent)), 503, "Too late"},
		"silent":            {shop.Handler(silent), 200, ""},
	} {
		out := get(test.h)
		var all bytes.Buffer
		out.Header().Write(&all)
		all.Write(out.Body.Bytes())
		if out.Code != test.status || !strings.Contains(out.Body.String(), test.text) || strings.Contains(all.String(), "hunter2") || strings.Contains(all.String(), "goroutine") {
			t.Errorf("%s: %d %s, want %d with %q", name, out.Code, &all, test.status, test.text)
		}
	}
}

// TestHooks has other errors mapped, and all of them told.
func TestHooks(t *testing.T) {
	missing := errors.New("no rows")
	var told []string
	s := Responder{
		API: &shop,
		Map: func(_ *http.Request, err error) *Error {
			if errors.Is(err, missing) {
				return New(&shop, &declined)
			}
			return nil
		},
		Log: func(_ *http.Request, err error) { told = append(told, strings.SplitN(err.Error(), "\n", 2)[0]) },
	}
	for _, test := range []struct {
		err  error
		want int
	}{{fmt.Errorf("%s: %w", secret, missing), 402}, {errors.New("else"), 500}, {New(&shop, &busy), 503}} {
		if out := get(writes(s, test.err)); out.Code != test.want || strings.Contains(out.Body.String(), "hunter2") {
			t.Errorf("%v: %d %s", test.err, out.Code, out.Body)
		}
	}
	get(s.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("at once") })))
	if got, want := strings.Join(told, "; "), secret+": no rows; else; BUSY: Busy; panic: at once"; got != want {
		t.Errorf("told is %q, want %q", got, want)
	}
}

// TestErrorLog has what nobody is told of go where net/http logs panics.
func TestErrorLog(t *testing.T) {
	var logged bytes.Buffer
	server := &http.Server{ErrorLog: log.New(&logged, "", 0)}
	within := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), http.ServerContextKey, server)))
		})
	}
	get(within(writes(Responder{API: &shop}, New(&shop, &declined))))
	if logged.Len() > 0 {
		t.Errorf("an error of the catalog is logged: %s", &logged)
	}
	get(within(shop.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("at once") }))))
	if text := logged.String(); !strings.Contains(text, "panic: at once\n") || !strings.Contains(text, "serve_test.go") {
		t.Errorf("a panic is logged as %q", text)
	}
}
