package serve

import (
	"net/http"
	"time"
)

// API is how the server of an API writes its errors. Generated packages hold one as static
// data, which must not be changed.
type API struct {
	Name      string
	Forms     []Form // in the order in which they are preferred
	RequestID string // the header field with the server's name for the request; empty for none
	Field     string // the header field that names the part of the request at fault; empty for none
	Delay     Delay  // where replies say how long to wait, but for entries that have another place

	// Internal is what an error is answered with that is not one of the API's, and
	// Unavailable what the end of a context is. Neither has a code.
	Internal    Entry
	Unavailable Entry
}

// Entry is what the catalog says about a code, as far as a server needs it.
type Entry struct {
	Code    string // as on the wire; of a prefix, what all its codes start with
	Bare    bool   // there is no code
	Status  int
	Message string   // for people who read the reply; {{limit}} stands for the value of the argument limit
	Args    []string // the names of the arguments, in their order
	Title   string   // what the code means, whatever the occasion
	URL     string   // the entry's page; empty where the catalog names no site
	Is      error    // the code of the generated client package; nil where that is not known

	Delay Delay         // where the reply says how long to wait; zero for the API's place
	Wait  time.Duration // what it says unless the error has a delay; 0 for nothing
	Skip  []int         // the forms that can't hold it; with all of them it is a status alone
}

// Delay is where and how a reply says how long to wait. The zero value is nowhere.
type Delay struct {
	Header string        // the header field; empty for the member of a document that is a [Wait]
	Unit   time.Duration // 0 for nowhere
	IsTime bool          // until when, as a number of units since 1970, in place of how long
}

// Form is one way to write an error: a document of JSON or XML, a text, or header fields.
type Form struct {
	Name      string // by which [Responder.Form] chooses it, such as json
	MediaType string // of the body; empty where there is none
	Syntax    Syntax
	Before    string // the code stands behind it
	After     string // the code stands before it
	Document  Node   // for JSON and XML
	Header    []Node // fields that the form needs; each has a value and no nodes
}

// Syntax is what the body of a [Form] is.
type Syntax uint8

// The syntaxes.
const (
	JSON Syntax = iota // the Document as JSON
	XML                // the Document as XML
	Text               // the code
	None               // there is no body
)

// Node is a part of a document: a member of an object in JSON, or an element in XML; one
// whose name starts with @ is an attribute. What has no value is left out, and what then
// holds nothing is too.
type Node struct {
	Name  string
	Value Value
	Text  string // for Literal: JSON, or a text in XML and in the header
	Nodes []Node // for Object, Array and Wrapped
}

// Value is what a [Node] holds.
type Value uint8

// The values.
const (
	Object     Value = iota // the nodes
	Array                   // the nodes, without their names
	Wrapped                 // a string that is the JSON of an object of the nodes
	Literal                 // the Text
	Code                    // the code
	NumberCode              // the code, as a number if it is one
	Message                 // the text for people
	Status                  // the status, as a number
	Title                   // what the code means
	URL                     // the entry's page
	RequestID               // the server's name for the request
	Field                   // the part of the request that is at fault
	Wait                    // how long to wait
)

// status returns what the entry is answered with.
func (e *Entry) status() int {
	if e.Status < 200 || e.Status > 999 { // which net/http doesn't send as a final status
		return http.StatusInternalServerError
	}
	return e.Status
}
