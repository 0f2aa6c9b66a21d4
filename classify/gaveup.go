package classify

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// gaveUpTexts are how errors start by which the loops of other libraries say that they have
// made all their tries. Their types can't be named without an import.
var gaveUpTexts = [...]string{
	"All attempts fail:\n",            // Error of github.com/avast/retry-go
	"retries exceeded. last result: ", // ExceededError of github.com/failsafe-go/failsafe-go
	"backoff: retries exhausted",      // RetryError of github.com/cenkalti/backoff, from version 7 on
	"backoff: maximum elapsed time",   // the same
	"backoff: permanent error",        // the same
}

// isGivenUpRequest reports whether a text is that of github.com/hashicorp/go-retryablehttp:
// "GET https://example.com giving up after 4 attempt(s)", often with a colon and the cause.
func isGivenUpRequest(text string) bool {
	request, rest, ok := strings.Cut(text, " giving up after ")
	if !ok {
		return false
	}
	method, address, _ := strings.Cut(request, " ")
	if method != strings.ToUpper(method) || !strings.Contains(address, "://") || strings.Contains(address, " ") {
		return false
	}
	tries, cause, ok := strings.Cut(rest, " attempt(s)")
	_, err := strconv.Atoi(tries)
	return ok && err == nil && (cause == "" || strings.HasPrefix(cause, ": "))
}

// gaveUp reports whether an error is that of another library's loop, which has made all its
// tries.
func gaveUp(err error) (tried bool) {
	defer func() { recover() }()
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
		return isGivenUpRequest(text)
	})
}
