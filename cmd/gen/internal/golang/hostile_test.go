package golang

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	godoc "go/doc/comment"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
)

// TestHostile has a catalog of each hostile text declare what one of a tame text
// declares, in comments without markup.
func TestHostile(t *testing.T) {
	options := Options{Spec: "a b\n//go:build ignore\n.yaml", SelfTest: true}
	want := declarations(t, files(t, golangtest.Hostile("x", []string{"tame"}), options))
	if !slices.Contains(want["x/codes.go"], "const Hostile0") {
		t.Fatalf("declarations of a tame catalog = %q", want)
	}
	for _, text := range golangtest.HostileTexts {
		t.Run(fmt.Sprintf("%.20q", text), func(t *testing.T) {
			got := files(t, golangtest.Hostile("x", []string{text}), options)
			if diff := cmp.Diff(want, declarations(t, got)); diff != "" {
				t.Errorf("other declarations (-want +got):\n%s", diff)
			}
			for path, source := range got {
				checkComments(t, parse(t, path, source))
			}
		})
	}
}

// FuzzHostile does the same with texts that no one thought of.
func FuzzHostile(f *testing.F) {
	for _, text := range golangtest.HostileTexts {
		f.Add(text)
	}
	var want map[string][]string
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" {
			return // which leaves out what is there for a text
		}
		if want == nil {
			want = declarations(t, files(t, golangtest.Hostile("x", []string{"tame"}), Options{}))
		}
		got := files(t, golangtest.Hostile("x", []string{text}), Options{})
		if diff := cmp.Diff(want, declarations(t, got)); diff != "" {
			t.Errorf("other declarations (-want +got):\n%s", diff)
		}
		for path, source := range got {
			checkComments(t, parse(t, path, source))
		}
	})
}

// declarations names what each file imports and declares.
func declarations(t *testing.T, files map[string][]byte) map[string][]string {
	t.Helper()
	all := make(map[string][]string)
	for path, source := range files {
		file := parse(t, path, source)
		names := []string{"package " + file.Name.Name}
		for _, declaration := range file.Decls {
			names = append(names, declaredBy(declaration)...)
		}
		// A code that JSON can't hold is tried as text instead.
		all[path] = slices.DeleteFunc(names, func(name string) bool { return name == `import "encoding/json"` })
	}
	return all
}

func declaredBy(declaration ast.Decl) []string {
	if function, ok := declaration.(*ast.FuncDecl); ok {
		return []string{fmt.Sprintf("func %d %s", function.Recv.NumFields(), function.Name.Name)}
	}
	var names []string
	general := declaration.(*ast.GenDecl)
	for _, spec := range general.Specs {
		switch spec := spec.(type) {
		case *ast.ImportSpec:
			names = append(names, "import "+spec.Path.Value)
		case *ast.TypeSpec:
			names = append(names, "type "+spec.Name.Name)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				names = append(names, general.Tok.String()+" "+name.Name)
			}
		}
	}
	return names
}

// checkComments looks for anything in comments that a tool takes for more than
// text.
func checkComments(t *testing.T, file *ast.File) {
	t.Helper()
	for _, group := range file.Comments {
		for _, line := range group.List {
			if line.Text != "//" && !strings.HasPrefix(line.Text, "// ") {
				t.Errorf("comment is a directive: %q", line.Text)
			}
			if constraint.IsGoBuild(line.Text) || constraint.IsPlusBuild(line.Text) {
				t.Errorf("comment is a build constraint: %q", line.Text)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.File:
			checkDoc(t, n.Doc, "")
		case *ast.FuncDecl:
			checkDoc(t, n.Doc, "")
		case *ast.GenDecl:
			checkDoc(t, n.Doc, "")
		case *ast.ValueSpec:
			checkDoc(t, n.Doc, n.Names[0].Name)
		}
		return true
	})
}

// checkDoc looks at a doc comment as go doc reads it.
func checkDoc(t *testing.T, group *ast.CommentGroup, name string) {
	t.Helper()
	if group == nil {
		return
	}
	text := group.Text()
	doc := new(godoc.Parser).Parse(text)
	for _, block := range doc.Content {
		if _, ok := block.(*godoc.Paragraph); !ok {
			t.Errorf("comment on %s has a %T: %q", name, block, text)
		}
	}
	if len(doc.Links) > 0 {
		t.Errorf("comment on %s has link definitions: %q", name, text)
	}
	if name == "" {
		return
	}
	if !strings.HasPrefix(text, name) {
		t.Errorf("comment on %s starts otherwise: %q", name, text)
	}
	if deprecated := strings.Contains(text, "\nDeprecated:"); deprecated != (name == "HostilePrefix") {
		t.Errorf("comment on %s deprecates it: %t: %q", name, deprecated, text)
	}
}

func TestComment(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"one line", "All workers busy.", "// All workers busy."},
		{"wrapped", strings.Repeat("word ", 20), "// " + strings.TrimSpace(strings.Repeat("word ", 18)) + "\n// word word"},
		{"unit", strings.Repeat("x", 88) + " by 10 s, then on", "// " + strings.Repeat("x", 88) + " by\n// 10 s, then on"},
		{"marker", strings.Repeat("x", 90) + " # heading", "// " + strings.Repeat("x", 90) + " #\n// heading"},
		{"white space", " a\tb\r\nc\u2028d\u0085e ", "// a b c d e"},
		{"invisible", "a\x00b\ufeffc\u202ed\xff", `// a\x00b\ufeffc\u202ed\xff`},
		{"replacement character", "\ufffd", `// \ufffd`},
		{"joined", "👩\u200d💻", "// 👩\u200d💻"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, strings.Join(commented(test.text), "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDuration(t *testing.T) {
	tests := map[time.Duration]string{
		time.Second:             "time.Second",
		5 * time.Second:         "5 * time.Second",
		90 * time.Second:        "90 * time.Second",
		2 * time.Hour:           "2 * time.Hour",
		1500 * time.Millisecond: "1500 * time.Millisecond",
		3 * time.Microsecond:    "3 * time.Microsecond",
		1<<63 - 1:               "9223372036854775807",
	}
	for d, want := range tests {
		if got := duration(d).GoString(); got != want {
			t.Errorf("duration(%d) = %s, want %s", d, got, want)
		}
	}
}
