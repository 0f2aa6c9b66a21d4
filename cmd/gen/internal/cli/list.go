package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

func (s *session) listCommand() *cobra.Command {
	var spec []string
	var api, output string
	command := &cobra.Command{
		Use:   "list [--api API]",
		Short: "Show the resolved catalog",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return s.list(spec, api, outputFormat(output)) },
	}
	s.specFlag(command, &spec, orShipped)
	s.apiFlag(command, &api, &spec, "show this `API` only")
	formatFlag(command, &output, textFormat, jsonFormat)
	return command
}

func (s *session) list(spec []string, api string, f outputFormat) error {
	c, _, err := s.catalog(spec)
	if err != nil {
		return err
	}
	apis := c.APIs
	if api != "" {
		a, err := findAPI(c, api)
		if err != nil {
			return err
		}
		apis = []*model.API{a}
	}
	if f == jsonFormat {
		var names []string
		for _, a := range apis {
			names = append(names, a.Name)
		}
		s.printJSON(catalogjson.NewList(c, names...))
		return nil
	}
	for i, a := range apis {
		if i > 0 {
			fmt.Fprintln(&s.out)
		}
		s.printAPI(a)
	}
	return nil
}

// printAPI prints an API as a table of its entries.
func (s *session) printAPI(a *model.API) {
	fmt.Fprintf(&s.out, "%s: %s\n", s.strong(a.Name), diag.Visible(a.Title))
	table := tabwriter.NewWriter(&s.out, 0, 0, 2, ' ', 0)
	for _, e := range slices.Concat(a.Statuses, a.Classes, a.Codes, a.Prefixes, a.Transport, optional(a.Unknown), optional(a.Unrecognised)) {
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", diag.Visible(e.Code), e.Action, statuses(e), diag.Visible(e.Meaning))
		for _, v := range e.Variants {
			fmt.Fprintf(table, "    if\t%s\t\t%s\n", v.Action, diag.Visible(say.English.When(a, v.When).String()))
		}
	}
	for i, o := range a.Overrides {
		if i == 0 {
			fmt.Fprint(table, "  the server itself\n")
		}
		action := "-"
		if o.Sets {
			action = o.Action.String()
		}
		fmt.Fprintf(table, "    if\t%s\t\t%s\n", action, diag.Visible(say.English.When(a, o.When).String()))
	}
	table.Flush()
}

func optional(e *model.Entry) []*model.Entry {
	if e == nil {
		return nil
	}
	return []*model.Entry{e}
}

// statuses returns the statuses that a code comes with, "-" where the catalog
// does not say. Other entries have none.
func statuses(e *model.Entry) string {
	if len(e.Statuses) == 0 {
		return "-"
	}
	texts := make([]string, len(e.Statuses))
	for i, status := range e.Statuses {
		texts[i] = strconv.Itoa(status)
	}
	return strings.Join(texts, ", ")
}
