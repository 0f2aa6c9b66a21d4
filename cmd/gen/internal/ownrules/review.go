package ownrules

import (
	"regexp/syntax"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// review looks for what is good CEL and can't be meant, and notes the fields that are named.
type review struct {
	ast    *ast.AST
	words  Words
	fields []string
	fault  *Fault
}

func (r *review) visit(e ast.Expr) {
	switch {
	case r.fault != nil:
	case e.Kind() == ast.LiteralKind && e.AsLiteral() == types.NullValue:
		r.report(e, "no field of an entry is null: a text that is not there is empty", "has(entry.retired) tells whether there is one")
	case e.Kind() == ast.SelectKind:
		on, field := e.AsSelect().Operand(), e.AsSelect().FieldName()
		if on.Kind() == ast.IdentKind && on.AsIdent() == variable && !slices.Contains(r.fields, field) {
			r.fields = append(r.fields, field)
		}
	case e.Kind() == ast.CallKind:
		r.call(e.AsCall())
	}
}

func (r *review) report(at ast.Expr, message, hint string) {
	place, _ := r.ast.SourceInfo().GetOffsetRange(at.ID())
	r.fault = &Fault{Offset: int(place.Start), Message: message, Hint: hint}
}

func (r *review) call(call ast.CallExpr) {
	args := call.Args()
	if call.IsMemberFunction() {
		args = slices.Concat([]ast.Expr{call.Target()}, args)
	}
	if len(args) != 2 {
		return
	}
	switch call.FunctionName() {
	case operators.Equals, operators.NotEquals:
		r.compared(args[0], args[1])
		r.compared(args[1], args[0])
	case operators.In:
		if args[1].Kind() == ast.ListKind {
			r.compared(args[0], args[1].AsList().Elements()...)
		}
	case overloads.Matches:
		pattern, ok := literal(args[1])
		if !ok {
			return
		}
		if _, err := syntax.Parse(pattern, syntax.Perl); err != nil {
			r.report(args[1], "bad regular expression: "+strings.TrimPrefix(err.Error(), "error parsing regexp: "), "")
		}
	}
}

// compared reports a text that a field is compared with and never has.
func (r *review) compared(field ast.Expr, with ...ast.Expr) {
	if field.Kind() != ast.SelectKind || r.ast.GetType(field.AsSelect().Operand().ID()).Kind() != types.StructKind {
		return
	}
	words, ok := r.words[field.AsSelect().FieldName()]
	for _, one := range with {
		text, isText := literal(one)
		if !ok || !isText || text == "" || slices.Contains(words, text) || r.fault != nil {
			continue
		}
		hint := diag.DidYouMean(text, words)
		if hint == "" && len(words) <= maxListed {
			hint = "known are " + strings.Join(words, ", ")
		}
		r.report(one, "no "+field.AsSelect().FieldName()+" is "+diag.Quote(text), hint)
	}
}

// maxListed is how many words a hint lists.
const maxListed = 12

func literal(e ast.Expr) (text string, ok bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	is, ok := e.AsLiteral().(types.String)
	return string(is), ok
}
