// Package golang writes a catalog as Go: one package per API, with typed codes and
// statuses, the decision table and a classifier. What it writes is static data
// and a few short functions over it; package classify does the work.
package golang

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Options are what the output depends on besides the catalog.
type Options struct {
	Spec     string // the base name of the spec file, for the header
	SelfTest bool   // write a test of each package as well

	// Separate is the import path of the directory that the packages are in. If it is given,
	// each has its codes in a package below it, which needs no net/http.
	Separate string

	// Client is the import path of the directory of the packages, if they are to be imported by
	// those of the server's errors. It is for ServerFiles.
	Client string
}

// The import paths of the runtime and of what is for generated code, right in a fork as well.
var (
	classifyPath = reflect.TypeFor[classify.Decision]().PkgPath()
	packedPath   = reflect.TypeFor[packed.Index]().PkgPath()
)

// Files returns the Go sources of every API by their slash-separated path, such
// as "captchaai/codes.go". It fails where the catalog's names are not names of Go
// or clash.
func Files(c *model.Catalog, o Options) (map[string][]byte, error) {
	files := make(map[string][]byte)
	for _, api := range c.APIs {
		p := newPkg(c, api, o)
		if err := p.checkNames(); err != nil {
			return nil, err
		}
		sources := map[string]*jen.File{
			"codes.go":      p.codesFile(),
			"decisions.go":  p.decisionsFile(),
			"classifier.go": p.classifierFile(),
		}
		if p.isSeparate() {
			sources[p.codesName()+"/codes.go"] = p.separateFile()
		}
		if o.SelfTest {
			if test := p.selfTestFile(); test != nil {
				sources[testName(api.Name)] = test
			}
		}
		for name, source := range sources {
			path := api.Name + "/" + name
			text, err := p.render(source)
			if err != nil {
				return nil, fmt.Errorf("write %s: %w", path, err)
			}
			files[path] = text
		}
	}
	return files, nil
}

// testName is the name of a package's self-check test. It has no underscore but
// that of _test: go build would read linux in a_linux_test.go as a constraint.
func testName(api string) string { return strings.ReplaceAll(api, "_", "") + "_test.go" }

// pkg is one generated package in the making.
type pkg struct {
	catalog    *model.Catalog
	api        *model.API
	table      *classify.Catalog // the same API as the runtime reads it
	options    Options
	categories map[classify.Category]string  // their constants
	operations map[classify.Operation]string // their constants
	policies   policies
}

func newPkg(c *model.Catalog, api *model.API, o Options) *pkg {
	p := &pkg{
		catalog:    c,
		api:        api,
		table:      api.Generated(),
		options:    o,
		categories: make(map[classify.Category]string),
		operations: make(map[classify.Operation]string),
	}
	for _, category := range c.Categories {
		p.categories[classify.Category(category.Name)] = category.Go
	}
	for _, operation := range api.Operations {
		p.operations[classify.Operation(operation.Name)] = operation.Go
	}
	return p
}

// newFile starts a source file with the mark of generated files.
func (p *pkg) newFile() *jen.File { return p.newFileOf(p.api.Name) }

func (p *pkg) newFileOf(name string) *jen.File {
	f := jen.NewFile(name)
	f.HeaderComment("// " + model.Mark(p.options.Spec))
	f.ImportName(classifyPath, "classify")
	f.ImportName(packedPath, "packed")
	f.ImportName(p.codesPath(), p.codesName())
	return f
}

// runtime is a name of package classify, and layout one of package packed.
func runtime(name string) *jen.Statement { return jen.Qual(classifyPath, name) }
func layout(name string) *jen.Statement  { return jen.Qual(packedPath, name) }

func (p *pkg) render(f *jen.File) ([]byte, error) {
	var source bytes.Buffer
	if err := f.Render(&source); err != nil {
		return nil, err
	}
	return groupImports(source.Bytes(), classifyPath, packedPath, p.codesPath(), servePath, p.clientPath()), nil
}
