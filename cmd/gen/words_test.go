package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestWords checks the names in the code against the table of words in
// docs/architecture.md: each of its words is used, and none is used for what the
// table gives to another.
func TestWords(t *testing.T) {
	names := declared(t)
	for _, row := range wordTable(t) {
		if !names.use(row.word) {
			t.Errorf("no name in the code has the word %s", row.word)
		}
		for _, not := range row.not {
			scope, word, scoped := strings.Cut(not, ".")
			if !scoped || !names.has(scope) {
				t.Errorf("%s: %s is not a word in a package or a type", row.word, not)
			}
			for _, n := range names[scope] {
				if hasWord(n.text, word) {
					t.Errorf("%s: the name %s has the word %s", n.place, n.text, word)
				}
			}
		}
	}
}

// wordRow is a row of the table of words.
type wordRow struct {
	word string
	not  []string // such as cli.form: no name in package or type cli has the word form
}

func wordTable(t *testing.T) []wordRow {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## Words\n")
	section, _, _ = strings.Cut(section, "\n## ")
	quoted := regexp.MustCompile("`([^`]+)`")
	var rows []wordRow
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !strings.Contains(cells[1], "`") {
			continue
		}
		row := wordRow{word: strings.Trim(cells[1], " `")}
		for _, match := range quoted.FindAllStringSubmatch(cells[3], -1) {
			row.not = append(row.not, match[1])
		}
		rows = append(rows, row)
	}
	if !found || len(rows) == 0 {
		t.Fatal("docs/architecture.md has no table of words")
	}
	return rows
}

// scopes are the names that the code declares, by package and by type.
type scopes map[string][]declaration

type declaration struct{ text, place string }

func (s scopes) has(scope string) bool { return len(s[scope]) > 0 }

func (s scopes) use(word string) bool {
	for _, names := range s {
		for _, n := range names {
			if hasWord(n.text, word) {
				return true
			}
		}
	}
	return false
}

// declared gathers what the module's packages declare outside tests: types,
// functions, fields, parameters, constants and variables.
func declared(t *testing.T) scopes {
	t.Helper()
	all := make(scopes)
	for _, root := range []string{"classify", "cmd"} {
		err := filepath.WalkDir(filepath.Join("..", "..", root), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && (entry.Name() == "testdata" || isModule(path)) {
				return filepath.SkipDir
			}
			if entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err == nil {
				all.add(files, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (s scopes) add(files *token.FileSet, file *ast.File) {
	note := func(scope string, names ...*ast.Ident) {
		for _, name := range names {
			s[scope] = append(s[scope], declaration{name.Name, files.Position(name.Pos()).String()})
		}
	}
	pkg := file.Name.Name
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			note(pkg, n.Name)
			if n.Recv != nil {
				note(receiver(n.Recv.List[0].Type), n.Name)
			}
		case *ast.TypeSpec:
			note(pkg, n.Name)
			if fields, ok := n.Type.(*ast.StructType); ok {
				for _, field := range fields.Fields.List {
					note(n.Name.Name, field.Names...)
				}
			}
		case *ast.Field:
			note(pkg, n.Names...)
		case *ast.ValueSpec:
			note(pkg, n.Names...)
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if name, ok := left.(*ast.Ident); ok && n.Tok == token.DEFINE {
					note(pkg, name)
				}
			}
		}
		return true
	})
}

// receiver names the type of a method's receiver.
func receiver(of ast.Expr) string {
	switch of := of.(type) {
	case *ast.StarExpr:
		return receiver(of.X)
	case *ast.IndexExpr:
		return receiver(of.X)
	case *ast.Ident:
		return of.Name
	}
	return ""
}

// hasWord reports whether a name such as replyForms has a word such as form, in
// the singular or the plural.
func hasWord(name, word string) bool {
	start := 0
	for i, r := range name + "A" {
		if i > start && (unicode.IsUpper(r) || r == '_') {
			part := strings.ToLower(strings.Trim(name[start:i], "_"))
			if part == word || part == word+"s" || part == strings.TrimSuffix(word, "y")+"ies" {
				return true
			}
			start = i
		}
	}
	return false
}

func TestHasWord(t *testing.T) {
	for _, test := range []struct {
		name, word string
		want       bool
	}{
		{"form", "form", true}, {"Forms", "form", true}, {"jsonForm", "form", true}, {"FormCode", "form", true}, {"allReplies", "reply", true},
		{"format", "form", false}, {"transform", "form", false}, {"replyTest", "form", false}, {"JSON", "form", false}, {"_", "form", false},
	} {
		if got := hasWord(test.name, test.word); got != test.want {
			t.Errorf("hasWord(%q, %q) = %t", test.name, test.word, got)
		}
	}
}
