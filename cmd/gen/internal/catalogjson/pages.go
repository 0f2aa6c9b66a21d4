package catalogjson

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// An EntryPage is the form of an entry's page, and of those of its aliases.
type EntryPage struct {
	Generated string `json:"generated"` // the mark of generated files
	Entry
}

// APIPage is the form of an API's page.
type APIPage struct {
	Generated string `json:"generated"`
	API
}

// CategoryPage is the form of a category's page.
type CategoryPage struct {
	Generated string `json:"generated"`
	Category
	Entries []Entry `json:"entries"`
}

// ActionPage is the form of an action's page.
type ActionPage struct {
	Generated string  `json:"generated"`
	Name      string  `json:"name"`
	Title     string  `json:"title"`
	Advice    string  `json:"advice"`
	Address   string  `json:"address"`
	Entries   []Entry `json:"entries"`
}

// Pages returns the forms of the site's pages by path, each beside its page. That
// of the first page is the whole catalog, as in [File]. The spec is a base name.
func Pages(c *model.Catalog, spec string) map[string][]byte {
	whole := NewList(c)
	whole.Generated = model.Mark(spec)
	pages := map[string][]byte{"index.json": Encode(whole)}
	byCategory := make(map[*model.Category][]Entry)
	byAction := make(map[classify.Action][]Entry)
	for i, api := range c.APIs {
		pages[api.Address()+".json"] = Encode(APIPage{whole.Generated, whole.APIs[i]})
		for _, e := range api.Entries() {
			form := NewEntry(e)
			page := Encode(EntryPage{whole.Generated, form})
			pages[e.Address()+".json"] = page
			for i := range e.Aliases {
				pages[e.AliasAddress(i)+".json"] = page
			}
			byCategory[e.Category] = append(byCategory[e.Category], form)
			byAction[e.Action] = append(byAction[e.Action], form)
		}
	}
	for i, category := range c.Categories {
		entries := append([]Entry{}, byCategory[category]...)
		pages[category.Address()+".json"] = Encode(CategoryPage{whole.Generated, whole.Categories[i], entries})
	}
	for _, a := range classify.Actions() {
		address := model.ActionAddress(a)
		pages[address+".json"] = Encode(ActionPage{
			Generated: whole.Generated,
			Name:      a.String(),
			Title:     say.ActionTitle(a),
			Advice:    say.ActionAdvice(a),
			Address:   address,
			Entries:   append([]Entry{}, byAction[a]...),
		})
	}
	return pages
}
