package site

import (
	"html/template"
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// changed is what differs from the previous version of the catalog.
type changed struct {
	Summary string
	Steps   []changedStep
}

// changedStep is the changes that need one version step.
type changedStep struct {
	Title   string
	Changes []template.HTML
}

// Changed returns what changed since the previous version, or nil where that is not given.
func (p *page) Changed() *changed {
	report := p.site.changed
	if report == nil {
		return nil
	}
	c := &changed{Summary: p.l.Say(report.Summary())}
	for _, s := range report.Steps() {
		step := changedStep{Title: p.l.Say(s.Title)}
		for _, change := range s.Changes {
			step.Changes = append(step.Changes, template.HTML(change.Sentence(p.l, p.signs(change))))
		}
		c.Steps = append(c.Steps, step)
	}
	return c
}

// signs are how the page shows the parts of the sentence about a change: its API and its
// entry, where they are still there, as links to their pages.
func (p *page) signs(c diff.Change) diff.Signs {
	code := func(value string) string {
		return string(text(p.l, say.Text{{Text: model.Line(value), Wire: true}}))
	}
	return diff.Signs{
		Words: template.HTMLEscapeString,
		Code:  code,
		API: func(name string) string {
			i := slices.IndexFunc(p.Catalog.APIs, func(api *model.API) bool { return api.Name == name })
			if i < 0 {
				return code(name)
			}
			return string(link(p.To(p.Catalog.APIs[i].Address()), template.HTML(code(name))))
		},
		Key: func(key string) string {
			if c.Entry == nil {
				return code(key)
			}
			return string(link(p.To(c.Entry.Address()), "<code>"+template.HTML(breakable(key))+"</code>"))
		},
	}
}
