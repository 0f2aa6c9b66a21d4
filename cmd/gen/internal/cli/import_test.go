package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const importable = `openapi: 3.0.0
info: {title: Shop}
paths:
  /orders:
    post:
      operationId: order
      responses:
        "409":
          description: Sold out
          content:
            application/json:
              schema: {type: object, properties: {code: {type: string, enum: [SOLD_OUT, "a\u001b[31m\u202eb"]}}}
`

// TestImport goes the whole way: from a document to a spec, which is checked, and code.
func TestImport(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "openapi.yaml", importable)
	_, stderr, status := run("", "import", "openapi.yaml", "--out", "errors.yaml")
	if status != 0 || !strings.Contains(stderr, "errors.yaml has 1 code") {
		t.Fatalf("status %d: %s", status, stderr)
	}
	if strings.ContainsAny(stderr, "\x1b\u202e") {
		t.Errorf("printed raw: %q", stderr)
	}
	spec, err := os.ReadFile("errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	stdout, _, status := run(importable, "import", "-")
	if status != 0 || below(stdout, "\nformat: 1\n") != below(string(spec), "\nformat: 1\n") {
		t.Errorf("status %d, and without --out it prints:\n%s", status, stdout)
	}
	stdout, _, status = run("", "check", "--spec", "errors.yaml")
	if status != 0 || !strings.Contains(stdout, "what to do about it") || !strings.Contains(stdout, "[todo]") {
		t.Errorf("status %d: %s", status, stdout)
	}
	_, stderr, status = run("", "generate", "--spec", "errors.yaml", "--go", "out")
	if _, err := os.Stat("out"); status != 1 || err == nil || !strings.Contains(stderr, "TODO(author)") || strings.Contains(stderr, "[todo]") {
		t.Errorf("status %d: %s", status, stderr)
	}
	if _, stderr, status = run("", "generate", "--spec", "errors.yaml", "--go", "out", "--allow-todo"); status != 0 {
		t.Errorf("status %d: %s", status, stderr)
	}
	if _, err := os.Stat(filepath.Join("out", "shop", "codes.go")); err != nil {
		t.Error(err)
	}
}

func below(text, mark string) string {
	_, text, _ = strings.Cut(text, mark)
	return text
}

// TestImportOverwritesNothing imports into a file that is there.
func TestImportOverwritesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "openapi.yaml", importable)
	writeFile(t, "errors.yaml", "mine")
	_, stderr, status := run("", "import", "openapi.yaml", "--out", "errors.yaml")
	content, _ := os.ReadFile("errors.yaml")
	if status != 1 || string(content) != "mine" || !strings.Contains(stderr, "exists already") {
		t.Errorf("status %d, %q: %s", status, content, stderr)
	}
}

// TestImportRefusals is about what can't be imported, each with what is said of it.
func TestImportRefusals(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "openapi.yaml", importable)
	writeFile(t, "broken.json", "{\"openapi\": \"3.0.0\",\n  \"paths\": {]}")
	writeFile(t, "empty.json", `{"openapi": "3.0.0"}`)
	writeFile(t, "other.txt", "\x1b[31mhello")
	for _, test := range []struct {
		status int
		want   string
		args   []string
	}{
		{2, "missing argument", nil},
		{2, "unknown kind", []string{"openapi.yaml", "--from", "pdf"}},
		{2, "bad --api", []string{"openapi.yaml", "--api", "My API"}},
		{2, "read file", []string{"missing.yaml"}},
		{2, "--max-size raises the limit", []string{"openapi.yaml", "--max-size", "1KiB"}},
		{1, "broken.json:2:13: broken JSON", []string{"broken.json"}},
		{1, "without paths", []string{"empty.json"}},
		{1, "--from", []string{"other.txt"}},
	} {
		if len(test.args) > 2 && test.args[1] == "--max-size" {
			writeFile(t, "openapi.yaml", importable+strings.Repeat("#", 1024))
		}
		stdout, stderr, status := run("", append([]string{"import"}, test.args...)...)
		if status != test.status || stdout != "" || !strings.Contains(stderr, test.want) || strings.Contains(stderr, "\x1b") {
			t.Errorf("%q: status %d, want %d: %s", test.args, status, test.status, stderr)
		}
	}
}
