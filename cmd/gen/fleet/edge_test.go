package fleet

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	gensql "github.com/errkb/errkb/cmd/gen/internal/sql"
)

var update = flag.Bool("update", false, "rewrite testdata/undecided.txt")

// edgeSpec is about what is written in JSON in several ways.
const edgeSpec = `
format: 1
title: Edges
categories:
  fine: {action: ok}
  broken: {action: fail}
  busy: {action: retry}
policies:
  short: {base: 1s, retries: 2}
apis:
  edge:
    reply:
      - json: {ok: {at: /ok, equals: [true, 7]}, code: [/code, "/all/*/code"]}
      - text: {code: {prefix: [""]}}
    delay: [{json: /wait}, {header: Retry-After}]
    unknown: {category: broken, meaning: Not listed, fix: Look}
    codes:
      BUSY: {category: busy, retry: short, meaning: Busy, fix: Wait}
      "1001": {category: broken, meaning: A number, fix: Look}
      "18446744073709551616": {category: broken, meaning: A long number, fix: Look}
      "ok�ok": {category: broken, meaning: Half a character, fix: Look, go: Half}
`

// edges are replies in JSON that engines are known to read in different ways.
var edges = []row{
	{status: 400, body: `{"code":"BUSY"}`},
	{status: 400, body: `{"code":"OTHER","code":"BUSY"}`},
	{status: 400, body: `{"code":"BUSY","code":"OTHER"}`},
	{status: 400, body: `{"\u0063ode":"OTHER","code":"BUSY"}`},
	{status: 400, body: `{"\u0063ode":"BUSY"}`},
	{status: 400, body: `{"other":{"code":"x"},"code":"BUSY"}`},
	{status: 400, body: `{"all":[{"code":"x"},{"code":"BUSY"}]}`},
	{status: 400, body: `{"all":[{"code":"x","code":"BUSY"}]}`},
	{status: 400, body: `{"all":{"a":{"code":"x"},"b":{"code":"BUSY"}}}`},
	{status: 400, body: `{"code":1001}`},
	{status: 400, body: `{"code":1001.0}`},
	{status: 400, body: `{"code":1.001e3}`},
	{status: 400, body: `{"code":1001.5}`},
	{status: 400, body: `{"code":18446744073709551615}`},
	{status: 400, body: `{"code":18446744073709551616}`},
	{status: 400, body: `{"code":-18446744073709551616}`},
	{status: 400, body: `{"code":123456789012345678901234567890}`},
	{status: 400, body: `{"code":-0}`},
	{status: 400, body: `{"code":1E400}`},
	{status: 200, body: `{"ok":7}`},
	{status: 200, body: `{"ok":7.0}`},
	{status: 200, body: `{"ok":7.5}`},
	{status: 200, body: `{"ok":7.0000000000000000001}`},
	{status: 400, body: `{"code":"\ud800"}`},
	{status: 400, body: `{"code":"ok\ud800ok"}`},
	{status: 400, body: `{"code":"\ud83d\ude00"}`},
	{status: 400, body: `{"other":"\udc00","code":"BUSY"}`},
	{status: 400, body: `{"code":"BUSY",}`},
	{status: 400, body: `{"all":[{"code":"BUSY"},]}`},
	{status: 400, body: `{"code":"BUSY","note":"a,}"}`},
	{status: 400, body: `{"code":"BUSY","note":NaN}`},
	{status: 400, body: `{"code":"BUSY","note":-Infinity}`},
	{status: 400, body: `{"code":"BUSY","note":"no information, NaN"}`},
	{status: 400, body: `{"code":"BUSY"} x`},
	{status: 400, body: "{\"code\":\"BU\x01SY\"}"},
	{status: 400, body: `{"code":"BU\u0000SY"}`},
	{status: 400, body: `{'code':'BUSY'}`},
	{status: 400, body: `/* a */{"code":"BUSY"}`},
	{status: 400, body: "\ufeff {\"code\":\"BUSY\"}\u00a0"},
	{status: 400, body: `{"deep":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `,"code":"BUSY"}`},
	{status: 400, body: `{"deep":` + strings.Repeat("[", 11000) + strings.Repeat("]", 11000) + `,"code":"BUSY"}`},
	{status: 400, body: `{"code":"BUSY","note":"` + strings.Repeat("x", 65536) + `"}`},
	{status: 400, body: `{"code":"BUSY","wait":1.5}`},
	{status: 400, body: `{"code":"BUSY","wait":"3.5s"}`},
	{status: 400, body: `{"code":"BUSY","wait":"1m30s"}`},
	{status: 400, body: `{"code":"BUSY","wait":1e2}`},
	{status: 400, body: `{"code":"BUSY","wait":1e30}`},
	{status: 400, body: `BUSY`, headers: map[string][]string{"Retry-After": {"30"}}},
	{status: 400, body: `BUSY`, headers: map[string][]string{"Retry-After": {"Sat, 21 Nov 2026 10:00:30 GMT"}, "Date": {"Sat, 21 Nov 2026 10:00:00 GMT"}}},
	{status: 400, body: `BUSY`, headers: map[string][]string{"Retry-After": {"Sat, 21 Nov 2026 10:00:30 GMT"}}},
	{status: 400, body: `BUSY`, headers: map[string][]string{"Retry-After": {"Saturday, 21-Nov-26 10:00:30 GMT"}, "Date": {"Sat, 21 Nov 2026 10:00:00 GMT"}}},
	{status: 400, body: `BUSY`, headers: map[string][]string{"retry-after": {"30"}, "RETRY-AFTER": {"60"}}},
	{status: 400, body: `BUSY`, headers: map[string][]string{"Retry-After": {"30", "60"}}},
	{status: 400, body: "'BUSY'\u3000"},
	{status: 400, body: `null`},
	{status: 400, body: `é`},
	{status: 400, body: ``},
}

// TestEdges wants of replies that engines read in different ways, and of the conformance
// vectors, the answer of classify, or none. Which have none and why is in
// testdata/undecided.txt.
func TestEdges(t *testing.T) {
	var undecided strings.Builder
	look := func(what string, spec []byte, name string, rows []row) {
		for _, a := range loadCatalog(t, what+".yaml", spec).APIs {
			if a.Name != name {
				continue
			}
			answers := inDuckDB(t, a, rows)
			compare(t, a, a.Table(), rows, answers, map[string]int{})
			for i, got := range answers {
				if got.undecided != "" {
					fmt.Fprintf(&undecided, "%s: %d %v %.100q: %s\n", name, rows[i].status, rows[i].headers, rows[i].body, got.undecided)
				}
			}
		}
	}
	look("edges", []byte(edgeSpec), "edge", edges)
	spec, err := os.ReadFile("../../../spec/vectors/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	vectors := vectorRows(t)
	names := make([]string, 0, len(vectors))
	for name := range vectors {
		names = append(names, name)
	}
	slices.Sort(names)
	total := 0
	for _, name := range names {
		look("vectors", spec, name, vectors[name])
		total += len(vectors[name])
	}
	if total < 300 {
		t.Errorf("only %d vectors", total)
	}
	path := filepath.Join("testdata", "undecided.txt")
	if *update {
		if err := os.WriteFile(path, []byte(undecided.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != undecided.String() {
		t.Errorf("other rows are undecided than %s says; -update rewrites it:\n%s", path, undecided.String())
	}
}

// vectorRows are the replies of the conformance vectors that a row can hold, by their table.
func vectorRows(t *testing.T) map[string][]row {
	t.Helper()
	rows := make(map[string][]row)
	for _, name := range []string{"decide.json", "read.json"} {
		content, err := os.ReadFile(filepath.Join("../../../spec/vectors", name))
		if err != nil {
			t.Fatal(err)
		}
		var vectors []struct {
			Table string
			Reply struct {
				Status     int
				Headers    map[string]json.RawMessage
				Body       json.RawMessage
				BodyBase64 *string `json:"body_base64"`
				Operation  string
				Cut        bool
				Failure    *string
			}
		}
		if err := json.Unmarshal(content, &vectors); err != nil {
			t.Fatal(err)
		}
		for _, v := range vectors {
			if v.Reply.Cut || v.Reply.Failure != nil || v.Reply.BodyBase64 != nil {
				continue
			}
			r := row{operation: v.Reply.Operation, status: v.Reply.Status, headers: map[string][]string{}, body: bodyOf(t, v.Reply.Body)}
			for name, lines := range v.Reply.Headers {
				r.headers[name] = linesOf(t, lines)
			}
			rows[v.Table] = append(rows[v.Table], r)
		}
	}
	return rows
}

// linesOf is a header field of a vector, which may have several lines.
func linesOf(t *testing.T, field json.RawMessage) []string {
	t.Helper()
	var line string
	if json.Unmarshal(field, &line) == nil {
		return []string{line}
	}
	var lines []string
	if err := json.Unmarshal(field, &lines); err != nil {
		t.Fatal(err)
	}
	return lines
}

// bodyOf is the body of a vector, which may be in parts.
func bodyOf(t *testing.T, body json.RawMessage) string {
	t.Helper()
	var text string
	var parts []json.RawMessage
	if len(body) == 0 || json.Unmarshal(body, &text) == nil {
		return text
	}
	if err := json.Unmarshal(body, &parts); err != nil {
		t.Fatal(err)
	}
	for _, part := range parts {
		var plain string
		var repeated struct {
			Repeat string
			Times  int
		}
		if json.Unmarshal(part, &plain) == nil {
			text += plain
		} else if err := json.Unmarshal(part, &repeated); err != nil {
			t.Fatal(err)
		}
		text += strings.Repeat(repeated.Repeat, repeated.Times)
	}
	return text
}

// TestExamples wants an answer to every example of the shipped catalog: none is undecided.
func TestExamples(t *testing.T) {
	for _, a := range catalogs(t)["shipped"].APIs {
		var rows []row
		for _, e := range a.Entries() {
			for _, x := range e.Examples {
				reply := x.Reply()
				rows = append(rows, row{string(reply.Operation), reply.Status, reply.Header, string(reply.Body)})
			}
		}
		undecided := make(map[string]int)
		compare(t, a, a.Table(), rows, inDuckDB(t, a, rows), undecided)
		if len(rows) == 0 || len(undecided) > 0 {
			t.Errorf("%s: of %d examples some are undecided: %v", a.Name, len(rows), undecided)
		}
	}
}

// TestUnicode wants the database to have Go's classes of characters, for all that there are.
func TestUnicode(t *testing.T) {
	conn := openDuckDB(t)
	run(t, conn, mustFile(t, catalogs(t)["shipped"].APIs))
	found, err := conn.QueryContext(t.Context(), `SELECT i, regexp_full_match(chr(i::INTEGER), '[\pL\p{Nd}]'), errkb_trim(chr(i::INTEGER)) = ''
		FROM range(1, 1114112) r(i) WHERE i NOT BETWEEN 55296 AND 57343`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	n := 0
	for ; found.Next(); n++ {
		var c rune
		var isLetter, isSpace bool
		if err := found.Scan(&c, &isLetter, &isSpace); err != nil {
			t.Fatal(err)
		}
		if isLetter != (unicode.IsLetter(c) || unicode.IsDigit(c)) || isSpace != unicode.IsSpace(c) {
			t.Errorf("%U: letter %t, space %t", c, isLetter, isSpace)
		}
	}
	if n < 1_000_000 {
		t.Errorf("only %d characters", n)
	}
}

// TestReasons wants no reason for undecided rows but those that are listed.
func TestReasons(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "undecided.txt"))
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for line := range strings.Lines(string(content)) {
		parts := strings.Split(strings.TrimSpace(line), ": ")
		seen[parts[len(parts)-1]] = true
	}
	for _, reason := range gensql.Reasons() {
		delete(seen, reason.Name)
	}
	for name := range seen {
		t.Errorf("%q is not among the reasons", name)
	}
}
