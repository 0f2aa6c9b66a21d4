package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

func (s *session) checkCommand() *cobra.Command {
	var spec []string
	var notices, output string
	command := &cobra.Command{
		Use:   "check [--spec FILE] [--notices FILE]",
		Short: "Show every problem of a spec",
		Long: `check shows every problem of a spec with its place and, in brackets, the rule.
The overlays beside it are checked with it: errors.de.yaml beside errors.yaml. Of
a spec of several files, all are checked together: --spec names their directory,
or is repeated. The exit status is 1 if there is an error; warnings alone leave it at 0.

With --notices, so is the notices.json that support staff write for the site.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("unexpected argument %q; the spec is given by --spec", args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return s.check(spec, notices, outputFormat(output)) },
	}
	s.specFlag(command, &spec, orShipped)
	command.Flags().StringVar(&notices, "notices", "", "check the notices in a `file` as well")
	formatFlag(command, &output, textFormat, jsonFormat, githubFormat)
	return command
}

func (s *session) check(spec []string, notices string, f outputFormat) error {
	if isNone(spec) && passesOver() {
		return usagef("missing flag --spec: add --spec %s to check the spec here", specName)
	}
	src, err := s.read(spec)
	if overlay, ok := errors.AsType[*overlayError](err); ok {
		s.messagef("%s is an overlay; checking it with its spec, %s", overlay.source.Name, overlay.spec)
		if src, err = s.read([]string{overlay.spec}); err == nil {
			src.add(overlay.source)
		}
	}
	if err != nil {
		return err
	}
	catalogs, problems := src.load()
	name, counted := src.name, problems
	if notices != "" {
		content, err := s.readFile(notices)
		if err != nil {
			return unreadable("notices", err)
		}
		src.notices = new(s.source(notices, content))
		noticed := src.noticed(catalogs)
		if !diag.HasErrors(problems) {
			name, counted = notices, noticed
		}
		problems = append(problems, noticed...)
	}
	switch f {
	case jsonFormat:
		s.shape = isJSON
		err = diag.JSON(&s.out, problems)
	case githubFormat:
		s.shape = verbatim
		err = diag.GitHub(&s.out, problems)
	default:
		err = diag.Text(&s.out, problems, src.style(colors(s.stdout)))
	}
	if err != nil {
		return internalf("%w", err)
	}
	if !diag.HasErrors(problems) {
		return nil
	}
	return foundf("%s%s has %s", src.rest(), name, count(counted))
}
