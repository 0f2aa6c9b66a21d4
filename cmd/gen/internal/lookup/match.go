package lookup

import (
	"cmp"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Confidence is how sure a match is.
type Confidence string

// The confidences, surest first.
const (
	Exact  Confidence = "exact"  // the entry itself, in its own or another clean spelling
	Likely Confidence = "likely" // the entry's message, or its key among other words
	Guess  Confidence = "guess"  // a typo or a part of its key
)

// Match is an entry that a text may speak of.
type Match struct {
	Confidence Confidence
	Entry      *model.Entry
	Why        string // what in the text led here: a sentence without a full stop
}

// candidate is a match with what it is ranked by.
type candidate struct {
	Match
	distance int  // edits away from the entry's key of a guess; of a failure its place among failures
	at       int  // byte in the text
	unnamed  int  // 0 where the text names the entry's API, else 1
	order    int  // of the entry in the catalog
	message  bool // the match is one of the entry's message
}

// compare orders candidates: by confidence, then the most specific kind, then
// the closest, then by place in the text, then those of APIs that the text names,
// then as in the catalog.
func (c candidate) compare(o candidate) int {
	return cmp.Or(
		cmp.Compare(c.Confidence.rank(), o.Confidence.rank()),
		cmp.Compare(c.Entry.Kind, o.Entry.Kind),
		cmp.Compare(c.distance, o.distance),
		cmp.Compare(c.at, o.at),
		cmp.Compare(c.unnamed, o.unnamed),
		cmp.Compare(c.order, o.order),
	)
}

func (c Confidence) rank() int { return slices.Index([]Confidence{Exact, Likely, Guess}, c) }

// atMost returns c, or limit if c is surer than that.
func (c Confidence) atMost(limit Confidence) Confidence {
	if c.rank() < limit.rank() {
		return limit
	}
	return c
}

// findings are the candidates of one text, the best one of each entry.
type findings struct {
	order  map[*model.Entry]int
	titles titles
	best   map[*model.Entry]candidate
	// decided holds, for the squashed codes of replies, the APIs whose replies they are.
	decided map[string][]*model.API
	// faint are what stays only where nothing else is found.
	faint []candidate
	// unlisted are the entries for codes in replies that are not listed.
	unlisted []unlisted
}

func (f *findings) add(c candidate) {
	// Another API's code in a reply is not that of an API whose reply it isn't.
	if c.Entry.Kind == classify.KindCode && len(f.decided) > 0 {
		if apis := f.decided[squash(c.Entry.Code)]; len(apis) > 0 && !slices.Contains(apis, c.Entry.API) {
			c.Confidence = c.Confidence.atMost(Likely)
		}
	}
	if !f.titles.apis[c.Entry.API] {
		c.unnamed = 1
		// Other APIs have the same words for people.
		if c.message && len(f.titles.apis) > 0 {
			c.Confidence = Guess
		}
	}
	c.order = f.order[c.Entry]
	if old, ok := f.best[c.Entry]; !ok || c.compare(old) < 0 {
		f.best[c.Entry] = c
	}
}

// matches returns the matches in order. A status that means success is left out
// where the text holds an error, since HTTP 200 with an error is no success, or
// where the text is another API's reply.
func (f *findings) matches() []Match {
	all := make([]candidate, 0, len(f.best))
	taken := len(f.decided) > 0
	for _, c := range f.best {
		all = append(all, c)
		taken = taken || (c.Entry.Kind <= classify.KindPrefix || c.Entry.Kind == classify.KindUnknown) && c.Entry.Action != classify.OK
	}
	slices.SortFunc(all, candidate.compare)
	var matches []Match
	for _, c := range all {
		if taken && c.Confidence != Exact && c.Entry.Kind > classify.KindPrefix && c.Entry.Action == classify.OK {
			continue
		}
		matches = append(matches, c.Match)
	}
	return matches
}
