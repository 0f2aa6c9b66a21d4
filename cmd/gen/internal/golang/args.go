package golang

import (
	"go/token"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

// serverArgs are the arguments that functions of a package take, each once.
func serverArgs(plan *writing.Plan) []model.Arg {
	var all []model.Arg
	for _, made := range plan.Made {
		_, args := made.Entry.Sent()
		for _, one := range args {
			if !slices.ContainsFunc(all, func(other model.Arg) bool { return other.Go == one.Go }) {
				all = append(all, one)
			}
		}
	}
	return all
}

// argType is the type of an argument:
//
//	// Limit is {{limit}} of a message: a number of bytes, such as 2 MiB.
//	type Limit int64
func (p *pkg) argType(a model.Arg) *declaration {
	var about comment
	about.sentence(a.Go + " is {{" + a.Name + "}} of a message: " + argKinds[a.Type] + ", such as " + a.Example)
	return about.above(jen.Type().Id(a.Go).Add(argBase(a.Type)))
}

var argKinds = map[string]string{
	"bytes": "a number of bytes", "int": "a number", "string": "a text", "duration": "a length of time", "time": "a point in time",
}

// argBase is the type that an argument's type is made from.
func argBase(kind string) *jen.Statement {
	switch kind {
	case "duration":
		return jen.Qual("time", "Duration")
	case "time":
		return jen.Qual("time", "Time")
	case "string":
		return jen.String()
	}
	return jen.Int64()
}

// argText is the text of an argument in a message:
//
//	serve.Bytes(int64(limit))
func argText(kind string, value *jen.Statement) jen.Code {
	converted := argBase(kind).Call(value)
	if writer := map[string]string{"bytes": "Bytes", "int": "Int", "duration": "Duration", "time": "Time"}[kind]; writer != "" {
		return served(writer).Call(converted)
	}
	return converted
}

// taken are names that the functions use otherwise.
var taken = []string{"api", "entries", "http", "int64", "rest", "serve", "string", "time"}

// paramName is the name of a parameter of a type.
func paramName(typeName string) string {
	first, size := utf8.DecodeRuneInString(typeName)
	name := string(unicode.ToLower(first)) + typeName[size:]
	if upper := strings.ToUpper(typeName); upper == typeName {
		name = strings.ToLower(typeName) // an initialism
	}
	if token.IsKeyword(name) || slices.Contains(taken, name) {
		return name + "Value"
	}
	return name
}
