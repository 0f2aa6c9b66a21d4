package classify

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// checkGoroutines fails if the test leaves more goroutines than it found. It is
// to be called first.
func checkGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		eventually(t, func() bool { return runtime.NumGoroutine() <= before }, "goroutines are left")
		if t.Failed() && runtime.NumGoroutine() > before {
			stacks := make([]byte, 1<<20)
			t.Logf("%s", stacks[:runtime.Stack(stacks, true)])
		}
	})
}

// serve starts a server, and returns it with its number of connections so far.
func serve(t *testing.T, handler http.HandlerFunc) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	connections := new(atomic.Int64)
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return server, connections
}

// direct is a base over the real network.
func direct(t *testing.T) *http.Transport {
	base := &http.Transport{}
	t.Cleanup(base.CloseIdleConnections)
	return base
}

// atFirst serves the first requests with one handler, and the others with success.
func atFirst(n int64, handler http.HandlerFunc) http.HandlerFunc {
	var calls atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) <= n {
			handler(w, r)
			return
		}
		io.WriteString(w, good)
	}
}

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

func zipped(text string) []byte {
	var buffer bytes.Buffer
	w := gzip.NewWriter(&buffer)
	io.WriteString(w, text)
	w.Close()
	return buffer.Bytes()
}

// each serves every connection with a function that is told its number.
func each(t *testing.T, config *tls.Config, serve func(n int, conn net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for n := 0; ; n++ {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer conn.Close()
				serve(n, conn)
			})
		}
	})
	t.Cleanup(func() { listener.Close(); all.Wait() })
	return address
}

const http1Success = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + good

// dialer counts.
type dialer struct {
	net.Dialer
	dials atomic.Int64
}

func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	d.dials.Add(1)
	return d.Dialer.DialContext(ctx, network, address)
}

// What another dial can't mend is dialled once.
func TestTransportDialsOnceWhereThatIsNoUse(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	requests := new(atomic.Int64)
	loop, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		http.Redirect(w, r, "/", http.StatusFound)
	})
	trusting := secure.Client().Transport.(*http.Transport).TLSClientConfig
	otherHost := trusting.Clone()
	otherHost.ServerName = "errkb.invalid"
	tests := []struct {
		name, address string
		config        *tls.Config
		resolver      *net.Resolver
		want          int64
		kind          Failure
	}{
		{"unknown authority", secure.URL, nil, nil, 1, FailureTLS},
		{"wrong host name", secure.URL, otherHost, nil, 1, FailureTLS},
		{"no such host", "http://shop.invalid.", nil, dnsServer(t, 3), 1, FailureDNS},
		{"bad scheme", "ftp://127.0.0.1", nil, nil, 0, ""},
		{"redirect loop", loop.URL, nil, nil, 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkGoroutines(t)
			d := &dialer{Dialer: net.Dialer{Resolver: test.resolver}}
			base := direct(t)
			base.DialContext, base.TLSClientConfig = d.DialContext, test.config
			client := &http.Client{Transport: &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}}
			resp, err := client.Do(newRequest(t, "GET", test.address, ""))
			if err == nil {
				t.Fatalf("status %d", resp.StatusCode)
			}
			if resp != nil {
				resp.Body.Close()
			}
			if n := d.dials.Load(); n != test.want || FailureOf(err) != test.kind {
				t.Errorf("%d dials, want %d: %v", n, test.want, err)
			}
		})
	}
	if n := requests.Load(); n != 10 {
		t.Errorf("%d requests in the redirect loop; http.Client follows ten", n)
	}
}

// A broken connection is tried again where the request may be.
func TestTransportTriesABrokenConnectionAgain(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	breaking := func(how func(net.Conn)) func(*testing.T) string {
		return func(t *testing.T) string {
			return each(t, nil, func(n int, conn net.Conn) {
				readRequest(conn)
				if n == 0 {
					how(conn)
					return
				}
				io.WriteString(conn, http1Success)
			})
		}
	}
	reset := func(conn net.Conn) { conn.(*net.TCPConn).SetLinger(0) }
	end := func(net.Conn) {}
	tests := []struct {
		name         string
		method, path string
		server       func(*testing.T) string
		want         int
		reason       Reason // 0xff for none
	}{
		{"refused", "POST", "/orders", func(*testing.T) string { return closed.Addr().String() }, 4, ReasonExhausted},
		{"reset", "GET", "/", breaking(reset), 2, notStopped},
		{"reset of what may have been done", "POST", "/orders", breaking(reset), 1, ReasonEffect},
		{"reset of what may be done twice", "POST", "/quotes", breaking(reset), 2, notStopped},
		{"end", "GET", "/", breaking(end), 2, notStopped},
		{"end of what may have been done", "POST", "/orders", breaking(end), 1, ReasonEffect},
		{"half a header", "GET", "/", breaking(func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nDate:") }), 2, notStopped},
		{"half a success", "GET", "/", breaking(func(c net.Conn) { io.WriteString(c, http1Success[:45]) }), 2, notStopped},
		{"half of what is not done", "POST", "/orders", breaking(func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 100\r\n\r\n{")
		}), 2, notStopped},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkGoroutines(t)
			base := &counter{base: direct(t)}
			transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}
			resp, err := transport.RoundTrip(newRequest(t, test.method, "http://"+test.server(t)+test.path, "2 apples"))
			if err == nil {
				checkReadable(t, resp, good)
			}
			why, _ := errors.AsType[*Error](err)
			if base.calls() != test.want || test.reason != notStopped && (why == nil || why.Reason != test.reason) {
				t.Errorf("%d calls, want %d: %v", base.calls(), test.want, err)
			}
			base.checkClosed(t)
		})
	}
}

// A success that breaks off where the request must not be sent again is handed
// back as far as it came.
func TestTransportHandsBackABodyThatBreaksOff(t *testing.T) {
	address := each(t, nil, func(_ int, conn net.Conn) {
		readRequest(conn)
		io.WriteString(conn, http1Success[:45])
	})
	base := &counter{base: direct(t)}
	options := Options{Catalog: shopAPI(0)}
	options.Hooks.Attempt = func(_ context.Context, try Try) {
		if try.Err != io.ErrUnexpectedEOF {
			t.Errorf("the try is told of with %T %v, not with what broke off", try.Err, try.Err)
		}
	}
	resp := roundTrip(t, &Transport{Options: options, Base: base}, newRequest(t, "POST", "http://"+address+"/orders", "x"))
	if why := checkReason(t, resp, ReasonEffect, 1); !errors.Is(why, io.ErrUnexpectedEOF) {
		t.Error(why)
	}
	if got, err := io.ReadAll(resp.Body); err != io.ErrUnexpectedEOF || !strings.HasPrefix(good, string(got)) || len(got) == 0 {
		t.Errorf("%q, %v", got, err)
	}
	resp.Body.Close()
	base.checkClosed(t)
}

// An idle connection that the server has closed is found out by the next request.
func TestTransportTriesAgainOnAFreshConnection(t *testing.T) {
	checkGoroutines(t)
	var connections atomic.Int64
	address := each(t, nil, func(n int, conn net.Conn) {
		connections.Add(1)
		reader := bufio.NewReader(conn)
		for call := 0; ; call++ {
			req, err := http.ReadRequest(reader)
			if err != nil || n == 0 && call == 1 {
				return
			}
			io.Copy(io.Discard, req.Body)
			io.WriteString(conn, http1Success)
		}
	})
	base := &counter{base: direct(t)}
	transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}
	for range 2 {
		checkReadable(t, roundTrip(t, transport, newRequest(t, "POST", "http://"+address+"/quotes", "2 apples")), good)
	}
	if base.calls() != 3 || connections.Load() != 2 {
		t.Errorf("%d calls over %d connections", base.calls(), connections.Load())
	}
	base.base.(*http.Transport).CloseIdleConnections()
}

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

func TestTransportLeavesAConnectionThatSwitchesProtocols(t *testing.T) {
	for _, timeout := range []time.Duration{-1, time.Minute} {
		checkGoroutines(t)
		address := each(t, nil, func(_ int, conn net.Conn) {
			reader := bufio.NewReader(conn)
			if _, err := http.ReadRequest(reader); err != nil {
				t.Error(err)
			}
			io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
			io.Copy(conn, reader)
			io.WriteString(conn, "bye")
		})
		req := newRequest(t, "GET", "http://"+address, "")
		req.Header.Set("Connection", "Upgrade")
		req.Header.Set("Upgrade", "echo")
		client := &http.Client{Transport: &Transport{Options: Options{Catalog: shopAPI(0), Timeout: timeout}, Base: direct(t)}}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		stream, ok := resp.Body.(io.ReadWriteCloser)
		if !ok || resp.StatusCode != http.StatusSwitchingProtocols {
			t.Fatalf("status %d with a %T", resp.StatusCode, resp.Body)
		}
		for _, word := range []string{"ping", "pong"} {
			io.WriteString(stream, word)
			got := make([]byte, len(word))
			if _, err := io.ReadFull(stream, got); err != nil || string(got) != word {
				t.Errorf("%q, %v", got, err)
			}
		}
		if half, ok := stream.(interface{ CloseWrite() error }); !ok || half.CloseWrite() != nil { // as a proxy does
			t.Errorf("a %T can't be closed for writing", stream)
		} else if rest, err := io.ReadAll(stream); err != nil || string(rest) != "bye" {
			t.Errorf("%q after that, %v", rest, err)
		}
		stream.Close()
	}
}

func TestTransportLeavesAStreamOfEvents(t *testing.T) {
	checkGoroutines(t)
	more := make(chan struct{})
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "Text/Event-Stream; charset=utf-8")
		w.(http.Flusher).Flush()
		for range 2 {
			<-more
			io.WriteString(w, "data: 1\n\n")
			w.(http.Flusher).Flush()
		}
	})
	base := &counter{base: direct(t)}
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", server.URL, ""))
	if n := base.bodies[0].read.Load(); n != 0 || ErrorOf(resp) != nil {
		t.Errorf("%d bytes are read: %v", n, ErrorOf(resp))
	}
	for range 2 {
		more <- struct{}{}
		got := make([]byte, 9)
		if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != "data: 1\n\n" {
			t.Fatalf("%q, %v", got, err)
		}
	}
	resp.Body.Close()
	base.checkClosed(t)
}

func TestTransportLeavesABodyMoreTimeThanTheTry(t *testing.T) {
	checkGoroutines(t)
	sent := make(chan struct{})
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream") // which is not waited for
		w.(http.Flusher).Flush()
		<-sent
		io.WriteString(w, good)
	})
	const timeout = 300 * time.Millisecond
	transport := &Transport{Options: Options{Catalog: shopAPI(0), Timeout: timeout}, Base: direct(t)}
	resp := roundTrip(t, transport, newRequest(t, "GET", server.URL, ""))
	time.Sleep(2 * timeout)
	close(sent)
	checkReadable(t, resp, good)
}

func TestTransportUnderTheTimeoutOfTheClient(t *testing.T) {
	checkGoroutines(t)
	release := make(chan struct{})
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			<-release
		}
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusTooManyRequests)
		io.WriteString(w, `{"code":"BUSY"}`)
	})
	defer close(release)
	base := &counter{base: direct(t)}
	transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}

	_, err := (&http.Client{Transport: transport, Timeout: 50 * time.Millisecond}).Get(server.URL + "/slow")
	failed, _ := errors.AsType[*url.Error](err)
	if failed == nil || !failed.Timeout() || FailureOf(err) != FailureTimeout || base.calls() != 1 {
		t.Errorf("%v after %d calls", err, base.calls())
	}
	resp, err := (&http.Client{Transport: transport, Timeout: 30 * time.Second}).Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	checkReason(t, resp, ReasonDeadline, 1)
	checkReadable(t, resp, `{"code":"BUSY"}`)
	base.checkClosed(t)
}

func TestTransportIsCancelledWhileItReadsAhead(t *testing.T) {
	for _, status := range []int{200, 503} {
		checkGoroutines(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		})
		base := &counter{base: direct(t)}
		go func() {
			eventually(t, func() bool { base.mu.Lock(); defer base.mu.Unlock(); return len(base.bodies) > 0 }, "no response came")
			cancel()
		}()
		_, err := (&Transport{Options: Options{Catalog: shopAPI(time.Hour)}, Base: base}).RoundTrip(newRequest(t, "GET", server.URL, "").WithContext(ctx))
		why, _ := errors.AsType[*Error](err)
		if why == nil || why.Reason != ReasonCanceled || base.calls() != 1 {
			t.Errorf("%d: %v after %d calls", status, err, base.calls())
		}
		base.checkClosed(t)
	}
}

func TestTransportExpectsToContinue(t *testing.T) {
	checkGoroutines(t)
	var calls atomic.Int64
	var got atomic.Value
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Expect") != "100-continue" {
			t.Error("nothing is expected")
		}
		if calls.Add(1) < 3 {
			w.WriteHeader(http.StatusServiceUnavailable) // without a look at the body
			return
		}
		raw, _ := io.ReadAll(r.Body)
		got.Store(string(raw))
		io.WriteString(w, good)
	})
	base := direct(t)
	base.ExpectContinueTimeout = time.Minute
	req := newRequest(t, "POST", server.URL+"/orders", "2 apples")
	req.Header.Set("Expect", "100-continue")
	checkReadable(t, roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, req), good)
	if got.Load() != "2 apples" || calls.Load() != 3 {
		t.Errorf("%q after %d calls", got.Load(), calls.Load())
	}
}

func TestOneTransportForAHundredGoroutines(t *testing.T) {
	checkGoroutines(t)
	var calls atomic.Int64
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch body, _ := io.ReadAll(r.Body); calls.Add(1) % 4 {
		case 0:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 1:
			fmt.Fprintf(w, `{"code":"BUSY","of":%q}`, body)
		default:
			fmt.Fprintf(w, `{"ok":true,"of":%q}`, body)
		}
	})
	catalog := shopAPI(time.Microsecond)
	catalog.Codes[0].Policy.Retries = Unlimited
	real := direct(t)
	real.MaxIdleConnsPerHost = 100
	base := &counter{base: real}
	var told atomic.Int64
	client := &http.Client{Transport: &Transport{
		Options: Options{
			Catalog: catalog,
			Timeout: time.Minute,
			Budget:  &Budget{MaxTokens: 1e6},
			Hooks:   Hooks{Retry: func(context.Context, Event) { told.Add(1) }},
		},
		Base: base,
	}}
	var all sync.WaitGroup
	for n := range 100 {
		all.Go(func() {
			for i := range 10 {
				name := fmt.Sprintf("%d-%d", n, i)
				resp, err := client.Post(server.URL+"/quotes", "text/plain", strings.NewReader(name))
				if err != nil {
					t.Error(err)
					return
				}
				checkReadable(t, resp, fmt.Sprintf(`{"ok":true,"of":%q}`, name))
			}
		})
	}
	all.Wait()
	if n := base.calls(); int64(n) != calls.Load() || told.Load() != int64(n)-1000 {
		t.Errorf("%d calls, %d at the server, %d retries told", n, calls.Load(), told.Load())
	}
	base.checkClosed(t)
	client.CloseIdleConnections()
}

// notStopped stands for no reason to stop.
const notStopped = Reason(0xff)
