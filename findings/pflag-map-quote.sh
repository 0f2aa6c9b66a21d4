#!/usr/bin/env bash
# github.com/spf13/pflag v1.1.0 takes one of two quotes from a value of a map.
#
# Valid input: a flag of StringToString whose value is in double quotes, such as the ETag of
# an If-None-Match, which has its quotes as part of it (RFC 9110 section 8.8.3).
# Behaviour: where the argument has one equals sign, quotes are cut from the ends of the whole
# key=value, so that the quote behind the value goes, and the one before it stays. StringArray
# takes the same argument as it is.
# Seen: If-None-Match="v1" becomes "v1 with a quote at its start alone.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.1.0
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/quoted

go 1.26
END
cat >main.go <<'END'
package main

import (
	"fmt"

	"github.com/spf13/pflag"
)

func main() {
	for _, arg := range []string{`If-None-Match="v1"`, `If-None-Match=W/"v1"`, `note=say "hi"`, `note="hi" is said`} {
		flags := pflag.NewFlagSet("quoted", pflag.ContinueOnError)
		pairs := flags.StringToString("map", nil, "")
		list := flags.StringArray("list", nil, "")
		err := flags.Parse([]string{"--map", arg, "--list", arg})
		fmt.Println(*list, *pairs, err)
	}
}
END
GOFLAGS=-mod=mod go get "github.com/spf13/pflag@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "pflag $version:"
echo "$seen"
[ "$seen" = '[If-None-Match="v1"] map[If-None-Match:"v1] <nil>
[If-None-Match=W/"v1"] map[If-None-Match:W/"v1] <nil>
[note=say "hi"] map[note:say "hi] <nil>
[note="hi" is said] map[note:"hi" is said] <nil>' ]
