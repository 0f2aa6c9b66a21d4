package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"
)

// method starts a method of the enum, with a value receiver.
func (e enum) method(name string) *jen.Statement {
	return jen.Func().Params(jen.Id(e.self).Id(e.name)).Id(name)
}

// entryOf is the enum's entry of the catalog:
//
//	c.entry()
func (e enum) entryOf() *jen.Statement { return jen.Id(e.self).Dot("entry").Call() }

// isThere asks for an entry:
//
//	!entry.IsZero()
func isThere(entry *jen.Statement) *jen.Statement { return jen.Op("!").Add(entry).Dot("IsZero").Call() }

// stringMethod is the text as on the wire:
//
//	func (c Code) String() string
func (e enum) stringMethod() *declaration {
	text := fmt.Sprintf("String returns the %s as on the wire, or a text such as %s(77) for one that is not listed.", e.noun, e.name)
	return commented(text).above(e.method("String").Params().String().Block(
		jen.If(jen.Id("entry").Op(":=").Add(e.entryOf()), isThere(jen.Id("entry"))).Block(
			jen.Return(jen.Id("entry").Dot("Code").Call()),
		),
		jen.Return(jen.Qual("fmt", "Sprintf").Call(jen.Lit(e.name+"(%d)"), jen.Uint16().Call(jen.Id(e.self)))),
	))
}

// errorMethod makes the enum an error:
//
//	func (c Code) Error() string
func (e enum) errorMethod() *declaration {
	return commented("Error returns the code and what it means.").above(e.method("Error").Params().String().Block(
		jen.If(jen.Id("entry").Op(":=").Add(e.entryOf()), isThere(jen.Id("entry")).Op("&&").Id("entry").Dot("Meaning").Call().Op("!=").Lit("")).Block(
			jen.Return(jen.Id("entry").Dot("Code").Call().Op("+").Lit(": ").Op("+").Id("entry").Dot("Meaning").Call()),
		),
		jen.Return(jen.Id(e.self).Dot("String").Call()),
	))
}

// errorTypeMethod is what OpenTelemetry asks an error for:
//
//	func (c Code) ErrorType() string
func (e enum) errorTypeMethod() *declaration {
	text := fmt.Sprintf("ErrorType returns the %s as on the wire, and _OTHER for one that is not listed: the error.type of OpenTelemetry.", e.noun)
	return commented(text).above(e.method("ErrorType").Params().String().Block(
		jen.If(jen.Id("entry").Op(":=").Add(e.entryOf()), isThere(jen.Id("entry"))).Block(
			jen.Return(jen.Id("entry").Dot("Code").Call()),
		),
		jen.Return(jen.Lit("_OTHER")),
	))
}

// isValidMethod tells listed values from others:
//
//	func (c Code) IsValid() bool { return !c.entry().IsZero() }
func (e enum) isValidMethod() *declaration {
	return commented(fmt.Sprintf("IsValid reports whether the catalog lists the %s.", e.noun)).
		above(e.method("IsValid").Params().Bool().Block(jen.Return(isThere(e.entryOf()))))
}

// marshalMethod is encoding.TextMarshaler:
//
//	func (c Code) MarshalText() ([]byte, error)
func (e enum) marshalMethod() *declaration {
	text := fmt.Sprintf("MarshalText returns the %s as on the wire, and an empty text for %s. It fails for any other that is not listed.", e.noun, e.unknown())
	return commented(text).above(e.method("MarshalText").Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.If(jen.Id(e.self).Op("==").Id(e.unknown())).Block(jen.Return(jen.Nil(), jen.Nil())),
		jen.Id("entry").Op(":=").Add(e.entryOf()),
		jen.If(jen.Id("entry").Dot("IsZero").Call()).Block(
			jen.Return(jen.Nil(), jen.Qual("fmt", "Errorf").Call(jen.Lit("unknown "+e.noun+" %d"), jen.Uint16().Call(jen.Id(e.self)))),
		),
		jen.Return(jen.Index().Byte().Call(jen.Id("entry").Dot("Code").Call()), jen.Nil()),
	))
}

// unmarshalMethod is encoding.TextUnmarshaler:
//
//	func (c *Code) UnmarshalText(text []byte) error
func (e enum) unmarshalMethod() *declaration {
	text := fmt.Sprintf("UnmarshalText sets the %s as Parse%s does; an empty text is %s. It fails for any other that is not listed.", e.noun, e.name, e.unknown())
	return commented(text).above(jen.Func().Params(jen.Id(e.self).Op("*").Id(e.name)).Id("UnmarshalText").Params(jen.Id("text").Index().Byte()).Error().Block(
		jen.List(jen.Id("parsed"), jen.Id("ok")).Op(":=").Id("Parse"+e.name).Call(jen.String().Call(jen.Id("text"))),
		jen.If(jen.Op("!").Id("ok").Op("&&").Len(jen.Id("text")).Op(">").Lit(0)).Block(
			jen.Return(jen.Qual("fmt", "Errorf").Call(jen.Lit("unknown "+e.noun+" %q"), jen.Id("text"))),
		),
		jen.Op("*").Id(e.self).Op("=").Id("parsed"),
		jen.Return(jen.Nil()),
	))
}

// logMethod is slog.LogValuer:
//
//	func (c Code) LogValue() slog.Value { return slog.StringValue(c.String()) }
func (e enum) logMethod() *declaration {
	return commented("LogValue returns what String does.").
		above(e.method("LogValue").Params().Qual("log/slog", "Value").Block(
			jen.Return(jen.Qual("log/slog", "StringValue").Call(jen.Id(e.self).Dot("String").Call()))))
}

// entryMethod finds the entry of the catalog:
//
//	func (c Code) entry() classify.View
func (e enum) entryMethod() *declaration {
	text := fmt.Sprintf("entry returns what the catalog has of the %s, and the zero %s for one that it does not list.", e.noun, e.view.entry)
	return commented(text).above(e.method("entry").Params().Add(e.view.entryType()).BlockFunc(func(g *jen.Group) {
		number := jen.Uint16().Call(jen.Id(e.self))
		if e.err {
			g.Return(jen.Id(e.view.catalog).Dot("ByNumber").Call(number))
			return
		}
		for _, table := range e.filled() {
			g.Add(search(table, "Number", number, func(entry *jen.Statement) jen.Code {
				return jen.Return(entry.Dot("View").Call())
			}))
		}
		g.Return(e.view.entryType().Values())
	}))
}

// filled are the tables of the enum that have entries.
func (e enum) filled() []string {
	var tables []string
	if len(e.listed) > 0 {
		tables = append(tables, e.tables.listed)
	}
	if len(e.groups) > 0 {
		tables = append(tables, e.tables.groups)
	}
	return tables
}
