package markdown

import (
	"slices"
	"strconv"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

var indexHeadings = []say.Message{"APIs", "Categories", "Actions", "Waiting rules"}

// indexAbout says what the index is for.
const indexAbout say.Message = "Every error of these APIs has a page: what to do first, whether and when to try again, and why it happens. " +
	"Choose the API, then look for the code or the status that you got."

// index prints the way in: the APIs, and the words that all pages use.
func (d *docs) index() *page {
	p := &page{docs: d}
	p.title(p.l.CatalogTitle(d.catalog))
	p.para(p.words(indexAbout))
	if d.changed != nil {
		p.para("[" + p.words("What changed") + "](" + changesName + ")")
	}
	p.inSite(p.l.Say("The site for support staff"), d.catalog.URL("index"))
	p.heading(2, d.headings.fixed["APIs"])
	p.apis()
	p.heading(2, d.headings.fixed["Categories"])
	p.para(p.words("A category says what kind of answer it is, who has to act and what to do."))
	p.categories()
	p.heading(2, d.headings.fixed["Actions"])
	p.para(p.words("The action is what a program does about an answer. There are no others."))
	p.actions()
	if len(d.catalog.Policies) > 0 {
		p.heading(2, d.headings.fixed["Waiting rules"])
		p.para(p.words("A waiting rule says how often something is sent again, and how long to wait before each time."))
		p.policies()
	}
	return p
}

func (p *page) apis() {
	var rows [][]markup
	for _, api := range p.docs.catalog.APIs {
		rows = append(rows, []markup{
			p.apiLink(api),
			markup(strconv.Itoa(len(api.Codes) + len(api.Prefixes))),
			markup(strconv.Itoa(len(api.Statuses) + len(api.Classes))),
			escape(api.Verified),
		})
	}
	p.table([]say.Message{"API", "Codes", "Statuses", "Compared with its guide"}, rows)
}

func (p *page) categories() {
	var rows [][]markup
	for _, c := range p.docs.catalog.Categories {
		rows = append(rows, []markup{
			escape(c.Title),
			p.prose(c.Summary),
			escape(p.l.WhoTitle(c.Who)),
			p.code(c.Action.String()),
			p.categoryParts(c),
		})
	}
	p.table([]say.Message{"Category", "What to do", "Who has to act", "Action", "Where"}, rows)
}

// categoryParts links where a category is met, API by API.
func (p *page) categoryParts(c *model.Category) markup {
	var links []markup
	for _, api := range p.docs.catalog.APIs {
		links = append(links, p.categoryPartsOf(api, c)...)
	}
	return p.items(links)
}

func (p *page) categoryPartsOf(api *model.API, c *model.Category) []markup {
	plan := p.docs.apis[api]
	var links []markup
	for _, part := range []struct {
		heading   string
		entries   []*model.Entry
		one, many say.Message
	}{
		{plan.categories[c], api.Codes, "1 code", "%d codes"},
		{plan.headings.fixed["Code prefixes"], api.Prefixes, "1 prefix", "%d prefixes"},
		{plan.headings.fixed["Statuses"], slices.Concat(api.Statuses, api.Classes), "1 status", "%d statuses"},
		{plan.headings.fixed["When no answer comes"], api.Transport, "1 failure", "%d failures"},
		{plan.headings.fixed["Anything else"], present(api.Unknown, api.Unrecognised), "1 other answer", "%d other answers"},
	} {
		n := 0
		for _, e := range part.entries {
			if e.Category == c {
				n++
			}
		}
		if n > 0 {
			label := p.words("%s: %s", api.Title, p.l.Count(n, part.one, part.many))
			links = append(links, p.partLink(api, label, part.heading))
		}
	}
	return links
}

// present returns those of the entries that there are.
func present(entries ...*model.Entry) []*model.Entry {
	return slices.DeleteFunc(entries, func(e *model.Entry) bool { return e == nil })
}

func (p *page) actions() {
	var rows [][]markup
	for _, a := range classify.Actions() {
		var categories []markup
		for _, c := range p.docs.catalog.Categories {
			if c.Action == a {
				categories = append(categories, p.indexLink(escape(c.Title), "Categories"))
			}
		}
		rows = append(rows, []markup{
			p.code(a.String()),
			escape(p.l.ActionTitle(a)),
			escape(p.l.ActionAdvice(a)),
			p.items(categories),
		})
	}
	p.table([]say.Message{"Action", "In short", "What it says", "Categories"}, rows)
}

func (p *page) policies() {
	var rows [][]markup
	for _, policy := range p.docs.catalog.Policies {
		users := p.policyUsers(policy.Name)
		action := classify.Retry
		if len(users) > 0 {
			action = users[0].Action
		}
		first := markup("")
		if policy.First > 0 {
			first = escape(p.l.Duration(policy.First))
		}
		rows = append(rows, []markup{
			p.code(policy.Name),
			escape(say.Sentence(p.l.RetryRule(policy, action))),
			first,
			escape(p.l.Duration(policy.DelayLimit())),
			p.userLinks(users),
		})
	}
	p.table([]say.Message{"Rule", "What it says", "Wait before the first poll", "Longest wait taken from the server", "Used by"}, rows)
}

// policyUsers returns the entries that wait by a policy.
func (p *page) policyUsers(name string) []*model.Entry {
	var users []*model.Entry
	for _, api := range p.docs.catalog.APIs {
		for _, e := range api.Entries() {
			if e.Policy != nil && e.Policy.Name == name {
				users = append(users, e)
			}
		}
	}
	return users
}

// userLinks links entries of several APIs, those of an API behind its name.
func (p *page) userLinks(users []*model.Entry) markup {
	var groups, links []markup
	for i, e := range users[:min(len(users), say.LinkedEntries)] {
		links = append(links, p.keyLink(e))
		if i+1 == len(users) || i+1 == say.LinkedEntries || users[i+1].API != e.API {
			groups = append(groups, p.words("%s: %s", e.API.Title, p.items(links)))
			links = nil
		}
	}
	var all markup
	for i, group := range groups {
		if i == 0 {
			all = group
			continue
		}
		all = p.words("%s; %s|list of lists", all, group)
	}
	switch more := len(users) - say.LinkedEntries; {
	case more == 1:
		return p.words("%s and 1 other|list", all)
	case more > 1:
		return p.words("%s and %d others|list", all, more)
	}
	return all
}
