package catalogjson

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// The forms of the site's pages, each beside its page. That of an entry's page, and of
// those of its aliases, is an [Entry]. All others link the entries: in a large catalog,
// each entry in full on every page that lists it would be most of the site.

// EntryLink is an entry as pages list it.
type EntryLink struct {
	API     string `json:"api"`
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Action  string `json:"action"`
	Meaning string `json:"meaning"`
	Address string `json:"address"` // where its page is in the site, without .html; with .json, the entry in full
}

// IndexPage is the form of the first page: a [List] whose APIs are on their pages.
type IndexPage struct {
	Format     int        `json:"format"`
	Title      string     `json:"title"`
	Language   string     `json:"language"`
	Site       string     `json:"site"`
	Categories []Category `json:"categories"`
	Policies   []Policy   `json:"policies"`
	APIs       []APILink  `json:"apis"`
}

// APILink is an API as the first page lists it.
type APILink struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Entries int    `json:"entries"` // how many it has
	Address string `json:"address"`
}

// APIPage is the form of an API's page: an [API] with links to its entries.
type APIPage = apiOf[EntryLink]

// CategoryPage is the form of a category's page.
type CategoryPage struct {
	Category
	Entries []EntryLink `json:"entries"`
}

// ActionPage is the form of an action's page.
type ActionPage struct {
	Name    string      `json:"name"`
	Title   string      `json:"title"`
	Advice  string      `json:"advice"`
	Address string      `json:"address"`
	Entries []EntryLink `json:"entries"`
}

// Pages returns what makes the forms of the site's pages, by path. In each, the first member
// is generated, the mark of generated files, on a separate line. The spec is a base name.
func Pages(c *model.Catalog, spec string) map[string]func() []byte {
	pages := make(map[string]func() []byte)
	add := func(address string, form func() any) func() []byte {
		page := func() []byte { return encodePage(spec, form()) }
		pages[address+".json"] = page
		return page
	}
	index := IndexPage{Format: format, Title: c.Title, Language: c.Language, Site: c.Site, Categories: list(c.Categories, newCategory), Policies: list(c.Policies, newPolicy), APIs: []APILink{}}
	byCategory := make(map[*model.Category][]EntryLink)
	byAction := make(map[classify.Action][]EntryLink)
	for _, api := range c.APIs {
		index.APIs = append(index.APIs, APILink{api.Name, api.Title, api.Summary, len(api.Entries()), api.Address()})
		add(api.Address(), func() any { return newAPI(api, newLink) })
		for _, e := range api.Entries() {
			page := add(e.Address(), func() any { return NewEntry(e) })
			for i := range e.Aliases {
				pages[e.AliasAddress(i)+".json"] = page
			}
			byCategory[e.Category] = append(byCategory[e.Category], newLink(e))
			byAction[e.Action] = append(byAction[e.Action], newLink(e))
		}
	}
	add("index", func() any { return index })
	for i, category := range c.Categories {
		add(category.Address(), func() any {
			return CategoryPage{index.Categories[i], append([]EntryLink{}, byCategory[category]...)}
		})
	}
	for _, a := range classify.Actions() {
		address := model.ActionAddress(a)
		add(address, func() any {
			return ActionPage{a.String(), say.English.ActionTitle(a), say.English.ActionAdvice(a), address, append([]EntryLink{}, byAction[a]...)}
		})
	}
	return pages
}

func newLink(e *model.Entry) EntryLink {
	return EntryLink{e.API.Name, e.Kind.String(), e.Code, e.Action.String(), e.Meaning, e.Address()}
}

// encodePage returns a form, which has members, with the mark before them, without
// indentation.
func encodePage(spec string, form any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encode := func(value any) {
		if err := encoder.Encode(value); err != nil {
			panic(fmt.Sprintf("internal error: encode %T: %v", value, err))
		}
	}
	out.WriteString("{\"generated\": ")
	encode(model.Mark(spec))
	out.Truncate(out.Len() - 1)
	out.WriteString(",\n")
	start := out.Len()
	encode(form)
	page := bytes.Clone(out.Bytes()) // without the room that the buffer still has
	return append(page[:start], page[start+1:]...)
}
