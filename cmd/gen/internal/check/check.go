// Package check checks a spec against its rules and resolves it into the model.
// Together with what the format wants, it finds every problem in one run; the
// emitters never see a spec that has an error.
package check

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Load reads a spec and returns the resolved catalog and all problems, sorted by
// place. The catalog is nil if any of the problems is an error. The file's name
// is only for the problems' places.
func Load(file string, source []byte) (*model.Catalog, []diag.Problem) {
	root, problems := syntax.Parse(file, source)
	c := &checker{source: source, List: problems}
	var catalog *model.Catalog
	if root != nil {
		var misfits []diag.Problem
		c.spec, misfits = format.Decode(root)
		c.List = append(c.List, misfits...)
	}
	if c.spec != nil {
		catalog = c.catalog()
	}
	diag.Sort(c.List)
	for _, p := range c.List {
		mustBeRule(p.Rule)
	}
	if diag.HasErrors(c.List) {
		return nil, c.List
	}
	return catalog, c.List
}

// checker is the state of one run. The things of the spec that others refer to
// are kept once they are resolved.
type checker struct {
	diag.List
	spec       *format.Spec
	source     []byte
	lines      []string // of source, split when first needed
	compared   int      // names that were compared with unknown ones
	categories []*category
	policies   []*policy
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
