// Package classifytest is a server for tests: it answers as the API of a catalog
// would, with any error of the catalog in any form that the API has for it, and
// breaks off as networks do.
//
//	srv := classifytest.New(t, captchaai.Catalog())
//	srv.ScriptFor(captchaai.OperationSubmit,
//		classifytest.Code("ERROR_NO_SLOT_AVAILABLE"),
//		classifytest.OK(`{"status":1,"request":"42"}`))
//	srv.ScriptFor(captchaai.OperationPoll,
//		classifytest.Code("CAPCHA_NOT_READY").Times(3),
//		classifytest.Status(502),
//		classifytest.Reset(),
//		classifytest.OK("OK|03AGdBq25SxXT"))
//
// Point the code under test at srv.URL, and look at srv.Requests afterwards. Every
// answer is read by the catalog itself before it is sent, so that none means
// anything else than what the script says. [NewPipe] makes a server for a
// testing/synctest bubble, in which the waits of a catalog cost no time.
package classifytest

import (
	"fmt"
	"io"
	"log"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/errkb/errkb/classify"
)

// T is the part of a *testing.T that a [Server] uses.
type T interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Server is an API for tests. Its methods are safe for concurrent use.
type Server struct {
	URL string // of the form http://host, with no slash at the end

	t       T
	catalog *classify.Catalog
	http    *httptest.Server
	client  *http.Client
	closing sync.Once
	closed  chan struct{}

	mu       sync.Mutex
	scripts  map[classify.Operation][]Answer
	faults   []Answer
	share    float64
	random   *rand.Rand
	requests []Request
}

// Request is a request that a [Server] got.
type Request struct {
	Operation classify.Operation // by method and path; empty where the catalog has none
	Method    string
	URL       *url.URL // path and query
	Header    http.Header
	Body      []byte    // nil where the answer is ResetUnread
	Time      time.Time // of arrival
	Answer    string    // what it was answered with, such as "code CAPCHA_NOT_READY"
}

// New starts a server on the loopback interface. It answers each request by the
// next answer of a script. A request that no script answers is an error of the
// test.
//
// The test closes the server at its end, and fails where something is wrong with a
// script, or where requests came for a part of a script only: answers that are given
// [Answer.Always] have no end, and [Server.Faults] can end a run before it. Without a test, t is nil: then the caller closes the server, what is wrong
// with a script panics, and what is wrong later is logged.
//
// Each connection serves one request: net/http sends a request again on its own
// where a kept one breaks off, which would take answers from the script.
func New(t T, c *classify.Catalog) *Server {
	if t != nil {
		t.Helper()
	}
	s := newServer(t, c)
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.answer))
	s.client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return s.serve()
}

// NewPipe is [New] over connections in memory, which only the server's own
// [Server.Client] reaches. Where the server, the client and the code under test
// are made in one testing/synctest bubble, waits cost no time and their lengths
// can be compared exactly:
//
//	synctest.Test(t, func(t *testing.T) {
//		srv := classifytest.NewPipe(t, captchaai.Catalog())
//		srv.Script(classifytest.Code("CAPCHA_NOT_READY").Times(20), classifytest.OK("OK|token"))
//		start := time.Now()
//		wait(srv.Client(), srv.URL) // the code under test
//		if took := time.Since(start); took != 100*time.Second {
//			t.Errorf("polled for %s", took)
//		}
//	})
//
// A connection that is reset is closed here, which a client sees as the same kind of
// failure.
func NewPipe(t T, c *classify.Catalog) *Server {
	if t != nil {
		t.Helper()
	}
	s := newServer(t, c)
	pipe := newListener(s.catalog.Name + ".test")
	s.http = &httptest.Server{Listener: pipe, Config: &http.Server{Handler: http.HandlerFunc(s.answer)}}
	s.client = &http.Client{Transport: &http.Transport{DialContext: pipe.dial, DisableKeepAlives: true}}
	return s.serve()
}

func newServer(t T, c *classify.Catalog) *Server {
	if c == nil {
		c = new(classify.Catalog)
	}
	return &Server{t: t, catalog: c, closed: make(chan struct{}), scripts: make(map[classify.Operation][]Answer)}
}

func (s *Server) serve() *Server {
	s.http.Config.ErrorLog = log.New(io.Discard, "", 0) // of connections that break off as they should
	s.http.Config.SetKeepAlivesEnabled(false)
	s.http.Start()
	s.URL = s.http.URL
	if s.t != nil {
		s.t.Cleanup(s.end)
	}
	return s
}

// Client returns a client that reaches the server.
func (s *Server) Client() *http.Client { return s.client }

// Close ends the answers that are under way and stops the server. It can be
// called more than once.
func (s *Server) Close() {
	s.closing.Do(func() {
		close(s.closed)
		s.http.Close()
	})
}

// end closes the server at the end of the test, which fails where a script was not asked to
// its end. A test that has failed already has said why.
func (s *Server) end() {
	s.t.Helper()
	s.Close()
	if test, ok := s.t.(interface{ Failed() bool }); ok && test.Failed() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults) > 0 { // chance has ended the run
		return
	}
	for _, operation := range slices.Sorted(maps.Keys(s.scripts)) {
		for _, a := range s.scripts[operation] {
			switch {
			case a.times < 0: // for ever
			case operation == "":
				s.fail("no request came for %s, %d more of it", a, a.times)
			default:
				s.fail("no request of operation %s came for %s, %d more of it", operation, a, a.times)
			}
		}
	}
}

// Script adds answers for requests of any operation whose own script, if it has
// one, is over.
func (s *Server) Script(answers ...Answer) {
	if s.t != nil {
		s.t.Helper()
	}
	s.ScriptFor("", answers...)
}

// ScriptFor adds answers for the requests of an operation.
func (s *Server) ScriptFor(operation classify.Operation, answers ...Answer) {
	if s.t != nil {
		s.t.Helper()
	}
	if _, ok := s.catalog.Endpoint(operation); !ok && operation != "" {
		s.fatal("the catalog %s has no operation %q", s.catalog.Name, operation)
	}
	s.check(operation, answers)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts[operation] = append(s.scripts[operation], answers...)
}

// Faults has a share of the requests, from 0 to 1, answered by one of the given
// answers instead of by a script, which does not advance then. Which request gets
// which fault follows from the seed, as long as requests come one after the other.
func (s *Server) Faults(seed uint64, share float64, answers ...Answer) {
	if s.t != nil {
		s.t.Helper()
	}
	s.check("", answers)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.random, s.share, s.faults = rand.New(rand.NewPCG(seed, seed)), share, slices.Clone(answers)
}

// Requests returns the requests so far in the order of their arrival: all of
// them, or those of the given operations.
func (s *Server) Requests(operations ...classify.Operation) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Request
	for _, r := range s.requests {
		if len(operations) == 0 || slices.Contains(operations, r.Operation) {
			found = append(found, r)
		}
	}
	return found
}

// check fails the test if one of the answers can't be given in an operation.
func (s *Server) check(operation classify.Operation, answers []Answer) {
	if s.t != nil {
		s.t.Helper()
	}
	for _, a := range answers {
		if _, err := a.reply(s.catalog, operation); err != nil {
			s.fatal("%s: %v", a, err)
		}
	}
}

func (s *Server) fatal(format string, args ...any) {
	text := "classifytest: " + fmt.Sprintf(format, args...)
	if s.t == nil {
		panic(text)
	}
	s.t.Helper()
	s.t.Fatalf("%s", text)
}

func (s *Server) fail(format string, args ...any) {
	text := "classifytest: " + fmt.Sprintf(format, args...)
	if s.t == nil {
		log.Print(text)
		return
	}
	s.t.Errorf("%s", text)
}
