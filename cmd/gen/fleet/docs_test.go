package fleet

import (
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// block is a block of code of a page of the docs, and the table that follows it, if any.
var block = regexp.MustCompile("(?s)```(json|sql)\n(.*?)```\n(?:\n((?:\\|[^\n]*\n)+))?")

// TestDocs runs the SQL of docs/fleet.md, and compares the tables that it shows.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../../docs/fleet.md")
	if err != nil {
		t.Fatal(err)
	}
	file := mustFile(t, catalogs(t)["shipped"].APIs)
	t.Chdir(t.TempDir())
	conn := openDuckDB(t)
	run(t, conn, file)
	tables := 0
	for _, found := range block.FindAllStringSubmatch(string(page), -1) {
		if found[1] == "json" {
			if err := os.WriteFile("replies.ndjson", []byte(found[2]), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		statements := strings.Split(strings.TrimSuffix(strings.TrimSpace(found[2]), ";"), ";\n")
		for _, statement := range statements[:len(statements)-1] {
			run(t, conn, statement)
		}
		got := asTable(t, conn, statements[len(statements)-1])
		if tables++; got != found[3] {
			t.Errorf("docs/fleet.md shows\n%s\nand this is\n%s\nof\n%s", found[3], got, found[2])
		}
	}
	if tables < 5 {
		t.Errorf("only %d tables", tables)
	}
}

// asTable is the answer of a query as a table of markdown.
func asTable(t *testing.T, conn *sql.Conn, query string) string {
	t.Helper()
	found, err := conn.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for found.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out.WriteString("|")
		for _, value := range values {
			switch v := value.(type) {
			case nil:
				value = "NULL"
			case time.Time:
				value = v.Format(time.DateOnly)
			}
			out.WriteString(strings.TrimRight(fmt.Sprintf(" %v", value), " ") + " |")
		}
		out.WriteString("\n")
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
