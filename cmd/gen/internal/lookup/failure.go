package lookup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// failures are the kinds of getting no answer, with what programs say about each.
// Where a text speaks of several, the first is what it is about: that is the order
// in which package classify asks an error.
var failures = []failure{
	{classify.FailureCanceled, []string{"context canceled", "context cancelled", "operation was canceled", "operation was cancelled", "request aborted"}},
	{classify.FailureTLS, []string{
		"certificate verify failed", "x509", "unable to verify the first certificate", "self signed certificate", "certificate has expired",
		"CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "tls handshake",
	}},
	{classify.FailureDNS, []string{
		"no such host", "name or service not known", "could not resolve host",
		"ENOTFOUND", "NXDOMAIN", "getaddrinfo failed",
	}},
	{classify.FailureTimeout, []string{
		"context deadline exceeded", "i/o timeout", "read timed out", "connection timed out", "operation timed out", "ETIMEDOUT", "ESOCKETTIMEDOUT",
	}},
	{classify.FailureConnection, []string{
		"connection refused", "connection reset by peer", "connection aborted", "broken pipe", "ECONNREFUSED", "ECONNRESET", "socket hang up",
		"temporary failure in name resolution", "EAI_AGAIN", "server misbehaving", "SERVFAIL", "bad record MAC", "stream error",
		"max retries exceeded",
	}},
}

type failure struct {
	kind    classify.Failure
	phrases []string
}

// findFailures finds what programs say where no answer came.
func (x *Index) findFailures(t *text, covered []bool, f *findings) {
	for order, failure := range failures {
		i, j, ok := t.findPhrase(failure.phrases, covered)
		if !ok {
			continue
		}
		why := fmt.Sprintf("%q in the text says that no answer came", short(t.span(i, j)))
		for k := range x.apis {
			if e := x.apis[k].entries[entryKey{classify.KindTransport, string(failure.kind)}]; e != nil {
				f.add(candidate{Match: Match{Likely, e, why}, distance: order, at: t.atoms[i].start})
			}
		}
	}
}

// findPhrase returns the atoms of the first of some phrases that the text has, as
// whole words that no name took.
func (t *text) findPhrase(phrases []string, covered []bool) (i, j int, ok bool) {
	for _, phrase := range phrases {
		for i, j := range t.occurrences(squash(phrase)) {
			if t.isPhrase(i, j) && !anyOf(covered[i:j+1]) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// atomsOf returns the atoms that are a part of flat, if it is not part of a word.
func (t *text) atomsOf(from, to int) (i, j int, ok bool) {
	i, ok = slices.BinarySearchFunc(t.atoms, from, func(a atom, from int) int { return cmp.Compare(a.from, from) })
	if !ok {
		return 0, 0, false
	}
	j, ok = slices.BinarySearchFunc(t.atoms, to, func(a atom, to int) int { return cmp.Compare(a.to, to) })
	return i, j, ok
}

// isPhrase reports whether atoms i to j are words of a sentence or of one code,
// and no part of a longer one.
func (t *text) isPhrase(i, j int) bool {
	for k := i; k < j; k++ {
		if gap := t.gap(k); !bridges(gap) || strings.Trim(gap, " \n>|_-/") != "" {
			return false
		}
	}
	return !t.touches(i, j, "_-/")
}
