package say

import (
	"cmp"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// LLMsName is the name of the list of pages that assistants look for. Its form is that of
// https://llmstxt.org: a title, a summary, how to use the pages, and sections of links.
const LLMsName = "llms.txt"

// LLMsOptional is the title of the section that an assistant may leave out. It is a word of
// the form.
const LLMsOptional = "Optional"

const (
	llmsEntries = 150 // how many entries of an API the list names; those of a larger one are on its page
	llmsAPIs    = 20  // how many APIs its summary names
)

// LLMsSection is a section of the list.
type LLMsSection struct {
	Title string
	Pages []LLMsPage
}

// LLMsPage is a page of an entry, or of an API where Entry is nil.
type LLMsPage struct {
	API          *model.API
	Entry        *model.Entry
	Title, About string
}

// LLMsSummary says what the pages are about.
func (l *Language) LLMsSummary(c *model.Catalog) string {
	var titles []string
	for _, api := range c.APIs {
		titles = append(titles, model.Line(api.Title))
	}
	all := cmp.Or(l.And(titles), l.Say("an API"))
	if len(titles) > llmsAPIs { // the mark has to stand near the start
		all = l.Say("%d APIs", len(titles))
	}
	return l.Say("What every status and error code of %s means, who has to act, whether a retry helps and after how long, what to do, and what to tell a customer.", all)
}

// LLMsUse says how to find an answer in the pages.
func (l *Language) LLMsUse() string {
	return l.Say("To find what an answer means, look for its code on the page of its API. If it holds no listed code, go by its status; if there was no answer, by the failure. A code that is not listed is not known: say so, and don't guess. Waits and retries are those of the generated client.")
}

// LLMsSections returns the pages of the APIs, and those of the entries of each.
func (l *Language) LLMsSections(c *model.Catalog) []LLMsSection {
	apis := LLMsSection{Title: l.Say("APIs")}
	var sections []LLMsSection
	for _, api := range c.APIs {
		entries := api.Entries()
		about := Sentence(api.Summary)
		if about == "" {
			about = l.Count(len(entries), "1 entry, how answers are read, and the decision tree.", "%d entries, how answers are read, and the decision tree.")
		}
		apis.Pages = append(apis.Pages, LLMsPage{API: api, Title: api.Title, About: about})
		if len(entries) == 0 || len(entries) > llmsEntries {
			continue
		}
		section := LLMsSection{Title: l.Say("%s: codes, statuses and failures", model.Line(api.Title))}
		for _, e := range entries {
			section.Pages = append(section.Pages, LLMsPage{API: api, Entry: e, Title: l.EntryTitle(e), About: l.EntrySummary(e)})
		}
		sections = append(sections, section)
	}
	return append([]LLMsSection{apis}, sections...)
}
