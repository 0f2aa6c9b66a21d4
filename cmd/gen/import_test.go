package main_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

// TestImportPage runs the example of docs/import.md.
func TestImportPage(t *testing.T) {
	page := contentOf(t, "docs/import.md")
	fence := func(language string) string {
		_, rest, _ := strings.Cut(page, "\n```"+language+"\n")
		text, _, ok := strings.Cut(rest, "```\n")
		if !ok {
			t.Fatalf("docs/import.md has no %s", language)
		}
		return text
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("errors.csv", []byte(fence("csv")), 0o644); err != nil {
		t.Fatal(err)
	}
	gen := func(command string) string {
		var out bytes.Buffer
		cli.Main(strings.Fields(command)[3:], strings.NewReader(""), &out, &out)
		return out.String()
	}
	command, want, _ := strings.Cut(strings.TrimPrefix(fence("console"), "$ "), "\n")
	if got := gen(command); got != want {
		t.Errorf("%s prints\n%s", command, got)
	}
	spec, err := os.ReadFile("errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(spec), fence("yaml")) {
		t.Errorf("docs/import.md does not show the codes of\n%s", spec)
	}
	if checked := gen("go tool gen check --spec errors.yaml"); !strings.Contains(checked, fence("text")) {
		t.Errorf("docs/import.md does not show what check says:\n%s", checked)
	}
}
