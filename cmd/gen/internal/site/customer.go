package site

import (
	"html/template"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// The pages for customers say what an answer means, what to do and whether to try again.
// What support tells itself is not on them: when it escalates a case, how bad it is, and
// the author's details. They are in one folder with their style, without a script or a
// link out of it, so that it can be published alone.

// customers adds the pages for customers.
func (s *site) customers() {
	list := s.page(model.CustomerFolder+"index", s.l.Say("What answers mean"), s.l.Say("What answers mean, what to do and whether to try again."))
	s.add(list, "customers", catalogView{s.catalog})
	for _, api := range s.catalog.APIs {
		for _, e := range api.Entries() {
			p := s.page(e.CustomerAddress(), s.l.EntryTitle(e)+" – "+api.Title, s.l.EntrySummary(e))
			s.add(p, "customer", customerView{p.Verdict(e)})
		}
	}
}

// IsForCustomers reports whether the page is one for customers.
func (p *page) IsForCustomers() bool { return strings.HasPrefix(p.Address, model.CustomerFolder) }

// Folder returns the way from a page for customers to their folder, which is one level
// below the site's root.
func (p *page) Folder() string { return strings.TrimPrefix(p.Root, "../") }

// customerView is an entry as a page for customers shows it.
type customerView struct{ entryView }

// What is what happened, or its name where the catalog does not say.
func (v customerView) What() template.HTML {
	if meaning := say.Sentence(v.Meaning); meaning != "" {
		return template.HTML(template.HTMLEscapeString(meaning))
	}
	return v.Key()
}

// Answers returns what customers are told.
func (v customerView) Answers() []say.Answer {
	answers := v.Page.l.Answers(v.Entry)
	for i := range answers {
		answers[i].Text = v.Page.l.FillIn(answers[i].Text, "", "")
	}
	return answers
}

// Fixes renders the fix, unless it is for others than customers or an answer has it
// already.
func (v customerView) Fixes() template.HTML {
	fix := say.Sentence(strings.ReplaceAll(v.Fix, "`", ""))
	isInternal := v.Category.Who == "support" || v.Category.Who == "operator"
	if fix == "" || isInternal || slices.ContainsFunc(v.Answers(), func(a say.Answer) bool { return strings.Contains(a.Text, fix) }) {
		return ""
	}
	return v.RemedyInLine()
}

// Cases returns the variants whose customers are told something else.
func (v customerView) Cases() []customerCase {
	var cases []customerCase
	for _, variant := range v.Variants {
		in := v
		in.Entry = v.InVariant(variant)
		if !slices.Equal(in.Answers(), v.Answers()) {
			cases = append(cases, customerCase{in, text(v.Page.l, v.Page.l.When(v.API, variant.When))})
		}
	}
	return cases
}

// customerCase is an entry in the replies that one of its variants is for.
type customerCase struct {
	customerView
	If template.HTML
}
