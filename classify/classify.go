package classify

import "bytes"

// Classify decides what a reply means, in this order: no reply at all is looked
// up in the transport table; success is what a reply form says, never a 4xx or
// 5xx; then a listed code, a code's prefix, the exact status, the status class,
// and last the entry for everything else. What the catalog does not cover fails.
//
// A nil catalog knows nothing. Classify allocates nothing for a listed code in a
// JSON, text or header form; an unlisted code costs the copy of its text, and an
// XML document is parsed on the heap.
func (c *Catalog) Classify(r Reply) Decision {
	d := Decision{Status: r.Status, Operation: r.Operation, Entry: &nothing, catalog: c}
	if c == nil {
		return d
	}
	if r.Err != nil {
		d.classifyFailure(FailureOf(r.Err))
		return d
	}
	body := r.body()
	d.cut = len(r.Body) > MaxBody
	d.classifyReply(&r, body)
	if d.Action.Waits() && d.Policy != nil {
		d.ServerDelay, d.delayPlace, d.HasServerDelay = c.serverDelay(&r, body)
	}
	return d
}

// classifyFailure decides where there was no reply. A cancelled call is never
// made again, whatever the catalog says.
func (d *Decision) classifyFailure(f Failure) {
	d.Source, d.Failure = KindTransport, f
	entry := d.catalog.transport(f)
	if entry == nil {
		return
	}
	d.Known = true
	d.take(entry)
	if f == FailureCanceled {
		d.Action, d.Policy = Fail, nil
	}
}

func (d *Decision) classifyReply(r *Reply, body []byte) {
	c := d.catalog
	var doc document // holds the code's text
	var code []byte
	ok := false
	for i := range c.Forms {
		form := &c.Forms[i]
		opens := false
		if doc, opens = form.open(r, body); !opens {
			continue
		}
		read := form.read(c, &doc)
		if !read.ok && read.code == nil {
			continue
		}
		ok = read.ok && r.Status < 400 // an error status overrules the sign of success
		if read.ok && !ok && !c.covers(read.code) {
			// What stands where the code would be may be the result: it counts only
			// if no other form holds a code.
			if code == nil && read.code != nil {
				d.form, d.place, code = i, read.place, bytes.Clone(read.code)
			}
			continue
		}
		d.form, d.place, code = i, read.place, read.code
		break
	}

	var listed, prefixed *Entry
	var spelling string
	if code != nil {
		if listed, spelling = c.listed(code); listed == nil {
			prefixed = c.prefixed(code)
		}
	}
	said := ok // by a form; the result may then stand where the code would be
	if !c.testsOK() && r.Status < 400 && prefixed == nil && (listed == nil || listed.isOK(r.Operation)) {
		ok = c.statusEntry(r.Status).isOK(r.Operation)
	}
	if ok {
		d.succeed(listed)
		d.Known = said || code == nil || listed != nil
	} else {
		d.fail(code, listed, prefixed)
	}
	if code == nil || said && d.Entry != listed {
		return
	}
	if d.Code = spelling; spelling != string(code) {
		d.Code = string(code)
	}
}

// succeed takes the entry that says what success means here, if there is one.
func (d *Decision) succeed(listed *Entry) {
	d.Source, d.Action, d.Known = KindSuccess, OK, true
	for _, entry := range []*Entry{listed, d.catalog.status(d.Status), d.catalog.class(d.Status)} {
		if entry.isOK(d.Operation) {
			d.take(entry)
			break
		}
	}
}

// fail takes the entry that a reply without success falls to. Entries whose
// action is OK are not for it.
func (d *Decision) fail(code []byte, listed, prefixed *Entry) {
	c := d.catalog
	for _, entry := range []*Entry{listed, prefixed, c.status(d.Status), c.class(d.Status)} {
		if entry != nil && !entry.isOK(d.Operation) {
			d.Source = entry.Kind
			d.Known = code == nil || listed != nil || prefixed != nil
			d.take(entry)
			return
		}
	}
	rest := c.Unrecognised
	d.Source = KindUnrecognised
	if code != nil {
		rest, d.Source = c.Unknown, KindUnknown
	}
	if rest != nil && !rest.isOK(d.Operation) {
		d.take(rest)
	}
}

// take makes an entry's say, with the operation's overrides, the decision.
func (d *Decision) take(entry *Entry) {
	said, overridden := entry.in(d.Operation)
	d.Entry, d.overridden = entry, overridden
	d.Action, d.Category, d.Policy, d.Fix = said.Action, said.Category, said.Policy, said.Fix
}
