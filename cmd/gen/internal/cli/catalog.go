package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/spec"
)

// stdinName stands for standard input as an argument.
const stdinName = "-"

// specName is what a spec is called as a rule: the shipped one, and what init writes.
const specName = "errors.yaml"

// source is a spec as it was read.
type source struct {
	name    string // as the user gave it, for the places of problems
	base    string // the base name
	isFile  bool   // and not standard input or what is part of the command
	owner   string // what the mark names it by, where that is not its place
	content []byte
	maxSize int64 // how many bytes it may have

	overlays []check.Source // the texts in other languages, which stand beside it
	notices  *check.Source  // what support staff write for the site; nil for most
}

// yamlExtensions are how the names of specs and overlays end.
var yamlExtensions = []string{".yaml", ".yml"}

// specFlag adds the --spec flag, which can also be what is said behind it.
func (s *session) specFlag(command *cobra.Command, value *string, otherwise string) {
	command.Flags().StringVar(value, "spec", "", "the spec, a YAML `file`"+otherwise)
	if err := command.MarkFlagFilename("spec", "yaml", "yml"); err != nil {
		panic("internal error: " + err.Error())
	}
	s.maxSizeFlag(command)
}

// What else --spec may be.
const (
	byDefault = " (default: the catalog that is part of the command)"
	orStdin   = ", or - for standard input"
	orShipped = orStdin + byDefault
)

// read reads a spec: a file, standard input, or the shipped one for "".
func (s *session) read(name string) (source, error) {
	if name == "" {
		s.saysWhich()
		return shipped(), nil
	}
	src, err := s.content(name)
	if err != nil || !src.isFile {
		return src, err
	}
	if check.IsOverlay(src.content) {
		file := s.source(name, src.content)
		spec := check.Translates(file)
		if spec == "" {
			return src, nil // what is wrong with it will be found
		}
		return src, &overlayError{source: file, spec: filepath.Join(filepath.Dir(name), filepath.Base(spec))}
	}
	src.overlays, err = s.overlaysOf(name)
	return src, err
}

// content reads a file or standard input.
func (s *session) content(name string) (source, error) {
	if name == stdinName {
		content, err := s.readAll(s.stdin)
		if err != nil {
			return source{}, unreadable("standard input", err)
		}
		return source{name: "stdin", base: "stdin", content: content, maxSize: s.limit()}, nil
	}
	content, err := s.readFile(name)
	if err != nil {
		return source{}, unreadable("spec", err)
	}
	return source{name: name, base: filepath.Base(name), isFile: true, content: content, maxSize: s.limit()}, nil
}

// source is a file for package check.
func (s *session) source(name string, content []byte) check.Source {
	return check.Source{Name: name, Content: content, MaxSize: s.limit()}
}

// overlayError is that a file is an overlay where a spec is wanted.
type overlayError struct {
	source check.Source
	spec   string
}

func (e *overlayError) Error() string {
	return fmt.Sprintf("%s is an overlay; name the spec that it translates: --spec %s", e.source.Name, e.spec)
}

// add adds an overlay that is not known by its name, which then is what is wrong with it.
func (src *source) add(overlay check.Source) {
	if !slices.ContainsFunc(src.overlays, func(o check.Source) bool { return filepath.Base(o.Name) == filepath.Base(overlay.Name) }) {
		src.overlays = append(src.overlays, overlay)
	}
}

// overlaysOf reads the overlays of a spec.
func (s *session) overlaysOf(spec string) ([]check.Source, error) {
	var overlays []check.Source
	for _, name := range overlayNames(spec) {
		content, err := s.readFile(name)
		if err != nil {
			return nil, unreadable("overlay", err)
		}
		if overlay := s.source(name, content); check.IsOverlayOf(filepath.Base(spec), overlay) {
			overlays = append(overlays, overlay)
		}
	}
	return overlays, nil
}

// overlayNames returns the files beside a spec that may be overlays of it by their names,
// even where these say no language: then the overlay will say so.
func overlayNames(spec string) []string {
	dir := filepath.Dir(spec)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // the spec may be no file of a directory, such as a pipe
	}
	var names []string
	before := strings.TrimSuffix(filepath.Base(spec), filepath.Ext(spec)) + "."
	for _, entry := range entries {
		rest, ok := strings.CutPrefix(entry.Name(), before)
		if ok && slices.Contains(yamlExtensions, filepath.Ext(rest)) && !entry.IsDir() {
			names = append(names, filepath.Join(dir, entry.Name()))
		}
	}
	return names
}

// noticesName is what the file of notices is called, in a site and beside a spec.
const noticesName = "notices.json"

// noticed checks the notices, if there are any, against the catalog, if there is one.
func (src source) noticed(catalogs []*model.Catalog) []diag.Problem {
	switch {
	case src.notices == nil:
		return nil
	case len(catalogs) == 0:
		return check.Notices(*src.notices, nil)
	}
	return check.Notices(*src.notices, catalogs[0])
}

// load checks a spec and its overlays.
func (src source) load() ([]*model.Catalog, []diag.Problem) {
	return check.LoadAll(src.checked(), src.overlays...)
}

// checked is the spec for package check.
func (src source) checked() check.Source {
	return check.Source{Name: src.name, Content: src.content, MaxSize: src.maxSize}
}

// shippedDir is what the places of problems name the folder of the shipped catalog.
const shippedDir = "spec/"

// shippedAlone is the catalog that is part of the command.
func shippedAlone() source {
	return source{name: shippedDir + specName, base: specName, owner: shippedDir + specName, content: spec.Errors}
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

// catalogIn reads and checks a spec with its overlays, and returns its catalog in a
// language, or in that of the spec for "".
func (s *session) catalogIn(name, language string) (*model.Catalog, source, error) {
	if language == "" {
		return s.catalog(name)
	}
	src, err := s.read(name)
	if err != nil {
		return nil, src, err
	}
	catalogs, problems := src.load()
	if diag.HasErrors(problems) {
		return nil, src, s.flawed(src, problems)
	}
	tag, _ := format.ParseLanguage(language)
	var known []string
	for _, c := range catalogs {
		if c.Language == tag {
			s.warn(src, summed(slices.DeleteFunc(problems, func(p diag.Problem) bool {
				in, ok := check.OverlayLanguage(src.base, filepath.Base(p.File))
				return !ok || in != tag
			})))
			return c, src, nil
		}
		known = append(known, c.Language)
	}
	return nil, src, usagef("unknown language %q; %s is in %s", language, src.name, strings.Join(known, ", "))
}

// languagesOf returns the languages that a spec has overlays in.
func languagesOf(spec string) []string {
	if spec == "" {
		var all []string
		for _, overlay := range shipped().overlays {
			tag, _ := check.OverlayLanguage(specName, filepath.Base(overlay.Name))
			all = append(all, tag)
		}
		return all
	}
	var all []string
	for _, name := range overlayNames(spec) {
		if tag, ok := check.OverlayLanguage(filepath.Base(spec), filepath.Base(name)); ok {
			all = append(all, tag)
		}
	}
	return all
}

// flawed prints the problems of a spec that has errors, and returns the failure.
func (s *session) flawed(src source, problems []diag.Problem) error {
	s.warn(src, problems)
	return foundf("%s has %s", src.name, count(problems))
}

// missingSpec is the failure of generate without a spec: nobody wants code and
// docs of the shipped catalog by mistake.
func missingSpec() error {
	return usagef("missing flag --spec: the catalog to make code and docs from")
}

// warn prints problems on standard error.
func (s *session) warn(src source, problems []diag.Problem) {
	io.WriteString(s.stderr, src.text(problems, colors(s.stderr)))
}

// toDos returns how many things the author of a spec has still to write.
func toDos(problems []diag.Problem) (n int) {
	for _, p := range problems {
		if p.Rule == check.RuleToDo {
			n++
		}
	}
	return n
}

// summed returns problems with one about texts that an overlay lacks, in place of one for
// each mapping, and without what is left to the author: who writes or translates asks check
// for them all.
func summed(problems []diag.Problem) []diag.Problem {
	lacking := make(map[string]int)
	for _, p := range problems {
		if p.Rule == missingText {
			lacking[p.File]++
		}
	}
	var all []diag.Problem
	for _, p := range problems {
		if p.Rule == check.RuleToDo {
			continue
		}
		if n := lacking[p.File] - 1; p.Rule == missingText {
			if n < 0 {
				continue
			}
			if lacking[p.File] = 0; n > 0 {
				p.Message += fmt.Sprintf(", and more in %s", plural(n, "other place"))
				p.Hint = "gen check lists them all"
			}
		}
		all = append(all, p)
	}
	return all
}

const missingText = "missing-text"

// text returns problems of the spec as text for people.
func (src source) text(problems []diag.Problem, color bool) string {
	var text bytes.Buffer
	if err := diag.Text(&text, problems, src.style(color)); err != nil {
		panic("internal error: " + err.Error())
	}
	return text.String()
}

// style is how problems of the spec and of its overlays are printed.
func (src source) style(color bool) diag.Style {
	sources := map[string][]byte{src.name: src.content}
	for _, overlay := range src.overlays {
		sources[overlay.Name] = overlay.Content
	}
	if src.notices != nil {
		sources[src.notices.Name] = src.notices.Content
	}
	return diag.Style{Sources: sources, Color: color}
}

// count says how many problems there are.
func count(problems []diag.Problem) string {
	n := diag.Count(problems)
	text := plural(n.Errors, "error")
	if n.Warnings > 0 {
		text += " and " + plural(n.Warnings, "warning")
	}
	return text
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// apiFlag adds the --api flag.
func (s *session) apiFlag(command *cobra.Command, value, spec *string, usage string) {
	command.Flags().StringVar(value, "api", "", usage)
	complete(command, "api", func() []string {
		c, _, err := (&session{stdin: strings.NewReader(""), stderr: io.Discard}).catalog(*spec)
		if err != nil {
			return nil
		}
		return apiNames(c)
	})
}

func apiNames(c *model.Catalog) []string {
	var names []string
	for _, a := range c.APIs {
		names = append(names, a.Name)
	}
	return names
}

// findAPI returns the API of a name.
func findAPI(c *model.Catalog, name string) (*model.API, error) {
	for _, a := range c.APIs {
		if a.Name == name {
			return a, nil
		}
	}
	return nil, usagef("unknown api %q; known: %s", name, strings.Join(apiNames(c), ", "))
}

// onlyAPI returns the API of a name, which may be empty where there is one.
func onlyAPI(c *model.Catalog, name string) (*model.API, error) {
	switch {
	case name != "":
		return findAPI(c, name)
	case len(c.APIs) > 1:
		return nil, usagef("missing flag --api; known: %s", strings.Join(apiNames(c), ", "))
	}
	return c.APIs[0], nil
}
