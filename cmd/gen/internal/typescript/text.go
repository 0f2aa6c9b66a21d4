package typescript

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// commentWidth is the number of characters after which a comment line wraps.
const commentWidth = 80

// comment writes a doc comment: paragraphs, in which each text starts a line, and
// a tag.
func (m *module) comment(indent, tag string, paragraphs ...[]string) {
	var lines []string
	add := func(paragraph []string) {
		if len(lines) > 0 && len(paragraph) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, paragraph...)
	}
	for _, texts := range paragraphs {
		var paragraph []string
		for _, text := range texts {
			paragraph = append(paragraph, wrap(sentence(text))...)
		}
		add(paragraph)
	}
	add(wrap(tag))
	switch len(lines) {
	case 0:
	case 1:
		m.linef("%s/** %s */", indent, lines[0])
	default:
		m.line(indent + "/**")
		for _, line := range lines {
			m.line(strings.TrimRight(indent+" * "+line, " "))
		}
		m.line(indent + " */")
	}
}

func wrap(text string) []string { return model.Wrap(strings.Fields(text), commentWidth) }

// sentence returns a text as a sentence that stays text in a comment: it neither
// ends the comment nor starts a tag. Doc comments are markdown, in which an @ can
// be spelled.
func sentence(text string) string {
	text = strings.ReplaceAll(say.Sentence(model.Visible(text)), "*/", `*\/`)
	var out strings.Builder
	before := ' '
	for _, r := range text {
		if r == '@' && !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			out.WriteString("&#64;")
		} else {
			out.WriteRune(r)
		}
		before = r
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
		case r == utf8.RuneError || !unicode.IsPrint(r) && r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&out, `\u{%x}`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// isPlain reports whether a name is made of ASCII letters, digits and underscores,
// as every version of the language takes it. Names never start with a digit.
func isPlain(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
}

// property returns a name as the key of an object literal.
func property(name string) string {
	if isPlain(name) {
		return name
	}
	return quote(name)
}

// of returns how a constant of a type is named.
func of(group, name string) string {
	if isPlain(name) {
		return group + "." + name
	}
	return group + "[" + quote(name) + "]"
}
