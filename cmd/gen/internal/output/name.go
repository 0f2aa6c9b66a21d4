package output

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/classify/packed"
)

// maxNameElement is the length in bytes that file systems allow a name.
const maxNameElement = 255

// checkNames reports the names of a tree that some file system would refuse, take
// for another one of them, or take out of the tree.
func checkNames(t *tree) []Conflict {
	var conflicts []Conflict
	spellings := map[string]string{}
	for _, f := range t.files {
		if reason := nameFault(f.name); reason != "" {
			conflicts = append(conflicts, Conflict{f.name, reason})
			continue
		}
		for name := f.name; name != "."; name = path.Dir(name) {
			first, ok := spellings[packed.Fold(name)]
			if !ok {
				spellings[packed.Fold(name)] = name
			} else if first != name {
				conflicts = append(conflicts, Conflict{t.display(name),
					fmt.Sprintf("differs from %s only in case, which some file systems do not tell apart", t.display(first))})
				break
			}
		}
	}
	return conflicts
}

// nameFault says what is wrong with a path, or nothing.
func nameFault(name string) string {
	if !fs.ValidPath(name) || name == "." {
		return "not a path below the output directory"
	}
	for element := range strings.SplitSeq(name, "/") {
		if fault := elementFault(element); fault != "" {
			return fault
		}
	}
	return ""
}

func elementFault(element string) string {
	switch {
	case len(element) > maxNameElement:
		return fmt.Sprintf("a name of %d bytes; file systems allow %d", len(element), maxNameElement)
	case !utf8.ValidString(element), strings.ContainsFunc(element, unicode.IsControl), strings.ContainsAny(element, `<>:"|?*\`):
		return "a name with a character that Windows refuses"
	case strings.HasSuffix(element, "."), strings.HasSuffix(element, " "):
		return "a name that ends in a full stop or a space, which Windows drops"
	case isDevice(element):
		return "a name that Windows keeps for a device"
	case isTemporary(element):
		return "a name that is kept for temporary files"
	}
	return ""
}

var devices = []string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}

// isDevice reports whether Windows takes a file name, whatever its extension,
// for a device.
func isDevice(element string) bool {
	stem, _, _ := strings.Cut(element, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	if slices.Contains(devices, stem) {
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}
