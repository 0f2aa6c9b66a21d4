package syntax

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// The layout of a file is where its values stand, and nothing else: a step of two spaces for
// each level, also for the lists of a mapping; one space after a hyphen and after the colon of
// a key; no space at the end of a line; no two empty lines in a row; line feeds. What is on
// one line stays there, and so do comments, quotes and the order of keys.

// step is how many spaces a level is indented.
const step = 2

// Layout returns a file in that layout, or the problems of one that is not YAML. Only white
// space that means nothing differs from the source.
func Layout(file string, source []byte, size int64) ([]byte, []diag.Problem) {
	if root, problems := Parse(file, source, size); root == nil {
		return nil, problems
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(source), "\ufeff"), "\r\n", "\n")
	l := layouter{starts: make(map[position]bool), values: make(map[int]int), blocks: make(map[int]int)}
	if at := strings.IndexAny(text, "\r\u0085\u2028\u2029"); at >= 0 {
		return nil, l.cannot(file, text[:at], "a line break other than a line feed")
	}
	before, decoder, err := documents([]byte(text))
	if err != nil {
		p, _ := begin(file, []byte(text), NewReader(1, size))
		p.syntaxError(decoder, err)
		return nil, p.problems
	}
	for _, document := range before {
		l.look(document)
	}
	body, ended := strings.CutSuffix(text, "\n")
	for i, line := range strings.Split(body, "\n") {
		l.line(i+1, line)
	}
	out := []byte(l.end(ended))
	after, _, _ := documents(out) // none if they can't be read
	if !sameAll(before, after) || squeezed(text) != squeezed(string(out)) {
		return nil, l.cannot(file, "", "its values would change")
	}
	return out, nil
}

// documents reads all documents of a file. The decoder knows where one is not YAML.
func documents(source []byte) (all []*yaml.Node, decoder *yaml.Decoder, err error) {
	decoder = yaml.NewDecoder(bytes.NewReader(source))
	for {
		var document yaml.Node
		switch err := decoder.Decode(&document); {
		case errors.Is(err, io.EOF):
			return all, decoder, nil
		case err != nil:
			return nil, decoder, err
		}
		all = append(all, &document)
	}
}

func sameAll(a, b []*yaml.Node) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

// same reports whether two nodes say the same. An alias stands for its anchor.
func same(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && a.Anchor == b.Anchor && a.Style == b.Style && sameAll(a.Content, b.Content)
}

// squeezed returns a text without white space.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// position is where a node starts: the line, from 1, and the column, from 0.
type position struct{ line, column int }

// level is a mapping, a list or a value that other lines are indented from.
type level struct {
	from, to int // its column, before and after
	isList   bool
}

// layouter puts lines where they belong, one after the other.
type layouter struct {
	starts map[position]bool // of what is in no braces and brackets
	values map[int]int       // the column of the value that stands beside its key, by line
	blocks map[int]int       // the column of the text that starts on a line and goes on below

	levels  []level  // those that are open
	last    level    // the innermost one of the last line
	pending []string // comments and empty lines
	block   *block   // the text that goes on below its key, while it may
	out     strings.Builder
}

// block is a text that goes on below its key.
type block struct {
	content int  // the column of its lines; 0 until its first is there
	to      int  // and where that is to be
	keeps   bool // the empty lines at its end are part of it
	empty   int  // how many empty lines there were since the last that is not
}

func (l *layouter) cannot(file, before, reason string) []diag.Problem {
	var problems diag.List
	at := diag.Place{File: file, Line: strings.Count(before, "\n") + 1, Column: len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1}
	problems.Errorf(at, RuleSyntax, "the layout can't be changed: %s", reason)
	return problems
}

// look notes where nodes start.
func (l *layouter) look(n *yaml.Node) {
	l.starts[position{n.Line, n.Column - 1}] = true
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		l.blocks[n.Line] = n.Column - 1
	}
	if n.Style&yaml.FlowStyle != 0 {
		return
	}
	for i, inner := range n.Content {
		l.look(inner)
		if n.Kind == yaml.MappingNode && i%2 == 1 && inner.Line == n.Content[i-1].Line && !isLeftOut(inner) {
			l.values[inner.Line] = inner.Column - 1
		}
	}
}

// isLeftOut reports whether a node is a value that is not written.
func isLeftOut(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 }

// line takes the next line.
func (l *layouter) line(number int, text string) {
	body := strings.TrimLeft(text, " ")
	indent := len(text) - len(body)
	if l.block != nil && l.isText(indent, body) {
		return
	}
	switch {
	case strings.TrimSpace(body) == "":
		l.pending = append(l.pending, "")
	case body[0] == '#':
		l.pending = append(l.pending, strings.TrimRight(text, " \t"))
	case indent == 0 && isMarker(body):
		l.comments(l.levels, level{}, false)
		l.levels, l.last = nil, level{}
		l.write(0, body)
	case l.isStart(number, indent, body):
		l.start(number, indent, body)
	default: // goes on with a value
		l.comments(nil, l.last, true)
		to := indent + l.last.to - l.last.from
		if body[0] != ':' { // the value of a key that ? marks
			to = max(to, l.last.to)
		}
		l.write(to, body)
	}
}

// isText takes a line that belongs to a text which goes on below its key.
func (l *layouter) isText(indent int, body string) bool {
	b := l.block
	switch {
	case body == "" && (b.content == 0 || indent <= b.content):
		b.empty++
		return true
	case b.content == 0 && indent > l.last.from:
		b.content = indent
	case b.content == 0 || indent < b.content:
		l.closeBlock()
		return false
	}
	l.out.WriteString(strings.Repeat("\n", b.empty) + strings.Repeat(" ", indent-b.content+b.to) + body + "\n")
	b.empty = 0
	return true
}

// closeBlock ends a text that goes on below its key.
func (l *layouter) closeBlock() {
	for range l.block.empty {
		if l.block.keeps {
			l.out.WriteByte('\n')
		} else {
			l.pending = append(l.pending, "")
		}
	}
	l.block = nil
}

// openBlock starts one, whose head may say how far it is indented, and how it ends.
func (l *layouter) openBlock(head string) {
	l.block = &block{to: l.last.to + step}
	indicators, _, _ := strings.Cut(head[max(strings.IndexAny(head, "|>"), 0):], " ")
	for _, c := range indicators {
		switch {
		case c == '+':
			l.block.keeps = true
		case '1' <= c && c <= '9':
			l.block.content, l.block.to = l.last.from+int(c-'0'), l.last.to+int(c-'0')
		}
	}
}

// end returns the whole file. Its last line has an end, unless a text would then have one more.
func (l *layouter) end(ended bool) string {
	isBare, keeps := false, false
	if b := l.block; b != nil {
		isBare, keeps = !ended && b.empty == 0, b.keeps
		if !ended && !isBare {
			b.empty-- // the last line has blanks alone
		}
		l.closeBlock()
	}
	for _, text := range l.pending { // comments at the end
		body := strings.TrimLeft(text, " ")
		for _, open := range l.levels {
			if open.from <= len(text)-len(body) {
				l.last = open
			}
		}
	}
	l.comments(l.levels, l.last, false)
	text := strings.TrimRight(l.out.String(), "\n")
	switch {
	case isBare:
		return text
	case keeps:
		return l.out.String()
	}
	return text + "\n"
}

// isMarker reports whether a line at the margin starts or ends a document.
func isMarker(body string) bool {
	return strings.HasPrefix(body, "---") || strings.HasPrefix(body, "...")
}

// isStart reports whether a line starts with a node, after the hyphens of lists.
func (l *layouter) isStart(number, indent int, body string) bool {
	for !l.starts[position{number, indent}] || isHyphen(body) {
		if !isHyphen(body) {
			return false
		}
		rest := strings.TrimLeft(body[1:], " ")
		if rest == "" || rest[0] == '#' {
			return true
		}
		indent += len(body) - len(rest)
		body = rest
	}
	return true
}

// isHyphen reports whether a text starts with the sign of a list item.
func isHyphen(body string) bool { return body == "-" || strings.HasPrefix(body, "- ") }

// start takes a line that starts with a node.
func (l *layouter) start(number, indent int, body string) {
	before, hyphens, column := slices.Clone(l.levels), "", indent
	indent = -1
	for isHyphen(body) {
		l.enter(column, true)
		if indent < 0 {
			indent = l.last.to
			l.comments(before, l.last, false)
		}
		rest := strings.TrimLeft(body[1:], " ")
		hyphens += "-"
		if rest != "" {
			hyphens += " "
		}
		column += len(body) - len(rest)
		body = rest
	}
	text, isBlock := l.blocks[number]
	isHead := isBlock && text == column
	if body != "" && l.starts[position{number, column}] && !isHead {
		l.enter(column, false)
	}
	if indent < 0 {
		indent = l.last.to
		if isHead {
			indent += step
		}
		l.comments(before, l.last, false)
	}
	l.write(indent, hyphens+l.spaced(number, column, body))
	if isBlock {
		l.openBlock(string([]rune(body)[text-column:]))
	}
}

// enter closes the levels that end before a node at a column, and opens its own.
func (l *layouter) enter(column int, isList bool) {
	for n := len(l.levels); n > 0; n-- {
		top := l.levels[n-1]
		if top.from < column || top.from == column && (top.isList == isList || isList) {
			break
		}
		l.levels = l.levels[:n-1]
	}
	if n := len(l.levels); n == 0 {
		l.levels = append(l.levels, level{column, 0, isList})
	} else if top := l.levels[n-1]; top.from != column || top.isList != isList {
		l.levels = append(l.levels, level{column, top.to + step, isList})
	}
	l.last = l.levels[len(l.levels)-1]
}

// spaced returns a line with one space before the value of a key.
func (l *layouter) spaced(number, column int, body string) string {
	runes, at := []rune(body), l.values[number]-column
	if at <= 0 {
		return body
	}
	return strings.TrimRight(string(runes[:at]), " \t") + " " + string(runes[at:])
}

// comments writes the comments and empty lines before a line of a level: each comment in line
// with what it was in line with, of the levels before and that one, or else with the line.
// Inside of a value, each empty line counts.
func (l *layouter) comments(before []level, with level, isInside bool) {
	for i, text := range l.pending {
		body := strings.TrimLeft(text, " ")
		if body == "" {
			if l.out.Len() > 0 && (isInside || i == 0 || l.pending[i-1] != "") {
				l.out.WriteByte('\n')
			}
			continue
		}
		to := with.to
		for _, open := range before {
			if column := len(text) - len(body); open.from == column && with.from != column {
				to = open.to
			}
		}
		l.write(to, body)
	}
	l.pending = nil
}

// write writes a line.
func (l *layouter) write(indent int, body string) {
	l.out.WriteString(strings.Repeat(" ", max(indent, 0)) + strings.TrimRight(body, " \t") + "\n")
}
