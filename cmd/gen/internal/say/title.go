package say

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// CatalogTitle returns the title of the catalog, or what stands for one.
func (l *Language) CatalogTitle(c *model.Catalog) string {
	if c.Title == "" {
		return l.Say("API errors")
	}
	return c.Title
}

// EntryTitle returns the name of the entry's page: the code itself, or such as
// "Status 429" or "No answer: timeout".
func (l *Language) EntryTitle(e *model.Entry) string {
	title := kinds[e.Kind].title
	switch {
	case title == "" && e.Code == "":
		return l.Say("Empty code")
	case title == "":
		return e.Code
	case e.Kind == classify.KindUnknown, e.Kind == classify.KindUnrecognised:
		return l.Say(title)
	}
	return l.Say(title, e.Code)
}

// EntryKind says what the entry is, with the title of its API, such as "Code of %s".
func EntryKind(e *model.Entry) Message { return kinds[e.Kind].what }
