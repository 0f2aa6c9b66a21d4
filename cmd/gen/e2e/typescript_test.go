package e2e_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/cmd/gen/internal/typescript"
)

// compiled is what node/typescript.mjs answers.
type compiled struct {
	Problems []string
	Modules  map[string]struct {
		Shape []string // the nodes of the syntax tree, with names and tags
		Said  modeltest.Said
	}
}

// compile has the TypeScript compiler check modules, and Node.js run them.
func compile(t *testing.T, files map[string][]byte, parse map[string][]string) compiled {
	t.Helper()
	return compileIn(t, t.TempDir(), files, parse)
}

// compileIn does the same in a folder that may have files already.
func compileIn(t *testing.T, dir string, files map[string][]byte, parse map[string][]string) compiled {
	t.Helper()
	files["package.json"] = []byte(`{"type": "module"}`)
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	answer := node[compiled](t, "typescript.mjs", map[string]any{"dir": dir, "parse": parse})
	for _, problem := range answer.Problems {
		t.Errorf("the compiler says: %s", problem)
	}
	return answer
}

// TestTypeScript compiles what is generated under the strictest options, runs it and
// compares what it says with the model.
func TestTypeScript(t *testing.T) {
	t.Parallel()
	user, err := os.ReadFile("testdata/user.ts")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*model.Catalog{
		"full":    loadCatalog(t, "full.yaml", modeltest.Full),
		"shipped": shippedCatalog(t),
		"hostile": modeltest.Hostile(modeltest.Texts),
	} {
		t.Run(name, func(t *testing.T) {
			want, parse := map[string]modeltest.Said{}, map[string][]string{}
			for _, a := range c.APIs {
				said := modeltest.NewSaid(c, a, func(typeScript, _ string) string { return typeScript })
				want[a.Name], parse[a.Name] = said, slices.Collect(maps.Keys(said.Parsed))
			}
			files := typescript.Files(c, "spec.yaml")
			if files["full.ts"] != nil {
				files["user.ts"] = user
			}
			got := compile(t, files, parse)
			for name := range want {
				if diff := firstDifference(lines(t, want[name]), lines(t, got.Modules[name].Said)); diff != "" {
					t.Errorf("%s:\n%s", name, diff)
				}
			}
		})
	}
}

// TestTypeScriptHostile requires that a hostile catalog declares what a tame one
// does, and that no text becomes a tag.
func TestTypeScriptHostile(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	name := func(i int) string { return fmt.Sprintf("hostile%d", i) }
	for i, text := range append([]string{"tame"}, modeltest.Texts...) {
		files[name(i)+".ts"] = typescript.Files(modeltest.Hostile([]string{text}), "a @ts-nocheck\n.yaml")["hostile.ts"]
	}
	got := compile(t, files, nil).Modules
	if tame := got[name(0)].Shape; !slices.Contains(tame, "PropertyAssignment Hostile1 deprecated") {
		t.Fatalf("a retired entry is not deprecated: %q", tame)
	}
	for i, text := range modeltest.Texts {
		if diff := firstDifference(got[name(0)].Shape, got[name(i+1)].Shape); diff != "" {
			t.Errorf("%q becomes code:\n%s", text, diff)
		}
	}
}

// TestTypeScriptDocs compiles the examples of the docs, with the npm package and the
// files that the command writes.
func TestTypeScriptDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/typed.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"decided.ts": []byte(decided)}
	for i, rest := range strings.Split(string(page), "```ts\n")[1:] {
		example, _, _ := strings.Cut(rest, "```")
		files[fmt.Sprintf("example%d.ts", i+1)] = []byte(example)
	}
	if len(files) != 3 {
		t.Fatalf("docs/typed.md has %d examples, want 2", len(files)-1)
	}
	dir := t.TempDir()
	if err := gen("generate", "--spec", "../../../spec/errors.yaml", "--ts", filepath.Join(dir, "errors")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "node_modules", "errkb"), os.DirFS("../../../clients/js")); err != nil {
		t.Fatal(err)
	}
	compileIn(t, dir, files, nil)
}

// decided uses the examples when it is loaded: what the package decides is compared
// with the constants.
const decided = `
import { follow } from "./example1.js";
import { mayGoOn } from "./example2.js";

const expect = (got: unknown, want: unknown): void => {
  if (got !== want) throw new Error(String(got) + ", want " + String(want));
};
expect(follow("ERROR_ZERO_BALANCE"), "stop selling");
expect(follow("ERROR_PAGEURL"), "Invalid pageurl parameter. Provide full URL with https://.");
expect(follow("NO"), "not listed");
expect(mayGoOn(200, '{"status":1,"request":"123"}'), true);
expect(mayGoOn(200, '{"status":0,"request":"MAX_USER_TURN"}'), true);
expect(mayGoOn(200, '{"status":0,"request":"ERROR_ZERO_BALANCE"}'), false);
`

// lines returns what code says as lines of JSON.
func lines(t *testing.T, said modeltest.Said) []string {
	t.Helper()
	text, err := json.MarshalIndent(said, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}
