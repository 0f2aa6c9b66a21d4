package site

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
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
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "snippets.go", code.String(), 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.ForCompiler(files, "source", nil)}
	if _, err := config.Check("snippets", files, []*ast.File{file}, nil); err != nil {
		t.Error(err)
	}
	if n < 40 {
		t.Errorf("only %d snippets", n)
	}
}
