package e2e_test

import (
	"fmt"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
)

// TestMarkdown renders the pages of the docs with every processor, and requires
// that a reader gets the same everywhere, and what the spec says.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	pages := make(map[string]string)
	for name, content := range markdown.Files(shippedCatalog(t), "errors.yaml") {
		pages["shipped/"+name] = string(content)
	}
	for name, content := range markdown.Files(hostileCatalog(t), "hostile.yaml") {
		pages["hostile/"+name] = string(content)
	}
	maps.DeleteFunc(pages, func(name, _ string) bool { return path.Ext(name) != ".md" }) // llms.txt is not rendered
	t.Run("before markdown", func(t *testing.T) { checkBeforeMarkdown(t, pages) })

	reference := readings(t, processors[0].render(t, pages))
	t.Run("texts", func(t *testing.T) { checkTexts(t, reference) })
	for _, p := range processors[1:] {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			got := readings(t, p.render(t, pages))
			for _, name := range slices.Sorted(maps.Keys(pages)) {
				if got[name] == nil {
					t.Errorf("%s is not there", name)
				} else if diff := firstDifference(reference[name].blocks, got[name].blocks); diff != "" {
					t.Errorf("%s is not the same as with %s:\n%s", name, processors[0].name, diff)
				}
			}
			checkLinks(t, got, p.anchors)
		})
	}
}

func readings(t *testing.T, pages map[string]string) map[string]*reading {
	read := make(map[string]*reading, len(pages))
	for name, page := range pages {
		read[name] = readPage(t, page)
	}
	return read
}

// beforeMarkdown matches what some tools look for before they read a page as
// markdown, in code as well: placeholders and shortcodes of Hugo and Jinja,
// front matter, and files that VitePress puts in.
var beforeMarkdown = regexp.MustCompile(`\{\{|\{%|\{#|^(?:---|\+\+\+)|<!--\s*@include:`)

func checkBeforeMarkdown(t *testing.T, pages map[string]string) {
	for name, page := range pages {
		if found := beforeMarkdown.FindStringIndex(page); found != nil {
			t.Errorf("%s holds %.60q", name, page[found[0]:])
		}
	}
}

// firstDifference says where two readings differ first, and nothing where they
// don't.
func firstDifference(want, got []string) string {
	for i := range max(len(want), len(got)) {
		w, g := "nothing", "nothing"
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g {
			return excerpts(w, g)
		}
	}
	return ""
}

// excerpts returns two texts from a little before their first difference on.
func excerpts(want, got string) string {
	w, g := []rune(want), []rune(got)
	same := 0
	for same < min(len(w), len(g)) && w[same] == g[same] {
		same++
	}
	cut := func(text []rune) []rune { return text[max(0, same-40):min(len(text), same+60)] }
	return fmt.Sprintf("  want …%s…\n  got  …%s…", string(cut(w)), string(cut(g)))
}

// checkLinks requires that every relative link leads to a page, and where the
// processor makes anchors of headings, to one of these.
func checkLinks(t *testing.T, pages map[string]*reading, anchors bool) {
	for name, page := range pages {
		for _, link := range page.links {
			file, anchor, _ := strings.Cut(link, "#")
			if strings.Contains(file, ":") || strings.HasPrefix(file, "//") {
				continue
			}
			to := name
			if file != "" {
				to = path.Join(path.Dir(name), file)
			}
			switch {
			case pages[to] == nil:
				t.Errorf("%s: the link %s leads to no page", name, link)
			case anchors && anchor != "" && !slices.Contains(pages[to].anchors, anchor):
				t.Errorf("%s: the link %s leads to no heading", name, link)
			}
		}
	}
}

// checkTexts requires that the texts of the hostile spec stand in its pages.
func checkTexts(t *testing.T, pages map[string]*reading) {
	var all strings.Builder
	for name, page := range pages {
		if strings.HasPrefix(name, "hostile/") {
			all.WriteString(unmarked.ReplaceAllString(strings.Join(page.blocks, "\n"), "") + "\n")
		}
	}
	checkShown(t, all.String())
}

// checkShown requires that a text holds those of the hostile spec as written
// there. Markdown of the author and replies with placeholders may look
// otherwise.
func checkShown(t *testing.T, all string) {
	t.Helper()
	shown := literal(all)
	source, err := os.ReadFile(hostileSpec)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		t.Fatal(err)
	}
	texts := plainTexts(document.Content[0], format.Definition())
	if len(texts) < 400 {
		t.Errorf("only %d texts in the spec", len(texts))
	}
	for _, text := range texts {
		if !strings.Contains(shown, literal(text)) {
			t.Errorf("%q is on no page", text)
		}
	}
}

// unmarked matches the marks of a reading.
var unmarked = regexp.MustCompile(`⟦[^⟧]*⟧`)

// plainTexts returns the values, and the names of codes and operations, that are
// shown unchanged.
func plainTexts(n *yaml.Node, t format.Type) []string {
	var texts []string
	switch {
	case n.Kind == yaml.ScalarNode && t.Scalar != nil:
		shown := t.Scalar.Kind == format.Text || t.Scalar.Kind == format.Raw || t.Scalar.Kind == format.Any
		if shown && !slices.Contains([]string{"markdown text", "reply", "Go name"}, t.Scalar.Name) {
			texts = append(texts, n.Value)
		}
	case n.Kind == yaml.SequenceNode && t.List != nil:
		for _, item := range n.Content {
			texts = append(texts, plainTexts(item, *t.List)...)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i].Value, n.Content[i+1]
			if t.Object != nil {
				field := t.Object.Keys[t.Object.Index(key)]
				texts = append(texts, plainTexts(value, field.Type)...)
			} else if t.Map != nil {
				if t.Map.Key == "code" || t.Map.Key == "operation name" {
					texts = append(texts, key)
				}
				texts = append(texts, plainTexts(value, t.Map.Value)...)
			}
		}
	}
	return texts
}

// literal returns a text in the form that is compared: in one line, without case, as the
// first letter of a sentence may be raised, and without the zero-width spaces
// that the pages may have. What has no visible form may be shown as such a sign
// or as space.
func literal(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200b':
			return -1
		case unicode.IsControl(r), r == unicode.ReplacementChar, r == '\ufeff',
			'\u2028' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return ' '
		}
		return r
	}, text)
	return strings.ToLower(strings.Join(strings.Fields(plainQuotes.Replace(text)), " "))
}
