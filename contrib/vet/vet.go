// Package vet finds mistakes in code that uses package classify and the packages that are
// generated from a catalog: what compiles, and then sends a permanent error again, stops
// for ever, or goes wrong when the catalog changes. It is an analyzer for go vet:
//
//	go get -tool github.com/errkb/errkb/contrib/vet/cmd/errkbvet
//	go vet -vettool=$(go tool -n errkbvet) ./...
//
// It reports
//
//   - a comparison of a code's text, as of Decision.Code or CodeOf, with the text of a code
//     that a generated package has a constant for: a slip in the text stays unseen, and so does
//     a code that the catalog renames;
//   - a switch over an Action without default: an action that it does not name falls through;
//   - a Decision, or the error of ErrorOf, that nobody looks at;
//   - a loop that sleeps for a Decision's wait: it does not end with its context, and mostly
//     has no limit of time and no budget;
//   - an *Error that is taken from an error by a type assertion: it is mostly wrapped.
package vet

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errkb/errkb/classify"
)

// Analyzer finds the mistakes.
var Analyzer = &analysis.Analyzer{
	Name:      "errkb",
	Doc:       "find mistakes in the use of error catalogs\n\nA code's text where there is a constant, an action that a switch does not name, decisions\nthat are ignored, waits by hand in a loop, and errors that are not unwrapped.",
	Requires:  []*analysis.Analyzer{inspect.Analyzer},
	FactTypes: []analysis.Fact{new(codes)},
	Run:       run,
}

var (
	classifyPath = reflect.TypeFor[classify.Decision]().PkgPath()
	packedPath   = classifyPath + "/packed"
)

// codes is the fact that a package has constants for texts.
type codes struct{ Constants []typed }

// typed is a constant and its text on the wire.
type typed struct{ Name, Text string }

// AFact marks a fact of the analyzer.
func (*codes) AFact() {}

func (c *codes) String() string { return strconv.Itoa(len(c.Constants)) + " codes" }

func run(pass *analysis.Pass) (any, error) {
	if found := codesOf(pass); len(found.Constants) > 0 {
		pass.ExportPackageFact(found)
	}
	v := visitor{pass, constants(pass)}
	in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	in.WithStack(nil, func(n ast.Node, push bool, stack []ast.Node) bool {
		if push {
			v.visit(n, stack)
		}
		return true
	})
	return nil, nil
}

// codesOf reads the texts of a generated package's constants out of its table: the names
// that it lists, the first of them for the code 1.
func codesOf(pass *analysis.Pass) *codes {
	found := new(codes)
	scope := pass.Pkg.Scope()
	code, _ := scope.Lookup("Code").(*types.TypeName)
	names, _ := scope.Lookup("names").(*types.Const)
	if code == nil || names == nil || !imports(pass.Pkg, packedPath) || names.Val().Kind() != constant.String {
		return found
	}
	text, starts := constant.StringVal(names.Val()), offsets(pass)
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok || types.Unalias(c.Type()) != code.Type() {
			continue
		}
		number, _ := constant.Int64Val(c.Val())
		if number < 1 || int(number) >= len(starts) || starts[number]-1 > len(text) || starts[number-1] > starts[number]-1 {
			continue
		}
		found.Constants = append(found.Constants, typed{name, text[starts[number-1] : starts[number]-1]})
	}
	return found
}

// offsets reads where the names start.
func offsets(pass *analysis.Pass) (all []int) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Names) != 1 || spec.Names[0].Name != "nameAt" || len(spec.Values) != 1 {
				return true
			}
			list, ok := spec.Values[0].(*ast.CompositeLit)
			if !ok {
				return true
			}
			for _, element := range list.Elts {
				value := pass.TypesInfo.Types[element].Value
				if value == nil {
					return true
				}
				at, _ := constant.Int64Val(value)
				all = append(all, int(at))
			}
			return false
		})
	}
	return all
}

func imports(pkg *types.Package, path string) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return p.Path() == path })
}

// constants returns the constants of the generated packages that a package imports, by text.
// A text that two of them have is left out: nobody can tell which is meant.
func constants(pass *analysis.Pass) map[string]string {
	all := make(map[string]string)
	for _, imported := range pass.Pkg.Imports() {
		var found codes
		if !pass.ImportPackageFact(imported, &found) {
			continue
		}
		for _, c := range found.Constants {
			if _, twice := all[c.Text]; twice {
				all[c.Text] = ""
			} else {
				all[c.Text] = imported.Name() + "." + c.Name
			}
		}
	}
	return all
}

type visitor struct {
	*analysis.Pass
	constants map[string]string // with their packages, by text; empty for one of several
}

func (v *visitor) visit(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			v.compared(n.X, n.Y)
			v.compared(n.Y, n.X)
		}
	case *ast.SwitchStmt:
		v.switched(n)
	case *ast.ExprStmt:
		v.ignored(n.X)
	case *ast.AssignStmt:
		if len(n.Lhs) == len(n.Rhs) {
			for i, to := range n.Lhs {
				if name, ok := to.(*ast.Ident); ok && name.Name == "_" {
					v.ignored(n.Rhs[i])
				}
			}
		}
	case *ast.CallExpr:
		v.slept(n, stack)
	case *ast.TypeAssertExpr:
		if n.Type != nil && v.isClassify(pointed(v.TypesInfo.TypeOf(n.Type)), "Error") && isError(v.TypesInfo.TypeOf(n.X)) {
			v.Reportf(n.Pos(), "an error is mostly wrapped: take *classify.Error from it by errors.As or errors.AsType")
		}
	}
}

// compared reports a code's text that is compared with a text that there is a constant for.
func (v *visitor) compared(code, with ast.Expr) {
	value := v.TypesInfo.Types[with].Value
	if value == nil || value.Kind() != constant.String || !v.isCodeText(code) {
		return
	}
	if name := v.constants[constant.StringVal(value)]; name != "" {
		pkg, _, _ := strings.Cut(name, ".")
		v.Reportf(with.Pos(), "%s is %s: compare that with the Code of %s.ParseCode, or use errors.Is", value, name, pkg)
	}
}

// isCodeText reports whether an expression is the text of a code: that of a decision or an
// entry, or of an error by CodeOf, or of a typed code.
func (v *visitor) isCodeText(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		return x.Sel.Name == "Code" && v.isClassify(pointed(v.TypesInfo.TypeOf(x.X)), "Decision")
	case *ast.CallExpr:
		if v.isFunction(x, "CodeOf") {
			return true
		}
		method, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
		if !ok || len(x.Args) > 0 {
			return false
		}
		of := pointed(v.TypesInfo.TypeOf(method.X))
		return method.Sel.Name == "Code" && v.isClassify(of, "View") || method.Sel.Name == "String" && v.isGenerated(of)
	}
	return false
}

// switched looks at the cases of a switch.
func (v *visitor) switched(n *ast.SwitchStmt) {
	if n.Tag == nil {
		return
	}
	hasDefault := false
	for _, clause := range n.Body.List {
		clause := clause.(*ast.CaseClause)
		hasDefault = hasDefault || clause.List == nil
		for _, value := range clause.List {
			v.compared(n.Tag, value)
		}
	}
	if !hasDefault && v.isClassify(v.TypesInfo.TypeOf(n.Tag), "Action") {
		v.Reportf(n.Pos(), "a switch over an Action without default: one that it does not name should stop, as Fail does")
	}
}

// ignored reports a result that nobody looks at.
func (v *visitor) ignored(x ast.Expr) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return
	}
	switch {
	case v.isClassify(v.TypesInfo.TypeOf(call), "Decision"):
		v.Reportf(call.Pos(), "the decision is not used: what the reply means is lost")
	case v.isFunction(call, "ErrorOf"):
		v.Reportf(call.Pos(), "the error of ErrorOf is not used: a reply that is not a success counts as one")
	}
}

// slept reports a wait of a decision that a loop sleeps for, whatever becomes of its context.
func (v *visitor) slept(call *ast.CallExpr, stack []ast.Node) {
	function, ok := v.called(call).(*types.Func)
	if !ok || function.Pkg() == nil || function.Pkg().Path() != "time" || len(call.Args) == 0 {
		return
	}
	switch function.Name() {
	case "Sleep":
	case "After":
		_, isStatement := stack[len(stack)-3].(*ast.ExprStmt)
		if _, isCase := stack[len(stack)-4].(*ast.CommClause); isCase || !isStatement { // of a select
			return
		}
	default:
		return
	}
	for _, n := range slices.Backward(stack) {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if v.isWait(call.Args[0], n) {
				v.Reportf(call.Pos(), "a loop that sleeps for a decision does not end with its context: classify.Do also minds that, the limits of tries and time, and the budget")
			}
			return
		case *ast.FuncLit, *ast.FuncDecl:
			return
		}
	}
}

// isWait reports whether an expression is what a decision's Wait or Next returns, or a variable
// that the loop sets to it.
func (v *visitor) isWait(x ast.Expr, loop ast.Node) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		method, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
		return ok && (method.Sel.Name == "Wait" || method.Sel.Name == "Next") && v.isClassify(pointed(v.TypesInfo.TypeOf(method.X)), "Decision")
	case *ast.Ident:
		found, of := false, v.TypesInfo.ObjectOf(x)
		ast.Inspect(loop, func(n ast.Node) bool {
			set, ok := n.(*ast.AssignStmt)
			if ok && len(set.Rhs) == 1 && v.TypesInfo.ObjectOf(identOf(set.Lhs[0])) == of {
				call, isCall := ast.Unparen(set.Rhs[0]).(*ast.CallExpr)
				found = found || isCall && v.isWait(call, nil)
			}
			return true
		})
		return found
	}
	return false
}

func identOf(x ast.Expr) *ast.Ident {
	name, _ := ast.Unparen(x).(*ast.Ident)
	return name
}

// called returns the function that a call calls.
func (v *visitor) called(call *ast.CallExpr) types.Object {
	switch function := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return v.TypesInfo.ObjectOf(function)
	case *ast.SelectorExpr:
		return v.TypesInfo.ObjectOf(function.Sel)
	}
	return nil
}

// isFunction reports whether a call is that of a function of package classify.
func (v *visitor) isFunction(call *ast.CallExpr, name string) bool {
	function, ok := v.called(call).(*types.Func)
	return ok && function.Name() == name && function.Pkg() != nil && function.Pkg().Path() == classifyPath && function.Signature().Recv() == nil
}

// isClassify reports whether a type is one of package classify.
func (v *visitor) isClassify(t types.Type, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == classifyPath
}

// isGenerated reports whether a type is the Code of a generated package.
func (v *visitor) isGenerated(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Code" && named.Obj().Pkg() != nil && v.ImportPackageFact(named.Obj().Pkg(), new(codes))
}

func isError(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// pointed returns what a pointer leads to, and any other type unchanged.
func pointed(t types.Type) types.Type {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		return pointer.Elem()
	}
	return t
}
