package preview

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"slices"
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

// Reading is files as they were at one time.
type Reading struct {
	Files []File
	Err   error // why one of them could not be read
}

// File is a file that is watched.
type File struct {
	Name    string
	Content []byte
}

func (r Reading) equal(other Reading) bool {
	if r.Err != nil || other.Err != nil {
		return r.Err != nil && other.Err != nil && r.Err.Error() == other.Err.Error()
	}
	return slices.EqualFunc(r.Files, other.Files, func(a, b File) bool {
		return a.Name == b.Name && bytes.Equal(a.Content, b.Content)
	})
}

// Watcher tells when one of some files has changed, or when there are others. They may be
// missing, be replaced by others, or be half written when they are looked at.
type Watcher struct {
	Now Reading // what counts as the files' content; Next changes it

	names    func() ([]string, error)
	readName func(name string) ([]byte, error)
	infos    map[string]os.FileInfo // when they were read last; nil where one was not there
	next     Reading                // what the content may have become
	pending  bool                   // there is such a change
	still    bool                   // there are no files
}

// Still returns a watcher of a content that never changes.
func Still(now Reading) *Watcher { return &Watcher{Now: now, still: true} }

// NewWatcher reads the files for the first time that a function names at every look, by
// another function.
func NewWatcher(names func() ([]string, error), read func(name string) ([]byte, error)) *Watcher {
	w := &Watcher{names: names, readName: read}
	w.Now = w.read()
	return w
}

// Next waits until the files have changed. It reports false once the context ends.
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

func (w *Watcher) read() (r Reading) {
	w.infos = make(map[string]os.FileInfo)
	names, err := w.names()
	r.Err = err
	for _, name := range names {
		content, err := w.readFile(name)
		r.Files, r.Err = append(r.Files, File{name, content}), cmp.Or(r.Err, err)
	}
	return r
}

func (w *Watcher) readFile(name string) ([]byte, error) {
	w.infos[name], _ = os.Stat(name)
	return w.readName(name)
}

// pause returns how long to wait before the next look.
func (w *Watcher) pause() time.Duration {
	if w.pending {
		return settleTime
	}
	return lookInterval
}

// changed looks at the files and reports whether their content is another one, which
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

// untouched reports whether the files are surely those that were read last.
func (w *Watcher) untouched() bool {
	names, err := w.names()
	return err == nil && len(names) == len(w.infos) && !slices.ContainsFunc(names, func(name string) bool {
		before := w.infos[name]
		info, err := os.Stat(name)
		return err != nil || before == nil || !os.SameFile(info, before) || info.Size() != before.Size() ||
			!info.ModTime().Equal(before.ModTime()) || changeTime(info) != changeTime(before) || time.Since(info.ModTime()) <= clockStep
	})
}
