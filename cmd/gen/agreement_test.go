package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/cli"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
	"github.com/errkb/errkb/generated/captchaai"
	"github.com/errkb/errkb/generated/fastcaptcha"
	"github.com/errkb/errkb/spec"
)

// generatedPackage is what a generated package offers, without its types.
type generatedPackage struct {
	catalog  *classify.Catalog
	classify func(classify.Reply) classify.Decision
	parse    func(string) (uint16, error, bool)
}

var generated = map[string]generatedPackage{
	"captchaai": {captchaai.Catalog(), captchaai.Classify, func(s string) (uint16, error, bool) {
		code, ok := captchaai.ParseCode(s)
		return uint16(code), code, ok
	}},
	"fastcaptcha": {fastcaptcha.Catalog(), fastcaptcha.Classify, func(s string) (uint16, error, bool) {
		code, ok := fastcaptcha.ParseCode(s)
		return uint16(code), code, ok
	}},
}

// shipped is the model of the shipped catalog.
func shipped(t *testing.T) *model.Catalog {
	t.Helper()
	catalog, problems := check.Load("spec/errors.yaml", spec.Errors)
	for _, p := range problems {
		t.Errorf("%d:%d: %s [%s]", p.Line, p.Column, p.Message, p.Rule)
	}
	if catalog == nil {
		t.FailNow()
	}
	if len(catalog.APIs) != len(generated) {
		t.Fatalf("the spec has %d APIs, and %d generated packages are tested", len(catalog.APIs), len(generated))
	}
	return catalog
}

// TestGeneratedTables compares every entry, form and figure of the generated
// packages with the model.
func TestGeneratedTables(t *testing.T) {
	for _, api := range shipped(t).APIs {
		got := generated[api.Name].catalog
		for i, code := range api.Table().Codes {
			if diff := cmp.Diff(code, got.ByNumber(uint16(i+1)).Entry(), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s: %s (-spec +generated):\n%s", api.Name, code.Code, diff)
			}
		}
		diff := cmp.Diff(api.Generated(), got, cmpopts.IgnoreFields(classify.Catalog{}, "TypedCode"), cmpopts.EquateEmpty())
		if diff != "" {
			t.Errorf("%s (-spec +generated):\n%s", api.Name, diff)
		}
	}
}

// TestGeneratedConstants compares the constants' names and values with the
// model, and looks each code up.
func TestGeneratedConstants(t *testing.T) {
	for _, api := range shipped(t).APIs {
		want := map[string]string{"UnknownCode": "Code 0", "UnknownStatus": "Status 0"}
		for _, e := range api.Entries() {
			switch e.Kind {
			case classify.KindCode, classify.KindPrefix:
				want[e.Go] = "Code " + constant.MakeInt64(int64(e.Number)).String()
			case classify.KindStatus, classify.KindStatusClass:
				want[e.Go] = "Status " + constant.MakeInt64(int64(e.Number)).String()
			}
		}
		for _, op := range api.Operations {
			want[op.Go] = `Operation "` + op.Name + `"`
		}
		for _, e := range shipped(t).Categories {
			want[e.Go] = `Category "` + e.Name + `"`
		}
		if diff := cmp.Diff(want, constants(t, api.Name)); diff != "" {
			t.Errorf("%s (-spec +generated):\n%s", api.Name, diff)
		}
		for _, e := range api.Codes {
			number, code, ok := generated[api.Name].parse(e.Code)
			if !ok || number != e.Number || code.Error() == "" {
				t.Errorf("%s: ParseCode(%q) = %d, %v", api.Name, e.Code, number, ok)
			}
		}
	}
}

// constants returns the exported constants of a generated package with their
// types and values.
func constants(t *testing.T, api string) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	var syntax []*ast.File
	names, err := filepath.Glob(filepath.Join("..", "..", "generated", api, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !ast.IsGenerated(file) {
			t.Errorf("%s is not marked as generated", name)
		}
		syntax = append(syntax, file)
	}
	// The compiler has checked the package already, as this test imports it, and its
	// constants need no more of other packages than the names of their types.
	config := types.Config{Importer: typeNames{}, Error: func(error) {}, IgnoreFuncBodies: true}
	pkg, _ := config.Check(api, files, syntax, nil)
	found := make(map[string]string)
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && c.Exported() {
			found[name] = c.Type().(*types.Named).Obj().Name() + " " + c.Val().ExactString()
		}
	}
	return found
}

// typeNames imports packages that have nothing but the types of the generated constants.
type typeNames struct{}

func (typeNames) Import(path string) (*types.Package, error) {
	pkg := types.NewPackage(path, filepath.Base(path))
	for _, name := range []string{"Category", "Operation"} {
		object := types.NewTypeName(token.NoPos, pkg, name, nil)
		types.NewNamed(object, types.Typ[types.String], nil)
		pkg.Scope().Insert(object)
	}
	pkg.MarkComplete()
	return pkg, nil
}

// TestExamples runs every example of the spec through the generated classifier.
func TestExamples(t *testing.T) {
	for _, api := range shipped(t).APIs {
		pkg := generated[api.Name]
		for _, e := range api.Entries() {
			for _, x := range e.Examples {
				d := pkg.classify(x.Reply())
				if d.Entry.Kind() != e.Kind || d.Entry.Code() != e.Code {
					t.Errorf("%s: an example of %s classifies to %s %s", api.Name, e.Code, d.Entry.Kind(), d.Entry.Code())
				}
				if e.Kind != classify.KindCode {
					continue
				}
				_, code, _ := pkg.parse(e.Code)
				if d.Action != classify.OK && !errors.Is(d.Err(), code) {
					t.Errorf("%s: the error of an example of %s is %v", api.Name, e.Code, d.Err())
				}
			}
			if e.Kind == classify.KindCode && len(e.Examples) == 0 {
				t.Errorf("%s: %s has no example", api.Name, e.Code)
			}
		}
	}
}

// TestSiteAgrees compares what the site says of the entry that an example of the
// spec falls to with what a program does that uses the generated classifier.
func TestSiteAgrees(t *testing.T) {
	dir := t.TempDir()
	args := []string{"site", "--spec", filepath.Join("..", "..", "spec", "errors.yaml"), "--out", dir}
	if code := cli.Main(args, strings.NewReader(""), io.Discard, io.Discard); code != 0 {
		t.Fatalf("gen site: exit %d", code)
	}
	type advice struct {
		Category, Action, Fix string
		Retries               int
	}
	for _, api := range shipped(t).APIs {
		for _, e := range api.Entries() {
			page, form := sitePage(t, dir, e)
			for _, x := range e.Examples {
				d := generated[api.Name].classify(x.Reply())
				want := advice{string(d.Category), d.Action.String(), d.Fix, 0}
				if d.Policy != nil {
					want.Retries = d.Policy.Retries
				}
				got := advice{form.Category, form.Action, form.Fix, form.Retries}
				for _, o := range form.ByOperation {
					if o.Operation == string(d.Operation) {
						got = advice{o.Category, o.Action, o.Fix, o.Retries}
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s (-classifier +site):\n%s", api.Name, e.Code, diff)
				}
				if !strings.Contains(page, say.English.ActionTitle(d.Action)) {
					t.Errorf("%s: the page of %s does not say %q", api.Name, e.Code, say.English.ActionTitle(d.Action))
				}
			}
		}
	}
}

// sitePage returns the page of an entry and its JSON form.
func sitePage(t *testing.T, dir string, e *model.Entry) (page string, form catalogjson.Entry) {
	t.Helper()
	html, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(e.Address()+".html")))
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(e.Address()+".json")))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &form); err != nil {
		t.Fatal(err)
	}
	return string(html), form
}
