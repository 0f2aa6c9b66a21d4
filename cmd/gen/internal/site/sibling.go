package site

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
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
func (p *page) sibling(page []byte) []byte {
	_, main, _ := bytes.Cut(page, []byte(`<main id="main">`))
	main, _, _ = bytes.Cut(main, []byte("</main>"))
	blocks := blocksOf(parse(string(main), p.l))
	title := slices.IndexFunc(blocks, func(block string) bool { return strings.HasPrefix(block, "# ") })
	heading := "# " + escapeText(p.Title)
	if title >= 0 {
		heading = blocks[title]
		blocks = slices.Delete(blocks, title, title+1)
	}
	blocks = append([]string{heading, string(p.Mark())}, blocks...)
	return []byte(strings.Join(blocks, "\n\n") + "\n")
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
			return []string{strings.Repeat("#", int(e.name[1]-'0')) + " " + allBold().ReplaceAllString(text, "$1")}
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
var allBold = pattern.Of(`^\*\*([^*]*)\*\*$`)

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
	return !startsBlock().MatchString(block)
}

var startsBlock = pattern.Of("^(?:- |[0-9]+\\. |> |#+ |---$|\\||```)")

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
