package site

import (
	"html/template"
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
	s := newSketch("path-"+id(v.Category.Address()), v.l.Say("A customer asks"))
	answers := drawnBranch{Plain: true, Question: s.ask(v.l.WhoTitle("support"))}
	s.leaf(&answers, wrapped(v.l.Say("Send the answer"), leafWidth, 2), nil)
	s.goOn()
	s.add(answers)
	for i, act := range v.Acts {
		b := drawnBranch{Action: act.Action}
		if i == 0 && v.Category.Who != "support" {
			b.Question = s.ask(v.l.WhoTitle(v.Category.Who))
		}
		var names []string
		if len(v.Acts) > 1 {
			names = foldedKeys(v.l, act.Entries)
		}
		s.leaf(&b, wrapped(act.Text, leafWidth, 4), names)
		if i < len(v.Acts)-1 || len(v.Escalation) > 0 {
			s.goOn()
		}
		s.add(b)
	}
	if len(v.Escalation) > 0 {
		b := drawnBranch{Plain: true, Question: s.ask(v.l.WhoTitle("support"))}
		s.leaf(&b, wrapped(v.l.Say("Escalate"), leafWidth, 2), wrapped(v.escalation(), smallWidth, 6))
		s.add(b)
	}
	return s.done()
}

// escalation says when support escalates, in brief.
func (v pathView) escalation() string {
	if len(v.Escalation) == 1 {
		return v.Escalation[0].Text
	}
	return v.l.Say("in %d cases, see the list|escalate", len(v.Escalation))
}

// Act renders a step as a link to the page of its action.
func (n names) Act() template.HTML {
	return link(n.Page.To(model.ActionAddress(n.Action)), n.Page.Action(n.Action, n.Text))
}

// Named renders a step's entries as a list.
func (n names) Named() template.HTML {
	keys := make([]string, len(n.First))
	for i, e := range n.First {
		keys[i] = string(n.Page.Key(e))
		if whose := n.Whose(e); whose != "" {
			keys[i] = string(markup(n.Page.l, "%s (%s)", n.Page.Key(e), whose))
		}
	}
	named := template.HTML(n.Page.l.List(keys))
	if n.More == 0 {
		return named
	}
	return markup(n.Page.l, "%s and %s more|list of entries, and how many others", named, n.More)
}
