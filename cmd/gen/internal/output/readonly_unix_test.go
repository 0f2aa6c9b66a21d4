//go:build unix

package output_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
)

// nobody is a user who may not write what root alone may.
const nobody = 65534

// A directory that can't be written fails the run before any file has changed,
// also one in another tree, and leaves no litter.
func TestReadOnlyDirectory(t *testing.T) {
	dir := t.TempDir()
	before := files{"go/a/codes.go": goFile("old"), "docs/x/codes.md": page("old"), "docs/index.md": page("same")}
	lay(t, dir, before)
	chmod(t, dir, map[string]fs.FileMode{"..": 0o777, ".": 0o777, "go": 0o777, "go/a": 0o777, "docs": 0o777, "docs/x": 0o555})
	var err error
	asNobody(t, func() {
		err = write(
			goTree(filepath.Join(dir, "go"), files{"a/codes.go": goFile("new"), "b/codes.go": goFile("new")}),
			docsTree(filepath.Join(dir, "p/q"), files{"index.md": page("new")}),
			docsTree(filepath.Join(dir, "docs"), files{"x/codes.md": page("new"), "y/codes.md": page("new")}),
		)
	})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error = %v, want no permission", err)
	}
	wantFiles(t, dir, before)
}
