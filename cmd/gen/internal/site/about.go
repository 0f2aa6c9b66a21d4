package site

import (
	"html/template"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// writeAbout writes what follows the verdict.
func (v entryView) writeAbout(w *writer) {
	l := v.Page.l
	if v.Action.Waits() {
		v.writeWaits(w)
	}
	w.put(`
<section>
<h3>%s</h3>
<p>%s</p>`, l.Say("What the client does automatically"), text(l, l.ClientAdviceBeside(v.Entry)))
	v.writeParagraph(w, l.EffectAdvice(v.Entry))
	w.put(`
</section>`)
	if v.Details != "" {
		w.put(`
<section>
<h3>%s</h3>
%s
</section>`, l.Say("Why it happens"), v.ExplainedBy())
	}
	if v.HasFrequency() {
		v.writeFrequency(w)
	}
	v.writeSteps(w)
	if varied := v.Varied(); len(varied) > 0 {
		w.put(`
<section>
<h3>%s</h3>`, l.Say("What differs in some answers"))
		for _, in := range varied {
			v.writeVariant(w, in)
		}
		w.put(`
</section>`)
	}
	if len(v.LookAlikes) > 0 {
		w.put(`
<section>
<h3>%s</h3>
<dl>`, l.Say("Easily taken for"))
		for _, other := range v.LookAlikes {
			w.put(`
<div><dt>%s</dt><dd>%s</dd></div>`, v.Page.Key(other.Entry), v.Plain(other.Difference))
		}
		w.put(`
</dl>
</section>`)
	}
	if len(v.Examples) > 0 {
		w.put(`
<section>
<h3>%s</h3>`, l.Say("What it looks like"))
		v.writeExamples(w, v.Examples)
		w.put(`
</section>`)
	}
	v.writeHistory(w)
}

// writeParagraph writes a paragraph, unless there is nothing to say.
func (v entryView) writeParagraph(w *writer, text string) {
	if text != "" {
		w.put(`
<p>%s</p>`, text)
	}
}

// writeText does the same with a text that quotes from a reply.
func (v entryView) writeText(w *writer, t say.Text) {
	if len(t) > 0 {
		w.put(`
<p>%s</p>`, text(v.Page.l, t))
	}
}

func (v entryView) writeWaits(w *writer) {
	l := v.Page.l
	w.put(`
<section>
<h3>%s</h3>
%s`, l.Say("When to retry"), v.Timeline())
	v.writeParagraph(w, l.RetryFirst(v.Entry))
	v.writeParagraph(w, l.RetryStop(v.Entry))
	v.writeText(w, l.DelayRule(v.Entry))
	v.writeText(w, l.DelayOwn(v.Delays))
	w.put(`
</section>
`)
}

func (v entryView) writeFrequency(w *writer) {
	l := v.Page.l
	w.put(`
<section>
<h3>%s</h3>
<dl>`, l.Say("How serious it is"))
	row := func(title, said any) { w.put(`<div><dt>%s</dt><dd>%s</dd></div>`, title, said) }
	if often := l.FrequencyTitle(v.Frequency); often != "" {
		row(l.Say("How often"), often)
	}
	if severity := l.SeverityTitle(v.Severity); severity != "" {
		row(l.Say("Severity"), severity)
	}
	if say.Sentence(v.Impact) != "" {
		row(l.Say("Impact"), v.Plain(v.Impact))
	}
	w.put(`
</dl>
</section>`)
}

func (v entryView) writeSteps(w *writer) {
	l := v.Page.l
	w.put(`
<section>
<h3>%s</h3>
<ol class="steps">`, l.Say("How it is recognised"))
	for _, step := range l.Steps(v.Entry) {
		w.put(`
<li>%s%s<strong>%s</strong></li>`, text(l, step.Question), v.Page.gap(), text(l, step.Answer))
	}
	w.put(`
</ol>`)
	paragraph := func(said template.HTML) {
		w.put(`
<p>%s</p>`, said)
	}
	if words := v.OwnWords(); words != "" {
		paragraph(markup(l, "The API’s own words: %s", enclosed("q", escaped(words))))
	}
	for _, one := range v.Args {
		paragraph(escaped(l.Arg(one)))
	}
	if links := v.StatusLinks(); v.IsCode() && links != "" {
		paragraph(markup(l, "It comes with status %s.", links))
	}
	if operations := v.OperationTitles(); operations != "" {
		paragraph(markup(l, "It occurs in: %s.|operations", operations))
	}
	w.put(`
</section>`)
}

// writeVariant writes what the entry says in the answers that a variant is for.
func (v entryView) writeVariant(w *writer, in variantView) {
	p, l := v.Page, v.Page.l
	w.put(`
<div class="variant">
<p>%s`, markup(l, "If %s: %s.", in.If(), p.Action(in.Action, l.VariantText(v.Entry, in.Variant))))
	if says := in.Says(); says != "" {
		w.put(`%s%s`, p.gap(), says)
	}
	w.put(`</p>`)
	if explained := in.Explained(); explained != "" {
		w.put(`
%s`, explained)
	}
	v.writeText(w, l.DelayOwn(in.Variant.Delays))
	if escalation := in.EscalationHere(); escalation != "" {
		w.put(`
<p dir="auto"><strong>%s</strong>%s%s</p>`, l.Say("Escalate when:"), p.gap(), escalation)
	}
	if in.HasAnswer() {
		answers := in.Answers()
		w.put(`
<div class="reply">
<div class="over">
<p><strong>%s</strong></p>
%s
</div>
%s
</div>`, l.Say("What to answer then"), p.CopyOne(answers), p.Texts(answers))
	}
	v.writeExamples(w, in.Variant.Examples)
	w.put(`
</div>`)
}

func (v entryView) writeExamples(w *writer, examples []model.Example) {
	l := v.Page.l
	for _, x := range examples {
		title := template.HTML(template.HTMLEscapeString(l.Say("An answer:")))
		if x.Operation != "" {
			title = markup(l, "An answer to %s:|an operation", v.OperationTitle(x.Operation))
		}
		w.put(`
<p>%s</p>
<pre><code>%s</code></pre>`, title, x.Wire())
	}
}

func (v entryView) writeHistory(w *writer) {
	p, l := v.Page, v.Page.l
	if v.Since == "" && len(v.Aliases) == 0 {
		return
	}
	w.put(`
<section>
<h3>%s</h3>
<ul>`, l.Say("History"))
	if v.Since != "" {
		w.put(`
<li>%s</li>`, l.Say("In the catalog since %s.", v.Since))
	}
	for i, alias := range v.Aliases {
		w.put(`
<li>%s</li>`, markup(l, "Also written %s.", link(p.To(v.AliasAddress(i)), enclosed("code", escaped(alias)))))
	}
	w.put(`
</ul>
</section>`)
}
