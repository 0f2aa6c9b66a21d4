package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/frozen"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/spec"
)

// answered is what a run answered.
type answered struct {
	checks int
	status int
	out    string
	err    string
}

func answer(stdin string, args ...string) answered {
	var out, messages bytes.Buffer
	s := &session{stdin: strings.NewReader(stdin), stdout: &out, stderr: &messages}
	status := s.run(args)
	return answered{s.checks, status, out.String(), messages.String()}
}

// specFile writes a spec to a new directory.
func specFile(t *testing.T, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), specName)
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// asked are runs about a spec that has an API: questions, replies and lists.
func asked(t *testing.T, file string, texts int) (runs [][]string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, problems := check.Load(file, content)
	if c == nil {
		t.Fatal(problems)
	}
	for i, text := range lookuptest.Texts(c, 7, texts) {
		runs = append(runs, []string{"explain", "-o", []string{"text", "json"}[i%2], "--", text})
	}
	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			for _, example := range e.Examples {
				args := []string{"classify", "--api", a.Name, "--operation", example.Operation, "-o", "json"}
				if example.Status != 0 {
					args = append(args, "--status", fmt.Sprint(example.Status))
				}
				for _, h := range example.Headers {
					args = append(args, "--header", h.Name+": "+h.Value)
				}
				runs = append(runs, append(args, specFile(t, []byte(example.Body))))
			}
		}
		runs = append(runs, []string{"table", "--api", a.Name}, []string{"classify", "--api", a.Name, "--transport", "timeout"})
	}
	return append(runs, []string{"list"}, []string{"list", "-o", "json"}, []string{"vectors"}, []string{"explain", "no such thing"}, []string{"diff", file})
}

// on returns a run that is about a spec.
func on(file string, args []string) []string {
	if args[0] == "diff" {
		return append(args, file)
	}
	return append([]string{args[0], "--spec", file}, args[1:]...)
}

// TestKept wants every answer to be the same from a spec, from its catalog that is kept, and,
// for the shipped catalog, from the one that is embedded.
func TestKept(t *testing.T) {
	files := map[string]int{specFile(t, spec.Errors): 100, "testdata/shop.yaml": 40, "testdata/varied.yaml": 40, "testdata/warning.yaml": 20}
	for file, texts := range files {
		cache := t.TempDir()
		runs := asked(t, file, texts)
		for i, args := range runs {
			t.Setenv(cacheVariable, "off")
			want := answer("", on(file, args)...)
			if want.checks == 0 && want.status != statusUsage {
				t.Fatalf("%q did without a check", args)
			}
			t.Setenv(cacheVariable, cache)
			got := answer("", on(file, args)...)
			if got.checks > 0 && i > 0 {
				t.Errorf("%s: %q checked a spec whose catalog is kept", file, args)
			}
			got.checks = want.checks
			if got != want {
				t.Fatalf("%s: %q: got %+v\nwant %+v", file, args, got, want)
			}
			if args[0] == "diff" || args[0] == "vectors" || texts < 100 { // vectors name the spec
				continue
			}
			if got := answer("", args...); got.checks > 0 || got.out != want.out || got.status != want.status {
				t.Fatalf("%q, embedded: got %+v\nwant %+v", args, got, want)
			}
		}
	}
}

// kept makes the catalog of a spec be kept, and returns its file.
func kept(t *testing.T, file string) string {
	t.Helper()
	cache := t.TempDir()
	t.Setenv(cacheVariable, cache)
	if a := answer("", "explain", "--spec", file, "429"); a.checks != 1 || a.status != statusDone {
		t.Fatalf("the first run: %+v", a)
	}
	entries, err := os.ReadDir(cache)
	if err != nil || len(entries) != 1 || filepath.Ext(entries[0].Name()) != catalogSuffix {
		t.Fatalf("in the cache: %v, %v", entries, err)
	}
	return filepath.Join(cache, entries[0].Name())
}

// TestKeptIsBroken wants a file in the cache that is not what was put there to count for
// nothing, and to be mended.
func TestKeptIsBroken(t *testing.T) {
	const file = "testdata/shop.yaml"
	other, _ := check.Load("other.yaml", spec.Errors)
	ask := func() answered { return answer("", "explain", "--spec", file, "429") }
	for name, spoil := range map[string]func(path string, content []byte) error{
		"cut":         func(path string, content []byte) error { return os.Truncate(path, int64(len(content)/2)) },
		"empty":       func(path string, _ []byte) error { return os.Truncate(path, 0) },
		"a byte less": func(path string, content []byte) error { return os.Truncate(path, int64(len(content)-1)) },
		"a byte more": func(path string, content []byte) error { return os.WriteFile(path, append(content, 0), 0o600) },
		"flipped": func(path string, content []byte) error {
			content[len(content)*2/3] ^= 4
			return os.WriteFile(path, content, 0o600)
		},
		"flipped digest": func(path string, content []byte) error {
			content[3] ^= 4
			return os.WriteFile(path, content, 0o600)
		},
		"foreign":     func(path string, _ []byte) error { return os.WriteFile(path, []byte("mine"), 0o600) },
		"a directory": func(path string, _ []byte) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"a link": func(path string, content []byte) error {
			elsewhere := filepath.Join(t.TempDir(), "x")
			return errors.Join(os.WriteFile(elsewhere, frozen.Freeze(other), 0o600), os.Remove(path), os.Symlink(elsewhere, path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := kept(t, file)
			want := ask()
			content, err := os.ReadFile(path)
			if err != nil || want.checks != 0 {
				t.Fatal(err, want)
			}
			if err := spoil(path, content); err != nil {
				t.Fatal(err)
			}
			if got := ask(); got.checks != 1 || got.out != want.out || got.err != want.err || got.status != want.status {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
			if got := ask(); name != "a directory" && got.checks != 0 || got.out != want.out {
				t.Errorf("after that: got %+v\nwant %+v", got, want)
			}
		})
	}
}

// TestKeptOfOthers wants another spec, another bound and another build to have other catalogs.
func TestKeptOfOthers(t *testing.T) {
	content := shopSpec(t)
	file := specFile(t, content)
	path := kept(t, file)
	if got := answer("", "explain", "--spec", file, "--max-size", "100", "429"); got.status == statusDone || !strings.Contains(got.err, "100") {
		t.Errorf("a spec that is too large: %+v", got)
	}
	if err := os.WriteFile(file, bytes.Replace(content, []byte("format: 1"), []byte("format: 1 "), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := answer("", "explain", "--spec", file, "429"); got.checks != 1 {
		t.Errorf("another spec: %+v", got)
	}
	if got := answer(string(content), "explain", "--spec", "-", "429"); got.checks != 0 || got.status != statusDone {
		t.Errorf("the same from standard input: %+v", got)
	}
	defer func(old func() (string, error)) { ownBuild = old }(ownBuild)
	ownBuild = func() (string, error) { return "another", nil }
	if got := answer(string(content), "explain", "--spec", "-", "429"); got.checks != 1 {
		t.Errorf("another build: %+v", got)
	}
	ownBuild = func() (string, error) { return "", os.ErrNotExist }
	for range 2 {
		if got := answer(string(content), "explain", "--spec", "-", "429"); got.checks != 1 || got.status != statusDone {
			t.Errorf("a build that can't be told: %+v", got)
		}
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// TestFlawedIsNotKept wants the problems of a spec to be shown in each run.
func TestFlawedIsNotKept(t *testing.T) {
	cache := t.TempDir()
	t.Setenv(cacheVariable, cache)
	first, second := answer("", "explain", "--spec", "testdata/bad.yaml", "429"), answer("", "explain", "--spec", "testdata/bad.yaml", "429")
	if first != second || first.status != statusFound || !strings.Contains(first.err, "error: ") {
		t.Errorf("got %+v, then %+v", first, second)
	}
	if entries, _ := os.ReadDir(cache); len(entries) > 0 {
		t.Errorf("there is %v in the cache", entries)
	}
}

// TestCacheIsClean wants the catalogs that were used last to be kept, and files of others.
func TestCacheIsClean(t *testing.T) {
	here := cache(t.TempDir())
	hours := func(n int) time.Time { return time.Now().Add(-time.Duration(n) * time.Hour) }
	put := func(name, content string, at time.Time) {
		t.Helper()
		if err := errors.Join(os.WriteFile(here.path(name), []byte(content), 0o600), os.Chtimes(here.path(name), at, at)); err != nil {
			t.Fatal(err)
		}
	}
	name := func(n int) string { return fmt.Sprintf("%064x", n) }
	for i := range 2 * maxCatalogs {
		put(name(i)+catalogSuffix, "x", hours(i))
	}
	stays := []string{name(1000), "mine" + catalogSuffix, "mine.txt", "new" + temporarySuffix, name(0) + catalogSuffix, name(maxCatalogs-1) + catalogSuffix}
	goes := []string{name(1001), name(1003) + catalogSuffix, "old" + temporarySuffix, name(maxCatalogs) + catalogSuffix}
	put(stays[0], "", hours(1))
	put(stays[1], "x", hours(24*365))
	put(stays[2], "x", hours(24*365))
	put(stays[3], "x", hours(1))
	put(goes[0], "", hours(24*31))
	put(goes[1], "x", hours(24*31))
	put(goes[2], "x", hours(24*31))
	here.clean()
	for _, name := range stays {
		if _, err := os.Stat(here.path(name)); err != nil {
			t.Errorf("removed %s", name)
		}
	}
	for _, name := range goes {
		if _, err := os.Stat(here.path(name)); err == nil {
			t.Errorf("kept %s", name)
		}
	}
}

// TestBuildID wants the IDs that the go command makes to be found, and no others to count.
func TestBuildID(t *testing.T) {
	own := strings.Join([]string{strings.Repeat("a", 20), strings.Repeat("b", 20), strings.Repeat("-", 20), strings.Repeat("_", 20)}, "/")
	elf := func(id string) string {
		return "\x7fELF...\x04\x00\x00\x00" + string(rune(len(id))) + "\x00\x00\x00\x04\x00\x00\x00Go\x00\x00" + id + "\x00\x00"
	}
	for head, want := range map[string]string{
		elf(own): own,
		"MZ....\xff Go build ID: \"" + own + "\"\n \xff\xcc": own,
		elf("redacted"):              "",
		elf(own[:len(own)-1]):        "",
		elf(own)[:60]:                "",
		"\xff Go build ID: \"" + own: own,
		"\x04\x00\x00\x00Go\x00\x00": "",
		"":                           "",
	} {
		if got := buildID([]byte(head)); got != want {
			t.Errorf("%q: got %q, want %q", head, got, want)
		}
	}
	if id, err := readOwnBuild(); err != nil || strings.Count(id, "/") != 3 {
		t.Errorf("of this program: %q, %v", id, err)
	}
}
