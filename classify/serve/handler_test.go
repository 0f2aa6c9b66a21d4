package serve

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// TestAborts breaks the connection off where a reply has begun, over HTTP/1.1 and HTTP/2.
func TestAborts(t *testing.T) {
	quiet := Responder{API: &shop, Log: func(*http.Request, error) {}}
	handlers := map[string]http.Handler{
		"/panic": quiet.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "half")
			panic("at half")
		})),
		"/error": quiet.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
			w.(http.Flusher).Flush()
			return New(&shop, &declined)
		}),
		"/abort": quiet.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })),
		"/wrapped": quiet.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic(errors.Join(http.ErrAbortHandler))
		})),
	}
	mux := http.NewServeMux()
	for path, h := range handlers {
		mux.Handle(path, h)
	}
	one, two := httptest.NewServer(mux), httptest.NewUnstartedServer(mux)
	two.EnableHTTP2 = true
	two.StartTLS()
	defer one.Close()
	defer two.Close()
	for _, server := range []*httptest.Server{one, two} {
		for path := range handlers {
			resp, err := server.Client().Get(server.URL + path)
			if err == nil {
				_, err = io.ReadAll(resp.Body)
				resp.Body.Close()
			}
			if err == nil {
				t.Errorf("%s over %s: a whole reply with status %d", path, server.URL[:5], resp.StatusCode)
			}
		}
	}
}

// TestBefore has what is sent before the reply begin none.
func TestBefore(t *testing.T) {
	out := get(shop.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Link", "</style.css>")
		w.WriteHeader(http.StatusEarlyHints)
		return New(&shop, &declined)
	}))
	if out.Code != http.StatusEarlyHints && out.Code != 402 || !strings.Contains(out.Body.String(), "DECLINED") {
		t.Errorf("after early hints: %d %s", out.Code, out.Body)
	}
}

// TestPassesOn has what a ResponseWriter can do done by it.
func TestPassesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/file", shop.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, path) })))
	mux.Handle("/copy", shop.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(w, iotest.OneByteReader(strings.NewReader("content")))
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Errorf("flush: %v", err)
		}
	})))
	mux.Handle("/hijack", shop.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Errorf("hijack: %v", err)
			return
		}
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\ncontent")
		conn.Close()
	})))
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, path := range []string{"/file", "/copy", "/hijack"} {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(bufio.NewReader(resp.Body))
		resp.Body.Close()
		if string(body) != "content" || err != nil {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
}
