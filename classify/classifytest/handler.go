package classifytest

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/errkb/errkb/classify"
)

// answer answers a request by the script.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	a, n, ok := s.arrive(r)
	if !ok {
		s.fail("no script answers %s %s, request %d", r.Method, r.URL.Path, n+1)
		http.Error(w, "no script answers this request", http.StatusNotFound)
		return
	}
	if a.fault != resetUnread {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.requests[n].Body = body
		s.mu.Unlock()
	}
	if !s.pause(r, a.late) {
		panic(http.ErrAbortHandler)
	}
	switch a.fault {
	case reset, resetUnread:
		breakOff(w)
		return
	case hang:
		s.pause(r, forever)
		panic(http.ErrAbortHandler)
	}
	reply, err := a.reply(s.catalog, s.operation(r))
	if err != nil {
		s.fail("%s in operation %s: %v", a, s.operation(r), err)
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	send(w, reply, a.half)
}

// arrive notes a request, and returns its number and its answer, if it has one.
func (s *Server) arrive(r *http.Request) (a Answer, n int, ok bool) {
	operation := s.operation(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	n = len(s.requests)
	a, ok = s.next(operation)
	s.requests = append(s.requests, Request{
		Operation: operation,
		Method:    r.Method,
		URL:       r.URL,
		Header:    r.Header,
		Time:      time.Now(),
		Answer:    a.String(),
	})
	return a, n, ok
}

func (s *Server) next(operation classify.Operation) (Answer, bool) {
	if len(s.faults) > 0 && s.random.Float64() < s.share {
		return s.faults[s.random.IntN(len(s.faults))], true
	}
	for _, key := range []classify.Operation{operation, ""} {
		script := s.scripts[key]
		if len(script) == 0 {
			continue
		}
		a := script[0]
		if script[0].times--; script[0].times == 0 {
			s.scripts[key] = script[1:]
		}
		return a, true
	}
	return Answer{}, false
}

func (s *Server) operation(r *http.Request) classify.Operation {
	return s.catalog.OperationOf(r.Method, r.URL.EscapedPath())
}

// forever is longer than any test.
const forever = 1 << 62 * time.Nanosecond

// pause waits, and reports whether neither the client nor the server has gone.
func (s *Server) pause(r *http.Request, wait time.Duration) bool {
	if wait <= 0 {
		return true
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.closed:
	}
	return false
}

// breakOff ends the connection at once and without an answer.
func breakOff(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		tcp.SetLinger(0) // a reset instead of a close
	}
	connection.Close()
}

// send writes a reply, or its header and half of its body.
func send(w http.ResponseWriter, r classify.Reply, half bool) {
	for name, values := range r.Header {
		w.Header()[http.CanonicalHeaderKey(name)] = values
	}
	body := r.Body
	if half {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		body = body[:len(body)/2]
	}
	w.WriteHeader(r.Status)
	w.Write(body)
	if half {
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}
