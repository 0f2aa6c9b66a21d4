#!/usr/bin/env bash
# CEL for Go 0.33.2 has two lists that are equal, of which has() finds one and not the other.
#
# Valid input: values of a Go struct that is declared by ext.NativeTypes, one with a nil slice
# and one with a slice of no elements, as encoding/json reads from {} and {"Lines":[]}.
# Behaviour: has(order.Lines) is false for the first and true for the second, although
# order.Lines == [] is true for both. In a message of Protocol Buffers, where has() of a list
# asks whether it has elements, it is false for both. The documentation of NativeTypes has
# nothing on has().
# Seen: a struct: has false, true; equal true, true. A message: has false, false.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v0.33.2
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/rules

go 1.26
END
cat >main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"
	"google.golang.org/protobuf/types/descriptorpb"
)

type Order struct{ Lines []string }

func main() {
	env, err := cel.NewEnv(
		ext.NativeTypes(reflect.TypeFor[Order]()), cel.Variable("order", cel.ObjectType("main.Order")),
		cel.Types(&descriptorpb.FileDescriptorProto{}), cel.Variable("file", cel.ObjectType("google.protobuf.FileDescriptorProto")),
	)
	if err != nil {
		panic(err)
	}
	ask := func(expression, name string, values ...any) {
		ast, issues := env.Compile(expression)
		if issues.Err() != nil {
			panic(issues.Err())
		}
		program, err := env.Program(ast)
		if err != nil {
			panic(err)
		}
		fmt.Print(expression, ":")
		for _, value := range values {
			answer, _, err := program.Eval(map[string]any{name: value})
			if err != nil {
				panic(err)
			}
			fmt.Print(" ", answer)
		}
		fmt.Println()
	}
	var absent, empty Order
	for text, order := range map[string]*Order{`{}`: &absent, `{"Lines":[]}`: &empty} {
		if err := json.Unmarshal([]byte(text), order); err != nil {
			panic(err)
		}
	}
	ask("has(order.Lines)", "order", absent, empty)
	ask("order.Lines == []", "order", absent, empty)
	ask("has(file.dependency)", "file", &descriptorpb.FileDescriptorProto{}, &descriptorpb.FileDescriptorProto{Dependency: []string{}})
}
END
GOFLAGS=-mod=mod go get "cel.dev/cel-go@$version" 2>/dev/null
GOFLAGS=-mod=mod go mod tidy 2>/dev/null
seen="$(go run .)"
echo "cel-go $version:"
echo "$seen"
[ "$seen" = 'has(order.Lines): false true
order.Lines == []: true true
has(file.dependency): false false' ]
