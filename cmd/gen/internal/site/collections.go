package site

import (
	"cmp"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// home adds the page with the paste field and the table of everything.
func (s *site) home() {
	p := s.page("index", s.l.CatalogTitle(s.catalog), s.l.Say("Paste what a customer sent, and see what it is, who has to act and what to answer."))
	p.JSON = true
	s.add(p, "home", catalogView{s.catalog})
}

// collections adds the pages that gather one thing from all entries.
func (s *site) collections() {
	view := catalogView{s.catalog}
	for _, c := range collectionPages {
		p := s.page(c.address, s.l.Say(c.title), s.l.Say(c.description))
		if !p.Has(c.address) {
			continue
		}
		switch {
		case c.address == "replies" && !p.HasReplies(), c.address == "book" && p.IsDivided():
			s.add(p, "apis", apisView{s.catalog, p.bookOf}) // the books have the replies too
		case c.address == "book":
			s.add(p, c.address, bookView{view})
		default:
			s.add(p, c.address, view)
		}
		if c.address == "book" && p.HasBooks() {
			s.books(p)
		}
	}
	if s.page("", "", "").ManyAPIs() {
		s.add(s.page("apis", s.l.Say("All APIs"), s.l.Say("Every API of the catalog.")), "apis", apisView{s.catalog, (*model.API).Address})
	}
}

var collectionPages = []struct {
	address            string
	title, description say.Message
}{
	{"replies", "All replies", "Every reply to a customer, ready to copy."},
	{"troubleshooting", "Troubleshooting", "What customers see, why, and what to do."},
	{"faq", "Questions and answers", "Frequent questions and their answers."},
	{"unknown", "When nobody knows the code", "What to collect about an answer that is not in the catalog, and where to send it."},
	{"changes", "What changed", "What was added and retired, and when the catalog was last compared with its sources."},
	{"book", "Everything on one page", "The whole catalog, to print."},
}

// books adds the parts of the book that are each about one API.
func (s *site) books(whole *page) {
	for _, api := range s.catalog.APIs {
		p := s.page(whole.bookOf(api), whole.Title+" – "+api.Title, whole.Description)
		p.API = api
		s.add(p, "book", bookView{catalogView{&model.Catalog{APIs: []*model.API{api}}}})
	}
}

// bookView is the catalog, or one API of it, with all that is known of its entries.
type bookView struct{ catalogView }

// mostInBook is how many entries a book has with all that is known of them. A larger one has
// their verdicts, which link the rest: it would be as large as all their pages.
const mostInBook = 200

// IsWhole reports whether the book has all that is known of its entries.
func (v bookView) IsWhole() bool { return v.All() <= mostInBook }

// size returns about how large the page with a view is, where that can be very large and is
// known, or 0: what grows to that size step by step takes twice the memory for a while.
func (s *site) size(view any) (size int) {
	book, ok := view.(bookView)
	if !ok {
		return 0
	}
	const besides = 512 // bytes of an entry that are in neither part
	for _, api := range book.APIs {
		for _, e := range api.Entries() {
			parts := s.shared[e]()
			size += len(parts.verdict) + besides
			if book.IsWhole() {
				size += len(parts.about)
			}
		}
	}
	return size
}

// apisView is the APIs, each with a page.
type apisView struct {
	*model.Catalog
	address func(*model.API) string
}

// Address returns the address of the page about an API.
func (v apisView) Address(api *model.API) string { return v.address(api) }

// catalogView is the catalog as a whole.
type catalogView struct{ *model.Catalog }

// mostAtHome is how many entries the first page lists, which support loads most. If a
// catalog has more, that page lists the most common ones, and the pages of the APIs
// list all.
const (
	mostAtHome = 200
	someAtHome = 100
)

// Groups returns the entries that the first page lists.
func (v catalogView) Groups() []group {
	if v.All() <= mostAtHome {
		return groupsOf(v.APIs, every)
	}
	var all []*model.Entry
	for _, api := range v.APIs {
		all = append(all, api.Entries()...)
	}
	slices.SortStableFunc(all, func(a, b *model.Entry) int { return cmp.Compare(commonness(a), commonness(b)) })
	some := make(map[*model.Entry]bool, someAtHome)
	for _, e := range all[:someAtHome] {
		some[e] = true
	}
	return groupsOf(v.APIs, func(e *model.Entry) bool { return some[e] })
}

// All returns how many entries there are.
func (v catalogView) All() int {
	n := 0
	for _, api := range v.APIs {
		n += len(api.Entries())
	}
	return n
}

// Some returns how many of them the first page lists, or 0 for all.
func (v catalogView) Some() int {
	if v.All() <= mostAtHome {
		return 0
	}
	return someAtHome
}

// Placeholder is an error in the form of the catalog's first API that has an example
// of one, on a line, with an ellipsis for the code.
func (v catalogView) Placeholder() string {
	const longest = 100
	for _, api := range v.APIs {
		for _, e := range api.Codes {
			for _, x := range e.Examples {
				body := strings.TrimSpace(x.Body)
				if e.Action != classify.OK && e.Code != "" && len(body) <= longest && !strings.Contains(body, "\n") && strings.Contains(body, e.Code) {
					return strings.Replace(body, e.Code, "…", 1)
				}
			}
		}
	}
	return "HTTP/1.1 429"
}

// Actions returns the actions that some entry asks for.
func (v catalogView) Actions() []classify.Action {
	return slices.DeleteFunc(classify.Actions(), func(a classify.Action) bool {
		return len(actionView{a, v.Catalog}.Groups()) == 0
	})
}

// Unlisted returns what the APIs say about codes that are not listed.
func (v catalogView) Unlisted() []*model.Entry {
	var all []*model.Entry
	for _, api := range v.APIs {
		if api.Unknown != nil {
			all = append(all, api.Unknown)
		}
	}
	return all
}

// Fallbacks returns what an API says about answers that are not listed.
func (v catalogView) Fallbacks(api *model.API) []*model.Entry {
	return slices.DeleteFunc([]*model.Entry{api.Unknown, api.Unrecognised}, func(e *model.Entry) bool { return e == nil })
}

// change is what came or went with one version or on one day.
type change struct {
	Since   string
	Added   []*model.Entry
	Retired []*model.Entry
}

// Changes returns what came and went, the latest first. Versions are compared as
// people write them: numbers by their value.
func (v catalogView) Changes() []*change {
	var all []*change
	places := make(map[string]*change)
	at := func(since string) *change {
		since = strings.TrimSpace(since)
		if places[since] == nil {
			places[since] = &change{Since: since}
			all = append(all, places[since])
		}
		return places[since]
	}
	for _, api := range v.APIs {
		for _, e := range api.Entries() {
			if e.Since != "" {
				c := at(e.Since)
				c.Added = append(c.Added, e)
			}
			if e.Retired != nil {
				c := at(e.Retired.Since)
				c.Retired = append(c.Retired, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *change) int { return compareVersions(b.Since, a.Since) })
	return all
}

// compareVersions compares dates and versions piece by piece, digits by their
// value. No version is older than any.
func compareVersions(a, b string) int {
	for a != "" && b != "" {
		headA, restA := piece(a)
		headB, restB := piece(b)
		if c := cmp.Compare(len(headA), len(headB)); c != 0 && isDigit(headA[0]) && isDigit(headB[0]) {
			return c
		}
		if c := strings.Compare(headA, headB); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return cmp.Compare(len(a), len(b))
}

// piece splits off the digits, without leading zeros, or the other characters
// that a version starts with.
func piece(version string) (head, rest string) {
	digits := isDigit(version[0])
	end := strings.IndexFunc(version, func(r rune) bool { return (r >= '0' && r <= '9') != digits })
	if end < 0 {
		end = len(version)
	}
	head, rest = version[:end], version[end:]
	if digits {
		head = cmp.Or(strings.TrimLeft(head, "0"), "0")
	}
	return head, rest
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
