package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// TestReliability wants each test that docs/reliability.md names to be there.
func TestReliability(t *testing.T) {
	there := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(filepath.Join("..", ".."), func(name string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, match := range declared.FindAllSubmatch(source, -1) {
			there[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page := contentOf(t, "docs/reliability.md")
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(page, -1)
	if len(named) == 0 {
		t.Fatal("docs/reliability.md names no test")
	}
	for _, match := range named {
		if !there[match[1]] {
			t.Errorf("docs/reliability.md names %s, which is not there", match[1])
		}
	}
}

// TestLicences wants docs/licences.md to be of the modules that go.mod has. Those that only
// tests need are not in it.
func TestLicences(t *testing.T) {
	mod, err := modfile.Parse("go.mod", []byte(contentOf(t, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	page := contentOf(t, "docs/licences.md")
	rows := 0
	for _, required := range mod.Require {
		if required.Mod.Path == "github.com/google/go-cmp" {
			continue // for tests
		}
		rows++
		if row := "\n| " + required.Mod.Path + " | " + required.Mod.Version + " | "; !strings.Contains(page, row) {
			t.Errorf("docs/licences.md lacks %s: make licences", required.Mod)
		}
	}
	if got := strings.Count(page, "\n| ") - 1; got != rows {
		t.Errorf("docs/licences.md has %d modules, want %d: make licences", got, rows)
	}
}

func contentOf(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
