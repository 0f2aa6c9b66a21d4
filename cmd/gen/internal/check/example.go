package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// examples resolves an entry's examples. One that does not give a status has the
// entry's.
func (a *apiChecker) examples(e *model.Entry, n *syntax.Node) {
	for _, item := range a.items(n, "examples") {
		x := model.Example{Body: a.rawString(item, "body")}
		if at := a.get(item, "operation"); at != nil {
			x.Operation, _ = a.operationRef(at)
		}
		x.Status, _ = parseStatus(a.string(item, "status"))
		if item.Get("status") == nil {
			x.Status = ownStatus(e, a.items(n, "status"))
		}
		for _, pair := range a.pairs(item, "headers") {
			x.Headers = append(x.Headers, model.Header{Name: a.headerName(pair.Key), Value: strings.TrimSpace(pair.Value.Text)})
		}
		e.Examples = append(e.Examples, x)
	}
}

// ownStatus is the first status that an entry comes with, or 0.
func ownStatus(e *model.Entry, statuses []*syntax.Node) int {
	if e.Kind == classify.KindStatus {
		status, _ := parseStatus(e.Code)
		return status
	}
	if len(statuses) == 0 {
		return 0
	}
	status, _ := parseStatus(statuses[0].Text)
	return status
}

// runExamples classifies every example and reports those that do not come out
// at the entry they stand in.
func (a *apiChecker) runExamples() {
	table := a.made.Table()
	vague := make(map[string]bool)
	for _, e := range a.made.Entries() {
		vague[entryName(e)] = a.vague[e]
	}
	for _, e := range a.made.Entries() {
		if a.vague[e] || isCode(e) && a.readsNoCode() {
			continue
		}
		nodes := a.items(a.written[e].Value, "examples")
		for i, x := range e.Examples {
			if e.Kind == classify.KindTransport {
				a.errorf(nodes[i].Place, "example-mismatch", "an example of no reply").Hint = "remove it"
				continue
			}
			if x.Operation != "" && !slices.Contains(e.Operations, x.Operation) && a.sound(a.written[e].Value.Get("operations")) {
				a.errorf(a.get(nodes[i], "operation").Place, "example-mismatch", "an example of %s, where the entry does not occur", diag.Quote(x.Operation)).
					Hint = "add it to the entry's operations"
			}
			d := table.Classify(x.Reply())
			got := describe(d.Entry.Kind, d.Entry.Code)
			if got == entryName(e) || vague[got] || !a.sound(nodes[i]) || a.leftOut(d.Code) {
				continue
			}
			p := a.errorf(nodes[i].Place, "example-mismatch", "the example classifies to %s, not to %s", outcome(d), entryName(e))
			p.Hint = d.Why()[0]
		}
	}
}

// leftOut reports whether a code is in the file, and not in the table because of
// a problem that is reported.
func (a *apiChecker) leftOut(code string) bool {
	return code != "" && a.codes[a.fold(code)] == nil && a.mayHave(a.node, "codes", code)
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
