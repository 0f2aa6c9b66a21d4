package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func (s *session) diffCommand() *cobra.Command {
	var output string
	var failOn level
	command := &cobra.Command{
		Use:   "diff OLD NEW [--fail-on LEVEL]",
		Short: "Show what changed in behaviour between two specs",
		Long: `diff compares two resolved specs and shows what a program that uses the generated
code would notice, with the version step that each change needs: major, minor or
patch. Each is a file or a directory, or one in a Git commit, as in

	gen diff HEAD~1:errors.yaml errors.yaml

where the path counts from the working directory, or else from the top of the
repository. One of the two can be - for standard input. With --fail-on the exit
status is 1 if the changes need that step or a greater one. -o markdown writes
them for a changelog.`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) < 2:
				return usagef("missing argument: an old spec and a new one")
			case len(args) > 2:
				return usagef("unexpected argument %q", args[2])
			case args[0] == stdinName && args[1] == stdinName:
				return usagef("standard input can't be both specs")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return s.diff(args[0], args[1], failOn, outputFormat(output))
		},
	}
	s.maxSizeFlag(command)
	command.Flags().Var(&failOn, "fail-on", "fail if the changes need this step, the `level` "+diag.OneOf(levels)+", or a greater one")
	complete(command, "fail-on", func() []string { return levels })
	formatFlag(command, &output, textFormat, jsonFormat, markdownFormat)
	return command
}

// levels are the steps that --fail-on takes.
var levels = []string{diff.Patch.String(), diff.Minor.String(), diff.Major.String()}

// level is a version step as the value of a flag.
type level diff.Level

func (l *level) Set(text string) error {
	i := slices.Index(levels, text)
	if i < 0 {
		return errors.New(diag.OneOf(levels) + " is wanted")
	}
	*l = level(diff.Patch) + level(i)
	return nil
}

func (l *level) String() string { return "" }

func (l *level) Type() string { return "level" }

func (s *session) diff(older, newer string, failOn level, f outputFormat) error {
	if older == "" || newer == "" {
		return usagef("an empty argument is not a spec")
	}
	a, _, err := s.stated(older)
	if err != nil {
		return err
	}
	b, _, err := s.stated(newer)
	if err != nil {
		return err
	}
	report := diff.Catalogs(a, b)
	switch f {
	case jsonFormat:
		s.printJSON(report)
	case markdownFormat:
		s.shape = verbatim
		s.out.Write(markdown.Changes(report))
	default:
		for _, c := range report.Changes {
			fmt.Fprintf(&s.out, "%-5s  %s\n", c.Level, diag.Visible(c.String()))
		}
		fmt.Fprintf(&s.out, "%s\n", s.strong("version step: "+report.Level.String()))
	}
	if failOn != 0 && report.Level >= diff.Level(failOn) {
		return foundf("the changes need a %s version", report.Level)
	}
	return nil
}

// stated is the catalog of a spec in a file, in a Git commit, or from standard input.
func (s *session) stated(name string) (*model.Catalog, source, error) {
	src, isRevision, err := s.revision(name)
	if err == nil && !isRevision {
		src, err = s.read([]string{name})
	}
	if err != nil {
		return nil, src, err
	}
	c, err := s.resolved(src)
	return c, src, err
}
