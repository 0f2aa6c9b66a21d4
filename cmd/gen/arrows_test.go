package main_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const modulePath = "github.com/errkb/errkb"

// arrows are the imports that each package may have beside the standard
// library. Data flows one way, from bytes to files; emitters know the model and
// its sentences, what changed in it, and nothing else.
var arrows = map[string][]string{
	"classify":                         {"classify/packed"},
	"classify/packed":                  {},
	"classify/serve":                   {},
	"classify/classifytest":            {"classify", "classify/packed"},
	"clients/js":                       {},
	"spec":                             {},
	"cmd/gen":                          {"cmd/gen/internal/cli"},
	"cmd/gen/internal/diag":            {},
	"cmd/gen/internal/pattern":         {},
	"cmd/gen/internal/naming":          {"github.com/mozillazg/go-unidecode"},
	"cmd/gen/internal/format":          {"classify", "cmd/gen/internal/diag", "cmd/gen/internal/pattern", "cmd/gen/internal/syntax", "golang.org/x/text/language"},
	"cmd/gen/internal/output":          {"classify/packed", "cmd/gen/internal/model", "cmd/gen/internal/naming", "cmd/gen/internal/pattern"},
	"cmd/gen/internal/syntax":          {"cmd/gen/internal/diag", "gopkg.in/yaml.v3"},
	"cmd/gen/freeze":                   {"cmd/gen/internal/check", "cmd/gen/internal/diag", "cmd/gen/internal/frozen", "spec"},
	"cmd/gen/internal/frozen":          {"cmd/gen/internal/model"},
	"cmd/gen/internal/model":           {"classify", "classify/packed"},
	"cmd/gen/internal/model/modeltest": {"classify", "cmd/gen/internal/model"},
	"cmd/gen/internal/say":             {"classify", "cmd/gen/internal/model", "cmd/gen/internal/pattern"},
	"cmd/gen/internal/check":           {"classify", "classify/packed", "classify/serve", "cmd/gen/internal/catalogjson", "cmd/gen/internal/diag", "cmd/gen/internal/format", "cmd/gen/internal/model", "cmd/gen/internal/naming", "cmd/gen/internal/ownrules", "cmd/gen/internal/pattern", "cmd/gen/internal/say", "cmd/gen/internal/simulate", "cmd/gen/internal/syntax", "golang.org/x/text/language"},
	"cmd/gen/internal/ownrules": {"cmd/gen/internal/catalogjson", "cmd/gen/internal/diag", "cmd/gen/internal/pattern", "cel.dev/cel-go/checker", "cel.dev/cel-go/common", "cel.dev/cel-go/common/ast", "cel.dev/cel-go/common/containers", "cel.dev/cel-go/common/cost", "cel.dev/cel-go/common/decls",
		"cel.dev/cel-go/common/operators", "cel.dev/cel-go/common/overloads", "cel.dev/cel-go/common/stdlib", "cel.dev/cel-go/common/types", "cel.dev/cel-go/common/types/ref", "cel.dev/cel-go/common/types/traits", "cel.dev/cel-go/interpreter", "cel.dev/cel-go/parser"},
	"cmd/gen/internal/golang":            {"classify", "classify/packed", "classify/serve", "cmd/gen/internal/model", "cmd/gen/internal/say", "cmd/gen/internal/writing", "github.com/dave/jennifer/jen"},
	"cmd/gen/internal/writing":           {"classify", "classify/serve", "cmd/gen/internal/model"},
	"cmd/gen/internal/golang/golangtest": {"classify", "cmd/gen/internal/model", "cmd/gen/internal/naming"},
	"cmd/gen/internal/typescript":        {"classify", "cmd/gen/internal/model", "cmd/gen/internal/say"},
	"cmd/gen/internal/python":            {"classify", "cmd/gen/internal/model", "cmd/gen/internal/say"},
	"cmd/gen/internal/markdown":          {"classify", "cmd/gen/internal/diff", "cmd/gen/internal/model", "cmd/gen/internal/pattern", "cmd/gen/internal/say"},
	"cmd/gen/internal/catalogjson":       {"classify", "cmd/gen/internal/model", "cmd/gen/internal/say"},
	"cmd/gen/internal/answers":           {"cmd/gen/internal/model", "cmd/gen/internal/pattern", "cmd/gen/internal/say"},
	"cmd/gen/internal/minified":          {},
	"cmd/gen/internal/lookup":            {"classify", "clients/js", "cmd/gen/internal/minified", "cmd/gen/internal/model", "cmd/gen/internal/pattern", "cmd/gen/internal/say", "cmd/gen/internal/table"},
	"cmd/gen/internal/table":             {"classify", "cmd/gen/internal/model"},
	"cmd/gen/internal/sql":               {"classify", "cmd/gen/internal/model"},
	"cmd/gen/internal/lookup/lookuptest": {"classify", "cmd/gen/internal/model"},
	"cmd/gen/internal/translate":         {"cmd/gen/internal/check", "cmd/gen/internal/diag", "cmd/gen/internal/model", "cmd/gen/internal/pattern", "cmd/gen/internal/syntax"},
	"cmd/gen/internal/importer":          {"cmd/gen/internal/check", "cmd/gen/internal/diag", "cmd/gen/internal/model", "cmd/gen/internal/naming", "cmd/gen/internal/pattern", "cmd/gen/internal/syntax"},
	"cmd/gen/internal/diff":              {"classify", "cmd/gen/internal/model", "cmd/gen/internal/say"},
	"cmd/gen/internal/preview":           {},
	"cmd/gen/internal/templates":         {"cmd/gen/internal/output"},
	"cmd/gen/internal/learn":             {"cmd/gen/internal/diag", "cmd/gen/internal/replay", "cmd/gen/internal/syntax"},
	"cmd/gen/internal/simulate":          {"classify", "cmd/gen/internal/model"},
	"cmd/gen/internal/replay":            {"classify", "cmd/gen/internal/lookup", "cmd/gen/internal/model", "cmd/gen/internal/pattern", "github.com/klauspost/compress/zstd"},
	"cmd/gen/internal/site": {"classify", "cmd/gen/internal/diff", "cmd/gen/internal/minified", "cmd/gen/internal/model", "cmd/gen/internal/pattern", "cmd/gen/internal/say", "github.com/yuin/goldmark", "github.com/yuin/goldmark/ast", "github.com/yuin/goldmark/extension",
		"github.com/yuin/goldmark/renderer", "github.com/yuin/goldmark/text", "github.com/yuin/goldmark/util"},
	"generated/captchaai":   {"classify", "classify/packed"},
	"generated/fastcaptcha": {"classify", "classify/packed"},
	"cmd/gen/internal/cli":  nil, // puts all of them together
}

// TestArrows checks every import of the module against the arrows.
func TestArrows(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := make(map[string]bool)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if entry.IsDir() {
			if strings.HasPrefix(entry.Name(), ".") && rel != "." || entry.Name() == "testdata" || rel == "build" || isModule(path) && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		pkg := filepath.ToSlash(filepath.Dir(rel))
		inClassify := pkg == "classify" || strings.HasPrefix(pkg, "classify/")
		isTest := strings.HasSuffix(path, "_test.go")
		if filepath.Ext(path) != ".go" || isTest && !inClassify {
			return nil
		}
		allowed, known := arrows[pkg]
		if !known {
			t.Errorf("package %s has no line in the table of arrows", pkg)
		}
		seen[pkg] = true
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			name = strings.TrimPrefix(name, modulePath+"/")
			isStandard := !strings.Contains(strings.Split(name, "/")[0], ".") && !isOwn(name)
			ofItself := inClassify && (name == "classify" || strings.HasPrefix(name, "classify/"))
			ofModule := isTest && strings.HasPrefix(name, "generated/") // which needs no other module either
			if !isStandard && !ofItself && !ofModule && allowed != nil && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s", rel, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range arrows {
		if !seen[pkg] {
			t.Errorf("the table of arrows names package %s, which is not there", pkg)
		}
	}
}

// isModule reports whether a folder is a separate module, which has other rules.
func isModule(path string) bool {
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil
}

func isOwn(name string) bool {
	for _, top := range []string{"classify", "clients", "cmd", "generated", "spec"} {
		if name == top || strings.HasPrefix(name, top+"/") {
			return true
		}
	}
	return false
}
