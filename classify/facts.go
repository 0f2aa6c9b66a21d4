package classify

import (
	"slices"

	"github.com/errkb/errkb/classify/packed"
)

// FactsOf looks through a table for what holds of it.
func FactsOf(c *Catalog) packed.Facts {
	facts := packed.FactsNoted
	for _, fact := range [...]packed.Facts{packed.FactSign, packed.FactHeader, packed.FactEmpty, packed.FactWithin, packed.FactDenies, packed.FactTimed} {
		if c.find(fact) {
			facts |= fact
		}
	}
	return facts
}

// has reports whether a fact holds.
func (c *Catalog) has(fact packed.Facts) bool {
	if c.Facts != 0 {
		return c.Facts&fact != 0
	}
	return c.find(fact)
}

// find looks through the table for a fact.
func (c *Catalog) find(fact packed.Facts) bool {
	switch fact {
	case packed.FactSign:
		return slices.ContainsFunc(c.Forms, func(f Form) bool { return len(f.OK) > 0 })
	case packed.FactHeader:
		return slices.ContainsFunc(c.Forms, func(f Form) bool { return f.Syntax == Header })
	case packed.FactEmpty:
		return slices.ContainsFunc(c.Forms, func(f Form) bool { return f.Syntax == Header || f.Syntax == Text && len(f.OK)+len(f.Fail) > 0 })
	case packed.FactWithin:
		return c.hasWithin()
	case packed.FactDenies:
		return c.mayDeny(View.failsInSome)
	case packed.FactTimed:
		return slices.ContainsFunc(c.Endpoints, func(e Endpoint) bool { return e.Timeout > 0 })
	}
	return false
}

// hasWithin reports whether one of the table's policies bounds the whole of a call.
func (c *Catalog) hasWithin() bool {
	for entry := range c.Entries() {
		if entry.hasWithin() {
			return true
		}
	}
	for i := range c.Overrides {
		if c.Overrides[i].Policy.hasWithin() {
			return true
		}
	}
	return false
}

func (v View) hasWithin() bool {
	for _, variant := range v.Variants() {
		if variant.Policy.hasWithin() {
			return true
		}
	}
	for _, said := range v.ByOperation() {
		if said.Policy.hasWithin() {
			return true
		}
	}
	return v.Policy().hasWithin()
}

func (p *Policy) hasWithin() bool { return p != nil && p.Within > 0 }

// mayDeny reports whether a body can make a failure of a reply whose status says
// success: by a sign of failure, or by a code that may come with such a status and is
// one of which a test holds.
func (c *Catalog) mayDeny(fails func(View) bool) bool {
	codes := false
	for i := range c.Forms {
		form := &c.Forms[i]
		if form.Syntax == Header {
			continue
		}
		if len(form.Fail) > 0 {
			return true
		}
		codes = codes || len(form.Code) > 0
	}
	if !codes {
		return false
	}
	denies := func(entry View) bool { return entry.mayBeBelow400() && fails(entry) }
	for i := range c.size() {
		if denies(c.code(int32(i + 1))) {
			return true
		}
	}
	return slices.ContainsFunc(c.Prefixes, func(e Entry) bool { return denies(e.View()) })
}

// mayBeBelow400 reports whether the code may come with a status that says success, or
// with none.
func (v View) mayBeBelow400() bool {
	statuses := v.Statuses()
	return len(statuses) == 0 || slices.ContainsFunc(statuses, func(s uint16) bool { return s < 400 })
}

// failsInSome reports whether the entry is not a success in some operation.
func (v View) failsInSome() bool {
	return v.Action() != OK || slices.ContainsFunc(v.ByOperation(), func(o OperationVariant) bool { return o.Action != OK })
}
