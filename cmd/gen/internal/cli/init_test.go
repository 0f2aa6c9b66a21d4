package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

func TestInit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "My-Errors2")
	stdout, stderr, status := run("", "init", dir)
	names := []string{".gitattributes", "errors.schema.json", "errors.yaml", "generate.go"}
	var want strings.Builder
	for _, name := range names {
		want.WriteString(filepath.Join(dir, name) + "\n")
	}
	if status != 0 || stdout != want.String() {
		t.Fatalf("exit status %d\n%s%s", status, stdout, stderr)
	}
	made := contents(t, dir)
	line := "go tool github.com/errkb/errkb/cmd/gen generate --spec errors.yaml --go . --docs docs/errors"
	if got := made["generate.go"]; !strings.Contains(got, "package myerrors2\n\n//go:generate "+line+"\n") || !strings.HasSuffix(got, "\n//\t"+line+" --check\n") {
		t.Errorf("generate.go = %s, want it to run %s, and in CI with --check", got, line)
	}
	if !strings.HasPrefix(made["errors.yaml"], "# yaml-language-server: $schema=errors.schema.json\n") || made["errors.schema.json"] != string(format.Schema()) {
		t.Error("the starter does not name the schema, or the schema is another one")
	}
	t.Chdir(dir)
	if stdout, _, status := run("", "check", "--spec", "errors.yaml"); status != 0 || stdout != "" {
		t.Errorf("the starter has problems:\n%s", stdout)
	}
	if _, stderr, status := run("", "generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs/errors", "--self-test"); status != 0 {
		t.Errorf("generate: exit status %d, %s", status, stderr)
	}

	if err := os.WriteFile("errors.yaml", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove("generate.go"); err != nil {
		t.Fatal(err)
	}
	_, stderr, status = run("", "init")
	if _, err := os.Stat("generate.go"); status != 1 || !strings.Contains(stderr, "errors.yaml: exists already") || err == nil {
		t.Errorf("second run: exit status %d, %s", status, stderr)
	}
}

func TestInitPackageName(t *testing.T) {
	tests := []struct{ dir, file, want string }{
		{"errs", "", "errs"},
		{"API errors", "", "apierrors"},
		{"42", "", "errorcodes"},
		{"type", "", "errorcodes"},
		{"日本", "", "errorcodes"},
		{"errs", "package other\n", "other"},
		{"errs", "// Command x does x.\npackage main\n", "main"},
	}
	for _, test := range tests {
		dir := filepath.Join(t.TempDir(), test.dir)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if test.file != "" {
			if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte(test.file), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if _, stderr, status := run("", "init", dir); status != 0 {
			t.Errorf("%s: exit status %d, %s", test.dir, status, stderr)
		}
		got, start := contents(t, dir)["generate.go"], "package "+test.want+"\n"
		if test.file == "" {
			start = "// Package " + test.want + " holds the error catalog in errors.yaml and what is generated from it.\n" + start
		}
		if !strings.HasPrefix(got, start) {
			t.Errorf("%s: %s, want it to start with %s", test.dir, got, start)
		}
	}
}

// TestInitSaysWhatComesNext wants only steps that are still to be done.
func TestInitSaysWhatComesNext(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	get, generate := "gen:   go get -tool github.com/errkb/errkb/cmd/gen\n", "gen:   go generate ./sub  "
	steps := func(want ...string) {
		t.Helper()
		if err := os.RemoveAll("sub"); err != nil {
			t.Fatal(err)
		}
		_, stderr, status := run("", "init", "sub")
		if _, got, ok := strings.Cut(stderr, "gen: next:\n"); !ok || status != 0 || !strings.HasPrefix(got, strings.Join(want, "")) {
			t.Errorf("exit status %d, %s, want it to go on with %q", status, stderr, want)
		}
	}
	edit := "gen:   write your errors into " + filepath.Join("sub", "errors.yaml") + "\n"
	steps(get, edit, generate)
	writeFile(t, "go.mod", "module example.com/x\n\ngo 1.26\n\ntool example.org/other/cmd/gen\n")
	steps(get, edit, generate)
	writeFile(t, "go.mod", "module example.com/x\n\ngo 1.26\n\ntool github.com/errkb/errkb/cmd/gen\n")
	steps(edit, generate)
}

// TestInitKeepsAttributes wants a .gitattributes of the user's kept, and the lines told.
func TestInitKeepsAttributes(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, ".gitattributes"), "* text=auto\n")
	stdout, stderr, status := run("", "init", dir)
	if status != 0 || strings.Contains(stdout, ".gitattributes") || !strings.Contains(stderr, "/docs/errors/** linguist-generated\n") {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	if got := contents(t, dir)[".gitattributes"]; got != "* text=auto\n" {
		t.Errorf("the user's file is now %q", got)
	}
}

// TestInitFrom starts with an import.
func TestInitFrom(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "errors.csv", "Code,Status,Meaning,Fix\nNO_MONEY,402,The balance is zero,Top up\nTOO_FAST,429,Too many requests,Wait\n")
	stdout, stderr, status := run("", "init", "sub", "--from", "errors.csv")
	if status != 0 || !strings.Contains(stdout, filepath.Join("sub", "errors.yaml")+"\n") || !strings.Contains(stderr, "gen: read as csv: "+filepath.Join("sub", "errors.yaml")+" has 2 codes") ||
		!strings.Contains(stderr, "gen:   write what is marked TODO(author) in "+filepath.Join("sub", "errors.yaml")+"\n") {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	spec := file(t, filepath.Join("sub", "errors.yaml"))
	if !strings.HasPrefix(spec, "# yaml-language-server: $schema=errors.schema.json\n") || !strings.Contains(spec, "      NO_MONEY:\n") {
		t.Errorf("the spec is\n%s", spec)
	}
	want(t, 1, "", "errors.yaml: exists already", "init", "sub", "--from", "errors.csv")
	want(t, 2, "", "read file: open none.csv: ", "init", "other", "--from", "none.csv")
	if _, err := os.Stat("other"); err == nil {
		t.Error("a failed init leaves a directory")
	}
}
