package python

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// docWidth is the number of characters after which a line of a docstring wraps.
const docWidth = 78

// doc writes a docstring: paragraphs, in which each text starts a line. Without
// any text there is none.
func (m *module) doc(indent string, paragraphs ...[]string) {
	var lines []string
	for _, texts := range paragraphs {
		var paragraph []string
		for _, text := range texts {
			words := strings.Fields(say.Sentence(model.Visible(text)))
			paragraph = append(paragraph, model.Wrap(words, docWidth)...)
		}
		if len(lines) > 0 && len(paragraph) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, paragraph...)
	}
	switch len(lines) {
	case 0:
	case 1:
		m.linef(`%s"""%s"""`, indent, escape(lines[0]))
	default:
		m.line(indent + `"""` + escape(lines[0]))
		for _, line := range lines[1:] {
			m.line(strings.TrimRight(indent+escape(line), " "))
		}
		m.line(indent + `"""`)
	}
}

// escape returns a line of a docstring that stays in it, whatever it holds: no
// backslash escapes, and no quotation mark closes.
func escape(line string) string {
	var out strings.Builder
	for i := range len(line) {
		quoted := line[i] == '"' && (i == 0 || i == len(line)-1 || line[i-1] == '"')
		if quoted || line[i] == '\\' {
			out.WriteByte('\\')
		}
		out.WriteByte(line[i])
	}
	return out.String()
}

// quote returns a text as a string literal. What can't be seen is escaped.
func quote(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"', r == '\\':
			out.WriteString(`\` + string(r))
		case r == '\n':
			out.WriteString(`\n`)
		case r == unicode.ReplacementChar, !unicode.IsPrint(r) && r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
