package golang

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// enum is one of the two generated types of constants, Code and Status.
type enum struct {
	name   string // the type
	many   string // the function that yields all of them
	noun   string // one of them in a sentence
	self   string // the receiver
	listed []*model.Entry
	groups []*model.Entry // those that stand for several: prefixes, classes
	tables tables
	kinds  [2]classify.Kind // of listed ones and of groups
	fold   bool
	err    bool // the type is an error
	api    string
	from   string // the package that has the type; empty for this one
	view   view
}

// view is where the type's methods find what they say.
type view struct {
	catalog string // the variable
	entry   string // what it returns: a type of the package named
	path    string
}

// The catalog as a whole, and the codes alone.
var (
	catalogView = view{"catalog", "View", classifyPath}
	codesView   = view{"codes", "Entry", packedPath}
)

func (v view) entryType() *jen.Statement { return jen.Qual(v.path, v.entry) }

// tables are the names of an enum's tables.
type tables struct{ listed, groups string }

func (p *pkg) codes() enum {
	return enum{
		name: "Code", many: "Codes", noun: "code", self: "c",
		listed: p.api.Codes, groups: p.api.Prefixes,
		tables: tables{"codes", "prefixes"},
		kinds:  [2]classify.Kind{classify.KindCode, classify.KindPrefix},
		fold:   p.api.FoldCase, err: true, api: p.api.Title,
		view: catalogView,
	}
}

func (p *pkg) statuses() enum {
	return enum{
		name: "Status", many: "Statuses", noun: "status", self: "s",
		listed: p.api.Statuses, groups: p.api.Classes,
		tables: tables{"statuses", "classes"},
		kinds:  [2]classify.Kind{classify.KindStatus, classify.KindStatusClass}, api: p.api.Title,
		view: catalogView,
	}
}

// any reports whether the API has any; the type is left out where it has none.
func (e enum) any() bool { return len(e.listed)+len(e.groups) > 0 }

func (e enum) unknown() string { return "Unknown" + e.name }

func (e enum) declarations() []*declaration {
	declarations := []*declaration{e.typeDecl(), e.consts(), e.parseFunc()}
	if e.err {
		declarations = append(declarations, e.codeOfFunc())
	}
	if len(e.listed) > 0 {
		declarations = append(declarations, e.manyFunc())
	}
	if e.from == "" {
		declarations = append(declarations, e.methods()...)
	}
	return declarations
}

func (e enum) methods() []*declaration {
	methods := []*declaration{e.stringMethod()}
	if e.err {
		methods = append(methods, e.errorMethod(), e.errorTypeMethod())
	}
	return append(methods, e.isValidMethod(), e.marshalMethod(), e.unmarshalMethod(), e.logMethod(), e.entryMethod())
}

// typeDecl is the type, or another name of that of the package that has it:
//
//	type Code uint16
func (e enum) typeDecl() *declaration {
	text := fmt.Sprintf("Status is an HTTP status of %s, or a class of statuses. Convert a number such as http.Response.StatusCode to it.", e.api)
	if e.err {
		text = fmt.Sprintf("Code is an error code of %s. It is an error: errors.Is finds it in the errors that package classify returns.", e.api)
	}
	declared := jen.Type().Id(e.name)
	if e.from != "" {
		return commented(text).above(declared.Op("=").Qual(e.from, e.name))
	}
	return commented(text).above(declared.Uint16())
}

// consts are the constants, each with what it means:
//
//	const (
//		UnknownCode Code = 0
//
//		// ErrorZeroBalance is ERROR_ZERO_BALANCE: No funds.
//		ErrorZeroBalance Code = 1
//	)
func (e enum) consts() *declaration {
	text := fmt.Sprintf("The %s, in the order of the catalog.", e.tables.listed)
	if len(e.listed) > 0 && len(e.groups) > 0 {
		text += " Those that stand for several come last."
	}
	return commented(text).
		above(jen.Const().DefsFunc(func(g *jen.Group) {
			commented(fmt.Sprintf("%s is the zero %s: none, or one that is not listed.", e.unknown(), e.name)).add(g)
			e.constant(g, e.unknown(), 0)
			for _, entries := range [][]*model.Entry{e.listed, e.groups} {
				for _, entry := range entries {
					g.Line()
					describe(entry).add(g)
					e.constant(g, entry.Go, entry.Number)
				}
			}
		}))
}

// constant is one of the constants:
//
//	ErrorZeroBalance Code = 1
func (e enum) constant(g *jen.Group, name string, number uint16) {
	if e.from != "" {
		g.Id(name).Op("=").Qual(e.from, name)
		return
	}
	g.Id(name).Id(e.name).Op("=").Lit(int(number))
}

// parseFunc finds a constant by its text:
//
//	func ParseCode(text string) (Code, bool)
func (e enum) parseFunc() *declaration {
	text := fmt.Sprintf("Parse%s returns the %s that a text stands for", e.name, e.name)
	if len(e.listed) > 0 {
		text += fmt.Sprintf(": a listed %s as on the wire", e.noun)
	}
	if len(e.listed) > 0 && e.fold {
		text += ", in any case"
	}
	if slices.ContainsFunc(e.listed, func(entry *model.Entry) bool { return len(entry.Aliases) > 0 }) {
		text += ", or another spelling of one"
	}
	if len(e.groups) > 0 {
		text += fmt.Sprintf("; %s itself is the text of %s", say.CodeWord(e.groups[0].Code), e.groups[0].Go)
	}
	number := func(entry *jen.Statement) *jen.Statement { return jen.Id(e.name).Call(entry.Dot("Number")) }
	return commented(text + ".").above(jen.Func().Id("Parse"+e.name).Params(jen.Id("text").String()).
		Params(jen.Id(e.name), jen.Bool()).BlockFunc(func(g *jen.Group) {
		if e.err && len(e.listed) > 0 {
			g.If(jen.List(jen.Id("entry"), jen.Id("ok")).Op(":=").Id(e.view.catalog).Dot("Lookup").Call(jen.Id("text")), jen.Id("ok")).
				Block(jen.Return(jen.Id(e.name).Call(jen.Id("entry").Dot("Number").Call()), jen.True()))
		} else if len(e.listed) > 0 {
			g.Add(search(e.tables.listed, "Code", jen.Id("text"), func(entry *jen.Statement) jen.Code {
				return jen.Return(number(entry), jen.True())
			}))
		}
		if len(e.groups) > 0 {
			g.Add(search(e.tables.groups, "Code", jen.Id("text"), func(entry *jen.Statement) jen.Code {
				return jen.Return(number(entry), jen.True())
			}))
		}
		g.Return(jen.Id(e.unknown()), jen.False())
	}))
}

// codeOfFunc finds the Code in an error:
//
//	func CodeOf(err error) (Code, bool) { return errors.AsType[Code](err) }
func (e enum) codeOfFunc() *declaration {
	return commented(fmt.Sprintf("CodeOf returns the %[1]s that an error is about, if it is about one: the errors of package classify unwrap to it. To ask for one %[1]s, use errors.Is.", e.name)).
		above(jen.Func().Id("CodeOf").Params(jen.Id("err").Error()).Params(jen.Id(e.name), jen.Bool()).
			Block(jen.Return(jen.Qual("errors", "AsType").Types(jen.Id(e.name)).Call(jen.Id("err")))))
}

// search looks through a table by a field:
//
//	for i := range prefixes {
//		if prefixes[i].Code == text {
//			return …
//		}
//	}
func search(table, field string, want jen.Code, found func(entry *jen.Statement) jen.Code) jen.Code {
	entry := func() *jen.Statement { return jen.Id(table).Index(jen.Id("i")) }
	return jen.For(jen.Id("i").Op(":=").Range().Id(table)).Block(
		jen.If(entry().Dot(field).Op("==").Add(want)).Block(found(entry())),
	)
}

// manyFunc yields the listed constants:
//
//	func Codes() iter.Seq[Code]
func (e enum) manyFunc() *declaration {
	text := fmt.Sprintf("%s yields every listed %s", e.many, e.name)
	if len(e.groups) > 0 {
		text += ", without those that stand for several"
	}
	rows, number := jen.Id(e.tables.listed), jen.Id(e.tables.listed).Index(jen.Id("i")).Dot("Number")
	if e.err { // whose numbers are 1 and up, and which are in no list
		rows, number = jen.Lit(len(e.listed)), jen.Id("i").Op("+").Lit(1)
	}
	return commented(text + ".").above(jen.Func().Id(e.many).Params().Qual("iter", "Seq").Types(jen.Id(e.name)).Block(
		jen.Return(jen.Func().Params(jen.Id("yield").Func().Params(jen.Id(e.name)).Bool()).Block(
			jen.For(jen.Id("i").Op(":=").Range().Add(rows)).Block(
				jen.If(jen.Op("!").Id("yield").Call(jen.Id(e.name).Call(number))).Block(jen.Return()),
			),
		)),
	))
}
