package classify

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify/packed"
)

// Test is a question about a reply that is answered by yes or no: a sign of success or
// of failure, or the condition of a [Variant] or an [Override]. Its Kind says which
// fields count.
type Test struct {
	Kind       TestKind
	At         Path        // where to look, for Equals, Present, Absent and Contains
	Header     string      // the header field in any case, for HeaderEquals, HeaderPrefix and HeaderPresent
	Values     []Scalar    // any of which holds, for Equals and HeaderEquals
	Prefix     []string    // any of which holds, for PrefixIs and HeaderPrefix
	Text       string      // for Contains and BodyContains, in any case
	Status     []int       // statuses such as 204, or classes as their first digit, for StatusIs
	Operations []Operation // any of which holds, for OperationIs
	Tests      []Test      // for All, Any and Not
}

// TestKind is what a [Test] looks at.
type TestKind uint8

// The kinds of test. JSON null counts as absent.
const (
	Equals        TestKind = iota // the value at a place is one of Values
	Present                       // there is a value at a place
	Absent                        // there is no value at a place
	PrefixIs                      // the text starts with one of Prefix
	HeaderEquals                  // the header field is one of Values
	StatusIs                      // the status is one of Status
	Contains                      // the text at a place contains Text
	BodyContains                  // the body contains Text
	HeaderPresent                 // the header field is there
	HeaderPrefix                  // the header field starts with one of Prefix
	OperationIs                   // the reply answers one of Operations
	All                           // all of Tests hold
	Any                           // one of Tests holds
	Not                           // the only one of Tests does not hold
)

// Scalar is a value to compare with, with its JSON type.
type Scalar struct {
	Type ScalarType
	Text string
}

// ScalarType is the JSON type of a [Scalar].
type ScalarType uint8

// The types of scalars.
const (
	String ScalarType = iota
	Number
	Bool
	none // null, an object or an array: equal to no scalar
)

// strength is how much a test that holds says. What is absent, a status, and a header
// field that is merely there are weak signs: they stand on many replies.
type strength uint8

const (
	notHeld strength = iota
	weak
	strong
)

func strongIf(holds bool) strength {
	if holds {
		return strong
	}
	return notHeld
}

func weakIf(holds bool) strength {
	if holds {
		return weak
	}
	return notHeld
}

// holds returns how much the test says about a reply, or notHeld, and whether there is
// another value in the place of the one that it asks for.
func (t *Test) holds(d *document) (held strength, denied bool) {
	switch t.Kind {
	case Equals:
		equal, other := d.equals(&t.At, t.Values)
		return strongIf(equal), other
	case Present:
		return strongIf(d.has(&t.At)), false
	case Absent:
		return weakIf(!d.has(&t.At)), false
	case Contains:
		return strongIf(d.contains(&t.At, t.Text)), false
	case PrefixIs:
		return strongIf(startsWithOne(d.body, t.Prefix)), false
	case BodyContains:
		return strongIf(containsFold(d.body, t.Text)), false
	case HeaderEquals:
		value := field(d.reply.Header, t.Header)
		return strongIf(slices.ContainsFunc(t.Values, func(want Scalar) bool { return value == want.Text })), false
	case HeaderPrefix:
		value := field(d.reply.Header, t.Header)
		return strongIf(slices.ContainsFunc(t.Prefix, func(p string) bool { return strings.HasPrefix(value, p) })), false
	case HeaderPresent:
		return weakIf(field(d.reply.Header, t.Header) != ""), false
	case StatusIs:
		return weakIf(slices.ContainsFunc(t.Status, func(s int) bool { return s == d.reply.Status || s < 10 && s == d.reply.Status/100 })), false
	case OperationIs:
		return weakIf(slices.Contains(t.Operations, d.reply.Operation)), false
	case All, Any, Not:
		return t.combined(d)
	}
	return notHeld, false
}

// startsWithOne reports whether a text starts with one of some prefixes.
func startsWithOne(text []byte, prefixes []string) bool {
	for _, p := range prefixes {
		if p == "" || len(p) <= len(text) && p[0] == text[0] && string(text[:len(p)]) == p {
			return true
		}
	}
	return false
}

// combined answers for a test that is made of others. All of them say as much as the
// strongest, any as much as the first strong one.
func (t *Test) combined(d *document) (held strength, denied bool) {
	for i := range t.Tests {
		part, other := t.Tests[i].holds(d)
		switch {
		case t.Kind == Not:
			return weakIf(part == notHeld), false
		case t.Kind == All && part == notHeld:
			return notHeld, denied || other
		}
		held, denied = max(held, part), denied || other
		if t.Kind == Any && held == strong {
			break
		}
	}
	return held, denied
}

// hold reports whether all of some tests hold.
func hold(tests []Test, d *document) bool {
	for i := range tests {
		if held, _ := tests[i].holds(d); held == notHeld || d.cut && tests[i].mayChange(d) {
			return false
		}
	}
	return true
}

// containsFold reports whether text contains part in any case.
func containsFold(text []byte, part string) bool {
	for len(text) > 0 {
		if startsFold(text, part) {
			return true
		}
		_, size := utf8.DecodeRune(text)
		text = text[size:]
	}
	return part == ""
}

// startsFold reports whether text starts with part in any case. The two need not have
// the same number of bytes.
func startsFold(text []byte, part string) bool {
	for _, want := range part {
		if len(text) == 0 {
			return false
		}
		got, size := packed.FoldRune(text)
		if got != packed.FoldOf(want) {
			return false
		}
		text = text[size:]
	}
	return true
}
