#!/usr/bin/env bash
# github.com/ohler55/ojg v1.28.5 refuses a zero that has an exponent.
#
# Valid input: 0E-8, which RFC 8259 allows, and which is how Java's BigDecimal writes a zero
# with eight decimals, such as an empty balance.
# Behaviour: the parser, the validator and the reader of SEN all stop at the letter with
# "invalid number", although they read 0.0E-8 and 1E-8. encoding/json reads all of them.
# Seen: {"balance":0E-8} is an error, {"balance":0.0E-8} and {"balance":1E-8} are not.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.28.5
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/zero

go 1.26
END
cat >main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"

	"github.com/ohler55/ojg/oj"
	"github.com/ohler55/ojg/sen"
)

func main() {
	for _, doc := range []string{`{"balance":0E-8}`, `{"balance":-0e+1}`, `{"balance":0.0E-8}`, `{"balance":1E-8}`} {
		_, parsed := oj.ParseString(doc)
		_, read := sen.Parse([]byte(doc))
		fmt.Printf("%s: %v, %v, %v, %v\n", doc, json.Valid([]byte(doc)), parsed, oj.ValidateString(doc), read)
	}
}
END
GOFLAGS=-mod=mod go get "github.com/ohler55/ojg@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "ojg $version:"
echo "$seen"
[ "$seen" = '{"balance":0E-8}: true, invalid number at 1:13, invalid number at 1:13, invalid number at 1:13
{"balance":-0e+1}: true, invalid number at 1:14, invalid number at 1:14, invalid number at 1:14
{"balance":0.0E-8}: true, <nil>, <nil>, <nil>
{"balance":1E-8}: true, <nil>, <nil>, <nil>' ]
