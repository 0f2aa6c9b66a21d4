package e2e_test

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// reading is what a reader gets of a page: its blocks, each with its kind and its
// text. Within the text stand marks of what is not plain: ⟦a TARGET⟧text⟦/a⟧.
type reading struct {
	blocks  []string
	links   []string
	anchors []string
	kind    string
	text    strings.Builder
}

// readPage returns what a reader gets of a page.
func readPage(t *testing.T, page string) *reading {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var r reading
	r.node(root)
	r.end()
	return &r
}

// end ends a block.
func (r *reading) end() {
	text := r.text.String()
	if r.kind != "pre" {
		text = strings.Join(strings.Fields(text), " ")
	}
	if text = strings.TrimSuffix(text, "\n"); text != "" {
		r.blocks = append(r.blocks, r.kind+": "+text)
	}
	r.text.Reset()
}

func (r *reading) children(n *html.Node) {
	for child := range n.ChildNodes() {
		r.node(child)
	}
}

// inside reads a block of a kind.
func (r *reading) inside(kind string, n *html.Node) {
	before := r.kind
	r.end()
	r.kind = kind
	r.children(n)
	r.end()
	r.kind = before
}

func (r *reading) node(n *html.Node) {
	if n.Type == html.TextNode {
		r.text.WriteString(plainQuotes.Replace(n.Data))
	}
	if n.Type != html.ElementNode {
		r.children(n)
		return
	}
	if id := attribute(n, "id"); id != "" {
		r.anchors = append(r.anchors, id)
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Th, atom.Td, atom.Dt, atom.Dd:
		r.inside(n.Data, n)
	case atom.Blockquote:
		r.inside(strings.TrimSpace(r.kind+" quote"), n)
	case atom.P, atom.Div: // of a list or a quotation they are no more than its text
		r.inside(r.kind, n)
	case atom.Pre:
		r.inside("pre", n)
	case atom.Html, atom.Head, atom.Body, atom.Table, atom.Thead, atom.Tbody, atom.Tr, atom.Ul, atom.Ol:
		r.end()
		r.children(n)
		r.end()
	case atom.A:
		if !hasClass(n, "header-anchor") {
			link := target(attribute(n, "href"))
			r.links = append(r.links, link)
			r.marked("a "+link, n)
		}
	case atom.Img:
		r.text.WriteString("⟦img " + target(attribute(n, "src")) + " " + attribute(n, "alt") + "⟧")
	case atom.Code:
		if r.kind == "pre" {
			r.children(n)
		} else {
			r.marked("code", n)
		}
	case atom.Span: // the languages and colours of VitePress
		if !hasClass(n, "lang") {
			r.children(n)
		}
	case atom.Button: // its button to copy a fence
		if !hasClass(n, "copy") {
			r.marked(n.Data, n)
		}
	default:
		r.marked(n.Data, n)
	}
}

// marked reads inline markup with marks around.
func (r *reading) marked(mark string, n *html.Node) {
	r.text.WriteString("⟦" + mark + "⟧")
	r.children(n)
	r.text.WriteString("⟦/" + n.Data + "⟧")
}

// plainQuotes undoes the one thing that a typographer may do to the text.
var plainQuotes = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")

// target returns an address with its escapes undone, which are a matter of taste,
// and the markdown file that a relative link stands for.
func target(address string) string {
	file, fragment, found := strings.Cut(address, "#")
	if file != "" && !strings.Contains(file, ":") && !strings.HasPrefix(file, "//") {
		if name, ok := strings.CutSuffix(file, ".html"); ok {
			file = name + ".md"
		}
		if strings.HasSuffix(file, "/") {
			file += "index.md"
		}
		file = path.Clean(file)
	}
	if found {
		file += "#" + fragment
	}
	if plain, err := url.PathUnescape(file); err == nil {
		return plain
	}
	return file
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attribute(n, "class")), class)
}
