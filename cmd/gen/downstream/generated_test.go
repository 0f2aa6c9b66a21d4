package downstream_test

import (
	"encoding/gob"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// generatedModule is the path of the module that the generated packages are built in.
const generatedModule = "example.com/generated"

// TestGenerated compiles, vets and runs the generated Go code of the catalogs that
// the emitter is tested with.
func TestGenerated(t *testing.T) {
	t.Parallel()
	checkGenerated(t, newGeneratedModule(t), golang.Options{Spec: "errors.yaml", SelfTest: true})
}

// TestGeneratedSeparateCodes does the same with the codes in separate packages. What
// imports the others does not notice, and who imports the codes alone does without net.
func TestGeneratedSeparateCodes(t *testing.T) {
	t.Parallel()
	m := newGeneratedModule(t)
	m.write("full/same_test.go", `package full_test

import (
	"`+generatedModule+`/full"
	"`+generatedModule+`/full/fullcodes"
)

var _ *full.Code = new(fullcodes.Code)
`)
	checkGenerated(t, m, golang.Options{Spec: "errors.yaml", SelfTest: true, Separate: generatedModule})
	m.write("parse/main.go", read(t, filepath.Join("testdata", "parse.txt")))
	const want = `true ERROR_NO_SLOT_AVAILABLE: All workers busy ERROR_NO_SLOT_AVAILABLE
true ERROR_NO_SLOT_AVAILABLE: All workers busy ERROR_NO_SLOT_AVAILABLE
true 08*: What 08* means 08*
false Code(0) _OTHER
false Code(0) _OTHER
true ERROR_NO_SLOT_AVAILABLE: All workers busy true false
`
	if got := m.run("go", "run", "./parse"); got != want {
		t.Errorf("a program that parses codes prints %q, want %q", got, want)
	}
	for imported := range strings.Lines(m.run("go", "list", "-deps", "./parse")) {
		if strings.HasPrefix(imported, "net") || strings.HasPrefix(imported, "crypto") {
			t.Errorf("a program that parses codes imports %s", imported)
		}
	}
}

func checkGenerated(t *testing.T, m *userModule, o golang.Options) {
	catalogs := golangtest.Everything()
	for _, c := range catalogs {
		files, err := golang.Files(c, o)
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range files {
			m.write(name, string(content))
		}
		o.Client = generatedModule
		writeServer(t, m, c, "", o)
	}
	packages := slices.Sorted(maps.Keys(catalogs))
	m.write("dump/main.go", dump(packages))
	m.write("full/user_test.go", read(t, filepath.Join("testdata", "user_test.txt"))) // uses package full as importers do

	if unformatted := m.run("gofmt", "-l", "."); unformatted != "" {
		t.Errorf("gofmt would change:\n%s", unformatted)
	}
	m.run("go", "vet", "./...")
	m.run("go", "test", "-timeout", "30m", "./...")
	m.run("go", "build", "-o", "dump.exe", "./dump")
	t.Run("static", func(t *testing.T) { checkStatic(t, m.run("go", "tool", "nm", "dump.exe"), packages) })
	t.Run("table", func(t *testing.T) {
		checkTables(t, m.run(filepath.Join(m.dir, "dump.exe")), packages, catalogs)
	})
}

// checkStatic looks into a program for what a package does at start: that a
// table is built then shows as a function init of its package.
func checkStatic(t *testing.T, symbols string, packages []string) {
	for _, name := range packages {
		if !strings.Contains(symbols, " "+generatedModule+"/"+name+".catalog\n") {
			t.Errorf("package %s has no table in the program", name)
		}
		for symbol := range strings.Lines(symbols) {
			for _, path := range []string{name, name + "/" + name + "codes"} {
				if _, own, ok := strings.Cut(symbol, " "+generatedModule+"/"+path+"."); ok && strings.Contains(own, "init") {
					t.Errorf("package %s does work at start: %s", path, own)
				}
			}
		}
	}
}

// checkTables compares the compiled tables with those of the model, byte by byte.
func checkTables(t *testing.T, output string, packages []string, catalogs map[string]*model.Catalog) {
	decoder := gob.NewDecoder(strings.NewReader(output))
	for _, name := range packages {
		var got classify.Catalog
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
		want := catalogs[name].APIs[0].Generated()
		if diff := cmp.Diff(want, &got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(classify.Catalog{}, "TypedCode")); diff != "" {
			t.Errorf("table of %s (-want +got):\n%s", name, diff)
		}
	}
}

// dump is a program that writes the packages' tables to its standard output.
func dump(packages []string) string {
	var imports, tables strings.Builder
	for _, name := range packages {
		imports.WriteString("\tapi_" + name + " \"" + generatedModule + "/" + name + "\"\n")
		tables.WriteString("\t\tapi_" + name + ".Catalog(),\n")
	}
	return `package main

import (
	"encoding/gob"
	"log"
	"os"

` + imports.String() + `
	"` + modulePath + `/classify"
)

func main() {
	encoder := gob.NewEncoder(os.Stdout)
	for _, catalog := range []*classify.Catalog{
` + tables.String() + `	} {
		if err := encoder.Encode(catalog); err != nil {
			log.Fatal(err)
		}
	}
}
`
}
