package syntax

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// A slip is a character that looks like another: a space that does not indent, say. The YAML
// parser takes it for part of a text, and fails somewhere later or not at all.

// secondMark reports a byte order mark after that of the file.
func (p *parser) secondMark() bool {
	if !bytes.HasPrefix(p.source, []byte("\ufeff\ufeff")) {
		return false
	}
	p.problem(diag.Place{File: p.file, Line: 1, Column: 1}, RuleSyntax, "a second byte order mark (U+FEFF)", "remove it; a file needs none")
	return true
}

// directives warns of the directives that the YAML parser obeys.
func (p *parser) directives() {
	line := 0
	for text := range bytes.Lines(bytes.TrimPrefix(p.source, []byte("\ufeff"))) {
		line++
		switch text = bytes.TrimSpace(text); {
		case bytes.HasPrefix(text, []byte("%")):
			at := diag.Place{File: p.file, Line: line, Column: 1}
			p.problems.Warnf(at, RuleFeature, "%s", directiveMessage(string(text))).Hint = directiveHint
		case len(text) > 0 && text[0] != '#':
			return
		}
	}
}

const directiveHint = "remove the line"

func directiveMessage(line string) string {
	return "the directive " + diag.Quote(strings.TrimSpace(line)) + "; a spec has none"
}

// slip returns the problem behind a fault, if it is a slip: in the lines from a place to that
// of the fault, or else in the indentation of those since the start of the construct.
func (p *parser) slip(from, construct, fault diag.Place) *diag.Problem {
	if problem := p.slipIn(from, fault, slipOf); problem != nil {
		return problem
	}
	line, _, _ := diag.NewLines(p.source).Find(fault.Line, 1)
	if problem := p.slipIn(fault, fault, func(string) (string, string, int) { return longKey(string(line), fault.Column) }); problem != nil {
		return problem
	}
	construct.Line = min(construct.Line, fault.Line-1)
	return p.slipIn(construct, fault, indentSlip)
}

// slipIn returns a problem at the first line between two places in which find finds one.
func (p *parser) slipIn(from, fault diag.Place, find func(line string) (message, hint string, column int)) *diag.Problem {
	lines := diag.NewLines(p.source)
	for number := max(from.Line, 1); number <= fault.Line; number++ {
		text, _, _ := lines.Find(number, 1)
		message, hint, column := find(string(text))
		if message == "" {
			continue
		}
		problem := &diag.Problem{Place: diag.Place{File: p.file, Line: number, Column: column}, Severity: diag.Error, Rule: RuleSyntax, Message: message, Hint: hint}
		if number < fault.Line {
			problem.Relate(fault, "noticed here")
		}
		return problem
	}
	return nil
}

// indentSlip says if a line is indented with anything but spaces, or is a directive.
func indentSlip(line string) (message, hint string, column int) {
	if strings.HasPrefix(line, "%") {
		return directiveMessage(line), directiveHint, 1
	}
	text := strings.TrimLeft(line, " ")
	if r, _ := utf8.DecodeRuneInString(text); isSpace(r) {
		return "the line is indented with " + diag.RuneName(r) + "; YAML allows only spaces", "indent with spaces", len(line) - len(text) + 1
	}
	return "", "", 0
}

// slipOf says what is wrong with a line alone, and in which column.
func slipOf(line string) (message, hint string, column int) {
	if message, hint, column = indentSlip(line); message != "" {
		return message, hint, column
	}
	var before rune
	for i, r := range line {
		column++
		switch {
		case before == ':' && isSpace(r):
			return diag.RuneName(r) + " after a colon; YAML wants a space there", "write a space", column
		case isTypographic(r) && opensValue(line[:i]):
			return typographicMessage(r), "write a straight quote: \" or '", column
		}
		before = r
	}
	return "", "", 0
}

func typographicMessage(r rune) string { return diag.RuneName(r) + " is not a quote in YAML" }

// opensValue reports whether a value or a key starts behind the start of a line.
func opensValue(start string) bool {
	start = strings.TrimRight(start, " ")
	return strings.Trim(start, " -") == "" || strings.IndexByte(":[{", start[len(start)-1]) >= 0
}

// isSpace reports whether a character that is not a space looks like a space or like
// nothing.
func isSpace(r rune) bool { return r != ' ' && (unicode.Is(unicode.Zs, r) || diag.IsHidden(r)) }

// isTypographic reports whether a character is a quotation mark of prose, which programs for
// texts put in place of straight ones.
func isTypographic(r rune) bool { return strings.ContainsRune("“”„‟‘’‚‛«»‹›", r) }

// maxKey is how many characters the YAML parser lets a key have.
const maxKey = 1024

// longKey says if a key of a line is too long for the YAML parser, which fails at its start
// or, in braces, at its end.
func longKey(text string, fault int) (message, hint string, column int) {
	line := []rune(text)
	start := min(fault-1, len(line))
	for start > 0 && !strings.ContainsRune("{,", line[start-1]) {
		if before := string(line[max(0, start-2):start]); before == ": " { // a value
			return "", "", 0
		} else if before == "- " {
			break
		}
		start--
	}
	rest := strings.TrimLeft(string(line[start:]), " ")
	key, _, ok := strings.Cut(rest+" ", ": ")
	length := utf8.RuneCountInString(key)
	if !ok || length <= maxKey {
		return "", "", 0
	}
	return fmt.Sprintf("a key of %d characters; YAML allows %d", length, maxKey), "shorten it", len(line) - utf8.RuneCountInString(rest) + 1
}

// quoteOf returns the quotation mark that a text starts with, if it is in such that are none
// to YAML. A text with more of them inside quotes some of its words; an apostrophe is none.
func quoteOf(text string) rune {
	first, start := utf8.DecodeRuneInString(text)
	last, end := utf8.DecodeLastRuneInString(text)
	if len(text) < start+end || !isTypographic(first) || !isTypographic(last) {
		return 0
	}
	if strings.ContainsFunc(text[start:len(text)-end], func(r rune) bool { return r != '’' && isTypographic(r) }) {
		return 0
	}
	return first
}
