package cli

import (
	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

func (s *session) schemaCommand() *cobra.Command {
	var overlay bool
	command := &cobra.Command{
		Use:   "schema [--overlay]",
		Short: "Print the JSON Schema of the format, for editors",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if overlay {
				s.writeJSON(format.OverlaySchema())
				return nil
			}
			s.writeJSON(format.Schema())
			return nil
		},
	}
	command.Flags().BoolVar(&overlay, "overlay", false, "print that of overlays, which hold texts in another language")
	return command
}
