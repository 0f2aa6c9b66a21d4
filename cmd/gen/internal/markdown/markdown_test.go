package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// hostile are texts that some renderer takes for more than text.
var hostile = []string{
	"", " ", "a|b", "|", "||\n|---|\n", "a | b\n--- | ---\n1 | 2", "# heading", "\n# heading\n\n## another\n", "text\n===", "text\n---\nmore",
	"`", "``", "```", "```\n# in a fence\n", "~~~\nleft open", "a`b`c``d", "`a|b`", "`{{x}}`", "`` ` ``",
	"<b>bold</b>", "<script>alert(1)</script>", "<!-- comment", "<", "</td></tr>", "<details>\n<summary>\n\n# x", "a < b > c", "<https://example.com/a>",
	"{{x}}", "{{{{", "{ {", "{% raw %}", "{{< shortcode >}}", "{#id}", "{", "}", "${x}", "&#123;&#123;x}}", "&lbrace;{x", `\{\{x}}`, "{&#37;", "&lt;b&gt;", "&amp;", "&nbsp;",
	"import x from 'y'", "export const a = 1", ":::warning\nx\n:::", ":smile: a:b ::x", "!!! note", "??? x", "/// x", "%% x", "+++", "---", "--- a -- b ...",
	"__proto__", "a*b", "**bold**", "_x_", "*", "**", "~~gone~~", "==marked==", "$x$ and $$y$$", "^a^",
	"- item", "* item\n* two", "+ item", "1. item", "1) item", "2019. Then", "> quote", ">", ": definition", "[TOC]", "[[toc]]", "[^1]", "[x]: http://e.com", "[a](b)", "[a](javascript:alert(1))", "![a](http://e.com/x.png)", "[", "]", "![", "](x)", "*[HTML]: x",
	"https://example.com/a_b(c)?d=e&f=g, then", "http://", "https://", "www.example.com", "a@example.com", "https://x/`|<{{",
	"    indented code", "\tindented", "tab\there", "line\r\nline\rline\u2028line", "\x00\x07\x1b[31m", "\xff\xfe", "\u202eright\u202c", "\ufeffbom", "a\u200bb",
	`\`, `a\|b`, `\\|`, `\` + "`", "C#", "a #", "don't \"quote\"", "é ü 漢字 🙂", "ERROR_ONE and ERROR_TWO", "`ERROR_ONE`",
	"[//]: # \"Code generated\"", "a  \nb", "a\\\nb", strings.Repeat("`", 40), strings.Repeat("word ", 200), "trailing ```", "```js\nx\n```", "- a\n\n  b\n\n      c\n- d\n  - e", "| a | b |\n|---|---|\n| `c|d` | {{e}} |",
}

var hostileCodes = [][4]string{
	{"__proto__", "a*b", "<b>", "{{x}}"},
	{"foo|bar", "", "The whole sentence is a code.", "`ticks`"},
	{"{%x%}", "two\nlines", "tab\tcode", " spaced "},
	{"&amp;", "\\", "[x](y)", "#"},
	{"01000", "-1", "1e3", "ERROR: 1001"},
	{"ünï", "import", "**", strings.Repeat("long", 80)},
}

// sample is a catalog and its pages.
type sample struct {
	catalog *model.Catalog
	files   map[string][]byte
}

// samples are the catalogs that are hard to print, and the shipped one. They are
// rendered once, for all tests.
var samples = sync.OnceValue(func() map[string]sample {
	all := catalogs()
	all["shipped"] = shipped()
	rendered := make(map[string]sample, len(all))
	for name, c := range all {
		rendered[name] = sample{c, Files(c, "a.yaml")}
	}
	return rendered
})

// catalogs yields catalogs that are hard to print.
func catalogs() map[string]*model.Catalog {
	all := map[string]*model.Catalog{"plain": sampleCatalog(plainText, plainCodes)}
	for _, evil := range hostile {
		all["text "+evil] = sampleCatalog(func(string) string { return evil }, plainCodes)
		all["inner "+evil] = sampleCatalog(func(string) string { return "before " + evil + " after" }, plainCodes)
	}
	for _, codes := range hostileCodes {
		all["codes "+strings.Join(codes[:], " ")] = sampleCatalog(plainText, codes)
	}
	return all
}

// shipped is the catalog of this repository.
func shipped() *model.Catalog {
	const file = "../../../../spec/errors.yaml"
	source, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	c, problems := check.Load(file, source)
	if c == nil {
		panic(fmt.Sprintf("the shipped spec has errors: %v", problems))
	}
	return c
}

func TestGolden(t *testing.T) {
	const root = "testdata/sample"
	files := Files(sampleCatalog(plainText, plainCodes), "sample.yaml")
	if *update {
		if err := os.RemoveAll(root); err != nil {
			t.Fatal(err)
		}
		for name, content := range files {
			file := filepath.Join(root, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		want, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(string(want), string(files[name])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDeterministic(t *testing.T) {
	for name, s := range samples() {
		if !maps.EqualFunc(s.files, Files(s.catalog, "a.yaml"), bytes.Equal) {
			t.Errorf("%q: two runs differ", name)
		}
	}
}

// TestShape compares the blocks of pages with hostile texts with those of pages
// with plain ones: the same headings, tables of the same size, the same fences.
func TestShape(t *testing.T) {
	want := shapes(Files(sampleCatalog(plainText, plainCodes), "a.yaml"))
	for _, evil := range hostile {
		for _, say := range []text{
			func(field string) string { return evil + " " + field },
			func(field string) string { return evil + "\n" + field },
			func(field string) string { return field + " " + evil },
			func(field string) string { return field + evil + field },
		} {
			got := shapes(Files(sampleCatalog(func(field string) string {
				switch field {
				case "details", "answer", "fix": // the author's markdown may have its own blocks
					return plainText(field)
				case "reply": // paragraphs
					return strings.ReplaceAll(say(field), "\n", " ")
				}
				return say(field)
			}, plainCodes), "a.yaml"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q changes the shape (-want +got):\n%s", evil, diff)
			}
		}
	}
	for _, codes := range hostileCodes {
		got := shapes(Files(sampleCatalog(plainText, codes), "a.yaml"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q change the shape (-want +got):\n%s", codes, diff)
		}
	}
}

// TestShapeOfFix shows that a fix of one line, which is not a block, changes no page.
func TestShapeOfFix(t *testing.T) {
	want := shapes(Files(sampleCatalog(plainText, plainCodes), "a.yaml"))
	for _, evil := range hostile {
		got := shapes(Files(sampleCatalog(func(field string) string {
			if field == "fix" || field == "override fix" {
				return strings.ReplaceAll(evil, "\n", " ") + " " + field
			}
			return plainText(field)
		}, plainCodes), "a.yaml"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q changes the shape (-want +got):\n%s", evil, diff)
		}
	}
}

// TestAuthorShape lets the author's markdown have blocks, but no headings.
func TestAuthorShape(t *testing.T) {
	headings := func(evil string) map[string][]string {
		all := make(map[string][]string)
		for name, content := range Files(sampleCatalog(func(field string) string {
			if field == "details" || field == "answer" || field == "fix" {
				return evil
			}
			return plainText(field)
		}, plainCodes), "a.yaml") {
			for _, b := range readPage(string(content)) {
				if b.kind == "heading" {
					all[name] = append(all[name], b.text)
				}
			}
		}
		return all
	}
	want := headings("plain")
	for _, evil := range hostile {
		if diff := cmp.Diff(want, headings(evil)); diff != "" {
			t.Errorf("%q changes the headings (-want +got):\n%s", evil, diff)
		}
	}
}

func shapes(files map[string][]byte) map[string][]string {
	all := make(map[string][]string, len(files))
	for name, content := range files {
		for _, b := range readPage(string(content)) {
			shape := b.kind
			switch b.kind {
			case "heading":
				shape += strings.Repeat("#", b.level)
				if b.level == 2 && path.Ext(name) == ".md" { // those of llms.txt have the titles of APIs
					shape += b.text
				}
			case "table":
				shape += strings.Repeat("|", len(b.rows[0])) + strings.Repeat("-", len(b.rows))
			case "fence":
				shape += b.lang
			case "list":
				shape += strings.Repeat("-", strings.Count(b.text, "\n")+1)
			case "broken":
				shape += b.text
			}
			all[name] = append(all[name], shape)
		}
	}
	return all
}

var (
	anyCode   = regexp.MustCompile("`[^`]*`")
	plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 ]*$`)
	opener    = regexp.MustCompile(`^(import|export)\b|^:|^!!!|^\?\?\?|^///|^[+=%~]|^\t| $|\t`)
)

// TestPortable looks for what only some renderers understand.
func TestPortable(t *testing.T) {
	for name, s := range samples() {
		for file, content := range s.files {
			if path.Ext(file) != ".md" { // which no renderer is given
				continue
			}
			for _, problem := range unportable(string(content)) {
				t.Errorf("%q: %s: %s", name, file, problem)
			}
		}
	}
}

func unportable(content string) []string {
	var problems []string
	for _, pair := range []string{"{{", "{%", "\r", "\ufffe", "\x00"} {
		if strings.Contains(content, pair) {
			problems = append(problems, "there is a "+pair)
		}
	}
	blocks := readPage(content)
	if blocks[0].kind != "heading" || blocks[0].level != 1 || blocks[1].kind != "mark" {
		problems = append(problems, "the page starts with neither its title nor its mark")
	}
	for i, b := range blocks {
		switch b.kind {
		case "broken":
			problems = append(problems, "broken block: "+b.text)
			continue
		case "fence", "mark":
			continue
		case "heading":
			if (b.level == 1) != (i == 0) {
				problems = append(problems, "a title in the page: "+b.text)
			}
			if b.level > 1 && !plainWord.MatchString(b.text) {
				problems = append(problems, "no plain words: "+b.text)
			}
		}
		for line := range strings.Lines(b.text) {
			line = strings.TrimSuffix(line, "\n")
			if b.kind != "heading" && opener.MatchString(line) {
				problems = append(problems, "bad opening or end of line: "+line)
			}
			bare := anyCode.ReplaceAllString(strings.TrimLeft(line, "> "), "")
			if i := strings.IndexAny(bare, "<>{}`"); i >= 0 {
				problems = append(problems, "a bare "+bare[i:i+1]+": "+line)
			}
		}
	}
	return problems
}

// TestLinks follows every link to its page and heading, whose anchor must be the
// same to every renderer.
func TestLinks(t *testing.T) {
	for name, s := range samples() {
		testLinks(t, name, s.files)
	}
}

func testLinks(t *testing.T, name string, files map[string][]byte) {
	t.Helper()
	anchors := make(map[string]map[string]bool)
	for file, content := range files {
		anchors[file] = headingAnchors(t, name, file, readPage(string(content)))
	}
	for file, content := range files {
		for _, target := range targets(readPage(string(content))) {
			if strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			to, part, found := strings.Cut(target, "#")
			page := file
			if to != "" {
				page = path.Join(path.Dir(file), to)
			}
			isData := path.Base(page) == model.CatalogName // which another package makes
			if !isData && files[page] == nil || found && !anchors[page][part] {
				t.Errorf("%q: %s: dead link to %s", name, file, target)
			}
		}
	}
}

// headingAnchors returns the anchors of the headings below the title. Renderers
// must agree on each, or the page gives it, or nothing leads there as on pages of entries;
// and none may be taken twice.
func headingAnchors(t *testing.T, name, file string, blocks []readBlock) map[string]bool {
	anchors := make(map[string]bool)
	for i, b := range blocks[1:] {
		if b.kind != "heading" {
			continue
		}
		github, vitepress := githubAnchor(b.text), vitepressAnchor(b.text)
		given := blocks[i].text == `<a id="`+github+`"></a>`
		if github != vitepress && !given && path.Base(file) == "index.md" {
			t.Errorf("%q: %s: the heading %q has the anchors %s and %s", name, file, b.text, github, vitepress)
		}
		if anchors[github] || github == githubAnchor(shown(blocks[0].text)) {
			t.Errorf("%q: %s: two headings like %q", name, file, b.text)
		}
		anchors[github] = true
	}
	return anchors
}

// githubAnchor is how GitHub, Hugo and Docusaurus make an anchor of plain words.
func githubAnchor(text string) string {
	kept := noAnchor.ReplaceAllString(strings.ToLower(text), "")
	return strings.ReplaceAll(kept, " ", "-")
}

// vitepressAnchor is how VitePress and MkDocs make one.
func vitepressAnchor(text string) string {
	dashed := strings.Trim(dashes.ReplaceAllString(strings.ToLower(text), "-"), "-")
	if dashed != "" && dashed[0] >= '0' && dashed[0] <= '9' {
		return "_" + dashed
	}
	return dashed
}

var (
	noAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
	dashes   = regexp.MustCompile(`[^a-z0-9_]+`)
)
