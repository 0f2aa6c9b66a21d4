package importer

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// A table that was copied out of a page as text may have lost what stood between its cells:
// "codemessageFix" and, below it, "NO_KEYKey is missingSend a key". Its header is known by the
// names of its columns, and its rows are cut where a word runs into the next.

// columnNames are the names that such a header is cut into, longer ones first.
var columnNames = []string{
	"HTTP status code", "recommended action", "error message", "HTTP status", "status code", "error code", "retry delay", "description", "resolution", "retryable",
	"category", "severity", "solution", "message", "meaning", "status", "retry?", "action", "cause", "error", "retry", "code", "fix",
}

// squashedTables returns the tables of a text whose cells have nothing between them.
func squashedTables(f File) (tables []*table) {
	var t *table
	var above []string
	text := string(f.Content)
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		place := diag.Place{File: f.Name, Line: number, Column: 1}
		switch header := squashedHeader(line); {
		case header != nil:
			t = &table{place: place, header: header, above: above}
			tables, above = append(tables, t), nil
		case line == "" && t != nil && len(t.rows) > 0:
			t = nil
		case line == "":
		case t != nil:
			if cells := t.cut(line, text); cells != nil {
				t.rows = append(t.rows, row{place, cells})
			}
		default:
			above = append(above, line)
		}
	}
	return tables
}

// squashedHeader cuts a line into names of columns, the first a code or a status, or returns nil.
func squashedHeader(line string) []string {
	var header []string
	for rest := line; rest != ""; {
		found := ""
		for _, name := range columnNames {
			if len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
				found = rest[:len(name)]
				break
			}
		}
		if found == "" {
			return nil
		}
		header = append(header, found)
		rest = rest[len(found):]
	}
	if len(header) < 2 || roleOf(header[0]) != "code" && roleOf(header[0]) != "status" {
		return nil
	}
	return header
}

var (
	squashedCode = pattern.Of(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+`)
	yesNoAtEnd   = pattern.Of(`(?:Yes|No)(?: — .*)?$`)
	nextCell     = pattern.Of(`[a-z0-9)][A-Z]`)
)

// cut cuts a row into cells, or returns nil if it does not start with a code or a status.
func (t *table) cut(line, all string) []string {
	first := statusWord().FindString(firstBytes(line, 3))
	if roleOf(t.header[0]) == "code" {
		first = cutCode(line, all)
	}
	if first == "" {
		return nil
	}
	cells, rest := []string{first}, line[len(first):]
	for i := 1; i < len(t.header); i++ {
		at := len(rest)
		if i+1 < len(t.header) {
			if roleOf(t.header[i+1]) == "retry" {
				if found := yesNoAtEnd().FindStringIndex(rest); found != nil {
					at = found[0]
				}
			} else if found := nextCell().FindStringIndex(rest); found != nil {
				at = found[0] + 1
			}
		}
		cells = append(cells, rest[:at])
		rest = rest[at:]
	}
	return cells
}

func firstBytes(text string, n int) string { return text[:min(n, len(text))] }

// cutCode returns the code at the start of a line: without the capital that the next word
// starts with, and without an acronym that the text has elsewhere as a word.
func cutCode(line, all string) string {
	code := squashedCode().FindString(line)
	if code == "" || len(code) == len(line) {
		return code
	}
	if next := line[len(code)]; 'a' <= next && next <= 'z' {
		return code[:len(code)-1]
	}
	for n := 2; n <= 5 && n < len(code); n++ {
		acronym, before := code[len(code)-n:], code[:len(code)-n]
		if strings.Contains(all, " "+acronym+" ") && !strings.HasSuffix(before, "_") && strings.Contains(before, "_") {
			return before
		}
	}
	return code
}
