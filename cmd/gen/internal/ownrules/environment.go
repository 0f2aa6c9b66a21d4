package ownrules

import (
	"errors"
	"iter"
	"path"
	"reflect"
	"strings"
	"sync"

	"cel.dev/cel-go/checker"
	"cel.dev/cel-go/common/containers"
	"cel.dev/cel-go/common/decls"
	"cel.dev/cel-go/common/stdlib"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/interpreter"
	"cel.dev/cel-go/parser"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
)

// parts are what compiles and evaluates expressions: the standard functions and macros, and
// the variable.
type parts struct {
	parser      *parser.Parser
	checker     *checker.Env
	interpreter interpreter.Interpreter
}

// environment is built when the first rule is compiled, as most runs have none.
var environment = sync.OnceValue(func() parts {
	env, err := newEnvironment()
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return env
})

func newEnvironment() (parts, error) {
	registry, err := types.NewRegistry(types.NativeTypeFor[catalogjson.Entry](types.ParseStructTag("json")))
	if err != nil {
		return parts{}, err
	}
	provider := presence{registry}
	functions := stdlib.Functions()

	p, failed := parser.NewParser(parser.Macros(parser.AllMacros...), parser.EnablePrattParser(true), parser.MaxRecursionDepth(maxDepth), parser.EnableHiddenAccumulatorName(true))
	err = errors.Join(err, failed)
	c, failed := checker.NewEnv(containers.DefaultContainer, provider)
	err = errors.Join(err, failed,
		c.AddFunctions(functions...),
		c.AddIdents(stdlib.Types()...),
		c.AddIdents(decls.NewVariable(variable, types.NewObjectType(reflect.TypeFor[catalogjson.Entry]().String()))))

	dispatcher := interpreter.NewDispatcher()
	for _, function := range functions {
		bindings, failed := function.Bindings()
		err = errors.Join(err, failed, dispatcher.Add(bindings...))
	}
	attributes := interpreter.NewAttributeFactory(containers.DefaultContainer, registry, provider)
	return parts{p, c, interpreter.NewInterpreter(dispatcher, containers.DefaultContainer, provider, registry, attributes)}, err
}

// maxDepth is how deep expressions are nested.
const maxDepth = 50

// presence is the types of the entry, with has() true for what says something: the JSON has
// each field, and an empty text or list is as absent as what it stands for.
type presence struct{ *types.Registry }

func (p presence) FindStructFieldType(object, field string) (*types.FieldType, bool) {
	found, ok := p.Registry.FindStructFieldType(object, field)
	if !ok || found.Type.Kind() != types.ListKind {
		return found, ok
	}
	list := *found
	list.IsSet = func(target any) bool {
		value, err := found.GetFrom(target)
		if err != nil {
			return false
		}
		sized, ok := p.NativeToValue(value).(traits.Sizer)
		return ok && sized.Size() != types.IntZero
	}
	return &list, true
}

// fields yields the names of a struct's fields in JSON.
func fields(of any) iter.Seq[string] {
	return func(yield func(string) bool) {
		for field := range reflect.TypeOf(of).Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !yield(name) {
				return
			}
		}
	}
}

// typeName is a type in the words of problems.
func typeName(is *types.Type) string { return plain(is.String()) }

// plain is a text of CEL's without the names of Go types.
func plain(text string) string {
	return strings.ReplaceAll(text, path.Base(reflect.TypeFor[catalogjson.Entry]().PkgPath())+".", "")
}
