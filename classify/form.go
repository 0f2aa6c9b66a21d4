package classify

// Form is one way in which an API answers: where in the reply success, the code
// and the message are found.
type Form struct {
	Syntax  Syntax
	In      Wrapping // what the document is wrapped in
	Inside  Path     // where in the body the document is, for InString
	OK      []Test   // success, if any of them holds
	Fail    []Test   // no success, if any of them holds, whatever OK says
	Code    []Path   // where the code is; of all places, one that holds a listed code wins
	Message []Path   // where the text for people is
	After   string   // the code starts after the last such mark, if it is there
	Before  string   // the code then ends before the first such mark
	None    []string // texts that are not codes
}

// Wrapping is what a JSON document is wrapped in.
type Wrapping uint8

// The wrappings.
const (
	InBody   Wrapping = iota // nothing: it is the body
	InSSE                    // a stream of events: the data of the first event that is a JSON object
	InNDJSON                 // lines of JSON: the first line that says success or holds a code
	InString                 // a JSON string in the body
)

// Syntax is what a [Form] reads.
type Syntax uint8

// The syntaxes. Each says what the elements of a Path are.
const (
	JSON   Syntax = iota // a JSON document; reference tokens of a JSON Pointer (RFC 6901)
	XML                  // an XML document; element names from the root
	Text                 // the trimmed body; one element, the prefix before the code
	Header               // the header; one element, a field name in any case
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
// an element * stands for any array element or object member that has the rest, in XML
// for any element. Of the codes there a listed one wins, and else the first; a test
// holds if it does for any value; a message and a delay are the first.
type Path []string
