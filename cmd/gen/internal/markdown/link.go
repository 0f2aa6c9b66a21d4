package markdown

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// headings are those of a page. Renderers make anchors of headings in different
// ways; they agree on plain words of which no two are the same. Links lead to other
// headings by an anchor that the page gives.
type headings struct {
	taken map[string]bool        // anchors
	fixed map[say.Message]string // what became of the headings that every such page has
}

func newHeadings(l *say.Language, title string, fixed ...say.Message) headings {
	h := headings{
		taken: map[string]bool{anchor(title): true, anchor(anchorWords(title)): true},
		fixed: make(map[say.Message]string, len(fixed)),
	}
	for _, m := range fixed {
		h.fixed[m] = h.take(l.Say(m))
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
	return wordsOf(text, func(r rune) bool { return r < utf8.RuneSelf && isWord(r) })
}

// wordsOf returns the words of a text, of the runes that are kept.
func wordsOf(text string, kept func(rune) bool) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !kept(r) }), " ")
}

// startsWithLetter reports whether a text starts with an ASCII letter. Some renderers
// change an anchor that starts with a digit.
func startsWithLetter(text string) bool {
	return text != "" && strings.ContainsAny(text[:1], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
}

// anchor returns the anchor of a heading, as git hosts, Docusaurus and Hugo make it.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case isWord(r), unicode.IsMark(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// ownAnchor returns what gives a heading its anchor, and nothing for one of plain
// words, of which all renderers make it. Hugo leaves HTML out, and makes the same
// anchor.
func ownAnchor(heading string) markup {
	if heading == anchorWords(heading) && startsWithLetter(heading) {
		return ""
	}
	return markup(`<a id="` + anchor(heading) + `"></a>`)
}

// categoryHeading returns a heading for the codes of a category. In English it is of
// plain words, and of the category's name where its title is not of ASCII letters.
func categoryHeading(l *say.Language, c *model.Category) string {
	words := wordsOf(c.Title, func(r rune) bool { return isWord(r) || unicode.IsMark(r) })
	if l == say.English {
		words = anchorWords(c.Title)
		if strings.ContainsFunc(c.Title, func(r rune) bool { return r >= utf8.RuneSelf }) {
			words = anchorWords(c.Name)
		}
		if !startsWithLetter(words) {
			words = strings.TrimSpace("Category " + words)
		}
	}
	return l.Say("%s codes|heading over the codes of a category", cmp.Or(words, c.Name))
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
	return p.entryLink(e, p.code(e.Code))
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
func (p *page) indexLink(label markup, heading say.Message) markup {
	file := "index.md"
	if p.api == nil {
		file = ""
	}
	return "[" + label + "](" + markup(p.root+file) + "#" + markup(anchor(p.docs.headings.fixed[heading])) + ")"
}

// operationTitle names an operation in a sentence, linked to the table of all.
func (p *page) operationTitle(api *model.API, name string) markup {
	return p.partLink(api, p.said(p.l.Operation(api, name)), p.docs.apis[api].headings.fixed["Operations"])
}

// operationLink names an operation by its key, linked in the same way.
func (p *page) operationLink(api *model.API, name string) markup {
	return p.partLink(api, p.code(name), p.docs.apis[api].headings.fixed["Operations"])
}
