package check

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// examples resolves the examples of an entry or of one of its variants. One that does
// not give a status has the entry's.
func (a *apiChecker) examples(list *format.List[format.Example], e *entry) []model.Example {
	var all []model.Example
	for i := range list.Value {
		v := &list.Value[i].Value
		x := model.Example{Status: v.Status.Value, Body: v.Body.Value}
		if v.Operation.Good() && a.isOperation(v.Operation.Value, v.Operation.Place) {
			x.Operation = v.Operation.Value
		}
		if !v.Status.Written() {
			x.Status = ownStatus(e)
		}
		for pair := range v.Headers.Value.Good() {
			a.headerName(pair.Name, pair.Key)
			x.Headers = append(x.Headers, model.Header{Name: pair.Name, Value: strings.TrimSpace(pair.Value)})
		}
		all = append(all, x)
	}
	a.oddExamples(all, list)
	return all
}

// ownStatus is the first status that an entry comes with, or 0.
func ownStatus(e *entry) int {
	if e.made.Kind == classify.KindStatus {
		status, _ := strconv.Atoi(e.made.Code)
		return status
	}
	if statuses := e.Value.Status.Value; len(statuses) > 0 {
		return statuses[0].Value
	}
	return 0
}

// runExamples classifies every example and reports those that do not come out
// at the entry and the variant they stand in.
func (a *apiChecker) runExamples() {
	run := exampleRun{a, a.made.Table(), make(map[string]*entry)}
	for _, e := range a.entries {
		run.entries[entryName(e.made)] = e
	}
	for _, e := range a.entries {
		if e.vague() || isCode(e.made) && a.readsNoCode() {
			continue
		}
		run.all(e, 0, e.made.Examples, &e.Value.Examples)
		for i := range e.made.Variants {
			if !e.vagueVariants[i] {
				run.all(e, i+1, e.made.Variants[i].Examples, &e.Value.Variants.Value[i].Value.Examples)
			}
		}
	}
}

// exampleRun runs the examples of an API.
type exampleRun struct {
	*apiChecker
	table   *classify.Catalog
	entries map[string]*entry // by their names in problems
}

// all runs the examples that are to come out at one variant of an entry, or at none.
func (r *exampleRun) all(e *entry, variant int, examples []model.Example, list *format.List[format.Example]) {
	for i, x := range examples {
		at := &list.Value[i]
		if e.made.Kind == classify.KindTransport {
			r.Errorf(at.Place, "example-mismatch", "a failure to get a reply has no example").Hint = "remove it"
			continue
		}
		if x.Operation != "" && !slices.Contains(e.made.Operations, x.Operation) && e.Value.Operations.Sound() {
			r.Errorf(at.Value.Operation.Place, "example-mismatch", "the example is of %s, where the entry does not occur", diag.Quote(x.Operation)).
				Hint = "add it to the entry's operations"
		}
		if len(e.made.Statuses) > 0 && !slices.Contains(e.made.Statuses, x.Status) && at.Value.Status.Good() {
			r.Warnf(at.Value.Status.Place, "example-status", "the example has status %d, which %s does not list", x.Status, entryName(e.made)).
				Hint = "correct it, or add it to the code's status"
		}
		d := r.table.Classify(x.Reply())
		got := describe(d.Entry.Kind(), d.Entry.Code())
		if got == entryName(e.made) && int(d.Variant) == variant || r.isVague(got) || !at.Sound() || r.leftOut(d.Code) {
			continue
		}
		p := r.Errorf(at.Place, "example-mismatch", "the example classifies to %s, not to %s", outcome(d)+variantName(int(d.Variant)), entryName(e.made)+variantName(variant))
		p.Hint = d.Why()[0]
	}
}

// oddExamples warns of examples that are there twice, and of those whose body is a JSON object
// or array that does not end or has a slip in it: they can come out at their entry all the same,
// by the status.
func (a *apiChecker) oddExamples(examples []model.Example, list *format.List[format.Example]) {
	for i, x := range examples {
		at := &list.Value[i]
		twin := slices.IndexFunc(examples[:i], func(y model.Example) bool {
			return x.Operation == y.Operation && x.Status == y.Status && x.Body == y.Body && slices.Equal(x.Headers, y.Headers)
		})
		if twin >= 0 && at.Sound() {
			p := a.Warnf(at.Place, "duplicate-example", "the same example is here twice")
			p.Hint = "remove one of them"
			p.Relate(list.Value[twin].Place, "first here")
		} else if fault := jsonFault(x.Body); fault != "" && a.readsJSON() && !a.startsAsText(x.Body) {
			a.Warnf(at.Value.Body.Place, "broken-example", "the body starts like JSON, and is none: %s", fault).
				Hint = "write it as it comes over the wire"
		}
	}
}

// readsJSON reports whether a form of the API reads JSON that is in nothing else.
func (a *apiChecker) readsJSON() bool {
	return slices.ContainsFunc(a.made.Forms, func(f classify.Form) bool { return f.Syntax == classify.JSON && f.In == classify.InBody })
}

// startsAsText reports whether a body starts with what a code in plain text follows.
func (a *apiChecker) startsAsText(body string) bool {
	body = strings.TrimSpace(body)
	return slices.ContainsFunc(a.made.Forms, func(f classify.Form) bool {
		return f.Syntax == classify.Text && slices.ContainsFunc(f.Code, func(place classify.Path) bool {
			return place[0] != "" && strings.HasPrefix(body, place[0])
		})
	})
}

// jsonFault says what is wrong with a body that starts like JSON; it is empty if nothing is.
// There may be several values in it, as in a stream.
func jsonFault(body string) string {
	if text := strings.TrimLeft(body, " \t\r\n"); text == "" || text[0] != '{' && text[0] != '[' {
		return ""
	}
	decoder := json.NewDecoder(strings.NewReader(body))
	for {
		var value json.RawMessage
		err := decoder.Decode(&value)
		slip, isSlip := errors.AsType[*json.SyntaxError](err)
		switch {
		case errors.Is(err, io.EOF):
			return ""
		case isSlip && slip.Offset > 0 && int(slip.Offset) <= len(body):
			before := strings.ToValidUTF8(body[:slip.Offset], "")
			return "character " + strconv.Itoa(utf8.RuneCountInString(before)) + " does not belong there"
		case err != nil:
			return "it does not end"
		}
	}
}

// isVague reports whether what an entry says is not settled, for a reason that is
// reported.
func (r *exampleRun) isVague(name string) bool {
	e := r.entries[name]
	return e != nil && (e.vague() || slices.Contains(e.vagueVariants, true))
}

func variantName(variant int) string {
	if variant == 0 {
		return ""
	}
	return ", variant " + strconv.Itoa(variant)
}

// leftOut reports whether a code is in the file, and not in the table because of
// a problem that is reported.
func (a *apiChecker) leftOut(code string) bool {
	return code != "" && a.codes[a.fold(code)] == nil && format.MayHave(&a.written.Value.Codes, code)
}

func outcome(d classify.Decision) string {
	switch {
	case d.Entry.Kind() == classify.KindNone && d.Source == classify.KindSuccess:
		return "success without an entry"
	case d.Entry.Kind() == classify.KindNone:
		return "nothing (" + d.Source.String() + ")"
	}
	return describe(d.Entry.Kind(), d.Entry.Code())
}

func entryName(e *model.Entry) string { return describe(e.Kind, e.Code) }

func describe(kind classify.Kind, code string) string {
	switch kind {
	case classify.KindUnknown, classify.KindUnrecognised:
		return code
	case classify.KindStatusClass:
		return "status class " + code
	case classify.KindStatus:
		return "status " + code
	}
	return kind.String() + " " + diag.Quote(code)
}
