package cli

import (
	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

func (s *session) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the format, for editors",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			s.out.Write(format.Schema())
			return nil
		},
	}
}
