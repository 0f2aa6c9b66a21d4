package sql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
)

// view is a reply as tests see it: the columns of what stands at places, and the text of
// the document.
type view struct {
	at   func(place classify.Path) string // a value or a list of values, as JSON
	text string
}

// ofNothing is the view of a document whose places hold nothing that can be compared.
func ofNothing(text string) view {
	return view{at: func(classify.Path) string { return "NULL" }, text: text}
}

func (d *document) view() view { return view{at: d.column, text: d.text} }

// each is a condition on what stands at a place: on its value, or on any of its values. The
// condition is written about v.
func (v view) each(place classify.Path, condition func(value string) string) string {
	column := v.at(place)
	switch {
	case column == "NULL":
		return "FALSE"
	case isPlain(place):
		return "coalesce(" + condition(column) + ", FALSE)"
	}
	return fmt.Sprintf("coalesce(len(list_filter(%s, lambda v: %s)) > 0, FALSE)", column, condition("v"))
}

// holds is the condition that a test holds.
func (q *query) holds(t *classify.Test, v view) string {
	switch t.Kind {
	case classify.Equals:
		return v.each(t.At, func(value string) string { return q.equals(t.Values, value) })
	case classify.Present:
		return v.each(t.At, func(value string) string { return value + " IS NOT NULL" })
	case classify.Absent:
		return not(v.each(t.At, func(value string) string { return value + " IS NOT NULL" }))
	case classify.Contains:
		return v.each(t.At, func(value string) string { return contains("errkb_text("+value+")", t.Text) })
	case classify.PrefixIs:
		return startsWith(v.text, t.Prefix)
	case classify.BodyContains:
		return contains(v.text, t.Text)
	case classify.HeaderEquals:
		return q.field(t.Header) + " IN " + list(t.Values, func(s classify.Scalar) string { return literal(s.Text) })
	case classify.HeaderPrefix:
		return startsWith(q.field(t.Header), t.Prefix)
	case classify.HeaderPresent:
		return q.field(t.Header) + " <> ''"
	case classify.StatusIs:
		return "(status IN " + list(t.Status, number) + " OR status // 100 IN " + list(t.Status, classNumber) + ")"
	case classify.OperationIs:
		return "operation IN " + list(t.Operations, operationText)
	case classify.All, classify.Any, classify.Not:
		return q.combined(t, v, q.holds)
	}
	return "FALSE"
}

// classNumber is the class that a number of a test stands for, and -1 for none.
func classNumber(status int) string {
	if status < 10 {
		return number(status)
	}
	return "-1"
}

// combined combines the answers of the tests that a test is made of.
func (q *query) combined(t *classify.Test, v view, answer func(t *classify.Test, v view) string) string {
	var parts []string
	for i := range t.Tests {
		parts = append(parts, answer(&t.Tests[i], v))
	}
	switch t.Kind {
	case classify.All:
		return allOf(parts...)
	case classify.Any:
		return anyOf(parts...)
	}
	return not(parts[0])
}

// strong is the condition that a test holds and says success for certain.
func (q *query) strong(t *classify.Test, v view) string {
	switch t.Kind {
	case classify.Absent, classify.HeaderPresent, classify.StatusIs, classify.OperationIs, classify.Not:
		return "FALSE"
	case classify.All, classify.Any:
		var parts []string
		for i := range t.Tests {
			parts = append(parts, q.strong(&t.Tests[i], v))
		}
		return allOf(q.holds(t, v), anyOf(parts...))
	}
	return q.holds(t, v)
}

// hold is the condition that all tests hold.
func (q *query) hold(tests []classify.Test, v view) string {
	var all []string
	for i := range tests {
		all = append(all, q.holds(&tests[i], v))
	}
	return allOf(all...)
}

func (q *query) equals(values []classify.Scalar, value string) string {
	var any []string
	for _, want := range values {
		switch want.Type {
		case classify.String:
			any = append(any, allOf("ascii("+value+") = 34", "errkb_text("+value+") = "+literal(want.Text)))
		case classify.Bool:
			any = append(any, value+" = "+literal(want.Text))
		case classify.Number:
			any = append(any, value+" = "+literal(want.Text))
		}
	}
	return anyOf(any...)
}

// doubtTests doubts what tests compare where DuckDB can't: numbers that are written in
// another way than DuckDB writes them and may be the same, and other letters than those of
// ASCII in any case.
func (q *query) doubtTests(tests []classify.Test, v view) {
	for i := range tests {
		t := &tests[i]
		q.doubtTests(t.Tests, v)
		for _, want := range t.Values {
			if t.Kind == classify.Equals && want.Type == classify.Number {
				q.doubt(v.each(t.At, func(value string) string { return nearly(value, want.Text) }), otherSpelling)
			}
		}
		if isASCII(foldASCII(t.Text)) {
			continue
		}
		switch t.Kind {
		case classify.Contains:
			q.doubt(v.each(t.At, func(value string) string { return isWide("errkb_text(" + value + ")") }), wideCase)
		case classify.BodyContains:
			q.doubt(isWide(v.text), wideCase)
		}
	}
}

// isWide is whether a text has characters beyond ASCII.
func isWide(text string) string { return "strlen(" + text + ") <> length(" + text + ")" }

// nearly is whether a number may be another that is written differently.
func nearly(value, want string) string {
	near, err := strconv.ParseFloat(want, 64)
	switch is := literal(strconv.FormatFloat(near, 'g', -1, 64)); {
	case err != nil:
		return "errkb_respelt(" + value + ")"
	case strings.ContainsAny(want, ".eE"): // whole numbers may be the same
		return fmt.Sprintf("(ascii(%s) BETWEEN 45 AND 57 AND TRY_CAST(%s AS DOUBLE) = %s::DOUBLE)", value, value, is)
	default:
		return fmt.Sprintf("errkb_near(%s, %s::DOUBLE)", value, is)
	}
}

// contains is whether a text contains another in any case.
func contains(text, part string) string {
	return "coalesce(contains(errkb_fold(" + text + "), " + literal(foldASCII(part)) + "), FALSE)"
}

func startsWith(text string, prefixes []string) string {
	var any []string
	for _, p := range prefixes {
		if p == "" {
			return "TRUE"
		}
		any = append(any, "starts_with("+text+", "+literal(p)+")")
	}
	return anyOf(any...)
}
