package cli

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// Most runs of generate make what is there already, and rendering takes nearly all of their
// time. So a run that has found or made the output as it should be notes that as a fact:
// a digest of all that output depends on and of each byte of the output. A later run that
// finds a fact on the disk renders nothing. Nothing else is concluded from one: what is
// edited, missing or too much has another digest, or none, and is found by rendering.
//
// A fact is an empty file in the user's cache, and no part of the output: there, whoever
// changes the output could change it.

// has reports whether a fact is noted.
func (c cache) has(fact []byte) bool { return c.isThere(hex.EncodeToString(fact)) }

// note notes a fact. It matters to no one whether that works.
func (c cache) note(fact []byte) {
	if os.MkdirAll(string(c), 0o700) == nil && os.WriteFile(c.path(hex.EncodeToString(fact)), nil, 0o600) == nil {
		c.clean()
	}
}

// inputs returns a digest of all that the output of a run depends on: the command, bit by
// bit, because a build of a changed source may have the same version; the spec and what
// stands beside it; the flags; and the trees, with where they are and what they own. It
// reports false where it can't know one of them.
func inputs(src source, g generation, code golang.Options, trees []output.Tree) ([]byte, bool) {
	all := digest{sha256.New()}
	command, err := ownBuild()
	if err != nil {
		return nil, false
	}
	all.add(command, src.name)
	for _, file := range src.files {
		all.add("spec", file.Name, string(file.Content))
	}
	for _, file := range g.older.files {
		all.add("previous", file.Name, string(file.Content))
	}
	for _, overlay := range src.overlays {
		all.add("overlay", overlay.Name, string(overlay.Content))
	}
	if g.selfTest {
		all.add("self-test")
	}
	if g.set != nil {
		for _, name := range slices.Sorted(maps.Keys(g.set.Sources)) {
			all.add("template", name, g.set.Sources[name])
		}
	}
	all.add("separate", code.Separate, "client", code.Client)
	for _, t := range trees {
		place, err := output.Resolve(t.Root)
		if err != nil {
			return nil, false
		}
		all.add("tree", place, t.Spec)
		all.add(t.Former...)
		all.add(t.Owns...)
		all.add(t.Spares...)
	}
	return all.Sum(nil), true
}

// fact is that from some inputs came an output.
func fact(inputs []byte, sum output.Sum) []byte {
	all := digest{sha256.New()}
	all.add(string(inputs), string(sum[:]))
	return all.Sum(nil)
}

// digest is a hash of texts, each with its length.
type digest struct{ hash.Hash }

func (d digest) add(texts ...string) {
	var length [8]byte
	for _, text := range texts {
		binary.BigEndian.PutUint64(length[:], uint64(len(text)))
		d.Write(length[:])
		io.WriteString(d, text)
	}
}
