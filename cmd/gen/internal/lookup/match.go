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
	Count      int    // how often the text holds it

	Decision *classify.Decision // what the entry's API decides on the reply in the text; nil where that holds none of the entry
	Message  string             // the API's own text for people in that reply

	RequestID string // of that reply; without one, of the first of the entry's API in the text that has one
	Field     string // the same
}

// candidate is a match with what it is ranked by.
type candidate struct {
	Match
	reason   reason // the match says it as a sentence
	fit      fit    // how the text has the entry's name
	distance int    // edits away from the entry's key of a guess; of a failure its place among failures
	at       int    // byte in the text
	turn     int    // the same, or in a log that from its end
	kind     nameOf // what was found
	unnamed  int    // 0 where the text names the entry's API, else 1
	order    int    // of the entry in the catalog
	reply    bool   // the API's classifier takes the entry for a reply in the text
	leads    int    // 0 where the text is about that reply, else 1
	example  int    // 1 where the text is an example of the entry, else 0
	past     int    // 1 where the text says that it is over, else 0
	quoted   int    // 1 where it stands in what a mail quotes, else 0
	status   int    // the status that was found, or 0
	unsent   bool   // the text says that nothing was sent
}

// fit is how a text has a name, the best first.
type fit uint8

const (
	literal   fit = iota
	respelled     // in another spelling
	partial       // as a part of a word with marks in it
	asClass       // as the name of an exception's class
)

// nameOf is what of an entry a text holds.
type nameOf uint8

const (
	byKey     nameOf = iota // the whole text is its key, or a word is nearly that
	byCode                  // its code
	byMessage               // its message
	byReply                 // a reply that it decides
	byNumber                // its status
)

// compare orders candidates: first what is decided about the reply that the text is
// about, then by confidence, examples first, what is over, quoted or normal last, then the
// most specific kind, then the best fit, then the closest, then by place in the text, then
// those of APIs that the text names, then as in the catalog.
func (c *candidate) compare(o *candidate) int {
	return cmp.Or(
		cmp.Compare(c.leads, o.leads),
		cmp.Compare(c.Confidence.rank(), o.Confidence.rank()),
		cmp.Compare(o.example, c.example),
		cmp.Compare(c.past, o.past),
		cmp.Compare(c.quoted, o.quoted),
		cmp.Compare(c.normal(), o.normal()),
		cmp.Compare(c.Entry.Kind, o.Entry.Kind),
		cmp.Compare(c.fit, o.fit),
		cmp.Compare(c.distance, o.distance),
		cmp.Compare(c.turn, o.turn),
		cmp.Compare(c.unnamed, o.unnamed),
		cmp.Compare(c.order, o.order),
	)
}

// normal says how much the entry is what normally happens, which a text with an error
// that is as sure is not about: 2 for success, 1 for a result that is not ready, else 0.
func (c *candidate) normal() int {
	action := c.Entry.Action
	if c.Decision != nil {
		action = c.Decision.Action
	}
	switch action {
	case classify.OK:
		return 2
	case classify.WaitPoll:
		return 1
	}
	return 0
}

// rank returns the place among the confidences, or -1.
func (c Confidence) rank() int {
	switch c {
	case Exact:
		return 0
	case Likely:
		return 1
	case Guess:
		return 2
	}
	return -1
}

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
	text      *text
	titles    titles
	addresses addresses
	asked     *api // the API that somebody asks about; nil for all
	addressed map[*model.API]bool
	log       bool // the text is lines of a log
	best      map[*model.Entry]*finding
	parts     []part
	next      int   // where the next reply starts at the earliest
	status    bool  // the text holds a reply with its status
	statuses  []int // those that stand in the text
	proxied   []int // where a proxy's own status stands
	decided   map[decidedStatus]bool
	denied    map[*model.API]bool    // those that find another value where success would show in a reply of the text
	told      map[*model.API]bool    // those in whose form a reply of the text is
	numbers   map[*model.Entry][]int // the statuses that an entry was found by

	noted  map[*model.API]noted  // what the replies of the text say for support
	redact []func(string) string // each cuts from a text what one reply of the text has that is secret
}

// decidedStatus is the status of a reply that an API takes for a success; the
// number says no other entry then.
type decidedStatus struct {
	api    *api
	status int
}

// noted is what a reply says for support.
type noted struct{ requestID, field string }

// note keeps what a reply says for support, of several replies the first that says each,
// and what in it is secret.
func (f *findings) note(v *verdict) {
	own := f.noted[v.api.API]
	f.noted[v.api.API] = noted{cmp.Or(own.requestID, v.RequestID), cmp.Or(own.field, v.Field)}
	if len(v.api.Secret) > 0 {
		table, reply := v.api.table, v.reply
		f.redact = append(f.redact, func(text string) string { return table.Redact(reply, text) })
	}
}

// part is a part of the text that is a reply, with the entries that classifiers
// take for it. What else is found in it is less sure than these.
type part struct {
	from, to int
	status   int // of the reply, or 0
	entries  []*model.Entry
	most     Confidence // of what else is found in it
}

func (x *Index) newFindings(t *text, asked *api) *findings {
	f := &findings{
		Index: x, text: t, titles: x.findTitles(t), addresses: x.findAddresses(t.clean), asked: asked, addressed: map[*model.API]bool{}, log: t.isLog(),
		best: map[*model.Entry]*finding{}, denied: map[*model.API]bool{}, told: map[*model.API]bool{}, numbers: map[*model.Entry][]int{}, decided: map[decidedStatus]bool{}, noted: map[*model.API]noted{},
	}
	for a := range f.addresses.apis() {
		f.addressed[a.API], f.titles.apis[a.API] = true, true
	}
	if asked != nil {
		f.addressed = map[*model.API]bool{asked.API: true}
		f.addresses.foreign = ""
	}
	return f
}

// addReply adds what classifiers take for a reply, which is a part of the text as
// it was pasted. Where it is told by more than the status, it is what that part of
// the text says.
func (f *findings) addReply(r reply, told bool, found []candidate) {
	if len(found) == 0 && !r.known {
		return
	}
	own := part{most: Guess, status: r.Status}
	for _, c := range found {
		own.entries = append(own.entries, c.Entry)
		if c.Confidence == Exact {
			own.most = Likely
		}
	}
	if pasted := strings.TrimSpace(clean(r.part)); pasted != "" {
		for _, next := range []int{f.next, 0} {
			at := strings.Index(f.text.clean[next:], pasted)
			if at < 0 {
				continue
			}
			own.from = next + at
			own.to = own.from + len(pasted)
			if told {
				f.next = own.from + 1
				f.parts = append(f.parts, own)
			}
			break
		}
	}
	for _, c := range found {
		c.reply, c.kind, c.at = true, byReply, own.from
		if !r.leads {
			c.leads = 1
		}
		f.add(c)
	}
}

// add adds a candidate, unless it is a success that no classifier says or the status of
// an API that the text is not about.
func (f *findings) add(c candidate) {
	if isSuccess(c.Entry) && !c.reply && (f.status || !f.alone()[c.Entry]) {
		return // only a classifier says what is success
	}
	if isStatusKind(c.Entry.Kind) && !c.reply {
		if len(f.addressed) > 0 && !f.addressed[c.Entry.API] {
			return
		}
		if f.repeatsReply(&c) {
			return
		}
		c = f.doubtHost(c)
	}
	for _, p := range f.parts {
		if !c.reply && p.from <= c.at && c.at < p.to && !slices.Contains(p.entries, c.Entry) {
			c.Confidence = c.Confidence.atMost(p.most)
		}
	}
	if !f.titles.apis[c.Entry.API] {
		c.unnamed = 1
		// Other APIs have the same words for people.
		if c.kind == byMessage && len(f.titles.apis) > 0 {
			c.Confidence = Guess
		}
	}
	if !c.reply {
		c.leads = 1
	}
	if f.text.isQuoted(c.at) {
		c.quoted = 1
	}
	if c.turn = c.at; f.log {
		c.turn = -c.at
	}
	c.order = f.place(c.Entry)
	if c.status != 0 && !slices.Contains(f.numbers[c.Entry], c.status) {
		f.numbers[c.Entry] = append(f.numbers[c.Entry], c.status)
	}
	own, again := f.best[c.Entry]
	if !again {
		own = &finding{candidate: c}
		f.best[c.Entry] = own
	}
	own.count(&c)
	rest := &c
	if again && c.compare(&own.candidate) < 0 {
		old := own.candidate
		own.candidate, rest = c, &old
	}
	if own.Decision == nil && rest.Decision != nil {
		own.Decision, own.Message, own.reply = rest.Decision, rest.Message, true
	}
}

// repeatsReply reports whether a status is that of a reply in the text, which is another
// entry's: it says nothing more.
func (f *findings) repeatsReply(c *candidate) bool {
	return slices.ContainsFunc(f.parts, func(p part) bool {
		return len(p.entries) > 0 && c.status != 0 && p.status == c.status && p.from-maxBefore <= c.at && c.at < p.to && !slices.Contains(p.entries, c.Entry)
	})
}

// finding is the best candidate of an entry, and how often the text holds it.
type finding struct {
	candidate
	counts [byNumber + 1]count
}

// count is how often something was found, and where it was last.
type count struct{ times, last int }

// count counts what a text holds of an entry, once at each place.
func (own *finding) count(c *candidate) {
	if own := &own.counts[c.kind]; own.times == 0 || c.kind != byKey && own.last != c.at {
		own.times++
		own.last = c.at
	}
}

// doubtHost makes what is told by a status alone a guess where the text says that another
// host was called.
func (f *findings) doubtHost(c candidate) candidate {
	if host := f.addresses.foreign; host != "" && f.hosted[c.Entry.API] {
		c.Confidence = Guess
		c.reason = why("notAddress", c.reason, host, c.Entry.API.Title)
	}
	return c
}

// matches returns the matches in order. A status that means success is left out,
// unless it is exact, where an error is as sure, since HTTP 200 with an error is not a
// success, where the text holds a reply that it was not taken for, and where its API
// finds another value in the place of success, whatever stands inside that reply.
func (f *findings) matches() []Match {
	for e, c := range f.best {
		if c.kind == byMessage && c.Decision == nil && f.isReason(e.Message) {
			c.Confidence = Guess
		}
	}
	all := slices.SortedFunc(maps.Values(f.best), func(a, b *finding) int { return a.compare(&b.candidate) })
	if f.asked != nil {
		all = slices.DeleteFunc(all, func(c *finding) bool { return c.Entry.API != f.asked.API })
	}
	all = f.withoutEvidence(all)
	failed := slices.IndexFunc(all, func(c *finding) bool {
		return c.Entry.Action != classify.OK && c.Entry.Kind != classify.KindStatus && c.Entry.Kind != classify.KindStatusClass && c.Entry.Kind != classify.KindTransport
	})
	var matches []Match
	for _, c := range all {
		if isSuccess(c.Entry) && c.Confidence != Exact && !(c.reply && c.leads == 0) {
			if f.denied[c.Entry.API] || len(f.parts) > 0 && !c.reply || failed >= 0 && all[failed].Confidence.rank() <= c.Confidence.rank() {
				continue
			}
		}
		for _, own := range c.counts {
			c.Count = max(c.Count, own.times)
		}
		f.saysMessage(c, all)
		f.decideCall(c)
		c.Why = c.reason.String()
		for _, redact := range f.redact {
			c.Why = redact(c.Why)
		}
		c.RequestID, c.Field = f.noted[c.Entry.API].requestID, f.noted[c.Entry.API].field
		if c.Decision != nil {
			c.RequestID, c.Field = c.Decision.RequestID, c.Decision.Field
		}
		matches = append(matches, c.Match)
	}
	return matches
}

// isReason reports whether a message is the reason phrase of a status that the text
// holds, and so tells no more than that.
func (f *findings) isReason(message string) bool {
	letters := squash(message)
	return slices.ContainsFunc(f.statuses, func(status int) bool { return slices.Contains(phrases[status], letters) })
}

// isSuccess reports whether an entry is a status that means success.
func isSuccess(e *model.Entry) bool {
	return (e.Kind == classify.KindStatus || e.Kind == classify.KindStatusClass) && e.Action == classify.OK
}
