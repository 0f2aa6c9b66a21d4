package classify

import "slices"

// Facts are what holds of a table as a whole. The generator notes them, so that nobody
// looks through the table for them call after call; where they are not noted, that is
// what is done. The zero value notes nothing.
type Facts uint8

// The facts.
const (
	FactsNoted Facts = 1 << iota // the others are known
	FactSign                     // a form has a sign of success
	FactHeader                   // a form reads the header
	FactEmpty                    // a form may say something of a reply without a body
	FactWithin                   // a policy has a Within
	FactDenies                   // a body may deny what the status says of success, in some operation
)

// FactsOf looks through a table for what holds of it.
func FactsOf(c *Catalog) Facts {
	facts := FactsNoted
	for _, fact := range [...]Facts{FactSign, FactHeader, FactEmpty, FactWithin, FactDenies} {
		if c.find(fact) {
			facts |= fact
		}
	}
	return facts
}

// has reports whether a fact holds.
func (c *Catalog) has(fact Facts) bool {
	if c.Facts != 0 {
		return c.Facts&fact != 0
	}
	return c.find(fact)
}

// find looks through the table for a fact.
func (c *Catalog) find(fact Facts) bool {
	switch fact {
	case FactSign:
		return slices.ContainsFunc(c.Forms, func(f Form) bool { return len(f.OK) > 0 })
	case FactHeader:
		return slices.ContainsFunc(c.Forms, func(f Form) bool { return f.Syntax == Header })
	case FactEmpty:
		return slices.ContainsFunc(c.Forms, func(f Form) bool { return f.Syntax == Header || f.Syntax == Text && len(f.OK)+len(f.Fail) > 0 })
	case FactWithin:
		return c.hasWithin()
	case FactDenies:
		return c.mayDeny((*Entry).failsInSome)
	}
	return false
}

// hasWithin reports whether one of the table's policies bounds the whole of a call.
func (c *Catalog) hasWithin() bool {
	for _, entries := range [...][]Entry{c.Codes, c.Prefixes, c.Statuses, c.Classes, c.Transport} {
		for i := range entries {
			if entries[i].hasWithin() {
				return true
			}
		}
	}
	for i := range c.Overrides {
		if c.Overrides[i].Policy.hasWithin() {
			return true
		}
	}
	return c.Unknown.hasWithin() || c.Unrecognised.hasWithin()
}

func (e *Entry) hasWithin() bool {
	if e == nil {
		return false
	}
	for i := range e.Variants {
		if e.Variants[i].Policy.hasWithin() {
			return true
		}
	}
	for i := range e.ByOperation {
		if e.ByOperation[i].Policy.hasWithin() {
			return true
		}
	}
	return e.Policy.hasWithin()
}

func (p *Policy) hasWithin() bool { return p != nil && p.Within > 0 }

// mayDeny reports whether a body can make a failure of a reply whose status says
// success: by a sign of failure, or by a code that may come with such a status and is
// one of which a test holds.
func (c *Catalog) mayDeny(fails func(*Entry) bool) bool {
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
	for _, entries := range [...][]Entry{c.Codes, c.Prefixes} {
		for i := range entries {
			if e := &entries[i]; e.mayBeBelow400() && fails(e) {
				return true
			}
		}
	}
	return false
}

// mayBeBelow400 reports whether the code may come with a status that says success, or
// with none.
func (e *Entry) mayBeBelow400() bool {
	return len(e.Statuses) == 0 || slices.ContainsFunc(e.Statuses, func(s uint16) bool { return s < 400 })
}

// failsInSome reports whether the entry is not a success in some operation.
func (e *Entry) failsInSome() bool {
	return e.Action != OK || slices.ContainsFunc(e.ByOperation, func(o OperationVariant) bool { return o.Action != OK })
}
