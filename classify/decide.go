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
		if e := d.decide(); !d.asksMore(e) {
			d.readDelay(e, r, nil, nil)
			return
		}
	}
	s := c.startOf(r)
	switch {
	case s.mayBeJSON():
		d.judgeJSON(r, &s)
		return
	case len(s.body) > 0 && s.body[0] == '<':
		d.judgeTree(r, &s)
		return
	}
	var room scratch
	d.judge(&s, &document{reply: r, scratch: room[:]})
}

// judgeJSON decides with a scan for JSON, which lies on the stack. It is long, so that other
// replies do without. What is not inlined is in nobody else's frame.
//
//go:noinline
func (d *Decision) judgeJSON(r *Reply, s *start) {
	var whole scan
	whole.look(&d.catalog.Plan)
	var room scratch
	d.judge(s, &document{reply: r, scan: &whole, scratch: room[:]})
}

// judgeTree does the same with a tree for XML.
//
//go:noinline
func (d *Decision) judgeTree(r *Reply, s *start) {
	var elements tree
	var room scratch
	d.judge(s, &document{reply: r, tree: &elements, scratch: room[:]})
}

// judge decides where there is a reply.
func (d *Decision) judge(s *start, doc *document) {
	c, r, body := d.catalog, doc.reply, s.body
	doc.begin(c, s)
	d.Reading.read(body, doc)
	e := d.decide()
	if len(e.Variants) > 0 || len(c.Overrides) > 0 {
		doc.openAny(c, body, &d.Reading)
		d.vary(doc)
	}
	d.readDelay(e, r, doc, body)
	if len(c.RequestID)+len(c.Field)+len(c.Secret) > 0 {
		d.note(r, body, doc)
	}
}

// asksMore reports whether more has to be read in a reply than its code, its status and
// its delay, where an entry decides.
func (d *Decision) asksMore(e *Entry) bool {
	c := d.catalog
	return len(e.Variants)+len(c.Overrides)+len(c.RequestID)+len(c.Field)+len(c.Secret) > 0
}

// decide goes through the rows of the table, where there is a reply, and returns the entry
// that decides.
func (d *Decision) decide() *Entry {
	c, r := d.catalog, &d.Reading
	d.Code, d.Also = r.Code, r.Also
	var code View
	listed := (*Entry)(nil)
	if r.listed > 0 {
		code = c.code(r.listed)
		listed = code.entry()
	}
	if r.Success || d.statusSucceeds(listed) {
		return d.bySuccess(code, listed)
	}
	if listed != nil && !listed.isOK(d.Operation) {
		d.Source, d.Known = KindCode, true
		return d.take(code, listed)
	}
	if e := c.prefix(r.prefixed); d.isFor(e) {
		return d.byEntry(e)
	}
	if e := c.status(d.Status); d.isFor(e) {
		return d.byEntry(e)
	}
	if e := c.class(d.Status); d.isFor(e) {
		return d.byEntry(e)
	}
	if d.Code != "" {
		d.Source = KindUnknown
		return d.byRest(c.Unknown)
	}
	d.Source = KindUnrecognised
	return d.byRest(c.Unrecognised)
}

// byFailure decides where there was no reply. A cancelled call is never made
// again, whatever the catalog says.
func (d *Decision) byFailure(r *Reply) {
	d.Source, d.Failure = KindTransport, FailureOf(r.Err)
	if entry := d.catalog.transport(d.Failure); entry != nil {
		d.Known = true
		d.take(entry.View(), entry)
		if len(entry.Variants) > 0 {
			d.vary(&document{syntax: Header, reply: r})
		}
	}
	if d.Failure == FailureCanceled {
		d.Action, d.Policy = Fail, nil
	}
	d.Effect = effectOf(r.Err, d.Effect)
}

// bySuccess takes the entry that says what success means here, if there is one: that of the
// code, of the status or of its class.
func (d *Decision) bySuccess(code View, listed *Entry) *Entry {
	r := &d.Reading
	d.Source, d.Action = KindSuccess, OK
	d.Known = r.Code == "" || r.listed > 0
	if listed.isOK(d.Operation) {
		return d.take(code, listed)
	}
	if e := d.catalog.status(d.Status); e.isOK(d.Operation) {
		return d.take(e.View(), e)
	}
	if e := d.catalog.class(d.Status); e.isOK(d.Operation) {
		return d.take(e.View(), e)
	}
	return &noEntry
}

// statusSucceeds reports whether the status says success: in an API whose forms
// have no sign of it, and for a reply with no code of anything else.
func (d *Decision) statusSucceeds(listed *Entry) bool {
	if d.Status >= 400 || d.catalog.has(packed.FactSign) {
		return false
	}
	r := &d.Reading
	return !r.Failed && r.prefixed == 0 && (listed == nil || listed.isOK(d.Operation)) && d.catalog.statusEntry(d.Status).isOK(d.Operation)
}

// saysNothing is the decision about a reply of which too little is there.
func (c *Catalog) saysNothing(r *Reply) Decision {
	d := Decision{Status: r.Status, Operation: r.Operation, Entry: nothing, Reading: noReading, catalog: c}
	d.Reading.Cut = true
	d.Source = KindUnrecognised
	d.byRest(c.Unrecognised)
	return d
}

// isFor reports whether there is an entry that can be for a reply without success, which one
// whose action is OK is not.
func (d *Decision) isFor(e *Entry) bool { return e != nil && !e.isOK(d.Operation) }

// byEntry takes an entry for a reply without success. The catalog knows what such a reply
// holds if it has no other code.
func (d *Decision) byEntry(e *Entry) *Entry {
	r := &d.Reading
	d.Source = e.Kind
	d.Known = r.Code == "" || r.listed > 0 || r.prefixed > 0
	return d.take(e.View(), e)
}

// byRest takes an entry for all else, if there is one.
func (d *Decision) byRest(e *Entry) *Entry {
	if d.isFor(e) {
		return d.take(e.View(), e)
	}
	return &noEntry
}

// take makes an entry's say the decision, with what differs in the operation.
func (d *Decision) take(entry View, e *Entry) *Entry {
	d.Entry, d.Effect, d.inOperation = entry, e.Effect, false
	d.Action, d.Category, d.Policy, d.Fix = e.Action, e.Category, e.Policy, entry.Fix()
	for i := range e.ByOperation {
		if said := &e.ByOperation[i]; said.Operation == d.Operation {
			d.Action, d.Category, d.Policy, d.Fix = said.Action, said.Category, said.Policy, said.Fix
			d.inOperation = true
			break
		}
	}
	return e
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
		d.take(d.Entry, d.Entry.entry())
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
			d.Variant = uint16(i + 1)
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
