package e2e_test

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestLinks follows every link of every page: the file is there, and in it what
// the fragment names. Nothing leads to a place that only a server has, and no page
// but the first is reached from nowhere.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, site := range sites(t) {
		anchors := make(map[string][]string)
		links := make(map[string][]string)
		for _, page := range site.pages() {
			anchors[page], links[page] = references(t, site.files[page])
		}
		reached := map[string]bool{"index.html": true}
		for _, page := range site.pages() {
			for _, link := range links[page] {
				target, err := url.Parse(link)
				if err != nil {
					t.Errorf("%s: %s: %q: %v", site.name(), page, link, err)
					continue
				}
				switch {
				case slices.Contains([]string{"http", "https", "mailto", "data"}, target.Scheme):
					continue
				case target.Scheme != "", target.Host != "", strings.HasPrefix(target.Path, "/"), strings.HasSuffix(target.Path, "/"):
					t.Errorf("%s: %s: the link %q does not work in any folder and from the disk", site.name(), page, link)
					continue
				}
				to := page
				if target.Path != "" {
					to = path.Join(path.Dir(page), target.Path)
				}
				reached[to] = true
				if _, ok := site.files[to]; !ok {
					t.Errorf("%s: %s: the link %q leads to no file", site.name(), page, link)
				} else if target.Fragment != "" && !slices.Contains(anchors[to], target.Fragment) {
					t.Errorf("%s: %s: the link %q leads to nothing in its page", site.name(), page, link)
				}
			}
		}
		for _, page := range site.pages() {
			if !reached[page] {
				t.Errorf("%s: no link leads to %s", site.name(), page)
			}
		}
	}
}

// linkAttributes are those that hold an address.
var linkAttributes = []string{"href", "src", "action", "formaction", "poster", "data-link"}

// references returns the ids of a page and the addresses it names. Ids named by
// attributes are addresses within the page.
func references(t *testing.T, page string) (ids, links []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids = append(ids, a.Val)
			case slices.Contains(linkAttributes, a.Key):
				links = append(links, a.Val)
			case slices.Contains([]string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "data-copy"}, a.Key):
				for id := range strings.FieldsSeq(a.Val) {
					links = append(links, "#"+url.PathEscape(id))
				}
			}
		}
	}
	return ids, links
}
