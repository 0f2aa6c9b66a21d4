package say

import (
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Test says what a test of a form asks, such as "/status is 1" or "the header
// Retry-After is there". It is a clause as it follows the word if.
func (l *Language) Test(s classify.Syntax, t *classify.Test) Text {
	return testWords{l: l, typed: s == classify.JSON}.test(t, false, false)
}

// When says what all of some tests ask of an API's reply, to follow the word if:
// "the message contains “per day” (in any case)". A place that holds the text for
// people in one of the API's forms is the message; without an API it stands as in the
// spec.
func (l *Language) When(a *model.API, tests []classify.Test) Text {
	words := testWords{l: l, api: a, typed: true}
	if a != nil {
		words.typed = !readsOnly(a, classify.XML)
		for i := range a.Forms {
			words.messages = append(words.messages, a.Forms[i].Message...)
		}
	}
	return words.combined(tests, true, false, false)
}

// readsOnly reports whether all of an API's documents are of one syntax.
func readsOnly(a *model.API, s classify.Syntax) bool {
	reads := false
	for i := range a.Forms {
		switch a.Forms[i].Syntax {
		case s:
			reads = true
		case classify.JSON, classify.XML:
			return false
		}
	}
	return reads
}

// testWords puts tests into words.
type testWords struct {
	l        *Language
	api      *model.API      // nil where it is not known
	typed    bool            // values are written as in JSON
	messages []classify.Path // places that are called the message
}

// test says what a test asks, or its contrary. One that combines others is in
// parentheses where it is inside another.
func (w testWords) test(t *classify.Test, not, inside bool) Text {
	switch t.Kind {
	case classify.Not:
		return w.combined(t.Tests, true, !not, inside)
	case classify.All, classify.Any:
		return w.combined(t.Tests, (t.Kind == classify.All) != not, not, inside)
	case classify.Equals:
		return w.l.testIs(w.place(t.At), w.l.formValues(t.Values, w.typed), not)
	case classify.Present:
		return w.l.testThere(w.place(t.At), not)
	case classify.Absent:
		return w.l.testThere(w.place(t.At), !not)
	case classify.Contains:
		return w.l.testContains(w.place(t.At), t.Text, not)
	case classify.BodyContains:
		return w.l.testContains(w.l.Text("the body"), t.Text, not)
	case classify.PrefixIs:
		return w.l.testStarts(w.l.Text("the text"), t.Prefix, not)
	case classify.HeaderPrefix:
		return w.l.testStarts(w.l.headerText(t.Header), t.Prefix, not)
	case classify.HeaderPresent:
		return w.l.testThere(w.l.headerText(t.Header), not)
	case classify.HeaderEquals:
		return w.l.testIs(w.l.headerText(t.Header), w.l.formValues(t.Values, false), not)
	case classify.OperationIs:
		return w.l.testIs(w.l.Text("the operation|that a call makes"), w.operations(t.Operations), not)
	}
	return w.l.testIs(w.l.Text("the status"), wires(t.Status, statusText), not)
}

// combined says that all of some tests hold, or any; or the contrary of each.
func (w testWords) combined(tests []classify.Test, all, not, inside bool) Text {
	if len(tests) == 1 {
		return w.test(&tests[0], not, inside)
	}
	texts := make([]Text, len(tests))
	for i := range tests {
		texts[i] = w.test(&tests[i], not, true)
	}
	last := orClause
	if all {
		last = "%s, and %s|list of clauses, such as the status is 403"
	}
	text := w.l.textList(texts, comma, last)
	if inside {
		return w.l.Text("(%s)|clauses", text)
	}
	return text
}

// orClause joins clauses, the last with "or".
const orClause Message = "%s, or %s|list of clauses, such as the status is 403"

func (w testWords) operations(all []classify.Operation) []Text {
	name := func(o classify.Operation) string { return string(o) }
	if w.api == nil {
		return wires(all, name)
	}
	texts := make([]Text, len(all))
	for i, o := range all {
		texts[i] = w.l.Operation(w.api, name(o))
	}
	return texts
}

func (w testWords) place(at classify.Path) Text {
	if slices.ContainsFunc(w.messages, func(m classify.Path) bool { return slices.Equal(m, at) }) {
		return w.l.Text("the message|of an answer, for people")
	}
	return Text{wire(pointer(at))}
}

func (l *Language) headerText(name string) Text { return l.Text("the header %s", wire(name)) }

func (l *Language) testThere(what Text, not bool) Text {
	if not {
		return l.Text("%s is not there|clause after if", what)
	}
	return l.Text("%s is there|clause after if", what)
}

func (l *Language) testIs(what Text, values []Text, not bool) Text {
	switch {
	case !not:
		return l.Text("%s is %s|clause after if", what, l.or(values))
	case len(values) == 1:
		return l.Text("%s is not %s|clause after if", what, values[0])
	}
	return l.Text("%s is neither %s|clause after if", what, l.textList(values, comma, "%s nor %s|list after neither"))
}

func (l *Language) testStarts(what Text, prefixes []string, not bool) Text {
	starts := l.or(wires(prefixes, func(prefix string) string { return prefix }))
	if not {
		return l.Text("%s does not start with %s|clause after if", what, starts)
	}
	return l.Text("%s starts with %s|clause after if", what, starts)
}

func (l *Language) testContains(what Text, part string, not bool) Text {
	if not {
		return l.Text("%s does not contain “%s” (in any case)|clause after if", what, wire(part))
	}
	return l.Text("%s contains “%s” (in any case)|clause after if", what, wire(part))
}

// wires quotes values from the wire.
func wires[T any](values []T, text func(T) string) []Text {
	texts := make([]Text, len(values))
	for i, value := range values {
		texts[i] = Text{wire(text(value))}
	}
	return texts
}
