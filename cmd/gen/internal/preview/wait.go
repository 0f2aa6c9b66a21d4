package preview

import (
	"context"
	"slices"
	"time"
)

// holdTime is how long the answer to a page that waits for a change is held back.
const holdTime = 25 * time.Second

// maxWaiting is how many pages may wait at once. Browsers open six connections to
// a server and no more; without a bound, some open pages would keep all of them.
const maxWaiting = 4

// wait reports whether another version than the named one is shown, as soon as it
// is. It gives up after holdTime, when the context ends, and when too many wait.
func (s *Server) wait(ctx context.Context, name string) bool {
	v := s.current()
	if v.name != name {
		return true
	}
	turn := s.enter()
	defer s.leave(turn)
	timeout := time.NewTimer(holdTime)
	defer timeout.Stop()
	select {
	case <-v.replaced:
		return true
	case <-turn:
	case <-timeout.C:
	case <-ctx.Done():
	}
	return false
}

func (s *Server) enter() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	turn := make(chan struct{})
	s.waiting = append(s.waiting, turn)
	if len(s.waiting) > maxWaiting {
		close(s.waiting[0])
		s.waiting = s.waiting[1:]
	}
	return turn
}

func (s *Server) leave(turn chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = slices.DeleteFunc(s.waiting, func(other chan struct{}) bool { return other == turn })
}
