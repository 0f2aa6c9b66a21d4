package cli

import (
	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

func (s *session) checkCommand() *cobra.Command {
	var spec, output string
	command := &cobra.Command{
		Use:   "check [--spec FILE]",
		Short: "Show every problem of a spec",
		Long: `check shows every problem of a spec with its place and, in brackets, the rule.
The exit status is 1 if there is an error; warnings alone leave it at 0.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("unexpected argument %q; the spec is given by --spec", args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return s.check(spec, outputFormat(output)) },
	}
	specFlag(command, &spec, orShipped)
	formatFlag(command, &output, textFormat, jsonFormat, githubFormat)
	return command
}

func (s *session) check(spec string, f outputFormat) error {
	if spec == "" && passesOver() {
		return usagef("missing flag --spec: add --spec %s to check the spec here", specName)
	}
	src, err := s.read(spec)
	if err != nil {
		return err
	}
	_, problems := check.Load(src.name, src.content)
	switch f {
	case jsonFormat:
		err = diag.JSON(&s.out, problems)
	case githubFormat:
		err = diag.GitHub(&s.out, problems)
	default:
		style := diag.Style{Sources: map[string][]byte{src.name: src.content}, Color: colors(s.stdout)}
		err = diag.Text(&s.out, problems, style)
	}
	if err != nil {
		return internalf("%w", err)
	}
	if !diag.HasErrors(problems) {
		return nil
	}
	return foundf("%s has %s", src.name, count(problems))
}
