package importer

import (
	"bytes"
	"path"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

var ruleOfTable = pattern.Of(`(?m)^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$`)

func isMarkdown(f File) bool {
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".md", ".markdown", ".mdx":
		return true
	}
	return ruleOfTable().Match(f.Content) || len(squashedTables(f)) > 0
}

func readMarkdown(files []File) (*draft, error) {
	var tables []*table
	var samples []*sample
	title := ""
	for _, f := range files {
		all := append(markdownTables(f), squashedTables(f)...)
		tables = append(tables, all...)
		samples = append(samples, samplesIn(f)...)
		if heading := firstHeading().FindSubmatch(f.Content); heading != nil && title == "" {
			title = clean(string(heading[1]), maxTitle)
		}
	}
	found := false
	for _, t := range tables {
		found = found || t.isAboutErrors()
	}
	if !found {
		return nil, faultf(diag.Place{File: files[0].Name}, "no table has a column with a known name for a code or a status, such as code or status, and another about it, such as message, meaning, fix or retry")
	}
	d := draftOfTables(tables, samples)
	d.title = title
	return d, nil
}

var firstHeading = pattern.Of(`^\s*# +(.+)`)

// markdownTables returns the tables of a text. A row goes on to the next line until it has all
// its cells, as some pages are copied so.
func markdownTables(f File) (tables []*table) {
	lines := strings.Split(strings.ReplaceAll(string(f.Content), "\r\n", "\n"), "\n")
	var above []string
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if i+1 >= len(lines) || !strings.Contains(line, "|") || !ruleOfTable().MatchString(lines[i+1]) {
			if strings.TrimSpace(line) != "" {
				above = append(above, strings.TrimSpace(line))
			}
			continue
		}
		t := &table{place: diag.Place{File: f.Name, Line: i + 1, Column: 1}, header: cellsOf(line), above: above}
		above = nil
		i += 2
		for i < len(lines) {
			first, text := i, lines[i]
			for i+1 < len(lines) && strings.Contains(text, "|") && len(cellsOf(text)) < len(t.header) && strings.TrimSpace(lines[i+1]) != "" && i-first < len(t.header) {
				i++
				text += " " + lines[i]
			}
			if !strings.Contains(text, "|") {
				break
			}
			t.rows = append(t.rows, row{diag.Place{File: f.Name, Line: first + 1}, cellsOf(text)})
			i++
		}
		i--
		tables = append(tables, t)
	}
	return tables
}

// cellsOf splits a row at the bars that are not escaped and not in code.
func cellsOf(line string) []string {
	var cells []string
	var cell strings.Builder
	inCode := false
	for i, r := range line {
		switch {
		case r == '`':
			inCode = !inCode && strings.Contains(line[i+1:], "`")
		case r == '|' && (i == 0 || line[i-1] != '\\') && !inCode:
			cells = append(cells, strings.TrimSpace(cell.String()))
			cell.Reset()
			continue
		case r == '\\' && i+1 < len(line) && line[i+1] == '|':
			continue
		}
		cell.WriteRune(r)
	}
	if last := strings.TrimSpace(cell.String()); last != "" {
		cells = append(cells, last)
	}
	if len(cells) > 0 && cells[0] == "" {
		cells = cells[1:]
	}
	return cells
}

// samplesIn returns the JSON objects of a text, each of which starts a line.
func samplesIn(f File) (samples []*sample) {
	for rest, line := f.Content, 1; len(rest) > 0; {
		end := bytes.IndexByte(rest, '\n') + 1
		if end == 0 {
			end = len(rest)
		}
		if rest[0] == '{' {
			j := newJSON(File{f.Name, rest})
			if n, err := j.next(); err == nil {
				samples = append(samples, &sample{body: n})
				end = max(end, int(j.decoder.InputOffset()))
			}
		}
		line += bytes.Count(rest[:end], []byte("\n"))
		rest = rest[end:]
	}
	return samples
}
