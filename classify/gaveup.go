package classify

import (
	"net"
	"net/url"
	"strings"
)

// gaveUpTexts are how errors start by which the loops of other libraries say that they have
// made all their tries. Their types can't be named without an import.
var gaveUpTexts = [...]string{
	"All attempts fail",             // Error of github.com/avast/retry-go
	"retries exceeded",              // ExceededError of github.com/failsafe-go/failsafe-go
	"backoff: retries exhausted",    // RetryError of github.com/cenkalti/backoff, from version 7 on
	"backoff: maximum elapsed time", // the same
	"backoff: permanent error",      // the same
}

// gaveUpWithin is what an error of github.com/hashicorp/go-retryablehttp holds, between the
// request and the number of tries.
const gaveUpWithin = " giving up after "

// gaveUp reports whether an error is that of another library's loop, which has made all its
// tries.
func gaveUp(err error) (tried bool) {
	defer func() {
		if recover() != nil {
			tried = false
		}
	}()
	return some(err, func(err error) bool {
		switch err.(type) {
		case *ReplyError, *net.OpError, *url.Error, Failure:
			return false // their text takes long to make, and is not a loop's
		case interface{ WrappedErrors() []error }: // as that of retry-go is
		case interface{ Unwrap() []error }:
			return false // each of these is looked at
		}
		text := err.Error()
		for _, start := range gaveUpTexts {
			if strings.HasPrefix(text, start) {
				return true
			}
		}
		request, tries, ok := strings.Cut(text, gaveUpWithin)
		return ok && strings.Count(request, " ") == 1 && strings.Contains(tries, " attempt(s)")
	})
}
