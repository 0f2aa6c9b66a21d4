package e2e_test

import (
	"bytes"
	"testing"

	"github.com/gohugoio/hugo-goldmark-extensions/extras"
	"github.com/gohugoio/hugo-goldmark-extensions/passthrough"
	"github.com/yuin/goldmark"
	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// processor turns pages of markdown into HTML, by their paths.
type processor struct {
	name    string
	anchors bool // whether it makes them of headings
	render  func(t *testing.T, pages map[string]string) map[string]string
}

// processors are those of the renderers that the pages are made for which can be
// installed here. The others are compared with the first. MkDocs, which is written
// in Python, is not among them.
var processors = []processor{
	{"CommonMark with tables", false, withGoldmark(goldmark.WithExtensions(extension.Table))},
	{"GitHub's markdown", false, withGoldmark(goldmark.WithExtensions(extension.GFM))},
	{"Hugo", true, withGoldmark(goldmark.WithExtensions(hugo()...), hugoParser)},
	{"Hugo without the typographer", true, withGoldmark(goldmark.WithExtensions(hugo()[1:]...), hugoParser)},
	{"Hugo with all that can be switched on", true, withGoldmark(goldmark.WithExtensions(append(hugo(), optionalHugo()...)...), hugoParser,
		goldmark.WithParserOptions(parser.WithAttribute()))},
	{"MDX", false, withNode("mdx.mjs")},
	{"VitePress", true, withNode("vitepress.mjs")},
}

// hugo are the extensions that Hugo turns on by default, the typographer first.
func hugo() []goldmark.Extender {
	return []goldmark.Extender{extension.Typographer, extension.GFM, extension.DefinitionList, extension.Footnote}
}

// hugoParser makes the anchors of headings, and takes attributes in them.
var hugoParser = goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithHeadingAttribute())

// optionalHugo are the extensions of Hugo that a site may switch on.
func optionalHugo() []goldmark.Extender {
	return []goldmark.Extender{
		emoji.Emoji,
		extras.New(extras.Config{
			Delete:      extras.DeleteConfig{Enable: true},
			Insert:      extras.InsertConfig{Enable: true},
			Mark:        extras.MarkConfig{Enable: true},
			Subscript:   extras.SubscriptConfig{Enable: true},
			Superscript: extras.SuperscriptConfig{Enable: true},
		}),
		passthrough.New(passthrough.Config{
			InlineDelimiters: []passthrough.Delimiters{{Open: "$", Close: "$"}, {Open: `\(`, Close: `\)`}},
			BlockDelimiters:  []passthrough.Delimiters{{Open: "$$", Close: "$$"}, {Open: `\[`, Close: `\]`}},
		}),
	}
}

func withGoldmark(options ...goldmark.Option) func(*testing.T, map[string]string) map[string]string {
	return func(t *testing.T, pages map[string]string) map[string]string {
		renderer := goldmark.New(options...)
		rendered := make(map[string]string, len(pages))
		for path, source := range pages {
			var out bytes.Buffer
			if err := renderer.Convert([]byte(source), &out); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			rendered[path] = out.String()
		}
		return rendered
	}
}

func withNode(script string) func(*testing.T, map[string]string) map[string]string {
	return func(t *testing.T, pages map[string]string) map[string]string {
		return node[map[string]string](t, script, pages)
	}
}
