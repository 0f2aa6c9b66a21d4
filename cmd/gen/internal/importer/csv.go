package importer

import (
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

func isCSV(f File) bool {
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".csv", ".tsv":
		return true
	}
	t, err := csvTable(f)
	return err == nil && len(t.header) > 1 && t.isAboutErrors()
}

func readCSV(files []File) (*draft, error) {
	var tables []*table
	for _, f := range files {
		t, err := csvTable(f)
		if err != nil {
			return nil, err
		}
		if !t.isAboutErrors() {
			return nil, faultf(t.place, "no column is known for a code or a status, or none says something about it: name them code, status, message, meaning, fix, category, retry or delay; here are %s",
				diag.Quote(strings.Join(t.header, ", ")))
		}
		tables = append(tables, t)
	}
	return draftOfTables(tables, nil), nil
}

// csvTable reads a file of comma-separated values, or of those that are separated in another
// way, which the first line tells.
func csvTable(f File) (*table, error) {
	text := strings.TrimPrefix(string(f.Content), "\ufeff")
	head, _, _ := strings.Cut(text, "\n")
	separator, most := ',', 0
	for _, r := range ",;\t|" {
		if n := strings.Count(head, string(r)); n > most {
			separator, most = r, n
		}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = separator, -1, separator != '\t'
	t := &table{place: diag.Place{File: f.Name, Line: 1, Column: 1}}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, faultf(diag.Place{File: f.Name, Line: broken.Line, Column: broken.Column}, "broken CSV: %s", broken.Err)
		}
		line, _ := r.FieldPos(0)
		if t.header == nil {
			t.header = cells
			continue
		}
		t.rows = append(t.rows, row{diag.Place{File: f.Name, Line: line}, cells})
	}
	if len(t.rows) == 0 {
		return nil, faultf(t.place, "a table without rows")
	}
	return t, nil
}

// draftOfTables makes a draft of tables, and of replies that stand beside them.
func draftOfTables(tables []*table, samples []*sample) *draft {
	d := new(draft)
	d.tables(tables)
	if f := formOf(samples); f != nil {
		d.forms = append(d.forms, f)
	}
	return d
}
