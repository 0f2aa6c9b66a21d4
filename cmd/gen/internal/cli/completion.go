package cli

import (
	"github.com/spf13/cobra"
)

func (s *session) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "completion bash|zsh|fish",
		Short:     "Print a script that lets a shell complete the command",
		Long:      "completion prints a script for a shell, as in: source <(" + s.called() + " completion bash)",
		ValidArgs: []string{"bash", "zsh", "fish"},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("missing argument: bash, zsh or fish")
			}
			return nil
		},
		RunE: func(command *cobra.Command, args []string) error {
			s.shape = verbatim
			switch args[0] {
			case "bash":
				return command.Root().GenBashCompletionV2(&s.out, true)
			case "zsh":
				return command.Root().GenZshCompletion(&s.out)
			case "fish":
				return command.Root().GenFishCompletion(&s.out, true)
			}
			return usagef("unknown shell %q; known: bash, zsh, fish", args[0])
		},
	}
}
