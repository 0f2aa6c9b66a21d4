package site

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

const beforeChange = `format: 1
title: Errors
categories: {bad: {action: fail}}
apis:
  mail: {reply: [{json: {code: [/code]}}], codes: {X: {category: bad, fix: Ask}}}
  shop:
    reply: [{json: {code: [/code]}}]
    statuses: {"429": {category: bad, meaning: Many, fix: Ask}}
    codes:
      "429": {category: bad, meaning: Odd, fix: Ask}
      BUSY: {category: bad, meaning: Busy, fix: Ask}
      GONE: {category: bad, meaning: Gone, fix: Ask}
`

// beforeAndAfter are a catalog, and what changed in it since another: something of each kind
// and step, and texts that a page must escape.
func beforeAndAfter(t *testing.T) (*model.Catalog, *diff.Report) {
	t.Helper()
	read := func(spec string) *model.Catalog {
		c, problems := check.Load("errors.yaml", []byte(spec))
		if diag.HasErrors(problems) {
			t.Fatal(problems)
		}
		return c
	}
	after := strings.NewReplacer(
		"  mail:", "  post:",
		"BUSY: {", "SHOP_BUSY: {aliases: [BUSY], ",
		"      GONE: {category: bad, meaning: Gone, fix: Ask}\n", "",
		"meaning: Odd, fix: Ask", `meaning: Odd, fix: "Ask *us* <b>&\nnot </main> <script>alert(1)</script>"`,
	).Replace(beforeChange)
	newer := read(after)
	return newer, new(diff.Catalogs(read(beforeChange), newer))
}

// TestChanged has a section with what changed, which leads to the pages of what is still
// there, where that is known.
func TestChanged(t *testing.T) {
	c, report := beforeAndAfter(t)
	files := Makers(c, "a.yaml", report)
	const want = `<section>
<h2>Since the previous version</h2>
<p>This is what a program or a reader would notice, compared with the previous version.</p>
<h3>What may break a program</h3>
<ul>
<li><code>mail</code>: Gone: <code>api</code>: <code>mail</code></li>
<li><a href="api/shop.html"><code>shop</code></a>: <a href="c/shop/shop-busy.html"><code>SHOP_<wbr>BUSY</code></a> <code>go</code>: <code>Busy</code> → <code>ShopBusy</code></li>
<li><a href="api/shop.html"><code>shop</code></a>: Gone: <code>code</code> <code>GONE</code>: <code>fail</code></li>
</ul>
<h3>What is new, or happens at other times</h3>
<ul>
<li><a href="api/shop.html"><code>shop</code></a>: <code>code</code> <code>BUSY</code> is now <a href="c/shop/shop-busy.html"><code>SHOP_<wbr>BUSY</code></a>, and the old name an alias.</li>
<li><a href="api/post.html"><code>post</code></a>: New: <code>api</code>: <code>post</code></li>
</ul>
<h3>What is said in other words</h3>
<ul>
<li><a href="api/shop.html"><code>shop</code></a>: <a href="c/shop/429.html"><code>429</code></a> <code>fix</code>: <code>Ask</code> → <code>Ask *us* &lt;b&gt;&amp; not &lt;/main&gt; &lt;script&gt;alert(1)&lt;/script&gt;</code></li>
</ul>
</section>
`
	page := string(files["changes.html"]())
	_, section, _ := strings.Cut(page, "</h1>\n")
	if diff := cmp.Diff(want, section[:min(len(section), len(want))]); diff != "" {
		t.Errorf("the section (-want +got):\n%s", diff)
	}
	if strings.Contains(page, "No entry in the catalog has a date") {
		t.Error("the page says that nothing can be said")
	}
	sibling := string(files["changes.html.md"]())
	for _, line := range []string{
		"## Since the previous version\n",
		"- [`shop`](api/shop.html.md): [`429`](c/shop/429.html.md) `fix`: `Ask` → `Ask *us* <b>& not </main> <script>alert(1)</script>`\n",
	} {
		if !strings.Contains(sibling, line) {
			t.Errorf("the page in markdown does not have %q:\n%s", line, sibling)
		}
	}
	for name, file := range map[string]string{"index.html": `href="changes.html"`, say.LLMsName: "](changes.html.md)"} {
		if !strings.Contains(string(files[name]()), file) {
			t.Errorf("%s does not lead to the page", name)
		}
	}
	none := string(Makers(c, "a.yaml", &diff.Report{})["changes.html"]())
	if !strings.Contains(none, "<p>Nothing that a program or a reader would notice has changed since the previous version.</p>\n</section>") {
		t.Errorf("without changes:\n%s", none)
	}
	if files := Makers(c, "a.yaml", nil); files["changes.html"] != nil || strings.Contains(string(files["index.html"]()), "changes.html") {
		t.Error("there is such a page where nothing is known")
	}
}

// TestChangedInLanguage looks for words of the section that are in no message.
func TestChangedInLanguage(t *testing.T) {
	c, report := beforeAndAfter(t)
	p := modeltest.NewPseudo(c)
	for _, r := range []*diff.Report{report, {}} {
		files := Makers(p.Catalog, "α.yaml", r)
		for _, name := range []string{"changes.html", "changes.html.md"} {
			for _, text := range shownTexts(name, string(files[name]())) {
				for _, word := range p.Unsaid(modeltest.OutsideMessages(text)) {
					t.Errorf("%s: %q is not said in the language", name, word)
				}
			}
		}
	}
}
