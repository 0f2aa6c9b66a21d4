package say

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// CatalogTitle returns the title of the catalog, or what stands for one.
func CatalogTitle(c *model.Catalog) string {
	if c.Title == "" {
		return "API errors"
	}
	return c.Title
}

// EntryTitle returns the name of the entry's page: the code itself, or such as
// "Status 429" or "No answer: timeout".
func EntryTitle(e *model.Entry) string {
	title := kinds[e.Kind].title
	switch {
	case e.Kind == classify.KindUnknown, e.Kind == classify.KindUnrecognised:
		return title
	case title == "" && e.Code == "":
		return "Empty code"
	}
	return title + e.Code
}

// EntryKind says what the entry is, to stand before the title of its API, such as
// "Code of".
func EntryKind(e *model.Entry) string { return kinds[e.Kind].what }
