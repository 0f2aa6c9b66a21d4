package site

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// An author's markdown is rendered in safe mode, and with four more bounds: HTML
// shows as it was written, headings are bold lines, because the page's own are its
// table of contents, images are links, because a page loads nothing from elsewhere,
// and links lead to the web or to a mail address, or are their text.

var markdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(bounds{}, 0))),
	)
})

// Markdown renders an author's markdown as blocks, with the API's codes in it linked.
func (p *page) Markdown(api *model.API, text string) template.HTML {
	if isWords(text) {
		return template.HTML("<p>" + text + "</p>")
	}
	return p.parsed(api, text)
}

// parsed renders what may be more than words.
func (p *page) parsed(api *model.API, text string) template.HTML {
	source := []byte(text)
	document := markdown().Parser().Parse(gtext.NewReader(source))
	p.linkCodes(api, document, source)
	var out bytes.Buffer
	if err := markdown().Renderer().Render(&out, source, document); err != nil {
		panic("internal error: render markdown: " + err.Error())
	}
	return template.HTML(strings.TrimSpace(tableHeads.Replace(out.String())))
}

// isWords reports whether a text is surely a paragraph without anything that markdown or
// HTML makes more of, as most texts are: a line of words with commas and full stops
// between them.
func isWords(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == ',' || c == '.'), i > 0 && c == ' ' && i < len(text)-1:
		default:
			return false
		}
	}
	return text != "" && !strings.Contains(text, "www.")
}

// tableHeads says what the heads of an author's tables head; an empty one heads
// nothing. No text can be taken for a cell: in it, < is escaped.
var tableHeads = strings.NewReplacer("<th></th>", "<td></td>", "<th>", `<th scope="col">`)

// Inline renders markdown of one paragraph without a paragraph around it, and
// longer markdown as blocks.
func (p *page) Inline(api *model.API, text string) template.HTML {
	html := string(p.Markdown(api, text))
	inner, isOpened := strings.CutPrefix(html, "<p>")
	inner, isClosed := strings.CutSuffix(inner, "</p>")
	if isOpened && isClosed && !strings.Contains(inner, "<p>") {
		return template.HTML(inner)
	}
	return template.HTML(html)
}

// Plain renders a text that is not markdown as a sentence, with the API's codes in
// it linked.
func (p *page) Plain(api *model.API, text string) template.HTML {
	text = say.Sentence(text)
	var out strings.Builder
	rest := 0
	for _, at := range codeLike().FindAllStringIndex(text, -1) {
		if e := p.other(api, text[at[0]:at[1]]); e != nil {
			out.WriteString(template.HTMLEscapeString(text[rest:at[0]]))
			out.WriteString(string(link(p.To(e.Address()), template.HTML(breakable(e.Code)))))
			rest = at[1]
		}
	}
	out.WriteString(template.HTMLEscapeString(text[rest:]))
	return template.HTML(out.String())
}

// codeLike finds what may be a code in running text: words of capitals that an
// underscore joins. Other codes are too easily words.
var codeLike = pattern.Of(`\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b`)

// other returns the API's entry of a code, unless the page is about it or for customers,
// who are led no further.
func (p *page) other(api *model.API, code string) *model.Entry {
	if p.IsForCustomers() {
		return nil
	}
	if e := p.site.codes[api][code]; e != nil && e.Address() != p.Address && e.Address() != p.Canonical {
		return e
	}
	return nil
}

// linkCodes links the codes in a document that are not part of a link yet.
func (p *page) linkCodes(api *model.API, document ast.Node, source []byte) {
	joinTexts(document, source)
	var texts []ast.Node
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case !entering:
		case n.Kind() == ast.KindLink, n.Kind() == ast.KindImage, n.Kind() == ast.KindAutoLink:
			return ast.WalkSkipChildren, nil
		case n.Kind() == ast.KindCodeSpan:
			texts = append(texts, n)
			return ast.WalkSkipChildren, nil
		case n.Kind() == ast.KindText:
			texts = append(texts, n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		panic("internal error: walk markdown: " + err.Error())
	}
	for _, n := range texts {
		if t, ok := n.(*ast.Text); ok {
			p.linkCodesIn(api, t, source)
		} else if e := p.other(api, codeOf(n, source)); e != nil {
			l := p.linkTo(e)
			n.Parent().InsertBefore(n.Parent(), n, l)
			l.AppendChild(l, n)
		}
	}
}

// joinTexts makes one text of those that the parser split at signs that turned out
// to mean nothing, such as the underscores of a code. A line that ends between letters of
// Chinese or Japanese ends at no space.
func joinTexts(n ast.Node, source []byte) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		joinTexts(child, source)
		t, isText := child.(*ast.Text)
		for isText && t.NextSibling() != nil && t.Merge(t.NextSibling(), source) {
			n.RemoveChild(n, t.NextSibling())
		}
		if next, ok := child.NextSibling().(*ast.Text); ok && isText && t.SoftLineBreak() {
			last, _ := utf8.DecodeLastRune(t.Segment.Value(source))
			first, _ := utf8.DecodeRune(next.Segment.Value(source))
			t.SetSoftLineBreak(!model.Unspaced(last) || !model.Unspaced(first))
		}
	}
}

// codeOf returns the text of a code span of one piece, and nothing for others.
func codeOf(span ast.Node, source []byte) string {
	if t, ok := span.FirstChild().(*ast.Text); ok && span.ChildCount() == 1 {
		return string(t.Segment.Value(source))
	}
	return ""
}

// linkCodesIn splits a text at its codes.
func (p *page) linkCodesIn(api *model.API, t *ast.Text, source []byte) {
	parent, segment := t.Parent(), t.Segment
	rest := segment.Start
	value := segment.Value(source)
	if !bytes.Contains(value, []byte("_")) { // which most texts are told from codes by
		return
	}
	for _, at := range codeLike().FindAllIndex(value, -1) {
		start, stop := segment.Start+at[0], segment.Start+at[1]
		e := p.other(api, string(source[start:stop]))
		if e == nil {
			continue
		}
		if rest < start {
			parent.InsertBefore(parent, t, ast.NewTextSegment(gtext.NewSegment(rest, start)))
		}
		l := p.linkTo(e)
		l.AppendChild(l, ast.NewTextSegment(gtext.NewSegment(start, stop)))
		parent.InsertBefore(parent, t, l)
		rest = stop
	}
	t.Segment = t.Segment.WithStart(rest)
}

// linkTo returns a link to an entry's page, still without a label.
func (p *page) linkTo(e *model.Entry) ast.Node {
	l := ast.NewLink()
	l.Destination = []byte(p.To(e.Address()))
	l.SetAttributeString(own, true)
	return l
}

// own marks the links that linkCodes makes: they stay in the site.
const own = "own"

// bounds renders the nodes that are not let through, verbatim.
type bounds struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (bounds) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, renderRawHTML)
	r.Register(ast.KindHTMLBlock, renderHTMLBlock)
	r.Register(ast.KindHeading, renderHeading)
	r.Register(ast.KindImage, renderImage)
	r.Register(ast.KindLink, renderLink)
	r.Register(ast.KindAutoLink, renderAutoLink)
}

func renderRawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.RawHTML)
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			template.HTMLEscape(w, segment.Value(source))
		}
	}
	return ast.WalkSkipChildren, nil
}

func renderHTMLBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.HTMLBlock)
	fmt.Fprint(w, "<p>")
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		template.HTMLEscape(w, segment.Value(source))
	}
	if n.HasClosure() {
		template.HTMLEscape(w, n.ClosureLine.Value(source))
	}
	fmt.Fprint(w, "</p>\n")
	return ast.WalkSkipChildren, nil
}

func renderHeading(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprint(w, "<p><strong>")
	} else {
		fmt.Fprint(w, "</strong></p>\n")
	}
	return ast.WalkContinue, nil
}

func renderImage(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	return renderAnchor(w, web(string(node.(*ast.Image).Destination)), entering)
}

func renderLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	destination := string(node.(*ast.Link).Destination)
	if _, isOwn := node.AttributeString(own); !isOwn {
		destination = web(destination)
	}
	return renderAnchor(w, destination, entering)
}

func renderAutoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.AutoLink)
	address := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	status, err := renderAnchor(w, web(address), entering)
	if entering {
		template.HTMLEscape(w, n.Label(source))
	}
	return status, err
}

func renderAnchor(w util.BufWriter, address string, entering bool) (ast.WalkStatus, error) {
	switch {
	case address == "":
	case entering:
		fmt.Fprintf(w, `<a href="%s">`, template.HTMLEscapeString(address))
	default:
		fmt.Fprint(w, "</a>")
	}
	return ast.WalkContinue, nil
}

// web returns an address that leads out of the site, or nothing for any other.
func web(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
	case "mailto":
	default:
		return ""
	}
	return u.String()
}

// webLink renders a link to another site, or its title where it leads nowhere.
func webLink(l model.Link) template.HTML {
	title := escaped(cmp.Or(l.Title, l.URL))
	address := web(l.URL)
	if address == "" {
		return title
	}
	return link(address, title)
}
