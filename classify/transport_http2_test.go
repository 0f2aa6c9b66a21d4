package classify

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// http2Request answers an HTTP/2 request with frames.
func http2Request(conn net.Conn, frames ...[]byte) {
	reader := bufio.NewReader(conn)
	reader.Discard(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
	conn.Write(http2Frame(4, 0, 0, nil)) // SETTINGS
	for {
		head := make([]byte, 9)
		if _, err := io.ReadFull(reader, head); err != nil {
			return
		}
		reader.Discard(int(binary.BigEndian.Uint32(head) >> 8))
		if head[3] == 1 { // HEADERS
			break
		}
	}
	for _, f := range frames {
		conn.Write(f)
	}
	conn.(*tls.Conn).CloseWrite()
	io.Copy(io.Discard, reader)
}

func TestTransportTriesAgainAfterGoAway(t *testing.T) {
	const headers, data, goAway, calm = 1, 0, 7, "\x00\x00\x00\x0b"
	for path, want := range map[string]int{"/quotes": 2, "/orders": 1} {
		t.Run(path, func(t *testing.T) {
			checkGoroutines(t)
			secure := httptest.NewUnstartedServer(nil)
			secure.EnableHTTP2 = true
			secure.StartTLS()
			defer secure.Close()
			config := &tls.Config{Certificates: secure.TLS.Certificates, NextProtos: []string{"h2"}}
			address := each(t, config, func(n int, conn net.Conn) {
				if n == 0 {
					http2Request(conn, http2Frame(goAway, 0, 0, []byte("\x00\x00\x00\x01"+calm)))
					return
				}
				http2Request(conn, http2Frame(headers, 4, 1, []byte("\x88")), http2Frame(data, 1, 1, []byte(good)))
			})
			real := secure.Client().Transport.(*http.Transport)
			defer real.CloseIdleConnections()
			base := &counter{base: real}
			resp, err := (&Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}).RoundTrip(newRequest(t, "POST", "https://"+address+path, "x"))
			if err == nil {
				checkReadable(t, resp, good)
			}
			if base.calls() != want || (err == nil) != (want == 2) {
				t.Errorf("%d calls: %v", base.calls(), err)
			}
			base.checkClosed(t)
		})
	}
}

func TestTransportOverHTTP2(t *testing.T) {
	checkGoroutines(t)
	connections := new(atomic.Int64)
	first := atFirst(3, func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("%s", r.Proto)
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		chunk := make([]byte, 32<<10)
		for r.Context().Err() == nil { // without an end
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		first(w, r)
		w.Header().Set("X-Sum", "42")
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	base := &counter{base: server.Client().Transport}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "POST", server.URL+"/quotes", "2 apples"))
	checkReadable(t, resp, good)
	if base.calls() != 4 || connections.Load() != 1 || resp.Trailer.Get("X-Sum") != "42" {
		t.Errorf("%d calls over %d connections, trailer %q", base.calls(), connections.Load(), resp.Trailer)
	}
	base.checkClosed(t)
}

func TestTransportKeepsTrailers(t *testing.T) {
	checkGoroutines(t)
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, `{"code":"WRONG"}`)
		w.(http.Flusher).Flush()
		w.Header().Set("X-Sum", "42")
	})
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: direct(t)}, newRequest(t, "GET", server.URL, ""))
	checkReadable(t, resp, `{"code":"WRONG"}`)
	if got := resp.Trailer.Get("X-Sum"); got != "42" {
		t.Errorf("trailer %q", got)
	}
}
