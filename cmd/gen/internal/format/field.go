package format

import (
	"iter"
	"reflect"
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// State is what a spec has under a key.
type State uint8

// The states. What is wrong with a value is reported by Decode: a rule that goes
// by Good values and asks Has for what is missing reports no consequence of it.
const (
	Absent  State = iota
	Hidden        // absent, but the mapping has keys that can't be read
	Bad           // there, and not what the format wants
	Partial       // good, but for a part that is bad, missing, unknown or left out
	Good
)

// Mark is where a value stands, and whether there is one to go by.
type Mark struct {
	Key    diag.Place // of its key; of itself for a list item
	Place  diag.Place
	Text   string // of a single value, as written
	State  State
	Flawed bool // keys of the mapping are unknown, there twice or missing
}

// Good reports whether there is a value to go by.
func (m *Mark) Good() bool { return m.State >= Partial }

// Written reports whether there is a value, good or bad.
func (m *Mark) Written() bool { return m.State >= Bad }

// Has reports whether there is a value, even if it is bad or among keys that can't be
// read.
func (m *Mark) Has() bool { return m.State != Absent }

// Sound reports whether no part of a value has a problem, as none of an absent
// one has.
func (m *Mark) Sound() bool { return m.State != Bad && m.State != Partial }

// Field is a value of type T with its mark. A value that is not good is zero.
type Field[T any] struct {
	Mark
	Value T
}

// List is a list of values, all of which are good, or one value in place of it.
type List[T any] = Field[[]Field[T]]

// Names is a mapping whose keys are the author's.
type Names[T any] = Field[Pairs[T]]

// Pairs are the pairs of a mapping, in the order of the file. Names with a bad
// value are among them.
type Pairs[T any] struct {
	List       []Pair[T]
	Incomplete bool // there are names that can't be read
}

// Pair is a name and what stands under it.
type Pair[T any] struct {
	Name string
	Field[T]
}

// Good yields the pairs whose value is good.
func (p *Pairs[T]) Good() iter.Seq[*Pair[T]] {
	return func(yield func(*Pair[T]) bool) {
		for i := range p.List {
			if p.List[i].Good() && !yield(&p.List[i]) {
				return
			}
		}
	}
}

// MayHave reports whether a name is in a mapping, or may be but for a problem
// that is reported there: a reference to it is not reported as well.
func MayHave[T any](names *Names[T], name string) bool {
	if !names.Good() {
		return names.Has()
	}
	for i := range names.Value.List {
		if names.Value.List[i].Name == name {
			return true
		}
	}
	return names.Value.Incomplete
}

// Ref is the name of something in the file, or else the thing itself.
type Ref[T any] struct {
	Name string
	Here *Field[T] // nil for a name
}

// Entries returns the entries that are good, in the order of the file.
func (t *Transport) Entries() []Pair[Entry] {
	var all []Pair[Entry]
	for field, value := range reflect.ValueOf(t).Elem().Fields() {
		if entry := value.Addr().Interface().(*Field[Entry]); entry.Good() {
			all = append(all, Pair[Entry]{field.Tag.Get("key"), *entry})
		}
	}
	slices.SortFunc(all, func(a, b Pair[Entry]) int { return a.Key.Compare(b.Key) })
	return all
}
