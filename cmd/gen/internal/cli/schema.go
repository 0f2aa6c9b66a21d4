package cli

import (
	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

func (s *session) schemaCommand() *cobra.Command {
	var part, overlay bool
	command := &cobra.Command{
		Use:   "schema [--part | --overlay]",
		Short: "Print the JSON Schema of the format, for editors",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case part && overlay:
				return usagef("flags --part and --overlay are for different files")
			case part:
				s.writeJSON(format.PartSchema())
			case overlay:
				s.writeJSON(format.OverlaySchema())
			default:
				s.writeJSON(format.Schema())
			}
			return nil
		},
	}
	command.Flags().BoolVar(&part, "part", false, "print that of one of several files of a spec")
	command.Flags().BoolVar(&overlay, "overlay", false, "print that of overlays, which hold texts in another language")
	return command
}
