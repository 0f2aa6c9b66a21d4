package cli

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// A generated file belongs to the spec that its mark names, and the mark names the spec
// by its path in its module: a new title or a new name of an API leaves nothing behind,
// and two specs that have a name or a title in common don't remove each other's files.
// No path of a machine gets into the mark.

// mark names the spec in the files that are generated from it into a directory: by its
// path from the Go module that it is in or, outside of one, from the repository. Where
// there is neither, it is the path from the directory, if the spec is inside of that or in
// one above, and else the spec's file and title.
func (src source) mark(title, dir string) string {
	switch {
	case src.owner != "":
		return src.owner
	case !src.isFile:
		return titled(src.base, title)
	}
	spec, err := filepath.Abs(src.name)
	if err != nil {
		return titled(src.base, title)
	}
	root := above(filepath.Dir(spec), "go.mod")
	if root == "" {
		root = above(filepath.Dir(spec), ".git")
	}
	if root == "" {
		return pathFrom(dir, spec, titled(src.base, title))
	}
	path, err := filepath.Rel(root, spec)
	if err != nil {
		return titled(src.base, title)
	}
	return filepath.ToSlash(path)
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

// former is what the mark named the spec by before it was a path. Files that bear it
// are the spec's too.
func (src source) former(title string) string { return titled(src.base, title) }

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
