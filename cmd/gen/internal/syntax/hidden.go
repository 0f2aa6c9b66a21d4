package syntax

import (
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// Hidden is a character that can't be seen, and where it stands.
type Hidden struct {
	Place diag.Place
	Rune  rune // 0 for none
}

// maxHidden is how many of them are looked at in a file: it has none, or a few by accident.
const maxHidden = 10_000

// findHidden finds the characters of the source that can't be seen. Those that join letters
// or pictures are none of them.
func (p *parser) findHidden() {
	at := diag.Place{File: p.file, Line: 1}
	var before rune
	for i, r := range p.text[p.start:] {
		at.Column++
		if r == '\n' {
			at.Line, at.Column = at.Line+1, 0
		}
		if isOdd(r, before) && len(p.hidden) < maxHidden {
			p.hidden, p.hiddenAt = append(p.hidden, Hidden{at, r}), append(p.hiddenAt, p.start+i)
		}
		before = r
	}
}

// isOdd reports whether a character behind another can't be seen and does not join them.
func isOdd(r, before rune) bool {
	return diag.IsHidden(r) && !diag.Joins(r, before)
}

// holdsOdd reports whether a text holds such a character.
func holdsOdd(text string) bool {
	var before rune
	for _, r := range text {
		if isOdd(r, before) {
			return true
		}
		before = r
	}
	return false
}

// scalar notes what is odd about a scalar: characters that can't be seen, quotation marks that
// are none, and lines that look like keys.
func (p *parser) scalar(n *yaml.Node, to *Node) {
	if !isQuoted(n) {
		to.Quote = quoteOf(n.Value)
	}
	p.keysInside(n, to)
	if len(p.hidden) == 0 || !holdsOdd(n.Value) {
		return
	}
	start, end := p.offset(to.Place), len(p.text)
	if n.Style&yaml.DoubleQuotedStyle != 0 { // what is written as an escape is meant
		end, _ = closingQuote(p.text, start)
	}
	for i := sort.SearchInts(p.hiddenAt, start); i < len(p.hidden) && p.hiddenAt[i] < end; i++ {
		if strings.ContainsRune(n.Value, p.hidden[i].Rune) { // and not only a comment or a line end
			to.Hidden = p.hidden[i]
			return
		}
	}
}

// lineStart returns the offset of the start of a line.
func (p *parser) lineStart(line int) int {
	if p.starts == nil {
		p.starts = []int{p.start}
		for i := p.start; i < len(p.text); i++ {
			if p.text[i] == '\n' {
				p.starts = append(p.starts, i+1)
			}
		}
	}
	return p.starts[line-1]
}

// offset returns the offset of a place.
func (p *parser) offset(at diag.Place) int {
	_, offset := p.find(at)
	return p.lineStart(at.Line) + offset
}

// find returns the line of a place, and the offset in it. It is quick for one place after
// another, in their order.
func (p *parser) find(at diag.Place) (line []byte, offset int) {
	if p.finder == nil {
		p.finder = diag.NewLines(p.source)
	}
	line, offset, _ = p.finder.Find(at.Line, at.Column)
	return line, offset
}
