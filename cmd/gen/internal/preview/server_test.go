package preview

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are in memory.
type pipes struct {
	calls  chan net.Conn
	closed chan struct{}
}

func newPipes() *pipes { return &pipes{make(chan net.Conn), make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// dial connects to the listener.
func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.calls <- there:
		return here, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// served is a server that runs.
type served struct {
	*Server
	pipes  *pipes
	client *http.Client
	end    context.CancelFunc
	ended  chan error
}

func serve(t *testing.T) *served {
	ctx, cancel := context.WithCancel(t.Context())
	s := &served{NewServer(local, &Edition{Files: makers(shelf), From: "shelf"}), newPipes(), nil, cancel, make(chan error, 1)}
	transport := &http.Transport{DialContext: s.pipes.dial}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{Transport: transport}
	go func() { s.ended <- s.Serve(ctx, s.pipes) }()
	return s
}

// answer asks for a path and returns its content, or the error.
func (s *served) answer(path string) string {
	response, err := s.client.Get("http://localhost/" + path)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// TestServeEnds ends while a page waits.
func TestServeEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t)
		answered := make(chan string, 1)
		go func() { answered <- s.answer("~wait.js?v=" + s.current().name) }()
		synctest.Wait()
		if got := s.answer("style.css"); got != string(shelf["style.css"]) {
			t.Errorf("beside a page that waits the answer is %q", got)
		}
		start := time.Now()
		s.end()
		if err := <-s.ended; err != nil {
			t.Errorf("ends with %v", err)
		}
		if got := time.Since(start); got >= shutdownTimeout {
			t.Errorf("ends after %v", got)
		}
		if got := <-answered; got != "// nothing has changed\n" {
			t.Errorf("the page that waits is told %q", got)
		}
		if got := s.answer("style.css"); !strings.Contains(got, net.ErrClosed.Error()) {
			t.Errorf("after the end the answer is %q", got)
		}
	})
}

// TestServeEndsUnread ends while somebody does not read the answer.
func TestServeEndsUnread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t)
		reader, err := s.pipes.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(reader, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		start := time.Now()
		s.end()
		if err := <-s.ended; err != nil || time.Since(start) != shutdownTimeout {
			t.Errorf("ends with %v after %v, want %v", err, time.Since(start), shutdownTimeout)
		}
		if rest, _ := io.ReadAll(reader); strings.Contains(string(rest), "Home") {
			t.Errorf("the connection is open after the end: %q", rest)
		}
	})
}

func TestServeFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serve(t)
		synctest.Wait()
		s.pipes.Close()
		if err := <-s.ended; !errors.Is(err, net.ErrClosed) {
			t.Errorf("ends with %v, want %v", err, net.ErrClosed)
		}
	})
}
