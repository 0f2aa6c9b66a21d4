package site

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// page is what every page has.
type page struct {
	Catalog     *model.Catalog
	Address     string // from the site's root, without an extension
	Root        string // the way from the page to the site's root
	Title       string
	Description string
	Canonical   string       // the address of the page that this one repeats; empty for most
	JSON        bool         // the same in JSON stands beside it
	API         *model.API   // whose page it is; nil for pages of several
	Entry       *model.Entry // which it is about; nil for most
	site        *site
	l           *say.Language
}

func (s *site) page(address, title, description string) *page {
	return &page{
		Catalog:     s.catalog,
		Address:     address,
		Root:        strings.Repeat("../", strings.Count(address, "/")),
		Title:       title,
		Description: model.Line(description),
		site:        s,
		l:           s.l,
	}
}

// Mark returns the mark of generated files as a comment, which a template could
// not hold.
func (p *page) Mark() template.HTML { return template.HTML("<!-- " + commented(p.site.mark) + " -->") }

// gap returns what stands between two sentences.
func (p *page) gap() template.HTML { return p.site.gap }

// Asks reports whether the page has the paste field.
func (p *page) Asks() bool { return p.Address == "index" || p.Address == widgetAddress }

// IsAt returns the address by which the page is known where the site is published, and
// elsewhere the way to the page that this one repeats; it is empty for most.
func (p *page) IsAt() string {
	address := cmp.Or(p.Canonical, p.Address)
	switch url := p.Catalog.URL(address); {
	case url != "":
		return url
	case p.Canonical != "":
		return p.To(p.Canonical)
	}
	return ""
}

// Top returns the way from the page to the root of the site in the spec's language, whose
// style all languages share.
func (p *page) Top() string { return p.Root + p.Catalog.Top() }

// edition is the page in one of the languages.
type edition struct {
	model.Edition
	Target string // the way to it
	URL    string // for other sites: its address where the site is published
}

// Others returns the page in the other languages.
func (p *page) Others() []edition {
	var all []edition
	for _, e := range p.Catalog.Others() {
		all = append(all, p.edition(e))
	}
	return all
}

// Editions returns the page in all languages, the spec's first; there are none where that
// is the only one.
func (p *page) Editions() []edition {
	var all []edition
	for _, e := range p.Catalog.Editions {
		all = append(all, p.edition(e))
	}
	return all
}

func (p *page) edition(e model.Edition) edition {
	target := p.Top() + e.Folder + p.Address + ".html"
	return edition{e, target, cmp.Or(p.Catalog.InEdition(e, cmp.Or(p.Canonical, p.Address)), target)}
}

// LinkTo returns the address of another page for a message to others: where the site is
// published, or else the way to the page.
func (p *page) LinkTo(address string) string { return cmp.Or(p.Catalog.URL(address), p.To(address)) }

// Heading returns the title for the browser, with the site's behind it.
func (p *page) Heading() string {
	if p.Address == "index" {
		return p.l.CatalogTitle(p.Catalog)
	}
	return p.Title + " – " + p.l.CatalogTitle(p.Catalog)
}

// To returns the way to another page.
func (p *page) To(address string) string { return p.Root + address + ".html" }

// File returns the name of the page's JSON form, which stands beside it.
func (p *page) File() string { return p.name() + ".json" }

// Sibling returns the name of the page in markdown, which stands beside it, or nothing
// where there is none.
func (p *page) Sibling() string {
	if !hasSibling(p.Address) {
		return ""
	}
	return p.name() + ".html" + siblingSuffix
}

func (p *page) name() string { return p.Address[strings.LastIndexByte(p.Address, '/')+1:] }

// Script returns the name of the page's script.
func (p *page) Script() string {
	if p.Asks() {
		return finderScript
	}
	return pageScript
}

// Has reports whether the catalog has something for a collection: there is no empty page.
func (p *page) Has(collection string) bool {
	if collection == "changes" && p.site.changed != nil {
		return true
	}
	return slices.ContainsFunc(p.Catalog.APIs, func(api *model.API) bool {
		switch collection {
		case "troubleshooting":
			return len(api.Troubleshooting) > 0
		case "faq":
			return len(api.FAQ) > 0
		case "changes":
			return api.Verified != "" || slices.ContainsFunc(api.Entries(), func(e *model.Entry) bool { return e.Since != "" || e.Retired != nil })
		}
		return true
	})
}

// mostInMenu is how many APIs every page links. If a catalog has more, a page links its
// own and the page of all: links to each on each would be most of the site.
const mostInMenu = 20

// ManyAPIs reports whether the catalog has more APIs than pages link.
func (p *page) ManyAPIs() bool { return len(p.Catalog.APIs) > mostInMenu }

// Menu returns the APIs that the page links.
func (p *page) Menu() []*model.API {
	switch {
	case !p.ManyAPIs():
		return p.Catalog.APIs
	case p.API != nil:
		return []*model.API{p.API}
	}
	return nil
}

// isLarge reports whether the catalog has so many entries that no page has all of each.
func (p *page) isLarge() bool { return catalogView{p.Catalog}.All() > mostInBook }

// IsDivided reports whether there is a book of each API and none of all: that would repeat
// them.
func (p *page) IsDivided() bool { return p.ManyAPIs() || p.HasBooks() && p.isLarge() }

// HasReplies reports whether there is a page of all replies. If not, the books have them.
func (p *page) HasReplies() bool { return !p.ManyAPIs() && !p.isLarge() }

// HasBooks reports whether each API has its own book: that of the only one is the whole.
func (p *page) HasBooks() bool { return len(p.Catalog.APIs) > 1 }

// Book returns the address of the book of the page's API.
func (p *page) Book() string { return p.bookOf(p.API) }

// bookOf returns the address of the book that has an API.
func (p *page) bookOf(api *model.API) string {
	if p.HasBooks() {
		return "book-" + api.Name
	}
	return "book"
}

// place is a link of the site's navigation.
type place struct {
	Target, Label string
	Current       bool
}

// Search returns the name of the description of the site as a search engine, or nothing
// where the site is not published.
func (p *page) Search() string {
	if p.Catalog.Site == "" {
		return ""
	}
	return searchName
}

// Bar returns what stands above the page.
func (p *page) Bar() template.HTML {
	from := cmp.Or(p.Root, p.Address) // those in the root may be in the bar, which marks its own
	return p.site.frame("bar", from, p)
}

// Assets returns the links to what the page loads.
func (p *page) Assets() template.HTML { return p.site.frame("assets", p.Root+p.Script(), p) }

// Footer returns what stands below the page.
func (p *page) Footer() template.HTML {
	from := p.Root
	if p.ManyAPIs() && p.API != nil {
		from += p.API.Name
	}
	return p.site.frame("footer", from, p)
}

// Place returns a link to a page, which knows whether it leads to this one.
func (p *page) Place(address, label string) place {
	return place{p.To(address), label, p.Address == address}
}

// listing is tables of entries on a page, at least one and none of them empty.
type listing struct {
	Page   *page
	Groups []group
}

// OneAPI reports whether a column for the API would say the same in every row.
func (l listing) OneAPI() bool {
	first := l.Groups[0].Entries[0].API
	return !slices.ContainsFunc(l.Groups, func(g group) bool {
		return slices.ContainsFunc(g.Entries, func(e *model.Entry) bool { return e.API != first })
	})
}

// IsLong reports whether there is so much to list that a filter helps.
func (l listing) IsLong() bool {
	n := 0
	for _, g := range l.Groups {
		n += len(g.Entries)
	}
	return n > 10
}

// Listing puts tables of entries on the page.
func (p *page) Listing(groups []group) listing { return listing{p, groups} }

// Key renders an entry's key as a link to its page.
func (p *page) Key(e *model.Entry) template.HTML {
	return link(p.To(e.Address()), keyText(p.l, e))
}

// Keys renders a list of entries' keys as links to their pages.
func (p *page) Keys(entries []*model.Entry) template.HTML {
	links := make([]string, len(entries))
	for i, e := range entries {
		links[i] = string(p.Key(e))
	}
	return template.HTML(p.l.List(links))
}

// APILink renders a link to an API's page.
func (p *page) APILink(api *model.API) template.HTML {
	return link(p.To(api.Address()), escaped(api.Title))
}

// CategoryLink renders a link to a category's page.
func (p *page) CategoryLink(c *model.Category) template.HTML {
	return link(p.To(c.Address()), escaped(c.Title))
}

// CategoryLinks renders a list of links to categories' pages.
func (p *page) CategoryLinks(categories []*model.Category) template.HTML {
	links := make([]string, len(categories))
	for i, c := range categories {
		links[i] = string(p.CategoryLink(c))
	}
	return template.HTML(p.l.List(links))
}

// Action renders a text in the colour of an action.
func (p *page) Action(a classify.Action, text string) template.HTML {
	return template.HTML(`<span class="action `+a.String()+`">`) + escaped(text) + "</span>"
}

// keyText is an entry's key as code, or in words where it has none.
func keyText(l *say.Language, e *model.Entry) template.HTML {
	switch {
	case e.Kind == classify.KindUnknown, e.Kind == classify.KindUnrecognised, e.Code == "":
		return template.HTML(template.HTMLEscapeString(l.EntryTitle(e)))
	}
	return "<code>" + template.HTML(breakable(e.Code)) + "</code>"
}

// breakable escapes a key and lets it break at its joints, which narrow screens
// need. What is copied from the page is not changed by it.
func breakable(key string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(key), "_", "_<wbr>")
}

// link renders a link; the label is safe already.
func link(address string, label template.HTML) template.HTML {
	return template.HTML(`<a href="`+template.HTMLEscapeString(address)+`">`) + label + "</a>"
}

// id turns an address into the id of an element.
func id(address string) string { return addressSigns.Replace(address) }

var addressSigns = strings.NewReplacer("/", "-", ".", "-")
