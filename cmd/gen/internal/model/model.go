// Package model is the resolved catalog: every default filled in, every name,
// slug, address and schedule decided once. It holds facts, which package say puts
// into words. It is built by package check and read by every emitter.
package model

import (
	"time"

	"github.com/errkb/errkb/classify"
)

// Catalog is a whole spec in one language. Slices are in the order of the file.
type Catalog struct {
	Title      string
	Language   string    // the tag of its language (BCP 47)
	Folder     string    // where its pages are below those of the spec's language: "de/", or empty for that language
	Editions   []Edition // the languages that there are, the spec's first; nil where that is the only one
	Site       string    // where the site is published, with a slash at the end; empty where it is not
	Categories []*Category
	Policies   []*classify.Policy // the named ones
	APIs       []*API
}

// Edition is a language that a catalog is in.
type Edition struct {
	Language string
	Name     string // in that language
	Folder   string // as in [Catalog]
}

// API is one API of a catalog.
type API struct {
	Name            string // also the Go package and a path element of the docs
	Python          string // the Python module
	Title           string
	Site            string // that of the catalog
	Summary         string
	Source          Link   // the guide the entries come from
	Verified        string // when they were last compared with it, as YYYY-MM-DD
	Links           []Link
	Operations      []*Operation
	Forms           []classify.Form
	Delays          []classify.Delay
	Overrides       []ServerOverride // what the server itself says to do
	RequestID       []classify.Place // where the server's name for the request is
	Field           []classify.Place // where the part of the request that is at fault is
	Secret          []classify.Place // where there is what is never printed
	FoldCase        bool             // codes match in any case
	Checklist       []string
	Troubleshooting []Trouble
	FAQ             []Question

	Codes        []*Entry // listed codes
	Prefixes     []*Entry // keys that end in *
	Statuses     []*Entry // exact statuses
	Classes      []*Entry // status classes
	Transport    []*Entry // failures to get a reply
	Unknown      *Entry   // nil where the spec has none
	Unrecognised *Entry   // nil where the spec has none
}

// Link is a titled address; either may be empty.
type Link struct{ Title, URL string }

// Trouble is a row of an API's troubleshooting table.
type Trouble struct{ Issue, Cause, Fix string }

// Question is one of an API's frequent questions, with its answer in markdown.
type Question struct{ Question, Answer string }

// Category is one of the author's own groups of entries.
type Category struct {
	Name    string
	Title   string // defaults to Name as words
	Summary string
	Action  classify.Action
	Who     string // who has to act: client, developer, account-owner, operator, support
	Go      string // its constant in every generated package
	Member  string // its member of TypeScript's Category
	Python  string // its member of Python's Category
	Slug    string // its page's name, unique in the catalog in any case
}

// Operation is a call of the API.
type Operation struct {
	Name       string
	Title      string // defaults to Name as words
	Method     string
	Path       string
	Repeatable bool
	Timeout    time.Duration // of one attempt; 0 for none
	Patience   time.Duration // with a reply's body; 0 for the default
	Look       int64         // how many bytes of a body are looked at; 0 for the default
	Go         string        // its constant in the generated package
	Member     string        // its member of TypeScript's Operation
	Python     string        // its member of Python's Operation
}

// Entry is what the catalog says about one key of an API.
type Entry struct {
	API        *API
	Kind       classify.Kind
	Code       string // the key: a code, "08*", "429", "5xx", "timeout"; for unknown and unrecognised, that word
	Number     uint16 // in the generated Code or Status; 0 for none
	Go         string // its constant in the generated package; empty where it has none
	Member     string // its member of TypeScript's Code, Prefix, Status or StatusClass; empty where it has none
	Python     string // its member of Python's; empty where it has none
	Slug       string // its page's name, unique in the API in any case
	Statuses   []int
	Operations []string // where it can occur: all of the API's where the spec names none
	Category   *Category
	Action     classify.Action
	Policy     *classify.Policy // nil where the action does not wait
	Overrides  []Override       // by operation
	Variants   []Variant        // by what the reply holds; the first whose tests hold counts
	Delays     []classify.Delay // where the server may say how long to wait; nil for those of the API

	Args    []Arg  // what its texts have a mark for
	Message string // the wire text for people, where the API has one
	Meaning string
	Fix     string

	// FixesOperation tells that Fix was written for one operation, on the copy that holds in
	// it.
	FixesOperation bool

	Details   string // markdown
	Answer    string // what support tells the customer; placeholders filled in
	AnswerOwn string // the same, where the customer's program is not the client
	Escalate  string

	Frequency  string // very-common, occasional, rare, or empty
	Severity   string // none, low, medium, high, or empty
	Impact     string
	Effect     classify.Effect // may the request have taken effect
	LookAlikes []LookAlike
	Examples   []Example
	Aliases    []string
	AliasSlugs []string // their pages' names, in the same order
	Since      string
	Retired    *Retired // nil for an entry in use
}

// Override is what differs in one operation, already merged with the entry.
type Override struct {
	Operation string
	Category  *Category
	Action    classify.Action
	Policy    *classify.Policy
	Fix       string
}

// Variant is what the entry says in the replies that its tests hold for, already merged
// with the entry.
type Variant struct {
	When      []classify.Test // all have to hold
	Category  *Category
	Action    classify.Action
	Policy    *classify.Policy
	Effect    classify.Effect
	Meaning   string
	Fix       string
	Details   string
	Answer    string
	AnswerOwn string
	Escalate  string
	Delays    []classify.Delay // nil for those of the entry
	Examples  []Example
}

// ServerOverride is what the server itself says to do about a reply without success,
// whatever its entry is. What it does not set stays as the entry says.
type ServerOverride struct {
	When     []classify.Test // all have to hold
	Sets     bool            // Action counts
	Action   classify.Action
	Category *Category        // nil for the entry's
	Policy   *classify.Policy // nil for the entry's
	Fix      string           // empty for the entry's
	Delays   []classify.Delay // nil for the entry's
}

// LookAlike is another code of the same API that is easily taken for this one.
type LookAlike struct {
	Entry      *Entry
	Difference string
}

// Retired says that the API no longer sends a code.
type Retired struct {
	Since      string
	ReplacedBy *Entry // nil for none
	Note       string
}

// Example is a raw reply.
type Example struct {
	Operation string // empty where the spec does not say
	Status    int    // 0 where the spec does not say
	Headers   []Header
	Body      string
}

// Header is one field of an example's header.
type Header struct{ Name, Value string }
