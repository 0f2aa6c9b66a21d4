package classify

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Bodies without an end are thrown away: the next try comes while they go on. A
// single connection is enough for that.
func TestTransportThrowsAnEndlessBodyAway(t *testing.T) {
	const gibibyte = 1 << 30
	var written atomic.Int64
	bodies := map[string]http.HandlerFunc{
		"long": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(gibibyte))
			w.WriteHeader(http.StatusServiceUnavailable)
			chunk := make([]byte, 32<<10)
			for range gibibyte / len(chunk) {
				n, err := w.Write(chunk)
				if written.Add(int64(n)); err != nil {
					return
				}
			}
		},
		"dribbling": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			for r.Context().Err() == nil {
				io.WriteString(w, " ")
				w.(http.Flusher).Flush()
				time.Sleep(5 * time.Millisecond)
			}
		},
		"silent": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"silent and compressed": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(http.StatusServiceUnavailable)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			checkGoroutines(t)
			server, _ := serve(t, atFirst(2, body))
			one := direct(t)
			one.MaxConnsPerHost = 1
			base := &counter{base: one}
			transport := &Transport{Options: Options{Catalog: shopAPI(0), Timeout: time.Minute}, Base: base}
			checkReadable(t, roundTrip(t, transport, newRequest(t, "GET", server.URL, "")), good)
			if base.calls() != 3 {
				t.Errorf("%d calls", base.calls())
			}
			for i, body := range base.bodies {
				if n := body.read.Load(); n > MaxBody+1 {
					t.Errorf("%d bytes of body %d are read", n, i)
				}
			}
			base.checkClosed(t)
			if n := written.Load(); n > gibibyte/8 {
				t.Errorf("the server has written %d bytes", n)
			}
		})
	}
}

// Bodies of net/http that it decompresses can't be closed before their first
// byte has come, unless the request's context ends.
func TestTransportDoesNotWaitToCloseASilentBody(t *testing.T) {
	release := make(chan struct{})
	server, _ := serve(t, atFirst(1, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(http.StatusServiceUnavailable)
		w.(http.Flusher).Flush()
		<-release
	}))
	t.Cleanup(func() { close(release) })
	transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: direct(t)}
	checkReadable(t, roundTrip(t, transport, newRequest(t, "GET", server.URL, "")), good)
}

func TestTransportReusesTheConnectionOfASmallBody(t *testing.T) {
	bodies := map[string]http.HandlerFunc{
		"known length": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, `{"code":"BUSY"}`)
		},
		"none": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"in chunks": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			w.(http.Flusher).Flush()
			io.WriteString(w, `{"code":"BUSY"}`)
		},
		"large": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, strings.Repeat("<p>", 10<<10))
		},
		"compressed": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.WriteHeader(http.StatusServiceUnavailable)
			w.Write(zipped(`{"code":"BUSY"}`))
		},
		"success": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"code":"BUSY"}`) },
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			checkGoroutines(t)
			server, connections := serve(t, atFirst(3, body))
			base := &counter{base: direct(t)}
			transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}
			checkReadable(t, roundTrip(t, transport, newRequest(t, "GET", server.URL, "")), good)
			if n := connections.Load(); n != 1 || base.calls() != 4 {
				t.Errorf("%d connections for %d calls", n, base.calls())
			}
			base.checkClosed(t)
		})
	}
}
