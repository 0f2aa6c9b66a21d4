package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
)

// outputFormat is the value of the -o flag.
type outputFormat string

// The output formats.
const (
	textFormat   outputFormat = "text"
	jsonFormat   outputFormat = "json"
	githubFormat outputFormat = "github"

	markdownFormat outputFormat = "markdown"
)

// formatFlag adds the -o flag with the formats that a command has, the default
// first.
func formatFlag(command *cobra.Command, value *string, formats ...outputFormat) {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = string(f)
	}
	command.Flags().StringVarP(value, "output", "o", names[0], "the `format` of the output: "+strings.Join(names, " or "))
	complete(command, "output", func() []string { return names })
	run := command.RunE
	command.RunE = func(command *cobra.Command, args []string) error {
		if !slices.Contains(names, *value) {
			return usagef("unknown output format %q; known: %s", *value, strings.Join(names, ", "))
		}
		return run(command, args)
	}
}

// complete lets shells complete a flag's value.
func complete(command *cobra.Command, flag string, values func() []string) {
	err := command.RegisterFlagCompletionFunc(flag,
		func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return values(), cobra.ShellCompDirectiveNoFileComp
		})
	if err != nil {
		panic("internal error: " + err.Error())
	}
}

// printJSON prints a value for programs.
func (s *session) printJSON(value any) { s.writeJSON(catalogjson.Encode(value)) }

// writeJSON prints what is JSON.
func (s *session) writeJSON(content []byte) {
	s.shape = isJSON
	s.out.Write(content)
}
