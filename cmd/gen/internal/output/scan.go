package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify/packed"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// scan finds the tree's orphans and what a run that did not end left behind. It
// looks no deeper than the tree's patterns and files do.
func (t *tree) scan(made map[string]*file) {
	if t.root == nil {
		return
	}
	s := scanner{tree: t, made: made, folded: map[string]*file{}, entered: map[string]bool{".": true}}
	s.found = func(dir string, files []string) {
		for _, name := range files {
			s.file(path.Join(dir, name))
		}
	}
	for _, f := range t.files {
		s.folded[packed.Fold(f.name)] = f
		for dir := path.Dir(f.name); !s.entered[dir]; dir = path.Dir(dir) {
			s.entered[dir] = true
		}
	}
	s.walk()
	slices.Sort(t.orphans)
	slices.Sort(t.litter)
}

type scanner struct {
	*tree
	made    map[string]*file // by absolute path, of all trees
	folded  map[string]*file // by path under the root, in any case, of this tree
	entered map[string]bool  // the directories of the tree's files
	depth   int              // of the deepest pattern; 0 is the root

	found func(dir string, files []string) // is called with the names in a directory that the tree owns
}

// walk looks at the root and the directories below.
func (s *scanner) walk() {
	for _, pattern := range s.Owns {
		s.depth = max(s.depth, strings.Count(pattern, "/"))
	}
	s.directory(".", 0)
}

func (s *scanner) directory(dir string, depth int) {
	entries, err := fs.ReadDir(s.root.FS(), dir)
	switch {
	case depth > 0 && errors.Is(err, fs.ErrNotExist): // removed meanwhile
	case err != nil:
		s.note(dir, err, s.entered[dir])
	}
	var owned []string
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case entry.IsDir():
			if s.entered[name] || depth < s.depth && mayHoldOutput(entry.Name()) {
				s.directory(name, depth+1)
			}
		case !entry.Type().IsRegular():
		case isTemporary(entry.Name()):
			s.litter = append(s.litter, name)
		case s.owns(name):
			owned = append(owned, entry.Name())
		}
	}
	s.found(dir, owned)
}

// mayHoldOutput reports whether a directory that this run writes nothing to may
// hold output of an earlier one. Directories of other tools, which can be huge,
// do not.
func mayHoldOutput(element string) bool {
	return !naming.Foreign(element) && !strings.HasPrefix(element, ".") && !strings.HasPrefix(element, "_")
}

func (s *scanner) owns(name string) bool { return matches(s.Owns, name) && !matches(s.Spares, name) }

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		matched, _ := path.Match(pattern, name)
		return matched
	})
}

// file notes an orphan.
func (s *scanner) file(name string) {
	if s.made[s.absolute(name)] != nil || s.isMadeInOtherCase(name) {
		return
	}
	switch owner, ours, err := s.ownerOf(name); {
	case err != nil:
		s.note(name, err, false)
	case ours:
		s.orphans = append(s.orphans, name)
	case s.isStray(owner):
		s.strays = append(s.strays, Conflict{s.display(name), "was made from " + owner + ", which is not there; remove the file if that spec was moved"})
	}
}

// isStray reports whether what a mark names is a spec that is not there.
func (t *tree) isStray(owner string) bool {
	return owner != "" && t.IsThere != nil && !t.IsThere(owner)
}

// isMadeInOtherCase reports whether a name on disk is another spelling of one of
// the tree's files, on a file system that does not tell case apart.
func (s *scanner) isMadeInOtherCase(name string) bool {
	f := s.folded[packed.Fold(name)]
	if f == nil || f.info == nil {
		return false
	}
	info, err := s.root.Lstat(filepath.FromSlash(name))
	return err == nil && os.SameFile(info, f.info)
}

// isOurs reports whether a path is a regular file with the mark of the tree's spec. It is
// not if it was removed meanwhile.
func (t *tree) isOurs(name string) (bool, error) {
	_, ours, err := t.ownerOf(name)
	return ours, err
}

// ownerOf returns the spec that the mark of a regular file names, and whether it is the
// tree's.
func (t *tree) ownerOf(name string) (owner string, ours bool, err error) {
	info, err := t.lstat(name)
	if info == nil || err != nil || !info.Mode().IsRegular() {
		return "", false, err
	}
	f, err := t.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	owner, _ = markOf(head)
	return owner, t.isOwn(head), err
}
