package importer

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// Go code is parsed, and its constants are evaluated by the type checker, which needs no other
// package for that. What is read are constants whose type or name says that they are of errors,
// and sentinel errors.

func isGo(f File) bool {
	return path.Ext(f.Name) == ".go" || packageClause().Match(f.Content)
}

var packageClause = pattern.Of(`(?m)^package [a-z][a-z0-9_]*\s*$`)

func readGo(files []File) (*draft, error) {
	g := goReader{draft: new(draft), set: token.NewFileSet()}
	byPackage := make(map[string][]*ast.File)
	var order []string
	for _, f := range files {
		parsed, err := parser.ParseFile(g.set, f.Name, f.Content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, goFault(f.Name, err)
		}
		name := path.Dir(f.Name) + "/" + parsed.Name.Name
		if byPackage[name] == nil {
			order = append(order, name)
		}
		if g.title == "" && !slices.Contains(fillers, parsed.Name.Name) {
			g.title = naming.Title(parsed.Name.Name)
		}
		byPackage[name] = append(byPackage[name], parsed)
	}
	for _, name := range order {
		g.read(byPackage[name])
	}
	if len(g.codes)+len(g.statuses) == 0 {
		return nil, faultf(diag.Place{File: files[0].Name}, "no constants of errors, and no sentinel errors: their type or their names have a word such as error, code, status or reason")
	}
	return g.draft, nil
}

// goFault is a fault of Go code at its place.
func goFault(name string, err error) error {
	if list, ok := errors.AsType[scanner.ErrorList](err); ok && len(list) > 0 {
		return faultf(diag.Place{File: name, Line: list[0].Pos.Line, Column: list[0].Pos.Column}, "broken Go: %s", list[0].Msg)
	}
	return faultf(diag.Place{File: name}, "broken Go: %s", err)
}

type goReader struct {
	*draft
	set  *token.FileSet
	info types.Info
}

// noImports is an importer that has no package: what is imported is not needed.
type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not imported") }

func (g *goReader) read(files []*ast.File) {
	g.info = types.Info{Defs: make(map[*ast.Ident]types.Object)}
	config := types.Config{Importer: noImports{}, Error: func(error) {}, FakeImportC: true}
	config.Check(files[0].Name.Name, g.set, files, &g.info) // what is wrong concerns what is imported
	for _, file := range files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST {
				g.constants(d)
			} else if ok && d.Tok == token.VAR {
				g.sentinels(d)
			}
		}
	}
}

var errorWord = pattern.Of(`(?i)err|code|fault|fail|reason|problem`)

// constants adds those of a block whose type, or else whose name, is of errors.
func (g *goReader) constants(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		s := spec.(*ast.ValueSpec)
		for _, name := range s.Names {
			c, ok := g.info.Defs[name].(*types.Const)
			if !ok || name.Name == "_" {
				continue
			}
			typeName := ""
			if named, ok := c.Type().(*types.Named); ok {
				typeName = named.Obj().Name()
			}
			if !errorWord().MatchString(typeName) && (typeName != "" || !errorWord().MatchString(name.Name)) {
				continue
			}
			g.constant(name.Name, typeName, c.Val(), commentOf(s.Doc, s.Comment, name.Name))
		}
	}
}

func (g *goReader) constant(name, typeName string, value constant.Value, comment string) {
	words := strings.TrimPrefix(strings.TrimPrefix(name, typeName), "Err")
	switch value.Kind() {
	case constant.String:
		code := constant.StringVal(value)
		if code == "" || len(code) > maxCode || code != clean(code, maxCode) || strings.Contains(code, " ") {
			g.leave("constant %s: its value is not a code", name)
			return
		}
		e, _ := g.code(code)
		e.meaning = comment
	case constant.Int:
		number := value.ExactString()
		if slices.Contains([]string{"", "ok", "none", "success", "unspecified"}, strings.ToLower(words)) {
			g.leave("constant %s: it is not an error", name)
			return
		}
		if typeName == "" && isHTTPStatus(number) {
			return // a status under another name
		}
		e, isNew := g.code(number)
		if !isNew {
			g.leave("constant %s: %s is another one's value already", name, number)
			return
		}
		e.meaning = comment
		if e.meaning == "" {
			e.meaning = naming.Title(spaced(words))
		}
		if token.IsExported(words) && token.IsIdentifier(words) {
			e.goName = words
		}
		e.rpc = words
	}
}

// sentinels adds variables that hold an error: their text is known, and the code is not.
func (g *goReader) sentinels(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		s := spec.(*ast.ValueSpec)
		for i, name := range s.Names {
			if i >= len(s.Values) || !strings.HasPrefix(strings.ToLower(name.Name), "err") {
				continue
			}
			call, ok := s.Values[i].(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				continue
			}
			made, ok := call.Fun.(*ast.SelectorExpr)
			text, isText := call.Args[0].(*ast.BasicLit)
			if !ok || !isText || text.Kind != token.STRING || !slices.Contains([]string{"New", "Errorf"}, made.Sel.Name) {
				continue
			}
			e, isNew := g.code(name.Name)
			if isNew {
				e.message = clean(constant.StringVal(constant.MakeFromLiteral(text.Value, token.STRING, 0)), maxText)
				e.meaning = commentOf(s.Doc, s.Comment, name.Name)
				e.notes = append(e.notes, toDo("the name is that of a Go variable; how do replies say it?"))
			}
		}
	}
}

// commentOf returns the first sentence of a comment, without the name that it starts with.
func commentOf(doc, behind *ast.CommentGroup, name string) string {
	text := doc.Text()
	if text == "" {
		text = behind.Text()
	}
	text = firstSentence(strings.ReplaceAll(text, "\n", " "))
	for _, verb := range []string{" is returned when ", " is returned if ", " means that ", " means ", " indicates that ", " indicates ", " is ", " reports that ", ": ", " "} {
		if rest, ok := strings.CutPrefix(text, name+verb); ok {
			return sentence(rest)
		}
	}
	return text
}
