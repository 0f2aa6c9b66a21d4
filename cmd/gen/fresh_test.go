package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

// TestFresh checks the committed output against the spec, and then shows that the
// same check finds a file that is edited, missing or left over.
func TestFresh(t *testing.T) {
	root := filepath.Join("..", "..")
	if out, code := checkOutput(filepath.Join(root, "generated"), filepath.Join(root, "docs", "errors")); code != 0 {
		t.Fatalf("the output is not what the spec makes; run make generate\n%s", out)
	}
	page := filepath.Join("docs", "errors", "captchaai", "capcha-not-ready.md")
	code := filepath.Join("generated", "captchaai", "decisions.go")
	for name, test := range map[string]struct {
		change func(dir string) error
		want   string // in what the check prints
	}{
		"edited page": {func(dir string) error { return edit(filepath.Join(dir, page), "5 s", "6 s") }, "capcha-not-ready.md"},
		"edited code": {func(dir string) error { return edit(filepath.Join(dir, code), "Retries: 3", "Retries: 4") }, "decisions.go"},
		"missing":     {func(dir string) error { return os.Remove(filepath.Join(dir, page)) }, "capcha-not-ready.md"},
		"orphan": {func(dir string) error {
			content, err := os.ReadFile(filepath.Join(dir, page))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, filepath.Dir(page), "gone.md"), content, 0o644)
		}, "gone.md"},
		"catalog.json": {func(dir string) error {
			return edit(filepath.Join(dir, "docs", "errors", "catalog.json"), "5000", "5001")
		}, "catalog.json"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, tree := range []string{"generated", filepath.Join("docs", "errors")} {
				if err := os.CopyFS(filepath.Join(dir, tree), os.DirFS(filepath.Join(root, tree))); err != nil {
					t.Fatal(err)
				}
			}
			if err := test.change(dir); err != nil {
				t.Fatal(err)
			}
			out, code := checkOutput(filepath.Join(dir, "generated"), filepath.Join(dir, "docs", "errors"))
			if code != 1 || !strings.Contains(out, test.want) {
				t.Errorf("exit %d, and nothing of %s in:\n%s", code, test.want, out)
			}
		})
	}
}

func checkOutput(code, docs string) (string, int) {
	var out bytes.Buffer
	spec := filepath.Join("..", "..", "spec", "errors.yaml")
	args := []string{"generate", "--check", "--spec", spec, "--go", code, "--docs", docs}
	exit := cli.Main(args, strings.NewReader(""), &out, &out)
	return out.String(), exit
}

func edit(path, before, after string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, bytes.Replace(content, []byte(before), []byte(after), 1), 0o644)
}
