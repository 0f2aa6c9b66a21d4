package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "My-Errors2")
	stdout, stderr, status := run("", "init", dir)
	if want := filepath.Join(dir, "errors.yaml") + "\n" + filepath.Join(dir, "generate.go") + "\n"; status != 0 || stdout != want || !strings.Contains(stderr, "go get -tool") {
		t.Fatalf("exit status %d\n%s%s", status, stdout, stderr)
	}
	made := contents(t, dir)
	if want := "package myerrors2\n\n//go:generate go tool gen generate --spec errors.yaml --go . --docs docs/errors\n"; !strings.HasSuffix(made["generate.go"], want) {
		t.Errorf("generate.go = %s, want it to end in %s", made["generate.go"], want)
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
