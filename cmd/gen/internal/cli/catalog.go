package cli

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

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
	return check.LoadAll(src.files, src.overlays...)
}

// catalogIn reads and checks a spec with its overlays, and returns its catalog in a
// language, or in that of the spec for "".
func (s *session) catalogIn(names []string, language string) (*model.Catalog, source, error) {
	if language == "" {
		return s.catalog(names)
	}
	src, err := s.read(names)
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
				return src.languageOf(p.File) != tag
			})))
			return c, src, nil
		}
		known = append(known, c.Language)
	}
	return nil, src, usagef("unknown language %q; %s is in %s", language, src.name, strings.Join(known, ", "))
}

// languageOf returns the language that the name of an overlay says; empty for another file.
func (src source) languageOf(overlay string) string {
	for _, file := range src.files {
		if tag, ok := check.OverlayLanguage(filepath.Base(file.Name), filepath.Base(overlay)); ok {
			return tag
		}
	}
	return ""
}

// languagesOf returns the languages that a spec has overlays in.
func languagesOf(spec []string) []string {
	src, err := quiet().read(spec)
	if err != nil {
		return nil
	}
	var all []string
	for _, overlay := range src.overlays {
		if tag := src.languageOf(overlay.Name); tag != "" && !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return all
}

// quiet returns a session that says nothing, for what shells complete.
func quiet() *session { return &session{stdin: strings.NewReader(""), stderr: io.Discard} }

// flawed prints the problems of a spec that has errors, and returns the failure.
func (s *session) flawed(src source, problems []diag.Problem) error {
	s.warn(src, problems)
	return foundf("%s%s has %s", src.rest(), src.name, count(problems))
}

// rest says in a line where the rest of a spec may be, if all that was read is a file that may
// be one of several.
func (src source) rest() string {
	if len(src.files) > 1 || src.file == "" || !check.IsPart(src.files[0]) {
		return ""
	}
	dir := filepath.Dir(src.file)
	if names, err := yamlIn(dir); err != nil || len(names) < 2 {
		return ""
	}
	return fmt.Sprintf("%s has no key format; if it is one of several files of a spec, name their directory: --spec %s\n", src.name, dir)
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
	sources := make(map[string][]byte)
	for _, file := range src.files {
		sources[file.Name] = file.Content
	}
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
func (s *session) apiFlag(command *cobra.Command, value *string, spec *[]string, usage string) {
	command.Flags().StringVar(value, "api", "", usage)
	complete(command, "api", func() []string {
		c, _, err := quiet().catalog(*spec)
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
