package importer

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestGoldens imports each file of testdata, whose folder says its kind, and compares the
// spec and what is left out. The kind is told from the content too.
func TestGoldens(t *testing.T) {
	for _, kind := range Kinds() {
		names, err := filepath.Glob(filepath.Join("testdata", string(kind), "*"))
		if err != nil {
			t.Fatal(err)
		}
		names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, ".out") })
		if len(names) == 0 {
			t.Errorf("no case of %s", kind)
		}
		for _, name := range names {
			t.Run(string(kind)+"/"+filepath.Base(name), func(t *testing.T) { golden(t, kind, name) })
		}
	}
}

func golden(t *testing.T, kind Kind, name string) {
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := []File{{Name: filepath.ToSlash(name), Content: content}}
	result, err := Import(files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if result.Kind != kind {
		t.Errorf("taken for %s", result.Kind)
	}
	again, err := Import(files, Options{From: kind})
	if err != nil || !bytes.Equal(again.Spec, result.Spec) {
		t.Errorf("another run makes another spec, or fails: %v", err)
	}
	got := string(result.Spec)
	for _, what := range result.LeftOut {
		got += "\n# left out " + what
	}
	if len(result.LeftOut) > 0 {
		got += "\n"
	}
	checked(t, result)
	out := name + ".out"
	if *update {
		if err := os.WriteFile(out, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// checked wants a spec to have no problem but what is left to its author.
func checked(t *testing.T, result *Result) {
	t.Helper()
	c, problems := check.Load("errors.yaml", result.Spec)
	toDo := 0
	for _, p := range problems {
		if p.Rule != check.RuleToDo {
			t.Errorf("%d:%d: %s [%s]", p.Line, p.Column, p.Message, p.Rule)
		}
		toDo++
	}
	if c == nil {
		t.Errorf("not a spec:\n%s", result.Spec)
	}
	if result.ToDo != toDo {
		t.Errorf("it says that %d things are to do, and check lists %d", result.ToDo, toDo)
	}
}

// TestNoKind is about files of which nothing tells what they are.
func TestNoKind(t *testing.T) {
	for _, content := range []string{"", "\n", "hello", "\x00\xff", "{}", "[]", "{"} {
		if _, err := Import([]File{{"a.txt", []byte(content)}}, Options{}); err == nil || !strings.HasPrefix(err.Error(), "a.txt") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// TestTwoFiles imports a document with the one that it refers to, and files of two kinds.
func TestTwoFiles(t *testing.T) {
	read := func(name string) File {
		content, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return File{Name: name, Content: content}
	}
	other := File{"dir/other.yaml", []byte(`components:
  responses:
    Other: {description: Other, content: {application/json: {schema: {$ref: "#/components/schemas/Own"}}}}
  schemas:
    Own: {properties: {error: {properties: {code: {enum: [from_elsewhere]}}}}}
`)}
	result, err := Import([]File{read("openapi/tasks.yaml"), other}, Options{API: "work"})
	if err != nil {
		t.Fatal(err)
	}
	if checked(t, result); len(result.LeftOut) > 0 || !bytes.Contains(result.Spec, []byte("\n      from_elsewhere:\n")) || !bytes.Contains(result.Spec, []byte("\n  work:\n")) {
		t.Errorf("left out %q of\n%s", result.LeftOut, result.Spec)
	}
	if _, err := Import([]File{read("openapi/tasks.yaml"), read("csv/errors.csv")}, Options{}); err == nil || !strings.Contains(err.Error(), "csv/errors.csv: it is of the kind csv") {
		t.Error(err)
	}
}

// TestFaults is about content that a kind can't be read from, each with its place.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		kind    Kind
		content string
		want    string
	}{
		{"openapi", "openapi: 3.0.0\npaths: [1\n", "a:2:8: "},
		{"openapi", `{"openapi": "3.0.0", "paths": {}}`, "a:1:31: no operation describes a reply"},
		{"openapi", `{"paths": {}} {}`, "a:1:15: something follows"},
		{"csv", "code,meaning\nA,\"b\n", "a:2:6: broken CSV"},
		{"csv", "name,value\na,b\n", "a:1:1: no column is known"},
		{"csv", "code,meaning\n", "a:1:1: a table without rows"},
		{"markdown", "| a | b |\n|---|---|\n| c | d |\n", "a: no table has a column"},
		{"replies", `{"status": 404, "body": {}} 7`, "a:1:29: a single value, and not a reply"},
		{"replies", "{\"a\": 1}\n{\"a\": \n", "a:3:1: broken JSON: it ends too early"},
		{"har", `{"log": {"entries": []}}`, "a:1:1: a HAR file without entries"},
		{"go", "package a\nfunc {\n", "a:2:6: broken Go"},
		{"go", "package a\n", "a: no constants of errors"},
		{"proto", "enum E {\n  A = 1\n}\n", "a:3:1: broken proto: } instead of a semicolon"},
		{"proto", "syntax = \"proto3\";\nmessage Ä { /* x", "a:2:13: broken proto: the comment has no end"},
		{"proto", "import 'a\n';", "a:1:8: broken proto: the string has no end"},
		{"proto", "message A {\n  message B { }\n", "a:1:11: broken proto: the { has no }"},
		{"proto", "message A {}\n}", "a:2:1: broken proto: } without a {"},
		{"proto", "package a", "a:1:1: broken proto: no semicolon ends it"},
		{"proto", "message A {}", "a: no service, and no enum of errors"},
		{"botocore", `{"metadata": {}}`, "a:1:1: neither shapes nor retry"},
		{"botocore", `{"shapes": {}}`, "a:1:1: no shape is an exception"},
	} {
		_, err := Import([]File{{"a", []byte(test.content)}}, Options{From: test.kind})
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s %q: %v, want %s", test.kind, test.content, err, test.want)
		}
	}
}

func TestAPIName(t *testing.T) {
	for _, test := range []struct{ title, file, want string }{
		{"The Tasks API v2", "x", "tasks"}, {"", "openapi", "api"}, {"REST API", "my-shop", "myshop"}, {"GitHub's API", "", "githubs"},
		{"Func", "", "funcapi"}, {"3scale", "", "scale"}, {"Kubernetes", "", "kubernetes"}, {"日本", "日本", "api"}, {"vendor", "", "vendorapi"},
		{strings.Repeat("long", 20), "", strings.Repeat("long", 10)},
	} {
		got := apiName(test.title, test.file)
		if got != test.want {
			t.Errorf("apiName(%q, %q) = %q, want %q", test.title, test.file, got, test.want)
		}
	}
}
