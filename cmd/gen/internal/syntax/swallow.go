package syntax

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// A line that is indented too far, or that follows a quote which is not closed, becomes part
// of the text before it. The YAML is valid, and what it says another thing.

// swallowedKeys warns of texts in quotes that hold a line which is meant as a key, an item or
// a comment around them.
func (p *parser) swallowedKeys() {
	source := p.text[p.start:]
	q := quotesOf(source)
	for n := 0; n < diag.Shown; { // each place is looked for from the start of the file
		text, ok := q.next()
		if !ok {
			return
		}
		at, ok := text.swallowed(source, false)
		if !ok {
			continue
		}
		problem := p.problems.Warnf(p.placeAt(p.start+text.start), RuleSwallow, "the quoted text goes on to a line that does not look like a part of it")
		problem.Hint = "close the quote where the text ends, or indent what is part of it"
		problem.Relate(p.placeAt(p.start+at), "this line")
		n++
	}
}

// swallowedItem warns of an item of a list that holds a line which is meant as the next item:
// its lines are joined, so that it can't hold a list.
func (p *parser) swallowedItem(n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || n.Style != 0 && n.Style != yaml.FoldedStyle || !strings.Contains(n.Value, "- ") {
		return
	}
	start := p.place(n)
	for number, text := range p.linesOf(n) {
		if number > start.Line && strings.HasPrefix(strings.TrimLeft(text, " "), "- ") {
			at := diag.Place{File: p.file, Line: number, Column: indentOf(text) + 1}
			problem := p.problems.Warnf(at, RuleSwallow, "this line is part of the item before it")
			problem.Hint = "start each item in the same column; if it is part of the text, start the line with another word"
			problem.Relate(start, "the item starts here")
			return
		}
	}
}

// keyOf returns the key and the value of a line that looks like a key of the format.
func keyOf(line string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(line, ":")
	ok = ok && isName(key) && (value == "" || value[0] == ' ')
	return key, strings.TrimSpace(value), ok
}

// isName reports whether a text is written as the keys of the format are.
func isName(text string) bool {
	return text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// keysInside notes the last lines of a text in a block where all of them look like keys: those
// in the column of the text. Those after an empty line or a colon are part of the text.
func (p *parser) keysInside(n *yaml.Node, to *Node) {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 || !strings.Contains(n.Value, ":") {
		return
	}
	indent, before, areMeant := -1, "", false
	var keys []Line
	for number, text := range p.linesOf(n) {
		if number == to.Place.Line {
			continue
		}
		trimmed := strings.TrimSpace(text)
		if indent < 0 && trimmed != "" {
			indent = indentOf(text)
		}
		key, value, ok := keyOf(trimmed)
		switch {
		case indentOf(text) > indent && (len(keys) > 0 || areMeant): // what is below a key
		case !ok || indentOf(text) > indent:
			keys, areMeant = nil, false
		case areMeant, len(keys) == 0 && (before == "" || strings.HasSuffix(before, ":")):
			areMeant = true
		default:
			keys = append(keys, Line{Place: diag.Place{File: p.file, Line: number, Column: indent + 1}, Key: key, Value: value})
		}
		before = trimmed
	}
	to.Keys = keys
}

// linesOf yields the numbers and the texts of the lines of a plain scalar or of a block, with
// that of its start, and without empty ones at its end.
func (p *parser) linesOf(n *yaml.Node) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		place := p.place(n)
		rest := p.text[p.lineStart(place.Line):]
		words := len(strings.Fields(n.Value))
		for number := place.Line; words > 0 && rest != ""; number++ {
			var text string
			text, rest, _ = strings.Cut(rest, "\n")
			text = strings.TrimSuffix(text, "\r")
			switch {
			case number > place.Line:
				words -= len(strings.Fields(text))
			case n.Style == 0:
				words -= len(strings.Fields(string([]rune(text)[place.Column-1:])))
			}
			if !yield(number, text) {
				return
			}
		}
	}
}

func indentOf(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }
