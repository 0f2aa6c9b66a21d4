package classify

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What the body says beats what the status says.
func TestTransportReadsTheBody(t *testing.T) {
	long := strings.Repeat(" ", 20<<10)
	tests := []struct {
		name   string
		status int
		body   string
		header []string
		calls  int
		code   string
	}{
		{"success", 200, good, nil, 1, ""},
		{"account code under 200", 200, `{"code":"NO_FUNDS"}`, nil, 1, "NO_FUNDS"},
		{"transient code under 400", 400, `{"code":"BUSY"}`, nil, 4, "BUSY"},
		{"permanent code under 500", 500, `{"code":"WRONG"}`, nil, 1, "WRONG"},
		{"behind a byte order mark", 200, "\ufeff" + `{"code":"NO_FUNDS"}`, nil, 1, "NO_FUNDS"},
		{"after much white space", 200, long + `{"code":"NO_FUNDS"}` + long, nil, 1, "NO_FUNDS"},
		{"truncated under 400", 400, `{"code":"BUS`, nil, 1, ""},
		{"truncated under 503", 503, `{"code":"WRONG"`, nil, 4, ""},
		{"truncated under 200", 200, `{"ok":true`, nil, 4, ""}, // as the catalog says of the unrecognised
		{"a page under 502", 502, "<html><h1>Bad gateway</h1></html>", nil, 4, ""},
		{"a page under 404", 404, "<html><h1>Not found</h1></html>", nil, 1, ""},
		{"a page under 200", 200, "<html><h1>Log in</h1></html>", nil, 4, ""},
		{"nothing under 200", 200, "", nil, 4, ""},
		{"compressed under 200", 200, string(zipped(good)), []string{"Content-Encoding", "gzip"}, 1, ""},
		{"compressed under 400", 400, string(zipped(`{"code":"BUSY"}`)), []string{"Content-Encoding", "gzip"}, 1, ""},
		{"said to be compressed under 400", 400, `{"code":"BUSY"}`, []string{"Content-Encoding", "br"}, 1, ""},
		{"said not to be compressed", 400, `{"code":"BUSY"}`, []string{"Content-Encoding", "identity"}, 4, "BUSY"},
		{"10 MiB under 200", 200, strings.Repeat("x", 10<<20), nil, 1, ""},
		{"10 MiB under 503", 503, strings.Repeat("x", 10<<20), nil, 4, ""},
		{"exactly what is looked at", 400, `{"code":"BUSY","x":"` + strings.Repeat("x", MaxBody-22) + `"}`, nil, 4, "BUSY"},
		{"one byte more", 400, `{"code":"BUSY","x":"` + strings.Repeat("x", MaxBody-21) + `"}`, nil, 4, "BUSY"},
		{"a code that is cut", 400, `{"code":"BUSY` + strings.Repeat("x", MaxBody), nil, 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkGoroutines(t)
			server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				for i := 0; i < len(test.header); i += 2 {
					w.Header().Set(test.header[i], test.header[i+1])
				}
				w.WriteHeader(test.status)
				io.WriteString(w, test.body)
			})
			base := &counter{base: direct(t)}
			req := newRequest(t, "GET", server.URL, "")
			req.Header.Set("Accept-Encoding", "gzip") // so that net/http does not decompress the body
			resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, req)
			for i, body := range base.bodies {
				if n := body.read.Load(); n > MaxBody+1 {
					t.Errorf("%d bytes of body %d are read", n, i)
				}
			}
			if base.calls() != test.calls {
				t.Errorf("%d calls, want %d", base.calls(), test.calls)
			}
			code := ""
			if why := stopOn(resp); why != nil {
				code = why.Decision.Code
			}
			if code != test.code {
				t.Errorf("code %q, want %q", code, test.code)
			}
			checkReadable(t, resp, test.body)
			base.checkClosed(t)
		})
	}
}

// What net/http decompresses automatically is read like any other.
func TestTransportReadsWhatNetHTTPDecompresses(t *testing.T) {
	const body = `{"code":"NO_FUNDS"}`
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(body))
	})
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: direct(t)}, newRequest(t, "GET", server.URL, ""))
	if why := checkReason(t, resp, ReasonDecision, 1); why.Decision.Code != "NO_FUNDS" {
		t.Error(why)
	}
	checkReadable(t, resp, body)
}

// What has no body to tell is a success, unless the catalog lists the status.
func TestTransportPassesWhatCannotTell(t *testing.T) {
	tests := []struct {
		method string
		status int
		header []string
		calls  int
	}{
		{"HEAD", 200, nil, 1},
		{"HEAD", 404, nil, 1},
		{"HEAD", 503, nil, 4},
		{"HEAD", 429, nil, 4},
		{"CONNECT", 200, nil, 1},
		{"GET", 201, []string{"Location", "/x"}, 4},
		{"GET", 204, nil, 1},
		{"GET", 205, nil, 1},
		{"GET", 304, nil, 1},
		{"GET", 206, nil, 1},
		{"GET", 302, []string{"Location", "/x"}, 1},
		{"GET", 300, nil, 4},
		{"GET", 200, []string{"Content-Type", "text/event-stream"}, 1},
		{"GET", 200, []string{"Content-Type", "Text/Event-Stream ; charset=utf-8"}, 1},
		{"GET", 503, []string{"Content-Type", "text/event-stream"}, 4},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test), func(t *testing.T) {
			checkGoroutines(t)
			server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				for i := 0; i < len(test.header); i += 2 {
					w.Header().Set(test.header[i], test.header[i+1])
				}
				w.WriteHeader(test.status)
			})
			base := &counter{base: direct(t)}
			resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, test.method, server.URL, ""))
			if base.calls() != test.calls {
				t.Errorf("%d calls, want %d", base.calls(), test.calls)
			}
			checkReadable(t, resp, "")
			base.checkClosed(t)
		})
	}
}

// refusingShop is the catalog of an API whose codes come with an error status alone.
func refusingShop() *Catalog {
	catalog := shopAPI(0)
	for i := range catalog.Codes {
		catalog.Codes[i].Statuses = []uint16{409}
	}
	return catalog
}

// statusShop is the catalog of an API that tells success by the status.
func statusShop() *Catalog {
	catalog := refusingShop()
	catalog.Forms[0].OK = nil
	catalog.Statuses = append(catalog.Statuses,
		Entry{Kind: KindStatus, Number: 200, Code: "200", Action: OK},
		Entry{Kind: KindStatus, Number: 204, Code: "204", Action: Retry, Policy: catalog.Codes[0].Policy},
	)
	return catalog
}

// A success that the status or the header tells is not read, and not wrapped.
func TestTransportLeavesASuccessAlone(t *testing.T) {
	byTest := refusingShop()
	byTest.Forms[0].OK = []Test{{Kind: StatusIs, Status: []int{2}}}
	byHeader := refusingShop()
	byHeader.Forms = append(byHeader.Forms, Form{Syntax: Header})
	byHeader.Forms[0].OK, byHeader.Forms[1].OK = nil, []Test{{Kind: HeaderEquals, Header: "X-State", Values: []Scalar{{String, "done"}}}}
	errorHeader := statusShop()
	errorHeader.Forms = []Form{{Syntax: Header, Code: []Path{{"X-Error"}}}}
	state := func(value string) []string { return []string{"X-State", value} }
	tests := []struct {
		name    string
		catalog *Catalog
		status  int
		header  []string
		calls   int
		read    bool
	}{
		{"status that is listed as success", statusShop(), 200, nil, 1, false},
		{"status that is listed otherwise", statusShop(), 204, nil, 4, false},
		{"status that is not listed", statusShop(), 201, nil, 4, true},
		{"status that the form tests", byTest, 201, nil, 1, false},
		{"status that fails the form's test", byTest, 301, nil, 4, true},
		{"header", byHeader, 200, state("done"), 1, false},
		{"header that says otherwise", byHeader, 200, state("lost"), 4, true},
		{"header under the least error status", byHeader, 400, state("done"), 1, true},
		{"code in the header", errorHeader, 200, []string{"X-Error", "BUSY"}, 4, true},
		{"no code in the header", errorHeader, 200, nil, 1, false},
		{"what is compressed", shopAPI(0), 200, []string{"Content-Encoding", "br"}, 1, false},
		{"a redirect", shopAPI(0), 302, []string{"Location", "/"}, 1, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			untouched := &countedBody{Reader: strings.NewReader("what the API says")}
			base := &counter{replies: []reply{func(req *http.Request) (*http.Response, error) {
				resp, err := answers(test.status, "", test.header...)(req)
				resp.Body, resp.ContentLength = untouched, -1
				untouched.closed.Store(0)
				return resp, err
			}}}
			resp := roundTrip(t, &Transport{Options: Options{Catalog: test.catalog}, Base: base}, newRequest(t, "GET", shop, ""))
			if read := untouched.read.Load() > 0; base.calls() != test.calls || read != test.read {
				t.Errorf("%d calls, want %d; read %t", base.calls(), test.calls, read)
			}
			if _, wrapped := resp.Body.(*peekedBody); wrapped != test.read {
				t.Errorf("the body is a %T", resp.Body)
			}
		})
	}
}

// trickle is a body that comes in parts.
func trickle(pause time.Duration, parts ...string) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		for _, part := range parts {
			time.Sleep(pause)
			if _, err := io.WriteString(w, part); err != nil {
				return
			}
		}
		w.Close()
	}()
	return r
}

func responds(status int, body func() io.ReadCloser) reply {
	return func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: body(), ContentLength: -1, Request: req}, nil
	}
}

// A body that comes slowly is waited for, but not for long, and then read as it
// comes.
func TestTransportIsPatientWithABody(t *testing.T) {
	tests := []struct {
		name   string
		status int
		pause  time.Duration
		calls  int
		took   time.Duration
		code   string
	}{
		{"in time", 200, 400 * time.Millisecond, 1, 800 * time.Millisecond, "WRONG"},
		{"in time under an error status", 503, 10 * time.Millisecond, 1, 20 * time.Millisecond, "WRONG"},
		{"late", 200, 600 * time.Millisecond, 1, patienceSuccess, ""},
		{"late under an error status", 503, 20 * time.Millisecond, 4, 4 * patienceFailed, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base := &counter{replies: []reply{responds(test.status, func() io.ReadCloser {
					return trickle(test.pause, `{"code":`, `"WRONG"}`)
				})}}
				start := time.Now()
				resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
				if took := time.Since(start); took != test.took || base.calls() != test.calls {
					t.Errorf("%d calls in %s, want %d in %s", base.calls(), took, test.calls, test.took)
				}
				if why := stopOn(resp); why != nil && why.Decision.Code != test.code || why == nil && test.code != "" {
					t.Error(why)
				}
				checkReadable(t, resp, `{"code":"WRONG"}`)
				synctest.Wait()
				base.checkClosed(t)
			})
		})
	}
}

func TestDumpOfAHandedBackResponse(t *testing.T) {
	recorder := httptest.NewRecorder()
	recorder.WriteHeader(http.StatusBadRequest)
	recorder.WriteString(`{"code":"WRONG"}`)
	base := &counter{replies: []reply{func(req *http.Request) (*http.Response, error) { return recorder.Result(), nil }}}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
	checkReason(t, resp, ReasonDecision, 1) // without its own Request
	var text bytes.Buffer
	if err := resp.Write(&text); err != nil || !strings.Contains(text.String(), `{"code":"WRONG"}`) {
		t.Errorf("%v: %s", err, text.String())
	}
}
