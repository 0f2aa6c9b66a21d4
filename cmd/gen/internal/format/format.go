// Package format is the definition of the spec format: which keys there are,
// what each holds and what it means. It is written as the structs that Decode
// reads a spec into, and the JSON Schema for editors is printed from it, so that
// they can't differ. What one part of a spec says of another is left to package
// check.
package format

import "slices"

// Type is what a value may be: any of the shapes that are set, which differ in
// their kind of YAML node.
type Type struct {
	Scalar *Scalar
	List   *Type // a list of such values
	Object *Object
	Map    *Map
}

// Object is a mapping with fixed keys.
type Object struct {
	Name string // in problems and the schema, such as "policy"
	Keys []Key
}

// Key is a key of an Object.
type Key struct {
	Name     string
	Type     Type
	Required bool
	Wire     bool   // it is compared with what an API sends
	Parts    bool   // each file of a spec may hold a part of it
	Doc      string // a sentence or two
	Field    int    // of the struct that the object is read into
}

// Map is a mapping whose keys are the author's.
type Map struct {
	Key     string // what a key is, such as "category name"
	Pattern string // a regular expression for keys; empty for any text
	Empty   bool   // a key may be the empty text
	Max     int    // the most characters of a key
	Listed  bool   // the keys are positions in a list, from 1
	Value   Type
}

// MaxKey is the most characters that an author's key has, and maxPointer that of a
// pointer, which has several of them.
const (
	MaxKey     = 256
	maxPointer = 1000
)

// Patterns of keys.
const (
	PackagePattern   = `^[a-z][a-z0-9_]*$` // a Go package
	RulePattern      = `^[a-z][a-z0-9]*(-[a-z0-9]+)*$`
	ArgPattern       = `^[a-z][a-z0-9]*(_[a-z0-9]+)*$`
	StatusKeyPattern = `^([1-9][0-9]{2}|[1-5]xx)$` // an HTTP status or a class
	positionPattern  = `^[1-9][0-9]{0,3}$`         // a place in a list
)

var patterns = map[string]string{"API name": PackagePattern, "rule name": RulePattern, "argument name": ArgPattern, "status": StatusKeyPattern}

// Index returns the index of the object's key of a name, or -1.
func (o *Object) Index(name string) int {
	return slices.IndexFunc(o.Keys, func(k Key) bool { return k.Name == name })
}

// Scalar is a single value.
type Scalar struct {
	Name    string   // in problems and the schema, such as "duration"
	Expect  string   // what a value must be, for problems: "a duration such as 5s or 500ms"
	Kind    Kind     // how it is read
	Values  []string // for Enum
	Min     int      // for Int and Size
	Max     int      // for Int and Size; for Text the most characters
	Pattern string   // of a text: what package check holds it to, for the schema; empty for none
}

// Kind is how a scalar is read.
type Kind uint8

// The kinds of scalars.
const (
	Text      Kind = iota // any single value, taken as written
	Any                   // a text, number or truth value, with its type
	Int                   // a whole number
	Factor                // a decimal number of at least 1
	Bool                  // true or false
	Enum                  // one of a list of words
	Duration              // a Go duration, not negative
	Jitter                // a duration, a percentage or the word full
	Size                  // a number of bytes with a unit
	Count                 // a whole number or the word unlimited
	Pointer               // a JSON Pointer (RFC 6901), in which * is any array element or member
	ElementAt             // a path of XML elements, in which * is any element, to one of them or an attribute
	Place                 // a Pointer or an ElementAt, by the form it stands in
	Status                // a three-digit HTTP status
	StatusKey             // a Status or a class such as 5xx
	Date                  // YYYY-MM-DD
	Name                  // the name of something else in the file
	URL                   // an http or https address
	Folder                // the https address of a folder; ends in a slash once it is read
	Raw                   // text that keeps its white space
	Language              // the tag of a language (BCP 47)
)
