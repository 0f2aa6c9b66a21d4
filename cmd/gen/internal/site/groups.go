package site

import (
	"cmp"
	"html/template"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// group is the entries of one kind, in their own table.
type group struct {
	ID      string
	Title   say.Message // of the table
	Key     say.Message // of its first column
	Entries []*model.Entry
}

// groupsOf returns the entries of some APIs that are asked for, codes first, and
// among each kind the most common first.
func groupsOf(apis []*model.API, wanted func(*model.Entry) bool) []group {
	all := []group{
		{ID: "codes", Title: "Codes", Key: "Code"},
		{ID: "statuses", Title: "Statuses", Key: "Status"},
		{ID: "no-answer", Title: "No answer", Key: "What happened"},
		{ID: "other", Title: "Other answers", Key: "Answer"},
	}
	for _, api := range apis {
		for _, e := range api.Entries() {
			if wanted(e) {
				g := &all[groupOf(e.Kind)]
				g.Entries = append(g.Entries, e)
			}
		}
	}
	all = slices.DeleteFunc(all, func(g group) bool { return len(g.Entries) == 0 })
	for _, g := range all {
		slices.SortStableFunc(g.Entries, func(a, b *model.Entry) int { return cmp.Compare(commonness(a), commonness(b)) })
	}
	return all
}

func groupOf(k classify.Kind) int {
	switch k {
	case classify.KindStatus, classify.KindStatusClass:
		return 1
	case classify.KindTransport:
		return 2
	case classify.KindUnknown, classify.KindUnrecognised:
		return 3
	}
	return 0
}

// commonness orders entries: the more common, the smaller. What the catalog says
// nothing of stands between what is met at times and what is rare, and what is
// retired last.
func commonness(e *model.Entry) int {
	if e.Retired != nil {
		return 4
	}
	switch e.Frequency {
	case "very-common":
		return 0
	case "occasional":
		return 1
	case "rare":
		return 3
	}
	return 2
}

func every(*model.Entry) bool { return true }

// groups adds the pages of APIs, actions and categories.
func (s *site) groups() {
	for _, api := range s.catalog.APIs {
		p := s.page(api.Address(), api.Title, s.l.Say("Every error of %s, with what to do about it.", api.Title))
		p.JSON = true
		p.API = api
		s.add(p, "api", apiView{api, p})
	}
	for _, a := range classify.Actions() {
		p := s.page(model.ActionAddress(a), s.l.ActionTitle(a), s.l.ActionAdvice(a))
		p.JSON = true
		s.add(p, "action", actionView{a, s.catalog})
	}
	for _, c := range s.catalog.Categories {
		p := s.page(c.Address(), c.Title, say.Sentence(c.Summary))
		p.JSON = true
		s.add(p, "category", categoryView{c, s.catalog, s.l})
	}
}

// actionView is an action with all that it is the answer to.
type actionView struct {
	Action  classify.Action
	catalog *model.Catalog
}

// Groups returns the entries whose action it is.
func (v actionView) Groups() []group {
	return groupsOf(v.catalog.APIs, func(e *model.Entry) bool { return e.Action == v.Action })
}

// Categories returns the categories whose action it is.
func (v actionView) Categories() []*model.Category {
	return slices.DeleteFunc(slices.Clone(v.catalog.Categories), func(c *model.Category) bool { return c.Action != v.Action })
}

// categoryView is a category with its entries.
type categoryView struct {
	*model.Category
	catalog *model.Catalog
	l       *say.Language
}

// Groups returns the category's entries.
func (v categoryView) Groups() []group {
	return groupsOf(v.catalog.APIs, func(e *model.Entry) bool { return e.Category == v.Category })
}

// apiView is an API.
type apiView struct {
	*model.API
	page *page
}

// Groups returns the API's entries.
func (v apiView) Groups() []group { return groupsOf([]*model.API{v.API}, every) }

// About renders the API's summary.
func (v apiView) About() template.HTML { return v.page.Markdown(v.API, v.Summary) }

// Leaf renders what to do at the end of a branch.
func (v apiView) Leaf(b say.Branch) template.HTML {
	l, action := v.page.l, v.page.Action(b.Action, v.page.l.ActionTitle(b.Action))
	rule := cmp.Or(b.Rule, l.Say("see the pages for how often"))
	switch {
	case len(b.Question) > 0 && b.Action.Waits():
		return markup(l, "Yes: %s, %s.|action and how often", action, rule)
	case len(b.Question) > 0:
		return markup(l, "Yes: %s.|action", action)
	case b.Action.Waits():
		return markup(l, "%s, %s.|action and how often", action, rule)
	}
	return markup(l, "%s.|sentence", action)
}

// Linked returns the entries of a branch, unless they are too many to link.
func (v apiView) Linked(entries []*model.Entry) []*model.Entry {
	if len(entries) > say.LinkedEntries {
		return nil
	}
	return entries
}

// HasPointer reports whether the table of forms names places in a document.
func (v apiView) HasPointer() bool {
	return slices.ContainsFunc(v.Forms, func(f classify.Form) bool {
		return f.Syntax == classify.JSON || f.Syntax == classify.XML
	})
}

// Success renders by which signs a form knows success.
func (v apiView) Success(f classify.Form) template.HTML {
	if len(f.OK) == 0 && v.TestsSuccess() {
		return template.HTML(template.HTMLEscapeString(v.page.l.Say("never")))
	}
	return text(v.page.l, v.page.l.FormSuccess(&f))
}

// Form renders what a form reads.
func (v apiView) Form(f classify.Form) template.HTML { return text(v.page.l, v.page.l.FormTitle(&f)) }

// Override returns what the server itself says to do as the page shows it.
func (v apiView) Override(o model.ServerOverride) overrideView { return overrideView{o, v} }

// overrideView is what the server itself says to do.
type overrideView struct {
	model.ServerOverride
	api apiView
}

// If renders when it counts.
func (v overrideView) If() template.HTML {
	return text(v.api.page.l, v.api.page.l.When(v.api.API, v.When))
}

// Does says what it makes of the action and the retries.
func (v overrideView) Does() string {
	rule := v.api.page.l.OverrideRule(v.ServerOverride)
	if action := v.api.page.l.OverrideAction(v.ServerOverride); action != "" {
		if !v.Action.Waits() || rule == "" {
			return action
		}
		return v.api.page.l.Say("%s: %s", action, rule)
	}
	return rule
}

// Remedy renders what to do.
func (v overrideView) Remedy() template.HTML {
	if model.Line(v.Fix) == "" {
		return ""
	}
	return v.api.page.Markdown(v.api.API, v.Fix)
}

// Wait renders where the wait is.
func (v overrideView) Wait() template.HTML {
	return text(v.api.page.l, v.api.page.l.DelayList(v.Delays))
}

// Code renders where a form finds the code.
func (v apiView) Code(f classify.Form) template.HTML { return text(v.page.l, v.page.l.FormCode(&f)) }

// Message renders where a form finds the text for people.
func (v apiView) Message(f classify.Form) template.HTML {
	return text(v.page.l, v.page.l.FormPlaces(&f, f.Message))
}

// Delay renders where the server may name a wait.
func (v apiView) Delay(d classify.Delay) template.HTML { return text(v.page.l, v.page.l.DelayPlace(d)) }

// Markdown renders an author's text as part of a line.
func (v apiView) Markdown(text string) template.HTML { return v.page.Inline(v.API, text) }
