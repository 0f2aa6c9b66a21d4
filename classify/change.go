package classify

import (
	"errors"
	"fmt"
	"slices"
)

// Change is what [Catalog.With] is to change: [ReplacePolicy], [SetPolicy] or [SetAction]. The
// zero value changes nothing.
type Change struct{ in func(*changing) error }

// ReplacePolicy puts another policy in the place of every one with a name, wherever the
// catalog uses it. A policy without a Name keeps that name. A name that the catalog does not
// use is an error.
func ReplacePolicy(name string, by Policy) Change {
	if by.Name == "" {
		by.Name = name
	}
	return Change{func(c *changing) error {
		found := false
		for policy := range c.policies {
			if *policy != nil && name != "" && (*policy).Name == name {
				*policy, found = &by, true
			}
		}
		if !found {
			return fmt.Errorf("no policy is named %q", name)
		}
		return nil
	}}
}

// SetPolicy gives a policy to the entry with a key: a code or another spelling of it, or
// else a key such as "08*", "429", "5xx", "timeout" or "unknown". It holds wherever the
// entry waits, in its variants and operations too; what an override of the API says stays.
// A key that the catalog does not have is an error, and so is an entry that does not wait,
// if no [SetAction] makes it.
func SetPolicy(key string, policy Policy) Change {
	return Change{func(c *changing) error {
		said, err := c.entry(key)
		if err != nil {
			return err
		}
		for _, s := range said.all {
			*s.policy = &policy
		}
		said.needs = true
		return nil
	}}
}

// SetAction gives an action to the entry with a key, as in [SetPolicy], in its variants and
// operations too. An action that waits needs a policy: the entry's, or one by SetPolicy. [OK]
// is an error, and so is any other action for what stands for success: that is what the
// API's replies say, not the catalog's user.
func SetAction(key string, action Action) Change {
	return Change{func(c *changing) error {
		said, err := c.entry(key)
		if err != nil {
			return err
		}
		if action == OK || int(action) >= len(actionNames) {
			return fmt.Errorf("the action of %q can't be %s", key, action)
		}
		for _, s := range said.all {
			if *s.action == OK {
				return fmt.Errorf("%q stands for success", key)
			}
			*s.action = action
		}
		return nil
	}}
}

// With returns a copy of the catalog with other policies or actions. The catalog itself is
// not changed, and the two share nothing that anybody writes to: both can be used
// concurrently. Changes are made in their order, and the last one of two about the same
// counts. What the entries mean, their fixes and categories stay. If a change can't be made,
// With returns all the errors and no catalog, for the program to stop at its start.
func (c *Catalog) With(changes ...Change) (*Catalog, error) {
	if c == nil {
		return nil, errors.New("catalog is nil")
	}
	own := &changing{catalog: c.clone()}
	var all []error
	for _, change := range changes {
		if change.in == nil {
			continue
		}
		if err := change.in(own); err != nil {
			all = append(all, err)
		}
	}
	for _, said := range own.entries {
		if err := said.settle(); err != nil {
			all = append(all, err)
		}
	}
	if err := errors.Join(all...); err != nil {
		return nil, fmt.Errorf("catalog %s: %w", c.Name, err)
	}
	if c.Facts != 0 {
		own.catalog.Facts = FactsOf(own.catalog)
	}
	if c.Table != nil {
		own.catalog.Table = NewTable(own.catalog, c.Table.Site)
		own.catalog.Codes, own.catalog.Aliases = nil, nil
	}
	return own.catalog, nil
}

// clone copies what can be changed, and takes it out of the table.
func (c *Catalog) clone() *Catalog {
	own := *c
	if c.Table != nil {
		own.Codes, own.Aliases = c.Table.lists()
		own.Table = nil
	}
	for _, table := range own.tables() {
		*table = slices.Clone(*table)
	}
	for _, rest := range [...]**Entry{&own.Unknown, &own.Unrecognised} {
		if *rest != nil {
			entry := **rest
			*rest = &entry
		}
	}
	for entry := range own.all {
		entry.Variants, entry.ByOperation = slices.Clone(entry.Variants), slices.Clone(entry.ByOperation)
	}
	own.Overrides = slices.Clone(own.Overrides)
	return &own
}

// all yields the entries, and last those for the rest.
func (c *Catalog) all(yield func(*Entry) bool) {
	for _, table := range c.tables() {
		for i := range *table {
			if !yield(&(*table)[i]) {
				return
			}
		}
	}
	for _, rest := range [...]*Entry{c.Unknown, c.Unrecognised} {
		if rest != nil && !yield(rest) {
			return
		}
	}
}

// tables are those of the entries that stand for something.
func (c *Catalog) tables() [5]*[]Entry {
	return [...]*[]Entry{&c.Codes, &c.Prefixes, &c.Statuses, &c.Classes, &c.Transport}
}

// changing is a copy of a catalog that is being changed.
type changing struct {
	catalog *Catalog
	entries []*says // those that are changed
}

// says is what an entry says, in each of its variants and operations.
type says struct {
	entry *Entry
	key   string // by which it was found first
	all   []said
	needs bool // a policy was set, which needs something that waits
}

type said struct {
	action *Action
	policy **Policy
}

// partsOf are the entry itself, its variants and its operations.
func partsOf(e *Entry) []said {
	all := []said{{&e.Action, &e.Policy}}
	for i := range e.Variants {
		all = append(all, said{&e.Variants[i].Action, &e.Variants[i].Policy})
	}
	for i := range e.ByOperation {
		all = append(all, said{&e.ByOperation[i].Action, &e.ByOperation[i].Policy})
	}
	return all
}

// entry returns what the entry with a key says.
func (c *changing) entry(key string) (*says, error) {
	entry := c.find(key)
	if entry == nil {
		return nil, fmt.Errorf("no entry has the key %q", key)
	}
	for _, s := range c.entries {
		if s.entry == entry {
			return s, nil
		}
	}
	s := &says{entry: entry, key: key, all: partsOf(entry)}
	c.entries = append(c.entries, s)
	return s, nil
}

// find returns the entry with a key, and nil for none. A listed code comes before a status of
// the same spelling.
func (c *changing) find(key string) *Entry {
	if entry, ok := c.catalog.Lookup(key); ok {
		return entry.said
	}
	for entry := range c.catalog.all {
		if entry.Code == key {
			return entry
		}
	}
	return nil
}

// policies yields where each policy of the catalog stands.
func (c *changing) policies(yield func(**Policy) bool) {
	for entry := range c.catalog.all {
		for _, s := range partsOf(entry) {
			if !yield(s.policy) {
				return
			}
		}
	}
	for i := range c.catalog.Overrides {
		if !yield(&c.catalog.Overrides[i].Policy) {
			return
		}
	}
}

// settle drops the policies that nothing follows, and returns an error for one that is
// missing or of no use.
func (s *says) settle() error {
	waits := false
	for _, said := range s.all {
		switch {
		case !said.action.Waits():
			*said.policy = nil
		case *said.policy == nil:
			return fmt.Errorf("%q has no policy to %s by", s.key, *said.action)
		default:
			waits = true
		}
	}
	if s.needs && !waits {
		return fmt.Errorf("%q does not wait, and has no use for a policy", s.key)
	}
	return nil
}
