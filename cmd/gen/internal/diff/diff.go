// Package diff tells what changed in behaviour from one catalog to another, and
// which version step that asks for. It compares resolved catalogs, so that it
// sees what a program would notice and not how the spec is written.
//
// The steps are those of semantic versioning, for the packages that are
// generated from the catalog:
//
//	major  a program may stop compiling or do something else: an API, operation,
//	       code, other entry, alias or category is gone; another action; another
//	       Go name; a reply is read in another way
//	minor  there is more, or it happens at other times: something is added;
//	       another category, waiting rule, timeout or place of the server's
//	       delay; a code is retired, or renamed and its old name an alias
//	patch  other words
//
// The rules for each field are the tables in rule.go.
package diff

import (
	"fmt"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Level is a version step.
type Level uint8

// The levels, the larger the more is to be noticed.
const (
	None Level = iota
	Patch
	Minor
	Major
)

var levelNames = [...]string{"none", "patch", "minor", "major"}

// String returns the level's name, such as "minor".
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return fmt.Sprintf("Level(%d)", uint8(l))
}

// MarshalText returns the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Kind is what happened to a thing.
type Kind string

// The kinds of change.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
	Renamed Kind = "renamed" // and the old name is an alias
)

// Change is one difference between two catalogs.
type Change struct {
	API   string `json:"api"`   // empty for the catalog's own
	Code  string `json:"code"`  // the entry's key, the newer one if it is renamed, or the name of an operation or category; empty for an API's own
	Kind  Kind   `json:"kind"`  // what happened
	Field string `json:"field"` // what was changed; what sort of thing was added or removed
	Old   string `json:"old"`   // empty for what was added
	New   string `json:"new"`   // empty for what was removed
	Level Level  `json:"level"`

	Entry *model.Entry `json:"-"` // the newer one that the change is in; nil for none, and for one that is gone
}

// Report is all differences, in the order of the older catalog, and the version
// step that they need together.
type Report struct {
	Changes []Change `json:"changes"` // never nil
	Level   Level    `json:"level"`
}

func (r *Report) add(c Change) {
	r.Changes = append(r.Changes, c)
	r.Level = max(r.Level, c.Level)
}
