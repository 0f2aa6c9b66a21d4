package markdown

import (
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// entry prints the page of a code, a prefix, a status, a failure or the rest.
// What to do stands first, why it happened later.
func (d *docs) entry(e *model.Entry) *page {
	p := &page{docs: d, root: "../", api: e.API, self: e}
	h := newHeadings(p.l, p.l.EntryTitle(e), "What to do", "When to retry", "What the client does automatically", "Why it happens",
		"What it looks like", "Differences by operation", "Differences in some answers", "Similar codes", "What support replies", "History").fixed
	p.title(p.l.EntryTitle(e))
	p.para(p.summary())
	p.inSite(p.l.Say("This error in the site for support staff"), e.URL())
	p.heading(2, h["What to do"])
	p.whatToDo()
	p.heading(2, h["When to retry"])
	p.retry()
	p.heading(2, h["What the client does automatically"])
	p.para(p.said(p.l.ClientAdvice(e)))
	p.heading(2, h["Why it happens"])
	p.why()
	if p.looksLikeSomething() {
		p.heading(2, h["What it looks like"])
		p.wire()
	}
	if len(e.Overrides) > 0 {
		p.heading(2, h["Differences by operation"])
		p.overrides()
	}
	if len(e.Variants) > 0 {
		p.heading(2, h["Differences in some answers"])
		p.variants()
	}
	if len(e.LookAlikes) > 0 {
		p.heading(2, h["Similar codes"])
		p.lookAlikes()
	}
	if e.Answer != "" || e.AnswerOwn != "" || e.Escalate != "" {
		p.heading(2, h["What support replies"])
		p.support()
	}
	if e.Since != "" || e.Retired != nil || len(e.Aliases) > 0 {
		p.heading(2, h["History"])
		p.history()
	}
	return p
}

// inSite links a page of the published site, if there is one.
func (p *page) inSite(title, url string) {
	if url != "" {
		p.para(p.webLink(model.Link{Title: title, URL: url}))
	}
}

// summary says in a line what the entry is.
func (p *page) summary() markup {
	retired := markup("")
	if p.self.Retired != nil {
		retired = strong(p.l.Say("Retired."))
	}
	return p.sentences(strong(say.Sentence(p.self.Meaning)), retired,
		p.words("%s, category %s.|what it is, such as Code of Parcel API", p.words(say.EntryKind(p.self), p.apiLink(p.api)), p.categoryLink(p.api, p.self.Category)))
}

func (p *page) whatToDo() {
	e := p.self
	advice, only := strong(p.l.EntryAdvice(e)), escape(p.l.Only(e))
	if strings.Contains(e.Fix, "\n") { // more than a sentence
		p.para(p.sentences(advice, only))
		p.author(e.Fix)
	} else {
		p.para(p.sentences(advice, only, p.authorInline(say.Sentence(e.Fix))))
	}
	var facts []markup
	facts = append(facts, p.whoActs(e.Category))
	for _, o := range e.Overrides {
		if o.Fix != e.Fix && line(o.Fix) != "" {
			facts = append(facts, p.words("In %s: %s|an operation, and what to do", p.operationTitle(p.api, o.Operation), p.prose(say.Sentence(o.Fix))))
		}
	}
	for _, v := range e.Variants {
		fact := p.words("If %s: %s", p.l.When(e.API, v.When), say.Sentence(p.l.VariantText(e, v)))
		if v.Fix != e.Fix && line(v.Fix) != "" && !manyLines(v.Fix) {
			fact = p.sentences(fact, p.prose(say.Sentence(v.Fix)))
		}
		facts = append(facts, fact)
	}
	facts = append(facts, p.words("Action: %s.", p.indexLink(p.code(e.Action.String()), "Actions")))
	if e.Go != "" {
		facts = append(facts, p.words("Name in Go: %s.", p.code(e.API.Name+"."+e.Go)))
	}
	p.list(facts...)
}

func (p *page) retry() {
	e := p.self
	p.para(strong(p.l.RetryAdvice(e)))
	if stop := p.l.RetryStop(e); stop != "" {
		if line := e.Timeline(); len(line.Beats) > 0 {
			var rows [][]markup
			for _, row := range p.l.WaitTable(line) {
				rows = append(rows, []markup{escape(row.Number), escape(row.Wait), escape(row.Sent)})
			}
			p.table([]say.Message{say.RetryTitle(e.Action), "Wait before it", "Sent after"}, rows)
			p.para(escape(p.l.WaitNote(e, line)))
		}
		p.para(escape(p.l.RetryFirst(e)))
		p.para(escape(stop))
		p.para(p.said(p.l.DelayRule(e)))
		p.para(p.said(p.l.DelayOwn(e.Delays)))
	}
	p.para(escape(p.l.EffectAdvice(e)))
}

func (p *page) why() {
	e := p.self
	p.para(opening(p.prose(say.Sentence(e.Meaning))))
	if line(e.Message) != "" && line(e.Message) != line(e.Meaning) {
		p.para(p.words("The API's own words: %s", p.code(e.Message)))
	}
	for _, one := range e.Args {
		p.para(escape(p.l.Arg(one)))
	}
	p.author(e.Details)
	if e.HasFrequency() {
		p.table([]say.Message{"How often", "Severity", "Impact"}, [][]markup{{
			escape(p.l.FrequencyTitle(e.Frequency)), escape(p.l.SeverityTitle(e.Severity)), p.prose(e.Impact),
		}})
	}
}

func (p *page) looksLikeSomething() bool {
	e := p.self
	return len(e.Examples) > 0 || len(e.Statuses) > 0 || len(e.Operations) > 0
}

// wire shows where the entry occurs and raw replies.
func (p *page) wire() {
	e := p.self
	var facts []markup
	if len(e.Statuses) > 0 && (e.Kind == classify.KindCode || e.Kind == classify.KindPrefix) {
		facts = append(facts, p.words("Returned with status %s.", p.statusLinks()))
	}
	if names := p.operationLinks(); names != "" {
		facts = append(facts, p.words("It occurs in: %s.|operations", names))
	}
	p.list(facts...)
	p.examples(e.Examples)
}

func (p *page) examples(examples []model.Example) {
	for _, example := range examples {
		p.para(p.exampleTitle(example))
		language := "text"
		if example.Status != 0 {
			language = "http"
		}
		p.fence(language, example.Wire())
	}
}

func (p *page) statusLinks() markup {
	links := make([]string, len(p.self.Statuses))
	for i, status := range p.self.Statuses {
		links[i] = string(p.statusLink(status))
	}
	return markup(p.l.Or(links))
}

// statusLink links the page of a status or of its class.
func (p *page) statusLink(status int) markup {
	label := markup(strconv.Itoa(status))
	if e := p.api.StatusEntry(status); e != nil {
		return p.entryLink(e, label)
	}
	return label
}

func (p *page) operationLinks() markup {
	var links []string
	for _, name := range p.self.Operations {
		links = append(links, string(p.operationTitle(p.api, name)))
	}
	return markup(p.l.And(links))
}

func (p *page) exampleTitle(e model.Example) markup {
	if e.Operation == "" {
		return p.words("An answer:")
	}
	return p.words("An answer to %s:|an operation", p.said(p.l.Operation(p.api, e.Operation)))
}

func (p *page) overrides() {
	var rows [][]markup
	for _, o := range p.self.Overrides {
		in := p.self.InOperation(o)
		rows = append(rows, []markup{
			p.operationLink(p.api, o.Operation),
			escape(p.l.Verdict(in)),
			p.fix(in),
			escape(p.l.RetryRuleOf(in)),
			p.categoryLink(p.api, o.Category),
		})
	}
	p.table([]say.Message{"Operation", "Action", "What to do", "Retry", "Category"}, rows)
}

// fix says in a row what to do about an entry.
func (p *page) fix(e *model.Entry) markup {
	return p.sentences(escape(p.l.Only(e)), p.prose(e.Fix))
}

func (p *page) lookAlikes() {
	var rows [][]markup
	for _, l := range p.self.LookAlikes {
		rows = append(rows, []markup{p.keyLink(l.Entry), p.prose(l.Difference)})
	}
	p.table([]say.Message{"Code", "How it differs"}, rows)
}

// support prints what support replies, and when it hands the case on.
func (p *page) support() {
	e := p.self
	if line(e.Answer) != "" {
		if line(e.AnswerOwn) != "" {
			p.para(escape(p.l.ForClient()))
		}
		p.quote(p.l.FillIn(e.Answer, "", ""))
	}
	if line(e.AnswerOwn) != "" {
		p.para(escape(p.l.ForOwn()))
		p.quote(p.l.FillIn(e.AnswerOwn, "", ""))
	}
	if list := p.l.HandOnIn(p.self.API, e.Answer+e.AnswerOwn); len(list) > 0 {
		p.handOn(list)
	}
	if text := say.Escalation(e.Escalate); line(text) != "" {
		p.para(p.sentences(strong(p.l.Say("Escalate when:")), p.prose(text)))
	}
}

func (p *page) history() {
	e := p.self
	var facts []markup
	if e.Since != "" {
		facts = append(facts, p.words("In the catalog since %s.", e.Since))
	}
	if len(e.Aliases) > 0 {
		names := make([]string, len(e.Aliases))
		for i, alias := range e.Aliases {
			names[i] = string(p.code(alias))
		}
		facts = append(facts, p.words("Also written %s.", markup(p.l.Or(names))))
	}
	if r := e.Retired; r != nil {
		facts = append(facts, p.retired(r))
		if line(r.Note) != "" {
			facts = append(facts, p.prose(say.Sentence(r.Note)))
		}
	}
	p.list(facts...)
}

// retired says since when the API no longer sends something, and what it sends instead.
func (p *page) retired(r *model.Retired) markup {
	switch {
	case r.Since != "" && r.ReplacedBy != nil:
		return p.words("Retired since %s; %s took its place.", r.Since, p.keyLink(r.ReplacedBy))
	case r.Since != "":
		return p.words("Retired since %s.", r.Since)
	case r.ReplacedBy != nil:
		return p.words("The API no longer sends it; %s took its place.", p.keyLink(r.ReplacedBy))
	}
	return p.words("The API no longer sends it.")
}
