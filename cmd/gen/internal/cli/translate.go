package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/translate"
)

// translation is what the flags of translate say.
type translation struct {
	spec          []string
	language      string
	accept, check bool
}

func (s *session) translateCommand() *cobra.Command {
	var t translation
	command := &cobra.Command{
		Use:   "translate --spec FILE [--language TAG] [--accept] [--check]",
		Short: "Write or update the texts of a spec in another language",
		Long: `translate writes the overlay of a spec in a language, such as errors.de.yaml for
errors.yaml, or brings it up to date; each file of a spec has its own. Texts that
are missing are added, empty and with the original beside them, and those whose
original has changed are marked.
What is translated stays as written, and so do your comments; the lines that
start with #| are those of translate. Write a text into the empty quotes, then
run it again. Without --language it updates all overlays of the spec.

A text whose original has changed counts as up to date once it is changed too.
With --accept, all of them do: use it when a change did not matter.

With --check nothing is written, and the exit status is 1 if a text is missing or
stale, or if the spec does not have it.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if isNone(t.spec) || slices.Contains(t.spec, stdinName) {
				return usagef("missing flag --spec: the file to translate")
			}
			return s.translate(t)
		},
	}
	s.specFlag(command, &t.spec, "")
	command.Flags().StringVar(&t.language, "language", "", "the `tag` of the language, such as de or pt-BR")
	command.Flags().BoolVar(&t.accept, "accept", false, "take the texts for right whose original has changed")
	command.Flags().BoolVar(&t.check, "check", false, "say what is missing or stale, and write nothing")
	return command
}

func (s *session) translate(t translation) error {
	src, err := s.read(t.spec)
	if err != nil {
		return err
	}
	overlays := src.overlays
	if t.language != "" {
		if overlays, err = src.overlaysIn(t.language); err != nil {
			return err
		}
	}
	if len(overlays) == 0 {
		return usagef("missing flag --language: %s has no overlay yet", src.name)
	}
	var failed error
	for _, overlay := range overlays {
		if err := s.bringUpToDate(src, overlay, t); err != nil {
			if failure := failureOf(err); failure.status != statusFound {
				return err
			}
			failed = err
		}
	}
	return failed
}

// overlaysIn returns the overlays of a spec in a language, one for each of its files. Those
// that are still to be written have no content.
func (src source) overlaysIn(language string) ([]check.Source, error) {
	tag, ok := format.ParseLanguage(language)
	if !ok {
		return nil, usagef("bad language %q; use a tag such as de or pt-BR", language)
	}
	var all []check.Source
	for _, file := range src.files {
		overlay, err := src.overlayOf(file, tag)
		if err != nil {
			return nil, err
		}
		all = append(all, overlay)
	}
	return all, nil
}

// overlayOf returns the overlay of a file in a language.
func (src source) overlayOf(file check.Source, tag string) (check.Source, error) {
	for _, overlay := range src.overlays {
		named, ok := check.OverlayLanguage(filepath.Base(file.Name), filepath.Base(overlay.Name))
		if ok && named == tag && filepath.Dir(file.Name) == filepath.Dir(overlay.Name) {
			return overlay, nil
		}
	}
	extension := filepath.Ext(file.Name)
	name := strings.TrimSuffix(file.Name, extension) + "." + tag + extension
	if _, err := os.Lstat(name); err == nil {
		return check.Source{}, foundf("%s exists, and is not an overlay: it has no key translates", name)
	}
	return check.Source{Name: name, MaxSize: file.MaxSize}, nil
}

// bringUpToDate writes an overlay, or says what it lacks.
func (s *session) bringUpToDate(src source, overlay check.Source, t translation) error {
	isNew := overlay.Content == nil
	if isNew {
		tag := src.languageOf(overlay.Name)
		extension := filepath.Ext(overlay.Name)
		of := strings.TrimSuffix(filepath.Base(overlay.Name), "."+tag+extension) + extension
		overlay.Content = translate.Start(of, tag)
	}
	src.overlays = []check.Source{overlay}
	result := translate.Update(src.files, overlay, t.accept)
	if result.Content == nil {
		if isNew && len(result.Problems) == 0 {
			return nil // the file has no texts
		}
		// A new overlay has nothing yet that could be wrong, but its language.
		if isNew && slices.ContainsFunc(result.Problems, func(p diag.Problem) bool { return p.File == overlay.Name && p.Severity == diag.Error }) {
			return usagef("bad language %q: %s is in that language itself", t.language, src.name)
		}
		s.warn(src, result.Problems)
		return foundf("%s has %s; nothing is written", overlay.Name, count(result.Problems))
	}
	shown := result.Problems
	if !t.check { // what is missing and stale is marked in the file
		shown = nil
		for _, p := range result.Problems {
			if p.Severity == diag.Error || p.Rule == "unlike-placeholders" {
				shown = append(shown, p)
			}
		}
	}
	s.warn(src, shown)
	state := plural(result.Translated, "text") + " translated"
	for _, part := range []struct {
		n    int
		what string
	}{{result.Missing, "missing"}, {result.Stale, "stale"}, {result.Unknown, "unknown to the spec"}} {
		if part.n > 0 {
			state += ", " + plural(part.n, "text") + " " + part.what
		}
	}
	if t.check {
		if result.Missing+result.Stale+result.Unknown > 0 {
			return foundf("%s: %s", overlay.Name, state)
		}
		return nil
	}
	written := "is up to date"
	if isNew || !bytes.Equal(result.Content, overlay.Content) {
		if err := output.Replace(overlay.Name, result.Content); err != nil {
			return internalf("%w", err)
		}
		written = "written"
	}
	if result.Unknown > 0 {
		return foundf("%s %s: %s", overlay.Name, written, state)
	}
	s.messagef("%s %s: %s", overlay.Name, written, state)
	return nil
}
