package bench

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/errkb/errkb/contrib/otel" // the fences import it
)

// A Go fence of Markdown.
var goFence = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

// imported are the packages that the fences of the docs use, by name.
var imported = map[string]string{
	"backoff":       "github.com/cenkalti/backoff/v7",
	"captchaai":     "github.com/errkb/errkb/generated/captchaai",
	"classify":      "github.com/errkb/errkb/classify",
	"classifytest":  "github.com/errkb/errkb/classify/classifytest",
	"context":       "context",
	"errkbotel":     "github.com/errkb/errkb/contrib/otel",
	"errors":        "errors",
	"failsafe":      "github.com/failsafe-go/failsafe-go",
	"failsafehttp":  "github.com/failsafe-go/failsafe-go/failsafehttp",
	"fastcaptcha":   "github.com/errkb/errkb/generated/fastcaptcha",
	"fmt":           "fmt",
	"http":          "net/http",
	"io":            "io",
	"log":           "log",
	"retryablehttp": "github.com/hashicorp/go-retryablehttp",
	"retrypolicy":   "github.com/failsafe-go/failsafe-go/retrypolicy",
	"slog":          "log/slog",
	"strings":       "strings",
	"synctest":      "testing/synctest",
	"testing":       "testing",
	"time":          "time",
	"url":           "net/url",
}

// given are the names that a fence may use without declaring them.
const given = `ctx context.Context, client *http.Client, req *http.Request, resp *http.Response, body []byte, image string, n int, solve func(context.Context) (string, error)`

// TestDocs builds the Go fences of the docs, each as its own package. A
// fence is either declarations or the statements of a function.
func TestDocs(t *testing.T) {
	t.Parallel()
	places := make(map[string]string) // of the fences, by folder
	files := make(map[string]string)
	for _, doc := range []string{"README.md", "docs/runtime.md"} {
		text := read(t, filepath.Join("..", filepath.FromSlash(doc)))
		fences := goFence.FindAllStringSubmatchIndex(text, -1)
		if len(fences) == 0 {
			t.Errorf("%s has no Go fence", doc)
		}
		for i, at := range fences {
			folder := fmt.Sprintf("%s%d", strings.NewReplacer("/", "", ".", "").Replace(strings.ToLower(doc)), i+1)
			places[folder] = fmt.Sprintf("%s:%d", doc, 1+strings.Count(text[:at[2]], "\n"))
			files[folder] = fileOf(t, text[at[2]:at[3]])
		}
	}
	vet(t, files, func(folder string) string { return places[folder] + " fence" })
}

// vet builds files, each as its own package, in a module that requires what this one does.
func vet(t *testing.T, files map[string]string, placeOf func(folder string) string) {
	t.Helper()
	module := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	gomod := read(t, "go.mod")
	gomod = strings.Replace(gomod, "module github.com/errkb/errkb/bench", "module example.com/docs", 1)
	gomod = strings.ReplaceAll(gomod, "=> ../", "=> "+filepath.Dir(here)+"/")
	write(t, filepath.Join(module, "go.mod"), gomod)
	write(t, filepath.Join(module, "go.sum"), read(t, "go.sum"))

	for folder, text := range files {
		write(t, filepath.Join(module, folder, "fence_test.go"), text)
	}
	vet := exec.Command("go", "vet", "./...")
	vet.Dir = module
	vet.Env = append(os.Environ(), "GOWORK=off")
	out, err := vet.CombinedOutput()
	if err != nil {
		message := string(out)
		for folder := range files {
			message = strings.ReplaceAll(message, folder+"/fence_test.go", placeOf(folder))
		}
		t.Errorf("the code of the docs: %v\n%s", err, message)
	}
}

// fileOf makes a Go file of a fence.
func fileOf(t *testing.T, fence string) string {
	t.Helper()
	if strings.HasPrefix(fence, "package ") {
		return fence
	}
	code := fence
	file, err := parse(code)
	if err != nil {
		code = "func _(" + given + ") {\n\t{\n" + fence + "\t}\n}\n"
		if file, err = parse(code); err != nil {
			t.Fatalf("neither declarations nor statements: %v\n%s", err, fence)
		}
		code = strings.TrimSuffix(code, "\t}\n}\n") + uses(file) + "\t}\n}\n"
	}
	return importing(code, file, imported)
}

// importing returns code, with the imports that the file of it needs.
func importing(code string, file *ast.File, packages map[string]string) string {
	var imports strings.Builder
	for _, name := range slices.Sorted(maps.Keys(qualifiers(file, packages))) {
		fmt.Fprintf(&imports, "import %s %q\n", name, packages[name])
	}
	return "package fence\n\n" + imports.String() + "\n" + code
}

func parse(code string) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), "", "package fence\n"+code, parser.SkipObjectResolution)
}

// uses returns statements that use what the statements of a fence declare: a
// fence may end with what the reader goes on with.
func uses(file *ast.File) string {
	var text strings.Builder
	fence := file.Decls[0].(*ast.FuncDecl).Body.List[0].(*ast.BlockStmt)
	for _, statement := range fence.List {
		assign, ok := statement.(*ast.AssignStmt)
		if !ok || assign.Tok != token.DEFINE {
			continue
		}
		for _, left := range assign.Lhs {
			fmt.Fprintf(&text, "_ = %s\n", left.(*ast.Ident).Name)
		}
	}
	return text.String()
}

// qualifiers returns the names of those packages that a file uses.
func qualifiers(file *ast.File, packages map[string]string) map[string]bool {
	used := make(map[string]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok && packages[x.Name] != "" && ast.IsExported(selector.Sel.Name) {
				used[x.Name] = true
			}
		}
		return true
	})
	return used
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
