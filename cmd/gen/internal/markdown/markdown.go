// Package markdown prints a catalog as pages for developers and support staff:
// an index, one page per API and one per entry, and a list of them for assistants. The pages render the same on Git
// hosts and in MkDocs, Docusaurus, VitePress and Hugo; text.go says what that
// takes.
package markdown

import (
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// Files returns the pages by their paths relative to the docs folder. The spec's
// base name goes into each page's mark.
func Files(c *model.Catalog, spec string) map[string][]byte {
	files := make(map[string][]byte)
	for name, content := range Makers(c, spec, nil) {
		files[name] = content()
	}
	return files
}

// Makers returns what makes each of the files that [Files] returns, and a page with what
// changed since the previous version if there is one. Each may be called at any time, while
// others are as well.
func Makers(c *model.Catalog, spec string, changed *diff.Report) map[string]func() []byte {
	d := newDocs(c)
	d.changed = changed
	files := map[string]func() []byte{
		"index.md":   func() []byte { return d.index().bytes(spec) },
		say.LLMsName: func() []byte { return d.llms().marked(spec, "") },
	}
	if changed != nil {
		files[changesName] = func() []byte { return d.changes(changed).bytes(spec) }
	}
	for _, api := range c.APIs {
		files[api.Name+"/index.md"] = func() []byte { return d.api(api).bytes(spec) }
		for _, e := range api.Entries() {
			files[api.Name+"/"+e.Page()+".md"] = func() []byte { return d.entry(e).bytes(spec) }
		}
	}
	return files
}

// docs is what the pages share: where a link to a part of another page leads.
type docs struct {
	l        *say.Language
	catalog  *model.Catalog
	headings headings     // of the index
	changed  *diff.Report // since the previous version; nil if that is not given
	apis     map[*model.API]*apiPlan
}

// apiPlan is what other pages have to know of an API's page.
type apiPlan struct {
	listed     map[string]*model.Entry // the codes by their text
	headings   headings
	categories map[*model.Category]string // the heading over a category's codes
}

func newDocs(c *model.Catalog) *docs {
	l := say.In(c.Language)
	d := &docs{
		l:        l,
		catalog:  c,
		headings: newHeadings(l, l.CatalogTitle(c), indexHeadings...),
		apis:     make(map[*model.API]*apiPlan, len(c.APIs)),
	}
	for _, api := range c.APIs {
		plan := &apiPlan{
			listed:     make(map[string]*model.Entry, len(api.Codes)),
			headings:   newHeadings(l, api.Title, apiHeadings...),
			categories: make(map[*model.Category]string),
		}
		for _, e := range api.Codes {
			plan.listed[e.Code] = e
			if _, ok := plan.categories[e.Category]; !ok {
				plan.categories[e.Category] = plan.headings.take(categoryHeading(l, e.Category))
			}
		}
		d.apis[api] = plan
	}
	return d
}
