package markdown

import (
	"cmp"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// author prints markdown of the spec's author. Paragraphs, emphasis, inline
// code, fences, lists, quotes, tables, links and images come through. Headings
// become bold lines, because the page's own are its table of contents; rules,
// raw HTML, braces and whatever else only some renderers understand become
// plain text. A fence left open ends with the text.
func (p *page) author(text string) {
	lines := strings.Split(model.Visible(text), "\n")
	inList := false
	for i := 0; i < len(lines); {
		if strings.TrimSpace(lines[i]) == "" {
			i++
			continue
		}
		if open := openedFence(lines[i]); open != nil {
			var body []string
			for i++; i < len(lines) && !closes(lines[i], open[1]); i++ {
				body = append(body, lines[i])
			}
			i++
			p.fence(cmp.Or(fenceLanguage().FindString(open[2]), "text"), strings.Join(body, "\n"))
			inList = false
			continue
		}
		var block []string
		for ; i < len(lines) && strings.TrimSpace(lines[i]) != "" && openedFence(lines[i]) == nil; i++ {
			block = append(block, lines[i])
		}
		inList = p.authorBlock(block, inList)
	}
}

var (
	fenceOpen     = pattern.Of("^ *(`{3,}|~{3,})([^`]*)$")
	fenceLanguage = pattern.Of(`^[A-Za-z0-9+-]*`)
	heading       = pattern.Of(`^#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	rule          = pattern.Of(`^(?:=+|(?:-[ \t]*)+|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	delimiterRow  = pattern.Of(`^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$`)
	bullet        = pattern.Of(`^[-*+][ \t]+`)
	numberedItem  = pattern.Of(`^[0-9]{1,9}[.)][ \t]+`)
	quoteMark     = pattern.Of(`^>[ \t]?`)
)

// openedFence returns the parts of a line that opens a fence, or nil.
func openedFence(line string) []string {
	if start := strings.TrimLeft(line, " "); start == "" || start[0] != '`' && start[0] != '~' {
		return nil
	}
	return fenceOpen().FindStringSubmatch(line)
}

// startsWith reports whether a text starts with one of some signs, without which no
// expression needs to be asked.
func startsWith(text, signs string) bool { return text != "" && strings.IndexByte(signs, text[0]) >= 0 }

// closes reports whether a line ends a fence.
func closes(line, fence string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= len(fence) && strings.Trim(line, fence[:1]) == ""
}

// authorBlock prints lines without an empty one between, and reports whether a
// list is open behind them.
func (p *page) authorBlock(block []string, inList bool) bool {
	if len(block) > 2 && strings.Contains(block[0], "|") && strings.Contains(block[1], "|") &&
		delimiterRow().MatchString(strings.TrimSpace(block[1])) {
		p.authorTable(block)
		return false
	}
	a := authorLines{page: p, inList: inList}
	for _, line := range block {
		a.line(line)
	}
	a.flush()
	return a.inList
}

// authorTable prints a table row by row, each with the columns of its head.
func (p *page) authorTable(block []string) {
	p.gap()
	columns := strings.Count(strings.Trim(strings.TrimSpace(block[1]), "|"), "|") + 1
	for i, row := range block {
		row = strings.TrimSpace(row)
		if i == 1 {
			p.row(make([]markup, columns), "---")
			continue
		}
		cells := make([]markup, columns)
		for j, cell := range splitRow(row) {
			if j < columns {
				cells[j] = p.authorInline(strings.TrimSpace(cell))
			}
		}
		p.row(cells, "")
	}
}

// splitRow splits a table's row at the pipes that are not escaped.
func splitRow(row string) []string {
	row = strings.TrimPrefix(row, "|")
	if cut, ok := strings.CutSuffix(row, "|"); ok && !strings.HasSuffix(cut, `\`) {
		row = cut
	}
	const escaped = "\x00"
	cells := strings.Split(strings.ReplaceAll(row, `\|`, escaped), "|")
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], escaped, "|")
	}
	return cells
}

// authorLines prints the lines of one block.
type authorLines struct {
	page   *page
	prefix string // of the paragraph gathered
	text   []string
	inList bool
}

// line takes one line in: it opens an item, a quote or a heading, or goes on
// with the paragraph.
func (a *authorLines) line(line string) {
	content := strings.TrimLeft(line, " \t")
	indented := len(line) > len(content)
	prefix := ""
	if indented && a.inList {
		prefix = "    "
	}
	marked := false
	switch {
	case startsWith(strings.TrimSpace(content), "=-*_") && rule().MatchString(strings.TrimSpace(content)):
		a.flush()
		return
	case startsWith(content, ">"):
		content = quoteMark().ReplaceAllString(content, "")
		for startsWith(content, ">") {
			content = strings.TrimLeft(quoteMark().ReplaceAllString(content, ""), " \t")
		}
		marked, prefix = a.prefix != "> ", "> "
		a.inList = false
	case startsWith(content, "-*+") && bullet().MatchString(content):
		content = bullet().ReplaceAllString(content, "")
		marked, prefix, a.inList = true, prefix+"- ", true
	case startsWith(content, "0123456789") && numberedItem().MatchString(content) && (len(a.text) == 0 || a.inList):
		number := numberedItem().FindString(content)
		content = content[len(number):]
		marked, prefix, a.inList = true, prefix+number[:strings.IndexAny(number, ".)")]+". ", true
	case !indented && len(a.text) == 0:
		a.inList = false
	}
	content = strings.TrimSpace(content)
	if startsWith(content, "#") {
		if title := heading().FindStringSubmatch(content); title != nil {
			a.flush()
			if title := strong(title[1]); title != "" {
				a.page.para(markup(prefix) + title)
			}
			return
		}
	}
	if marked || len(a.text) == 0 {
		a.flush()
		a.prefix = prefix
	}
	a.text = append(a.text, content)
}

// flush prints the paragraph gathered.
func (a *authorLines) flush() {
	if text := strings.TrimSpace(strings.Join(a.text, " ")); text != "" {
		content := a.page.authorInline(text)
		if !strings.HasPrefix(text, "*") && !strings.HasPrefix(text, "_") && !strings.HasPrefix(string(content), "![") {
			content = opening(content)
		}
		a.page.para(markup(a.prefix) + content)
	}
	a.prefix, a.text = "", nil
}

var (
	inlineLink = pattern.Of(`^\[([^\[\]]*)\]\([ \t]*<?([^()\s<>]*)>?(?:[ \t]+"[^"]*")?[ \t]*\)`)
	angleLink  = pattern.Of(`^<((?:https?://|mailto:)[^\s<>]+)>`)
	reference  = pattern.Of(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
)

// authorInline prints running text with its emphasis, code, links and images.
func (p *page) authorInline(text string) markup {
	text = line(text)
	var out strings.Builder
	var before rune
	links := links(text)
	for at := 0; at < len(text); {
		for len(links) > 0 && links[0][0] < at {
			links = links[1:]
		}
		stop := len(text)
		if len(links) > 0 {
			stop = links[0][0]
		}
		if n := meaningless(text, at, stop); n > 0 {
			out.WriteString(text[at : at+n])
			at += n
			before = rune(text[at-1])
			continue
		}
		shown, length := p.authorToken(text[at:], len(links) > 0 && links[0][0] == at, links)
		if length > 0 {
			out.WriteString(string(shown))
			at += length
			before = 0
			if strings.HasSuffix(string(shown), "&#123;") {
				before = '{'
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if seam(text, at) {
			out.WriteString("&#8203;")
		}
		switch {
		case r == '*' || r == '_':
			out.WriteRune(r)
		case makesAddress(text[at:]), r == '.' && strings.HasSuffix(text[:at], "www"):
			writeReference(&out, r)
		default:
			writeRune(&out, before, r, next(text[at:]))
		}
		before = r
		at += size
	}
	return markup(out.String())
}

// authorToken prints what text starts with, if that is more than a character,
// and returns its length.
func (p *page) authorToken(text string, linked bool, links [][]int) (shown markup, length int) {
	if linked {
		return p.link(text[:links[0][1]-links[0][0]])
	}
	switch text[0] {
	case '\\':
		if len(text) > 1 && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", text[1]) >= 0 {
			return always(rune(text[1])), 2
		}
	case '`':
		return p.codeSpan(text)
	case '<':
		if link := angleLink().FindStringSubmatch(text); link != nil && address(link[1]) != "" {
			return "[" + addressText(link[1]) + "](" + address(link[1]) + ")", len(link[0])
		}
	case '&':
		if found := reference().FindString(text); found != "" && html.UnescapeString(found) != found {
			return always([]rune(html.UnescapeString(found))...), len(found)
		}
	case '[', '!':
		link := inlineLink().FindStringSubmatch(strings.TrimPrefix(text, "!"))
		if link == nil || text[0] == '!' && text[1] != '[' {
			return "", 0
		}
		return p.authorLink(link, text[0] == '!')
	}
	return "", 0
}

// authorLink prints a link or an image. One that leads to no web page is its
// text: pages move, and a renderer may refuse a link that it can't follow.
func (p *page) authorLink(link []string, image bool) (shown markup, length int) {
	sign := markup("")
	length = len(link[0])
	if image {
		sign = "!"
		length++
	}
	label, target := escape(link[1]), address(link[2])
	if target == "" {
		return label, length
	}
	return sign + "[" + label + "](" + target + ")", length
}

// codeSpan prints the inline code that text starts with, or its backticks where
// none closes it.
func (p *page) codeSpan(text string) (shown markup, length int) {
	run := len(text) - len(strings.TrimLeft(text, "`"))
	for at := run; at < len(text); {
		if text[at] != '`' {
			at++
			continue
		}
		end := at + len(text[at:]) - len(strings.TrimLeft(text[at:], "`"))
		if end-at == run {
			content := text[run:at]
			if strings.HasPrefix(content, " ") && strings.HasSuffix(content, " ") && len(content) > 2 {
				content = content[1 : len(content)-1]
			}
			return p.code(content), end
		}
		at = end
	}
	return always([]rune(text[:run])...), run
}

// always returns characters as references, however harmless.
func always(runes ...rune) markup {
	var out strings.Builder
	for i, r := range runes {
		if i > 0 && runes[i-1] == '{' || r == '{' {
			out.WriteString("&#8203;")
		}
		if isWord(r) || r > utf8.RuneSelf {
			out.WriteRune(r)
			continue
		}
		writeReference(&out, r)
	}
	return markup(out.String())
}
