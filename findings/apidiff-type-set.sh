#!/usr/bin/env bash
# golang.org/x/exp/cmd/apidiff of 13 November 2026 finds all type sets of constraints compatible.
#
# Valid input: a release of a package that narrows a constraint from ~int | ~string to ~int, by
# its name or in place, or puts ~float64 in its place.
# Behaviour: nothing is reported, although callers no longer build. A change from any to
# comparable is reported. The README, which defines compatibility by what builds, has nothing
# on constraints.
# Seen: one of four changes that break a caller, that of Same.
#
# Needs Go. It fails if any of this is no longer so.
set -euo pipefail

version=v0.0.0-20261113113407-e3970619a1a4
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/tool

go 1.26
END
GOFLAGS=-mod=mod go get -tool "golang.org/x/exp/cmd/apidiff@$version" 2>/dev/null
apidiff="$(GOFLAGS=-mod=mod go tool -n apidiff)"

mkdir -p before/caller after/caller
cat >before/go.mod <<'END'
module example.com/codes

go 1.26
END
cat >before/codes.go <<'END'
package codes

type Code interface{ ~int | ~string }

type Number interface{ ~int | ~int64 }

func Find[C Code](code C) bool { return true }

func Add[N Number](a, b N) N { return a + b }

func Print[C ~int | ~string](code C) {}

func Same[C any](a, b C) bool { return true }
END
cat >before/caller/caller.go <<'END'
package caller

import "example.com/codes"

var found = codes.Find("ERROR_X")

var sum = codes.Add(1, 2)

func init() { codes.Print("ERROR_X") }

var same = codes.Same([]int{1}, []int{1})
END
cp before/go.mod after
cp before/caller/caller.go after/caller
sed -e 's/Code interface{ ~int | ~string }/Code interface{ ~int }/' \
	-e 's/~int | ~int64/~float64 | ~float32/' \
	-e 's/Print\[C ~int | ~string\]/Print[C ~int]/' \
	-e 's/Same\[C any\]/Same[C comparable]/' before/codes.go >after/codes.go

(cd before && go build ./... && "$apidiff" -w ../old example.com/codes)
seen="$(cd after && "$apidiff" -incompatible ../old example.com/codes)"
broken="$(cd after && go build ./caller 2>&1 | grep -c '^caller/caller.go' || true)"
echo "apidiff $version:"
echo "$seen"
echo "errors of the caller: $broken"
[ "$seen" = '- Same: changed from func[C any](C, C) bool to func[C comparable](C, C) bool' ] && [ "$broken" = 4 ]
