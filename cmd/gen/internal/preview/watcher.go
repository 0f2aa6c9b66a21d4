package preview

import (
	"bytes"
	"context"
	"os"
	"time"
)

// How often the file is looked at; how long after a change it is looked at again,
// to see whether it is all written; and for how long after a change the file's
// time of modification can't tell that there was another one.
const (
	lookInterval = 300 * time.Millisecond
	settleTime   = 50 * time.Millisecond
	clockStep    = 2 * time.Second
)

// Reading is a file as it was at one time.
type Reading struct {
	Content []byte
	Err     error // why it could not be read
}

func (r Reading) equal(other Reading) bool {
	if r.Err != nil || other.Err != nil {
		return r.Err != nil && other.Err != nil && r.Err.Error() == other.Err.Error()
	}
	return bytes.Equal(r.Content, other.Content)
}

// Watcher tells when a file has changed. It may be missing, be replaced by
// another, or be half written when it is looked at.
type Watcher struct {
	Now Reading // what counts as the file's content; Next changes it

	name    string
	info    os.FileInfo // when it was read last; nil where it was not there
	next    Reading     // what the content may have become
	pending bool        // there is such a change
	still   bool        // there is no file
}

// Still returns a watcher of a content that never changes.
func Still(content []byte) *Watcher { return &Watcher{Now: Reading{Content: content}, still: true} }

// NewWatcher reads a file for the first time.
func NewWatcher(name string) *Watcher {
	w := &Watcher{name: name}
	w.Now = w.read()
	return w
}

// Next waits until the file has changed. It reports false once the context ends.
func (w *Watcher) Next(ctx context.Context) bool {
	if w.still {
		<-ctx.Done()
		return false
	}
	for {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(w.pause()):
		}
		if w.changed() {
			return true
		}
	}
}

func (w *Watcher) read() Reading {
	w.info, _ = os.Stat(w.name)
	content, err := os.ReadFile(w.name)
	return Reading{content, err}
}

// pause returns how long to wait before the next look.
func (w *Watcher) pause() time.Duration {
	if w.pending {
		return settleTime
	}
	return lookInterval
}

// changed looks at the file and reports whether its content is another one, which
// has stayed the same for two looks.
func (w *Watcher) changed() bool {
	if !w.pending && w.untouched() {
		return false
	}
	next := w.read()
	settled := w.pending && next.equal(w.next)
	w.next, w.pending = next, !next.equal(w.Now)
	if !w.pending || !settled {
		return false
	}
	w.Now, w.pending = next, false
	return true
}

// untouched reports whether the file is surely the one that was read last.
func (w *Watcher) untouched() bool {
	info, err := os.Stat(w.name)
	return err == nil && w.info != nil && os.SameFile(info, w.info) && info.Size() == w.info.Size() &&
		info.ModTime().Equal(w.info.ModTime()) && time.Since(info.ModTime()) > clockStep
}
