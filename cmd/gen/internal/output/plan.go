package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync/atomic"
)

// state is how a file on disk compares with what belongs there.
type state uint8

const (
	there state = iota // not compared yet
	same
	missing
	differs
)

// file is one of a tree's files, compared with the disk.
type file struct {
	name  string // slash-separated, under the root
	make  func() []byte
	state state
	first Difference  // the first one to the file on disk, where Check finds one
	info  fs.FileInfo // of the file on disk; nil where there is none

	size int // of the content, once it is made
	sum  Sum // of the content, without what a checkout changes
}

// tree is a Tree, compared with the disk.
type tree struct {
	Tree
	place   string   // Root without symbolic links, to tell trees apart
	root    *os.Root // nil while the directory is missing
	files   []*file  // sorted by name
	orphans []string // sorted
	strays  []Conflict
	litter  []string     // temporary files of a run that did not end
	fresh   atomic.Int64 // how many new contents there are, as far as is known

	unread  []Conflict // what may be output and can't be read, and why
	blocked bool       // some of that is where this tree's files belong
}

// plan is what there is to do. Making one changes nothing on disk.
type plan struct {
	trees []*tree
	after func(step) // what tests do between the steps; nil for nothing
}

// newPlan looks at every path of every tree. It makes no content.
func newPlan(trees []Tree) (*plan, error) {
	p := &plan{}
	var conflicts []Conflict
	for _, t := range trees {
		opened, err := open(t)
		if err != nil {
			p.close()
			return nil, err
		}
		p.trees = append(p.trees, opened)
		conflicts = append(conflicts, checkNames(opened)...)
	}
	if len(conflicts) == 0 {
		conflicts = p.overlaps()
	}
	if len(conflicts) > 0 {
		p.close()
		return nil, &ConflictError{Conflicts: conflicts}
	}
	made := p.made()
	for _, t := range p.trees {
		conflicts = append(conflicts, t.look()...)
		t.scan(made)
	}
	if len(conflicts) > 0 {
		p.close()
		return nil, &ConflictError{Conflicts: conflicts}
	}
	return p, nil
}

// open resolves a tree's root.
func open(t Tree) (*tree, error) {
	place, err := Resolve(t.Root)
	if err != nil {
		return nil, err
	}
	opened := &tree{Tree: t, place: place}
	for _, name := range slices.Sorted(maps.Keys(t.Files)) {
		opened.files = append(opened.files, &file{name: name, make: t.Files[name]})
	}
	opened.root, err = os.OpenRoot(t.Root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open directory %s: %w", t.Root, cause(err))
	}
	return opened, nil
}

// Resolve returns an absolute path in which what exists has no symbolic links, and
// nothing but directories.
func Resolve(dir string) (string, error) {
	if dir == "" {
		return "", conflict(`""`, notDirectory)
	}
	place, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	rest, shown := "", filepath.Clean(dir)
	for existing := place; ; existing, shown = filepath.Dir(existing), filepath.Dir(shown) {
		info, err := os.Stat(existing)
		if err == nil && !info.IsDir() {
			return "", conflict(shown, notDirectory)
		}
		if err == nil {
			real, err := filepath.EvalSymlinks(existing)
			return filepath.Join(real, rest), err
		}
		if errors.Is(err, fs.ErrPermission) {
			return "", fmt.Errorf("look at %s: %w", shown, cause(err))
		}
		if _, err := os.Readlink(existing); err == nil {
			return "", conflict(shown, "is a symbolic link that leads nowhere")
		}
		if existing == filepath.Dir(existing) {
			return place, nil
		}
		rest = filepath.Join(filepath.Base(existing), rest)
	}
}

const notDirectory = "is not a directory"

func (p *plan) close() {
	for _, t := range p.trees {
		if t.root != nil {
			t.root.Close()
		}
	}
}

// made returns the files of all trees by absolute path.
func (p *plan) made() map[string]*file {
	made := map[string]*file{}
	for _, t := range p.trees {
		for _, f := range t.files {
			made[t.absolute(f.name)] = f
		}
	}
	return made
}

func (t *tree) absolute(name string) string {
	return filepath.Join(t.place, filepath.FromSlash(name))
}

// overlaps reports paths that two files claim, of one tree or of two: as the
// same file, or as a file and a directory.
func (p *plan) overlaps() []Conflict {
	var conflicts []Conflict
	made := map[string]bool{}
	for _, t := range p.trees {
		for _, f := range t.files {
			if made[t.absolute(f.name)] {
				conflicts = append(conflicts, Conflict{t.display(f.name), "two outputs make this file; give them separate directories"})
			}
			made[t.absolute(f.name)] = true
		}
	}
	for _, t := range p.trees {
		for _, f := range t.files {
			for dir := filepath.Dir(t.absolute(f.name)); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
				if made[dir] {
					conflicts = append(conflicts, Conflict{t.display(f.name), "another output makes a file with the name of its directory"})
				}
			}
		}
	}
	return conflicts
}

// look looks at what stands at the tree's paths.
func (t *tree) look() (conflicts []Conflict) {
	directories := map[string]string{".": ""} // why files can't go there
	for _, f := range t.files {
		reason, at, err := t.directory(path.Dir(f.name), directories)
		if err == nil && reason == "" {
			at = f.name
			reason, err = t.lookAt(f)
		}
		if err != nil {
			t.note(at, err, true)
		}
		if c := (Conflict{t.display(at), reason}); reason != "" && !slices.Contains(conflicts, c) {
			conflicts = append(conflicts, c)
		}
	}
	return conflicts
}

// note keeps what can't be read, and whether this tree writes there.
func (t *tree) note(name string, err error, written bool) {
	t.blocked = t.blocked || written
	if c := (Conflict{t.display(name), cause(err).Error()}); !slices.Contains(t.unread, c) {
		t.unread = append(t.unread, c)
	}
}

// directory says why a directory can't hold output, and which path is at fault.
// A missing one can.
func (t *tree) directory(dir string, known map[string]string) (reason, at string, err error) {
	if reason, ok := known[dir]; ok {
		return reason, dir, nil
	}
	if reason, at, err = t.directory(path.Dir(dir), known); reason != "" || err != nil {
		return reason, at, err
	}
	info, err := t.lstat(dir)
	switch {
	case err != nil:
		return "", dir, err
	case info == nil:
	case info.Mode()&fs.ModeSymlink != 0:
		reason = "is a symbolic link; output does not follow links"
	case !info.IsDir():
		reason = "is a file where a directory should be"
	}
	known[dir] = reason
	return reason, dir, nil
}

// lookAt looks at what stands in the place of a file, which may not be another's.
func (t *tree) lookAt(f *file) (reason string, err error) {
	disk, _, reason, err := t.openOwn(f)
	if disk != nil {
		disk.Close()
	}
	return reason, err
}

// openOwn opens what stands in the place of a file, and reads its head. It returns no file,
// and why, for what is not this tree's, and for nothing.
func (t *tree) openOwn(f *file) (disk *os.File, head []byte, reason string, err error) {
	f.state, f.info = missing, nil
	info, err := t.lstat(f.name)
	if info == nil || err != nil {
		return nil, nil, "", err
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, nil, "is a symbolic link; output does not follow links", nil
	case info.IsDir():
		return nil, nil, "is a directory where a file should be", nil
	case !info.Mode().IsRegular():
		return nil, nil, "is not a regular file", nil
	}
	f.state, f.info = there, info
	disk, err = t.root.Open(f.name)
	if err != nil {
		return nil, nil, "", err
	}
	head, err = io.ReadAll(io.LimitReader(disk, headSize))
	if owner, marked := markOf(head); err == nil && !marked {
		reason = "is not a file of this generator: it lacks the mark; move it away, or choose another directory"
	} else if err == nil && !t.isOwn(head) {
		reason = fmt.Sprintf("was made from %s, and this is %s: two specs can't share it; choose another directory, or remove it if that spec was moved", owner, t.Spec)
	}
	if err != nil || reason != "" {
		disk.Close()
		return nil, nil, reason, err
	}
	return disk, head, "", nil
}

// lstat returns nil for what does not exist.
func (t *tree) lstat(name string) (fs.FileInfo, error) {
	if t.root == nil {
		return nil, nil
	}
	info, err := t.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return info, err
}

// cause strips the operation and the path, which is only that under the root,
// from an error of package os.
func cause(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	if linkError, ok := errors.AsType[*os.LinkError](err); ok {
		return linkError.Err
	}
	return err
}
