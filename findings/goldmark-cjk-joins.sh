#!/usr/bin/env bash
# github.com/yuin/goldmark v1.8.7 joins English words when told to handle line breaks of
# East Asian text.
#
# Valid input: a paragraph in Latin letters whose second line begins with a code span, an
# emphasis or a link.
# Behaviour: with extension.WithEastAsianLineBreaks, in both of its styles, the line break
# before the span is dropped, as between two ideographs, so that the words run together.
# Before a plain word, and behind a span, it is kept.
# Seen: "see" on one line and `x` on the next become see<code>x</code>.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v1.8.7
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'EOF'
module example.com/joined

go 1.26
EOF
cat >main.go <<'EOF'
package main

import (
	"log"
	"os"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func main() {
	for _, style := range []extension.EastAsianLineBreaks{extension.EastAsianLineBreaksSimple, extension.EastAsianLineBreaksCSS3Draft} {
		md := goldmark.New(goldmark.WithExtensions(extension.NewCJK(extension.WithEastAsianLineBreaks(style))))
		for _, source := range []string{"see\n`x`", "see\n*x*", "see\n[x](y)", "see\nx", "`x`\nsee"} {
			if err := md.Convert([]byte(source), os.Stdout); err != nil {
				log.Fatal(err)
			}
		}
	}
}
EOF
GOFLAGS=-mod=mod go get "github.com/yuin/goldmark@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go run .)"
echo "goldmark $version:"
echo "$seen"
once='<p>see<code>x</code></p>
<p>see<em>x</em></p>
<p>see<a href="y">x</a></p>
<p>see
x</p>
<p><code>x</code>
see</p>'
[ "$seen" = "$once
$once" ]
