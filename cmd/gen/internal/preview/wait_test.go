package preview

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// local is an address of this computer.
var local = Address{"127.0.0.1", "0"}

// page returns an edition of one page.
func page(text string) *Edition {
	return &Edition{Files: makers(map[string][]byte{"index.html": []byte(text)}), From: text}
}

func TestVersions(t *testing.T) {
	s := NewServer(local, page("one"))
	first := s.current().name
	s.Show(page("one"))
	if got := s.current().name; got != first {
		t.Errorf("the same edition has the versions %s and %s", first, got)
	}
	broken, worse, renamed := page("one"), page("one"), &Edition{Files: makers(map[string][]byte{"first.html": []byte("two")}), From: "first"}
	broken.Problems.Summary = "broken"
	worse.Problems = Problems{"broken", "in two places"}
	seen := map[string]bool{first: true}
	for _, e := range []*Edition{broken, worse, page("one"), page("two"), renamed, {Problems: broken.Problems}} {
		s.Show(e)
		seen[s.current().name] = true
	}
	if len(seen) != 7 {
		t.Errorf("seven editions have the versions %v", seen)
	}
	if other := NewServer(local, page("one")); seen[other.current().name] {
		t.Error("two servers have a version in common")
	}
}

// waiter is a page that waits.
type waiter struct {
	changed bool
	after   time.Duration
}

// waiting starts a wait; the result is filled in when it has ended.
func waiting(ctx context.Context, s *Server, version string) *waiter {
	w := &waiter{after: -1}
	start := time.Now()
	go func() { w.changed = s.wait(ctx, version); w.after = time.Since(start) }()
	synctest.Wait()
	return w
}

func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewServer(local, page("one"))
		version := s.current().name
		ctx, cancel := context.WithCancel(t.Context())

		if w := waiting(ctx, s, "of another run"); *w != (waiter{true, 0}) {
			t.Errorf("a page of another run: %+v", *w)
		}
		long := waiting(ctx, s, version)
		time.Sleep(holdTime - time.Second)
		late := waiting(ctx, s, version)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if *long != (waiter{false, holdTime}) || late.after != -1 {
			t.Errorf("after the time of waiting: %+v, and later %+v", *long, *late)
		}
		s.Show(page("two"))
		synctest.Wait()
		if *late != (waiter{true, 2 * time.Second}) {
			t.Errorf("after a change: %+v", *late)
		}
		last := waiting(ctx, s, s.current().name)
		cancel()
		synctest.Wait()
		if *last != (waiter{false, 0}) {
			t.Errorf("at the end: %+v", *last)
		}
	})
}

// TestManyWait has more pages wait than a browser has connections.
func TestManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewServer(local, page("one"))
		var pages []*waiter
		for range maxWaiting + 2 {
			pages = append(pages, waiting(t.Context(), s, s.current().name))
		}
		for i, page := range pages {
			if ended := page.after >= 0; ended != (i < 2) || page.changed {
				t.Errorf("page %d: %+v", i, *page)
			}
		}
		s.Show(page("two"))
		synctest.Wait()
		if len(s.waiting) != 0 {
			t.Errorf("%d still wait", len(s.waiting))
		}
	})
}
