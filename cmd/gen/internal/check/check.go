// Package check checks a spec against its rules and resolves it into the model.
// Together with what the format wants, it finds every problem in one run; the
// emitters never see a spec that has an error.
package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Source is a file as it was read. Its name is for the places of problems; that of an
// overlay says its language too.
type Source struct {
	Name    string
	Content []byte
	MaxSize int64 // how many bytes it may have, with the other files of its spec; 0 for syntax.DefaultSize
}

// Load reads a spec and returns the resolved catalog and all problems, sorted by
// place. The catalog is nil if any of the problems is an error. The file's name
// is only for the problems' places.
func Load(file string, source []byte) (*model.Catalog, []diag.Problem) {
	catalogs, problems := LoadAll([]Source{{Name: file, Content: source}})
	if catalogs == nil {
		return nil, problems
	}
	return catalogs[0], problems
}

// LoadAll reads a spec of one or more files with its overlays. It returns the catalog in each
// language, that of the spec first, or nil if any of the problems is an error.
func LoadAll(files []Source, overlays ...Source) ([]*model.Catalog, []diag.Problem) {
	c, root := open(files)
	var catalogs []*model.Catalog
	if c.spec != nil {
		catalogs = append(catalogs, c.catalog())
	}
	problems := c.List
	isSound := c.spec != nil && !diag.HasErrors(problems)
	var translations []*translation
	for _, o := range c.overlays(overlays) {
		if isSound && o.spec != nil && !diag.HasErrors(o.List) {
			i := slices.IndexFunc(translations, func(t *translation) bool { return t.language == o.spec.Language.Value })
			if i < 0 {
				i, translations = len(translations), append(translations, newTranslation(o.spec.Language.Value, root))
			}
			translations[i].add(c, o)
		}
		problems = append(problems, o.List...)
	}
	for _, t := range translations {
		catalog, found := t.catalog(c)
		catalogs, problems = append(catalogs, catalog), append(problems, found...)
	}
	diag.Sort(problems)
	for _, p := range problems {
		mustBeRule(p.Rule)
	}
	if diag.HasErrors(problems) {
		return nil, problems
	}
	if len(catalogs) > 1 {
		editions(catalogs)
	}
	return catalogs, problems
}

// open reads the files of a spec into a checker, whose spec is nil if one of them can't be read.
func open(files []Source) (*checker, *syntax.Node) {
	c := &checker{sources: files}
	reader := syntax.NewReader(len(files), cmp.Or(files[0].MaxSize, syntax.DefaultSize))
	var roots []*syntax.Node
	for _, file := range files {
		root, problems := reader.Parse(file.Name, file.Content)
		c.List = append(c.List, problems...)
		noLineEnd(&c.List, file, root)
		if root != nil {
			c.cutEntry(root)
			toDos(&c.List, file)
			roots = append(roots, root)
		}
	}
	if len(roots) < len(files) {
		return c, nil
	}
	root, duplicates := format.Merge(roots)
	spec, misfits := format.Decode(root)
	c.spec, c.List = spec, slices.Concat(c.List, duplicates, misfits)
	return c, root
}

// checker is the state of one run. The things of the spec that others refer to
// are kept once they are resolved.
type checker struct {
	diag.List
	spec         *format.Spec
	sources      []Source               // of the spec, and of the overlays that its texts are from
	lines        map[string]*diag.Lines // of the sources, made when first needed
	isTranslated bool                   // what is not about texts has been checked
	language     string                 // that its texts are in, where it is not the spec's
	compared     int                    // names that were compared with unknown ones
	simulated    int64                  // requests of fleets, to see what policies do
	categories   []*category
	policies     []*policy
	entries      []*entry // of all APIs
}

// unknown reports a name of something that is not in the file.
func (c *checker) unknown(rule string, at diag.Place, what, name string, known []string) {
	p := c.Errorf(at, rule, "unknown %s %s", what, diag.Quote(name))
	if c.compared += len(known); c.compared <= maxCompared {
		p.Hint = diag.DidYouMean(name, known)
	}
	if p.Hint == "" && len(known) > 0 && len(known) <= maxListed {
		p.Hint = "known are " + strings.Join(known, ", ")
	}
}

// maxListed is how many names a hint lists.
const maxListed = 12

// maxCompared is how many names are compared with unknown ones in one run: a
// file with thousands of both is not worth minutes of guessing.
const maxCompared = 200_000

// values returns the values of a list.
func values[T any](list *format.List[T]) []T {
	var all []T
	for _, item := range list.Value {
		all = append(all, item.Value)
	}
	return all
}
