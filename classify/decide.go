package classify

import (
	"cmp"

	"github.com/errkb/errkb/classify/packed"
)

// Classify decides what a reply means: it reads the reply with [Catalog.Read], and
// goes through the table of docs/runtime.md row by row. If there was no reply, the
// transport table decides. Success is what a reply form says, never a 4xx or 5xx. Then
// a listed code decides, a code's prefix, the exact status, the status class, and last
// the entry for everything else. What the catalog does not cover fails.
//
// A nil catalog knows nothing. Classify allocates nothing for a listed code in a
// JSON, text or header form, or in XML of the usual kind; an unlisted code costs the copy
// of its text. XML with comments, CDATA, a DOCTYPE or over 47 elements and attributes is
// parsed on the heap.
func (c *Catalog) Classify(r Reply) (d Decision) {
	d.of(c, &r)
	return d
}

// classify decides what a reply means, into a decision that may hold another.
func (c *Catalog) classify(d *Decision, r *Reply) {
	*d = Decision{}
	d.of(c, r)
}

// of makes an empty decision that of a reply.
func (d *Decision) of(c *Catalog, r *Reply) {
	d.Status, d.Operation, d.Entry, d.catalog = r.Status, r.Operation, nothing, c
	d.Reading.Form, d.Reading.Test, d.Reading.Place = -1, -1, -1 // as in noReading, which would be copied
	if c == nil {
		return
	}
	if r.Err != nil {
		d.byFailure(r)
		return
	}
	if len(r.Body) == 0 && !c.has(packed.FactEmpty) {
		d.Reading.Cut = r.Cut
		d.decide()
		if !d.asksMore() {
			d.readDelay(r, nil, nil)
			return
		}
	}
	s := c.startOf(r)
	switch {
	case s.mayBeJSON():
		d.judgeScanned(r, &s)
		return
	case len(s.body) > 0 && s.body[0] == '<':
		d.judgeTree(r, &s)
		return
	}
	var doc document
	d.judge(r, &s, &doc)
}

// judgeScanned decides with a scan for JSON, which lies on the stack. It is long, so that other
// replies do without.
func (d *Decision) judgeScanned(r *Reply, s *start) {
	var places scan
	d.judge(r, s, &document{scan: &places})
}

// judgeTree does the same with a tree for XML.
func (d *Decision) judgeTree(r *Reply, s *start) {
	var room tree
	d.judge(r, s, &document{tree: &room})
}

// judge decides where there is a reply.
func (d *Decision) judge(r *Reply, s *start, doc *document) {
	c, body := d.catalog, s.body
	doc.begin(c, r, s)
	d.Reading.read(c, r, body, doc)
	d.decide()
	if len(d.Entry.Variants()) > 0 || len(c.Overrides) > 0 {
		doc.openAny(c, body, &d.Reading)
		d.vary(doc)
	}
	d.readDelay(r, doc, body)
	if len(c.RequestID)+len(c.Field)+len(c.Secret) > 0 {
		d.note(r, body, doc)
	}
}

// asksMore reports whether more has to be read in a reply than its code, its status and
// its delay.
func (d *Decision) asksMore() bool {
	c := d.catalog
	return len(d.Entry.Variants())+len(c.Overrides)+len(c.RequestID)+len(c.Field)+len(c.Secret) > 0
}

// decide goes through the rows of the table, where there is a reply.
func (d *Decision) decide() {
	d.Code, d.Also = d.Reading.Code, d.Reading.Also
	switch {
	case d.bySuccess():
	case d.byCode():
	case d.byEntry(d.catalog.prefix(d.Reading.prefixed)):
	case d.byEntry(d.catalog.status(d.Status)):
	case d.byEntry(d.catalog.class(d.Status)):
	case d.byUnknown():
	default:
		d.byUnrecognised()
	}
}

// byFailure decides where there was no reply. A cancelled call is never made
// again, whatever the catalog says.
func (d *Decision) byFailure(r *Reply) {
	d.Source, d.Failure = KindTransport, FailureOf(r.Err)
	if entry := d.catalog.transport(d.Failure); entry != nil {
		d.Known = true
		d.take(entry.View())
		if len(entry.Variants) > 0 {
			d.vary(&document{syntax: Header, operation: r.Operation})
		}
	}
	if d.Failure == FailureCanceled {
		d.Action, d.Policy = Fail, nil
	}
	d.Effect = effectOf(r.Err, d.Effect)
}

// bySuccess takes the entry that says what success means here, if there is one.
func (d *Decision) bySuccess() bool {
	r := &d.Reading
	if !r.Success && !d.statusSucceeds() {
		return false
	}
	d.Source, d.Action = KindSuccess, OK
	d.Known = r.Success || r.Code == "" || r.listed > 0
	listed := d.catalog.code(r.listed)
	if listed.isOK(d.Operation) {
		d.take(listed)
	} else if entry := d.catalog.status(d.Status); entry.isOK(d.Operation) {
		d.take(entry.View())
	} else if entry := d.catalog.class(d.Status); entry.isOK(d.Operation) {
		d.take(entry.View())
	}
	if r.Success && d.Entry != listed {
		d.Code = "" // what stands in its place is the result
	}
	return true
}

// statusSucceeds reports whether the status says success: in an API whose forms
// have no sign of it, and for a reply with no code of anything else.
func (d *Decision) statusSucceeds() bool {
	r := &d.Reading
	return d.Status < 400 && !r.Failed && r.prefixed == 0 && (r.listed == 0 || d.catalog.code(r.listed).isOK(d.Operation)) &&
		!d.catalog.has(packed.FactSign) && d.catalog.statusEntry(d.Status).isOK(d.Operation)
}

// saysNothing is the decision about a reply of which too little is there.
func (c *Catalog) saysNothing(r *Reply) Decision {
	d := Decision{Status: r.Status, Operation: r.Operation, Entry: nothing, Reading: noReading, catalog: c}
	d.Reading.Cut = true
	d.byUnrecognised()
	return d
}

// byCode takes the entry of a listed code, as byEntry takes others.
func (d *Decision) byCode() bool {
	if d.Reading.listed == 0 {
		return false
	}
	entry := d.catalog.code(d.Reading.listed)
	if entry.isOK(d.Operation) {
		return false
	}
	d.Source, d.Known = KindCode, true
	d.take(entry)
	return true
}

// byEntry takes an entry for a reply without success, which one whose action is OK
// is not for. The catalog knows what such a reply holds if it has no other code.
func (d *Decision) byEntry(entry *Entry) bool {
	if entry == nil || entry.isOK(d.Operation) {
		return false
	}
	r := &d.Reading
	d.Source = entry.Kind
	d.Known = r.Code == "" || r.listed > 0 || r.prefixed > 0
	d.take(entry.View())
	return true
}

// byUnknown decides about a code that is not listed.
func (d *Decision) byUnknown() bool {
	if d.Code == "" {
		return false
	}
	d.Source = KindUnknown
	d.takeRest(d.catalog.Unknown)
	return true
}

// byUnrecognised decides about a reply that says nothing.
func (d *Decision) byUnrecognised() {
	d.Source = KindUnrecognised
	d.takeRest(d.catalog.Unrecognised)
}

func (d *Decision) takeRest(entry *Entry) {
	if entry != nil && !entry.isOK(d.Operation) {
		d.take(entry.View())
	}
}

// take makes an entry's say the decision, with what differs in the operation.
func (d *Decision) take(entry View) {
	e := entry.entry()
	d.Entry, d.Effect, d.inOperation = entry, e.Effect, false
	d.Action, d.Category, d.Policy, d.Fix = e.Action, e.Category, e.Policy, entry.Fix()
	for i := range e.ByOperation {
		if said := &e.ByOperation[i]; said.Operation == d.Operation {
			d.Action, d.Category, d.Policy, d.Fix = said.Action, said.Category, said.Policy, said.Fix
			d.inOperation = true
			return
		}
	}
}

// in names the operation of a decision that names none, and takes what the entry says there
// where no variant and no override decided.
func (d *Decision) in(operation Operation) {
	if d.Operation != "" || operation == "" {
		return
	}
	d.Operation = operation
	if d.Entry.IsZero() || d.Variant > 0 || d.Override > 0 {
		return
	}
	if _, differs := d.Entry.in(operation); differs {
		effect := d.Effect
		d.take(d.Entry)
		d.Effect = effect // which an error can prove to be none
	}
}

// vary takes the entry's first variant whose tests hold, and then the first override of
// the catalog. Neither changes a success.
func (d *Decision) vary(doc *document) {
	if d.Source == KindSuccess {
		return
	}
	variants := d.Entry.Variants()
	for i := range variants {
		if v := &variants[i]; hold(v.When, doc) {
			d.Action, d.Category, d.Policy, d.Effect, d.Fix = v.Action, v.Category, v.Policy, v.Effect, v.Fix
			d.Variant, d.inOperation = uint16(i+1), false
			break
		}
	}
	for i := range d.catalog.Overrides {
		if o := &d.catalog.Overrides[i]; d.Source != KindTransport && hold(o.When, doc) {
			d.override(o)
			d.Override = uint16(i + 1)
			break
		}
	}
}

// override does what the server says. A stop adds nothing to an entry that stops: what
// that says of the reason and the remedy stays.
func (d *Decision) override(o *Override) {
	if o.leaves(d.Action) {
		d.Category, d.Fix = cmp.Or(d.Category, o.Category), cmp.Or(d.Fix, o.Fix)
		return
	}
	if o.Sets {
		d.Action = o.Action
	}
	if o.Category != "" {
		d.Category = o.Category
	}
	if o.Fix != "" {
		d.Fix = o.Fix
	}
	if o.Policy != nil {
		d.Policy = o.Policy
	}
	if !d.Action.Waits() {
		d.Policy = nil
	}
}
