// Package frozen keeps a resolved catalog as bytes from which it is loaded many times faster
// than from its spec, which has to be parsed and checked. The shipped catalog is embedded so,
// and the command keeps those of users' specs in its cache.
//
// Frozen bytes start with a digest of all that follows and of the types of package model:
// what was cut or changed, or is of a build with other types, is not loaded.
package frozen

import (
	"crypto/sha256"
	_ "embed"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// The command in the folder freeze writes the shipped catalog.
//
//go:embed shipped.frozen
var shipped string

// Shipped returns the shipped catalog in the language of its spec, or nil if the types have
// changed since it was frozen: make generate freezes it again.
func Shipped() *model.Catalog { return Thaw(shipped) }

// Freeze returns a catalog as bytes.
func Freeze(c *model.Catalog) []byte {
	w := writer{seen: map[any]uint64{}}
	w.catalog(c)
	sum := sumOf(string(w.out))
	return append(sum[:], w.out...)
}

// Thaw returns the catalog that was frozen as a text, or nil if it is not as Freeze wrote it.
func Thaw(text string) *model.Catalog {
	if len(text) < sha256.Size {
		return nil
	}
	r := reader{rest: text[sha256.Size:]}
	if sum := sumOf(r.rest); text[:sha256.Size] != string(sum[:]) {
		return nil
	}
	return r.catalog()
}

// sumOf returns the digest of a frozen text and of the types.
func sumOf(text string) (sum [sha256.Size]byte) {
	all := sha256.New()
	all.Write(layout())
	var part [8 << 10]byte // a copy of all would take longer than the digest
	for text != "" {
		n := copy(part[:], text)
		all.Write(part[:n])
		text = text[n:]
	}
	return [sha256.Size]byte(all.Sum(sum[:0]))
}
