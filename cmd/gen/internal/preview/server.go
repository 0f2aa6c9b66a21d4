// Package preview shows a site to a browser and follows its changes: pages that
// are open load again. It knows nothing of what the site is made of; whoever
// makes it, and rebuilds it when the file that a Watcher follows has changed,
// gives it to a Server as one Edition after another.
package preview

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// How long the server waits for a request's header, for the next request on a
// connection, and at the end for answers under way.
const (
	headerTimeout   = 5 * time.Second
	idleTimeout     = time.Minute
	shutdownTimeout = 3 * time.Second
)

// Server shows an edition and tells the pages that wait when another follows. Its
// methods may be called from several goroutines.
type Server struct {
	ErrorLog *log.Logger // for what goes wrong with connections; nil for the standard one

	at  Address
	run string // tells the versions of one server from those of others

	mu      sync.Mutex
	shown   *version
	before  []*version // those that pages may still be of, the newest last
	count   int
	waiting []chan struct{} // one a page that waits, the oldest first; closed to send it away
}

// version is an edition with what pages know it by.
type version struct {
	*Edition
	name     string
	replaced chan struct{} // closed when another follows
}

// NewServer returns a server that answers under an address, and for now shows the
// first edition.
func NewServer(at Address, first *Edition) *Server {
	s := &Server{at: at, run: rand.Text()}
	s.Show(first)
	return s
}

// Show puts an edition in place of the one before, unless they are the same.
func (s *Server) Show(e *Edition) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown != nil {
		if s.shown.equal(e) {
			return
		}
		close(s.shown.replaced)
		s.before = append(s.before, s.shown)
		s.before = s.before[max(0, len(s.before)-maxBefore):]
	}
	s.count++
	s.shown = &version{e, fmt.Sprintf("%s-%d", s.run, s.count), make(chan struct{})}
}

// maxBefore is how many versions are kept that are no longer shown, for pages that are being
// loaded meanwhile.
const maxBefore = 2

// version returns the version of a name, or nil if it is gone.
func (s *Server) version(name string) *version {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range slices.Concat(s.before, []*version{s.shown}) {
		if v.name == name {
			return v
		}
	}
	return nil
}

// current returns what is shown.
func (s *Server) current() *version {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

// Serve answers requests until the context ends, and then lets answers under way
// come to their end for a short time. It returns an error if the listener fails,
// which it closes in any case.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: headerTimeout,
		WriteTimeout:      holdTime + headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    1 << 16,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          s.ErrorLog,
	}
	defer shutdown(server)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// shutdown lets answers under way come to their end, but not for long.
func shutdown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		server.Close()
	}
}
