package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

var apiHeadings = []say.Message{
	"How to recognise a reply", "What support hands on", "What the server says to do", "Operations", "Decision tree", "Statuses", "Codes", "Code prefixes",
	"When no answer comes", "Anything else", "How often errors occur", "Checklist", "Troubleshooting",
	"Questions and answers", "Sources and links",
}

// api prints the page of an API.
func (d *docs) api(api *model.API) *page {
	p := &page{docs: d, root: "../", api: api}
	p.title(api.Title)
	p.para(opening(p.authorInline(api.Summary)))
	p.para(p.firstSteps())
	p.part("How to recognise a reply", p.replies)
	if list := p.l.HandOn(api); len(list) > 0 {
		p.part("What support hands on", func() { p.handOn(list) })
	}
	if len(api.Overrides) > 0 {
		p.part("What the server says to do", p.serverOverrides)
	}
	if len(api.Operations) > 0 {
		p.part("Operations", p.operations)
	}
	p.part("Decision tree", p.tree)
	if len(api.Statuses)+len(api.Classes) > 0 {
		p.part("Statuses", p.statuses)
	}
	if len(api.Codes) > 0 {
		p.part("Codes", p.codes)
	}
	if len(api.Prefixes) > 0 {
		p.part("Code prefixes", p.prefixes)
	}
	if len(api.Transport) > 0 {
		p.part("When no answer comes", p.transport)
	}
	p.part("Anything else", p.rest)
	if slices.ContainsFunc(api.Entries(), (*model.Entry).HasFrequency) {
		p.part("How often errors occur", p.frequencies)
	}
	if len(api.Checklist) > 0 {
		p.part("Checklist", p.checklist)
	}
	if len(api.Troubleshooting) > 0 {
		p.part("Troubleshooting", p.troubleshooting)
	}
	if len(api.FAQ) > 0 {
		p.part("Questions and answers", p.questions)
	}
	p.part("Sources and links", p.sources)
	return p
}

// part prints a part of the page under its heading.
func (p *page) part(heading say.Message, print func()) {
	p.heading(2, p.docs.apis[p.api].headings.fixed[heading])
	print()
}

// firstSteps says how to use the page.
func (p *page) firstSteps() markup {
	h := p.docs.apis[p.api].headings.fixed
	link := func(heading, label say.Message) markup { return p.partLink(p.api, p.words(label), h[heading]) }
	var steps []markup
	if len(p.api.Codes) > 0 {
		steps = append(steps, p.words("Does the answer hold a code? Look for it under %s.", link("Codes", "codes|a part of the page, inside a sentence")))
	}
	if len(p.api.Statuses)+len(p.api.Classes) > 0 {
		steps = append(steps, p.words("Is there no code? Go by the status, under %s.", link("Statuses", "statuses|a part of the page, inside a sentence")))
	}
	if len(p.api.Transport) > 0 {
		steps = append(steps, p.words("Was there no answer? See %s.", link("When no answer comes", "when no answer comes|a part of the page, inside a sentence")))
	}
	return p.sentences(append(steps, p.words("For all other answers see %s.", link("Anything else", "anything else|a part of the page, inside a sentence")))...)
}

func (p *page) operations() {
	var rows [][]markup
	for _, op := range p.api.Operations {
		timeout, again := p.words("none|time limit"), p.words("no")
		if op.Timeout > 0 {
			timeout = escape(p.l.Duration(op.Timeout))
		}
		if op.Repeatable {
			again = p.words("yes")
		}
		request := markup("")
		if call := strings.TrimSpace(op.Method + " " + op.Path); call != "" {
			request = p.code(call)
		}
		rows = append(rows, []markup{p.code(op.Name), escape(op.Title), request, timeout, again})
	}
	p.table([]say.Message{"Operation", "What it does", "Request", "Time limit for one try", "May be sent twice"}, rows)
	var limits []markup
	for _, op := range p.api.Operations {
		if text := p.l.ReadLimits(op); text != "" {
			limits = append(limits, p.words("%s: %s", p.code(op.Name), text))
		}
	}
	if len(limits) > 0 {
		p.list(limits...)
	}
	if slices.ContainsFunc(p.api.Operations, func(op *model.Operation) bool { return !op.Repeatable }) {
		p.para(p.words("An operation that must not be sent twice is not sent again automatically if the first request may have been carried out."))
	}
}

func (p *page) statuses() {
	p.para(p.words("The status decides only if the answer holds no code that is listed below."))
	p.entryTable("Status", slices.Concat(p.api.Statuses, p.api.Classes))
}

func (p *page) codes() {
	p.para(escape(p.l.APICodes(p.api)))
	plan := p.docs.apis[p.api]
	for _, c := range p.docs.catalog.Categories {
		title, ok := plan.categories[c]
		if !ok {
			continue
		}
		p.heading(3, title)
		p.para(p.sentences(opening(p.prose(say.Sentence(c.Summary))), p.whoActs(c)))
		p.entryTable("Code", slices.DeleteFunc(slices.Clone(p.api.Codes), func(e *model.Entry) bool { return e.Category != c }))
	}
}

// whoActs says in a sentence who has to act.
func (p *page) whoActs(c *model.Category) markup {
	if p.l.WhoInside(c.Who) == "" {
		return ""
	}
	return p.words("Who has to act: %s.", p.l.WhoInside(c.Who))
}

func (p *page) prefixes() {
	p.para(p.words("A code that is not listed belongs to the longest of these prefixes that it starts with."))
	p.entryTable("Codes", p.api.Prefixes)
}

func (p *page) transport() {
	p.para(p.words("The request got no answer at all. A request that the caller stopped is never sent again."))
	p.entryTable("What happened", p.api.Transport)
}

func (p *page) rest() {
	if p.api.Unknown == nil {
		p.para(p.words("A code that is not listed, under a status that is not listed: we don't know it. Stop, and keep the whole answer."))
	}
	if p.api.Unrecognised == nil {
		p.para(p.words("An answer in no known form, under a status that is not listed: we can't read it. Stop, and keep the whole answer."))
	}
	p.entryTable("Answer", present(p.api.Unknown, p.api.Unrecognised))
}

// entryTable prints entries, a row each.
func (p *page) entryTable(key say.Message, entries []*model.Entry) {
	var rows [][]markup
	for _, e := range entries {
		meaning := p.prose(e.Meaning)
		if e.Retired != nil {
			meaning = p.sentences(p.words("Retired."), meaning)
		}
		rows = append(rows, []markup{
			p.keyLink(e),
			meaning,
			escape(p.l.ActionTitle(e.Action)),
			p.fix(e),
			escape(p.l.RetryRuleOf(e)),
			p.statusList(e),
			p.operationNames(e),
		})
	}
	p.table([]say.Message{key, "Meaning", "Action", "What to do", "Retry", "Status", "Operations"}, rows)
}

// statusList lists the statuses that a code comes with.
func (p *page) statusList(e *model.Entry) markup {
	if e.Kind != classify.KindCode && e.Kind != classify.KindPrefix {
		return ""
	}
	texts := make([]string, len(e.Statuses))
	for i, status := range e.Statuses {
		texts[i] = strconv.Itoa(status)
	}
	return escape(p.l.List(texts))
}

// operationNames lists the operations where an entry can occur, if those are not
// all.
func (p *page) operationNames(e *model.Entry) markup {
	if len(e.Operations) == len(p.api.Operations) {
		return ""
	}
	names := make([]markup, len(e.Operations))
	for i, name := range e.Operations {
		names[i] = p.code(name)
	}
	return p.items(names)
}

func (p *page) frequencies() {
	var rows [][]markup
	for _, e := range p.api.Entries() {
		if e.HasFrequency() {
			rows = append(rows, []markup{
				p.keyLink(e),
				escape(p.l.FrequencyTitle(e.Frequency)),
				escape(p.l.SeverityTitle(e.Severity)),
				p.prose(e.Impact),
			})
		}
	}
	p.table([]say.Message{"Answer", "How often", "Severity", "Impact"}, rows)
}

func (p *page) checklist() {
	items := make([]markup, len(p.api.Checklist))
	for i, item := range p.api.Checklist {
		items[i] = p.authorInline(item)
	}
	p.list(items...)
}

func (p *page) troubleshooting() {
	var rows [][]markup
	for _, t := range p.api.Troubleshooting {
		rows = append(rows, []markup{p.prose(t.Issue), p.prose(t.Cause), p.prose(t.Fix)})
	}
	p.table([]say.Message{"What you see", "Cause", "What to do"}, rows)
}

func (p *page) questions() {
	for _, q := range p.api.FAQ {
		p.para(strong(q.Question))
		p.author(q.Answer)
	}
}

func (p *page) sources() {
	var items []markup
	if p.api.Source.Title != "" || p.api.Source.URL != "" {
		item := p.words("The entries come from %s.", p.webLink(p.api.Source))
		if p.api.Verified != "" {
			item = p.words("The entries come from %s, last compared on %s.", p.webLink(p.api.Source), p.api.Verified)
		}
		items = append(items, item)
	}
	for _, l := range p.api.Links {
		items = append(items, p.webLink(l))
	}
	p.list(append(items, "["+escape(p.l.CatalogTitle(p.docs.catalog))+"](../index.md)")...)
}

// webLink links a web page by its title, or by its address where it has none.
func (p *page) webLink(l model.Link) markup {
	title := l.Title
	if line(title) == "" {
		title = l.URL
	}
	if target := address(l.URL); target != "" {
		return "[" + addressText(title) + "](" + target + ")"
	}
	return escape(title)
}
