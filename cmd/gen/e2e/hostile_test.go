package e2e_test

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TestNoCode looks into every page of the hostile spec, and into the cards that
// the script puts into pages: nothing there runs, or would under no policy.
func TestNoCode(t *testing.T) {
	t.Parallel()
	site := must(t, hostileSite)
	for _, page := range site.pages() {
		for _, found := range code(t, site.files[page]) {
			t.Errorf("%s: %s", page, found)
		}
	}
	var cards []string
	for path, content := range site.files {
		if strings.HasPrefix(path, "cards/") {
			cards = append(cards, cardsIn(t, content)...)
		}
	}
	if len(cards) < 30 {
		t.Errorf("only %d cards", len(cards))
	}
	for _, card := range cards {
		for _, found := range code(t, card) {
			t.Errorf("card: %s in %.200s", found, card)
		}
	}
}

// cardsIn returns the cards of a file of them, which are template literals. Nothing but
// the call that hands them on may stand beside them.
func cardsIn(t *testing.T, file string) []string {
	t.Helper()
	if beside := cardLiteral.ReplaceAllString(file, ""); !cardCall.MatchString(beside) {
		t.Errorf("a file of cards has code beside them: %.200q", beside)
	}
	var cards []string
	for _, found := range cardLiteral.FindAllStringSubmatch(file, -1) {
		if strings.Contains(escape.ReplaceAllString(found[1], ""), "${") {
			t.Errorf("a card holds code: %.200q", found[1])
		}
		cards = append(cards, escape.ReplaceAllString(found[1], "$1"))
	}
	return cards
}

var (
	cardLiteral = regexp.MustCompile("(?s)`((?:[^`\\\\]|\\\\.)*)`")
	cardCall    = regexp.MustCompile(`^// .*\nerrkbCards\(\{\n(?:\d+: ,\n)*\}\);\n$`)
	escape      = regexp.MustCompile(`(?s)\\(.)`)
)

// code returns what may run in a piece of HTML, other than the site's script.
func code(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Script:
			if n.FirstChild != nil || !slices.Contains([]string{"site.js", "finder.js"}, path.Base(attribute(n, "src"))) || strings.Contains(attribute(n, "src"), ":") {
				found = append(found, "a script")
			}
		case atom.Style, atom.Iframe, atom.Object, atom.Embed, atom.Base, atom.Form, atom.Frame, atom.Applet:
			found = append(found, "<"+n.Data+">")
		case atom.Meta:
			if v := attribute(n, "http-equiv"); v != "" && v != "Content-Security-Policy" {
				found = append(found, "meta "+v)
			}
		}
		for _, a := range n.Attr {
			address, err := url.Parse(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				found = append(found, "the attribute "+a.Key)
			case !slices.Contains(linkAttributes, a.Key):
			case err != nil, !slices.Contains([]string{"", "http", "https", "mailto"}, address.Scheme) && a.Val != "data:,":
				found = append(found, a.Key+" "+a.Val)
			}
		}
	}
	return found
}

// TestHostileRuns loads every page of the hostile spec, and pastes its texts:
// the browser runs none of them.
func TestHostileRuns(t *testing.T) {
	t.Parallel()
	site := must(t, hostileSite)
	b := openTab(t)
	for _, page := range site.pages() {
		b.visit(site.onDisk(page)) // where no header forbids scripts
		checkUnhacked(t, b, page)
	}
	b.visit(site.overHTTP("index.html"))
	for _, e := range hostileCatalog(t).APIs[0].Entries() {
		for _, text := range []string{e.Code, e.Message, strings.Join(e.Aliases, "\n")} {
			if text == "" {
				continue
			}
			pasteAtOnce(b, text)
			checkUnhacked(t, b, "pasting "+text)
		}
	}
}

func checkUnhacked(t *testing.T, b *tab, what string) {
	t.Helper()
	if eval[bool](b, "'__hacked' in window") {
		t.Errorf("%s: a text of the spec was run", what)
	}
	for _, problem := range b.trouble() {
		t.Errorf("%s: %s", what, problem)
	}
}

// TestWithoutScript reads every page in a narrow browser that runs no script, and
// requires that all texts of the spec can be seen there.
func TestWithoutScript(t *testing.T) {
	t.Parallel()
	site := must(t, hostileSite)
	b := openTab(t)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.size(320, 800)
	var all strings.Builder
	for _, page := range site.pages() {
		b.visit(site.overHTTP(page))
		all.WriteString(eval[string](b, "document.body.innerText") + "\n")
		for _, problem := range eval[[]string](b, script(t, "browser/width.js")) {
			t.Errorf("%s: %s", page, problem)
		}
	}
	checkShown(t, all.String())
}
