package check

import (
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// unlisted is a text that no catalog lists.
const unlisted = "zq.unlisted.zq"

// trial tries made-up replies on an API, to find what it hides.
type trial struct {
	*apiChecker
	table *classify.Catalog
	ok    [][]format.Field[format.Test] // the signs of success as written, by form
}

// trials tries replies that nobody wrote down: one of each code without an example, and
// replies that must not pass for success.
func (a *apiChecker) trials() {
	t := trial{apiChecker: a, table: a.made.Table()}
	for i := range a.written.Value.Reply.Value {
		for _, f := range a.formsOf(&a.written.Value.Reply.Value[i].Value) {
			t.ok = append(t.ok, f.ok.Value)
		}
	}
	for _, e := range a.entries {
		switch {
		case e.vague() || e.action == classify.OK:
		case e.made.Kind == classify.KindCode:
			t.code(e)
		case e.made.Kind == classify.KindStatus || e.made.Kind == classify.KindStatusClass:
			t.status(e)
		}
	}
	t.silence()
}

// code reports a code that no reply leads to, of those that hold nothing but the code.
func (t *trial) code(e *entry) {
	code := e.made.Code
	if len(e.made.Examples) > 0 || t.readsNoCode() || t.unreadable(code, e.made.Kind) != "" {
		return
	}
	var first *classify.Decision
	for i := range t.made.Forms {
		form := &t.made.Forms[i]
		for _, place := range form.Code {
			x, ok := model.Probe(form, place, code)
			if !ok {
				continue
			}
			d := t.classify(x, e.made)
			if d.Entry.Code() == code && d.Entry.Kind() == e.made.Kind {
				return
			}
			if first == nil {
				first = &d
			}
		}
	}
	if first != nil {
		t.Errorf(e.Key, "dead-entry", "%s can never be reached: a reply that holds it classifies to %s", diag.Quote(code), outcome(*first)).
			Hint = first.Why()[0]
	}
}

// classify classifies a reply with an entry's own status, in its own operation.
func (t *trial) classify(x model.Example, e *model.Entry) classify.Decision {
	if len(e.Statuses) > 0 {
		x.Status = e.Statuses[0]
	}
	if len(e.Operations) > 0 {
		x.Operation = e.Operations[0]
	}
	return t.table.Classify(x.Reply())
}

// status reports a status or a class that a sign of success hides: from all replies, or
// from all that are documents of a form. One with an example is reached by that.
func (t *trial) status(e *entry) {
	if e.made.Code >= "4" || len(e.made.Examples) > 0 || t.saysFailure() {
		return
	}
	status, _ := format.ParseStatusKey(e.made.Code)
	for i := range t.made.Forms {
		form := &t.made.Forms[i]
		j := slices.IndexFunc(form.OK, func(test classify.Test) bool { return isStatusAlone(&test, status) })
		isDocument := form.Syntax == classify.JSON || form.Syntax == classify.XML
		if j < 0 || i >= len(t.ok) || j >= len(t.ok[i]) || isDocument && slices.Contains(withoutBody, status) {
			continue
		}
		report, reached, all := t.Errorf, "can never be reached", "every reply"
		if isDocument {
			report, reached, all = t.Warnf, "is reached by no "+form.Syntax.String()+" document", "all of them"
		}
		p := report(e.Key, "dead-entry", "%s %s: the %s form takes %s with this status for a success", diag.Quote(e.made.Code), reached, form.Syntax, all)
		p.Hint = "say success by status alone: write no ok"
		p.Relate(t.ok[i][j].Place, "the sign of success")
		return
	}
}

// saysFailure reports whether any form has a sign of failure.
func (t *trial) saysFailure() bool {
	return slices.ContainsFunc(t.made.Forms, func(f classify.Form) bool { return len(f.Fail) > 0 })
}

// withoutBody are the statuses whose replies have no body (RFC 9110 section 6.4.1).
var withoutBody = []int{1, 204, 205, 304}

// isStatusAlone reports whether a test holds for every reply with a status or class.
func isStatusAlone(test *classify.Test, status int) bool {
	part := func(one classify.Test) bool { return isStatusAlone(&one, status) }
	switch test.Kind {
	case classify.StatusIs:
		return slices.Contains(test.Status, status) || slices.Contains(test.Status, status/100)
	case classify.Any:
		return slices.ContainsFunc(test.Tests, part)
	case classify.All:
		return !slices.ContainsFunc(test.Tests, func(one classify.Test) bool { return !part(one) })
	}
	return false
}

// silence warns of signs of success that hold where the reply holds a code that is not
// listed, or nothing that is known. That there is no error is taken for known.
func (t *trial) silence() {
	warned := make(map[[2]int16]bool)
	for i := range t.made.Forms {
		form := &t.made.Forms[i]
		for _, place := range form.Code {
			x, ok := model.Probe(form, place, unlisted)
			if at, passes := t.passes(x); ok && passes && !warned[at] {
				warned[at] = true
				t.Warnf(t.ok[at[0]][at[1]].Place, "silent-success", "a code that is not listed would count as success under status 200, %s", placeText(form.Syntax, place)).
					Hint = failHint(form.Syntax, place)
			}
		}
		if form.Syntax != classify.JSON || t.saysFailure() {
			continue
		}
		at, passes := t.passes(model.Example{Body: `{"` + unlisted + `": 1}`})
		if passes && !warned[at] && isStatusAlone(&t.made.Forms[at[0]].OK[at[1]], 200) {
			warned[at] = true
			t.Warnf(t.ok[at[0]][at[1]].Place, "silent-success", "any JSON document would count as success under status 200").
				Hint = "ok: a sign that is there on success only; or say success by status alone: write no ok"
		}
	}
}

// passes reports whether a reply with status 200 counts as success by a test, although
// it holds no listed code, and by which: the form and the test in it.
func (t *trial) passes(x model.Example) (at [2]int16, passes bool) {
	x.Status = 200
	for _, operation := range append([]string{""}, t.operationNames()...) {
		x.Operation = operation
		r := t.table.Read(x.Reply())
		if r.Success && r.Code == "" && int(r.Form) < len(t.ok) && int(r.Test) < len(t.ok[r.Form]) {
			return [2]int16{r.Form, r.Test}, true
		}
	}
	return at, false
}

// failHint says how to keep a reply with a code at a place from passing.
func failHint(s classify.Syntax, place classify.Path) string {
	test := "{present: " + place.String() + "}"
	switch {
	case s == classify.Text && place[0] == "":
		return "ok: a sign that is there on success only"
	case s == classify.Text:
		test = "{prefix: " + diag.Quote(place[0]) + "}"
	case s == classify.Header:
		test = "{header: " + place[0] + "}"
	}
	return "fail: " + test + " in the " + s.String() + " form"
}

// placeText names a place of a code.
func placeText(s classify.Syntax, place classify.Path) string {
	switch {
	case s == classify.Header:
		return "in the header " + place[0]
	case s == classify.Text && place[0] == "":
		return "as the whole text"
	case s == classify.Text:
		return "after " + diag.Quote(place[0])
	}
	return "at " + place.String()
}
