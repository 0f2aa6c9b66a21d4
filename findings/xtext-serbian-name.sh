#!/usr/bin/env bash
# golang.org/x/text v0.43.0 calls Serbian in Latin letters Serbo-Croatian.
#
# Valid input: the tag sr-Latn, which is how Serbian in Latin letters is tagged (BCP 47).
# Behaviour: language/display gives it the name of the retired tag sh, in the language
# itself and in English, while sr and sr-Cyrl are Serbian. A menu of languages that is
# made with it offers its readers another language.
# Seen: "srpskohrvatski" and "Serbo-Croatian" for sr-Latn.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v0.43.0
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'EOF'
module example.com/named

go 1.26
EOF
cat >main.go <<'EOF'
package main

import (
	"fmt"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func main() {
	for _, name := range []string{"sr", "sr-Cyrl", "sr-Latn"} {
		tag := language.MustParse(name)
		fmt.Printf("%s: %s, %s\n", tag, display.Self.Name(tag), display.English.Languages().Name(tag))
	}
}
EOF
GOFLAGS=-mod=mod go get "golang.org/x/text@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "x/text $version:"
echo "$seen"
[ "$seen" = "sr: српски, Serbian
sr-Cyrl: српски, Serbian
sr-Latn: srpskohrvatski, Serbo-Croatian" ]
