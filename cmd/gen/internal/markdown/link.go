package markdown

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// headings are those of a page. Renderers make anchors of headings in different
// ways; they agree on plain words of which no two are the same.
type headings struct {
	taken map[string]bool   // anchors
	fixed map[string]string // what became of the headings that every such page has
}

func newHeadings(title string, fixed ...string) headings {
	h := headings{taken: map[string]bool{anchor(title): true}, fixed: make(map[string]string, len(fixed))}
	for _, words := range fixed {
		h.fixed[words] = h.take(words)
	}
	return h
}

// take returns a heading of such words that no other on the page is like.
func (h headings) take(words string) string {
	unique := words
	for n := 2; h.taken[anchor(unique)]; n++ {
		unique = words + " " + strconv.Itoa(n)
	}
	h.taken[anchor(unique)] = true
	return unique
}

// anchorWords keeps of a text what every renderer puts into an anchor alike:
// ASCII letters, digits and single spaces.
func anchorWords(text string) string {
	kept := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && isWord(r) {
			return r
		}
		return ' '
	}, text)
	return strings.Join(strings.Fields(kept), " ")
}

// anchor returns the anchor of a heading.
func anchor(heading string) string {
	return strings.ReplaceAll(strings.ToLower(anchorWords(heading)), " ", "-")
}

// categoryHeading returns a heading for the codes of a category. Some renderers
// change an anchor that starts with a digit, and letters that are not ASCII.
func categoryHeading(c *model.Category) string {
	words := anchorWords(c.Title)
	if strings.ContainsFunc(c.Title, func(r rune) bool { return r >= utf8.RuneSelf }) {
		words = anchorWords(c.Name)
	}
	if words == "" || !strings.ContainsAny(words[:1], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
		words = strings.TrimSpace("Category " + words)
	}
	return words + " codes"
}

// path returns the way from the page to a file of an API's folder.
func (p *page) path(api *model.API, file string) markup {
	if p.api == api {
		return markup(file)
	}
	return markup(p.root + api.Name + "/" + file)
}

// entryLink links an entry's page.
func (p *page) entryLink(e *model.Entry, label markup) markup {
	return "[" + label + "](" + p.path(e.API, e.Page()+".md") + ")"
}

// keyLink links an entry's page by its code, status or kind of failure.
func (p *page) keyLink(e *model.Entry) markup {
	if e.Kind == classify.KindUnknown || e.Kind == classify.KindUnrecognised {
		return p.entryLink(e, escape(p.l.EntryTitle(e)))
	}
	return p.entryLink(e, code(e.Code))
}

// apiLink links an API's page.
func (p *page) apiLink(api *model.API) markup {
	return "[" + escape(api.Title) + "](" + p.path(api, "index.md") + ")"
}

// partLink links a part of an API's page.
func (p *page) partLink(api *model.API, label markup, heading string) markup {
	file := "index.md"
	if p.api == api && p.self == nil {
		file = ""
	}
	return "[" + label + "](" + p.path(api, file) + "#" + markup(anchor(heading)) + ")"
}

// categoryLink links the part of an API's page that lists a category's codes,
// or else the index's table of categories.
func (p *page) categoryLink(api *model.API, c *model.Category) markup {
	if heading, ok := p.docs.apis[api].categories[c]; ok {
		return p.partLink(api, escape(c.Title), heading)
	}
	return p.indexLink(escape(c.Title), "Categories")
}

// indexLink links a part of the index.
func (p *page) indexLink(label markup, heading string) markup {
	file := "index.md"
	if p.api == nil {
		file = ""
	}
	return "[" + label + "](" + markup(p.root+file) + "#" + markup(anchor(p.docs.headings.fixed[heading])) + ")"
}

// operationLink names an operation, linked to the table of all.
func (p *page) operationLink(api *model.API, name string) markup {
	return p.partLink(api, code(name), p.docs.apis[api].headings.fixed["Operations"])
}
