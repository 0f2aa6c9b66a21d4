package site

import (
	"html/template"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// writeVerdict writes what an entry means, whose move it is, and what to answer.
func (v entryView) writeVerdict(w *writer) {
	p, l := v.Page, v.Page.l
	w.put(`<article class="verdict %s" id="%s">
<header>
<h2 dir="auto"><a href="%s">%s</a></h2>
<p class="kind"><span class="key">%s</span> · %s · %s</p>`,
		v.Action, v.ID("verdict"), p.To(v.Address()), v.Title(), v.Key(),
		markup(l, say.EntryKind(v.Entry), p.APILink(v.API)), markup(l, "Category: %s", p.CategoryLink(v.Category)))
	v.writeRetired(w)
	w.put(`
</header>
<div class="advice">
<p class="action %s">%s</p>
`, v.Action, l.Verdict(v.Entry))
	if v.NeverResent() {
		w.put(`<div class="remedy once" dir="auto">`)
	} else {
		w.put(`<div class="remedy" dir="auto">`)
	}
	if only := l.Only(v.Entry); only != "" {
		w.put(`<div>%s</div>`, only)
	}
	w.put(`%s</div>
</div>
<dl>
<div><dt>%s</dt><dd>%s</dd></div>
<div><dt>%s</dt><dd>%s</dd></div>`, v.Remedy(),
		l.Say("Who has to act"), l.WhoTitle(v.Category.Who),
		l.Say("Does a retry help?"), l.RetryAdvice(v.Entry))
	for _, o := range v.Overrides {
		w.put(`
<div><dt>%s</dt><dd>%s%s%s`, markup(l, "In %s|operation", v.OperationTitle(o.Operation)),
			l.Say("%s.|sentence", l.OperationText(v.Entry, o)), p.gap(), v.OverrideRemedy(o))
		v.writeCategory(w, o.Category)
		w.put(`</dd></div>`)
	}
	for _, in := range v.Varied() {
		w.put(`
<div><dt>%s</dt><dd>%s%s%s`, markup(l, "If %s", in.If()),
			markup(l, "%s.|sentence", p.Action(in.Action, l.VariantText(v.Entry, in.Variant))), p.gap(), in.RemedyInLine())
		v.writeCategory(w, in.Category)
		w.put(`</dd></div>`)
	}
	if say.Sentence(v.Escalate) != "" {
		w.put(`
<div><dt>%s</dt><dd dir="auto">%s</dd></div>`, l.Say("Escalate when"), v.Escalation())
	}
	w.put(`
</dl>`)
	v.writeAnswers(w)
	w.put(`
</article>`)
}

// writeCategory writes the category of some answers, where it is another than that of the
// entry.
func (v entryView) writeCategory(w *writer, c *model.Category) {
	if c != v.Category {
		w.put(`%s%s`, v.Page.gap(), markup(v.Page.l, "Category: %s; who has to act: %s.", v.Page.CategoryLink(c), v.Page.l.WhoInside(c.Who)))
	}
}

func (v entryView) writeRetired(w *writer) {
	p, l := v.Page, v.Page.l
	if v.Retired == nil {
		return
	}
	w.put(`
<p class="retired"><strong>%s</strong>%s`, l.Say("Retired."), p.gap())
	if v.Retired.Since != "" {
		w.put(`%s`, l.Say("The API no longer sends it since %s.", v.Retired.Since))
	} else {
		w.put(`%s`, l.Say("The API no longer sends it."))
	}
	if by := v.Retired.ReplacedBy; by != nil {
		w.put(`%s%s`, p.gap(), markup(l, "%s took its place.", p.Key(by)))
	}
	if say.Sentence(v.Retired.Note) != "" {
		w.put(`%s%s`, p.gap(), v.Plain(v.Retired.Note))
	}
	w.put(`</p>`)
}

// writeAnswers writes what to answer, with the buttons that copy it.
func (v entryView) writeAnswers(w *writer) {
	p, l := v.Page, v.Page.l
	answers := v.Answers()
	w.put(`
<div class="reply">
<div class="over">
<h3>%s</h3>
<p class="scripted buttons">`, l.Say("What to answer"))
	if len(answers) == 1 {
		answers[0].writeButton(w)
		w.put("\n")
	}
	w.put(`<button type="button" data-link="%s">%s<span class="unseen"> %s</span></button></p>
</div>
%s
</div>`, p.LinkTo(v.CustomerAddress()), l.Say("Copy link"), l.Say("to %s|behind the label of a button", v.Whose()), p.Texts(answers))
}

// writeButton writes the button that copies an answer.
func (v answerView) writeButton(w *writer) {
	w.put(`<button type="button"`)
	if !v.Draft {
		w.put(` class="primary"`)
	}
	w.put(` data-copy="%s">%s<span class="unseen"> %s</span></button>`, v.ID, v.Copies(), v.l.Say("for %s|behind the label of a button", v.Whose))
}

// CopyOne renders the button that copies the only answer, where it is the only one.
func (p *page) CopyOne(answers []answerView) template.HTML {
	if len(answers) != 1 {
		return ""
	}
	return written(func(w *writer) {
		w.put(`<p class="scripted buttons">`)
		answers[0].writeButton(w)
		w.put(`</p>`)
	})
}

// Texts renders answers.
func (p *page) Texts(answers []answerView) template.HTML {
	return written(func(w *writer) {
		for _, answer := range answers {
			answer.write(w)
		}
	})
}

func (v answerView) write(w *writer) {
	if program := v.Program(); program != "" {
		w.put(`
<div class="answer" data-for="%s">`, program)
	} else {
		w.put(`
<div class="answer">`)
	}
	if who := v.For(); who != "" {
		w.put(`
<div class="over">
<p>%s</p>
<p class="scripted buttons">`, who)
		v.writeButton(w)
		w.put(`</p>
</div>
`)
	}
	if v.Draft {
		w.put(`<p class="kind">%s</p>
`, v.l.Say("A draft from the catalog, because nobody has written a reply: read it before you send it."))
	}
	w.put(`<p class="text" id="%s" dir="auto">%s</p>`, v.ID, v.Shown())
	for _, filled := range v.Filled() {
		w.put(`
<p class="note">%s</p>`, markup(v.l, "%s: %s.", filled.What, filled.Where))
	}
	w.put(`
</div>`)
}
