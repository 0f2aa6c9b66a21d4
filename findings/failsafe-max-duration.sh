#!/usr/bin/env bash
# github.com/failsafe-go/failsafe-go v0.9.8 asks sooner than Retry-After allows because it is
# to give up sooner.
#
# Valid input: a reply 503 with Retry-After: 30, and a retry policy of failsafehttp with
# WithMaxDuration, "the max duration to perform retries for".
# Behaviour: a wait that does not fit into what is left of the duration is shortened to it,
# and the request is sent again at its end, within the thirty seconds. Without a limit, or
# with one that is long enough, the wait is as long as the server asked for.
# Seen: with a limit of 10 s, the second request after 10 s; without, after 30 s.
#
# Needs Go; the clock is that of testing/synctest. It fails if any of this is no longer so.
set -euo pipefail

version=v0.9.8
dir="$(mktemp -d)"
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"

cat >go.mod <<'END'
module example.com/hurried

go 1.26
END
cat >hurried_test.go <<'END'
package hurried

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/failsafe-go/failsafe-go/failsafehttp"
)

type busy struct{ start time.Time }

func (b busy) RoundTrip(*http.Request) (*http.Response, error) {
	fmt.Print(" ", time.Since(b.start))
	return &http.Response{StatusCode: 503, Header: http.Header{"Retry-After": {"30"}}, Body: http.NoBody}, nil
}

func TestRequests(t *testing.T) {
	for _, limit := range []time.Duration{0, 10 * time.Second, 45 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			policy := failsafehttp.NewRetryPolicyBuilder().WithMaxRetries(1).WithMaxDuration(limit).Build()
			client := http.Client{Transport: failsafehttp.NewRoundTripper(busy{time.Now()}, policy)}
			fmt.Printf("limit %s: requests at", limit)
			_, err := client.Get("http://api.example/")
			fmt.Printf(", error: %t\n", err != nil)
		})
	}
}
END
GOFLAGS=-mod=mod go get "github.com/failsafe-go/failsafe-go@$version" 2>/dev/null
seen="$(GOFLAGS=-mod=mod go test -count=1 . -v | grep ^limit)"
echo "failsafe-go $version:"
echo "$seen"
[ "$seen" = 'limit 0s: requests at 0s 30s, error: true
limit 10s: requests at 0s 10s, error: true
limit 45s: requests at 0s 30s, error: true' ]
