package classify

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

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
