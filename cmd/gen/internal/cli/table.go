package cli

import (
	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

func (s *session) tableCommand() *cobra.Command {
	var spec []string
	var api string
	command := &cobra.Command{
		Use:   "table [--api API]",
		Short: "Print an API's decision table as data, for other languages",
		Long: `table prints the decision table of an API as JSON. The errkb packages for
JavaScript and Python use it to decide what a reply means; docs/table.md
describes it.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return s.table(spec, api) },
	}
	s.specFlag(command, &spec, orShipped)
	s.apiFlag(command, &api, &spec, "the `API`; optional if the spec has only one")
	return command
}

func (s *session) table(spec []string, api string) error {
	c, _, err := s.catalog(spec)
	if err != nil {
		return err
	}
	a, err := onlyAPI(c, api)
	if err != nil {
		return err
	}
	s.writeJSON(table.JSON(a.Table()))
	return nil
}

// tableSuffix ends the name of a table's file, after the API's.
const tableSuffix = ".table.json"

// withTables adds the table of each API to the modules of another language.
func withTables(files map[string][]byte, c *model.Catalog, mark string) map[string][]byte {
	for _, a := range c.APIs {
		files[a.Name+tableSuffix] = table.File(a.Table(), model.Mark(mark))
	}
	return files
}
