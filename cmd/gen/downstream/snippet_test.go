package downstream_test

import (
	"fmt"
	"html"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// Go code on a page of the site.
var snippet = regexp.MustCompile(`(?s)<pre><code>([^<]*\.Classify\(reply\)[^<]*)</code></pre>`)

// TestSnippets compiles the Go code of every page of the shipped catalog's site.
func TestSnippets(t *testing.T) {
	t.Parallel()
	c, problems := check.Load("errors.yaml", []byte(read(t, filepath.Join(root, "spec", "errors.yaml"))))
	if diag.HasErrors(problems) {
		t.Fatal(problems)
	}
	var code strings.Builder
	code.WriteString("package snippets\n\nimport (\n\t\"errors\"\n\t\"time\"\n\n\t\"" + modulePath + "/classify\"\n")
	entries := 0
	for _, api := range c.APIs {
		fmt.Fprintf(&code, "\t\"%s/generated/%s\"\n", modulePath, api.Name)
		entries += len(api.Entries())
	}
	code.WriteString(")\n\nvar _ = errors.Is\nvar _ = time.Sleep\n")
	pages := site.Files(c, "errors.yaml")
	found := 0
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		for _, match := range snippet.FindAllSubmatch(pages[name], -1) {
			fmt.Fprintf(&code, "\n// %s\nfunc _(reply classify.Reply, attempt int) error {\n%s\nreturn nil\n}\n", name, html.UnescapeString(string(match[1])))
			found++
		}
	}
	if found != entries {
		t.Errorf("%d snippets of %d entries", found, entries)
	}
	m := newGeneratedModule(t)
	m.write("snippets/snippets.go", code.String())
	m.run("go", "vet", "./...")
}
