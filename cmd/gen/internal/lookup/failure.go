package lookup

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// failures are the kinds of getting no answer. Where a text speaks of several, the
// first is what it is about: that is the order in which package classify asks an error.
var failures = []classify.Failure{
	classify.FailureCanceled, classify.FailureTLS, classify.FailureDNS, classify.FailureTimeout, classify.FailureConnection,
}

// findFailures finds what programs say where no answer came. Of the wordings that a text
// holds only those count that say most.
func (x *Index) findFailures(t *text, covered []bool, f *findings) {
	found, unsent := map[classify.Failure]told{}, map[classify.Failure]bool{}
	say := vague + 1
	last := -1
	for _, i := range t.may[ofWordings] {
		if int(i) <= last {
			continue
		}
		said, ok := t.failureAt(int(i), covered)
		if !ok {
			continue
		}
		if said.isOwnBound(t) || f.isProxied(said.first) {
			last = said.last
			continue
		}
		if said.tells < say {
			say = said.tells
			clear(found)
		}
		if _, again := found[said.kind]; again {
			unsent[said.kind] = unsent[said.kind] && said.unsent
		} else if said.tells == say {
			found[said.kind], unsent[said.kind] = said, said.unsent
		}
		last = said.last
	}
	for order, kind := range failures {
		said, ok := found[kind]
		if !ok {
			continue
		}
		why := why("noAnswer", words(t.span(said.first, said.last)))
		for k := range x.apis {
			if e := x.apis[k].others[entryKey{classify.KindTransport, string(kind)}]; e != nil {
				f.add(candidate{Match: Match{Confidence: Likely, Entry: e}, reason: why, distance: order, at: t.start(said.first), unsent: unsent[kind]})
			}
		}
	}
}

// told is a wording in atoms first to last.
type told struct {
	*phrase
	first, last int
}

// isOwnBound reports whether a program says by the name of an exception that it has asked
// for a result long enough: all calls were answered.
func (s told) isOwnBound(t *text) bool {
	end := t.end(s.last)
	return s.tells == thrown && s.kind == classify.FailureTimeout && ownBound().MatchString(head(t.clean[end:], maxBefore))
}

var ownBound = pattern.Of(`^(?:: |\(["'])(?:[A-Za-z-]+ ){0,3}?(?:[Pp]oll|[Ss]olv|[Tt]ask|CAPTCHA|[Cc]aptcha)[a-z]*(?: [A-Za-z-]+){0,4}? (?:[Tt]ime ?out|timed out|in time)`)

// isProxied reports whether atom i stands on a line with the status by which a proxy asks
// who it is that calls (RFC 9110 section 15.5.8). No API was reached.
func (f *findings) isProxied(i int) bool {
	at := f.text.start(i)
	return slices.ContainsFunc(f.proxied, func(status int) bool {
		return !strings.Contains(f.text.clean[min(at, status):max(at, status)], "\n")
	})
}

// failureAt returns the longest wording that starts with atom i, as whole words that
// no name took.
func (t *text) failureAt(i int, covered []bool) (longest told, ok bool) {
	failurePhrases().walk(t, i, bridges, func(k, j int) {
		p := &failurePhrases().items[k]
		if p.rest != "" {
			if j, ok = t.restAfter(j, p.rest); !ok {
				return
			}
		}
		if t.isPhrase(i, j, p.start) && strings.HasPrefix(t.tail(j), p.trail) && !anyOf(covered[i:j+1]) && (p.tells != alone || t.isAlone(i, j)) {
			longest = told{p, i, j}
		}
	})
	return longest, longest.phrase != nil
}

// restAfter returns the atom that some letters are, after a number of one or two atoms
// that follows atom j.
func (t *text) restAfter(j int, rest string) (int, bool) {
	if j+1 == len(t.atoms) || !isDigit(t.letters(j+1, j+1)[0]) {
		return 0, false
	}
	for skip := j + 2; skip <= j+3 && skip < len(t.atoms); skip++ {
		if t.letters(skip, skip) == rest {
			return skip, true
		}
	}
	return 0, false
}

// isPhrase reports whether atoms i to j are words of a sentence or of one code,
// and no part of a longer one; the marks of a wording may stand between them as well.
func (t *text) isPhrase(i, j int, wording string) bool {
	for k := i; k < j; k++ {
		if gap := t.gap(k); !bridges(gap) || !holdsOnly(gap, " \n>|_-/'"+wording) {
			return false
		}
	}
	return !t.touches(i, j, "_-/")
}

// isAlone reports whether atoms i to j are all that stands after a colon, or all of
// the text.
func (t *text) isAlone(i, j int) bool {
	before := strings.TrimRight(t.clean[max(0, t.start(i)-8):t.start(i)], " \"'`")
	return (strings.HasSuffix(before, ":") || t.whole(i, j)) && t.closes(j) && !strings.Contains(t.tail(j), ":")
}
