package golang

import (
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	const separate = "separate" // the one with codes in separate packages
	cases := map[string]*model.Catalog{
		separate:      golangtest.Full(),
		"full":        golangtest.Full(),
		"insensitive": golangtest.Insensitive(),
		"statuses":    golangtest.Parts()["statuses"],
		"empty":       golangtest.Parts()["empty"],
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			options := Options{Spec: "errors.yaml", SelfTest: true}
			if name == separate {
				options.Separate = "example.com/" + separate
			}
			got := asText(files(t, c, options))
			dir := filepath.Join("testdata", name)
			if *update {
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
				write(t, dir, got)
			}
			if diff := cmp.Diff(read(t, dir), got); diff != "" {
				t.Errorf("files differ, rewrite with -update if that is meant (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFormat looks at what holds for every file: that it is marked as generated
// and formatted.
func TestFormat(t *testing.T) {
	for name, c := range golangtest.Everything() {
		for path, source := range files(t, c, Options{Spec: "errors.yaml", SelfTest: true, Separate: "example.com/errors"}) {
			formatted, err := format.Source(source)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, path, err)
			}
			if diff := cmp.Diff(string(formatted), string(source)); diff != "" {
				t.Errorf("%s: %s is not formatted (-want +got):\n%s", name, path, diff)
			}
			file := parse(t, path, source)
			if !ast.IsGenerated(file) {
				t.Errorf("%s: %s is not marked as generated", name, path)
			}
		}
	}
}

// TestNothingIdle looks for declarations that nothing in their package uses, and
// for blank assignments that hide one.
func TestNothingIdle(t *testing.T) {
	for name, c := range golangtest.Everything() {
		uses := make(map[string]int)
		var unexported []string
		for path, source := range files(t, c, Options{}) {
			file := parse(t, path, source)
			for _, declaration := range file.Decls {
				for _, declared := range declaredBy(declaration) {
					if words := strings.Fields(declared); !token.IsExported(words[len(words)-1]) && words[0] != "import" {
						unexported = append(unexported, declared)
					}
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					uses[id.Name]++
				}
				return true
			})
		}
		if uses["_"] != 1 {
			t.Errorf("%s: %d blank names, want that of the guard alone", name, uses["_"])
		}
		for _, declared := range unexported {
			words := strings.Fields(declared)
			if id := words[len(words)-1]; id != "_" && uses[id] < 2 {
				t.Errorf("%s: nothing uses %s", name, declared)
			}
		}
	}
}

func TestSelfTestOnRequest(t *testing.T) {
	if _, ok := files(t, golangtest.Full(), Options{})["full/full_test.go"]; ok {
		t.Error("a test is written without being asked for")
	}
}

func TestSelfTestName(t *testing.T) {
	if _, ok := files(t, golangtest.Parts()["x_windows"], Options{SelfTest: true})["x_windows/xwindows_test.go"]; !ok {
		t.Error("a test is named so that only one system builds it")
	}
}

// TestRepeatable guards against the order of maps.
func TestRepeatable(t *testing.T) {
	first := asText(files(t, golangtest.Full(), Options{SelfTest: true}))
	for range 20 {
		if diff := cmp.Diff(first, asText(files(t, golangtest.Full(), Options{SelfTest: true}))); diff != "" {
			t.Fatalf("output differs from one run to the next (-first +later):\n%s", diff)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		name string
		edit func(b *golangtest.Builder)
		want string
	}{
		{"keyword as package", func(b *golangtest.Builder) { b.API.Name = "type" }, `api "type": not a Go package name`},
		{"no identifier", func(b *golangtest.Builder) { b.Code("A", golangtest.Permanent, nil).Go = "A-B" }, `api x: "A-B" is not an exported Go name`},
		{"not exported", func(b *golangtest.Builder) { b.Code("A", golangtest.Permanent, nil).Go = "catalog" }, `api x: "catalog" is not an exported Go name`},
		{"taken by the package", func(b *golangtest.Builder) { b.Status(404, golangtest.Permanent, nil).Go = "Classify" }, `api x: two declarations of Classify`},
		{"taken by the test", func(b *golangtest.Builder) { b.Code("A", golangtest.Permanent, nil).Go = "TestEveryCode" }, `api x: two declarations of TestEveryCode`},
		{"taken by another", func(b *golangtest.Builder) {
			b.Code("A", golangtest.Permanent, nil)
			b.Prefix("A*", golangtest.Permanent, nil)
		}, `api x: two declarations of A`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := golangtest.New("x")
			test.edit(b)
			if _, err := Files(b.Catalog, Options{SelfTest: true}); err == nil || err.Error() != test.want {
				t.Errorf("err = %v, want %s", err, test.want)
			}
		})
	}
}

func BenchmarkFiles10000(b *testing.B) {
	c := large(10_000)
	for b.Loop() {
		if _, err := Files(c, Options{Spec: "errors.yaml"}); err != nil {
			b.Fatal(err)
		}
	}
}

// large is a catalog of n codes.
func large(n int) *model.Catalog {
	b := golangtest.New("large")
	for i := range n {
		e := b.Entry(1, fmt.Sprintf("ERROR_NUMBER_%d_OF_MANY", i), golangtest.Transient, golangtest.Slot)
		e.Go = fmt.Sprintf("ErrorNumber%dOfMany", i)
		e.Number = uint16(i + 1)
		e.Statuses = []int{400 + i%100}
		b.API.Codes = append(b.API.Codes, e)
	}
	return b.Catalog
}

func files(t *testing.T, c *model.Catalog, o Options) map[string][]byte {
	t.Helper()
	files, err := Files(c, o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func parse(t *testing.T, path string, source []byte) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func asText(files map[string][]byte) map[string]string {
	texts := make(map[string]string)
	for path, source := range files {
		texts[path] = string(source)
	}
	return texts
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for path, text := range files {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// read returns the files below a directory by their slash-separated path in it.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(tree, path)
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
