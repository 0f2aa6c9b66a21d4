// Package sql writes catalogs as SQL: tables and macros that say of logged replies what
// package classify says of them, in the engine in which they lie. It sees the model; of a
// row about which the engine can't say what classify says it says so instead.
package sql

import (
	_ "embed" // for what all APIs share
	"fmt"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

//go:embed duckdb.sql
var shared string

// Dialects are the dialects that there are.
func Dialects() []string { return []string{"duckdb"} }

// File returns the APIs as a file of SQL for DuckDB, whose first line is the mark of
// generated files. It is an error if one of them can't be written as SQL.
func File(apis []*model.API, mark string) ([]byte, error) {
	for _, a := range apis {
		if err := refusal(a); err != nil {
			return nil, err
		}
	}
	var out strings.Builder
	out.WriteString("-- " + model.Mark(mark) + "\n\n" + strings.TrimSpace(shared) + "\n")
	all := &tables{policies: map[classify.Policy]int{}}
	names := identifiers(apis)
	var queries strings.Builder
	for i, a := range apis {
		newQuery(names[i], a.Table(), all).write(&queries)
	}
	all.write(&out)
	out.WriteString(queries.String())
	out.WriteString("\n-- What all APIs say of the rows of a table or a view: id, api, operation, status, headers, body.\n")
	out.WriteString("CREATE OR REPLACE MACRO errkb_classify(replies) AS TABLE\n")
	for i, name := range names {
		if i > 0 {
			out.WriteString("UNION ALL\n")
		}
		fmt.Fprintf(&out, "SELECT * FROM errkb_classify_%s(replies)\n", name)
	}
	out.WriteString(";\n")
	return []byte(out.String()), nil
}

// identifiers are the APIs' names as parts of names in SQL, each once.
func identifiers(apis []*model.API) []string {
	taken := make(map[string]bool)
	names := make([]string, len(apis))
	for i, a := range apis {
		name := strings.Map(func(c rune) rune {
			if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' {
				return c
			}
			return '_'
		}, strings.ToLower(a.Name))
		for taken[name] {
			name += "_"
		}
		taken[name], names[i] = true, name
	}
	return names
}
