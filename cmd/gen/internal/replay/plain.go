package replay

import (
	"bytes"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// plain counts a line of text: the reply that a JSON object at its end tells or is, or else what
// gen explain finds in it, unless that is a guess.
func (r *Replay) plain(line []byte, m moment) {
	m.nanos = timeIn(line)
	if open := bytes.IndexByte(line, '{'); open > 0 && r.scan.read(line[open:], r.places) {
		if r.scan.found[roleStatus]|r.scan.found[roleBody] != 0 {
			r.object(line[open:], m)
			return
		}
		if r.bare(line[open:], &call{moment: m}) {
			return
		}
	}
	if r.index == nil {
		r.index = lookup.New(r.catalog)
	}
	matches := r.index.ExplainOf(r.options.API, string(line))
	if len(matches) == 0 || matches[0].Confidence == lookup.Guess {
		r.sums.others++
		return
	}
	best := matches[0]
	own := r.byName[best.Entry.API.Name]
	if best.Decision != nil {
		r.sums.add(own, best.Decision, m)
		// Where in the line the body is, and so what in it is secret, nobody can tell.
		r.noteUnknown(&call{api: own, moment: m, reply: classify.Reply{Body: line, Cut: true}}, best.Decision)
		return
	}
	d := decisionOf(best.Entry)
	r.sums.add(own, &d, m)
}

// decisionOf is the decision of an entry that a text names.
func decisionOf(e *model.Entry) classify.Decision {
	row := classify.Entry{Kind: e.Kind, Code: e.Code}
	return classify.Decision{Source: e.Kind, Entry: row.View(), Code: e.Code, Known: true}
}

// timeIn returns the time that stands in a line of a log, near its start.
func timeIn(line []byte) int64 {
	found := inLine().FindSubmatch(line[:min(len(line), 120)])
	if found == nil {
		return 0
	}
	return timeOf(append(found[1], found[2]...))
}

// inLine is a time as logs write it.
var inLine = pattern.Of(`(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)|\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]`)
