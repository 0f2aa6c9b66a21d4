package output

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"weak"
)

// manyIn returns a tree of many new files, two that are to change and one that stays, and
// what shows what stands in its directory.
func manyIn(t *testing.T) (tree Tree, disk func() string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"old.go", "older.go", "same.go"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(generated(name)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string][]byte{"old.go": []byte(generated("new")), "older.go": []byte(generated("newer")), "same.go": []byte(generated("same.go"))}
	for i := range 2 * manyFiles {
		files[fmt.Sprintf("below/f%d.go", i)] = []byte(generated("new"))
	}
	disk = func() string {
		var all strings.Builder
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
			fmt.Fprintln(&all, entry.Name(), string(content), err)
		}
		return all.String()
	}
	return Tree{Root: dir, Spec: raceSpec, Files: Made(files)}, disk
}

// TestNothingStaged has the last content of a tree go wrong in different ways, when all others
// stand beside their places: of them, nothing is left.
func TestNothingStaged(t *testing.T) {
	for name, goesWrong := range map[string]func(dir string) []byte{
		"no mark": func(string) []byte { return []byte("no mark") },
		"a panic": func(string) []byte { panic("no content") },
		"a file of the user's in its place": func(dir string) []byte {
			os.WriteFile(filepath.Join(dir, "same.go"), []byte(mine), 0o644)
			return []byte(generated("same.go"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree, disk := manyIn(t)
			before := disk()
			tree.Files["same.go"] = func() []byte { return goesWrong(tree.Root) }
			var err error
			func() {
				defer func() {
					if bug := recover(); bug != nil {
						err = errors.New(fmt.Sprint(bug))
					}
				}()
				_, err = Write(tree)
			}()
			if err == nil {
				t.Error("it is written")
			}
			if strings.Contains(disk(), mine) {
				before = strings.Replace(before, generated("same.go"), mine, 1)
			}
			if after := disk(); after != before {
				t.Errorf("error = %v, there is:\n%s\nwant:\n%s", err, after, before)
			}
		})
	}
}

// TestContentsAreLet wants no content in memory once it is staged, of new files and of others.
func TestContentsAreLet(t *testing.T) {
	tree, _ := manyIn(t)
	var made []weak.Pointer[byte]
	lent := make(chan weak.Pointer[byte], len(tree.Files))
	for name, content := range tree.Files {
		tree.Files[name] = func() []byte {
			c := bytes.Clone(content())
			lent <- weak.Make(&c[0])
			return c
		}
	}
	p, err := newPlan([]Tree{tree})
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	p.after = func(s step) {
		if s != staging {
			return
		}
		close(lent)
		runtime.GC()
		for content := range lent {
			made = append(made, content)
			if content.Value() != nil {
				t.Fatal("a content is in memory that is on the disk")
			}
		}
	}
	if err := p.write(); err != nil || len(made) != len(tree.Files) {
		t.Errorf("error = %v; %d contents were made of %d", err, len(made), len(tree.Files))
	}
}
