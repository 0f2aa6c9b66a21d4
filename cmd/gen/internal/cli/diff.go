package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
)

func (s *session) diffCommand() *cobra.Command {
	var output string
	command := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show what changed in behaviour between two specs",
		Long: `diff compares two resolved specs and shows what a program that uses the generated
code would notice, with the version step that each change needs: major, minor or
patch. One of the two can be - for standard input, as in

	git show HEAD~1:errors.yaml | gen diff - errors.yaml`,
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
		RunE: func(_ *cobra.Command, args []string) error { return s.diff(args[0], args[1], outputFormat(output)) },
	}
	s.maxSizeFlag(command)
	formatFlag(command, &output, textFormat, jsonFormat)
	return command
}

func (s *session) diff(older, newer string, f outputFormat) error {
	if older == "" || newer == "" {
		return usagef("an empty argument is not a spec")
	}
	a, _, err := s.catalog(older)
	if err != nil {
		return err
	}
	b, _, err := s.catalog(newer)
	if err != nil {
		return err
	}
	report := diff.Catalogs(a, b)
	if f == jsonFormat {
		s.printJSON(report)
		return nil
	}
	for _, c := range report.Changes {
		fmt.Fprintf(&s.out, "%-5s  %s\n", c.Level, diag.Visible(describe(c)))
	}
	fmt.Fprintf(&s.out, "%s\n", s.strong("version step: "+report.Level.String()))
	return nil
}

// maxValue is how many characters of a value a line shows.
const maxValue = 160

// describe says in a line what changed.
func describe(c diff.Change) string {
	at := c.API
	if c.Code != "" && c.Kind == diff.Changed {
		at += " " + c.Code
	}
	text := fmt.Sprintf("%s %s", c.Kind, c.Field)
	if c.Kind != diff.Changed && c.Code != "" {
		text += " " + c.Code
	}
	if at != "" {
		text = at + ": " + text
	}
	switch {
	case c.Kind == diff.Changed:
		text += fmt.Sprintf(": %s -> %s", brief(c.Old), brief(c.New))
	case c.Old+c.New != "":
		text += ": " + brief(c.Old+c.New)
	}
	return text
}

func brief(value string) string {
	if value == "" {
		return "nothing"
	}
	if runes := []rune(value); len(runes) > maxValue {
		return string(runes[:maxValue]) + "…"
	}
	return value
}
