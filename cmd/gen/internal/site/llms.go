package site

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// llmsName is the name of the list of pages that assistants look for.
const llmsName = "llms.txt"

// llmsEntries is how many entries of an API the list names. Those of a larger one are
// on the API's page.
const llmsEntries = 150

// llms adds the list of pages for assistants, in the form of https://llmstxt.org: a
// title, a summary, how to use the pages, and links to them in sections.
func (s *site) llms() {
	var out strings.Builder
	home := s.page("index", "", "")
	var titles []string
	for _, api := range s.catalog.APIs {
		titles = append(titles, model.Line(api.Title))
	}
	all := cmp.Or(s.l.And(titles), s.l.Say("an API"))
	if home.ManyAPIs() { // the mark has to stand near the start
		all = s.l.Say("%d APIs", len(titles))
	}
	fmt.Fprintf(&out, "# %s\n\n", escapeText(model.Line(s.l.CatalogTitle(s.catalog))))
	fmt.Fprintf(&out, "> %s\n\n", escapeText(s.l.Say("What every status and error code of %s means, who has to act, whether a retry helps and after how long, what to do, and what to tell a customer.", all)))
	fmt.Fprintf(&out, "<!-- %s -->\n\n", commented(s.mark))
	out.WriteString(s.l.Say("To find what an answer means, look for its code on the page of its API. If it holds no listed code, go by its status; if there was no answer, by the failure. A code that is not listed is not known: say so, and don't guess. Waits and retries are those of the generated client.") + "\n\n")
	out.WriteString(s.l.Say(`Each page here that ends in ".md" is the markdown of a page of the site: without ".md" its address is that of the page itself. Pages of APIs, categories, actions and entries are also there as JSON, with ".json" in place of ".html.md"; index.json leads to all of it.`) + "\n")
	out.WriteString("\n## " + s.l.Say("APIs") + "\n\n")
	for _, api := range s.catalog.APIs {
		about := say.Sentence(api.Summary)
		if about == "" {
			about = s.l.Say("%d entries, how answers are read, and the decision tree.", len(api.Entries()))
		}
		out.WriteString(s.llmsLink(api.Title, api.Address(), about))
	}
	for _, api := range s.catalog.APIs {
		entries := api.Entries()
		if len(entries) == 0 || len(entries) > llmsEntries {
			continue
		}
		fmt.Fprintf(&out, "\n## %s\n\n", escapeText(s.l.Say("%s: codes, statuses and failures", model.Line(api.Title))))
		for _, e := range entries {
			out.WriteString(s.llmsLink(s.l.EntryTitle(e), e.Address(), s.l.EntrySummary(e)))
		}
	}
	out.WriteString("\n## Optional\n\n")
	for _, c := range collectionPages {
		if !home.Has(c.address) {
			continue
		}
		out.WriteString(s.llmsLink(s.l.Say(c.title), c.address, s.l.Say(c.description)))
	}
	out.WriteString(s.llmsLink(s.l.Say("For customers"), model.CustomerFolder+"index", s.l.Say("What answers mean and what to do, for customers: without what support tells itself.")))
	for _, e := range s.catalog.Others() {
		list := strings.TrimSuffix(s.catalog.Site, s.catalog.Folder) + e.Folder + llmsName
		if s.catalog.Site == "" {
			list = s.catalog.Top() + e.Folder + llmsName
		}
		fmt.Fprintf(&out, "- [%s](%s): %s\n", escapeText(e.Name), linkSigns.Replace(list), escapeText(e.Language))
	}
	s.put(llmsName, []byte(model.Visible(out.String())))
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
