//go:build unix

package output_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// soon fails a test whose function hangs.
func soon(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("it hangs")
	}
}

// TestNoDirectory names what stands where a directory is to be, or above it.
func TestNoDirectory(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	lay(t, dir, files{"file": "mine"})
	for name, target := range map[string]string{"dangling": "nowhere", "loop": "loop", "one": "two", "two": "one", "toFile": "file", "toPipe": "pipe"} {
		if err := os.Symlink(target, in(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(in("pipe"), 0o644); err != nil {
		t.Skip(err)
	}
	const nowhere, noDirectory = ": is a symbolic link that leads nowhere", ": is not a directory"
	for root, want := range map[string]string{
		"file": "file" + noDirectory, "file/docs/errors": "file" + noDirectory,
		"pipe": "pipe" + noDirectory, "pipe/docs": "pipe" + noDirectory,
		"toFile": "toFile" + noDirectory, "toPipe": "toPipe" + noDirectory,
		"dangling": "dangling" + nowhere, "dangling/docs": "dangling" + nowhere,
		"loop": "loop" + nowhere, "loop/docs": "loop" + nowhere, "two": "two" + nowhere,
	} {
		soon(t, func() {
			tree := docsTree(in(root), files{"a.md": page("")})
			_, err := output.Write(tree)
			wantConflict(t, err, in(want))
			_, _, err = output.Check(tree)
			wantConflict(t, err, in(want))
			_, err = output.Create(in(root), files{"a.yaml": ""}.bytes())
			wantConflict(t, err, in(want))
		})
	}
	if _, err := os.Lstat(in("nowhere")); err == nil {
		t.Error("the dangling link was followed")
	}
}

// TestPipeInTheWay looks at a pipe without opening it.
func TestPipeInTheWay(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, files{"x/keep.md": "mine"})
	for _, name := range []string{"a.md", "orphan.md", "x/b.md"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Skip(err)
		}
	}
	soon(t, func() {
		_, err := output.Write(docsTree(dir, files{"a.md": page("")}))
		wantConflict(t, err, "a.md: is not a regular file")
	})
}

// TestUnreadable names what can't be read. A place of the tree's own stops a run; what may
// be an orphan does not.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	before := files{"a.md": page("a"), "orphan.md": page("orphan"), "shut.md": page("orphan"), "shut/x.md": page("orphan"), "sub/b.md": page("b")}
	lay(t, dir, before)
	chmod(t, dir, map[string]fs.FileMode{"..": 0o777, ".": 0o777, "sub": 0o777, "shut.md": 0, "shut": 0})
	if os.Geteuid() == 0 {
		if err := syscall.Setreuid(-1, nobody); err != nil {
			t.Fatal(err)
		}
		defer syscall.Setreuid(-1, 0)
	}
	made := files{"a.md": page("a"), "sub/b.md": page("b"), "new.md": page("new")}
	in := func(name string) string { return filepath.Join(dir, name) }
	want := []output.Conflict{{Path: in("shut"), Reason: "permission denied"}, {Path: in("shut.md"), Reason: "permission denied"}}

	differences, _, err := output.Check(docsTree(dir, made))
	unread, _ := errors.AsType[*output.UnreadError](err)
	if unread == nil || !cmp.Equal(unread.Unread, want) {
		t.Errorf("error = %v, want %v", err, want)
	}
	if len(differences) != 2 || differences[0].Path != in("new.md") || differences[1].Path != in("orphan.md") {
		t.Errorf("differences = %v, want the new page and the orphan", differences)
	}
	for _, owns := range []string{"*.md", "*/*.md"} { // a file, and a directory
		tree := docsTree(dir, made)
		tree.Owns = []string{owns}
		if _, _, ok := output.SumOnDisk(tree); ok {
			t.Errorf("there is a digest of %s, part of which can't be read", owns)
		}
	}
	result, err := output.Write(docsTree(dir, made))
	if err != nil || !cmp.Equal(result.Unread, want) {
		t.Errorf("unread = %v, error = %v; want %v", result.Unread, err, want)
	}
	if _, err := os.Stat(in("new.md")); err != nil {
		t.Error(err)
	}

	made["shut.md"], made["shut/x.md"], made["last.md"] = page(""), page(""), page("")
	want = []output.Conflict{{Path: in("shut.md"), Reason: "permission denied"}, {Path: in("shut/x.md"), Reason: "permission denied"}, {Path: in("shut"), Reason: "permission denied"}}
	for _, run := range []func() error{
		func() error { _, _, err := output.Check(docsTree(dir, made)); return err },
		func() error { _, err := output.Write(docsTree(dir, made)); return err },
	} {
		err := run()
		if unread, _ := errors.AsType[*output.UnreadError](err); unread == nil || !cmp.Equal(unread.Unread, want) {
			t.Errorf("error = %v, want %v", err, want)
		}
	}
	delete(made, "shut.md") // what is told last is not in the way now, and the rest still is
	if _, err := output.Write(docsTree(dir, made)); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(in("last.md")); err == nil {
		t.Error("a file is written although another can't be read")
	}
}
