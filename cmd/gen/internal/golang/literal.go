package golang

import (
	"math"
	"time"

	"github.com/dave/jennifer/jen"
)

// fields are the fields of a composite literal in the making. Those that are
// zero are left out.
type fields []jen.Code

func (f *fields) add(name string, value jen.Code) {
	*f = append(*f, jen.Id(name).Op(":").Add(value))
}

func (f *fields) text(name, value string) {
	if value != "" {
		f.add(name, jen.Lit(value))
	}
}

func (f *fields) number(name string, value int) {
	if value != 0 {
		f.add(name, jen.Lit(value))
	}
}

func (f *fields) flag(name string, value bool) {
	if value {
		f.add(name, jen.True())
	}
}

func (f *fields) duration(name string, value time.Duration) {
	if value != 0 {
		f.add(name, duration(value))
	}
}

func (f *fields) float(name string, value float64) {
	switch {
	case value == 0:
	case value == math.Trunc(value) && math.Abs(value) < 1<<31:
		f.add(name, jen.Lit(int(value)))
	default:
		f.add(name, jen.Lit(value))
	}
}

// list adds a slice whose type is given, if it has any elements.
func (f *fields) list(name string, kind *jen.Statement, elements []jen.Code) {
	if len(elements) > 0 {
		f.add(name, jen.Index().Add(kind).Values(elements...))
	}
}

// row is the literal on one line, its type left out.
func (f fields) row() jen.Code { return jen.Values(f...) }

// lines puts elements on a line each.
func lines(elements ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, elements...)
}

// duration is a length of time in the largest unit that it is a multiple of,
// such as 5 * time.Second.
func duration(d time.Duration) *jen.Statement {
	units := []struct {
		length time.Duration
		name   string
	}{
		{time.Hour, "Hour"},
		{time.Minute, "Minute"},
		{time.Second, "Second"},
		{time.Millisecond, "Millisecond"},
		{time.Microsecond, "Microsecond"},
	}
	for _, unit := range units {
		switch {
		case d == unit.length:
			return jen.Qual("time", unit.name)
		case d%unit.length == 0:
			return jen.Lit(int(d/unit.length)).Op("*").Qual("time", unit.name)
		}
	}
	return jen.Lit(int(d))
}

// each returns the code of every element.
func each[E any](elements []E, code func(E) jen.Code) []jen.Code {
	codes := make([]jen.Code, len(elements))
	for i, element := range elements {
		codes[i] = code(element)
	}
	return codes
}

// texts are string literals.
func texts[S ~string](values []S) []jen.Code {
	return each(values, func(s S) jen.Code { return jen.Lit(string(s)) })
}
