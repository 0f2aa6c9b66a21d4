package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
)

// attempts is how often a file is written again because another run cleared its
// temporary file or its directory away.
const attempts = 20

// step is a part of carrying a plan out.
type step uint8

const (
	staging step = iota // putting the new contents beside their places
	looking             // making sure that what stands there is what the plan knows of
	placing             // putting them in their places
)

func (p *plan) did(s step) {
	if p.after != nil {
		p.after(s)
	}
}

// write carries the plan out: first every content is made and, where it is new, put beside
// the file that it replaces, and only when all are there they are renamed.
func (p *plan) write() error {
	w := &writer{opened: map[string]*os.Root{}}
	defer w.discard()
	for _, t := range p.trees {
		if err := t.sweep(); err != nil {
			return err
		}
		if err := w.stage(t); err != nil {
			return err
		}
	}
	p.did(staging)
	if err := w.lookAgain(); err != nil {
		return err
	}
	p.did(looking)
	if err := w.commit(); err != nil {
		return err
	}
	p.did(placing)
	for _, t := range p.trees {
		if err := t.prune(); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what a run that did not end left behind.
func (t *tree) sweep() error {
	for _, name := range t.litter {
		if err := t.remove(name); err != nil {
			return err
		}
	}
	return nil
}

// writer holds the new contents until they are renamed.
type writer struct {
	staged  []*staged
	created []string // directories, as paths of the operating system; parents first
	done    bool

	mutex  sync.Mutex
	opened map[string]*os.Root // the directories of new contents, by absolute path; nil for what can't be opened
}

// staged is a new content beside the file that it replaces.
type staged struct {
	tree      *tree
	file      *file
	dir       *os.Root // the file's directory; nil to go by the tree's root
	temporary string
	together  bool // it is synced together with others
}

// stage makes the contents of a tree and writes those that are new.
func (w *writer) stage(t *tree) error {
	if err := w.directories(t); err != nil {
		return err
	}
	if n := t.missing(); n > manyFiles {
		t.fresh.Store(int64(n))
	}
	group := make([]*staged, len(t.files)) // nil for what does not change
	defer func() {                         // after a panic as well
		w.staged = append(w.staged, slices.DeleteFunc(group, func(s *staged) bool { return s == nil })...)
	}()
	err := several(len(group), func(i int) (err error) {
		group[i], err = w.renew(t, t.files[i])
		return err
	})
	if err != nil || !canSyncTogether || t.fresh.Load() <= manyFiles {
		return err
	}
	if err := syncTogether(t.root, directoriesOf(group)); err != nil {
		return fmt.Errorf("sync %s: %w", t.Root, cause(err))
	}
	return nil
}

// renew makes a file's content and writes it, unless it is there.
func (w *writer) renew(t *tree, f *file) (*staged, error) {
	content, err := f.content()
	if err != nil {
		return nil, err
	}
	if f.state == there {
		_, reason, err := t.compareFile(f)
		switch {
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", t.display(f.name), cause(err))
		case reason != "": // it was put there meanwhile
			return nil, conflict(t.display(f.name), reason)
		case f.state == same:
			return nil, nil
		}
	}
	s := &staged{tree: t, file: f, dir: w.open(t, path.Dir(f.name))}
	s.together = canSyncTogether && t.fresh.Add(1) > manyFiles
	if err := s.write(content); err != nil {
		return s, s.failed(err)
	}
	return s, nil
}

// manyFiles is how many new contents of a tree are synced one by one, where they are not
// known to be more; all others are synced together, with the whole file system: syncing
// each takes most of the time that it takes to write it.
const manyFiles = 100

// missing returns how many files are not there.
func (t *tree) missing() (n int) {
	for _, f := range t.files {
		if f.state == missing {
			n++
		}
	}
	return n
}

// directoriesOf returns the directories that hold new contents.
func directoriesOf(group []*staged) []string {
	var dirs []string
	for _, s := range group {
		if s != nil {
			dirs = append(dirs, path.Dir(s.file.name))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// directories makes the tree's root and the directories of its new files.
func (w *writer) directories(t *tree) error {
	made := map[string]bool{}
	for _, f := range t.files {
		if f.state != missing {
			continue
		}
		if t.root == nil {
			if err := w.makeRoot(t); err != nil {
				return err
			}
		}
		for _, dir := range ancestors(f.name) {
			if made[dir] {
				continue
			}
			made[dir] = true
			err := again(func() error { return t.root.Mkdir(dir, 0o755) })
			if errors.Is(err, fs.ErrExist) {
				continue
			}
			if err != nil {
				return fmt.Errorf("make directory %s: %w", t.display(dir), cause(err))
			}
			w.created = append(w.created, t.absolute(dir))
		}
	}
	return nil
}

// makeRoot makes the tree's root.
func (w *writer) makeRoot(t *tree) error {
	var absent []string
	for dir := t.place; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		absent = append(absent, dir)
	}
	slices.Reverse(absent)
	w.created = append(w.created, absent...)
	if err := os.MkdirAll(t.Root, 0o755); err != nil {
		return fmt.Errorf("make directory %s: %w", t.Root, cause(err))
	}
	root, err := os.OpenRoot(t.Root)
	if err != nil {
		return fmt.Errorf("open directory %s: %w", t.Root, cause(err))
	}
	t.root = root
	return nil
}

// maxOpened is how many directories are open at once: processes may have few.
const maxOpened = 100

// open opens a directory of a tree once, which saves finding it again for each step with
// each of its files. What is not opened is nil, and goes by the tree's root.
func (w *writer) open(t *tree, dir string) *os.Root {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	place := t.absolute(dir)
	root, ok := w.opened[place]
	if !ok && len(w.opened) < maxOpened {
		root, _ = t.root.OpenRoot(dir)
		w.opened[place] = root
	}
	return root
}

// ancestors returns the directories of a path under the root, outermost first.
func ancestors(name string) []string {
	var dirs []string
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		dirs = append(dirs, dir)
	}
	slices.Reverse(dirs)
	return dirs
}

// write puts the content into a temporary file beside its place. It makes the
// directory again if another run has just removed it as an empty one.
func (s *staged) write(content []byte) error {
	dir := path.Dir(s.file.name)
	for attempt := 1; ; attempt++ {
		f, err := s.createTemporary(dir)
		if err == nil {
			return s.fill(f, content)
		}
		if !errors.Is(err, fs.ErrNotExist) || attempt == attempts {
			return err
		}
		s.dir = nil
		if err := s.tree.root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
}

func (s *staged) createTemporary(dir string) (*os.File, error) {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	name := temporaryName()
	s.temporary = path.Join(dir, name)
	if s.dir != nil {
		return s.dir.OpenFile(name, flags, 0o644)
	}
	return s.tree.root.OpenFile(s.temporary, flags, 0o644)
}

func (s *staged) fill(f *os.File, content []byte) error {
	_, err := f.Write(content)
	if err == nil && s.file.state == differs {
		err = f.Chmod(s.file.info.Mode().Perm())
	}
	if err == nil && !s.together {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (s *staged) failed(err error) error {
	if conflict, ok := errors.AsType[*ConflictError](err); ok {
		return conflict
	}
	return fmt.Errorf("write %s: %w", s.tree.display(s.file.name), cause(err))
}

// commit puts every staged content in its place.
func (w *writer) commit() error {
	for i, s := range w.staged {
		if err := s.place(); err != nil {
			if conflict, ok := errors.AsType[*ConflictError](err); ok {
				conflict.Begun = i > 0
			}
			return s.failed(err)
		}
		w.done = true
	}
	touched := map[*tree][]string{}
	for _, s := range w.staged {
		touched[s.tree] = append(touched[s.tree], append(ancestors(s.file.name), ".")...)
	}
	for t, dirs := range touched {
		t.syncDirectories(dirs)
	}
	return nil
}

// discard removes what is still staged and, if nothing was put in its place, the
// directories made for it.
func (w *writer) discard() {
	for _, root := range w.opened {
		if root != nil {
			root.Close()
		}
	}
	for _, s := range w.staged {
		if s.temporary != "" && s.tree.root != nil {
			s.tree.root.Remove(s.temporary)
		}
	}
	if w.done {
		return
	}
	for _, dir := range slices.Backward(w.created) {
		os.Remove(dir) // fails where something is in it
	}
}

// prune removes the orphans that still are, and the directories that are empty without
// them.
func (t *tree) prune() error {
	var removed, left []string
	for _, name := range t.orphans {
		ours, err := t.isOurs(name)
		if err != nil {
			return fmt.Errorf("read %s: %w", t.display(name), cause(err))
		}
		if !ours {
			continue
		}
		if err := t.remove(name); err != nil {
			return err
		}
		removed = append(removed, name)
	}
	t.orphans = removed
	for _, name := range slices.Concat(t.orphans, t.litter) {
		left = append(left, ancestors(name)...)
	}
	slices.SortFunc(left, func(a, b string) int { return len(b) - len(a) }) // deepest first
	for _, dir := range slices.Compact(left) {
		t.root.Remove(dir) // fails where something is in it
	}
	if len(t.orphans) > 0 {
		t.syncDirectories(append(left, "."))
	}
	return nil
}

// remove removes a file; that it is gone already is not an error.
func (t *tree) remove(name string) error {
	if err := again(func() error { return t.root.Remove(name) }); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", t.display(name), cause(err))
	}
	return nil
}

// syncDirectories makes renames and removals last through a power cut. Not every
// system can do that to a directory; the files themselves are synced.
func (t *tree) syncDirectories(dirs []string) {
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		if d, err := t.root.Open(dir); err == nil {
			d.Sync()
			d.Close()
		}
	}
}
