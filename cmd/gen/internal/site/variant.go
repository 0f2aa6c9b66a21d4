package site

import (
	"html/template"
	"slices"
	"strconv"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// variantView is one of an entry's variants as a page shows it: what the entry says in
// the answers that the variant is for.
type variantView struct {
	entryView
	Variant model.Variant
	whole   *model.Entry // the entry in all answers
	number  int
}

// Varied returns the entry's variants.
func (v entryView) Varied() []variantView {
	views := make([]variantView, len(v.Variants))
	for i, variant := range v.Variants {
		in := v
		in.Entry = v.InVariant(variant)
		views[i] = variantView{in, variant, v.Entry, i + 1}
	}
	return views
}

// ID returns the id of an element that belongs to the variant.
func (v variantView) ID(part string) string {
	return v.entryView.ID(part) + "-if-" + strconv.Itoa(v.number)
}

// Whose says whose answer it is, among many.
func (v variantView) Whose() string {
	return v.Page.l.Say("%s if %s|entry, and when", v.entryView.Whose(), v.Page.l.When(v.API, v.Variant.When).String())
}

// Answers returns what to tell customers there.
func (v variantView) Answers() []answerView { return answersOf(v.Page.l, v.Entry, v.ID, v.Whose()) }

// If renders in which answers the variant counts.
func (v variantView) If() template.HTML { return text(v.Page.l, v.Page.l.When(v.API, v.Variant.When)) }

// Says renders what the entry means there, and whether the request was carried out,
// where that differs.
func (v variantView) Says() string {
	meaning, effect := "", ""
	if model.Line(v.Meaning) != model.Line(v.whole.Meaning) {
		meaning = say.Sentence(v.Meaning)
	}
	if here := v.Page.l.EffectAdvice(v.Entry); here != v.Page.l.EffectAdvice(v.whole) {
		effect = here
	}
	return v.Page.l.Sentences(meaning, effect)
}

// Explained renders the author's details, where they differ.
func (v variantView) Explained() template.HTML {
	if v.Details == v.whole.Details {
		return ""
	}
	return v.ExplainedBy()
}

// EscalationHere renders when support escalates it, where that differs.
func (v variantView) EscalationHere() template.HTML {
	if v.Escalate == v.whole.Escalate || say.Escalation(v.Escalate) == "" {
		return ""
	}
	return v.Escalation()
}

// HasAnswer reports whether the customer is to be told something else.
func (v variantView) HasAnswer() bool {
	return !slices.Equal(v.Page.l.Answers(v.Entry), v.Page.l.Answers(v.whole))
}
