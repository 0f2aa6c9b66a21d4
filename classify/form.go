package classify

// Form is one way in which an API answers: where in the reply success, the code
// and the message are found.
type Form struct {
	Syntax  Syntax
	OK      []Test // success, if any of them passes
	Code    []Path // where the code is; the first place that holds one wins
	Message []Path // where the text for people is
	After   string // the code starts after the last such mark, if it is there
	Before  string // the code then ends before the first such mark
}

// Syntax is what a [Form] reads.
type Syntax uint8

// The syntaxes. Each says what the elements of a Path are.
const (
	JSON   Syntax = iota // a JSON document; reference tokens of a JSON Pointer (RFC 6901)
	XML                  // an XML document; element names from the root
	Text                 // the trimmed body; one element, the prefix before the code
	Header               // the header; one element, a field name in canonical case
)

var syntaxNames = [...]string{"json", "xml", "text", "header"}

// String returns the syntax's name in the catalog format.
func (s Syntax) String() string {
	if int(s) < len(syntaxNames) {
		return syntaxNames[s]
	}
	return "Syntax(?)"
}

// Path is a place in a reply; the form's [Syntax] says how it is read. In JSON
// an element * stands for the first array element that has the rest, in XML for
// any element.
type Path []string

// Test is one sign of success. Exactly one of its kinds applies.
type Test struct {
	Kind   TestKind
	At     Path     // where to look, for Equals, Present and Absent
	Header string   // the header field in canonical case, for HeaderEquals
	Values []Scalar // any of which is success, for Equals and HeaderEquals
	Prefix []string // any of which is success, for PrefixIs
	Status []int    // statuses such as 204, or classes as their first digit, for StatusIs
}

// TestKind is what a [Test] looks at.
type TestKind uint8

// The kinds of test.
const (
	Equals       TestKind = iota // the value at a place is one of Values
	Present                      // there is a value at a place, even if it is null
	Absent                       // there is no value at a place
	PrefixIs                     // the text starts with one of Prefix
	HeaderEquals                 // the header field is one of Values
	StatusIs                     // the status is one of Status
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
