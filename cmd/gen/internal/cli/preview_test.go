package cli

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func shown(text string) *edition {
	return &edition{files: map[string][]byte{"index.html": []byte(text)}}
}

func TestPreviewVersions(t *testing.T) {
	p := newPreview()
	p.show(shown("one"))
	first := p.current().version
	p.show(shown("one"))
	if got := p.current().version; got != first {
		t.Errorf("the same edition has the versions %s and %s", first, got)
	}
	broken := shown("one")
	broken.problems = &problems{Summary: "broken"}
	seen := map[string]bool{first: true}
	for _, e := range []*edition{broken, shown("one"), shown("two")} {
		p.show(e)
		seen[p.current().version] = true
	}
	if len(seen) != 4 {
		t.Errorf("four editions have the versions %v", seen)
	}
	other := newPreview()
	other.show(shown("one"))
	if seen[other.current().version] {
		t.Error("two runs have a version in common")
	}
}

// waiter is a page that waits.
type waiter struct {
	changed bool
	after   time.Duration
}

// waiting starts a wait; the result is filled in when it has ended.
func waiting(ctx context.Context, p *preview, version string) *waiter {
	w := &waiter{after: -1}
	start := time.Now()
	go func() { w.changed = p.wait(ctx, version); w.after = time.Since(start) }()
	synctest.Wait()
	return w
}

func TestPreviewWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPreview()
		p.show(shown("one"))
		version := p.current().version
		ctx, cancel := context.WithCancel(t.Context())

		if w := waiting(ctx, p, "of another run"); *w != (waiter{true, 0}) {
			t.Errorf("a page of another run: %+v", *w)
		}
		long := waiting(ctx, p, version)
		time.Sleep(holdTime - time.Second)
		late := waiting(ctx, p, version)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if *long != (waiter{false, holdTime}) || late.after != -1 {
			t.Errorf("after the time of waiting: %+v, and later %+v", *long, *late)
		}
		p.show(shown("two"))
		synctest.Wait()
		if *late != (waiter{true, 2 * time.Second}) {
			t.Errorf("after a change: %+v", *late)
		}
		last := waiting(ctx, p, p.current().version)
		cancel()
		synctest.Wait()
		if *last != (waiter{false, 0}) {
			t.Errorf("at the end: %+v", *last)
		}
	})
}

// TestPreviewManyWait has more pages wait than a browser has connections.
func TestPreviewManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPreview()
		p.show(shown("one"))
		var pages []*waiter
		for range maxWaiting + 2 {
			pages = append(pages, waiting(t.Context(), p, p.current().version))
		}
		for i, page := range pages {
			if ended := page.after >= 0; ended != (i < 2) || page.changed {
				t.Errorf("page %d: %+v", i, *page)
			}
		}
		p.show(shown("two"))
		synctest.Wait()
		if len(p.waiting) != 0 {
			t.Errorf("%d still wait", len(p.waiting))
		}
	})
}
