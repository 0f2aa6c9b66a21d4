package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"os"
	"strings"
)

// ownBuild returns what tells the command that runs from all other builds of it, which a test
// changes.
var ownBuild = readOwnBuild

// readOwnBuild returns the build ID that the go command has put into the command, or a digest of
// all its bytes where there is none. Where the system has a name for that very file, another
// build that took its place meanwhile is not taken for it.
func readOwnBuild() (string, error) {
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		name, err := os.Executable()
		if err != nil {
			return "", err
		}
		if f, err = os.Open(name); err != nil {
			return "", err
		}
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, buildHead))
	if err != nil {
		return "", err
	}
	if id := buildID(head); id != "" {
		return id, nil
	}
	all := sha256.New()
	all.Write(head)
	_, err = io.Copy(all, f)
	return string(all.Sum(nil)), err
}

// buildHead is how far into a file the go command itself looks for the ID.
const buildHead = 32 << 10

// buildID returns the build ID that is in the head of an executable: in a note of ELF, or
// as a text between marks. The go command makes it of four digests, of all that went into the
// build and of what came out; others, which may stay the same in another build, don't count.
func buildID(head []byte) (id string) {
	const note = "\x04\x00\x00\x00Go\x00\x00" // its type and its owner
	if at := bytes.Index(head, []byte(note)); at >= 4 {
		size := binary.LittleEndian.Uint32(head[at-4:])
		rest := head[at+len(note):]
		id = string(rest[:min(int(size), len(rest))])
	} else if _, after, ok := bytes.Cut(head, []byte("\xff Go build ID: \"")); ok {
		own, _, _ := bytes.Cut(after, []byte("\"\n \xff"))
		id = string(own)
	}
	const parts, sizeOfPart = 4, 20
	if strings.Count(id, "/") != parts-1 || len(id) != parts*sizeOfPart+parts-1 {
		return ""
	}
	return id
}
