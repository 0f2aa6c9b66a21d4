#!/usr/bin/env bash
# github.com/clbanning/mxj/v2 v2.7.0 keeps only the last piece of an element's text.
#
# Valid input: a message with a CDATA section or a comment within it, as services that escape
# only what they must write it.
# Behaviour: encoding/xml hands over such a text in pieces, and each piece takes the place of
# the one before it, so that what comes before the last CDATA section, comment or instruction
# is gone, without an error. The docs say that comments are ignored. encoding/xml itself puts
# the pieces together in a string.
# Seen: "EUR" for "Balance < 5 EUR" and "later" for "Try again later".
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v2.7.0
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/pieces

go 1.26
END
cat >main.go <<'END'
package main

import (
	"encoding/xml"
	"fmt"
	"log"

	"github.com/clbanning/mxj/v2"
)

func main() {
	for _, text := range []string{"Balance <![CDATA[<]]> 5 EUR", "Balance <![CDATA[< 5]]> EUR", "Try again <!-- retry --> later", "Balance &lt; 5 EUR"} {
		doc := []byte("<error><message>" + text + "</message></error>")
		var reply struct {
			Message string `xml:"message"`
		}
		if err := xml.Unmarshal(doc, &reply); err != nil {
			log.Fatal(err)
		}
		read, err := mxj.NewMapXml(doc)
		if err != nil {
			log.Fatal(err)
		}
		message, err := read.ValueForPathString("error.message")
		fmt.Printf("%s: %q, %q, %v\n", text, reply.Message, message, err)
	}
}
END
GOFLAGS=-mod=mod go get "github.com/clbanning/mxj/v2@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "encoding/xml and mxj $version:"
echo "$seen"
[ "$seen" = 'Balance <![CDATA[<]]> 5 EUR: "Balance < 5 EUR", "5 EUR", <nil>
Balance <![CDATA[< 5]]> EUR: "Balance < 5 EUR", "EUR", <nil>
Try again <!-- retry --> later: "Try again  later", "later", <nil>
Balance &lt; 5 EUR: "Balance < 5 EUR", "Balance < 5 EUR", <nil>' ]
