#!/usr/bin/env bash
# github.com/buger/jsonparser v1.6.1 takes an element out of another member's array.
#
# Valid input: a reply whose "error" is a string or null, as that of many APIs is at times,
# with any array behind it, and the path error, [0].
# Behaviour: the index does not ask whether what the key led to is an array. It searches on
# in the object around it and counts in the next array there, so that the element of another
# member is returned, without an error. Where "error" is an object, or nothing follows, the
# path is not found.
# Seen: "spring sale" of "news" as the first error, and 7 as the code of an error that is null.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.6.1
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/astray

go 1.26
END
cat >main.go <<'END'
package main

import (
	"fmt"

	"github.com/buger/jsonparser"
)

func main() {
	show(`{"error": ["no credit"], "news": ["spring sale"]}`, "error", "[0]")
	show(`{"error": "no credit", "news": ["spring sale"]}`, "error", "[0]")
	show(`{"error": null, "news": [{"code": 7}]}`, "error", "[0]", "code")
	show(`{"error": {}, "news": ["spring sale"]}`, "error", "[0]")
	show(`{"error": "no credit"}`, "error", "[0]")
}

func show(doc string, path ...string) {
	value, _, _, err := jsonparser.Get([]byte(doc), path...)
	fmt.Printf("%s in %s: %q, %v\n", path, doc, value, err)
}
END
GOFLAGS=-mod=mod go get "github.com/buger/jsonparser@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "jsonparser $version:"
echo "$seen"
[ "$seen" = '[error [0]] in {"error": ["no credit"], "news": ["spring sale"]}: "no credit", <nil>
[error [0]] in {"error": "no credit", "news": ["spring sale"]}: "spring sale", <nil>
[error [0] code] in {"error": null, "news": [{"code": 7}]}: "7", <nil>
[error [0]] in {"error": {}, "news": ["spring sale"]}: "", Key path not found
[error [0]] in {"error": "no credit"}: "", Key path not found' ]
