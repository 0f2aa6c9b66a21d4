// Package check holds a spec against the format and its rules and resolves it
// into the model. It finds every problem in one run; the emitters never see a
// spec that has an error.
package check

import (
	"fmt"

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
	c := &checker{
		source:   source,
		problems: problems,
		bad:      make(map[*syntax.Node]bool),
		flawed:   make(map[*syntax.Node]bool),
		vague:    make(map[any]bool),
	}
	var catalog *model.Catalog
	if root != nil && c.shape(root, format.Spec, subject{"the file", root.Place}) {
		catalog = c.catalog(root)
	}
	diag.Sort(c.problems)
	if diag.HasErrors(c.problems) {
		return nil, c.problems
	}
	return catalog, c.problems
}

// checker is the state of one run.
type checker struct {
	source   []byte
	lines    []string // of source, split when first needed
	problems []diag.Problem
	compared int // names that were compared with unknown ones

	// What is reported must not be reported again as its consequences.
	bad    map[*syntax.Node]bool // nodes that are not what the format wants there: they count as absent
	flawed map[*syntax.Node]bool // nodes of which a part is missing or was left out
	vague  map[any]bool          // categories, policies and entries of the model that are not settled
}

func (c *checker) errorf(at diag.Place, rule, message string, args ...any) *diag.Problem {
	return c.report(diag.Error, at, rule, fmt.Sprintf(message, args...))
}

func (c *checker) warnf(at diag.Place, rule, message string, args ...any) *diag.Problem {
	return c.report(diag.Warning, at, rule, fmt.Sprintf(message, args...))
}

// report adds a problem and returns it, for a hint or a related place.
func (c *checker) report(severity diag.Severity, at diag.Place, rule, message string) *diag.Problem {
	mustBeRule(rule)
	c.problems = append(c.problems, diag.Problem{Place: at, Severity: severity, Rule: rule, Message: message})
	return &c.problems[len(c.problems)-1]
}

func relate(p *diag.Problem, at diag.Place, message string) {
	p.Related = append(p.Related, diag.Related{Place: at, Message: message})
}

// get returns the value of a key, unless it is missing or not as the format
// wants it.
func (c *checker) get(n *syntax.Node, key string) *syntax.Node {
	value := n.Get(key)
	if value == nil || c.bad[value] {
		return nil
	}
	return value
}

// has reports whether a key is there, be it with a bad value or among keys that
// can't be read.
func (c *checker) has(n *syntax.Node, key string) bool {
	return n.Get(key) != nil || n != nil && n.Incomplete
}

// broken reports whether a key is there without a value to go by.
func (c *checker) broken(n *syntax.Node, key string) bool {
	return c.has(n, key) && c.get(n, key) == nil
}

// mayHave reports whether the mapping under a key has a name that is not
// resolved because of a problem that is reported there.
func (c *checker) mayHave(n *syntax.Node, key, name string) bool {
	names := n.Get(key)
	if names == nil {
		return n.Incomplete
	}
	return c.bad[names] || names.Incomplete || names.Get(name) != nil
}

// sound reports whether neither a node nor any part of it has a problem.
func (c *checker) sound(n *syntax.Node) bool {
	if n == nil {
		return true
	}
	if c.bad[n] || c.flawed[n] || n.Incomplete {
		return false
	}
	for _, pair := range n.Pairs {
		if !c.sound(pair.Value) {
			return false
		}
	}
	for _, item := range n.Items {
		if !c.sound(item) {
			return false
		}
	}
	return true
}
