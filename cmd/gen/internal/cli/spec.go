package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/spec"
)

// stdinName stands for standard input as an argument.
const stdinName = "-"

// specName is what a spec is called as a rule: the shipped one, and what init writes.
const specName = "errors.yaml"

// source is a spec as it was read.
type source struct {
	name  string         // as the user gave it
	files []check.Source // in their order
	file  string         // the place of the one that generated files belong to; empty for standard input
	base  string         // its base name
	owner string         // what the mark names it by, where that is not its place

	overlays []check.Source // the texts in other languages, which stand beside the files
	notices  *check.Source  // what support staff write for the site; nil for most
}

// specFlag adds the --spec flag, which can also be what is said behind it.
func (s *session) specFlag(command *cobra.Command, value *[]string, otherwise string) {
	command.Flags().StringArrayVar(value, "spec", nil, "the spec, a YAML `file` or a directory of them; can be repeated"+otherwise)
	if err := command.MarkFlagFilename("spec", "yaml", "yml"); err != nil {
		panic("internal error: " + err.Error())
	}
	s.maxSizeFlag(command)
}

// What else --spec may be.
const (
	byDefault = " (default: the catalog that is part of the command)"
	orStdin   = "; - is standard input"
	orShipped = orStdin + byDefault
)

// isNone reports whether the flag --spec names no spec.
func isNone(names []string) bool { return len(names) == 0 || len(names) == 1 && names[0] == "" }

// read reads a spec: files, directories of files, standard input, or the shipped one for none.
func (s *session) read(names []string) (source, error) {
	if isNone(names) {
		s.saysWhich()
		return shipped(), nil
	}
	places, err := placesOf(names)
	if err != nil {
		return source{}, unreadable("spec", err)
	}
	var files, beside []check.Source
	rest := s.limit()
	for _, name := range places.files {
		file, err := s.content(name, rest)
		if err != nil {
			return source{}, err
		}
		if !isOverlay(file) { // which is not part of what is limited together
			rest = max(0, rest-int64(len(file.Content)))
		}
		files = append(files, file)
	}
	for _, name := range places.beside {
		content, err := s.readFile(name)
		if err != nil {
			return source{}, unreadable("overlay", err)
		}
		beside = append(beside, s.source(name, content))
	}
	if sole := files[0]; len(files) == 1 && places.files[0] == names[0] && isOverlay(sole) {
		return source{}, &overlayError{source: sole, spec: filepath.Join(filepath.Dir(sole.Name), filepath.Base(check.Translates(sole)))}
	}
	src, err := assembled(names, files, beside)
	if err != nil {
		return source{}, unreadable("spec", err)
	}
	return src, nil
}

// content reads a file or standard input as far as a byte more than it may have.
func (s *session) content(name string, most int64) (check.Source, error) {
	if name == stdinName {
		content, err := readUpTo(s.stdin, most)
		if err != nil {
			return check.Source{}, unreadable("standard input", err)
		}
		return s.source(stdinFile, content), nil
	}
	content, err := readFileUpTo(name, most)
	if err != nil {
		return check.Source{}, unreadable("spec", err)
	}
	return s.source(name, content), nil
}

// stdinFile is what places of problems call standard input.
const stdinFile = "stdin"

// source is a file for package check.
func (s *session) source(name string, content []byte) check.Source {
	return check.Source{Name: name, Content: content, MaxSize: s.limit()}
}

// assembled makes a spec of the files that the user named, one by one or by their
// directories, and of those beside them that may be overlays.
func assembled(names []string, files, beside []check.Source) (source, error) {
	src := source{name: called(names)}
	for _, file := range files {
		if isOverlay(file) {
			src.add(file)
		} else {
			src.files = append(src.files, file)
		}
	}
	if len(src.files) == 0 {
		return src, fmt.Errorf("%s holds only overlays, which translate a spec", src.name)
	}
	for _, file := range beside {
		if slices.ContainsFunc(src.files, func(spec check.Source) bool {
			return filepath.Dir(spec.Name) == filepath.Dir(file.Name) && check.IsOverlayOf(filepath.Base(spec.Name), file)
		}) {
			src.add(file)
		}
	}
	head := check.Head(src.files)
	src.base = filepath.Base(head.Name)
	if !slices.Contains(names, stdinName) || head.Name != stdinFile {
		src.file = head.Name
	}
	return src, nil
}

// isOverlay reports whether a file that the user named is an overlay of another.
func isOverlay(file check.Source) bool {
	return check.IsOverlay(file.Content) && check.Translates(file) != ""
}

// called returns what the files that the user named are called together.
func called(names []string) string {
	switch n := len(names); {
	case names[0] == stdinName && n == 1:
		return stdinFile
	case n > 2:
		return fmt.Sprintf("%s + %d more", names[0], n-1)
	}
	return strings.Join(names, " + ")
}

// overlayError is that a file is an overlay where a spec is wanted.
type overlayError struct {
	source check.Source
	spec   string
}

func (e *overlayError) Error() string {
	return fmt.Sprintf("%s is an overlay; name the spec that it translates: --spec %s", e.source.Name, e.spec)
}

// add adds an overlay, unless it is there already.
func (src *source) add(overlay check.Source) {
	if !slices.ContainsFunc(src.overlays, func(o check.Source) bool { return filepath.Clean(o.Name) == filepath.Clean(overlay.Name) }) {
		src.overlays = append(src.overlays, overlay)
	}
}

// shippedDir is what the places of problems name the folder of the shipped catalog.
const shippedDir = "spec/"

// shippedAlone is the catalog that is part of the command.
func shippedAlone() source {
	name := shippedDir + specName
	return source{name: name, base: specName, owner: name, files: []check.Source{{Name: name, Content: spec.Errors}}}
}

// shipped is the same with its overlays.
func shipped() source {
	src := shippedAlone()
	entries, err := spec.Overlays.ReadDir(".")
	for _, entry := range entries {
		content, failed := spec.Overlays.ReadFile(entry.Name())
		err = errors.Join(err, failed)
		src.overlays = append(src.overlays, check.Source{Name: shippedDir + entry.Name(), Content: content})
	}
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return src
}

// saysWhich says that a command without --spec does not read the spec that the directory
// holds: whoever works there probably means that one.
func (s *session) saysWhich() {
	if passesOver() {
		s.messagef("this is about the catalog that is part of the command; for the spec here, add --spec %s", specName)
	}
}

// passesOver reports whether the directory holds a spec.
func passesOver() bool {
	_, err := os.Stat(specName)
	return err == nil
}
