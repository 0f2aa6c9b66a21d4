package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

const (
	raceSpec = "errors.yaml"
	mine     = "written by hand"
)

func generated(body string) string { return "// " + model.Mark(raceSpec) + "\n" + body + "\n" }

// TestRaces puts a file of the user's, between two steps of a run, where the run makes,
// replaces or removes one: the user's stays, and the run says which it is.
func TestRaces(t *testing.T) {
	for _, at := range []struct {
		name  string
		after step
		begun bool // other files are in their places already
	}{{"after staging", staging, false}, {"after the second look", looking, true}, {"after placing", placing, true}} {
		for _, place := range []struct {
			name    string
			missing bool // there is nothing when the run starts
			orphan  bool
		}{{name: "b/new.go", missing: true}, {name: "b/old.go"}, {name: "b/orphan.go", orphan: true}} {
			if at.after == placing && !place.orphan {
				continue // the place has been taken
			}
			t.Run(at.name+", "+place.name, func(t *testing.T) {
				dir := t.TempDir()
				disk := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
				write := func(name, content string) {
					t.Helper()
					os.MkdirAll(filepath.Dir(disk(name)), 0o755)
					os.Remove(disk(name))
					if err := os.WriteFile(disk(name), []byte(content), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				write("b/old.go", generated("old"))
				write("b/orphan.go", generated("orphan"))
				p, err := newPlan([]Tree{{Root: dir, Spec: raceSpec, Owns: []string{"*/*.go"}, Files: Made(map[string][]byte{
					"a/first.go": []byte(generated("first")),
					"b/new.go":   []byte(generated("new")),
					"b/old.go":   []byte(generated("newer")),
				})}})
				if err != nil {
					t.Fatal(err)
				}
				defer p.close()
				p.after = func(s step) {
					if s == at.after {
						write(place.name, mine)
					}
				}
				err = p.write()
				if got, _ := os.ReadFile(disk(place.name)); string(got) != mine {
					t.Errorf("the user's %s is %q now", place.name, got)
				}
				first, _ := os.Stat(disk("a/first.go"))
				switch conflict, ok := errors.AsType[*ConflictError](err); {
				case place.orphan:
					if err != nil || len(p.trees[0].orphans) > 0 {
						t.Errorf("error = %v, removed = %v; want neither", err, p.trees[0].orphans)
					}
				case !ok || !strings.Contains(err.Error(), disk(place.name)+": is not a file of this generator"):
					t.Errorf("error = %v, want a conflict at %s", err, place.name)
				case conflict.Begun != at.begun || (first != nil) != at.begun:
					t.Errorf("begun = %v, other file there = %v; want both %v", conflict.Begun, first != nil, at.begun)
				}
				filepath.WalkDir(dir, func(at string, _ fs.DirEntry, _ error) error {
					if isTemporary(filepath.Base(at)) {
						t.Errorf("%s is left", at)
					}
					return nil
				})
			})
		}
	}
}

// TestRaceAtFirst has the user take the place of the first file: nothing has begun.
func TestRaceAtFirst(t *testing.T) {
	dir := t.TempDir()
	p, err := newPlan([]Tree{{Root: dir, Spec: raceSpec, Files: Made(map[string][]byte{"a.go": []byte(generated("a")), "b.go": []byte(generated("b"))})}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	p.after = func(s step) {
		if s == looking {
			os.WriteFile(filepath.Join(dir, "a.go"), []byte(mine), 0o644)
		}
	}
	conflict, ok := errors.AsType[*ConflictError](p.write())
	if !ok || conflict.Begun {
		t.Errorf("conflict = %v, want one before anything has begun", conflict)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("there is %v, %v; want the user's file alone", entries, err)
	}
}

// TestRaceIntoNothing has the user remove a file that is to be replaced: it is written.
func TestRaceIntoNothing(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "old.go")
	for _, after := range []step{staging, looking} {
		if err := os.WriteFile(at, []byte(generated("old")), 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := newPlan([]Tree{{Root: dir, Spec: raceSpec, Files: Made(map[string][]byte{"old.go": []byte(generated("new"))})}})
		if err != nil {
			t.Fatal(err)
		}
		p.after = func(s step) {
			if s == after {
				os.Remove(at)
			}
		}
		if err := p.write(); err != nil {
			t.Error(err)
		}
		p.close()
		if got, _ := os.ReadFile(at); string(got) != generated("new") {
			t.Errorf("the file is %q", got)
		}
	}
}

func TestPutNew(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range []string{"file", "link", "directory"} {
		root.WriteFile("temporary", []byte("new"), 0o644)
		switch name {
		case "file":
			err = root.WriteFile(name, []byte(mine), 0o644)
		case "link":
			err = root.Symlink("nowhere", name)
		case "directory":
			err = root.Mkdir(name, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := putNew(root, "temporary", name); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: error = %v, want that it exists", name, err)
		}
	}
	if err := putNew(root, "temporary", "new"); err != nil {
		t.Error(err)
	}
	if _, err := root.Lstat("temporary"); err == nil {
		t.Error("the temporary file is left")
	}
}

func TestAgain(t *testing.T) {
	calls := 0
	err := again(func() error {
		if calls++; calls < 3 {
			return &os.LinkError{Op: "rename", Err: syscall.EINTR}
		}
		return fs.ErrExist
	})
	if calls != 3 || err != fs.ErrExist {
		t.Errorf("%d calls, error = %v", calls, err)
	}
}
