package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
)

// form is the value of the -o flag.
type form string

// The forms of output.
const (
	textForm   form = "text"
	jsonForm   form = "json"
	githubForm form = "github"
)

// formFlag adds the -o flag with the forms that a command has, the default
// first.
func formFlag(command *cobra.Command, value *string, forms ...form) {
	names := make([]string, len(forms))
	for i, f := range forms {
		names[i] = string(f)
	}
	command.Flags().StringVarP(value, "output", "o", names[0], "the `form` of the output: "+strings.Join(names, " or "))
	complete(command, "output", func() []string { return names })
	run := command.RunE
	command.RunE = func(command *cobra.Command, args []string) error {
		if !slices.Contains(names, *value) {
			return usagef("unknown output form %q; known: %s", *value, strings.Join(names, ", "))
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

// printJSON prints a value in its form for programs.
func (s *session) printJSON(value any) { s.out.Write(catalogjson.Encode(value)) }
