package cli

import (
	"os"
	"path/filepath"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// docsNames are the names of the docs' files, for the search for those no longer made.
var docsNames = inLanguages([]string{"*.md", "*/*.md", say.LLMsName, catalogjson.FileName})

// docsMakers returns what makes the pages in each language, and the catalog as JSON.
func docsMakers(catalogs []*model.Catalog, mark string, changed *diff.Report) makers {
	files := make(makers)
	for _, c := range catalogs {
		addIn(files, c, markdown.Makers(c, mark, changed))
	}
	files[catalogjson.FileName] = func() []byte { return catalogjson.File(catalogs[0], mark) }
	return files
}

// changedSince returns what changed in a catalog since a previous spec, and that spec as it
// was read; nil for none.
func (s *session) changedSince(previous string, newer *model.Catalog) (*diff.Report, source, error) {
	if previous == "" {
		return nil, source{}, nil
	}
	older, src, err := s.stated(previous)
	if err != nil {
		return nil, src, err
	}
	return new(diff.Catalogs(older, newer)), src, nil
}

// siteLists returns the lists for assistants in the folder of the docs that are the site's,
// where both are in one folder. A list of pages has one name, so the docs then have none.
func (g generation) siteLists(catalogs []*model.Catalog) []string {
	if g.docs == "" {
		return nil
	}
	var lists []string
	for _, c := range catalogs {
		name := c.Folder + say.LLMsName
		content, _ := os.ReadFile(filepath.Join(g.docs, filepath.FromSlash(name)))
		if g.site != "" && filepath.Clean(g.site) == filepath.Clean(g.docs) || site.IsList(content) {
			lists = append(lists, name)
		}
	}
	return lists
}
