package site

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// entryView is an entry as a page shows it.
type entryView struct {
	*model.Entry
	Page *page
}

// entries adds a page for each entry, and for each alias of a code.
func (s *site) entries() {
	for _, api := range s.catalog.APIs {
		for _, e := range api.Entries() {
			p := s.entryPage(e, e.Address(), s.l.EntryTitle(e))
			s.addWritten(p, p.Verdict(e).writeEntry)
			for i, alias := range e.Aliases {
				p := s.entryPage(e, e.AliasAddress(i), alias)
				p.Canonical = e.Address()
				s.addWritten(p, p.Verdict(e).writeEntry)
			}
		}
	}
}

func (s *site) entryPage(e *model.Entry, address, title string) *page {
	p := s.page(address, title+" – "+e.API.Title, s.l.EntrySummary(e))
	p.JSON = true
	p.API, p.Entry = e.API, e
	return p
}

// Verdict returns an entry as the answer to a question.
func (p *page) Verdict(e *model.Entry) entryView { return entryView{Entry: e, Page: p} }

// answerView is what to tell a customer as a page shows it, with a button that copies it.
type answerView struct {
	say.Answer
	ID    string
	Whose string // whose answer it is, as a page may have many
	Two   bool   // there is one more, for customers with another program

	api *model.API
	l   *say.Language
}

// Answers returns what to tell customers.
func (v entryView) Answers() []answerView { return answersOf(v.Page.l, v.Entry, v.ID, v.Whose()) }

func answersOf(l *say.Language, e *model.Entry, id func(part string) string, whose string) []answerView {
	var views []answerView
	answers := l.Answers(e)
	for _, answer := range answers {
		part := "reply"
		if answer.Own {
			part = "reply-own"
		}
		views = append(views, answerView{answer, id(part), whose, len(answers) > 1, e.API, l})
	}
	return views
}

// For says which customers the answer is for, where there are two.
func (v answerView) For() string {
	switch {
	case !v.Two:
		return ""
	case v.Own:
		return v.l.ForOwn()
	}
	return v.l.ForClient()
}

// Program names the program that the answer is for, as the switch of the first page
// does, or is empty where the answer is for all.
func (v answerView) Program() string {
	switch {
	case !v.Two:
		return ""
	case v.Own:
		return "own"
	}
	return "client"
}

// Copies names the button.
func (v answerView) Copies() string {
	switch {
	case v.Draft && v.Own:
		return v.l.Say("Copy draft for another program")
	case v.Draft:
		return v.l.Say("Copy draft")
	case v.Own:
		return v.l.Say("Copy reply for another program")
	}
	return v.l.Say("Copy reply")
}

// Shown renders the answer. What a reply fills in is marked, so that the script can do so.
func (v answerView) Shown() template.HTML {
	marked := func(name, mark string) string {
		return `<span data-reply="` + name + `">` + template.HTMLEscapeString(v.l.FillIn(mark, "", "")) + "</span>"
	}
	return template.HTML(strings.NewReplacer(
		say.RequestIDMark, marked("request_id", say.RequestIDMark),
		say.FieldMark, marked("field", say.FieldMark),
	).Replace(template.HTMLEscapeString(v.Text)))
}

// Filled says where a reply holds what it fills in.
func (v answerView) Filled() []say.HandedOn { return v.l.HandOnIn(v.api, v.Text) }

// Whose says whose answer it is, among many.
func (v entryView) Whose() string {
	return v.Page.l.Say("%s of %s|entry of API", v.Page.l.EntryTitle(v.Entry), v.API.Title)
}

// ID returns the id of an element that belongs to the entry.
func (v entryView) ID(part string) string { return part + "-" + id(v.Address()) }

// Title is the name of the verdict: what the entry means, as that is what one who asks
// wants to know, or without a meaning its key.
func (v entryView) Title() template.HTML {
	if meaning := say.Headline(v.Meaning); meaning != "" {
		return template.HTML(template.HTMLEscapeString(meaning))
	}
	return v.Key()
}

// Key renders the entry's key.
func (v entryView) Key() template.HTML { return keyText(v.Page.l, v.Entry) }

// Remedy renders what to do.
func (v entryView) Remedy() template.HTML { return v.remedy(v.Entry) }

// OverrideRemedy renders what to do in one operation, where that differs.
func (v entryView) OverrideRemedy(o model.Override) template.HTML {
	return v.remedyInLine(v.InOperation(o))
}

// RemedyInLine renders what to do, and when that is not always, in one line.
func (v entryView) RemedyInLine() template.HTML { return v.remedyInLine(v.Entry) }

func (v entryView) remedyInLine(e *model.Entry) template.HTML {
	only := template.HTMLEscapeString(v.Page.l.Only(e))
	return template.HTML(v.Page.l.Sentences(only, string(v.remedy(e))))
}

// remedy renders a fix, which is a phrase or some markdown, as sentences, or
// without one what the action says.
func (v entryView) remedy(e *model.Entry) template.HTML {
	fix := e.Fix
	switch {
	case model.Line(fix) == "":
		return template.HTML(template.HTMLEscapeString(v.Page.l.Remedy(e)))
	case strings.Contains(strings.TrimSpace(fix), "\n"):
		return v.Page.Markdown(v.API, fix)
	}
	return v.Page.Inline(v.API, say.Sentence(fix))
}

// ExplainedBy renders the author's details.
func (v entryView) ExplainedBy() template.HTML { return v.Page.Markdown(v.API, v.Details) }

// Escalation renders when support escalates it, to follow "when".
func (v entryView) Escalation() template.HTML {
	return v.Plain(say.Escalation(v.Escalate))
}

// Plain renders a text of the entry's that is not markdown as a sentence.
func (v entryView) Plain(text string) template.HTML { return v.Page.Plain(v.API, text) }

// OwnWords returns what the API says itself, where that differs from the meaning.
func (v entryView) OwnWords() string {
	if model.Line(v.Message) == model.Line(v.Meaning) {
		return ""
	}
	return model.Line(v.Message)
}

// IsCode reports whether statuses come with the entry, instead of being it.
func (v entryView) IsCode() bool {
	return v.Kind == classify.KindCode || v.Kind == classify.KindPrefix
}

// StatusLinks links the statuses that a code comes with.
func (v entryView) StatusLinks() template.HTML {
	var links []string
	for _, status := range v.Statuses {
		label := template.HTML(strconv.Itoa(status))
		if e := v.API.StatusEntry(status); e != nil {
			label = link(v.Page.To(e.Address()), label)
		}
		links = append(links, string(label))
	}
	return template.HTML(v.Page.l.Or(links))
}

// OperationTitles names where the entry can occur, if that is not everywhere.
func (v entryView) OperationTitles() template.HTML {
	if len(v.Operations) == len(v.API.Operations) {
		return ""
	}
	return text(v.Page.l, v.Page.l.Operations(v.API, v.Operations))
}

// OperationTitle names an operation in a sentence.
func (v entryView) OperationTitle(name string) template.HTML {
	return text(v.Page.l, v.Page.l.Operation(v.API, name))
}

// AliasOf returns the alias that the page is for, or nothing.
func (v entryView) AliasOf() string {
	for i, alias := range v.Aliases {
		if v.Page.Address == v.AliasAddress(i) {
			return alias
		}
	}
	return ""
}
