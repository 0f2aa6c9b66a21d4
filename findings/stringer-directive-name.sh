#!/usr/bin/env bash
# golang.org/x/tools/cmd/stringer v0.52.0 gives a constant an empty name for a remark to a linter.
#
# Valid input: constants of an enum, one of which has a directive behind it, such as
# //nolint:revive, and the option -linecomment, "use line comment text as printed text when
# present".
# Behaviour: the text of a comment leaves directives out (go/ast), and the empty text that
# is left counts as one that is present, so that String returns "". A comment with a space
# behind its slashes is taken whole, the remark to the linter with it.
# Seen: an empty name for Denied, and "nolint:revive" for Busy.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v0.52.0
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/named

go 1.26
END
cat >main.go <<'END'
package main

import "fmt"

type Code int

const (
	Failed Code = iota
	Expired // ERROR_EXPIRED
	Denied  //nolint:revive
	Busy    // nolint:revive
)

func main() {
	for code := Failed; code <= Busy; code++ {
		fmt.Printf("%d: %q\n", code, code.String())
	}
}
END
GOFLAGS=-mod=mod go get -tool "golang.org/x/tools/cmd/stringer@$version" 2>/dev/null
GOFLAGS=-mod=mod go tool stringer -type=Code -linecomment
seen="$(GOFLAGS=-mod=mod go run .)"
echo "stringer $version:"
echo "$seen"
[ "$seen" = '0: "Failed"
1: "ERROR_EXPIRED"
2: ""
3: "nolint:revive"' ]
