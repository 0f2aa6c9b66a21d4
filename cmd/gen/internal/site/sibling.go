package site

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// A page's markdown sibling, for assistants, is its main part in other signs: what the
// templates print is read again, so that the two can't differ. What only a browser can
// do, such as buttons and drawings, is left out. Links between pages lead to the
// siblings, without the parts of a page, whose names differ between readers.
//
// The pages that repeat what others say have no sibling: the books and the replies, and
// the pages for customers.

// siblingSuffix follows the name of a page, as https://llmstxt.org has it.
const siblingSuffix = ".md"

// hasSibling reports whether the page at an address has a sibling.
func hasSibling(address string) bool {
	collection, _, _ := strings.Cut(address, "-") // a part of it is about one API
	return collection != "book" && collection != "replies" && !strings.HasPrefix(address, model.CustomerFolder)
}

// siblingOf returns the file of a page in markdown, or, where there is none, of the page.
func siblingOf(address string) string {
	if !hasSibling(address) {
		return address + ".html"
	}
	return address + ".html" + siblingSuffix
}

// sibling returns a page in markdown.
func (p *page) sibling(page string) []byte {
	_, main, _ := strings.Cut(page, `<main id="main">`)
	main, _, _ = strings.Cut(main, "</main>")
	blocks := blocksOf(parse(main, p.l))
	title := slices.IndexFunc(blocks, func(block string) bool { return strings.HasPrefix(block, "# ") })
	heading := "# " + escapeText(p.Title)
	if title >= 0 {
		heading = blocks[title]
		blocks = slices.Delete(blocks, title, title+1)
	}
	blocks = append([]string{heading, string(p.Mark())}, blocks...)
	return []byte(strings.Join(blocks, "\n\n") + "\n")
}

// element is an element of a page, or text.
type element struct {
	name     string // empty for text
	text     string
	class    string
	href     string
	children []*element
	l        *say.Language
}

// parse reads a part of a page that the templates have made: every element is closed, and
// every attribute quoted.
func parse(rest string, l *say.Language) *element {
	open := []*element{{name: "main", l: l}}
	for rest != "" {
		top := open[len(open)-1]
		text, tag, found := strings.Cut(rest, "<")
		if text != "" {
			top.children = append(top.children, &element{text: html.UnescapeString(text)})
		}
		if !found {
			break
		}
		switch {
		case tag[0] == '/':
			_, rest, _ = strings.Cut(tag, ">")
			open = open[:len(open)-1]
		case tag[0] == '!':
			_, rest, _ = strings.Cut(tag, ">")
		default:
			e := &element{l: l}
			rest = e.parseTag(tag)
			top.children = append(top.children, e)
			if !e.isVoid() && !strings.HasSuffix(tag[:len(tag)-len(rest)], "/>") {
				open = append(open, e)
			}
		}
	}
	return open[0]
}

// parseTag reads the tag that a text starts with, after its bracket, and returns what
// follows it.
func (e *element) parseTag(text string) (rest string) {
	end := strings.IndexAny(text, " \t\n/>")
	e.name, text = text[:end], text[end:]
	for {
		text = strings.TrimLeft(text, " \t\n/")
		if text[0] == '>' {
			return text[1:]
		}
		end := strings.IndexAny(text, " \t\n/>=")
		name, value := text[:end], ""
		if text = text[end:]; text[0] == '=' {
			value, text, _ = strings.Cut(text[2:], text[1:2])
		}
		switch name {
		case "class":
			e.class = value
		case "href":
			e.href = html.UnescapeString(value)
		}
	}
}

// isVoid reports whether an element has no content and no end.
func (e *element) isVoid() bool {
	switch e.name {
	case "br", "col", "hr", "img", "input", "wbr":
		return true
	}
	return false
}

func (e *element) hasClass(class string) bool {
	return e.class != "" && slices.Contains(strings.Fields(e.class), class)
}

// isForBrowsers reports whether an element is of use in a browser only.
func (e *element) isForBrowsers() bool {
	switch e.name {
	case "button", "figcaption", "form", "input", "label", "nav", "noscript", "script", "select", "style", "svg", "template", "textarea":
		return true
	}
	return e.hasClass("scripted") || e.hasClass("unseen")
}

// isBlock reports whether an element starts a new line.
func (e *element) isBlock() bool {
	switch e.name {
	case "address", "article", "aside", "blockquote", "caption", "details", "div", "dl", "dt", "dd", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
		"header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul":
		return true
	}
	return false
}

// blocksOf returns what an element holds as blocks of markdown.
func blocksOf(e *element) []string {
	var blocks []string
	var run []*element
	flush := func() {
		if text := lineStarts(inline(run)); text != "" {
			blocks = append(blocks, text)
		}
		run = nil
	}
	for _, child := range e.children {
		switch {
		case child.isForBrowsers():
		case child.isBlock():
			flush()
			blocks = append(blocks, child.blocks()...)
		default:
			run = append(run, child)
		}
	}
	flush()
	return blocks
}

// blocks returns an element that starts a new line.
func (e *element) blocks() []string {
	switch e.name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if text := oneLine(inline(e.children)); text != "" {
			return []string{strings.Repeat("#", int(e.name[1]-'0')) + " " + allBold.ReplaceAllString(text, "$1")}
		}
		return nil
	case "hr":
		return []string{"---"}
	case "pre":
		return []string{fence(e.content())}
	case "blockquote":
		return []string{prefixed("> ", "> ", strings.Join(blocksOf(e), "\n\n"))}
	case "ul", "ol":
		return e.list()
	case "dl":
		return e.pairs()
	case "table":
		return e.table()
	case "caption", "summary":
		return labelled(inline(e.children))
	case "p":
		switch {
		case e.hasClass("text"):
			return []string{quotation(e.content())}
		case e.hasClass("action"):
			return labelled(inline(e.children))
		}
	}
	return blocksOf(e)
}

// allBold matches a text that is bold from end to end, which says nothing in a heading.
var allBold = regexp.MustCompile(`^\*\*([^*]*)\*\*$`)

func labelled(text string) []string {
	if text = oneLine(text); text == "" {
		return nil
	}
	return []string{"**" + text + "**"}
}

// quotation quotes a text whose line ends count, such as what to tell a customer.
func quotation(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		lines = append(lines, lineStarts(settled(model.Line(escapeText(line)))))
	}
	for i := range lines[:len(lines)-1] {
		if lines[i] != "" && lines[i+1] != "" {
			lines[i] += `\`
		}
	}
	return prefixed("> ", "> ", strings.Join(lines, "\n"))
}

// list returns a list, each item with what stands in it.
func (e *element) list() []string {
	var items []string
	for _, item := range e.children {
		if item.name != "li" || item.isForBrowsers() {
			continue
		}
		sign := "- "
		if e.name == "ol" {
			sign = strconv.Itoa(len(items)+1) + ". "
		}
		if text := joined(blocksOf(item)); text != "" {
			items = append(items, prefixed(sign, strings.Repeat(" ", len(sign)), text))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []string{strings.Join(items, "\n")}
}

// joined puts blocks under one another, with a line between those that would run
// into each other.
func joined(blocks []string) string {
	var out strings.Builder
	for i, block := range blocks {
		if i > 0 {
			out.WriteString("\n")
			if !strings.HasPrefix(block, "- ") || strings.HasPrefix(blocks[i-1], "- ") {
				out.WriteString("\n")
			}
		}
		out.WriteString(block)
	}
	return out.String()
}

// pairs returns a list of terms, each with what is said of it.
func (e *element) pairs() []string {
	var items []string
	var term string
	var add func(e *element)
	add = func(e *element) {
		for _, child := range e.children {
			switch {
			case child.isForBrowsers():
			case child.name == "dt":
				term = oneLine(inline(child.children))
			case child.name == "dd":
				said := blocksOf(child)
				first := ""
				if len(said) > 0 && isParagraph(said[0]) {
					first, said = said[0], said[1:]
				}
				text := e.l.Say("**%s:** %s|a term and what is said of it, in markdown", term, first)
				if strings.HasSuffix(term, "?") || strings.HasSuffix(term, "？") {
					text = "**" + term + "** " + first
				}
				items = append(items, prefixed("- ", "  ", joined(append([]string{text}, said...))))
			default:
				add(child)
			}
		}
	}
	add(e)
	if len(items) == 0 {
		return nil
	}
	return []string{strings.Join(items, "\n")}
}

// isParagraph reports whether a block may follow words on their line.
func isParagraph(block string) bool {
	return !startsBlock.MatchString(block)
}

var startsBlock = regexp.MustCompile("^(?:- |[0-9]+\\. |> |#+ |---$|\\||```)")

// table returns a table under its caption. Cells hold one line.
func (e *element) table() []string {
	var blocks []string
	var rows [][]string
	var walk func(e *element)
	walk = func(e *element) {
		for _, child := range e.children {
			switch child.name {
			case "caption":
				blocks = append(blocks, child.blocks()...)
			case "tr":
				var cells []string
				for _, cell := range child.children {
					if cell.name == "th" || cell.name == "td" {
						cells = append(cells, strings.ReplaceAll(oneLine(inline(cell.children)), "|", `\|`))
					}
				}
				rows = append(rows, cells)
			default:
				walk(child)
			}
		}
	}
	walk(e)
	if len(rows) == 0 {
		return blocks
	}
	var out strings.Builder
	for i, cells := range rows {
		out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		if i == 0 {
			out.WriteString("|" + strings.Repeat(" --- |", len(cells)) + "\n")
		}
	}
	return append(blocks, strings.TrimSuffix(out.String(), "\n"))
}

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
			lines[i] = numbered.ReplaceAllString(line, `$1\$2`)
		}
	}
	return strings.Join(lines, "\n")
}

var numbered = regexp.MustCompile(`^([0-9]{1,9})([.)])`)

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
