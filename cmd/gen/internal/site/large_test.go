package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// largeCatalog returns a catalog of so many APIs with so many codes each.
func largeCatalog(t *testing.T, apis, codes int) *model.Catalog {
	t.Helper()
	var spec strings.Builder
	spec.WriteString("format: 1\ncategories: {busy: {action: retry}}\napis:\n")
	for a := range apis {
		fmt.Fprintf(&spec, "  shop%d:\n    reply: [{json: {code: [/code]}}]\n    codes:\n", a)
		for i := range codes {
			fmt.Fprintf(&spec, "      SHOP_%d_ERROR_%d: {category: busy, retry: {base: 1s, retries: 4}, frequency: %s, meaning: Part %d was wrong, fix: Wait}\n",
				a, i, []string{"rare", "very-common"}[i%2], i)
		}
	}
	c, problems := check.Load("errors.yaml", []byte(spec.String()))
	if c == nil {
		t.Fatal(problems)
	}
	return c
}

// TestManyAPIs holds pages to the links that a reader of theirs needs: every API on
// every page would be most of a large site.
func TestManyAPIs(t *testing.T) {
	few, many := site.Files(largeCatalog(t, 20, 2), "x.yaml"), site.Files(largeCatalog(t, 21, 2), "x.yaml")
	if n := strings.Count(string(few["replies.html"]), `href="api/`); n != 20 || few["apis.html"] != nil {
		t.Errorf("of 20 APIs, a page links %d; a page of all APIs: %v", n, few["apis.html"] != nil)
	}
	links(t, many)
	if list := string(many["llms.txt"]); !strings.Contains(list, "error code of 21 APIs means") {
		t.Errorf("the list of pages starts with every API:\n%.500s", list)
	}
	for page, want := range map[string]int{"apis.html": 21, "index.html": 0, "action/retry.html": 0, "c/shop7/shop-7-error-0.html": 2} {
		content := string(many[page])
		if n := strings.Count(content, "api/shop"); n != want || n > 0 && page != "apis.html" && strings.Count(content, "api/shop7.html") != n {
			t.Errorf("%s links APIs %d times, want %d, and only its own", page, n, want)
		}
		if !strings.Contains(content, "All 21 APIs") {
			t.Errorf("%s does not link the page of all APIs", page)
		}
	}
}

// TestManyReplies wants the replies of a large catalog in the books of its APIs, which the
// page of all replies links.
func TestManyReplies(t *testing.T) {
	many := site.Files(largeCatalog(t, 21, 2), "x.yaml")
	if n := strings.Count(string(many["replies.html"]), `href="book-shop`); n != 21 {
		t.Errorf("the page of all replies links %d books", n)
	}
	if book := string(many["book-shop7.html"]); strings.Count(book, ">Copy reply<")+strings.Count(book, ">Copy draft<") < 2 || many["replies-shop7.html"] != nil {
		t.Errorf("the book of an API has no replies to copy, or they have a page as well")
	}
	if page := string(many["api/shop7.html"]); strings.Contains(page, "All replies") {
		t.Error("the page of an API links all replies, which lead to all APIs")
	}
}

// TestLargeHome wants the most common entries of a large catalog on its first page,
// and all on the page of their API.
func TestLargeHome(t *testing.T) {
	files := site.Files(largeCatalog(t, 1, 300), "x.yaml")
	home, api := string(files["index.html"]), string(files["api/shop0.html"])
	rows := func(page string) int { return strings.Count(page, `<tr><th scope="row"><a href=`) }
	if rows(home) != 100 || !strings.Contains(home, "100 of 300 entries") {
		t.Errorf("the first page lists %d entries and says:\n%.3000s", rows(home), home)
	}
	if len(home) > 60_000 {
		t.Errorf("the first page has %d bytes", len(home))
	}
	if strings.Contains(home, "shop-0-error-100.html") || !strings.Contains(home, "shop-0-error-101.html") {
		t.Error("the first page lists a rare entry, or not a common one")
	}
	if rows(api) != 300 {
		t.Errorf("the page of the API lists %d entries", rows(api))
	}
	if home := string(site.Files(largeCatalog(t, 1, 200), "x.yaml")["index.html"]); rows(home) != 200 || strings.Contains(home, "The tables list") {
		t.Errorf("of 200 entries, the first page lists %d", rows(home))
	}
}

// TestPlaceholder wants an error in the field in the form of the catalog.
func TestPlaceholder(t *testing.T) {
	shipped := string(site.Files(load(t, shippedSpec), "x.yaml")["index.html"])
	if want := `placeholder="{&#34;success&#34;: false, &#34;error&#34;: &#34;`; !strings.Contains(shipped, want) || strings.Contains(shipped, "CAPCHA_NOT_READY&#34;") {
		t.Errorf("the placeholder of the shipped catalog is not in its form: no %s", want)
	}
	if bare := string(site.Files(largeCatalog(t, 1, 2), "x.yaml")["index.html"]); !strings.Contains(bare, `placeholder="HTTP/1.1 429"`) {
		t.Error("without examples, there is another placeholder")
	}
}

// TestBooks wants a book of each API that its page links and that has no other API's
// entries, beside the whole one. The only API of a catalog has the whole one.
func TestBooks(t *testing.T) {
	files := site.Files(largeCatalog(t, 2, 2), "x.yaml")
	links(t, files)
	for book, want := range map[string][2]bool{"book.html": {true, true}, "book-shop0.html": {true, false}, "book-shop1.html": {false, true}} {
		for i, code := range []string{"SHOP_<wbr>0_", "SHOP_<wbr>1_"} {
			if has := strings.Contains(string(files[book]), code); has != want[i] {
				t.Errorf("%s has codes of API %d: %v", book, i, has)
			}
		}
	}
	if page := string(files["api/shop1.html"]); !strings.Contains(page, `href="../book-shop1.html"`) || strings.Contains(page, "book-shop0") {
		t.Error("the page of an API does not link its own book alone")
	}
	files = site.Files(largeCatalog(t, 1, 2), "x.yaml")
	if page := string(files["api/shop0.html"]); files["book-shop0.html"] != nil || !strings.Contains(page, `<li><a href="../book.html">Everything about`) {
		t.Error("the only API has another book than the whole")
	}
}

// TestLargeBooks wants the verdicts alone in the book of so many entries that all of each
// would repeat the whole site, and no further page with all of their replies.
func TestLargeBooks(t *testing.T) {
	const about = ">What the client does automatically<"
	for _, test := range []struct {
		apis, codes   int
		book          string
		verdicts, all int // in the book
		replies       bool
	}{
		{1, 200, "book.html", 200, 200, true},
		{1, 201, "book.html", 201, 0, false},
		{2, 100, "book.html", 200, 200, true},
		{2, 101, "book.html", 0, 0, false},
		{2, 101, "book-shop1.html", 101, 101, false},
		{2, 201, "book-shop1.html", 201, 0, false},
	} {
		files := site.Files(largeCatalog(t, test.apis, test.codes), "x.yaml")
		links(t, files)
		book, replies, api := string(files[test.book]), string(files["replies.html"]), string(files["api/shop0.html"])
		if verdicts, all := strings.Count(book, "<article "), strings.Count(book, about); verdicts != test.verdicts || all != test.all {
			t.Errorf("%d APIs of %d codes: %s has %d verdicts and %d of them whole, want %d and %d", test.apis, test.codes, test.book, verdicts, all, test.verdicts, test.all)
		}
		if has := strings.Contains(replies, "<article "); has != test.replies || strings.Contains(api, ">All replies<") != has {
			t.Errorf("%d APIs of %d codes: there is a page of all replies: %v, want %v, with a link to it", test.apis, test.codes, has, test.replies)
		}
		if !test.replies && strings.Count(replies, `<li><a href="book`) < test.apis {
			t.Errorf("%d APIs of %d codes: the page of the replies does not link the books that have them", test.apis, test.codes)
		}
	}
}
