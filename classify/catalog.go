package classify

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify/packed"
)

// Catalog is one API's error catalog as a table: how to read its replies and
// what each status and code means. Generated packages hold one as static data;
// its fields are filled in by the generator and must not be changed. A generated one has
// its codes in Table instead of Codes and Aliases: [Catalog.Entries] yields those of both.
type Catalog struct {
	Name      string     // the API's name, also that of the generated package
	Title     string     // the API's name for people
	FoldCase  bool       // codes match in any case
	Forms     []Form     // how to read a reply, in order
	Delays    []Delay    // where the server may say how long to wait, in order
	Endpoints []Endpoint // the API's operations
	Overrides []Override // what the server itself says to do, in order
	RequestID []Place    // where the server's name for the request is; the first that holds one counts
	Field     []Place    // where the part of the request that is at fault is; the first that holds one counts
	Secret    []Place    // where there is what is never printed

	Codes        []Entry // listed codes; Codes[i].Number is i+1
	Prefixes     []Entry // codes that end in *, longest first
	Statuses     []Entry // exact statuses; Number is the status
	Classes      []Entry // status classes such as 5xx; Number is the first digit
	Transport    []Entry // no answer at all; Code is the Failure
	Unknown      *Entry  // a code that is not listed; nil for none
	Unrecognised *Entry  // a reply in no known form; nil for none

	Aliases []Alias      // other spellings of listed codes
	Table   *Table       // the listed codes in place of Codes and Aliases; nil for none
	Index   packed.Index // finds a listed code or an alias
	Facts   packed.Facts // what holds of the catalog as a whole
	Plan    Plan         // what a JSON body is looked through for

	// TypedCode returns the generated package's own Code for an entry's Number,
	// so that errors.Is finds it. It may be nil.
	TypedCode func(number uint16) error
}

// Entry is what the catalog says about one code, prefix, status, status class,
// failure to get a reply, or about everything else.
type Entry struct {
	Kind       Kind        // what the entry stands for
	Number     uint16      // its number in the generated Code or Status; 0 for none
	Code       string      // the key: a code, "08*", "429", "5xx", "timeout"
	Action     Action      // what to do
	Category   Category    // the catalog's own grouping
	Policy     *Policy     // the waiting rule; nil where the action does not wait
	Effect     Effect      // may the request have taken effect
	Retired    bool        // the API no longer sends it
	Statuses   []uint16    // the statuses a code comes with; none where the catalog does not say
	Meaning    string      // what it means, for people
	Fix        string      // what to do about it, for people
	URL        string      // its page in the published site; empty where the catalog names no site
	Operations []Operation // where it can occur; none for all
	Delays     []Delay     // where the server may say how long to wait; nil for the catalog's

	Variants    []Variant          // what differs in some replies; the first whose tests hold counts
	ByOperation []OperationVariant // what differs in some operations, where no variant does
}

// Variant is what an [Entry] says in some replies, in full.
type Variant struct {
	When     []Test // all have to hold
	Action   Action
	Category Category
	Policy   *Policy
	Effect   Effect
	Meaning  string
	Fix      string
	Delays   []Delay
}

// Override is what the server itself says to do about a reply without success,
// whatever the entry is. A zero field other than Action leaves what the entry says. One
// whose action is Fail leaves an entry that stops, and only adds what that does not say.
type Override struct {
	When     []Test // all have to hold
	Sets     bool   // Action counts
	Action   Action
	Category Category
	Policy   *Policy
	Fix      string
	Delays   []Delay
}

// leaves reports whether the override says no more than to stop, and the action does.
func (o *Override) leaves(a Action) bool {
	return o.Sets && o.Action == Fail && (a == Fail || a == FixAccount)
}

// OperationVariant is what an [Entry] says in one operation.
type OperationVariant struct {
	Operation Operation
	Action    Action
	Category  Category
	Policy    *Policy
	Fix       string
}

// isOK reports whether the entry stands for success in an operation. A nil entry
// does not.
func (e *Entry) isOK(operation Operation) bool {
	if e == nil || len(e.ByOperation) == 0 {
		return e != nil && e.Action == OK
	}
	return e.actionIn(operation) == OK
}

// isIn reports whether the entry can occur in an operation, which may be unknown.
func (e *Entry) isIn(operation Operation) bool {
	return len(e.Operations) == 0 || operation == "" || slices.Contains(e.Operations, operation)
}

// actionIn returns what to do about the entry in an operation.
func (e *Entry) actionIn(operation Operation) Action {
	for i := range e.ByOperation {
		if said := &e.ByOperation[i]; said.Operation == operation {
			return said.Action
		}
	}
	return e.Action
}

// Alias is another spelling of a listed code.
type Alias struct {
	Text string // as on the wire
	Code uint16 // the code's number
}

// Endpoint is an operation of the API.
type Endpoint struct {
	Operation  Operation
	Method     string        // the HTTP method; empty if the catalog does not say
	Path       string        // the URL path; empty if the catalog does not say
	Repeatable bool          // sending the request twice does no harm
	Timeout    time.Duration // for one attempt; 0 for none
	Patience   time.Duration // how long the body of a reply is waited for; 0 for a second
	Look       int64         // how many bytes of a body are looked at; 0 for MaxBody
}

// Kind says what an [Entry] stands for, and, in a [Decision], what decided.
type Kind uint8

// The kinds. KindNone is the zero value: nothing in the catalog applies.
const (
	KindNone         Kind = iota
	KindCode              // a listed code
	KindPrefix            // every unlisted code with a prefix
	KindStatus            // an exact HTTP status
	KindStatusClass       // a class of HTTP statuses, such as 5xx
	KindTransport         // no answer at all
	KindUnknown           // a code that is not listed
	KindUnrecognised      // a reply in no known form
	KindSuccess           // success, as the API's replies say it; no entry has this kind
)

var kindNames = [...]string{"none", "code", "prefix", "status", "status_class", "transport", "unknown", "unrecognised", "success"}

// String returns the kind's name, such as "status_class".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "Kind(?)"
}

// Lookup returns the entry of a listed code: by its text, by an alias, and in
// any case if the API's codes match so. It knows nothing of prefixes.
func (c *Catalog) Lookup(code string) (View, bool) {
	text := []byte(code) // which copies nothing
	if t := c.Table; t != nil {
		if name, _, ok := c.Index.Find(&t.Names, text); ok {
			return t.view(t.code(name)), true
		}
		return View{}, false
	}
	number, _ := c.listed(text)
	return c.code(number), number > 0
}

// ByNumber returns the entry of a listed code or of a prefix by its number, and the zero
// View for none.
func (c *Catalog) ByNumber(number uint16) View {
	if int(number) <= c.size() {
		return c.code(int32(number))
	}
	for i := range c.Prefixes {
		if e := &c.Prefixes[i]; e.Number == number {
			return e.View()
		}
	}
	return View{}
}

// Entries yields every entry: the codes, the prefixes, the statuses, the classes, the
// failures, and those for everything else.
func (c *Catalog) Entries() iter.Seq[View] {
	return func(yield func(View) bool) {
		for entry := range c.keyed {
			if !yield(entry) {
				return
			}
		}
		for _, e := range [...]*Entry{c.Unknown, c.Unrecognised} {
			if e != nil && !yield(e.View()) {
				return
			}
		}
	}
}

// keyed yields the entries that a reply, or the lack of one, has a key of.
func (c *Catalog) keyed(yield func(View) bool) {
	for i := range c.size() {
		if !yield(c.code(int32(i + 1))) {
			return
		}
	}
	for _, entries := range [...][]Entry{c.Prefixes, c.Statuses, c.Classes, c.Transport} {
		for i := range entries {
			if !yield(entries[i].View()) {
				return
			}
		}
	}
}

// size is how many codes are listed.
func (c *Catalog) size() int {
	if c.Table != nil {
		return c.Table.size()
	}
	return len(c.Codes)
}

// code returns a listed code by its number, and none for 0.
func (c *Catalog) code(number int32) View {
	switch {
	case number == 0:
		return View{}
	case c.Table != nil:
		return c.Table.view(int(number) - 1)
	}
	return c.Codes[number-1].View()
}

// prefix returns a prefix by its position from 1, and nil for 0.
func (c *Catalog) prefix(position int32) *Entry {
	if position == 0 {
		return nil
	}
	return &c.Prefixes[position-1]
}

// Endpoint returns the catalog's entry for an operation.
func (c *Catalog) Endpoint(name Operation) (Endpoint, bool) {
	if e := c.endpoint(name); e != nil {
		return *e, true
	}
	return Endpoint{}, false
}

// endpoint returns the catalog's entry for an operation, and nil for none.
func (c *Catalog) endpoint(name Operation) *Endpoint {
	for i := range c.Endpoints {
		if c.Endpoints[i].Operation == name {
			return &c.Endpoints[i]
		}
	}
	return nil
}

// prefixed finds the longest prefix entry that a code matches, and returns its position from
// 1, 0 for none.
func (c *Catalog) prefixed(code []byte) int32 {
	for i := range c.Prefixes {
		prefix := strings.TrimSuffix(c.Prefixes[i].Code, "*")
		if len(code) >= len(prefix) && string(code[:len(prefix)]) == prefix || c.FoldCase && startsFold(code, prefix) {
			return int32(i + 1)
		}
	}
	return 0
}

// statusEntry finds the entry of a status, or else of its class.
func (c *Catalog) statusEntry(status int) *Entry {
	if entry := c.status(status); entry != nil {
		return entry
	}
	return c.class(status)
}

func (c *Catalog) status(status int) *Entry {
	return withNumber(c.Statuses, status)
}

func (c *Catalog) class(status int) *Entry {
	return withNumber(c.Classes, status/100)
}

// withNumber returns the entry with a number, and nil for none.
func withNumber(entries []Entry, number int) *Entry {
	for i := range entries {
		if e := &entries[i]; int(e.Number) == number {
			return e
		}
	}
	return nil
}

func (c *Catalog) transport(f Failure) *Entry {
	for i := range c.Transport {
		if c.Transport[i].Code == string(f) {
			return &c.Transport[i]
		}
	}
	return nil
}
