package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/sql"
)

// querying is what the flags of sql say.
type querying struct {
	spec              []string
	api, dialect, out string
	check             bool
}

func (s *session) sqlCommand() *cobra.Command {
	var q querying
	command := &cobra.Command{
		Use:   "sql --dialect DIALECT [--spec FILE] [--api API] [--out FILE [--check]]",
		Short: "Write tables and macros that classify logged replies in a database",
		Long: `sql writes a catalog as SQL, for the database in which replies are logged. It
defines a table macro, errkb_classify: given the name of a table or a view with
the columns id, api, operation, status, headers and body, it says of each row
what classify says: the entry, the category, the action, the waits. Where the
database can't say what classify would, the row is undecided, with the reason.
docs/fleet.md shows how to use it.

Without --out it prints the file. With --check nothing is written; differences
are printed, and the exit status is 1 if there are any.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if !slices.Contains(sql.Dialects(), q.dialect) {
				known := "known: " + strings.Join(sql.Dialects(), ", ")
				if q.dialect == "" {
					return usagef("missing flag --dialect; %s", known)
				}
				return usagef("unknown dialect %q; %s", q.dialect, known)
			}
			return s.sql(q)
		},
	}
	s.specFlag(command, &q.spec, orShipped)
	s.apiFlag(command, &q.api, &q.spec, "only this `API`")
	command.Flags().StringVar(&q.dialect, "dialect", "", "the `dialect` of SQL: "+strings.Join(sql.Dialects(), ", "))
	complete(command, "dialect", sql.Dialects)
	command.Flags().StringVar(&q.out, "out", "", "write it to `file`")
	checkFlag(command, &q.check)
	return command
}

func (s *session) sql(q querying) error {
	if q.check && q.out == "" {
		return usagef("flag --check needs --out: the file to compare with")
	}
	c, src, err := s.catalog(q.spec)
	if err != nil {
		return err
	}
	apis := c.APIs
	if q.api != "" {
		a, err := findAPI(c, q.api)
		if err != nil {
			return err
		}
		apis = []*model.API{a}
	}
	mark := src.mark(c.Title, "")
	content, err := sql.File(apis, mark)
	if err != nil {
		return foundf("%w; --api chooses another", err)
	}
	if q.out == "" {
		s.shape = verbatim
		s.out.Write(content)
		return nil
	}
	tree, err := single("out", q.out, content, mark, src.former(c.Title, ""))
	switch {
	case err != nil:
		return err
	case q.check:
		_, err = s.compare(src, []output.Tree{tree}, generation{})
	default:
		_, err = s.write([]output.Tree{tree})
	}
	return err
}
