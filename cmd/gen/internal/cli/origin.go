package cli

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// A generated file belongs to the spec that its mark names, and the mark names the spec
// by its path in its module: a new title or a new name of an API leaves nothing behind,
// and two specs that have a name or a title in common don't remove each other's files.
// No path of a machine gets into the mark.

// mark names the spec in the files that are generated from it into a directory: by its path
// from the Go module of the directory or, if that is in no repository or another one than the
// spec, from the module or the repository of the spec. Where there is neither, it is the path
// from the directory, if the spec is inside of that or in one above, and else the spec's file
// and title. In what may be printed as well, whose directory is "", its own module counts.
func (src source) mark(title, dir string) string {
	switch {
	case src.owner != "":
		return src.owner
	case src.file == "":
		return titled(src.base, title)
	}
	spec, err := filepath.Abs(src.file)
	if err != nil {
		return titled(src.base, title)
	}
	root := base(spec, dir)
	if root == "" {
		return pathFrom(dir, spec, titled(src.base, title))
	}
	path, err := filepath.Rel(root, spec)
	if err != nil {
		return titled(src.base, title)
	}
	return filepath.ToSlash(path)
}

// base returns the directory from which marks in a directory name a spec; "" where there is
// neither a module nor a repository.
func base(spec, dir string) string {
	from := filepath.Dir(spec)
	module, repository := above(from, "go.mod"), above(from, ".git")
	if dir == "" {
		return cmp.Or(module, repository)
	}
	if dir, err := filepath.Abs(dir); err == nil && repository != "" && above(dir, ".git") == repository {
		module = cmp.Or(above(dir, "go.mod"), module)
	}
	return cmp.Or(module, repository)
}

// isThere returns what tells whether a spec is there that a mark in a directory names; nil if
// marks there name none by its path, or other specs theirs from elsewhere: from modules and
// repositories that the directory is not in. Of such a path, a mark has only what output.Tree
// says.
func (src source) isThere(dir string) func(mark string) bool {
	spec, err := filepath.Abs(src.file)
	root := base(spec, dir)
	dir, dirErr := filepath.Abs(dir)
	if src.file == "" || errors.Join(err, dirErr) != nil || root == "" || root != cmp.Or(above(dir, "go.mod"), above(dir, ".git")) {
		return nil
	}
	return func(mark string) bool {
		return !slices.Contains(yamlExtensions, filepath.Ext(mark)) || hasPath(root, strings.Split(mark, "/"))
	}
}

// hasPath reports whether there is a file of a path below a directory. The names of the path
// may lack signs that the names on disk have.
func hasPath(dir string, path []string) bool {
	if len(path) == 0 {
		return true
	}
	if path[0] == ".." {
		return hasPath(filepath.Dir(dir), path[1:])
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return true // nobody can tell
	}
	return slices.ContainsFunc(entries, func(entry os.DirEntry) bool {
		return letters(entry.Name()) == letters(path[0]) && hasPath(filepath.Join(dir, entry.Name()), path[1:])
	})
}

func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, name)
}

// pathFrom returns a spec's path from a directory that it is in, or that is below the
// spec's own, and another name for any other, whose path says where it is on this machine.
func pathFrom(dir, spec, other string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return other
	}
	path, err := filepath.Rel(dir, spec)
	if err != nil {
		return other
	}
	path = filepath.ToSlash(path)
	if below := strings.ReplaceAll(path, "../", ""); below != path && below != filepath.Base(spec) {
		return other
	}
	return path
}

// former is what marks in a directory named the spec by in earlier versions: by its file and
// title, and then from its own module. Files that bear these are the spec's too, unless what
// such a path names now, from the module of the directory, is there: then that is another spec.
func (src source) former(title, dir string) []string {
	names := []string{titled(src.base, title)}
	own := src.mark(title, "")
	if isThere := src.isThere(dir); isThere != nil && own != src.mark(title, dir) && !isThere(own) {
		names = append(names, own)
	}
	return names
}

// titled names a spec by its file and its title, as many specs are called errors.yaml.
func titled(file, title string) string {
	words := strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if len(words) == 0 {
		return file
	}
	return file + " (" + strings.Join(words, " ") + ")"
}

// above returns the directory, of one and those above it, that holds something of a
// name, and "" for none.
func above(dir, name string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}
