package site

import (
	"bytes"
	"cmp"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// siblingSpecs are the shipped catalog and specs that try to be more than text.
func siblingSpecs(t *testing.T) map[string]*model.Catalog {
	t.Helper()
	names, err := filepath.Glob("../check/testdata/good/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	all := make(map[string]*model.Catalog)
	for _, name := range append(names, "../../../../spec/errors.yaml", "../../e2e/testdata/hostile.yaml") {
		source, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		c, problems := check.Load(name, source)
		if diag.HasErrors(problems) {
			t.Fatalf("%s has errors: %v", name, problems)
		}
		all[path.Base(name)] = c
	}
	return all
}

var commonMark = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))

// TestSiblings renders the siblings again and requires that they say what their pages
// say, word for word, and lead to where those lead: also in languages without spaces, in
// which signs of markdown stand between letters.
func TestSiblings(t *testing.T) {
	for name, c := range siblingSpecs(t) {
		for _, language := range []string{"", "ja", "zh"} {
			in := *c
			in.Language = cmp.Or(language, c.Language)
			t.Run(name+language, func(t *testing.T) {
				t.Parallel()
				testSiblings(t, &in)
			})
		}
	}
}

func testSiblings(t *testing.T, c *model.Catalog) {
	files := Files(c, "x.yaml")
	for address, page := range files {
		if !strings.HasSuffix(address, ".html") {
			continue
		}
		sibling := files[address+".md"]
		if repeats(address) {
			if sibling != nil || bytes.Contains(page, []byte("text/markdown")) {
				t.Errorf("%s has a sibling, and says what other pages say", address)
			}
			continue
		}
		if !bytes.Contains(page, []byte(`<link rel="alternate" type="text/markdown" href="`+path.Base(address)+`.md">`)) {
			t.Errorf("%s does not name its sibling", address)
		}
		var rendered bytes.Buffer
		if err := commonMark.Convert(bytes.Replace(sibling, []byte("<!-- "+commented(model.Mark("x.yaml"))+" -->\n"), nil, 1), &rendered); err != nil {
			t.Fatal(err)
		}
		_, main, _ := bytes.Cut(page, []byte(`<main id="main">`))
		main, _, _ = bytes.Cut(main, []byte("</main>"))
		want, got := wordsOf(parse(string(main), say.English)), wordsOf(parse(rendered.String(), say.English))
		if !strings.Contains(string(main), "<h1><label") && want != got {
			at := 0
			for at < min(len(want), len(got)) && want[at] == got[at] {
				at++
			}
			from := max(at-30, 0)
			t.Errorf("%s says %.90q, and its sibling %.90q", address, want[from:], got[from:])
		}
		for _, target := range targets(parse(rendered.String(), say.English)) {
			leads(t, files, address+".md", target)
		}
	}
}

// repeats reports whether a page says what others say.
func repeats(address string) bool {
	return strings.HasPrefix(address, "book") || strings.HasPrefix(address, "replies") || strings.HasPrefix(address, "for-customers/")
}

// wordsOf returns what a reader sees of an element: the title first, and without signs
// that the two put differently.
func wordsOf(e *element) string {
	var title, rest strings.Builder
	var walk func(e *element, out *strings.Builder)
	walk = func(e *element, out *strings.Builder) {
		switch {
		case e.name == "":
			out.WriteString(e.text)
			return
		case e.isForBrowsers():
			return
		case e.name == "h1":
			out = &title
		case e.name == "wbr":
			return
		}
		for _, child := range e.children {
			walk(child, out)
		}
		out.WriteByte(' ')
	}
	walk(e, &rest)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("“”「」:：", r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, title.String()+rest.String())
}

func targets(e *element) []string {
	var found []string
	if e.name == "a" {
		found = append(found, e.href)
	}
	for _, child := range e.children {
		found = append(found, targets(child)...)
	}
	return found
}

// leads requires that a link leads to the web or to a sibling that is there.
func leads(t *testing.T, files map[string][]byte, from, target string) {
	t.Helper()
	switch {
	case strings.Contains(target, "://"), strings.HasPrefix(target, "mailto:"), strings.HasSuffix(target, ".json"):
	case strings.HasSuffix(target, ".html") != repeats(strings.TrimLeft(target, "./")):
		t.Errorf("%s leads to %s, which is not a sibling or has one", from, target)
	case files[path.Join(path.Dir(from), target)] == nil:
		t.Errorf("%s leads to %s, which is not there", from, target)
	}
}

// TestLLMs reads the list of pages as its proposal has it: a title, a summary, text
// without headings, and sections that hold nothing but links.
func TestLLMs(t *testing.T) {
	item := regexp.MustCompile(`^- \[(?:\\.|[^\[\]\\])+\]\(([^()\s]+)\)(?:: \S.*)?$`)
	for name, c := range siblingSpecs(t) {
		files := Files(c, "x.yaml")
		list := string(files["llms.txt"])
		head, sections, found := strings.Cut(list, "\n## ")
		if !found || !regexp.MustCompile(`^# \S.*\n\n> \S.*\n\n<!-- Code generated .*-->\n\n[^#]`).MatchString(head) || strings.Contains(head, "\n#") {
			t.Errorf("%s: the head is %q", name, head)
		}
		seen := make(map[string]bool)
		for section := range strings.SplitSeq(sections, "\n## ") {
			_, items, _ := strings.Cut(section, "\n\n")
			for line := range strings.SplitSeq(strings.TrimSpace(items), "\n") {
				link := item.FindStringSubmatch(line)
				if link == nil {
					t.Errorf("%s: %q is not a link", name, line)
					continue
				}
				target, isPublished := strings.CutPrefix(link[1], c.Site)
				if !isPublished {
					t.Errorf("%s: %s is not an address of the published site", name, link[1])
				}
				leads(t, files, "llms.txt", target)
				seen[target] = true
			}
		}
		for _, api := range c.APIs {
			if !seen[api.Address()+".html.md"] {
				t.Errorf("%s: no link to %s", name, api.Address())
			}
			for _, e := range api.Entries() {
				if len(api.Entries()) <= 150 && !seen[e.Address()+".html.md"] {
					t.Errorf("%s: no link to %s", name, e.Address())
				}
			}
		}
	}
}

// TestBlocks writes parts of a page in markdown.
func TestBlocks(t *testing.T) {
	for _, test := range []struct{ html, want string }{
		{`<h2>A <code>B_<wbr>C</code></h2><p>One  two<br>- three</p>`, "## A `B_C`\n\nOne two\\\n\\- three"},
		{`<p># not a heading</p><p>1. not a list</p>`, "\\# not a heading\n\n1\\. not a list"},
		{`<p>a*b _c_ d_e [x](y) &lt;b&gt; &amp;amp; ~~f~~ ` + "`g`" + `</p>`, "a\\*b \\_c\\_ d_e \\[x\\](y) \\<b> \\&amp; \\~\\~f\\~\\~ \\`g\\`"},
		{"<p><code>`</code> <code>a``b</code></p>", "`` ` `` ```a``b```"},
		{`<ul><li>one<ul><li>two</li></ul></li><li><p>three</p><p>four</p></li></ul>`, "- one\n  - two\n- three\n\n  four"},
		{`<ol><li>one</li><li>two</li></ol>`, "1. one\n2. two"},
		{`<dl><div><dt>Why?</dt><dd>So.</dd></div><div><dt>What</dt><dd><ul><li>a</li></ul></dd></div></dl>`, "- **Why?** So.\n- **What:**\n  - a"},
		{`<table><caption>T</caption><thead><tr><th>a|b</th><td></td></tr></thead><tbody><tr><td><p>x</p><p>y</p></td><td><code>|</code></td></tr></tbody></table>`,
			"**T**\n\n| a\\|b |  |\n| --- | --- |\n| x y | `\\|` |"},
		{"<pre><code>a\n```\nb\n</code></pre>", "````\na\n```\nb\n````"},
		{"<p class=\"text\">One &amp; &lt;two>\nthree\\\n\n- four</p>", "> One & \\<two>\\\n> three&#92;\n>\n> \\- four"},
		{`<p><a href="c/x/y.html#z">Y</a>, <a href="#z">part</a>, <a href="https://example.com/a_(b)">web</a></p>`, "[Y](c/x/y.html.md), part, [web](https://example.com/a_%28b%29)"},
		{`<p><a href="../../book-x.html#z">Book</a>, <a href="../for-customers/index.html">all</a>, <a href="../../c/x/book.html">code</a></p>`, "[Book](../../book-x.html), [all](../for-customers/index.html), [code](../../c/x/book.html.md)"},
		{`<p class="action">Stop</p><span class="action stop">Wait</span> up to <strong>3 </strong>times<button>Copy</button><svg><text>x</text></svg>`, "**Stop**\n\n**Wait** up to **3** times"},
	} {
		if got := strings.Join(blocksOf(parse(test.html, say.English)), "\n\n"); got != test.want {
			t.Errorf("%s\nis %q\nnot %q", test.html, got, test.want)
		}
	}
}
