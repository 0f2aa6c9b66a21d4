package e2e_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// published is where a site says that it is published; the test's server has it elsewhere.
const published = "https://errors.example.com/desk/"

// publishedSite builds the site of the shipped spec as one that is published.
func publishedSite(t *testing.T, name string) *built {
	t.Helper()
	source, err := os.ReadFile("../../../spec/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	spec := filepath.Join(scratch, name+".yaml")
	if err := os.WriteFile(spec, append([]byte("site: "+published+"\n"), source...), 0o644); err != nil {
		t.Fatal(err)
	}
	site, err := buildSite(name, spec)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// TestBookmarklet runs the bookmarklet on another page, with and without selected text.
// The first page answers what it hands over. On the site itself, its link does nothing.
func TestBookmarklet(t *testing.T) {
	t.Parallel()
	shipped := must(t, shippedSite)
	for root, site := range map[string]*built{shipped.overHTTP(""): shipped, published: publishedSite(t, "bookmarked")} {
		t.Run(site.name(), func(t *testing.T) {
			b := openTab(t)
			b.visit(site.overHTTP("tools.html"))
			address := eval[string](b, `document.getElementById("drag").href`)
			if shown := eval[string](b, `document.getElementById("bookmarklet-code").textContent`); shown != address {
				t.Errorf("the address to copy is\n%s\nand that of the link\n%s", shown, address)
			}
			if frame := eval[string](b, `document.getElementById("widget-code").textContent`); !strings.HasPrefix(frame, `<iframe src="`+root+`widget.html"`) {
				t.Errorf("the code of the widget is %s", frame)
			}
			click(b, "#drag")
			for _, problem := range b.trouble() {
				t.Error(problem)
			}
			encoded, ok := strings.CutPrefix(address, "javascript:")
			run, err := url.PathUnescape(encoded)
			if !ok || err != nil || strings.ContainsAny(encoded, " \"#<>") {
				t.Fatalf("the bookmarklet is %q: %v", address, err)
			}
			for _, test := range []struct{ selected, asked, want string }{
				{"ERROR_ZERO_BALANCE + 100% ä 😀", "", "ERROR_ZERO_BALANCE + 100% ä 😀"},
				{"", "status 429", "status 429"},
				{"", "", ""},
			} {
				b.visit("data:text/html," + url.PathEscape("<!DOCTYPE html><meta charset=utf-8><title>Ticket</title><p>"+test.selected))
				opened := eval[string](b, `{
					let opened = "";
					window.open = (address) => (opened = address);
					window.prompt = () => `+quoted(test.asked)+` || null;
					getSelection().selectAllChildren(document.querySelector("p"));
					`+run+`;
					opened;
				}`)
				if test.want == "" {
					if opened != "" {
						t.Errorf("nothing was asked, and %s is opened", opened)
					}
					continue
				}
				rest, ok := strings.CutPrefix(opened, root+"index.html#q=")
				if !ok {
					t.Fatalf("it opens %s", opened)
				}
				b.visit(site.overHTTP("index.html#q=" + rest))
				do(b, chromedp.Poll[bool](`document.querySelector("#verdict .verdict") !== null`))
				if got := eval[string](b, `document.getElementById("paste").value`); got != test.want {
					t.Errorf("the field holds %q, want %q", got, test.want)
				}
			}
		})
	}
}

// TestSearch opens the first page as a browser's search does, in both ways to write a space.
func TestSearch(t *testing.T) {
	site := publishedSite(t, "searched")
	_, rest, _ := strings.Cut(site.files["opensearch.xml"], `template="`)
	template, _, _ := strings.Cut(rest, `"`)
	b := openTab(t)
	for _, words := range []string{"error%20zero%2Bbalance", "error+zero%2Bbalance"} {
		address, ok := strings.CutPrefix(strings.Replace(template, "{searchTerms}", words, 1), published)
		if !ok {
			t.Fatalf("the search is at %q", template)
		}
		b.visit(site.overHTTP(address))
		do(b, chromedp.Poll[bool](`document.querySelector("#verdict .verdict") !== null`))
		if got := eval[string](b, `document.getElementById("paste").value`); got != "error zero+balance" {
			t.Errorf("%s: the field holds %q", words, got)
		}
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestWidget puts the widget into a page of another kind, in a frame: it answers there, and
// leaves the focus where it was.
func TestWidget(t *testing.T) {
	t.Parallel()
	site := must(t, shippedSite)
	host := &built{dir: filepath.Join(scratch, "sites", "host")}
	if err := os.MkdirAll(host.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	page := `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Ticket</title><input autofocus>` +
		`<iframe src="` + site.overHTTP("widget.html") + `" title="Widget" width="320" height="500"></iframe>`
	if err := os.WriteFile(filepath.Join(host.dir, "ticket.html"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	b := openTab(t)
	b.visit(host.onDisk("ticket.html"))
	if focus := eval[string](b, `document.activeElement.tagName`); focus != "INPUT" {
		t.Errorf("the focus is on %s", focus)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
	b.size(320, 500)
	b.visit(site.overHTTP("widget.html"))
	paste(b, "ERROR_ZERO_BALANCE")
	if got := answer(b); !strings.Contains(got, "Exact.") {
		t.Errorf("the widget answers %q", got)
	}
	links := eval[[]string](b, `[...document.querySelectorAll("#verdict a")].map((link) => link.target)`)
	if len(links) == 0 || slices.ContainsFunc(links, func(target string) bool { return target != "_blank" }) {
		t.Errorf("links of the widget open in %q", links)
	}
	checkViews(t, b, "widget.html", view{"light", 320})
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}
