//go:build unix

package attack

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// obstacles stand where a file is to be written. Each puts one there; outside is a file of the
// user's elsewhere.
var obstacles = map[string]func(name, outside string) error{
	"a file of the user's":         func(name, _ string) error { return os.WriteFile(name, []byte("mine\n"), 0o644) },
	"an empty file of the user's":  func(name, _ string) error { return os.WriteFile(name, nil, 0o644) },
	"a directory with a file":      func(name, _ string) error { return mine(name) },
	"a link to a file":             func(name, outside string) error { return os.Symlink(outside, name) },
	"a link to a directory":        func(name, outside string) error { return os.Symlink(filepath.Dir(outside), name) },
	"a link to nothing":            func(name, outside string) error { return os.Symlink(outside+".none", name) },
	"a link to itself":             func(name, _ string) error { return os.Symlink(filepath.Base(name), name) },
	"another name of a file":       func(name, outside string) error { return os.Link(outside, name) },
	"a pipe":                       func(name, _ string) error { return syscall.Mkfifo(name, 0o644) },
	"a socket":                     func(name, _ string) error { return syscall.Mknod(name, syscall.S_IFSOCK|0o644, 0) },
	"a file that can't be read":    func(name, _ string) error { return os.WriteFile(name, []byte("mine\n"), 0) },
	"a huge file that is all hole": func(name, _ string) error { return hole(name) },
}

func mine(name string) error {
	if err := os.Mkdir(name, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(name, "mine.txt"), []byte("mine\n"), 0o644)
}

func hole(name string) error {
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		return err
	}
	return os.Truncate(name, 1<<40)
}

// TestObstacles puts something else where a file, or the directory of one, is to be written.
func TestObstacles(t *testing.T) {
	a := prepare(t)
	var due []string
	for name, content := range a.after {
		if content == isDirectory {
			if slices.ContainsFunc(a.own, func(own string) bool { return strings.HasPrefix(own, name+"/") }) {
				continue
			}
		} else if a.before[name] == content {
			continue
		}
		due = append(due, name)
	}
	slices.Sort(due)
	for _, kind := range slices.Sorted(maps.Keys(obstacles)) {
		for range times(1, 30) {
			name := due[rand.IntN(len(due))]
			dir := a.copy(t)
			outside := filepath.Join(t.TempDir(), "outside.txt")
			put(t, outside, "outside\n")
			place := filepath.Join(dir, filepath.FromSlash(name))
			saved := filepath.Join(t.TempDir(), "saved")
			if err := os.Rename(place, saved); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := obstacles[kind](place, outside); err != nil {
				t.Skipf("%s can't be made here: %v", kind, err)
			}
			was, err := os.Lstat(place)
			if err != nil {
				t.Fatal(err)
			}
			r := run(t, dir, append([]string{gen}, generate...)...)
			now, err := os.Lstat(place)
			switch {
			case r.status < 0:
				t.Errorf("%s at %s: the run hangs", kind, name)
			case r.status > 0 && !strings.Contains(r.output, path.Base(name)):
				t.Errorf("%s at %s is not named: %s", kind, name, r.output)
			case r.status > 0 && (err != nil || !os.SameFile(was, now)):
				t.Errorf("%s at %s is refused, but no longer there: %v", kind, name, err)
			case r.status == 0 && was.Mode().IsRegular() && was.Size() > 0:
				t.Errorf("%s at %s is overwritten: %s", kind, name, r.output)
			}
			if got := read(t, outside); got != "outside\n" {
				t.Errorf("%s at %s: a file elsewhere is now %q", kind, name, got)
			}
			if r.status == 0 { // a directory where one is to be
				os.Remove(filepath.Join(place, "mine.txt"))
			} else {
				if err := os.RemoveAll(place); err != nil {
					t.Fatal(err)
				}
				if err := os.Rename(saved, place); err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Fatal(err)
				}
			}
			a.judge(t, kind+" was at "+name, dir, r)
		}
	}
}
