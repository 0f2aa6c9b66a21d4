package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify/packed"
)

// scan finds the tree's orphans and what a run that did not end left behind. It
// looks no deeper than the tree's patterns and files do.
func (t *tree) scan(made map[string]*file) error {
	if t.root == nil {
		return nil
	}
	s := scanner{tree: t, made: made, folded: map[string]*file{}, entered: map[string]bool{".": true}}
	for _, f := range t.files {
		s.folded[packed.Fold(f.name)] = f
		for dir := path.Dir(f.name); !s.entered[dir]; dir = path.Dir(dir) {
			s.entered[dir] = true
		}
	}
	for _, pattern := range t.Owns {
		s.depth = max(s.depth, strings.Count(pattern, "/"))
	}
	err := s.directory(".", 0)
	slices.Sort(t.orphans)
	slices.Sort(t.litter)
	return err
}

type scanner struct {
	*tree
	made    map[string]*file // by absolute path, of all trees
	folded  map[string]*file // by path under the root, in any case, of this tree
	entered map[string]bool  // the directories of the tree's files
	depth   int              // of the deepest pattern; 0 is the root
}

func (s *scanner) directory(dir string, depth int) error {
	entries, err := fs.ReadDir(s.root.FS(), dir)
	if depth > 0 && errors.Is(err, fs.ErrNotExist) {
		return nil // removed meanwhile
	}
	if depth > 0 && !s.entered[dir] && errors.Is(err, fs.ErrPermission) {
		return nil // none of ours: we write no such directory
	}
	if err != nil {
		return fmt.Errorf("read directory %s: %w", s.display(dir), cause(err))
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case entry.IsDir():
			if s.entered[name] || depth < s.depth && mayHoldOutput(entry.Name()) {
				err = s.directory(name, depth+1)
			}
		case !entry.Type().IsRegular():
		case isTemporary(entry.Name()):
			s.litter = append(s.litter, name)
		case s.owns(name):
			err = s.file(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayHoldOutput reports whether a directory that this run writes nothing to may
// hold output of an earlier one. Directories of other tools, which can be huge,
// do not.
func mayHoldOutput(element string) bool {
	switch element {
	case "node_modules", "vendor", "testdata":
		return false
	}
	return !strings.HasPrefix(element, ".") && !strings.HasPrefix(element, "_")
}

func (s *scanner) owns(name string) bool { return matches(s.Owns, name) && !matches(s.Spares, name) }

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		matched, _ := path.Match(pattern, name)
		return matched
	})
}

// file notes an orphan.
func (s *scanner) file(name string) error {
	if s.made[s.absolute(name)] != nil || s.isMadeInOtherCase(name) {
		return nil
	}
	head, err := s.head(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil // removed meanwhile, or none of ours: we write no such file
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", s.display(name), cause(err))
	}
	if isOf(head, s.Spec, s.Former) {
		s.orphans = append(s.orphans, name)
	}
	return nil
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

func (s *scanner) head(name string) ([]byte, error) {
	f, err := s.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, headSize))
}
