package output_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// open returns what the process has open at or below a directory.
func open(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	for _, entry := range entries {
		if at, err := os.Readlink("/proc/self/fd/" + entry.Name()); err == nil && strings.HasPrefix(at, dir) {
			names = append(names, at)
		}
	}
	return names
}

// TestNothingStaysOpen counts after each run, whether it is done or refused: `gen serve`
// runs for days.
func TestNothingStaysOpen(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // which closes what nothing points to
	made, many := files{"index.md": page("new"), "sub/a.md": page("new"), "same.md": page("same")}, files{}
	for i := range 150 {
		many[fmt.Sprintf("p%d/f%d.md", i%7, i)] = page("new")
	}
	tests := []struct {
		name string
		run  func(docs string) error
		ok   bool
	}{
		{"written", func(docs string) error { return write(docsTree(docs, made)) }, true},
		{"written into a new root", func(docs string) error { return write(docsTree(filepath.Join(docs, "new"), made)) }, true},
		{"many written", func(docs string) error { return write(docsTree(docs, many)) }, true},
		{"compared", func(docs string) error { _, _, err := output.Check(docsTree(docs, made)); return err }, true},
		{"summed up", func(docs string) error {
			if _, _, ok := output.SumOnDisk(docsTree(docs, made)); !ok {
				return os.ErrInvalid
			}
			return nil
		}, true},
		{"created", func(docs string) error { _, err := output.Create(docs, files{"new": ""}.bytes()); return err }, true},
		{"replaced", func(docs string) error { return output.Replace(filepath.Join(docs, "mine.md"), nil) }, true},
		{"a name that can't be", func(docs string) error { return write(docsTree(docs, files{"a:b.md": page("")})) }, false},
		{"a file of the user's", func(docs string) error { return write(docsTree(docs, files{"mine.md": page("")})) }, false},
		{"a tree after it that can't be", func(docs string) error {
			return write(docsTree(docs, made), docsTree(filepath.Join(docs, "mine.md"), made))
		}, false},
		{"too few left", func(docs string) error { return write(docsTree(docs, nil)) }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			docs := filepath.Join(dir, "docs")
			lay(t, docs, files{"mine.md": "mine", "index.md": page("old"), "same.md": page("same"), "gone/old.md": page("old")})
			if err := test.run(docs); (err == nil) != test.ok {
				t.Errorf("error = %v", err)
			}
			if left := open(t, dir); len(left) > 0 {
				t.Errorf("still open: %q", left)
			}
		})
	}
}

// TestFewDescriptors writes into more directories than the process may have open.
func TestFewDescriptors(t *testing.T) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Skip(err)
	}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	want := files{}
	for i := range 200 {
		want[fmt.Sprintf("p%d/a.md", i)] = page("")
	}
	dir := t.TempDir()
	few := syscall.Rlimit{Cur: uint64(len(entries) + 150), Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &few); err != nil {
		t.Skip(err)
	}
	err = write(docsTree(dir, want))
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Error(err)
	}
	wantFiles(t, dir, want)
}
