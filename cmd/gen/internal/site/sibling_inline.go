package site

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// inline returns running text. Lines end only where the page breaks them.
func inline(run []*element) string {
	var out strings.Builder
	for _, e := range run {
		out.WriteString(e.inline())
	}
	var lines []string
	for line := range strings.SplitSeq(out.String(), "\n") {
		if line = strings.TrimSpace(singleSpaced(line)); line != "" {
			lines = append(lines, settled(line))
		}
	}
	return strings.Join(lines, lineBreak)
}

// lineBreak ends a line of running text that the page breaks there.
const lineBreak = "\\\n"

// settled writes a backslash at the end of a line so that no reader takes it for a
// part of the break that may follow.
func settled(line string) string {
	if cut, ok := strings.CutSuffix(line, `\\`); ok {
		return cut + "&#92;"
	}
	return line
}

// singleSpaced returns a line with one blank for all that stand together.
func singleSpaced(line string) string {
	if !strings.ContainsAny(line, "\t\r") && !strings.Contains(line, "  ") {
		return line
	}
	var out strings.Builder
	isSpace := false
	for i := range len(line) {
		wasSpace := isSpace
		switch isSpace = line[i] == ' ' || line[i] == '\t' || line[i] == '\r'; {
		case !isSpace:
			out.WriteByte(line[i])
		case !wasSpace:
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// inline returns an element within a line.
func (e *element) inline() string {
	switch {
	case e.name == "":
		return escapeText(strings.ReplaceAll(e.text, "\n", " "))
	case e.isForBrowsers():
		return ""
	}
	var inner strings.Builder
	for _, child := range e.children {
		inner.WriteString(child.inline())
	}
	text := inner.String()
	switch e.name {
	case "br":
		return "\n"
	case "code", "kbd":
		return codeSpan(e.content())
	case "b", "strong":
		return model.Emphasis(text, "**")
	case "em", "i":
		return model.Emphasis(text, "*")
	case "del", "s":
		return model.Emphasis(text, "~~")
	case "q":
		return e.l.Say("“%s”|words of an API", text)
	case "a":
		return anchored(text, e.href)
	}
	switch {
	case e.isBlock():
		return " " + text + " "
	case e.hasClass("action"):
		return model.Emphasis(text, "**")
	}
	return text
}

// anchored returns a link, or its text where it leads to a part of a page.
func anchored(text, target string) string {
	u, err := url.Parse(target)
	text = strings.TrimSpace(text)
	if err != nil || text == "" || u.Scheme == "" && u.Path == "" {
		return text
	}
	if u.Scheme == "" {
		u.Fragment = ""
		if address, isPage := strings.CutSuffix(u.Path, ".html"); isPage {
			above := len(address) - len(strings.TrimLeft(address, "./"))
			u.Path = address[:above] + siblingOf(address[above:])
		}
	}
	return "[" + text + "](" + linkSigns.Replace(u.String()) + ")"
}

var linkSigns = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C")

// content returns the text in an element.
func (e *element) content() string {
	if e.name == "" {
		return e.text
	}
	var out strings.Builder
	for _, child := range e.children {
		out.WriteString(child.content())
	}
	return out.String()
}

// codeSpan returns inline code, between more backticks than it holds in a row.
func codeSpan(text string) string {
	text = strings.ReplaceAll(text, "\n", " ")
	if strings.TrimSpace(text) == "" {
		return text
	}
	sign := strings.Repeat("`", longestRun(text)+1)
	if text[0] == '`' || text[len(text)-1] == '`' || text[0] == ' ' && text[len(text)-1] == ' ' {
		text = " " + text + " "
	}
	return sign + text + sign
}

// fence returns text verbatim.
func fence(text string) string {
	sign := strings.Repeat("`", max(3, longestRun(text)+1))
	return sign + "\n" + strings.TrimSuffix(text, "\n") + "\n" + sign
}

// longestRun returns how many backticks stand in a row at most.
func longestRun(text string) int {
	longest := 0
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return r != '`' }) {
		longest = max(longest, len(run))
	}
	return longest
}

// escapeText returns text in which no sign has a meaning within a line.
func escapeText(text string) string {
	if !strings.ContainsAny(text, "\\`*[]<~_&") {
		return text
	}
	var out strings.Builder
	before := ' '
	for i, r := range text {
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		switch r {
		case '\\', '`', '*', '[', ']', '<', '~':
			out.WriteByte('\\')
		case '_':
			if !isWord(before) || !isWord(after) {
				out.WriteByte('\\')
			}
		case '&':
			if after == '#' || isWord(after) {
				out.WriteByte('\\')
			}
		}
		out.WriteRune(r)
		before = r
	}
	return out.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lineStarts escapes what would open another block at the start of a line.
func lineStarts(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case line == "":
		case strings.ContainsRune("#>+-=:|", rune(line[0])):
			lines[i] = `\` + line
		case isDigit(line[0]):
			lines[i] = numbered().ReplaceAllString(line, `$1\$2`)
		}
	}
	return strings.Join(lines, "\n")
}

var numbered = pattern.Of(`^([0-9]{1,9})([.)])`)

// oneLine returns running text without its line ends.
func oneLine(text string) string { return strings.ReplaceAll(text, lineBreak, " ") }

// prefixed puts a sign before the first line of a text and another before the rest.
func prefixed(first, rest, text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		sign := rest
		if i == 0 {
			sign = first
		}
		lines[i] = strings.TrimRight(sign+lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
