#!/usr/bin/env bash
# github.com/goccy/go-yaml v1.19.2 prints the closing brace of a mapping into a comment.
#
# Valid input: a flow mapping over several lines, with a comment behind one of its entries,
# as a list of codes in a spec may be written.
# Behaviour: parser.ParseBytes with parser.ParseComments gives the comment to the entry
# behind the one that it was written on. Printed again, the mapping is on one line with the
# comment before its brace, so that the brace is commented out, and the library itself can't
# read what it printed. Without ParseComments, or where the comment follows the brace, the
# mapping survives.
# Seen: {limit: 429, # wait, and gone: 410} become {limit: 429, gone: 410 # wait}.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.19.2
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/braced

go 1.26
END
cat >main.go <<'END'
package main

import (
	"fmt"
	"log"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

func main() {
	show("codes: {\n  limit: 429, # wait\n  gone: 410,\n}\nlast: 1\n", parser.ParseComments)
	show("codes: {\n  limit: 429, # wait\n  gone: 410,\n}\nlast: 1\n", 0)
	show("codes: {\n  limit: 429,\n  gone: 410,\n} # wait\nlast: 1\n", parser.ParseComments)
}

func show(doc string, mode parser.Mode) {
	var before, after any
	if err := yaml.Unmarshal([]byte(doc), &before); err != nil {
		log.Fatal(err)
	}
	file, err := parser.ParseBytes([]byte(doc), mode)
	if err != nil {
		log.Fatal(err)
	}
	printed := file.String()
	err = yaml.Unmarshal([]byte(printed), &after)
	fmt.Printf("%v\n%sread again: %v, error: %t\n", before, printed, after, err != nil)
}
END
GOFLAGS=-mod=mod go get "github.com/goccy/go-yaml@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "goccy/go-yaml $version:"
echo "$seen"
[ "$seen" = 'map[codes:map[gone:410 limit:429] last:1]
codes: {limit: 429, gone: 410 # wait}
last: 1
read again: <nil>, error: true
map[codes:map[gone:410 limit:429] last:1]
codes: {limit: 429, gone: 410}
last: 1
read again: map[codes:map[gone:410 limit:429] last:1], error: false
map[codes:map[gone:410 limit:429] last:1]
codes: {limit: 429, gone: 410} # wait
last: 1
read again: map[codes:map[gone:410 limit:429] last:1], error: false' ]
