package classify

// Reading is what a reply says, before the catalog is asked what that means: the
// evidence of a [Decision]. Readings are plain values and can be compared.
type Reading struct {
	// Form is the form of the catalog that was taken: the one in which the reply says
	// success or holds the code. It is -1 where there is none.
	Form int16

	// Test is the sign of success that holds, among the form's OK, and -1 for none:
	// the first that is not weak, if one such holds.
	Test int16

	// Place is where the code stands, among the form's Code, and -1 where there is none.
	Place int16

	// Success is whether a sign of success holds, under a status below 400.
	Success bool

	// Weak is whether all that says success is weak: something that is absent, the status,
	// or a header field that is merely there.
	Weak bool

	// Failed is whether a form's sign of failure holds.
	Failed bool

	// Denied is whether a place that tells success holds another value, in a form
	// that was looked into: the reply is the API's, and not a success.
	Denied bool

	// Cut is whether the body goes on after what was looked at.
	Cut bool

	pending bool // what is missing of the body may say success

	// Code is the code as on the wire, and "" for none. After a sign of success only a
	// listed code counts: what else stands there may be the result.
	Code string

	// Also is a code at an earlier place that the catalog does not list, where it lists
	// another one: a finer code that is new to it. It is "" for none.
	Also string

	listed, prefixed int32 // the code's number, or the position of its prefix from 1; 0 for none
}

// noReading is that of a reply that says nothing, or of no reply.
var noReading = Reading{Form: -1, Test: -1, Place: -1}

// Read returns what a reply says. It allocates as [Catalog.Classify] does. What
// did not come, and a nil catalog, say nothing.
func (c *Catalog) Read(r Reply) Reading {
	out := noReading
	if c != nil && r.Err == nil {
		s := c.startOf(&r)
		var whole scan
		whole.look(&c.Plan)
		var room scratch
		doc := document{reply: &r, scan: &whole, scratch: room[:]}
		doc.begin(c, &s)
		out.read(s.body, &doc)
		if len(c.Secret) > 0 && (out.Code != "" || out.Also != "") {
			out.hide(c.secretsOf(&r, s.body, &doc))
		}
	}
	return out
}

// read looks into the forms in order. It takes the first that says success or holds a
// listed code, and else of all codes the one that the catalog knows best. Success that
// only shows by weak signs has to wait until all forms are looked into.
func (out *Reading) read(body []byte, doc *document) {
	c, r := doc.catalog, doc.reply
	out.Cut = doc.start
	var best found
	maybe, maybeForm := sign{test: -1}, -1 // of success, by weak signs alone
	var all signs
	for i := range c.Forms {
		form := &c.Forms[i]
		if !form.mayHold(body) || !doc.open(form, body) {
			continue
		}
		shown := sign{test: -1}
		if len(form.OK)+len(form.Fail) > 0 {
			shown = form.sign(doc)
		}
		all |= shown.signs
		out.Denied, out.Failed = all&denied != 0, all&failed != 0
		succeeds := shown.held != notHeld && r.Status < 400 && best.rank < rankUnlisted
		pending := out.pending
		if doc.cut && r.Status < 400 {
			succeeds = succeeds && (shown.held == strong || isPlain(body)) && form.Syntax >= Text && !pending
			out.pending = pending || len(body) > 0 && !succeeds && (shown.signs&maySucceed != 0 || shown.held != notHeld)
		}
		code := found{place: -1}
		if len(body) > 0 || form.Syntax == Header { // an empty text holds no code
			form.code(doc, leastRank(succeeds, shown.held), &code, &out.Also)
		}
		if code.rank == rankNone && !succeeds {
			continue // as nothing below would take it
		}
		if code.rank == rankListed {
			listed := c.code(code.listed).entry()
			if succeeds && !listed.isIn(r.Operation) {
				code = found{place: -1} // which does not come in this operation: it is the result
			} else if isOK := listed.isOK(r.Operation); doc.start && (pending || doc.cut && isOK) {
				continue // what is missing may say otherwise
			} else if !succeeds || !isOK {
				out.takeCode(i, shown.test, &code, &best)
				return
			}
		}
		switch {
		case succeeds && (shown.held == strong || code.rank == rankListed):
			out.takeSuccess(i, shown, &code)
			return
		case succeeds && code.rank < rankPrefixed:
			if maybeForm < 0 {
				maybe, maybeForm = shown, i
			}
			continue
		case shown.held != notHeld && r.Status >= 400 && code.rank == rankUnlisted:
			// An error status overrules the sign of success. What then stands where the
			// code would be may be the result: it counts only if no form holds a code.
			code.rank = rankDoubtful
		}
		if code.rank > best.rank {
			out.takeCode(i, shown.test, &code, &best)
			best = code
		}
	}
	if maybeForm >= 0 && all&(failed|mayFail) == 0 && best.rank < rankPrefixed {
		out.takeSuccess(maybeForm, maybe, &found{place: -1})
		return
	}
	if out.pending {
		out.withoutCode()
	}
}

// withoutCode drops a code that is not listed: where success may follow, it may be the
// result.
func (out *Reading) withoutCode() {
	out.Form, out.Test, out.Place = -1, -1, -1
	out.Code, out.Also, out.listed, out.prefixed = "", "", 0, 0
}

// leastRank is the lowest rank of a code that counts beside a sign of success: what else
// stands there may be the result.
func leastRank(succeeds bool, held strength) rank {
	switch {
	case !succeeds:
		return rankUnlisted
	case held == weak:
		return rankPrefixed
	}
	return rankListed
}

// takeCode makes a code the reading's, in place of the one that was the best so far.
func (out *Reading) takeCode(form, test int, code, best *found) {
	if best.rank == rankUnlisted && out.Also == "" {
		out.Also = best.text
	}
	out.Form, out.Test, out.Place = int16(form), int16(test), code.place
	out.Code, out.listed, out.prefixed = code.text, code.listed, code.prefixed
}

// takeSuccess makes a sign of success the reading's, with the code beside it if that is
// listed: what else stands there may be the result.
func (out *Reading) takeSuccess(form int, shown sign, code *found) {
	out.Form, out.Test, out.Place = int16(form), int16(shown.test), -1
	out.Success, out.Weak = true, shown.held == weak
	out.Code, out.Also, out.listed, out.prefixed = "", "", 0, 0
	if code.rank == rankListed {
		out.Code, out.Place, out.listed = code.text, code.place, code.listed
	}
}

// sign is what a form's tests say of success.
type sign struct {
	test  int      // the one that holds, or -1
	held  strength // how much it says
	signs signs
}

// signs is a set of what else the tests may say.
type signs uint8

const (
	failed     signs = 1 << iota // a sign of failure holds
	denied                       // a place that tells success holds another value
	maySucceed                   // what is missing of the document may say success
	mayFail                      // what is missing of the document may say failure
)

// sign tries the tests of failure, and then those of success, until one says it for
// certain.
func (f *Form) sign(d *document) sign {
	out := sign{test: -1}
	for i := range f.Fail {
		if d.cut && f.Fail[i].mayChange(d) {
			out.signs |= mayFail
			continue
		}
		if held, _ := f.Fail[i].holds(d); held != notHeld {
			out.signs |= failed
			return out
		}
	}
	for i := range f.OK {
		if d.cut && f.OK[i].mayChange(d) {
			out.signs |= maySucceed
			continue
		}
		held, other := f.OK[i].holds(d)
		if other {
			out.signs |= denied
		}
		if held > out.held {
			out.test, out.held = i, held
		}
		if held == strong {
			break
		}
	}
	if out.signs&mayFail != 0 && out.held != notHeld {
		out.held, out.signs = notHeld, out.signs|maySucceed
	}
	return out
}
