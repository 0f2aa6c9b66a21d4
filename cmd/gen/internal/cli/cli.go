// Package cli is the command line: it reads the arguments, lets the other
// packages do the work and prints what comes of it.
//
// Results go to standard output, everything else to standard error. Standard
// output is written once, at the end, so that a run that fails prints no half
// result. Text of a spec, a reply or an argument is printed as [diag.Printed] says.
package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// session is one run of the command.
type session struct {
	name   string // as it was called; empty for gen
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	out    bytes.Buffer // what stdout is to get
	shape  shape        // of that

	maxSize        int64  // how many bytes a spec may have; 0 for the default
	collectAsUsual func() // ends what collectSeldom began
	renders        int    // how often output was rendered
	checks         int    // how often a spec was checked for its catalog alone
}

// shape is what standard output is to get.
type shape uint8

const (
	forPeople shape = iota // lines of text, in which nothing is obeyed that comes from outside
	isJSON
	verbatim // what another program reads by its own rules
)

// Main runs the command with arguments that do not include its name and returns
// the exit status: 0 where all is done; 1 where problems were found, output is
// stale or nothing was found; 2 for a wrong use; 3 for everything else.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	return MainAs("", args, stdin, stdout, stderr)
}

// MainAs does the same for a command that was called by a name, as [Name] returns it: help,
// messages and the completion of shells have that.
func MainAs(name string, args []string, stdin io.Reader, stdout, stderr io.Writer) (status int) {
	return (&session{name: name, stdin: stdin, stdout: stdout, stderr: stderr}).run(args)
}

func (s *session) run(args []string) (status int) {
	defer func() {
		if bug := recover(); bug != nil {
			message := strings.TrimPrefix(fmt.Sprint(bug), "internal error: ")
			fmt.Fprintf(s.stderr, "internal error: %s\n\n%s", message, debug.Stack())
			status = statusInternal
		}
	}()
	s.collectAsUsual = collectSeldom()
	defer s.collectAsUsual()
	root := s.root()
	root.SetArgs(append([]string{}, args...)) // cobra takes nil for os.Args
	command, err := root.ExecuteC()
	if failed := failureOf(err); failed != nil && failed.status != statusFound {
		s.report(command, failed)
		return failed.status
	}
	if err := s.flush(); err != nil {
		s.messagef("write output: %v", err)
		return statusInternal
	}
	if failed := failureOf(err); failed != nil {
		s.report(command, failed) // after the results that it sums up
		return failed.status
	}
	return statusDone
}

// flush prints the results. That nobody reads them to the end is not an error.
func (s *session) flush() error {
	if s.out.Len() == 0 {
		return nil
	}
	content := s.out.Bytes()
	switch s.shape {
	case forPeople:
		content = []byte(diag.Printed(s.out.String(), colors(s.stdout)))
	case isJSON:
		content = diag.PrintedJSON(content)
	}
	_, err := s.stdout.Write(content)
	if errors.Is(err, io.ErrClosedPipe) || slices.ContainsFunc(readerGone[:], func(gone error) bool { return errors.Is(err, gone) }) {
		return nil
	}
	return err
}

// report prints why a run did not do what it was asked for.
func (s *session) report(command *cobra.Command, f *failure) {
	for line := range strings.Lines(f.Error()) {
		s.messagef("%s", strings.TrimSuffix(line, "\n"))
	}
	if f.help {
		fmt.Fprintf(s.stderr, "run '%s --help' for usage\n", command.CommandPath())
	}
}

// messagef prints a line for people on standard error.
func (s *session) messagef(format string, args ...any) {
	io.WriteString(s.stderr, diag.Printed(diag.Visible(s.base()+": "+fmt.Sprintf(format, args...))+"\n", false))
}

// messages is where lines for people are written to.
type messages struct{ *session }

func (m messages) Write(text []byte) (int, error) {
	for line := range strings.Lines(string(text)) {
		m.messagef("%s", strings.TrimSuffix(line, "\n"))
	}
	return len(text), nil
}

// root is the command without a verb.
func (s *session) root() *cobra.Command {
	root := &cobra.Command{
		Use:         s.base(),
		Annotations: map[string]string{cobra.CommandDisplayNameAnnotation: s.called()},
		Short:       "Generate code, docs and a site from an error catalog, and ask it questions",
		Long: s.base() + ` turns an error catalog, YAML that lists every status and error code of one or
more APIs, into code (Go, TypeScript, Python), docs and a site for support staff,
and answers questions about it. Without --spec, all but generate and diff use the
catalog that is part of the command.

A catalog can be in several files: --spec takes a directory of them too, and can
be repeated. docs/spec-format.md says what each file may hold.

The exit status is 0 on success; 1 if a spec has problems, output is stale or
nothing was found; 2 if the command was used wrongly; and 3 if something else
went wrong.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(command *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			if near := command.SuggestionsFor(args[0]); len(near) > 0 {
				best, _ := diag.Closest(args[0], near)
				return usagef("unknown command %q; did you mean %q?", args[0], cmp.Or(best, near[0]))
			}
			return usagef("unknown command %q", args[0])
		},
		RunE: func(*cobra.Command, []string) error { return usagef("missing command") },
	}
	root.SetOut(&s.out)
	root.SetErr(s.stderr)
	root.SetVersionTemplate("gen {{.Version}}\n")
	root.Flags().Bool("version", false, "print the version")
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SuggestionsMinimumDistance = 2
	root.SetHelpCommand(helpCommand())
	commands := []*cobra.Command{
		s.generateCommand(),
		s.siteCommand(),
		s.serveCommand(),
		s.checkCommand(),
		s.fmtCommand(),
		s.translateCommand(),
		s.explainCommand(),
		s.classifyCommand(),
		s.listCommand(),
		s.tableCommand(),
		s.vectorsCommand(),
		s.repliesCommand(),
		s.sqlCommand(),
		s.replayCommand(),
		s.learnCommand(),
		s.simulateCommand(),
		s.diffCommand(),
		s.initCommand(),
		s.importCommand(),
		s.schemaCommand(),
		s.versionCommand(),
		s.completionCommand(),
	}
	for _, command := range commands {
		command.DisableFlagsInUseLine = true // it names those that matter itself
		root.AddCommand(command)
	}
	return root
}

// flagError names a flag that was written with one dash, and says what a flag wants for its
// value.
func flagError(command *cobra.Command, err error) error {
	text := err.Error()
	if _, written, ok := strings.Cut(text, "unknown shorthand flag: "); ok {
		_, written, _ = strings.Cut(written, " in -")
		name, _, _ := strings.Cut(written, "=")
		if command.Flags().Lookup(name) != nil {
			return usagef("unknown flag -%s; flags use two dashes: --%s", name, name)
		}
	}
	if number, ok := errors.AsType[*strconv.NumError](err); ok {
		want := "a whole number"
		if number.Func == "ParseBool" {
			want = "true or false"
		}
		return usagef("%s%s is wanted", strings.TrimSuffix(text, number.Error()), want)
	}
	return usagef("%w", err)
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show the help of a command",
		RunE: func(help *cobra.Command, args []string) error {
			command, rest, err := help.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usagef("unknown command %q", strings.Join(args, " "))
			}
			command.InitDefaultHelpFlag()
			return command.Help()
		},
	}
}
