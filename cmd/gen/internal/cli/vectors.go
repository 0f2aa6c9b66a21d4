package cli

import (
	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

func (s *session) vectorsCommand() *cobra.Command {
	var spec []string
	var out string
	command := &cobra.Command{
		Use:   "vectors [--spec FILE] [--out FILE]",
		Short: "Write conformance vectors: what each example of a spec means",
		Long: `vectors writes what every interpreter of the decision tables of a spec has to
answer: the tables, and for each example of the spec the reply, what it says and
what it means. The shapes are those of errkb's own vectors, in spec/vectors.
Without --out it prints them.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return s.vectors(spec, out) },
	}
	s.specFlag(command, &spec, orShipped)
	command.Flags().StringVar(&out, "out", "", "write them to `file`")
	return command
}

func (s *session) vectors(spec []string, out string) error {
	c, src, err := s.catalog(spec)
	if err != nil {
		return err
	}
	mark := src.mark(c.Title, "")
	content := table.Vectors(c, mark)
	if out == "" {
		s.writeJSON(content)
		return nil
	}
	tree, err := single("out", out, content, mark, src.former(c.Title, ""))
	if err != nil {
		return err
	}
	_, err = s.write([]output.Tree{tree})
	return err
}
