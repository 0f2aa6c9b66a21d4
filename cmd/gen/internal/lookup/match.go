package lookup

import (
	"cmp"
	"maps"
	"slices"
	"strings"

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
	fit      fit  // how the text has the entry's name
	distance int  // edits away from the entry's key of a guess; of a failure its place among failures
	at       int  // byte in the text
	unnamed  int  // 0 where the text names the entry's API, else 1
	order    int  // of the entry in the catalog
	message  bool // the match is one of the entry's message
	reply    bool // the API's classifier takes the entry for a reply in the text
	example  int  // 1 where the text is an example of the entry, else 0
}

// fit is how a text has a name, the best first.
type fit uint8

const (
	literal   fit = iota
	respelled     // in another spelling
	partial       // as a part of a word with marks in it
	asClass       // as the name of an exception's class
)

// compare orders candidates: by confidence, examples first, success last, then the
// most specific kind, then the best fit, then the closest, then by place in the text, then those of APIs that the
// text names, then as in the catalog.
func (c candidate) compare(o candidate) int {
	return cmp.Or(
		cmp.Compare(c.Confidence.rank(), o.Confidence.rank()),
		cmp.Compare(o.example, c.example),
		cmp.Compare(c.success(), o.success()),
		cmp.Compare(c.Entry.Kind, o.Entry.Kind),
		cmp.Compare(c.fit, o.fit),
		cmp.Compare(c.distance, o.distance),
		cmp.Compare(c.at, o.at),
		cmp.Compare(c.unnamed, o.unnamed),
		cmp.Compare(c.order, o.order),
	)
}

// success is 1 where the entry is a status that means success, which is the last that
// a text with an error that is as sure can speak of, else 0.
func (c candidate) success() int {
	if isSuccess(c.Entry) {
		return 1
	}
	return 0
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
	*Index
	text   *text
	titles titles
	best   map[*model.Entry]candidate
	parts  []part
	next   int                 // where the next reply starts at the earliest
	status bool                // the text holds a reply with its status
	denied map[*model.API]bool // those that find another value where success would show in a reply of the text
}

// part is a part of the text that is a reply, with the entries that classifiers
// take for it. What else is found in it is less sure than these.
type part struct {
	from, to int
	entries  []*model.Entry
	most     Confidence // of what else is found in it
}

func (x *Index) newFindings(t *text, named titles) *findings {
	return &findings{Index: x, text: t, titles: named, best: map[*model.Entry]candidate{}, denied: map[*model.API]bool{}}
}

// addReply adds what classifiers take for a reply, which is a part of the text as
// it was pasted. Where it is told by more than the status, it is what that part of
// the text says.
func (f *findings) addReply(pasted string, told bool, found []candidate) {
	own := part{most: Guess}
	for _, c := range found {
		c.reply = true
		f.add(c)
		own.entries = append(own.entries, c.Entry)
		if c.Confidence == Exact {
			own.most = Likely
		}
	}
	if !told || len(found) == 0 {
		return
	}
	pasted = strings.TrimSpace(clean(pasted))
	for _, next := range []int{f.next, 0} {
		at := strings.Index(f.text.clean[next:], pasted)
		if at < 0 || pasted == "" {
			continue
		}
		own.from = next + at
		own.to = own.from + len(pasted)
		f.next = own.from + 1
		f.parts = append(f.parts, own)
		return
	}
}

func (f *findings) add(c candidate) {
	if isSuccess(c.Entry) && !c.reply && (f.status || !f.alone[c.Entry]) {
		return // only a classifier says what is success
	}
	for _, p := range f.parts {
		if !c.reply && p.from <= c.at && c.at < p.to && !slices.Contains(p.entries, c.Entry) {
			c.Confidence = c.Confidence.atMost(p.most)
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

// matches returns the matches in order. A status that means success is left out,
// unless it is exact, where an error is as sure, since HTTP 200 with an error is not a
// success, where the text holds a reply that it was not taken for, and where its API
// finds another value in the place of success, whatever stands inside that reply.
func (f *findings) matches() []Match {
	all := slices.SortedFunc(maps.Values(f.best), candidate.compare)
	failed := slices.IndexFunc(all, func(c candidate) bool {
		return c.Entry.Action != classify.OK && c.Entry.Kind != classify.KindStatus && c.Entry.Kind != classify.KindStatusClass && c.Entry.Kind != classify.KindTransport
	})
	var matches []Match
	for _, c := range all {
		if isSuccess(c.Entry) && c.Confidence != Exact {
			if f.denied[c.Entry.API] || len(f.parts) > 0 && !c.reply || failed >= 0 && all[failed].Confidence.rank() <= c.Confidence.rank() {
				continue
			}
		}
		matches = append(matches, c.Match)
	}
	return matches
}

// isSuccess reports whether an entry is a status that means success.
func isSuccess(e *model.Entry) bool {
	return (e.Kind == classify.KindStatus || e.Kind == classify.KindStatusClass) && e.Action == classify.OK
}
