package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// made is what a run did.
type made struct {
	renders int
	status  int
	said    string // on both streams
}

func generated(args ...string) made {
	var said bytes.Buffer
	s := &session{stdin: strings.NewReader(""), stdout: &said, stderr: &said}
	status := s.run(append([]string{"generate", "--spec", "shop.yaml", "--go", "code", "--docs", "docs"}, args...))
	return made{s.renders, status, said.String()}
}

func shopSpec(t *testing.T) []byte {
	t.Helper()
	spec, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// inShop makes a directory with a spec and its output, and goes there.
func inShop(t *testing.T, spec []byte, cache string) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv(cacheVariable, cache)
	err := os.WriteFile("go.mod", []byte("module example.com/shop\n"), 0o644)
	if err := errors.Join(err, os.WriteFile("shop.yaml", spec, 0o644)); err != nil {
		t.Fatal(err)
	}
	if m := generated(); m.status != 0 || m.renders != 1 {
		t.Fatalf("the first run: %+v", m)
	}
}

// filesBelow returns the files below the working directory.
func filesBelow(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		all[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// page is a page of the docs of testdata/shop.yaml.
const page = "docs/index.md"

// TestFacts changes what a run depends on, or what is there, and wants the next run to say
// and to do what it does without facts.
func TestFacts(t *testing.T) {
	write := func(name, content string) error { return os.WriteFile(name, []byte(content), 0o644) }
	edit := func(name string, change func(string) string) error {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if err := write(name, change(string(content))); err != nil {
			return err
		}
		return os.Chtimes(name, info.ModTime(), info.ModTime())
	}
	spec := shopSpec(t)
	add := func(text string) func(string) string { return func(all string) string { return all + text } }
	tests := []struct {
		name   string
		change func() error
		args   []string
		known  bool // nothing needs to be rendered
	}{
		{"nothing", func() error { return nil }, nil, true},
		{"line ends", func() error {
			return edit(page, func(all string) string { return strings.ReplaceAll(all, "\n", "\r\n") })
		}, nil, true},
		{"an edit of the same size at the same time", func() error {
			return edit(page, func(all string) string { return all[:len(all)-2] + "?" + all[len(all)-1:] })
		}, nil, false},
		{"a longer file", func() error { return edit(page, add("\n")) }, nil, false},
		{"a missing file", func() error { return os.Remove(page) }, nil, false},
		{"a missing directory", func() error { return os.RemoveAll("docs") }, nil, false},
		{"a file that is no longer made", func() error {
			content, err := os.ReadFile(page)
			return errors.Join(err, write("docs/old.md", string(content)))
		}, nil, false},
		{"a file of another name", func() error { return os.Rename(page, "docs/old.md") }, nil, false},
		{"two files exchanged", func() error {
			return errors.Join(os.Rename(page, "x"), os.Rename("docs/catalog.json", page), os.Rename("x", "docs/catalog.json"))
		}, nil, false},
		{"a file without a mark", func() error { return write(page, "mine") }, nil, false},
		{"a file of the user's beside", func() error { return write("docs/mine.md", "mine") }, nil, true},
		{"a leftover", func() error { return write("docs/.errkb-X.tmp", "") }, nil, false},
		{"a directory in the way", func() error { return errors.Join(os.Remove(page), os.Mkdir(page, 0o755)) }, nil, false},
		{"a link", func() error { return errors.Join(os.Rename(page, "docs/real.md"), os.Symlink("real.md", page)) }, nil, false},
		{"another spec", func() error { return edit("shop.yaml", add("# more\n")) }, nil, false},
		{"a spec with an error", func() error { return edit("shop.yaml", add("mistake: 1\n")) }, nil, false},
		{"an overlay", func() error { return write("shop.de.yaml", "format: 1\nlanguage: de\ntranslates: shop.yaml\n") }, nil, false},
		{"another flag", func() error { return nil }, []string{"--self-test"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			runs := func(cache string) (check, made, checkAgain made, files map[string]string) {
				inShop(t, spec, cache)
				if err := test.change(); err != nil {
					t.Fatal(err)
				}
				check, made = generated(append(test.args, "--check")...), generated(test.args...)
				return check, made, generated(append(test.args, "--check")...), filesBelow(t)
			}
			facts := filepath.Join(t.TempDir(), "facts")
			check, made, checkAgain, files := runs(facts)
			wantCheck, wantMade, wantAgain, wantFiles := runs("off")
			for i, pair := range [][2]string{{check.text(), wantCheck.text()}, {made.text(), wantMade.text()}, {checkAgain.text(), wantAgain.text()}} {
				if pair[0] != pair[1] {
					t.Errorf("run %d: got %s\nwant %s", i, pair[0], pair[1])
				}
			}
			if fmt.Sprint(files) != fmt.Sprint(wantFiles) {
				t.Error("the files are not those that are made without facts")
			}
			if isKnown := check.renders == 0 && check.status == 0; isKnown != test.known {
				t.Errorf("rendered %d times in a check", check.renders)
			}
			if made.status == 0 && checkAgain.renders > 0 {
				t.Error("rendered again although nothing has changed")
			}
		})
	}
}

// text returns what a run said and whether that was good news.
func (m made) text() string { return fmt.Sprintf("status %d: %s", m.status, m.said) }

// TestFactsOfOtherBuilds wants what another build of the command noted to count for nothing.
func TestFactsOfOtherBuilds(t *testing.T) {
	inShop(t, shopSpec(t), t.TempDir())
	defer func(old func() (string, error)) { ownBuild = old }(ownBuild)
	ownBuild = func() (string, error) { return "another", nil }
	if m := generated(); m.status != 0 || m.renders != 1 {
		t.Errorf("another build: %+v", m)
	}
	if m := generated(); m.status != 0 || m.renders != 0 {
		t.Errorf("the same again: %+v", m)
	}
	ownBuild = func() (string, error) { return "", os.ErrNotExist }
	if m := generated(); m.status != 0 || m.renders != 1 {
		t.Errorf("a build that can't be told: %+v", m)
	}
}

// TestFactsOfOtherModules wants a new path of the module to be noticed where code has it.
func TestFactsOfOtherModules(t *testing.T) {
	inShop(t, shopSpec(t), t.TempDir())
	for _, module := range []string{"example.com/a", "example.com/b"} {
		if err := os.WriteFile("go.mod", []byte("module "+module+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		for renders := 1; renders >= 0; renders-- {
			if m := generated("--separate-codes"); m.status != 0 || m.renders != renders {
				t.Errorf("module %s: %+v", module, m)
			}
		}
	}
}
