package classify

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// checkFailure checks an error against the kind it is, wrapped or not.
func checkFailure(t *testing.T, err error, want Failure) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, wrapped := range []error{
		err,
		fmt.Errorf("solve: %w", err),
		&url.Error{Op: "Get", URL: "http://x/", Err: fmt.Errorf("dial: %w", err)},
		errors.Join(errors.New("attempt 2"), err),
	} {
		if got := FailureOf(wrapped); got != want {
			t.Errorf("%v (%T) is %q, want %q", wrapped, err, got, want)
		}
	}
}

// rawServer serves one connection after the other with a function, over TLS where a
// configuration is given, and returns the address.
func rawServer(t *testing.T, config *tls.Config, serve func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serve(conn)
			conn.Close()
		}
	}()
	t.Cleanup(func() { listener.Close(); <-done })
	return address
}

// getError asks a URL, and returns the error, with a client that keeps no connection.
func getError(t *testing.T, client *http.Client, address string) error {
	t.Helper()
	return getErrorWith(t, t.Context(), client, address)
}

func getErrorWith(t *testing.T, ctx context.Context, client *http.Client, address string) error {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

func newClient(t *testing.T) *http.Client {
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// readRequest reads the head of a request.
func readRequest(conn net.Conn) {
	reader := bufio.NewReader(conn)
	for {
		if line, err := reader.ReadString('\n'); err != nil || strings.TrimSpace(line) == "" {
			return
		}
	}
}

func TestFailureOfConnection(t *testing.T) {
	t.Run("refused", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := listener.Addr().String()
		listener.Close()
		checkFailure(t, getError(t, newClient(t), "http://"+address), FailureConnection)
	})
	t.Run("reset", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) {
			readRequest(conn)
			conn.(*net.TCPConn).SetLinger(0)
		})
		err := getError(t, newClient(t), "http://"+address)
		if !errors.Is(err, syscall.ECONNRESET) {
			t.Fatalf("%v is not a reset", err)
		}
		checkFailure(t, err, FailureConnection)
	})
	t.Run("closed before the answer", func(t *testing.T) {
		address := rawServer(t, nil, readRequest)
		checkFailure(t, getError(t, newClient(t), "http://"+address), FailureConnection)
	})
	t.Run("closed in the head", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) {
			readRequest(conn)
			io.WriteString(conn, "HTTP/1.1 200 OK\r\nDate:")
		})
		checkFailure(t, getError(t, newClient(t), "http://"+address), FailureConnection)
	})
	t.Run("closed in the body", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) {
			readRequest(conn)
			io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
		})
		checkFailure(t, getError(t, newClient(t), "http://"+address), FailureConnection)
	})
	t.Run("own connection closed", func(t *testing.T) {
		address := rawServer(t, nil, readRequest)
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		_, err = conn.Write([]byte("x"))
		checkFailure(t, err, FailureConnection)
	})
	t.Run("errors alone", func(t *testing.T) {
		for _, err := range []error{
			io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed,
			syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE,
			&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)},
			&net.OpError{Op: "read", Err: errors.New("no idea")},
			FailureConnection,
			// Those that net/http does not export.
			errors.New("http: server closed idle connection"),
			errors.New("http2: Transport received GOAWAY from server ErrCode:INTERNAL_ERROR"),
			errors.New("http2: client connection lost"),
		} {
			checkFailure(t, err, FailureConnection)
		}
	})
}

// http2Error serves one HTTP/2 request with frames of the caller's and closes.
func http2Error(t *testing.T, frames ...[]byte) error {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	config := &tls.Config{Certificates: server.TLS.Certificates, NextProtos: []string{"h2"}}
	address := rawServer(t, config, func(conn net.Conn) {
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
	})
	client := server.Client()
	client.Timeout = 10 * time.Second
	return getError(t, client, "https://"+address)
}

// http2Frame is an HTTP/2 frame.
func http2Frame(kind, flags byte, stream uint32, payload []byte) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(len(payload))<<8|uint32(kind))
	return append(binary.BigEndian.AppendUint32(append(head, flags), stream), payload...)
}

func TestFailureOfHTTP2(t *testing.T) {
	const goAway, reset, calm, internal = 7, 3, "\x00\x00\x00\x0b", "\x00\x00\x00\x02"
	tests := []struct {
		name  string
		frame []byte
		text  string // of the error, so that it is the one meant
	}{
		{"goaway", http2Frame(goAway, 0, 0, []byte("\x00\x00\x00\x01"+calm+"https://x/ context canceled")), "GOAWAY"},
		{"stream reset", http2Frame(reset, 0, 1, []byte(internal)), "stream error"},
		{"broken rules", http2Frame(reset, 0, 0, []byte(internal)), "PROTOCOL_ERROR"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := http2Error(t, test.frame)
			if err == nil || !strings.Contains(err.Error(), test.text) {
				t.Fatalf("%v is not the error meant", err)
			}
			checkFailure(t, err, FailureConnection)
		})
	}
}

func TestFailureOfTimeout(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)

	t.Run("of the client", func(t *testing.T) {
		client := newClient(t)
		client.Timeout = 10 * time.Millisecond
		checkFailure(t, getError(t, client, server.URL), FailureTimeout)
	})
	t.Run("of the context", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		checkFailure(t, getErrorWith(t, ctx, newClient(t), server.URL), FailureTimeout)
	})
	t.Run("of the header", func(t *testing.T) {
		client := newClient(t)
		client.Transport.(*http.Transport).ResponseHeaderTimeout = 10 * time.Millisecond
		checkFailure(t, getError(t, client, server.URL), FailureTimeout)
	})
	t.Run("of the body", func(t *testing.T) {
		slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "{")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}))
		t.Cleanup(slow.Close)
		client := newClient(t)
		client.Timeout = 50 * time.Millisecond
		checkFailure(t, getError(t, client, slow.URL), FailureTimeout)
	})
	t.Run("of the TLS handshake", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) { io.Copy(io.Discard, conn) })
		client := newClient(t)
		client.Transport.(*http.Transport).TLSHandshakeTimeout = 10 * time.Millisecond
		checkFailure(t, getError(t, client, "https://"+address), FailureTimeout)
	})
	t.Run("of a read", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) { io.Copy(io.Discard, conn) })
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.SetReadDeadline(time.Now().Add(-time.Second))
		_, err = conn.Read(make([]byte, 1))
		checkFailure(t, err, FailureTimeout)
	})
	t.Run("errors alone", func(t *testing.T) {
		for _, err := range []error{
			context.DeadlineExceeded, os.ErrDeadlineExceeded, FailureTimeout, syscall.ETIMEDOUT,
			&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ETIMEDOUT)},
			&net.DNSError{Err: "i/o timeout", IsTimeout: true},
		} {
			checkFailure(t, err, FailureTimeout)
		}
	})
}

func TestFailureOfCancel(t *testing.T) {
	for _, tls := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		}))
		if server.EnableHTTP2 = tls; tls {
			server.StartTLS()
		} else {
			server.Start()
		}
		checkFailure(t, getErrorWith(t, ctx, server.Client(), server.URL), FailureCanceled)
		checkFailure(t, getErrorWith(t, ctx, server.Client(), server.URL), FailureCanceled) // before the dial
		server.Close()
	}
	checkFailure(t, errors.Join(syscall.ECONNRESET, context.Canceled), FailureCanceled)
}

func TestFailureOfTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	trusting := func(change func(*tls.Config)) *http.Client {
		transport := server.Client().Transport.(*http.Transport).Clone()
		change(transport.TLSClientConfig)
		t.Cleanup(transport.CloseIdleConnections)
		return &http.Client{Transport: transport}
	}

	t.Run("unknown authority", func(t *testing.T) {
		checkFailure(t, getError(t, newClient(t), server.URL), FailureTLS)
	})
	t.Run("wrong host", func(t *testing.T) {
		client := trusting(func(c *tls.Config) { c.ServerName = "errkb.invalid" })
		checkFailure(t, getError(t, client, server.URL), FailureTLS)
	})
	t.Run("expired", func(t *testing.T) {
		client := trusting(func(c *tls.Config) {
			c.Time = func() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }
		})
		checkFailure(t, getError(t, client, server.URL), FailureTLS)
	})
	t.Run("plain HTTP on the port", func(t *testing.T) {
		plain := httptest.NewServer(http.NotFoundHandler())
		defer plain.Close()
		checkFailure(t, getError(t, newClient(t), strings.Replace(plain.URL, "http:", "https:", 1)), FailureTLS)
	})
	t.Run("no TLS on the port", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) {
			io.WriteString(conn, "220 mail.invalid ESMTP\r\n")
			io.Copy(io.Discard, conn)
		})
		checkFailure(t, getError(t, newClient(t), "https://"+address), FailureTLS)
	})
	t.Run("alert from the server", func(t *testing.T) {
		config := server.TLS.Clone()
		config.MinVersion = tls.VersionTLS13
		address := rawServer(t, config, func(conn net.Conn) { conn.(*tls.Conn).Handshake() })
		client := trusting(func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 })
		checkFailure(t, getError(t, client, "https://"+address), FailureTLS)
	})
	t.Run("client certificate missing", func(t *testing.T) {
		config := server.TLS.Clone()
		config.ClientAuth, config.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12
		address := rawServer(t, config, func(conn net.Conn) { conn.(*tls.Conn).Handshake() })
		checkFailure(t, getError(t, trusting(func(*tls.Config) {}), "https://"+address), FailureTLS)
	})
}

// What package x509 says of a certificate on its own, as in a program that checks one
// itself, is of TLS too.
func TestFailureOfCertificates(t *testing.T) {
	for _, err := range []error{
		x509.UnknownAuthorityError{},
		x509.CertificateInvalidError{Reason: x509.Expired},
		x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"a.test"}}, Host: "b.test"},
		&tls.CertificateVerificationError{Err: errors.New("no")},
	} {
		checkFailure(t, err, FailureTLS)
	}
}
