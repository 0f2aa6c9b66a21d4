//go:build unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestShutMeanwhile has the user shut a directory or a file between two steps: the error
// names the first file in the way, and what was there is as it was.
func TestShutMeanwhile(t *testing.T) {
	for _, test := range []struct {
		name  string
		after step
		shut  string
		mode  fs.FileMode
		want  string // the error; DIR is the directory
		old   string // what the old file holds at the end
	}{
		{"no look into a directory", staging, "c", 0, "write DIR/c/old.go", generated("old")},
		{"no new file in a directory", looking, "a", 0o555, "write DIR/a/new.go", generated("old")},
		{"no other file in a directory", looking, "c", 0o555, "write DIR/c/old.go", generated("old")},
		{"no look at an orphan", placing, "c/orphan.go", 0, "read DIR/c/orphan.go", generated("newer")},
		{"no removal of an orphan", placing, "c", 0o555, "remove DIR/c/orphan.go", generated("newer")},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, in := layOld(t)
			put(t, in("c/orphan.go"), generated("orphan"))
			for _, name := range []string{"..", ".", "c"} {
				if err := os.Chmod(in(name), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			if os.Geteuid() == 0 {
				if err := errors.Join(os.Chown(in("c/orphan.go"), 65534, 65534), os.Chown(in("c"), 65534, 65534), syscall.Setreuid(-1, 65534)); err != nil {
					t.Fatal(err)
				}
				defer syscall.Setreuid(-1, 0)
			}
			err := run(t, dir, test.after, func() { os.Chmod(in(test.shut), test.mode) })
			if want := strings.Replace(test.want, "DIR", dir, 1) + ": permission denied"; err == nil || err.Error() != want {
				t.Errorf("error = %v\nwant    %s", err, want)
			}
			os.Chmod(in(test.shut), 0o777)
			if _, err := os.Stat(in("a/new.go")); err == nil && test.after == staging {
				t.Error("a file is in its place although another can't be looked at")
			}
			if got, _ := os.ReadFile(in("c/old.go")); string(got) != test.old {
				t.Errorf("the file is %q now, want %q", got, test.old)
			}
		})
	}
}

// TestPipeMeanwhile has the user put a pipe in the place of an orphan: it is not opened.
func TestPipeMeanwhile(t *testing.T) {
	dir, in := layOld(t)
	put(t, in("c/orphan.go"), generated("orphan"))
	if err := run(t, dir, placing, func() { os.Remove(in("c/orphan.go")); syscall.Mkfifo(in("c/orphan.go"), 0o644) }); err != nil {
		t.Error(err)
	}
	if info, err := os.Lstat(in("c/orphan.go")); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe is gone: %v", err)
	}
}
