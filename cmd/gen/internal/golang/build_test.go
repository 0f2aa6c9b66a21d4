package golang

import (
	"bytes"
	"encoding/gob"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestBuild compiles, vets and runs what is generated, in a module of its own
// that requires nothing but this one.
func TestBuild(t *testing.T) {
	dir := t.TempDir()
	catalogs := everything()
	for _, c := range catalogs {
		write(t, dir, asText(files(t, c, Options{Spec: "errors.yaml", SelfTest: true})))
	}
	packages := slices.Sorted(maps.Keys(catalogs))
	write(t, dir, map[string]string{
		"go.mod":            goMod(t),
		"dump/main.go":      dump(packages),
		"full/user_test.go": read(t, "testdata")["user_test.txt"], // uses package full as importers do
	})

	run(t, dir, "gofmt", "-l", ".")
	run(t, dir, "go", "vet", "./...")
	run(t, dir, "go", "test", "./...")
	binary := filepath.Join(dir, "dump.exe")
	run(t, dir, "go", "build", "-o", binary, "./dump")
	t.Run("static", func(t *testing.T) { checkStatic(t, dir, binary, packages) })
	t.Run("table", func(t *testing.T) { checkTables(t, run(t, dir, binary), packages, catalogs) })
}

// checkStatic looks into a program for what a package does at start: that a
// table is built then shows as a function init of its package.
func checkStatic(t *testing.T, dir, binary string, packages []string) {
	symbols := string(run(t, dir, "go", "tool", "nm", binary))
	for _, name := range packages {
		if !strings.Contains(symbols, " "+module+"/"+name+".catalog\n") {
			t.Errorf("package %s has no table in the program", name)
		}
		for symbol := range strings.Lines(symbols) {
			if _, own, ok := strings.Cut(symbol, " "+module+"/"+name+"."); ok && strings.Contains(own, "init") {
				t.Errorf("package %s does work at start: %s", name, own)
			}
		}
	}
}

// checkTables compares the compiled tables with those of the model, byte by byte.
func checkTables(t *testing.T, output []byte, packages []string, catalogs map[string]*model.Catalog) {
	decoder := gob.NewDecoder(bytes.NewReader(output))
	for _, name := range packages {
		var got classify.Catalog
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
		want := catalogs[name].APIs[0].Table()
		if diff := cmp.Diff(want, &got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(classify.Catalog{}, "TypedCode")); diff != "" {
			t.Errorf("table of %s (-want +got):\n%s", name, diff)
		}
	}
}

// module is the path of the module that the generated packages are built in.
const module = "example.com/generated"

func goMod(t *testing.T) string {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(root)
		if parent == root {
			t.Fatal("no go.mod above the working directory")
		}
		root = parent
	}
	own := strings.TrimSuffix(classifyPath, "/classify")
	return "module " + module + "\n\ngo 1.26\n\nrequire " + own + " v0.0.0\n\nreplace " + own + " => " + root + "\n"
}

// dump is a program that writes the packages' tables to its standard output.
func dump(packages []string) string {
	var imports, tables strings.Builder
	for _, name := range packages {
		imports.WriteString("\tapi_" + name + " \"" + module + "/" + name + "\"\n")
		tables.WriteString("\t\tapi_" + name + ".Catalog(),\n")
	}
	return `package main

import (
	"encoding/gob"
	"log"
	"os"

` + imports.String() + `
	"` + classifyPath + `"
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

// run runs a program that must succeed, and returns what it writes. gofmt must
// write nothing.
func run(t *testing.T, dir, program string, args ...string) []byte {
	t.Helper()
	command := exec.Command(program, args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	var messages bytes.Buffer
	command.Stderr = &messages
	output, err := command.Output()
	if err != nil || program == "gofmt" && len(output) > 0 {
		t.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, output, messages.Bytes())
	}
	return output
}
