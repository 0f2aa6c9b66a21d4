package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// run writes a/new.go, c/old.go over an older one, removes c/orphan.go, and does something between two steps.
func run(t *testing.T, dir string, after step, do func()) error {
	t.Helper()
	p, err := newPlan([]Tree{{Root: dir, Spec: raceSpec, Owns: []string{"c/orphan.go"}, Files: Made(map[string][]byte{
		"a/new.go": []byte(generated("new")),
		"c/old.go": []byte(generated("newer")),
	})}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	p.after = func(s step) {
		if s == after {
			do()
		}
	}
	return p.write()
}

// layOld puts the file that run replaces into a new directory.
func layOld(t *testing.T) (dir string, in func(name string) string) {
	t.Helper()
	dir = t.TempDir()
	in = func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	put(t, in("c/old.go"), generated("old"))
	return dir, in
}

func put(t *testing.T, at, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(content), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// wantDisk compares the files below a directory. None of them is temporary.
func wantDisk(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	filepath.WalkDir(dir, func(at string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			content, _ := os.ReadFile(at)
			name, _ := filepath.Rel(dir, at)
			got[filepath.ToSlash(name)] = string(content)
		}
		return err
	})
	for name, content := range want {
		if got[name] != content {
			t.Errorf("%s is %q, want %q", name, got[name], content)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("there is also %q", got)
	}
}

var written = map[string]string{"a/new.go": generated("new"), "c/old.go": generated("newer")}

// TestEditedMeanwhile has the user write into the very file that is to be replaced. Its
// text stays, if only its time or only its size tells that it is new.
func TestEditedMeanwhile(t *testing.T) {
	other := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	sameSize := mine + strings.Repeat(".", len(generated("old"))-len(mine))
	for _, test := range []struct {
		name, content string
		sameTime      bool
	}{{"of the same size", sameSize, false}, {"of the same time", mine, true}} {
		for _, after := range []step{staging, looking} {
			t.Run(test.name, func(t *testing.T) {
				dir, in := layOld(t)
				old := in("c/old.go")
				if err := os.Chtimes(old, other, other); err != nil {
					t.Fatal(err)
				}
				err := run(t, dir, after, func() {
					put(t, old, test.content)
					if test.sameTime {
						os.Chtimes(old, other, other)
					}
				})
				if _, ok := errors.AsType[*ConflictError](err); !ok {
					t.Errorf("error = %v, want a conflict", err)
				}
				want := map[string]string{"c/old.go": test.content}
				if after == looking {
					want["a/new.go"] = written["a/new.go"] // it is in its place already
				}
				wantDisk(t, dir, want)
			})
		}
	}
}

// TestAnotherRun has another run take part between two steps. The output is there at the end.
func TestAnotherRun(t *testing.T) {
	temporaries := func(in func(string) string) {
		for _, pattern := range []string{"a", "c"} {
			names, _ := filepath.Glob(in(pattern + "/" + temporaryPrefix + "*"))
			for _, name := range names {
				os.Remove(name)
			}
		}
	}
	for name, do := range map[string]func(t *testing.T, in func(string) string){
		"makes the same": func(t *testing.T, in func(string) string) {
			for name, content := range written {
				put(t, in(name), content)
			}
		},
		"makes the same and clears up": func(t *testing.T, in func(string) string) {
			for name, content := range written {
				put(t, in(name), content)
			}
			temporaries(in)
		},
		"makes an earlier version":     func(t *testing.T, in func(string) string) { put(t, in("c/old.go"), generated("between")) },
		"clears the new contents away": func(t *testing.T, in func(string) string) { temporaries(in) },
		"removes what is there":        func(t *testing.T, in func(string) string) { os.Remove(in("c/old.go")) },
		"removes the new directory":    func(t *testing.T, in func(string) string) { os.RemoveAll(in("a")) },
		"removes the directories":      func(t *testing.T, in func(string) string) { os.RemoveAll(in("a")); os.RemoveAll(in("c")) },
		"puts others in their places":  func(t *testing.T, in func(string) string) { os.RemoveAll(in("c")); os.Mkdir(in("c"), 0o755) },
	} {
		for _, after := range []step{staging, looking} {
			t.Run(name, func(t *testing.T) {
				dir, in := layOld(t)
				if err := run(t, dir, after, func() { do(t, in) }); err != nil {
					t.Error(err)
				}
				wantDisk(t, dir, written)
			})
		}
	}
}

// TestSameMeanwhile leaves the file that another run made in the meantime, with its time.
func TestSameMeanwhile(t *testing.T) {
	other := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for _, after := range []step{staging, looking} {
		dir, in := layOld(t)
		if err := run(t, dir, after, func() {
			for name, content := range written {
				put(t, in(name), content)
				os.Chtimes(in(name), other, other)
			}
		}); err != nil {
			t.Error(err)
		}
		for name := range written {
			if info, err := os.Stat(in(name)); err != nil || !info.ModTime().Equal(other) {
				t.Errorf("%s was written again: %v, %v", name, info.ModTime(), err)
			}
		}
	}
}

// TestRootRemoved has the root go between two steps: the run ends with an error.
func TestRootRemoved(t *testing.T) {
	for _, after := range []step{staging, looking} {
		dir, in := layOld(t)
		err := run(t, dir, after, func() { os.RemoveAll(dir) })
		if want := "write " + in("a/new.go") + ": "; !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error = %v, want %s", err, want)
		}
		if _, err := os.Lstat(dir); err == nil {
			t.Error("the root is there again")
		}
	}
}

// TestDirectoryRemoved makes a directory again that another run has removed before the
// new contents are put into it.
func TestDirectoryRemoved(t *testing.T) {
	dir, in := layOld(t)
	p, err := newPlan([]Tree{{Root: dir, Spec: raceSpec, Files: Made(map[string][]byte{"c/d/new.go": []byte(generated("new"))})}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	w := &writer{opened: map[string]*os.Root{}}
	defer w.discard()
	tree, file := p.trees[0], p.trees[0].files[0]
	if err := w.directories(tree); err != nil {
		t.Fatal(err)
	}
	w.open(tree, "c/d")
	made, err := os.Stat(in("c/d"))
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.Stat(in("c/old.go"))
	if err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(in("c"))
	s, err := w.renew(tree, file)
	if err := errors.Join(err, s.place()); err != nil {
		t.Error(err)
	}
	for name, before := range map[string]fs.FileInfo{"c": made, "c/d": made, "c/d/new.go": old} {
		if now, err := os.Stat(in(name)); err != nil || now.Mode() != before.Mode() {
			t.Errorf("%s: mode = %v, %v; want %v", name, now.Mode(), err, before.Mode())
		}
	}
	wantDisk(t, dir, map[string]string{"c/d/new.go": generated("new")})
}

// TestDirectoryMoved has the user move a directory: the run ends with an error, and what
// was in the directory is unchanged.
func TestDirectoryMoved(t *testing.T) {
	for _, after := range []step{staging, looking} {
		dir, in := layOld(t)
		err := run(t, dir, after, func() { os.Rename(in("c"), in("elsewhere")) })
		if want := "write " + in("c/old.go") + ": "; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error = %v, want %s", err, want)
		}
		if got, _ := os.ReadFile(in("elsewhere/old.go")); string(got) != generated("old") {
			t.Errorf("the file is %q now", got)
		}
	}
}
