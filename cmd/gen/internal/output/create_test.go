package output_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

func TestCreateNamesAllInTheWay(t *testing.T) {
	dir := t.TempDir()
	before := files{"a.yaml": "mine", "b.yaml": "mine"}
	lay(t, dir, before)
	_, err := output.Create(dir, files{"a.yaml": "", "b.yaml": "", "c.yaml": "", "con": ""}.bytes())
	in := func(name string) string { return filepath.Join(dir, name) }
	want := in("a.yaml") + ": exists already\n" + in("b.yaml") + ": exists already\n" + in("con") + ": a name that Windows keeps for a device"
	if err == nil || err.Error() != want {
		t.Errorf("error (-want +got):\n%s", cmp.Diff(want, err.Error()))
	}
	_, err = output.Create(dir, files{"a:b": ""}.bytes())
	wantConflict(t, err, in("a:b")+": a name with a character that Windows refuses")
	wantFiles(t, dir, before)
}

// TestCreateAllOrNone has the last file fail: the ones before it go again.
func TestCreateAllOrNone(t *testing.T) {
	dir := t.TempDir()
	if _, err := output.Create(dir, files{"a.yaml": "", "nowhere/b.yaml": ""}.bytes()); err == nil {
		t.Error("no error for a file in a directory that is not there")
	}
	wantFiles(t, dir, files{})
}

// TestCreateAtOnce has several runs create the same files: one does, and the others say
// what is in their way.
func TestCreateAtOnce(t *testing.T) {
	for range 20 {
		dir := filepath.Join(t.TempDir(), "new")
		var wait sync.WaitGroup
		made := make(chan files, 8)
		for i := range 8 {
			wait.Go(func() {
				mine := files{"a.yaml": fmt.Sprint(i), "b.yaml": fmt.Sprint(i)}
				_, err := output.Create(dir, mine.bytes())
				if err == nil {
					made <- mine
					return
				}
				if _, ok := errors.AsType[*output.ConflictError](err); !ok || !strings.Contains(err.Error(), ".yaml: exists already") {
					t.Errorf("error = %v, want a conflict", err)
				}
			})
		}
		wait.Wait()
		if len(made) != 1 {
			t.Fatalf("%d runs created the files", len(made))
		}
		wantFiles(t, dir, <-made)
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	lay(t, dir, files{"old": "old", "real/far": "old", "directory/x": ""})
	if err := os.Chmod(in("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("real", "far"), in("link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"old", "new", "link"} {
		if err := output.Replace(in(name), []byte("new")); err != nil {
			t.Error(err)
		}
	}
	for name, want := range map[string]os.FileMode{"old": 0o600, "new": 0o644, "real/far": 0o644} {
		if info, err := os.Stat(in(name)); err != nil || info.Mode() != want {
			t.Errorf("%s: mode = %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
	for _, name := range []string{"directory", "nowhere/x"} {
		if err := output.Replace(in(name), []byte("new")); err == nil {
			t.Errorf("no error for %s", name)
		}
	}
	wantFiles(t, dir, files{"old": "new", "new": "new", "real/far": "new", "link": "-> " + filepath.Join("real", "far"), "directory/x": ""})
}
