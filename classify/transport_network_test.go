package classify

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
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
