#!/usr/bin/env bash
# github.com/tdewolff/minify/v2 v2.24.25 changes what a script computes.
#
# Valid input: Math.trunc of a number of 2^31 or more, such as an hour in nanoseconds.
# Behaviour: the JavaScript minifier writes Math.trunc(x) as x|0, which takes the number
# modulo 2^32. Its own test holds the rewriting, its README does not name it, and no option
# turns it off.
# Seen: 3600000000000 before, 817405952 after.
#
# Needs Go and Node.js. It fails if any of this is no longer so.
set -euo pipefail

version=v2.24.25
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'EOF'
module example.com/minified

go 1.26
EOF
cat >main.go <<'EOF'
package main

import (
	"log"
	"os"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

func main() {
	if err := js.Minify(minify.New(), os.Stdout, os.Stdin, nil); err != nil {
		log.Fatal(err)
	}
}
EOF
cat >before.js <<'EOF'
const hour = 3600 * 1e9; // in nanoseconds
console.log(Math.trunc(hour));
EOF
GOFLAGS=-mod=mod go get "github.com/tdewolff/minify/v2@$version" 2>/dev/null
GOFLAGS=-mod=mod go run . <before.js >after.js

before="$(node before.js)" after="$(node after.js)"
echo "minify $version: $before before, $after after, by $(cat after.js)"
[ "$before" = 3600000000000 ] && [ "$after" = 817405952 ]
