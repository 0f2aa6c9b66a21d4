package python

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/spec"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// load is the catalog of a spec.
func load(t *testing.T, source []byte) *model.Catalog {
	t.Helper()
	c, problems := check.Load("spec.yaml", source)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func TestGolden(t *testing.T) {
	files := Files(load(t, modeltest.Full), "full.yaml")
	if *update {
		for name, content := range files {
			if err := os.WriteFile(filepath.Join("testdata", "full", name), content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden, err := filepath.Glob("testdata/full/*.py")
	if err != nil || len(golden) != len(files) {
		t.Fatalf("%d golden files, want %d: %v", len(golden), len(files), err)
	}
	for name, content := range files {
		want, err := os.ReadFile(filepath.Join("testdata", "full", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(content)); diff != "" {
			t.Errorf("%s differs, rewrite with -update if that is meant (-want +got):\n%s", name, diff)
		}
	}
}

// dumped is what testdata/dump.py writes about a module.
type dumped struct {
	Said  modeltest.Said
	Shape []string // the nodes of the syntax tree that hold no literal
	Doc   string
}

// python has Python import modules, with every warning an error.
func python(t *testing.T, files map[string][]byte, parse map[string][]string) map[string]dumped {
	t.Helper()
	program, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 in the path")
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

// TestRun imports what is generated and compares what it says with the model.
func TestRun(t *testing.T) {
	for name, c := range map[string]*model.Catalog{
		"full":    load(t, modeltest.Full),
		"shipped": load(t, spec.Errors),
		"hostile": modeltest.Hostile(modeltest.Texts),
	} {
		t.Run(name, func(t *testing.T) {
			want, parse := map[string]modeltest.Said{}, map[string][]string{}
			for _, a := range c.APIs {
				said := modeltest.NewSaid(c, a, func(_, python string) string { return python })
				want[a.Python], parse[a.Python] = said, slices.Collect(maps.Keys(said.Parsed))
			}
			for name, got := range python(t, Files(c, "spec.yaml"), parse) {
				if diff := cmp.Diff(want[name], got.Said, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
		})
	}
}

// TestHostile requires that no text leaves its docstring or its literal: a hostile
// catalog declares and does what a tame one does.
func TestHostile(t *testing.T) {
	files, parse := map[string][]byte{}, map[string][]string{}
	name := func(i int) string { return fmt.Sprintf("hostile%d", i) }
	for i, text := range append([]string{"tame"}, modeltest.Texts...) {
		source := Files(modeltest.Hostile([]string{text}), "a\n-*- coding: rot13 -*-.yaml")["hostile.py"]
		modeltest.CheckText(t, fmt.Sprintf("%q", text), source)
		files[name(i)+".py"], parse[name(i)] = source, []string{}
	}
	got := python(t, files, parse)
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

// TestDocs runs the example of the docs.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/typed.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```python\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("docs/typed.md has no example")
	}
	files := Files(load(t, spec.Errors), "errors.yaml")
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
	python(t, files, map[string][]string{"example": {}})
}

// TestRepeatable guards against the order of maps.
func TestRepeatable(t *testing.T) {
	c := load(t, modeltest.Full)
	first := Files(c, "full.yaml")
	for range 20 {
		if diff := cmp.Diff(first, Files(c, "full.yaml")); diff != "" {
			t.Fatalf("output differs from one run to the next (-first +later):\n%s", diff)
		}
	}
}

func TestMark(t *testing.T) {
	for name, content := range Files(load(t, modeltest.Full), "full.yaml") {
		if !bytes.HasPrefix(content, []byte("# "+model.Mark("full.yaml")+"\n")) {
			t.Errorf("%s does not start with the mark", name)
		}
	}
}

func TestEscape(t *testing.T) {
	for line, want := range map[string]string{
		`No funds.`:       `No funds.`,
		`say "no" twice`:  `say "no" twice`,
		`"`:               `\"`,
		`""" and """"`:    `\"\"\" and "\"\"\"`,
		`ends in a "`:     `ends in a \"`,
		`ends in a \`:     `ends in a \\`,
		`ends in \"`:      `ends in \\\"`,
		`C:\new and \x22`: `C:\\new and \\x22`,
	} {
		if got := escape(line); got != want {
			t.Errorf("escape(%q) = %s, want %s", line, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		`plain 日本 👩`:              `"plain 日本 👩"`,
		`"\n" {x} '`:              `"\"\\n\" {x} '"`,
		"a\nb\tc\x00\u2028\u200d": `"a\nb\u0009c\u0000\u2028\u200d"`,
		"\xff\U000e0001":          `"\ufffd\U000e0001"`,
	} {
		if got := quote(text); got != want {
			t.Errorf("quote(%q) = %s, want %s", text, got, want)
		}
	}
}
