package markdown

import (
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// llms prints the list of the pages for assistants, which has the other languages at its
// end.
func (d *docs) llms() *page {
	p := &page{docs: d}
	p.title(p.l.CatalogTitle(d.catalog))
	p.para("> " + escape(p.l.LLMsSummary(d.catalog)))
	p.para(escape(p.l.LLMsUse()))
	for _, section := range p.l.LLMsSections(d.catalog) {
		p.para("## " + escape(section.Title))
		var items []markup
		for _, page := range section.Pages {
			file := "index.md"
			if page.Entry != nil {
				file = page.Entry.Page() + ".md"
			}
			items = append(items, listed(page.Title, p.path(page.API, file), page.About))
		}
		p.list(items...)
	}
	p.para("## " + say.LLMsOptional)
	items := []markup{
		listed(p.l.CatalogTitle(d.catalog), "index.md", p.l.Say(indexAbout)),
		listed(model.CatalogName, markup(d.catalog.Top()+model.CatalogName), p.l.Say("The whole catalog as JSON, for programs.")),
	}
	if d.changed != nil {
		items = append(items, listed(p.l.Say("What changed"), changesName, ""))
	}
	for _, e := range d.catalog.Others() {
		items = append(items, listed(e.Name, markup(d.catalog.Top()+e.Folder+say.LLMsName), e.Language))
	}
	p.list(items...)
	return p
}

// listed is an item of the list.
func listed(title string, target markup, about string) markup {
	item := "[" + escape(title) + "](" + target + ")"
	if about := escape(about); about != "" {
		item += ": " + about
	}
	return item
}
