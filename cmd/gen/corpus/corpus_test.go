package corpus

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var full = flag.Bool("full", false, "all documents, which downloads some 50 MB")

// Where the repository is, and the built command.
var root, gen string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "errkb-corpus-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		if root, err = filepath.Abs(filepath.Join("..", "..", "..")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		gen = filepath.Join(dir, "gen.exe")
		if out, err := run(root, "go", "build", "-o", gen, "./cmd/gen"); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// run runs a program, and returns what it prints.
func run(dir, program string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// must runs a program that has to succeed.
func must(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	out, err := run(dir, program, args...)
	if err != nil {
		t.Fatalf("%s %.200q: %v\n%.3000s", filepath.Base(program), args, err, out)
	}
	return out
}

// module returns the folder of a module in the version, and with the content, that sources.sum
// pins.
func module(t *testing.T, name string) string {
	t.Helper()
	sums, err := os.ReadFile("sources.sum")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(sums)) {
		pinned := strings.Fields(line)
		if len(pinned) != 3 || pinned[0] != name {
			continue
		}
		cmd := exec.Command("go", "mod", "download", "-json", name+"@"+pinned[1])
		cmd.Dir = t.TempDir()
		out, err := cmd.Output()
		var got struct{ Dir, Sum, Error string }
		if jsonErr := json.Unmarshal(out, &got); err != nil || jsonErr != nil {
			t.Fatalf("download %s: %v, %v %s", name, err, jsonErr, got.Error)
		}
		if got.Sum != pinned[2] {
			t.Fatalf("%s has the sum %s, and sources.sum says %s", name, got.Sum, pinned[2])
		}
		return got.Dir
	}
	t.Fatalf("%s is not in sources.sum", name)
	return ""
}

// matching returns the files of a module that match patterns.
func matching(t *testing.T, name string, patterns ...string) (files []string) {
	t.Helper()
	dir := module(t, name)
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s has no %s: %v", name, p, err)
		}
		files = append(files, found...)
	}
	return files
}
