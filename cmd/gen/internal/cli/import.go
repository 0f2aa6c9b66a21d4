package cli

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/importer"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// importing is what the flags of import say.
type importing struct{ from, api, out string }

func (s *session) importCommand() *cobra.Command {
	var i importing
	var kinds []string
	for _, k := range importer.Kinds() {
		kinds = append(kinds, string(k))
	}
	command := &cobra.Command{
		Use:   "import FILE… [--from KIND] [--api API] [--out FILE]",
		Short: "Write a first spec from what there is: OpenAPI, protos, tables, replies, code",
		Long: `import writes a first spec from files that say something about an API's errors.
What they are is told from their content, or by --from; docs/import.md says what
is read of each kind, and shows one.

Where replies have their codes, and what to do about each, is inferred where the
files don't say it, with the evidence in comments. What can't be known, and what
was guessed, is marked ` + model.ToDo + `: check lists it, and generate waits until
it is written.

Without --out it prints the spec. With --out it writes a file, and overwrites
nothing.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("missing argument: the file to import")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if i.from != "" && !slices.Contains(kinds, i.from) {
				return usagef("unknown kind %q; known: %s", i.from, strings.Join(kinds, ", "))
			}
			return s.importFiles(args, i)
		},
	}
	command.Flags().StringVar(&i.from, "from", "", "the `kind` of the files: "+strings.Join(kinds, ", "))
	complete(command, "from", func() []string { return kinds })
	command.Flags().StringVar(&i.api, "api", "", "the name of the `API`, which becomes the Go package name (default: from the files)")
	command.Flags().StringVar(&i.out, "out", "", "write the spec to `file`")
	s.maxSizeFlag(command)
	return command
}

func (s *session) importFiles(names []string, i importing) error {
	result, err := s.imported(names, i)
	if err != nil {
		return err
	}
	place := "the spec"
	if i.out == "" {
		s.shape = verbatim
		s.out.Write(result.Spec)
	} else {
		if _, err := output.Create(filepath.Dir(i.out), map[string][]byte{filepath.Base(i.out): result.Spec}); err != nil {
			return outputFailure(err)
		}
		place = i.out
	}
	s.importedAs(result, place)
	return nil
}

// imported imports files, and says what is left out of them.
func (s *session) imported(names []string, i importing) (*importer.Result, error) {
	if rule, message, hint := check.APINameFault(i.api); i.api != "" && rule != "" {
		return nil, usagef("bad --api: %s; %s", message, hint)
	}
	var files []importer.File
	for _, name := range names {
		content, err := s.importFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, content)
	}
	result, err := importer.Import(files, importer.Options{From: importer.Kind(i.from), API: i.api})
	if fault, ok := errors.AsType[*importer.Fault](err); ok {
		return nil, foundf("%w", fault)
	}
	if err != nil {
		return nil, internalf("%w", err)
	}
	for n, what := range result.LeftOut {
		if n == maxLeftOut {
			s.messagef("left out %s more", plural(len(result.LeftOut)-n, "thing"))
			break
		}
		s.messagef("left out %s", what)
	}
	return result, nil
}

// importedAs says what an import has come to.
func (s *session) importedAs(result *importer.Result, place string) {
	s.messagef("read as %s: %s has %s, and %s for the author to write; check lists them",
		result.Kind, place, plural(result.Codes, "code"), plural(result.ToDo, "thing"))
}

// maxLeftOut is how many things are told that no spec can hold.
const maxLeftOut = 20

// importFile reads a file to import, or standard input.
func (s *session) importFile(name string) (importer.File, error) {
	f := importer.File{Name: name}
	var err error
	if name == stdinName {
		s.prompt("type or paste what to import")
		f.Name = "stdin"
		f.Content, err = s.readAll(s.stdin)
	} else {
		f.Content, err = s.readFile(name)
	}
	switch {
	case err != nil:
		return f, unreadable("file", err)
	case int64(len(f.Content)) > s.limit():
		return f, usagef("%s has more than %d bytes; --max-size raises the limit", f.Name, s.limit())
	}
	return f, nil
}
