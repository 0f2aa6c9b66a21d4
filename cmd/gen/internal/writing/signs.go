package writing

import (
	"slices"

	"github.com/errkb/errkb/classify"
)

// deny writes into a document what makes a test not hold, as far as its places are free.
// What has to be there if nothing else is, is written last.
func (d *document) deny(t *classify.Test, last bool) {
	switch t.Kind {
	case classify.Equals:
		if !last {
			d.put(t.At, d.literal(otherThan(t.Values)))
		}
	case classify.Absent:
		if last {
			d.put(t.At, d.literal(classify.Scalar{Type: classify.Bool, Text: "true"}))
		}
	case classify.Not:
		if !last {
			d.meet(&t.Tests[0])
		}
	case classify.All, classify.Any:
		for i := range t.Tests {
			d.deny(&t.Tests[i], last)
		}
	}
}

// meet writes into a document what makes a test hold, and reports whether it does then.
func (d *document) meet(t *classify.Test) bool {
	switch t.Kind {
	case classify.Equals:
		return d.put(t.At, d.literal(t.Values[0]))
	case classify.Present:
		return d.put(t.At, d.literal(classify.Scalar{Type: classify.Bool, Text: "true"}))
	case classify.Contains:
		return d.put(t.At, d.literal(classify.Scalar{Text: t.Text}))
	case classify.HeaderEquals:
		return d.set(t.Header, t.Values[0].Text)
	case classify.HeaderPrefix:
		return d.set(t.Header, t.Prefix[0])
	case classify.HeaderPresent:
		return d.set(t.Header, "true")
	case classify.Any:
		return slices.ContainsFunc(t.Tests, func(one classify.Test) bool { return d.meet(&one) })
	case classify.All:
		return !slices.ContainsFunc(t.Tests, func(one classify.Test) bool { return !d.meet(&one) })
	case classify.Not:
		d.deny(&t.Tests[0], false)
		return true
	}
	return false // it looks at what is not to be written
}

// isKnown reports whether the catalog has the values that make a test hold.
func isKnown(t *classify.Test) bool {
	switch t.Kind {
	case classify.Equals, classify.Contains, classify.HeaderEquals, classify.HeaderPrefix:
		return true
	case classify.All:
		return !slices.ContainsFunc(t.Tests, func(one classify.Test) bool { return !isKnown(&one) })
	case classify.Any:
		return slices.ContainsFunc(t.Tests, func(one classify.Test) bool { return isKnown(&one) })
	}
	return false
}

// hasFewValues reports whether a place can only have another value of the same kind: another
// text that an API has there is not known.
func hasFewValues(t *classify.Test) bool {
	return t.Kind == classify.Equals && t.Values[0].Type != classify.String
}

// otherThan returns a value of the type of some that is none of them.
func otherThan(values []classify.Scalar) classify.Scalar {
	candidates := []classify.Scalar{{Type: classify.String, Text: "error"}, {Type: classify.String, Text: "failed"}}
	switch values[0].Type {
	case classify.Bool:
		candidates = []classify.Scalar{{Type: classify.Bool, Text: "false"}, {Type: classify.Bool, Text: "true"}}
	case classify.Number:
		candidates = []classify.Scalar{{Type: classify.Number, Text: "0"}, {Type: classify.Number, Text: "1"}, {Type: classify.Number, Text: "-1"}}
	}
	for _, value := range candidates {
		if !slices.ContainsFunc(values, func(v classify.Scalar) bool { return v.Text == value.Text }) {
			return value
		}
	}
	return classify.Scalar{Type: classify.String, Text: "no success"}
}
