package say

import (
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Test says what a test of a form asks, such as "/status is 1" or "the header
// Retry-After is there".
func Test(s classify.Syntax, t *classify.Test) Text {
	return testWords{typed: s == classify.JSON}.test(t, false, false)
}

// When says what all of some tests ask of an API's reply, to follow the word if:
// "the message contains “per day” (in any case)". A place that holds the text for
// people in one of the API's forms is the message; without an API it stands as in the
// spec.
func When(a *model.API, tests []classify.Test) Text {
	words := testWords{typed: true}
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
		return testIs(w.place(t.At), formValues(t.Values, w.typed), not)
	case classify.Present:
		return testThere(w.place(t.At), not)
	case classify.Absent:
		return testThere(w.place(t.At), !not)
	case classify.Contains:
		return testContains(w.place(t.At), t.Text, not)
	case classify.BodyContains:
		return testContains(Text{plain("the body")}, t.Text, not)
	case classify.PrefixIs:
		return testStarts(Text{plain("the text")}, t.Prefix, not)
	case classify.HeaderPrefix:
		return testStarts(headerText(t.Header), t.Prefix, not)
	case classify.HeaderPresent:
		return testThere(headerText(t.Header), not)
	case classify.HeaderEquals:
		return testIs(headerText(t.Header), formValues(t.Values, false), not)
	case classify.OperationIs:
		return testIs(Text{plain("the operation")}, wires(t.Operations, func(o classify.Operation) string { return string(o) }), not)
	}
	return testIs(Text{plain("the status")}, wires(t.Status, statusText), not)
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
	last := ", or "
	if all {
		last = ", and "
	}
	text := join(texts, last)
	if inside {
		text = append(append(Text{plain("(")}, text...), plain(")"))
	}
	return text
}

func (w testWords) place(at classify.Path) Text {
	if slices.ContainsFunc(w.messages, func(m classify.Path) bool { return slices.Equal(m, at) }) {
		return Text{plain("the message")}
	}
	return Text{wire(pointer(at))}
}

func headerText(name string) Text { return Text{plain("the header "), wire(name)} }

func testThere(what Text, not bool) Text {
	if not {
		return append(what, plain(" is not there"))
	}
	return append(what, plain(" is there"))
}

func testIs(what Text, values []Text, not bool) Text {
	switch {
	case !not:
		return append(append(what, plain(" is ")), join(values, " or ")...)
	case len(values) == 1:
		return append(append(what, plain(" is not ")), values[0]...)
	}
	return append(append(what, plain(" is neither ")), join(values, " nor ")...)
}

func testStarts(what Text, prefixes []string, not bool) Text {
	starts := wires(prefixes, func(prefix string) string { return prefix })
	if not {
		return append(append(what, plain(" does not start with ")), join(starts, " or ")...)
	}
	return append(append(what, plain(" starts with ")), join(starts, " or ")...)
}

func testContains(what Text, part string, not bool) Text {
	verb := " contains “"
	if not {
		verb = " does not contain “"
	}
	return append(what, plain(verb), wire(part), plain("” (in any case)"))
}

// wires quotes values from the wire.
func wires[T any](values []T, text func(T) string) []Text {
	texts := make([]Text, len(values))
	for i, value := range values {
		texts[i] = Text{wire(text(value))}
	}
	return texts
}
