package cli

import (
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// docsNames are the names of the docs' files, for the search for those no longer made.
var docsNames = inLanguages([]string{"*.md", "*/*.md", catalogjson.FileName})

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
