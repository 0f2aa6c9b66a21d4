package cli

import (
	"bytes"
	"os"
	"time"
)

// How often the spec is looked at; how long after a change it is looked at again,
// to see whether it is all written; and for how long after a change the file's
// time of modification can't tell that there was another one.
const (
	lookInterval = 300 * time.Millisecond
	settleTime   = 50 * time.Millisecond
	clockStep    = 2 * time.Second
)

// reading is a file as it was at one time.
type reading struct {
	content []byte
	err     error // why it could not be read
}

func (r reading) equal(other reading) bool {
	if r.err != nil || other.err != nil {
		return r.err != nil && other.err != nil && r.err.Error() == other.err.Error()
	}
	return bytes.Equal(r.content, other.content)
}

// watcher tells when a file has changed. It may be missing, be replaced by
// another, or be half written when it is looked at.
type watcher struct {
	name    string
	info    os.FileInfo // when it was read last; nil where it was not there
	now     reading     // what counts as the file's content
	next    reading     // what it may have become
	pending bool        // there is such a change
}

func newWatcher(name string) *watcher {
	w := &watcher{name: name}
	w.now = w.read()
	return w
}

func (w *watcher) read() reading {
	w.info, _ = os.Stat(w.name)
	content, err := os.ReadFile(w.name)
	return reading{content, err}
}

// pause returns how long to wait before the next look.
func (w *watcher) pause() time.Duration {
	if w.pending {
		return settleTime
	}
	return lookInterval
}

// changed looks at the file and reports whether its content is another one, which
// has stayed the same for two looks.
func (w *watcher) changed() bool {
	if !w.pending && w.untouched() {
		return false
	}
	next := w.read()
	settled := w.pending && next.equal(w.next)
	w.next, w.pending = next, !next.equal(w.now)
	if !w.pending || !settled {
		return false
	}
	w.now, w.pending = next, false
	return true
}

// untouched reports whether the file is surely the one that was read last.
func (w *watcher) untouched() bool {
	info, err := os.Stat(w.name)
	return err == nil && w.info != nil && os.SameFile(info, w.info) && info.Size() == w.info.Size() &&
		info.ModTime().Equal(w.info.ModTime()) && time.Since(info.ModTime()) > clockStep
}
