package fleet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// benchRows is how many rows of some 140 bytes are classified.
const benchRows = 1_000_000

// BenchmarkFleet classifies a log in JSON lines, with a loop in Go and in DuckDB, each on
// one core. It reports processor time, which other programs on the machine change less.
func BenchmarkFleet(b *testing.B) {
	api := catalogs(b)["shipped"].APIs[0]
	path := filepath.Join(b.TempDir(), "replies.ndjson")
	writeLog(b, path, api.Name)
	each := map[string]func(b *testing.B, path string, api *model.API){"go": goLoop, "duckdb": duckLoop}
	for _, name := range []string{"go", "duckdb"} {
		b.Run(name, func(b *testing.B) {
			each[name](b, path, api)
		})
	}
}

func writeLog(b *testing.B, path, api string) {
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	defer out.Flush()
	for i := range benchRows {
		status, headers, body := 0, "{}", ""
		switch i % 6 {
		case 0:
			status, headers, body = 429, fmt.Sprintf(`{"Retry-After":"%d"}`, i%60), `{"success":false,"code":"RATE_LIMIT_EXCEEDED"}`
		case 1:
			status, body = 500, `{"success":false,"code":"MODEL_ERROR"}`
		case 2:
			status, body = 401, `{"success":false,"code":"API_KEY_INVALID"}`
		case 3:
			status, body = 400, fmt.Sprintf(`{"success":false,"code":"NEW_CODE_%d"}`, i%50)
		case 4:
			status, body = 413, `{"success":false,"error":"Image exceeds 2 MB","code":"IMAGE_TOO_LARGE"}`
		case 5:
			status, body = 200, fmt.Sprintf(`{"success":true,"text":"a%dx%d"}`, i%97, i%89)
		}
		fmt.Fprintf(out, `{"id":%d,"api":"%s","operation":"solve","status":%d,"headers":%s,"body":%s}`+"\n", i, api, status, headers, quoted(body))
	}
}

func quoted(text string) []byte {
	written, _ := json.Marshal(text)
	return written
}

// processorTime is what the process has used so far.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func report(b *testing.B, start time.Duration) {
	b.ReportMetric(float64((processorTime()-start).Nanoseconds())/float64(b.N)/benchRows, "cpu-ns/row")
}

func goLoop(b *testing.B, path string, api *model.API) {
	table := api.Generated()
	start := processorTime()
	for b.Loop() {
		content, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		counts := make(map[string]int)
		for line := range bytes.Lines(content) {
			var r struct {
				Operation classify.Operation
				Status    int
				Headers   map[string]string
				Body      string
			}
			if err := json.Unmarshal(line, &r); err != nil {
				b.Fatal(err)
			}
			header := make(http.Header, len(r.Headers))
			for name, value := range r.Headers {
				header.Set(name, value)
			}
			d := table.Classify(classify.Reply{Status: r.Status, Header: header, Body: []byte(r.Body), Operation: r.Operation})
			counts[d.Entry.Code()]++
		}
		if len(counts) < 5 {
			b.Fatal(counts)
		}
	}
	report(b, start)
}

func duckLoop(b *testing.B, path string, api *model.API) {
	conn := openDuckDB(b)
	run(b, conn, mustFile(b, []*model.API{api}))
	run(b, conn, "SET threads = 1")
	run(b, conn, fmt.Sprintf(`CREATE VIEW replies AS SELECT * FROM read_json('%s', format = 'newline_delimited',
		columns = {id: 'BIGINT', api: 'VARCHAR', operation: 'VARCHAR', status: 'INTEGER', headers: 'VARCHAR', body: 'VARCHAR'})`, path))
	start := processorTime()
	for b.Loop() {
		var kinds int
		if err := conn.QueryRowContext(b.Context(), `SELECT count(*) FROM (SELECT entry, action, undecided, count(*), sum(wait_min_ms) FROM errkb_classify('replies') GROUP BY ALL)`).Scan(&kinds); err != nil {
			b.Fatal(err)
		}
		if kinds < 5 {
			b.Fatal(kinds)
		}
	}
	report(b, start)
}
