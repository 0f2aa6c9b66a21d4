package golang

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// commentWidth is the number of characters after which a comment line wraps.
const commentWidth = 92

// comment is a comment as lines, each of which starts with //. Whatever text it
// is made of, it stays a comment that gofmt leaves alone and in which no tool
// finds a directive, a heading, a list or a deprecation that is not meant.
type comment []string

// line adds a text as a separate line, wrapped.
func (c *comment) line(text string) {
	for _, line := range model.Wrap(pieces(text), commentWidth) {
		*c = append(*c, "// "+line)
	}
}

// sentence adds a text as a separate line that ends in a full stop.
func (c *comment) sentence(text string) { c.line(sentence(text)) }

// paragraph starts a new paragraph.
func (c *comment) paragraph() { *c = append(*c, "//") }

// add writes the comment into a list of declarations, above what comes next.
func (c comment) add(g *jen.Group) {
	for _, line := range c {
		g.Comment(line)
	}
}

// above returns a declaration with the comment above it.
func (c comment) above(code jen.Code) *declaration { return &declaration{c, code} }

// declaration is a top-level declaration with its comment.
type declaration struct {
	comment comment
	code    jen.Code
}

// addTo writes the declaration into a file; nil is none. Comment and code are
// separate items, with nothing between them but a newline: gofmt formats a
// doc comment only if it sees that it is one.
func (d *declaration) addTo(f *jen.File) {
	if d == nil {
		return
	}
	d.comment.add(f.Group)
	f.Add(d.code).Line()
}

// commented is a comment made of whole lines, for texts of our own.
func commented(text string) comment {
	var c comment
	c.line(text)
	return c
}

// pieces splits a text where a line may break. A word that means something at
// the start of a line, such as # or go:build, stays with the one before it.
func pieces(text string) []string {
	var pieces []string
	for word := range strings.FieldsSeq(visible(text)) {
		if len(pieces) > 0 && (!opensLine(word) || isUnit(word, pieces[len(pieces)-1])) {
			pieces[len(pieces)-1] += " " + word
			continue
		}
		pieces = append(pieces, word)
	}
	return pieces
}

// opensLine reports whether a word may start a line.
func opensLine(word string) bool {
	if strings.ContainsRune(word, ':') {
		return false
	}
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsDigit(first) {
		return !strings.HasSuffix(word, ".") && !strings.HasSuffix(word, ")")
	}
	return unicode.IsLetter(first) || first == '(' || first == '"'
}

// isUnit reports whether a word is the unit of the figure before it.
func isUnit(word, before string) bool {
	last := before[len(before)-1]
	return '0' <= last && last <= '9' && len(word) <= len("min,")
}

// visible spells out what can't be seen or can't stand in a Go source: control
// characters, text direction marks and broken UTF-8. White space becomes blanks.
// The joiners stay: scripts and emoji are made of them.
func visible(text string) string {
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			out.WriteString(`\x` + strconv.FormatUint(uint64(text[0]), 16))
		case unicode.IsSpace(r):
			out.WriteByte(' ')
		case hidden(r):
			quoted := strconv.QuoteToASCII(string(r))
			out.WriteString(quoted[1 : len(quoted)-1])
		default:
			out.WriteRune(r)
		}
		text = text[size:]
	}
	return out.String()
}

func hidden(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return r == utf8.RuneError || !unicode.IsPrint(r) && r != nonJoiner && r != joiner
}

// sentence returns a text with a full stop, where it ends in no other mark.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?:…。", last) {
		return text
	}
	return text + "."
}

// sentences returns texts as sentences.
func sentences(texts []string) string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = sentence(text)
	}
	return strings.Join(all, " ")
}
