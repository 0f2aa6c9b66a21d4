//go:build unix

package output_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// nobody is a user who may not write what root alone may.
const nobody = 65534

// A directory that can't be written fails the run before any file has changed,
// also one in another tree, and leaves no litter.
func TestReadOnlyDirectory(t *testing.T) {
	dir := t.TempDir()
	before := files{"go/a/codes.go": goFile("old"), "docs/x/codes.md": page("old"), "docs/index.md": page("same")}
	lay(t, dir, before)
	for _, name := range []string{"..", ".", "go", "go/a", "docs"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "docs/x"), 0o555); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := syscall.Setreuid(-1, nobody); err != nil {
			t.Fatal(err)
		}
		defer syscall.Setreuid(-1, 0)
	}
	_, err := output.Write(
		goTree(filepath.Join(dir, "go"), files{"a/codes.go": goFile("new"), "b/codes.go": goFile("new")}),
		docsTree(filepath.Join(dir, "p/q"), files{"index.md": page("new")}),
		docsTree(filepath.Join(dir, "docs"), files{"x/codes.md": page("new"), "y/codes.md": page("new")}),
	)
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error = %v, want no permission", err)
	}
	wantFiles(t, dir, before)
}
