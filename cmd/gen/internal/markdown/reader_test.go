package markdown

import (
	"html"
	"regexp"
	"strings"
)

// The reader here takes the pages apart again. It knows the little markdown that
// they are made of, and none of the code that prints them.

// readBlock is a block of a page.
type readBlock struct {
	kind  string // heading, table, fence, list, quote, para, mark
	level int    // of a heading
	text  string // as written
	lang  string // of a fence
	rows  [][]string
}

var (
	readHeading   = regexp.MustCompile(`^(#{1,6}) (.*)$`)
	readFence     = regexp.MustCompile("^(`{3,})([a-z0-9+-]*)$")
	readDelimiter = regexp.MustCompile(`^\|( --- \|)+$`)
)

// readPage splits a page at its empty lines. What is not well formed becomes a
// block of kind broken.
func readPage(content string) []readBlock {
	lines := strings.Split(strings.TrimSuffix(content, "\n"), "\n")
	var blocks []readBlock
	for i := 0; i < len(lines); {
		if lines[i] == "" {
			i++
			continue
		}
		if open := readFence.FindStringSubmatch(lines[i]); open != nil {
			start := i + 1
			for i++; i < len(lines) && lines[i] != open[1]; i++ {
			}
			if i == len(lines) {
				return append(blocks, readBlock{kind: "broken", text: "fence left open"})
			}
			blocks = append(blocks, readBlock{kind: "fence", lang: open[2], text: strings.Join(lines[start:i], "\n")})
			i++
			continue
		}
		start := i
		for i < len(lines) && lines[i] != "" {
			i++
		}
		blocks = append(blocks, readLines(lines[start:i]))
	}
	return blocks
}

func readLines(lines []string) readBlock {
	first, text := lines[0], strings.Join(lines, "\n")
	switch {
	case strings.HasPrefix(first, "[//]: # "):
		return readBlock{kind: "mark", text: text}
	case strings.HasPrefix(first, "|"):
		return readTable(lines)
	case strings.HasPrefix(first, "#"):
		if h := readHeading.FindStringSubmatch(text); h != nil && len(lines) == 1 {
			return readBlock{kind: "heading", level: len(h[1]), text: h[2]}
		}
		return readBlock{kind: "broken", text: text}
	case strings.HasPrefix(first, "- "):
		return readBlock{kind: "list", text: text}
	case strings.HasPrefix(first, "> "):
		return readBlock{kind: "quote", text: text}
	case len(lines) > 1:
		return readBlock{kind: "broken", text: text}
	}
	return readBlock{kind: "para", text: text}
}

func readTable(lines []string) readBlock {
	table := readBlock{kind: "table", text: strings.Join(lines, "\n")}
	if len(lines) < 2 || !readDelimiter.MatchString(lines[1]) {
		table.kind = "broken"
		return table
	}
	columns := strings.Count(lines[1], "---")
	for i, line := range lines {
		cells := strings.Split(line, "|")
		if len(cells) != columns+2 || cells[0] != "" || cells[columns+1] != "" {
			table.kind = "broken"
			return table
		}
		if i == 1 {
			continue
		}
		row := make([]string, columns)
		for j := range row {
			row[j] = strings.TrimSpace(cells[j+1])
		}
		table.rows = append(table.rows, row)
	}
	return table
}

var (
	readLink = regexp.MustCompile(`!?\[([^\[\]]*)\]\(([^()\s]*)\)`)
	readCode = regexp.MustCompile("`[^`]*`")
)

// shown returns what a reader of the page sees of inline markdown. Zero-width
// spaces are dropped.
func shown(text string) string {
	var codes []string
	text = readCode.ReplaceAllStringFunc(text, func(code string) string {
		codes = append(codes, code[1:len(code)-1])
		return "\x00"
	})
	text = readLink.ReplaceAllString(text, "$1")
	text = html.UnescapeString(strings.ReplaceAll(text, "**", ""))
	for _, code := range codes {
		text = strings.Replace(text, "\x00", code, 1)
	}
	return strings.ReplaceAll(text, zeroWidth, "")
}

// targets returns where a page's links lead.
func targets(blocks []readBlock) []string {
	var all []string
	for _, b := range blocks {
		if b.kind == "fence" || b.kind == "mark" {
			continue
		}
		for _, link := range readLink.FindAllStringSubmatch(readCode.ReplaceAllString(b.text, ""), -1) {
			all = append(all, link[2])
		}
	}
	return all
}
