#!/usr/bin/env bash
# github.com/yuin/goldmark v1.8.7 writes a tag into the alternative text of an image.
#
# Valid input: an image whose description goes over two lines, with a hard line break between
# them, or with any break if the renderer has WithHardWraps.
# Behaviour: CommonMark takes the plain text of a description as the attribute, as goldmark
# does of emphasis, code and links in it. Of a break it takes the tag, so that a screen reader
# reads it out and a page shows it in place of an image that is missing.
# Seen: alt="Balance<br>, a new line, and empty".
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.8.7
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/described

go 1.26
END
cat >main.go <<'END'
package main

import (
	"log"
	"os"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
)

func main() {
	hard := goldmark.New(goldmark.WithRendererOptions(html.WithHardWraps()))
	for _, md := range []goldmark.Markdown{goldmark.New(), hard} {
		for _, source := range []string{"![Balance\\\nempty](a.png)", "![Balance\nempty](a.png)", "![*Balance* `empty`](a.png)"} {
			if err := md.Convert([]byte(source), os.Stdout); err != nil {
				log.Fatal(err)
			}
		}
	}
}
END
GOFLAGS=-mod=mod go get "github.com/yuin/goldmark@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "goldmark $version:"
echo "$seen"
[ "$seen" = '<p><img src="a.png" alt="Balance<br>
empty"></p>
<p><img src="a.png" alt="Balance
empty"></p>
<p><img src="a.png" alt="Balance empty"></p>
<p><img src="a.png" alt="Balance<br>
empty"></p>
<p><img src="a.png" alt="Balance<br>
empty"></p>
<p><img src="a.png" alt="Balance empty"></p>' ]
