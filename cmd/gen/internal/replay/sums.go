package replay

import (
	"github.com/errkb/errkb/classify"
)

// outcome is what a catalog makes of a reply, in a word.
type outcome uint8

// The outcomes, each reply has one.
const (
	success      outcome = iota // the call succeeded
	known                       // the code is listed, or a prefix entry covers it
	byStatus                    // there is no code, and the status decides
	unknown                     // there is a code that is not listed, whatever decides then
	unrecognised                // there is no code, and the status says nothing
	undecided                   // too little of the reply is there
	noReply                     // the request failed without one
	outcomes
)

// Names of the outcomes, in JSON.
var outcomeNames = [outcomes]string{"success", "known", "status", "unknown", "unrecognised", "undecided", "no_reply"}

func outcomeOf(d *classify.Decision) outcome {
	switch {
	case d.Source == classify.KindSuccess:
		return success
	case d.Source == classify.KindTransport:
		return noReply
	case d.Code != "" && !d.Known:
		return unknown
	case d.Source == classify.KindCode || d.Source == classify.KindPrefix:
		return known
	case d.Undecided():
		return undecided
	case d.Source == classify.KindStatus || d.Source == classify.KindStatusClass:
		return byStatus
	}
	return unrecognised
}

// sums are all that is counted.
type sums struct {
	lines, replies, unread, others int64

	flaws     []Flaw
	outcomes  [outcomes]int64
	byEntry   map[entryKey]*entryCount
	entries   []*entryCount // the same, in the order in which they were first seen
	unknown   map[codeKey]*unknownCode
	uncounted int64 // replies with unlisted codes for which there was no room
}

// count is how often something was seen.
type count struct {
	n           int64
	first, last moment
}

func (c *count) add(m moment) {
	if c.n++; c.n == 1 {
		c.first, c.last = m, m
		return
	}
	if m.nanos == 0 || c.last.nanos == 0 || m.nanos >= c.last.nanos {
		c.last = m
	}
	if m.nanos != 0 && m.nanos < c.first.nanos {
		c.first = m
	}
}

// entryKey is what decided.
type entryKey struct {
	api  *api
	kind classify.Kind
	code string
}

// entryCount is how often an entry decided.
type entryCount struct {
	count
	entryKey
	place int32 // among the entries that are counted
}

func newSums() sums {
	return sums{byEntry: map[entryKey]*entryCount{}, unknown: map[codeKey]*unknownCode{}}
}

// add counts a reply and what decided about it.
func (s *sums) add(own *api, d *classify.Decision, m moment) *entryCount {
	s.replies++
	s.outcomes[outcomeOf(d)]++
	key := entryKey{own, d.Source, d.Entry.Code()}
	c := s.byEntry[key]
	if c == nil {
		c = &entryCount{entryKey: key, place: int32(len(s.entries))}
		s.byEntry[key], s.entries = c, append(s.entries, c)
	}
	c.add(m)
	return c
}

// decide has the API's table decide about a reply, and counts it.
func (r *Replay) decide(c *call) {
	own := c.api
	switch operation := classify.Operation(c.of); {
	case len(c.of) > 0 && own.has(operation):
		c.reply.Operation = operation
	case own.paths:
		c.reply.Operation = own.operation(c.method, c.path)
	}
	d := own.table.Classify(c.reply)
	by := r.sums.add(own, &d, c.moment)
	r.noteUnknown(c, &d)
	r.compare(c, &d, by)
}

// Outcome is an outcome for people.
type Outcome struct {
	Name  string // in JSON
	Title string
}

// Outcomes lists the outcomes.
func Outcomes() []Outcome {
	titles := [outcomes]string{
		"succeeded", "known", "decided by the status alone", "with an unknown code", "not recognised", "undecided: body cut or unlogged", "no reply",
	}
	all := make([]Outcome, outcomes)
	for o := range all {
		all[o] = Outcome{outcomeNames[o], titles[o]}
	}
	return all
}
