package cli

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"time"
)

// holdTime is how long the answer to a page that waits for a change is held back.
const holdTime = 25 * time.Second

// maxWaiting is how many pages may wait at once. Browsers open six connections to
// a server and no more; without a bound, some open pages would keep all of them.
const maxWaiting = 4

// preview is the edition that serve shows and the pages that wait for another.
type preview struct {
	run string // tells the versions of one run from those of others

	mu      sync.Mutex
	shown   *edition
	count   int
	waiting []chan struct{} // one a page that waits, the oldest first; closed to send it away
}

func newPreview() *preview { return &preview{run: rand.Text()} }

// current returns the edition shown, nil for none yet.
func (p *preview) current() *edition {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown
}

// show puts an edition in place of the one before, unless they are the same.
func (p *preview) show(e *edition) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown != nil && p.shown.equal(e) {
		return
	}
	p.count++
	e.version = fmt.Sprintf("%s-%d", p.run, p.count)
	e.replaced = make(chan struct{})
	if p.shown != nil {
		close(p.shown.replaced)
	}
	p.shown = e
}

// wait reports whether another version than the given one is shown, as soon as it
// is. It gives up after holdTime, when the context ends, and when too many wait.
func (p *preview) wait(ctx context.Context, version string) bool {
	e := p.current()
	if e.version != version {
		return true
	}
	turn := p.enter()
	defer p.leave(turn)
	timeout := time.NewTimer(holdTime)
	defer timeout.Stop()
	select {
	case <-e.replaced:
		return true
	case <-turn:
	case <-timeout.C:
	case <-ctx.Done():
	}
	return false
}

func (p *preview) enter() chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	turn := make(chan struct{})
	p.waiting = append(p.waiting, turn)
	if len(p.waiting) > maxWaiting {
		close(p.waiting[0])
		p.waiting = p.waiting[1:]
	}
	return turn
}

func (p *preview) leave(turn chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = slices.DeleteFunc(p.waiting, func(other chan struct{}) bool { return other == turn })
}
