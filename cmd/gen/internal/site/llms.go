package site

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// llms adds the list of pages for assistants.
func (s *site) llms() {
	var out strings.Builder
	home := s.page("index", "", "")
	fmt.Fprintf(&out, "# %s\n\n", escapeText(model.Line(s.l.CatalogTitle(s.catalog))))
	fmt.Fprintf(&out, "> %s\n\n", escapeText(s.l.LLMsSummary(s.catalog)))
	fmt.Fprintf(&out, listMark+"%s -->\n\n", commented(s.mark))
	out.WriteString(s.l.LLMsUse() + "\n\n")
	out.WriteString(s.l.Say(`Each page here that ends in ".md" is the markdown of a page of the site: without ".md" its address is that of the page itself. Pages of APIs, categories, actions and entries are also there as JSON, with ".json" in place of ".html.md"; index.json leads to all of it.`) + "\n")
	for _, section := range s.l.LLMsSections(s.catalog) {
		fmt.Fprintf(&out, "\n## %s\n\n", escapeText(section.Title))
		for _, page := range section.Pages {
			address := page.API.Address()
			if page.Entry != nil {
				address = page.Entry.Address()
			}
			out.WriteString(s.llmsLink(page.Title, address, page.About))
		}
	}
	out.WriteString("\n## " + say.LLMsOptional + "\n\n")
	for _, c := range collectionPages {
		if !home.Has(c.address) {
			continue
		}
		out.WriteString(s.llmsLink(s.l.Say(c.title), c.address, s.l.Say(c.description)))
	}
	out.WriteString(s.llmsLink(s.l.Say("For customers"), model.CustomerFolder+"index", s.l.Say("What answers mean and what to do, for customers: without what support tells itself.")))
	for _, e := range s.catalog.Others() {
		list := strings.TrimSuffix(s.catalog.Site, s.catalog.Folder) + e.Folder + say.LLMsName
		if s.catalog.Site == "" {
			list = s.catalog.Top() + e.Folder + say.LLMsName
		}
		fmt.Fprintf(&out, "- [%s](%s): %s\n", escapeText(e.Name), linkSigns.Replace(list), escapeText(e.Language))
	}
	s.put(say.LLMsName, []byte(model.Visible(out.String())))
}

// listMark opens the line of the list that has the mark.
const listMark = "<!-- "

// IsList reports whether a file is the list of a site, and not that of the docs.
func IsList(content []byte) bool {
	known, _, _ := strings.Cut(model.Mark("|"), "|")
	return bytes.Contains(content, []byte("\n"+listMark+known))
}

// llmsLink returns an item of a list of pages: by its address where the site is published,
// and elsewhere by the way to it.
func (s *site) llmsLink(title, address, about string) string {
	page := siblingOf(address)
	if whole := s.catalog.URL(address); whole != "" {
		page = strings.TrimSuffix(whole, address+".html") + page
	}
	item := "- [" + escapeText(model.Line(title)) + "](" + linkSigns.Replace(page) + ")"
	if about = model.Line(about); about != "" {
		item += ": " + escapeText(about)
	}
	return item + "\n"
}
