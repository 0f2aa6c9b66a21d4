package downstream_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/python"
	"github.com/errkb/errkb/spec"
)

// dumped is what testdata/dump.py writes about a module.
type dumped struct {
	Said  modeltest.Said
	Shape []string // the nodes of the syntax tree that hold no literal
	Doc   string
}

// importAll has Python import modules, with every warning an error.
func importAll(t *testing.T, files map[string][]byte, parse map[string][]string) map[string]dumped {
	t.Helper()
	program, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal("no python3 in the path: run scripts/need python3")
	}
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	asked, err := json.Marshal(parse)
	if err != nil {
		t.Fatal(err)
	}
	dump, err := filepath.Abs("testdata/dump.py")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, "-W", "error", dump)
	command.Dir, command.Stdin = dir, bytes.NewReader(asked)
	command.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	var messages bytes.Buffer
	command.Stderr = &messages
	output, err := command.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, messages.Bytes())
	}
	var answer map[string]dumped
	if err := json.Unmarshal(output, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestPython imports what is generated and compares what it says with the model.
func TestPython(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*model.Catalog{
		"full":    loadCatalog(t, modeltest.Full),
		"shipped": loadCatalog(t, spec.Errors),
		"hostile": modeltest.Hostile(modeltest.Texts),
	} {
		t.Run(name, func(t *testing.T) {
			want, parse := map[string]modeltest.Said{}, map[string][]string{}
			for _, a := range c.APIs {
				said := modeltest.NewSaid(c, a, func(_, python string) string { return python })
				want[a.Python], parse[a.Python] = said, slices.Collect(maps.Keys(said.Parsed))
			}
			for name, got := range importAll(t, python.Files(c, "spec.yaml"), parse) {
				if diff := cmp.Diff(want[name], got.Said, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
		})
	}
}

// TestPythonHostile requires that no text leaves its docstring or its literal: a hostile
// catalog declares and does what a tame one does.
func TestPythonHostile(t *testing.T) {
	t.Parallel()
	files, parse := map[string][]byte{}, map[string][]string{}
	name := func(i int) string { return fmt.Sprintf("hostile%d", i) }
	for i, text := range append([]string{"tame"}, modeltest.Texts...) {
		source := python.Files(modeltest.Hostile([]string{text}), "a\n-*- coding: rot13 -*-.yaml")["hostile.py"]
		files[name(i)+".py"], parse[name(i)] = source, []string{}
	}
	got := importAll(t, files, parse)
	if len(got[name(0)].Shape) < 20 {
		t.Fatalf("the tame module has only the nodes %q", got[name(0)].Shape)
	}
	for i, text := range modeltest.Texts {
		if diff := cmp.Diff(got[name(0)].Shape, got[name(i+1)].Shape); diff != "" {
			t.Errorf("%q becomes code (-tame +hostile):\n%s", text, diff)
		}
		if doc := got[name(i+1)].Doc; !strings.HasPrefix(doc, "The error catalog of") {
			t.Errorf("%q: the docstring is %q", text, doc)
		}
	}
}

// TestPythonDocs runs the example of the docs.
func TestPythonDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/typed.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```python\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("docs/typed.md has no example")
	}
	files := python.Files(loadCatalog(t, spec.Errors), "errors.yaml")
	files["example.py"] = []byte(strings.ReplaceAll(example, "errors.captchaai", "captchaai") + `

__all__ = []
for text, answer in {
    "ERROR_ZERO_BALANCE": "stop selling",
    "ERROR_PAGEURL": "Invalid pageurl parameter. Provide full URL with https://.",
    "MAX_USER_TURN": "retry",
    "NO": "not listed",
}.items():
    assert follow(text) == answer, follow(text)
del follow
`)
	importAll(t, files, map[string][]string{"example": {}})
}

// TestPythonModules asks Python which names its own modules have.
func TestPythonModules(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal("no python3 in the path: run scripts/need python3")
	}
	names, err := exec.CommandContext(t.Context(), program, "-c", "import keyword, sys; print(*keyword.kwlist, *sys.stdlib_module_names)").Output()
	if err != nil {
		t.Fatal(err)
	}
	isName := regexp.MustCompile(`^[a-z][a-z0-9_]*$`) // of an API
	for name := range strings.FieldsSeq(string(names)) {
		if isName.MatchString(name) && naming.Module(name) == name {
			t.Errorf("an API of the name %s hides what Python calls so", name)
		}
	}
}

// loadCatalog is the catalog of a spec.
func loadCatalog(t *testing.T, source []byte) *model.Catalog {
	t.Helper()
	c, problems := check.Load("spec.yaml", source)
	if c == nil { // warnings are none of its business
		t.Fatal(problems)
	}
	return c
}
