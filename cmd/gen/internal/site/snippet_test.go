package site

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// TestSnippets compiles the Go code of every page of the shipped catalog.
func TestSnippets(t *testing.T) {
	source, err := os.ReadFile("../../../../spec/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, problems := check.Load("errors.yaml", source)
	if diag.HasErrors(problems) {
		t.Fatal(problems)
	}
	var code strings.Builder
	code.WriteString("package snippets\n\nimport (\n\t\"errors\"\n\t\"time\"\n\n\t\"github.com/errkb/errkb/classify\"\n")
	for _, api := range c.APIs {
		fmt.Fprintf(&code, "\t\"github.com/errkb/errkb/generated/%s\"\n", api.Name)
	}
	code.WriteString(")\n\nvar _ = errors.Is\nvar _ = time.Sleep\n")
	n := 0
	for _, api := range c.APIs {
		for _, e := range api.Entries() {
			fmt.Fprintf(&code, "\nfunc _(reply classify.Reply, attempt int) error {\n%s\nreturn nil\n}\n", entryView{Entry: e}.Snippet())
			n++
		}
	}
	file := filepath.Join(t.TempDir(), "snippets.go")
	if err := os.WriteFile(file, []byte(code.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "vet", file).CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
	if n < 40 {
		t.Errorf("only %d snippets", n)
	}
}
