package cli

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// Most runs of generate make what is there already, and rendering takes nearly all of their
// time. So a run that has found or made the output as it should be notes that as a fact:
// a digest of all that output depends on and of each byte of the output. A later run that
// finds a fact on the disk renders nothing. Nothing else is concluded from one: what is
// edited, missing or too much has another digest, or none, and is found by rendering.
//
// A fact is an empty file in a directory of the user, as results of tests are in that of the
// go command, and no part of the output: there, whoever changes the output could change it.

// cacheVariable is the environment variable that names the directory of facts.
const cacheVariable = "ERRKB_CACHE"

// factAge is how long a fact is kept that nobody asked for.
const factAge = 30 * 24 * time.Hour

// facts are where facts are noted; empty for nowhere.
type facts string

// factsHere returns where this user's facts are.
func factsHere() facts {
	switch dir := os.Getenv(cacheVariable); {
	case dir == "off":
		return ""
	case dir != "":
		return facts(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "" // a user without a home has none
	}
	return facts(filepath.Join(dir, "errkb"))
}

func (f facts) file(fact []byte) string { return filepath.Join(string(f), hex.EncodeToString(fact)) }

// has reports whether a fact is noted.
func (f facts) has(fact []byte) bool {
	info, err := os.Lstat(f.file(fact))
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if now := time.Now(); now.Sub(info.ModTime()) > time.Hour {
		os.Chtimes(f.file(fact), now, now)
	}
	return true
}

// note notes a fact and forgets old ones. It matters to no one whether that works.
func (f facts) note(fact []byte) {
	if os.MkdirAll(string(f), 0o700) != nil || os.WriteFile(f.file(fact), nil, 0o600) != nil {
		return
	}
	entries, _ := os.ReadDir(string(f))
	for _, entry := range entries {
		info, err := entry.Info()
		isFact := len(entry.Name()) == hex.EncodedLen(sha256.Size) && err == nil && info.Size() == 0
		if isFact && time.Since(info.ModTime()) > factAge {
			os.Remove(filepath.Join(string(f), entry.Name()))
		}
	}
}

// inputs returns a digest of all that the output of a run depends on: the command, bit by
// bit, because a build of a changed source may have the same version; the spec and what
// stands beside it; the flags; and the trees, with where they are and what they own. It
// reports false where it can't know one of them.
func inputs(src source, g generation, separate string, trees []output.Tree) ([]byte, bool) {
	all := digest{sha256.New()}
	command, err := ownDigest()
	if err != nil {
		return nil, false
	}
	all.add(string(command), src.name, string(src.content))
	for _, overlay := range src.overlays {
		all.add("overlay", overlay.Name, string(overlay.Content))
	}
	if g.selfTest {
		all.add("self-test")
	}
	all.add("separate", separate)
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

// ownDigest returns the digest of the command that runs, which a test changes.
var ownDigest = readOwnDigest

// readOwnDigest makes a digest of the command that runs. Where the system has a name for that
// very file, another build that took its place meanwhile is not taken for it.
func readOwnDigest() ([]byte, error) {
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		name, err := os.Executable()
		if err != nil {
			return nil, err
		}
		if f, err = os.Open(name); err != nil {
			return nil, err
		}
	}
	defer f.Close()
	all := sha256.New()
	_, err = io.Copy(all, f)
	return all.Sum(nil), err
}
