package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Style is how problems are shown to people.
type Style struct {
	Sources map[string][]byte // the files that problems stand in, by name; lines of others are not shown
	Color   bool              // use terminal colours
}

// Text writes the problems for people: for each a line with its place, then the
// line of the source with a caret, the second places and the hint, indented.
//
//	errors.yaml:41:7: error: duplicate code "RATE_LIMITED" [duplicate-code]
//	    RATE_LIMITED:
//	    ^
//	  errors.yaml:12:7: first listed here
//	  hint: give one of them another name
//
// Of many problems it writes the first, and at last how many more there are.
func Text(w io.Writer, problems []Problem, style Style) error {
	lines := map[string]*Lines{}
	for file, source := range style.Sources {
		lines[file] = NewLines(source)
	}
	var out bytes.Buffer
	problems, more := head(problems)
	for _, p := range problems {
		fmt.Fprintf(&out, "%s: %s: %s [%s]\n", style.paint(bold, p.Place.text()),
			style.paint(p.Severity.color(), string(p.Severity)), Visible(p.Message), p.Rule)
		quote(&out, lines[p.File], p.Place, style)
		for _, r := range p.Related {
			fmt.Fprintf(&out, "  %s: %s\n", r.Place.text(), Visible(r.Message))
		}
		if p.Hint != "" {
			fmt.Fprintf(&out, "  %s %s\n", style.paint(bold, "hint:"), Visible(p.Hint))
		}
	}
	if more != (Others{}) {
		fmt.Fprintf(&out, "%s\n", more.sentence())
	}
	_, err := io.WriteString(w, Printed(out.String(), style.Color))
	return err
}

// text returns the place as file:line:column, and without what is not known.
func (p Place) text() string {
	file := Visible(p.File)
	switch {
	case p.Line <= 0:
		return file
	case p.Column <= 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// quote shows the line of a place and a caret under its column.
func quote(out *bytes.Buffer, lines *Lines, at Place, style Style) {
	if lines == nil {
		return
	}
	text, offset, ok := lines.Find(at.Line, at.Column)
	if !ok {
		return
	}
	line := newExcerpt(text, offset)
	fmt.Fprintf(out, "    %s\n    %s%s\n", line.text, line.pad, style.paint(green, "^"))
}

// Terminal colours.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	green  = "\x1b[1;32m"
	reset  = "\x1b[0m"
)

func (s Severity) color() string {
	if s == Error {
		return red
	}
	return yellow
}

func (s Style) paint(color, text string) string {
	if !s.Color {
		return text
	}
	return color + text + reset
}

// Visible returns a text with its control characters written out.
func Visible(text string) string {
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		out.WriteString(glyph(r))
		text = text[size:]
	}
	return out.String()
}
