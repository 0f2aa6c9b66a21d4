package learn

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// File is a file of a spec.
type File struct {
	Name    string
	Content []byte
}

// Add adds entries to the codes of an API, behind those that it has: lines of YAML that start
// at no indent. It returns the index of the file that it changes and its new content. Of
// several files, the last that has codes of the API counts, or else the first that has the API.
func Add(files []File, api string, entries []string) (at int, content []byte, err error) {
	at = -1
	var into, place *syntax.Pair // the API, and its codes
	for i, file := range files {
		root, _ := syntax.Parse(file.Name, file.Content, math.MaxInt64)
		own := pair(valueOf(root, "apis"), api)
		if own == nil {
			continue
		}
		codes := pair(own.Value, "codes")
		if codes != nil || at < 0 {
			at, into, place = i, own, codes
		}
	}
	if at < 0 {
		return 0, nil, fmt.Errorf("the spec has no API %s", diag.Quote(api))
	}
	lines := strings.SplitAfter(string(files[at].Content), "\n")
	end := "\n"
	if strings.HasSuffix(lines[0], "\r\n") {
		end = "\r\n"
	}
	deeper := ""
	switch {
	case place == nil: // the API has none yet
		if isFlow(lines, into.Value) {
			return 0, nil, inBraces(into, "the API")
		}
		place, deeper = into, "codes:"
	case isFlow(lines, place.Value):
		return 0, nil, inBraces(place, "its codes")
	}
	indent := place.Value.Pairs[0].Key.Place.Column - 1
	after := lastLine(lines, place)
	var added strings.Builder
	if last := lines[after]; !strings.HasSuffix(last, "\n") {
		lines[after] = last + end
	}
	write := func(indent int, text string) {
		for line := range strings.Lines(text) {
			if line = strings.TrimRight(line, "\n"); line != "" {
				line = strings.Repeat(" ", indent) + line
			}
			added.WriteString(line + end)
		}
	}
	if deeper != "" {
		write(indent, deeper)
		indent += 2
	}
	for _, entry := range entries {
		write(indent, entry)
	}
	lines = slices.Insert(lines, after+1, added.String())
	return at, []byte(strings.Join(lines, "")), nil
}

// inBraces says that there is no room for lines.
func inBraces(at *syntax.Pair, what string) error {
	return fmt.Errorf("%s:%d:%d: %s is written in braces; give each of its keys a line first", at.Key.Place.File, at.Key.Place.Line, at.Key.Place.Column, what)
}

// pair returns a key of a mapping with its value, and nil for none.
func pair(n *syntax.Node, key string) *syntax.Pair {
	if n == nil {
		return nil
	}
	for i := range n.Pairs {
		if n.Pairs[i].Key.Text == key {
			return &n.Pairs[i]
		}
	}
	return nil
}

// valueOf returns the value of a key, and nil for none.
func valueOf(n *syntax.Node, key string) *syntax.Node {
	if p := pair(n, key); p != nil {
		return p.Value
	}
	return nil
}

// isFlow reports whether a value is a mapping in braces, or none.
func isFlow(lines []string, n *syntax.Node) bool {
	if n == nil || n.Kind != syntax.Mapping || len(n.Pairs) == 0 {
		return true
	}
	return n.Place != n.Pairs[0].Key.Place
}

// lastLine returns the last line of a mapping that is not in braces, from 0: the last one
// indented deeper than its key, before one that is not.
func lastLine(lines []string, p *syntax.Pair) int {
	last := p.Key.Place.Line - 1
	for i := last + 1; i < len(lines); i++ {
		text := strings.TrimRight(lines[i], "\r\n")
		switch in := len(text) - len(strings.TrimLeft(text, " ")); {
		case in == len(text): // nothing but spaces
		case in < p.Key.Place.Column:
			if text[in] != '#' {
				return last
			}
		default:
			last = i
		}
	}
	return last
}
