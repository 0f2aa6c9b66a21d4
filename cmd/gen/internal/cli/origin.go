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

// mark names the spec in the files that are generated from it: by its path from the Go
// module that it is in or, outside of one, from the repository. Where there is neither
// the spec goes by its file and its title.
func (src source) mark(title string) string {
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
	path, err := filepath.Rel(root, spec)
	if root == "" || err != nil {
		return titled(src.base, title)
	}
	return filepath.ToSlash(path)
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
