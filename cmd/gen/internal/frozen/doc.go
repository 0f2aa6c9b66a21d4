// Package frozen keeps a resolved catalog as bytes from which it is loaded many times faster
// than from its spec, which has to be parsed and checked. The shipped catalog is embedded so,
// and the command keeps those of users' specs in its cache.
//
// Frozen bytes start with a digest of the types of package model, and one of all that follows:
// what was cut or changed, or is of a build with other types, is not loaded.
package frozen

import (
	"crypto/sha256"
	_ "embed"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// The command in the folder freeze writes the shipped catalog.
//
//go:embed shipped.frozen
var shipped string

// Shipped returns the shipped catalog in the language of its spec, or nil if the types have
// changed since it was frozen: make generate freezes it again. What is in the program needs no
// digest of its bytes.
func Shipped() *model.Catalog {
	rest, isOfTypes := strings.CutPrefix(shipped, typesSum())
	if !isOfTypes || len(rest) < sha256.Size {
		return nil
	}
	r := reader{rest: rest[sha256.Size:]}
	return r.catalog()
}

// Freeze returns a catalog as bytes.
func Freeze(c *model.Catalog) []byte {
	w := writer{seen: map[any]uint64{}}
	w.catalog(c)
	return slices.Concat([]byte(typesSum()), []byte(sumOf(string(w.out))), w.out)
}

// Thaw returns the catalog that was frozen as a text, or nil if it is not as Freeze wrote it.
func Thaw(text string) *model.Catalog {
	rest, isOfTypes := strings.CutPrefix(text, typesSum())
	if !isOfTypes || len(rest) < sha256.Size || rest[:sha256.Size] != sumOf(rest[sha256.Size:]) {
		return nil
	}
	r := reader{rest: rest[sha256.Size:]}
	return r.catalog()
}

// sumOf returns the digest of a text.
func sumOf(text string) string {
	all := sha256.New()
	var part [8 << 10]byte // a copy of all would take longer than the digest
	for text != "" {
		n := copy(part[:], text)
		all.Write(part[:n])
		text = text[n:]
	}
	return string(all.Sum(nil))
}
