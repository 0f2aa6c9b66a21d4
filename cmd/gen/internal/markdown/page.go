package markdown

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// page is a file in the making. Its blocks are parted by empty lines.
type page struct {
	*docs
	out  strings.Builder
	file string       // its name, where it is not that of an index or of an entry
	root string       // the way from its folder to that of the index
	api  *model.API   // nil on the index
	self *model.Entry // the entry that it is about; nil on indexes
}

// entryOf returns the entry of one of the API's codes.
func (p *page) entryOf(code string) *model.Entry {
	if p.api == nil {
		return nil
	}
	return p.docs.apis[p.api].listed[code]
}

// bytes returns the file, whose mark names the spec. The mark stands behind the
// title: Docusaurus takes a heading for the title only where it comes first.
func (p *page) bytes(spec string) []byte { return p.marked(spec, p.editions()) }

// marked returns the file with what follows its mark.
func (p *page) marked(spec, behind string) []byte {
	title, rest, _ := strings.Cut(strings.TrimPrefix(p.out.String(), "\n"), "\n")
	return []byte(title + "\n\n" + mark(spec) + behind + rest)
}

// editions links the page in the other languages.
func (p *page) editions() string {
	c := p.docs.catalog
	file := cmp.Or(p.file, "index.md")
	switch {
	case p.self != nil:
		file = p.api.Name + "/" + p.self.Page() + ".md"
	case p.api != nil:
		file = p.api.Name + "/index.md"
	}
	var links []string
	for _, e := range c.Others() {
		links = append(links, "["+string(escape(e.Name))+"]("+p.root+c.Top()+e.Folder+file+")")
	}
	if links == nil {
		return ""
	}
	return "\n" + strings.Join(links, " · ") + "\n"
}

// mark is a link definition, the one form of comment that no renderer shows.
func mark(spec string) string {
	text := strings.NewReplacer(`"`, "'", `\`, "/").Replace(model.Mark(apart(spec)))
	return `[//]: # "` + text + "\"\n"
}

// gap starts a new block.
func (p *page) gap() { p.out.WriteByte('\n') }

// maxTitle is the length in characters over which a page's title is cut.
const maxTitle = 120

// title prints the heading of the page.
func (p *page) title(text string) {
	text = line(text)
	if runes := []rune(text); len(runes) > maxTitle {
		text = string(runes[:maxTitle-1]) + "…"
	}
	p.para("# " + escape(text))
}

// heading prints a heading, on an index with the anchor that links lead to.
func (p *page) heading(level int, words string) {
	if p.self == nil {
		p.para(ownAnchor(words))
	}
	p.para(markup(strings.Repeat("#", level)+" ") + escape(words))
}

// words returns a message as markup. Its values are escaped but for those that are markup.
func (p *page) words(m say.Message, values ...any) markup {
	parts := make([]string, len(values))
	for i, value := range values {
		switch value := value.(type) {
		case markup:
			parts[i] = string(value)
		case say.Text:
			parts[i] = string(p.said(value))
		default:
			parts[i] = string(escape(fmt.Sprint(value)))
		}
	}
	return markup(p.l.Markup(m, escapePart, parts...))
}

// escapePart escapes a part of a text with the spaces around it.
func escapePart(part string) string { return string(between(part, 0, len(part))) }

// sentences joins sentences, without those that are empty.
func (p *page) sentences(all ...markup) markup { return markup(p.l.Sentences(texts(all)...)) }

// items lists markup, as words in a sentence are.
func (p *page) items(all []markup) markup { return markup(p.l.List(texts(all))) }

func texts(all []markup) []string {
	list := make([]string, len(all))
	for i, item := range all {
		list[i] = string(item)
	}
	return list
}

// para prints a block.
func (p *page) para(text markup) {
	if text == "" {
		return
	}
	p.gap()
	p.out.WriteString(string(text))
	p.out.WriteByte('\n')
}

// list prints a bulleted list.
func (p *page) list(items ...markup) {
	items = slices.DeleteFunc(items, func(item markup) bool { return item == "" })
	if len(items) == 0 {
		return
	}
	p.gap()
	for _, item := range items {
		p.out.WriteString("- " + string(opening(item)) + "\n")
	}
}

// quote prints text of one or more paragraphs as a quotation.
func (p *page) quote(text string) {
	first := true
	for _, paragraph := range paragraphsOf(strings.TrimSpace(model.Visible(text))) {
		if first {
			p.gap()
		} else {
			p.out.WriteString(">\n")
		}
		first = false
		p.out.WriteString("> " + string(opening(p.prose(paragraph))) + "\n")
	}
}

func paragraphsOf(text string) []string {
	if !strings.Contains(text, "\n") {
		return []string{text}
	}
	return paragraphs().Split(text, -1)
}

var paragraphs = pattern.Of(`\n[ \t]*\n\s*`)

// table prints a table without the columns that are empty in every row, and
// nothing where there is none other.
func (p *page) table(head []say.Message, rows [][]markup) {
	var titles []markup
	var kept []int
	for column, title := range head {
		for _, row := range rows {
			if row[column] != "" {
				kept = append(kept, column)
				titles = append(titles, p.words(title))
				break
			}
		}
	}
	if len(kept) == 0 {
		return
	}
	p.gap()
	p.row(titles, "")
	p.row(make([]markup, len(kept)), "---")
	for _, row := range rows {
		cells := make([]markup, len(kept))
		for i, column := range kept {
			cells[i] = row[column]
		}
		p.row(cells, "")
	}
}

// row prints a row of a table; an empty cell shows what is given for it.
func (p *page) row(cells []markup, empty markup) {
	p.out.WriteByte('|')
	for _, cell := range cells {
		if cell == "" {
			cell = empty
		}
		p.out.WriteString(" " + string(cell) + " |")
	}
	p.out.WriteByte('\n')
}

// fence prints text verbatim, but for what can't be shown, between fences longer
// than any in it.
func (p *page) fence(language, text string) {
	text = strings.TrimSuffix(apart(model.Visible(text)), "\n")
	longest := 2
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return r != '`' }) {
		longest = max(longest, len(run))
	}
	fence := strings.Repeat("`", longest+1)
	p.gap()
	p.out.WriteString(fence + language + "\n")
	if text != "" {
		p.out.WriteString(text + "\n")
	}
	p.out.WriteString(fence + "\n")
}
