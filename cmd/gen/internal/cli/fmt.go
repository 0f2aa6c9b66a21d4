package cli

import (
	"bytes"
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

func (s *session) fmtCommand() *cobra.Command {
	var only bool
	command := &cobra.Command{
		Use:   "fmt [--check] FILE...",
		Short: "Put specs and overlays into the one layout",
		Long: `fmt puts specs and overlays, or any YAML files, into one layout: two spaces for each
level, also for the lists of a mapping, one space after a hyphen and after the colon
of a key, no space at the end of a line, no two empty lines in a row, and line
feeds. It moves lines and changes nothing on them: comments, quotes, braces, the
order of keys and all values stay, which it makes sure of before it writes.

It names the files that it changes, and leaves all others untouched. - is standard
input, whose layout goes to standard output. With --check nothing is written, and
the exit status is 1 if a file is in another layout.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("missing argument: a file")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return s.format(args, only) },
	}
	command.Flags().BoolVar(&only, "check", false, "name the files that are in another layout, and write nothing")
	s.maxSizeFlag(command)
	return command
}

// format puts files into the one layout. A file that can't be is told, and does not keep the
// others from it.
func (s *session) format(names []string, only bool) error {
	other := 0
	var failed error
	for _, name := range names {
		changed, err := s.formatFile(name, only)
		if changed {
			other++
		}
		if err != nil && failed != nil {
			s.messagef("%v", failed)
		}
		failed = cmp.Or(err, failed)
	}
	if failed != nil {
		return failed
	}
	if only && other > 0 {
		return foundf("%s in another layout; gen fmt changes it", plural(other, "file"))
	}
	return nil
}

// formatFile puts one file into the layout, and reports whether it is in another.
func (s *session) formatFile(name string, only bool) (changed bool, err error) {
	file, err := s.content(name, s.limit())
	if err != nil {
		return false, err
	}
	content, problems := syntax.Layout(file.Name, file.Content, s.limit())
	if content == nil {
		return false, s.flawed(source{name: file.Name, files: []check.Source{file}}, problems)
	}
	changed = !bytes.Equal(content, file.Content)
	switch {
	case name == stdinName && !only:
		s.shape = verbatim
		s.out.Write(content)
	case changed:
		fmt.Fprintln(&s.out, diag.Visible(file.Name))
		if !only {
			if err := output.Replace(name, content); err != nil {
				return false, internalf("%w", err)
			}
		}
	}
	return changed, nil
}
