package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// inPseudo renders a catalog in the language that marks each message.
func inPseudo(c *model.Catalog) map[string][]byte {
	language := c.Language
	defer func() { c.Language = language }()
	c.Language = "en-XA"
	return Files(c, "a.yaml")
}

// TestWords looks for words that come neither from a message nor from the catalog.
func TestWords(t *testing.T) {
	for _, c := range []*model.Catalog{sampleCatalog(plainText, plainCodes), sampleCatalog(func(string) string { return "" }, [4]string{"", " ", "a", "b"}), shipped()} {
		p := modeltest.NewPseudo(c)
		for file, content := range Files(p.Catalog, "α.yaml") {
			if file == say.LLMsName { // whose form has a word, and which names a file
				content = bytes.Replace(content, []byte("\n## Optional\n"), nil, 1)
				content = bytes.Replace(content, []byte("[catalog.json](catalog.json)"), nil, 1)
			}
			for _, b := range readPage(string(content)) {
				for _, word := range p.Unsaid(shownIn(b)) {
					t.Errorf("%s: %q is not said in the language: %.200s", file, word, b.text)
				}
			}
		}
	}
}

// shownIn returns the text of a block that readers see, without code.
func shownIn(b readBlock) string {
	text := b.text
	switch {
	case b.kind == "mark", b.kind == "fence" && b.lang != "mermaid":
		return ""
	case b.kind == "fence":
		text = cutLabel.ReplaceAllString(mermaidSigns.Replace(text), `"⟦…⟧"`)
		return mermaidCode.ReplaceAllString(text, " ")
	}
	return shown(readCode.ReplaceAllString(ownAnchorLine.ReplaceAllString(text, ""), ""))
}

var (
	mermaidSigns  = strings.NewReplacer("#10214;", "⟦", "#10215;", "⟧")
	cutLabel      = regexp.MustCompile(`"⟦[^"]*…"`) // without the end of its message
	mermaidCode   = regexp.MustCompile(`(?m)^flowchart TD$|^ *(start|[aq][0-9]+)|--> [aq][0-9]+|\| [aq][0-9]+|#[0-9]+;`)
	ownAnchorLine = regexp.MustCompile(`^<a id="[\p{L}\p{M}\p{N}_-]+"></a>$`)
)

// TestLinksInPseudo follows the links to headings whose anchors differ between renderers.
func TestLinksInPseudo(t *testing.T) {
	files := inPseudo(sampleCatalog(plainText, plainCodes))
	anchored := false
	for _, content := range files {
		anchored = anchored || strings.Contains(string(content), `<a id="`)
	}
	if !anchored {
		t.Error("no heading is given an anchor")
	}
	testLinks(t, "pseudo", files)
}

func TestOwnAnchor(t *testing.T) {
	for _, test := range []struct {
		heading string
		want    markup
	}{
		{"When no answer comes", ""},
		{"Kategorien", ""},
		{"Wenn keine Antwort kommt: Gründe", `<a id="wenn-keine-antwort-kommt-gründe"></a>`},
		{"Ce que l’API dit", `<a id="ce-que-lapi-dit"></a>`},
		{"状態 コード", `<a id="状態-コード"></a>`},
		{"3 codes", `<a id="3-codes"></a>`},
		{`"><script>`, `<a id="script"></a>`},
	} {
		if got := ownAnchor(test.heading); got != test.want {
			t.Errorf("ownAnchor(%q) = %s, want %s", test.heading, got, test.want)
		}
	}
}

// TestHeadingsWithoutLatin shows that headings without a Latin letter are told apart.
func TestHeadingsWithoutLatin(t *testing.T) {
	c := sampleCatalog(plainText, plainCodes)
	c.Language = "en-XA"
	c.Categories[0].Title, c.Categories[1].Title = "恒久", "一時的"
	d := newDocs(c)
	var got []string
	for _, category := range c.Categories[:2] {
		got = append(got, d.apis[c.APIs[0]].categories[category])
	}
	if want := []string{"⟦恒久 codes⟧", "⟦一時的 codes⟧"}; !slices.Equal(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestEmphasis renders pages in languages without spaces, in which signs of markdown stand
// between letters, and wants none of them left over.
func TestEmphasis(t *testing.T) {
	for _, language := range []string{"ja", "zh"} {
		for _, c := range []*model.Catalog{sampleCatalog(plainText, plainCodes), shipped()} {
			in := *c
			in.Language = language
			for file, content := range Files(&in, "a.yaml") {
				if !strings.HasSuffix(file, ".md") {
					continue
				}
				var page bytes.Buffer
				if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert(content, &page); err != nil {
					t.Fatal(err)
				}
				for line := range strings.SplitSeq(page.String(), "\n") {
					if strings.Contains(line, "**") {
						t.Errorf("%s in %s: %s", file, language, line)
					}
				}
			}
		}
	}
}
