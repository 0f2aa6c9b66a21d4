package site

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// shared is what several pages show of an entry, as those in the site's root show one of
// several. It is made once, and kept until all of them are made.
type shared struct{ verdict, about template.HTML }

// share makes what pages show of an entry.
func (s *site) share(e *model.Entry) shared {
	p := s.page(e.Address(), "", "") // which does not link itself
	p.Root = ""
	v := p.Verdict(e)
	return shared{written(v.writeVerdict), written(v.writeAbout)}
}

// uses returns how often what pages show of an entry is asked for, beside what books ask:
// for the card, and twice for each of its pages.
func uses(e *model.Entry) int { return 1 + 2*(1+len(e.Aliases)) }

// usesInBooks returns how often the books ask for it, for each of an API's entries: once or
// twice, and for their size.
func (s *site) usesInBooks(api *model.API) (uses int) {
	count := func(book bookView) {
		uses += 2
		if book.IsWhole() {
			uses++
		}
	}
	p := s.page("", "", "")
	if !p.IsDivided() {
		count(bookView{catalogView{s.catalog}})
	}
	if p.HasBooks() {
		count(bookView{catalogView{&model.Catalog{APIs: []*model.API{api}}}})
	}
	return uses
}

// Card returns an entry's verdict as the pages in the site's root show it.
func (p *page) Card(e *model.Entry) template.HTML { return p.site.shared[e]().verdict }

// About returns what follows the verdict.
func (p *page) About(e *model.Entry) template.HTML { return p.site.shared[e]().about }

// Card returns the entry's verdict as its own page shows it.
func (v entryView) Card() template.HTML {
	before, link, _ := strings.Cut(string(v.Page.Card(v.Entry)), linkedTitle)
	_, link, _ = strings.Cut(link, ">")
	title, after, _ := strings.Cut(link, "</a></h2>")
	return onTop(before + `<h1 dir="auto">` + title + "</h1>" + after)
}

// About returns what follows the verdict there.
func (v entryView) About() template.HTML { return onTop(string(v.Page.About(v.Entry))) }

// linkedTitle starts the title of one of several entries.
const linkedTitle = `<h2 dir="auto"><a `

// onTop returns a part of a page in the site's root for the page of an entry, two folders
// below: with the headings one level higher, and other ways to the pages. No text is taken
// for a tag or an attribute: in it, < and " are escaped.
func onTop(part string) template.HTML { return template.HTML(toTop.Replace(part)) }

var toTop = func() *strings.Replacer {
	pairs := []string{"<h3>", "<h2>", "</h3>", "</h2>"}
	for _, attribute := range []string{` href="`, ` data-link="`} {
		for _, elsewhere := range []string{"#", "http:", "https:", "mailto:"} {
			pairs = append(pairs, attribute+elsewhere, attribute+elsewhere)
		}
		pairs = append(pairs, attribute, attribute+"../../")
	}
	return strings.NewReplacer(pairs...)
}()

// Timeline returns the drawing of the waits and their table, or nothing. For all entries
// with the same waits it is made once: only the ids differ.
func (v entryView) Timeline() template.HTML {
	line := newTimeline(v.Page.l, v.Entry)
	if line == nil {
		return ""
	}
	const shared = "timeline"
	own := line.ID
	line.ID = shared
	made := v.Page.site.frame("timeline", fmt.Sprintf("%#v", *line), line)
	return template.HTML(strings.NewReplacer(
		` id="`+shared+`-`, ` id="`+own+`-`,
		` aria-labelledby="`+shared+`-title `+shared+`-desc"`, ` aria-labelledby="`+own+`-title `+own+`-desc"`,
	).Replace(string(made)))
}

// framed names a part of a page, and what tells those that have the same.
type framed struct{ part, from string }

// frame returns a part of a page, such as of its frame, which is made once for all pages
// that have the same.
func (s *site) frame(part, from string, view any) template.HTML {
	key := framed{part, from}
	if made, ok := s.frames.Load(key); ok {
		return made.(template.HTML)
	}
	made := s.executed(parts, part, view)
	s.frames.Store(key, made)
	return made
}
