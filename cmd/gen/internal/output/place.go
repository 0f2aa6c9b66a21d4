package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"syscall"
)

// Between the look at a place and the moment when something is put there, the user may
// have put something there too. What is new never replaces anything, and what is replaced
// is looked at once more right before.

// lookAgain looks at the places of all staged contents before any of them is put there.
func (w *writer) lookAgain() error {
	var conflicts []Conflict
	for _, s := range w.staged {
		err := s.lookAgain()
		if conflict, ok := errors.AsType[*ConflictError](err); ok {
			conflicts = append(conflicts, conflict.Conflicts...)
		} else if err != nil {
			return s.failed(err)
		}
	}
	if len(conflicts) > 0 {
		return &ConflictError{Conflicts: conflicts}
	}
	return nil
}

// lookAgain compares the file once more, if it is not the one that it was compared with.
// It returns a [ConflictError] for one that is in the way now.
func (s *staged) lookAgain() error {
	t, f := s.tree, s.file
	if s.isFree() {
		return nil
	}
	if info, _ := t.lstat(f.name); os.SameFile(info, f.info) && info.Size() == f.info.Size() && info.ModTime().Equal(f.info.ModTime()) {
		return nil
	}
	_, reason, err := t.compareFile(f)
	if reason != "" {
		return conflict(t.display(f.name), reason)
	}
	return err
}

// isFree reports whether nothing stood in the file's place and nothing does. It looks into
// the directory that is open already, which saves finding it for each of its new files.
func (s *staged) isFree() bool {
	if s.file.info != nil || s.dir == nil {
		return false
	}
	_, err := s.dir.Lstat(path.Base(s.file.name))
	return errors.Is(err, fs.ErrNotExist)
}

// place puts a staged content in its place. It writes it again where another run has
// cleared it or its directory away.
func (s *staged) place() error {
	for attempt := 1; ; attempt++ {
		var err error
		if s.file.state != missing || attempt > 1 { // what is new does not need the look
			err = s.lookAgain()
		}
		if err == nil {
			err = s.put()
		}
		switch {
		case err == nil:
			s.temporary = ""
			return nil
		case attempt == attempts:
			return err
		case errors.Is(err, fs.ErrExist): // and now it is looked at
		case errors.Is(err, fs.ErrNotExist):
			s.dir, s.together = nil, false
			if err := s.write(s.file.make()); err != nil {
				return err
			}
		default:
			return err
		}
	}
}

func (s *staged) put() error {
	root, from, to := s.tree.root, s.temporary, s.file.name
	if s.dir != nil {
		root, from, to = s.dir, path.Base(from), path.Base(to)
	}
	switch s.file.state {
	case same: // another run has made it
		return discard(root, from)
	case missing:
		return putNew(root, from, to)
	}
	return again(func() error { return root.Rename(from, to) })
}

// putNew gives a temporary file its name. If something has that name, the error is
// [fs.ErrExist].
func putNew(root *os.Root, temporary, name string) error {
	err := again(func() error { return root.Link(temporary, name) })
	switch {
	case err == nil:
		return discard(root, temporary)
	case errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist):
		return err
	}
	// The file system has no links.
	if _, err := root.Lstat(name); err == nil {
		return fs.ErrExist
	}
	return again(func() error { return root.Rename(temporary, name) })
}

// discard removes a temporary file; that it is gone already is not an error.
func discard(root *os.Root, temporary string) error {
	err := again(func() error { return root.Remove(temporary) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// again repeats a system call that a signal interrupted, as some file systems let it.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
