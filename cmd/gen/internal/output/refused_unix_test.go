//go:build unix

package output_test

import (
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// asNobody runs a function as a user who may not write what root alone may.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		if err := syscall.Setreuid(-1, nobody); err != nil {
			t.Fatal(err)
		}
		defer syscall.Setreuid(-1, 0)
	}
	f()
}

// chmod sets the modes of paths under a directory, until the test has ended.
func chmod(t *testing.T, dir string, modes map[string]fs.FileMode) {
	t.Helper()
	for name, mode := range modes {
		at := filepath.Join(dir, name)
		if err := os.Chmod(at, mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(at, 0o777) }) // so that it can be removed
	}
}

// TestRefused has the system refuse a step: the error names the step and the path as the
// user would write it, and no file has changed.
func TestRefused(t *testing.T) {
	before := files{"docs/index.md": page("old"), "docs/sub/old.md": page("old"), "docs/sub/.errkb-A.tmp": "half"}
	index := files{"index.md": page("new")}
	tests := []struct {
		name  string
		modes map[string]fs.FileMode
		run   func(dir string) error
		want  string // the error; DIR is the directory
	}{
		{"a leftover in a directory that can't be written", map[string]fs.FileMode{"docs/sub": 0o555},
			func(dir string) error { return write(docsTree(filepath.Join(dir, "docs"), index)) }, "remove DIR/docs/sub/.errkb-A.tmp"},
		{"a directory in one that can't be written", map[string]fs.FileMode{"docs": 0o555},
			func(dir string) error { return write(alone(filepath.Join(dir, "docs"), files{"api/x.md": page("")})) }, "make directory DIR/docs/api"},
		{"a file in one that can't be written", map[string]fs.FileMode{"docs": 0o555},
			func(dir string) error { return write(alone(filepath.Join(dir, "docs"), index)) }, "write DIR/docs/index.md"},
		{"a root in one that can't be written", map[string]fs.FileMode{".": 0o555},
			func(dir string) error { return write(docsTree(filepath.Join(dir, "new"), index)) }, "make directory DIR/new"},
		{"a root that nobody may read", nil,
			func(dir string) error {
				defer syscall.Umask(syscall.Umask(0o777))
				return write(docsTree(filepath.Join(dir, "new"), index))
			}, "open directory DIR/new"},
		{"a root to compare that can't be read", map[string]fs.FileMode{"docs": 0o333},
			func(dir string) error {
				_, _, err := output.Check(docsTree(filepath.Join(dir, "docs"), index))
				return err
			}, "open directory DIR/docs"},
		{"a root in one that can't be entered", map[string]fs.FileMode{"docs": 0},
			func(dir string) error { return write(docsTree(filepath.Join(dir, "docs/sub/new"), index)) }, "look at DIR/docs/sub/new"},
		{"a root that can't be read", map[string]fs.FileMode{"docs": 0o333},
			func(dir string) error { return write(docsTree(filepath.Join(dir, "docs"), index)) }, "open directory DIR/docs"},
		{"a starter in a directory that can't be written", map[string]fs.FileMode{"docs": 0o555},
			func(dir string) error { return create(filepath.Join(dir, "docs")) }, "write DIR/docs/errors.yaml"},
		{"a starter in a directory that can't be made", map[string]fs.FileMode{"docs": 0o555},
			func(dir string) error { return create(filepath.Join(dir, "docs/new")) }, "make directory DIR/docs/new"},
		{"a starter in a directory that can't be read", map[string]fs.FileMode{"docs": 0o333},
			func(dir string) error { return create(filepath.Join(dir, "docs")) }, "open directory DIR/docs"},
		{"a starter below a directory that can't be entered", map[string]fs.FileMode{"docs": 0},
			func(dir string) error { return create(filepath.Join(dir, "docs/new")) }, "look at DIR/docs/new"},
		{"the user's own file in a directory that can't be written", map[string]fs.FileMode{"docs": 0o555},
			func(dir string) error { return output.Replace(filepath.Join(dir, "docs/index.md"), []byte("new")) }, "write DIR/docs/index.md"},
		{"the user's own file in a directory that can't be read", map[string]fs.FileMode{"docs": 0o333},
			func(dir string) error { return output.Replace(filepath.Join(dir, "docs/index.md"), []byte("new")) }, "open directory DIR/docs"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, before)
			chmod(t, dir, map[string]fs.FileMode{"..": 0o777, ".": 0o777, "docs": 0o777, "docs/index.md": 0o666, "docs/sub": 0o777, "docs/sub/old.md": 0o666})
			chmod(t, dir, test.modes)
			var err error
			asNobody(t, func() { err = test.run(dir) })
			if want := strings.Replace(test.want, "DIR", dir, 1) + ": permission denied"; err == nil || err.Error() != want || !errors.Is(err, fs.ErrPermission) {
				t.Errorf("error = %v\nwant    %s", err, want)
			}
			chmod(t, dir, map[string]fs.FileMode{"docs": 0o777})
			wantFiles(t, dir, before)
		})
	}
}

// alone is a tree that looks for no orphans.
func alone(root string, f files) output.Tree {
	return output.Tree{Root: root, Files: f.made(), Spec: spec}
}

func write(trees ...output.Tree) error { _, err := output.Write(trees...); return err }

func create(dir string) error {
	_, err := output.Create(dir, files{"errors.yaml": "format: 1\n"}.bytes())
	return err
}

// TestNoWorkingDirectory has a path that leads from a directory that is gone.
func TestNoWorkingDirectory(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Remove(dir); err != nil {
		t.Skip(err)
	}
	if err := write(docsTree("docs", files{"index.md": page("new")})); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error = %v, want that there is no such directory", err)
	}
}

// TestOrphanRefused has an orphan that can't be removed: what is made is there, and the
// error names what is left.
func TestOrphanRefused(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, files{"sub/old.md": page("old"), "a.md": page("old")})
	chmod(t, dir, map[string]fs.FileMode{"..": 0o777, ".": 0o777, "sub": 0o555})
	var err error
	asNobody(t, func() { err = write(docsTree(dir, files{"a.md": page("new")})) })
	if want := "remove " + filepath.Join(dir, "sub", "old.md") + ": permission denied"; err == nil || err.Error() != want {
		t.Errorf("error = %v\nwant    %s", err, want)
	}
	wantFiles(t, dir, files{"sub/old.md": page("old"), "a.md": page("new")})
}

// TestFullDisk lets no file grow beyond a size, which cuts what is written as a full disk
// does: nothing is half written, and what was there is whole.
func TestFullDisk(t *testing.T) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	const room = 1 << 20 // more than the log of the test needs
	many := files{}
	for i := range 150 { // enough to be synced together
		many[string(rune('a'+i%26))+strings.Repeat("x", i/26)+".md"] = page("new")
	}
	few := files{"a.md": page("new"), "sub/deep/b.md": page("new")}
	long := strings.Repeat("long\n", room)
	few["z.md"], many["z.md"] = page(long), page(long)
	tests := []struct {
		name string
		run  func(dir string) error
		want string // the file that the error names
	}{
		{"a few files", func(dir string) error { return write(docsTree(dir, few)) }, "z.md"},
		{"many files", func(dir string) error { return write(docsTree(dir, many)) }, "z.md"},
		{"another tree", func(dir string) error {
			return write(docsTree(filepath.Join(dir, "empty", "new"), files{"a.md": page("new")}), docsTree(dir, few))
		}, "z.md"},
		{"a starter", func(dir string) error {
			_, err := output.Create(dir, files{"1.yaml": "short", "2.yaml": long}.bytes())
			return err
		}, "2.yaml"},
		{"the user's own file", func(dir string) error { return output.Replace(filepath.Join(dir, "mine"), []byte(long)) }, "mine"},
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			before := files{"a.md": page("old"), "z.md": page("old"), "old.md": page("old"), "mine": "mine", "sub/mine": "mine", "empty/": ""}
			lay(t, dir, before)
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: limit.Max}); err != nil {
				t.Skip(err)
			}
			err := test.run(dir)
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
				t.Fatal(err)
			}
			if want := "write " + filepath.Join(dir, test.want) + ": file too large"; err == nil || err.Error() != want {
				t.Errorf("error = %v\nwant    %s", err, want)
			}
			wantFiles(t, dir, before)
		})
	}
}

// TestModes makes what everyone may read and its owner alone may write, so that a server
// can show it.
func TestModes(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o022))
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	lay(t, dir, files{"run.sh": "old"})
	chmod(t, dir, map[string]fs.FileMode{"run.sh": 0o750})
	mustWrite(t, docsTree(in("docs"), files{"index.md": page(""), "sub/a.md": page("")}))
	if _, err := output.Create(in("start/here"), files{"errors.yaml": ""}.bytes()); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"run.sh", "new"} {
		if err := output.Replace(in(name), nil); err != nil {
			t.Error(err)
		}
	}
	for name, want := range map[string]fs.FileMode{
		"docs": 0o755, "docs/index.md": 0o644, "docs/sub": 0o755, "docs/sub/a.md": 0o644,
		"start": 0o755, "start/here": 0o755, "start/here/errors.yaml": 0o644, "run.sh": 0o750, "new": 0o644,
	} {
		if info, err := os.Stat(in(name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode = %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
}
