package fleet

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // registers the driver

	"github.com/errkb/errkb/cmd/gen/internal/model"
	gensql "github.com/errkb/errkb/cmd/gen/internal/sql"
)

// openDuckDB opens a database in memory, and one connection to it.
func openDuckDB(t testing.TB) *sql.Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func run(t testing.TB, conn *sql.Conn, statement string) {
	t.Helper()
	if _, err := conn.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%.300s: %v", statement, err)
	}
}

// inDuckDB asks DuckDB about rows of an API, by their place.
func inDuckDB(t *testing.T, a *model.API, rows []row) []answer {
	t.Helper()
	conn := openDuckDB(t)
	run(t, conn, mustFile(t, []*model.API{a}))
	load(t, conn, a.Name, rows)
	return ask(t, conn, len(rows))
}

func mustFile(t testing.TB, apis []*model.API) string {
	t.Helper()
	content, err := gensql.File(apis, "errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// load puts rows into the table replies, by way of a file of JSON lines.
func load(t *testing.T, conn *sql.Conn, api string, rows []row) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "replies.ndjson")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := json.NewEncoder(file)
	for i, r := range rows {
		headers, err := json.Marshal(r.headers)
		if err != nil {
			t.Fatal(err)
		}
		line := map[string]any{"id": i, "api": api, "operation": r.operation, "status": r.status, "headers": string(headers), "body": r.body}
		if err := lines.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	run(t, conn, fmt.Sprintf(`CREATE TABLE replies AS SELECT * FROM read_json('%s', format = 'newline_delimited',
		columns = {id: 'BIGINT', api: 'VARCHAR', operation: 'VARCHAR', status: 'INTEGER', headers: 'VARCHAR', body: 'VARCHAR'})`, path))
}

func ask(t *testing.T, conn *sql.Conn, count int) []answer {
	t.Helper()
	found, err := conn.QueryContext(context.WithoutCancel(t.Context()), `SELECT id, source, entry, code, known, category, action, variant, override, policy, retries, wait_min_ms, wait_max_ms, server_delay_ms, undecided
		FROM errkb_classify('replies')`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	answers := make([]answer, count)
	n := 0
	for ; found.Next(); n++ {
		var id int
		var texts [6]sql.NullString // of rows that are not decided nothing is said
		var known sql.NullBool
		var numbers [3]sql.NullInt64
		var a answer
		var undecided sql.NullString
		if err := found.Scan(&id, &texts[0], &texts[1], &texts[2], &known, &texts[3], &texts[4], &numbers[0], &numbers[1], &texts[5], &numbers[2], &a.shortest, &a.longest, &a.delay, &undecided); err != nil {
			t.Fatal(err)
		}
		a.source, a.entry, a.code, a.category, a.action, a.policy = texts[0].String, texts[1].String, texts[2].String, texts[3].String, texts[4].String, texts[5].String
		a.known, a.variant, a.override, a.retries, a.undecided = known.Bool, int(numbers[0].Int64), int(numbers[1].Int64), int(numbers[2].Int64), undecided.String
		answers[id] = a
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	if n != count {
		t.Fatalf("%d answers to %d rows", n, count)
	}
	return answers
}
