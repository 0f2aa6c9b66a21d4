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
			s.addWritten(p, customerView{p.Verdict(e)}.write)
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

// write writes the page.
func (v customerView) write(w *writer) {
	p, l := v.Page, v.Page.l
	w.put(`<p class="kind">%s</p>
<h1>%s</h1>
<section>
<h2>%s</h2>`, markup(l, "%s: %s", v.API.Title, v.Key()), v.What(), l.Say("What to do"))
	v.writeFixes(w)
	w.put(`
</section>
<section>
<h2>%s</h2>
<p>%s</p>`, l.Say("Does trying again help?"), l.RetryAdvice(v.Entry))
	v.writeParagraph(w, l.EffectAdvice(v.Entry))
	if len(v.Overrides) > 0 {
		w.put(`
<dl>`)
		for _, o := range v.Overrides {
			w.put(`
<div><dt>%s</dt><dd>%s</dd></div>`, markup(l, "In %s|operation", v.OperationTitle(o.Operation)), l.Say("%s.|sentence", l.OperationText(v.Entry, o)))
		}
		w.put(`
</dl>`)
	}
	w.put(`
</section>`)
	if cases := v.Cases(); len(cases) > 0 {
		w.put(`
<section>
<h2>%s</h2>`, l.Say("What differs in some answers"))
		for _, in := range cases {
			w.put(`
<div class="variant">
<p>%s`, markup(l, "If %s:", in.If))
			if meaning := say.Sentence(in.Meaning); meaning != "" {
				w.put(`%s%s`, p.gap(), meaning)
			}
			w.put(`</p>`)
			in.writeFixes(w)
			w.put(`
<p>%s</p>
</div>`, l.RetryAdvice(in.Entry))
		}
		w.put(`
</section>`)
	}
	w.put(`
<p><a href="%sindex.html">%s</a></p>`, p.Folder(), l.Say("What other answers mean"))
}

// writeFixes writes the fix and what customers are told.
func (v customerView) writeFixes(w *writer) {
	l := v.Page.l
	if fixes := v.Fixes(); fixes != "" {
		w.put(`
<div dir="auto">%s</div>`, fixes)
	}
	w.put("\n")
	answers := v.Answers()
	for _, answer := range answers {
		if len(answers) == 2 {
			whose := l.Say("If your program tries again automatically:")
			if answer.Own {
				whose = l.Say("If your program does not do that:")
			}
			v.writeParagraph(w, whose)
		}
		w.put(`
<div class="reply">`)
		if answer.Draft {
			w.put(`<p class="kind">%s</p>
`, l.Say("A draft, put together automatically from the catalog: nobody has checked it yet."))
		}
		w.put(`<p class="text" dir="auto">%s</p></div>`, answer.Text)
	}
}
