package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// examples resolves an entry's examples. One that does not give a status has the
// entry's.
func (a *apiChecker) examples(e *entry) {
	for i := range e.Value.Examples.Value {
		v := &e.Value.Examples.Value[i].Value
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
		e.made.Examples = append(e.made.Examples, x)
	}
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
// at the entry they stand in.
func (a *apiChecker) runExamples() {
	table := a.made.Table()
	vague := make(map[string]bool)
	for _, e := range a.entries {
		vague[entryName(e.made)] = e.vague()
	}
	for _, e := range a.entries {
		if e.vague() || isCode(e.made) && a.readsNoCode() {
			continue
		}
		for i, x := range e.made.Examples {
			at := &e.Value.Examples.Value[i]
			if e.made.Kind == classify.KindTransport {
				a.Errorf(at.Place, "example-mismatch", "a failure to get a reply has no example").Hint = "remove it"
				continue
			}
			if x.Operation != "" && !slices.Contains(e.made.Operations, x.Operation) && e.Value.Operations.Sound() {
				a.Errorf(at.Value.Operation.Place, "example-mismatch", "the example is of %s, where the entry does not occur", diag.Quote(x.Operation)).
					Hint = "add it to the entry's operations"
			}
			d := table.Classify(x.Reply())
			got := describe(d.Entry.Kind, d.Entry.Code)
			if got == entryName(e.made) || vague[got] || !at.Sound() || a.leftOut(d.Code) {
				continue
			}
			p := a.Errorf(at.Place, "example-mismatch", "the example classifies to %s, not to %s", outcome(d), entryName(e.made))
			p.Hint = d.Why()[0]
		}
	}
}

// leftOut reports whether a code is in the file, and not in the table because of
// a problem that is reported.
func (a *apiChecker) leftOut(code string) bool {
	return code != "" && a.codes[a.fold(code)] == nil && format.MayHave(&a.written.Value.Codes, code)
}

func outcome(d classify.Decision) string {
	switch {
	case d.Entry.Kind == classify.KindNone && d.Source == classify.KindSuccess:
		return "success without an entry"
	case d.Entry.Kind == classify.KindNone:
		return "nothing (" + d.Source.String() + ")"
	}
	return describe(d.Entry.Kind, d.Entry.Code)
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
