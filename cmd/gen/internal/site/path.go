package site

import (
	"fmt"
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// pathView is the path of a category's tickets, as a list and as a drawing.
type pathView struct {
	say.Path
	Category *model.Category
	l        *say.Language
}

// mostSteps is how many cases of escalation a path lists; the entries' pages have all.
const mostSteps = 12

// Path returns the path of the category's tickets.
func (v categoryView) Path() pathView {
	var entries []*model.Entry
	for _, g := range v.Groups() {
		entries = append(entries, g.Entries...)
	}
	return pathView{v.l.Path(v.Category, entries), v.Category, v.l}
}

// Listed returns the cases that the page lists.
func (v pathView) Listed() []say.PathStep {
	return v.Escalation[:min(mostSteps, len(v.Escalation))]
}

// Left returns how many cases are not listed.
func (v pathView) Left() int { return max(0, len(v.Escalation)-mostSteps) }

// names are a step's entries as a page names them.
type names struct {
	say.PathStep
	Page  *page
	First []*model.Entry
	More  int // how many others there are
}

// Names returns those entries that have a step.
func (v pathView) Names(p *page, s say.PathStep) names {
	n := min(say.LinkedEntries, len(s.Entries))
	return names{s, p, s.Entries[:n], len(s.Entries) - n}
}

// Whose names an entry's API, where the step has another entry with the same key.
func (n names) Whose(e *model.Entry) string {
	if slices.ContainsFunc(n.Entries, func(other *model.Entry) bool { return other != e && other.Code == e.Code }) {
		return e.API.Title
	}
	return ""
}

// Drawing returns the drawing of the path: a line down to whoever has the ticket, each
// with what they do.
func (v pathView) Drawing() treeDrawing {
	s := newSketch("path-"+id(v.Category.Address()), "A customer asks")
	answers := drawnBranch{Plain: true, Question: s.ask("Support")}
	s.leaf(&answers, wrapped("Send the answer", leafWidth, 2), nil)
	s.goOn()
	s.add(answers)
	for i, act := range v.Acts {
		b := drawnBranch{Action: act.Action}
		if i == 0 && v.Category.Who != "support" {
			b.Question = s.ask(v.l.WhoTitle(v.Category.Who))
		}
		var names []string
		if len(v.Acts) > 1 {
			names = foldedKeys(act.Entries)
		}
		s.leaf(&b, wrapped(act.Text, leafWidth, 4), names)
		if i < len(v.Acts)-1 || len(v.Escalation) > 0 {
			s.goOn()
		}
		s.add(b)
	}
	if len(v.Escalation) > 0 {
		b := drawnBranch{Plain: true, Question: s.ask("Support")}
		s.leaf(&b, wrapped("Escalate", leafWidth, 2), wrapped(v.escalation(), smallWidth, 6))
		s.add(b)
	}
	return s.done()
}

// escalation says when support escalates, in brief.
func (v pathView) escalation() string {
	if len(v.Escalation) == 1 {
		return v.Escalation[0].Text
	}
	return fmt.Sprintf("in %d cases, see the list", len(v.Escalation))
}
