#!/usr/bin/env bash
# go list -m -u names an update of github.com/google/cel-go that go get refuses: the module has
# moved, and its last version under the old name says so nowhere but in its first line.
#
# Valid input: a module that requires github.com/google/cel-go v0.26.1.
# Behaviour: the go command says that v0.32.0 is an update, which is of a module that calls
# itself cel.dev/cel-go. Getting it fails. Getting updates of all (go get -u) succeeds with
# v0.31.0, and each later look for updates names v0.32.0 again. Newer versions, from v0.33.1 on,
# are under the new name alone, and nothing is deprecated or retracted.
# Seen: update v0.32.0, no deprecation; get: "declares its path as: cel.dev/cel-go"; go get -u:
# v0.31.0.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/rules

go 1.26

require github.com/google/cel-go v0.26.1
END
cat >main.go <<'END'
package main

import "github.com/google/cel-go/cel"

func main() { cel.NewEnv() }
END
go mod tidy 2>/dev/null
module=github.com/google/cel-go
update="$(go list -m -u -f '{{.Update.Version}} {{.Deprecated}}' $module)"
echo "update of $module: $update"
if refusal="$(go get "$module@latest" 2>&1)"; then exit 1; fi
echo "$refusal" | grep 'declares its path as: cel.dev/cel-go'
go get -u ./... 2>/dev/null
got="$(go list -m -f '{{.Version}}' $module)"
again="$(go list -m -u -f '{{.Update.Version}} {{.Deprecated}}' $module)"
echo "go get -u: $got; update of that: $again"
[ "$update$got$again" = "v0.32.0 v0.31.0v0.32.0 " ]
