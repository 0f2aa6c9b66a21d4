package markdown

import (
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// variants prints what differs in some answers: a table of all, and then of each what
// takes more than a line.
func (p *page) variants() {
	e := p.self
	var order []markup
	if len(e.Variants) > 1 {
		order = append(order, p.words("The first of these that is true of an answer counts."))
	}
	if len(e.Overrides) > 0 {
		order = append(order, p.words("What is said here goes before what differs by operation."))
	}
	p.para(p.sentences(order...))
	var rows [][]markup
	for i, v := range e.Variants {
		in := e.InVariant(v)
		rows = append(rows, []markup{
			markup(strconv.Itoa(i + 1)),
			p.said(p.l.When(e.API, v.When)),
			p.prose(v.Meaning),
			escape(p.l.Verdict(in)),
			p.variantFix(in),
			escape(p.l.RetryRuleOf(in)),
			p.categoryLink(p.api, v.Category),
		})
	}
	p.table([]say.Message{"Order", "If", "Meaning", "Action", "What to do", "Retry", "Category"}, rows)
	for _, v := range e.Variants {
		p.variant(v)
	}
}

// variantFix is what to do in a line; what takes more stands below the table.
func (p *page) variantFix(in *model.Entry) markup {
	if manyLines(in.Fix) {
		return p.words("see below")
	}
	return p.fix(in)
}

func manyLines(text string) bool { return strings.Contains(strings.TrimSpace(text), "\n") }

// variant prints what a variant says besides its row in the table, and nothing for one
// that says no more.
func (p *page) variant(v model.Variant) {
	e := p.self
	more := &page{docs: p.docs, root: p.root, api: p.api, self: p.self}
	if manyLines(v.Fix) {
		more.author(v.Fix)
	}
	if effect := p.l.EffectAdvice(e.InVariant(v)); effect != p.l.EffectAdvice(e) {
		more.para(escape(effect))
	}
	if v.Details != e.Details {
		more.author(v.Details)
	}
	more.para(p.said(p.l.DelayOwn(v.Delays)))
	if (v.Answer != e.Answer || v.AnswerOwn != e.AnswerOwn || v.Escalate != e.Escalate) && line(v.Answer+v.AnswerOwn+v.Escalate) != "" {
		more.para(p.words("What support replies:"))
		more.self = e.InVariant(v)
		more.support()
		more.self = e
	}
	more.examples(v.Examples)
	if more.out.Len() > 0 {
		p.para(p.strongWords("If %s:", p.said(p.l.When(e.API, v.When))))
		p.out.WriteString(more.out.String())
	}
}

// strongWords returns a message whose words are in bold, and its values are not.
func (p *page) strongWords(m say.Message, value markup) markup {
	return markup(p.l.Markup(m, func(part string) string { return runs().ReplaceAllString(escapePart(part), "**$0**") }, string(value)))
}

// runs are words and the spaces between them.
var runs = pattern.Of(`[\p{L}\p{M}]+( +[\p{L}\p{M}]+)*`)
