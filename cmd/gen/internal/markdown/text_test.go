package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

func TestClean(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a\tb\nc", "a\tb\nc"},
		{"a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"},
		{"a\x00\x1b\x7fb", "a\ufffd\ufffd\ufffdb"},
		{"a\xffb", "a\ufffdb"},
		{"a\u202eb\u2066c\ufeffd", "a\ufffdb\ufffdc\ufffdd"},
		{"漢字 é 🙂", "漢字 é 🙂"},
	} {
		if got := model.Visible(test.text); got != test.want {
			t.Errorf("model.Visible(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, test := range []struct {
		text string
		want markup
	}{
		{"Don't \"stop\" (yet): 1/2, a-b.", "Don't \"stop\" (yet): 1/2, a-b."},
		{"  two\n lines\t", "two lines"},
		{"a|b", "a&#124;b"},
		{"<b> & </b>", "&lt;b&gt; &amp; &lt;/b&gt;"},
		{"{x}", "&#123;x&#125;"},
		{"{{x}}", "&#123;&#8203;&#123;x&#125;&#125;"},
		{"{%x", "&#123;&#8203;%x"},
		{"snake_case __proto__ _x", "snake_case &#95;&#95;proto&#95;&#95; &#95;x"},
		{"*a* `b` ~~c~~ [d](e) \\ ^ $", "&#42;a&#42; &#96;b&#96; &#126;&#126;c&#126;&#126; &#91;d&#93;(e) &#92; &#94; &#36;"},
		{":smile: a:b 10:30", "&#58;&#8203;smile: a&#58;b 10:30"},
		{":+1: 10:30:15 :100: a::b", ":&#8203;+1: 10:30:15 :&#8203;100: a&#58;&#58;b"},
		{"a ++b++ ==c== //d x === y", "a +&#43;b&#43;+ =&#61;c&#61;= /&#47;d x === y"},
		{"a -- b ...", "a &#45;&#45; b &#46;&#46;&#46;"},
		{"https://example.com", "https&#58;/&#8203;&#47;example.com"},
		{"with https://", "with https://"},
		{"www.example.com a@example.com", "www&#8203;&#46;example.com a&#8203;&#64;example.com"},
	} {
		if got := escape(test.text); got != test.want {
			t.Errorf("escape(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestOpening(t *testing.T) {
	for _, test := range []struct{ text, want markup }{
		{"", ""},
		{"Plain", "Plain"},
		{"\"quoted\"", "\"quoted\""},
		{"[link](x)", "[link](x)"},
		{"`code`", "`code`"},
		{"&#42;", "&#42;"},
		{"- a", "&#45; a"},
		{"+ a", "&#43; a"},
		{"1. a", "1&#46; a"},
		{"12) a", "12&#41; a"},
		{"1.5 s", "1&#46;5 s"},
		{"import x", "&#105;mport x"},
		{"export", "&#101;xport"},
		{"exports", "exports"},
		{": a", "&#58; a"},
		{"!!! note", "&#33;!! note"},
	} {
		if got := opening(test.text); got != test.want {
			t.Errorf("opening(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestCode(t *testing.T) {
	for _, test := range []struct {
		text string
		want markup
	}{
		{"", "(empty)"},
		{" \n", "(blank)"},
		{"ERROR_X", "`ERROR_X`"},
		{"__proto__", "`__proto__`"},
		{`{"a": 1}`, "`{\"a\": 1}`"},
		{"OK|", "OK&#124;"},
		{"<b>", "&lt;b&gt;"},
		{"{{x}}", "&#123;&#8203;&#123;x&#125;&#125;"},
		{"a`b", "a&#96;b"},
		{" a  b", "a  b"},
	} {
		if got := (&page{docs: &docs{l: say.English}}).code(test.text); got != test.want {
			t.Errorf("code(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, test := range []struct {
		text string
		want markup
	}{
		{"https://example.com/a?b=c&d=e#f", "https://example.com/a?b=c&amp;d=e#f"},
		{"https://example.com/a(b) c", "https://example.com/a%28b%29%20c"},
		{"mailto:help@example.com", "mailto:help@example.com"},
		{"javascript:alert(1)", ""},
		{"https://", ""},
		{"/relative", ""},
		{"", ""},
	} {
		if got := address(test.text); got != test.want {
			t.Errorf("address(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// samplePage is the page of the sample catalog's first code.
func samplePage() *page {
	c := sampleCatalog(plainText, plainCodes)
	d := newDocs(c)
	return &page{docs: d, root: "../", api: c.APIs[0], self: c.APIs[0].Codes[0]}
}

func TestProse(t *testing.T) {
	for _, test := range []struct {
		text string
		want markup
	}{
		{"See https://example.com/a_b, then wait.", "See [https://example.com/a_b](https://example.com/a_b), then wait."},
		{"(https://example.com)", "([https://example.com](https://example.com))"},
		{"Not ERROR_TWO, nor ERROR_NONE", "Not [`ERROR_TWO`](second.md), nor ERROR_NONE"},
		{"ERROR_ONE is here", "`ERROR_ONE` is here"},
		{"NOT_READY_YET", "NOT_READY_YET"},
		{"Write to A_B.c@example.com.", "Write to [A_B.c&#64;example.com](mailto:A_B.c@example.com)."},
	} {
		if got := samplePage().prose(test.text); got != test.want {
			t.Errorf("prose(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAuthor(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"inline", "A *b* **c** `d` ERROR_TWO", "A *b* **c** `d` [`ERROR_TWO`](second.md)\n"},
		{"joined lines", "a\nb\n\nc", "a b\n\nc\n"},
		{"heading", "# Title #\ntext", "**Title**\n\ntext\n"},
		{"underlined heading", "Title\n=====\n\nOther\n---", "Title\n\nOther\n"},
		{"list", "text\n- a\n  goes on\n- b\n\n  more\n  - c", "text\n\n- a goes on\n\n- b\n\n    more\n\n    - c\n"},
		{"numbers", "1. a\n2. b", "1. a\n\n2. b\n"},
		{"a year", "In the year\n2019. Then", "In the year 2019. Then\n"},
		{"quote", "> a\n> b", "> a b\n"},
		{"fence", "x\n```js\n{{a}}\n```\ny", "x\n\n```js\n{\u200b{a}}\n```\n\ny\n"},
		{"rewritten code", "```\n<!--@include: x-->\nx // [!code --]\n:::tip x\n# x {#y}\n```",
			"```text\n<!--\u200b@include: x-->\nx // [!\u200bcode --]\n:\u200b::tip x\n# x {\u200b#y}\n```\n"},
		{"open fence", "~~~\n```", "````text\n```\n````\n"},
		{"indented code", "    a\n    b", "a b\n"},
		{"html", "<b>x</b> <!-- y -->", "&lt;b&gt;x&lt;/b&gt; &lt;!&#45;&#45; y &#45;&#45;&gt;\n"},
		{"links", "[a](https://e.com) [b](c.md) ![d](https://e.com/d.png) <https://e.com>",
			"[a](https://e.com) b ![d](https://e.com/d.png) [https://e.com](https://e.com)\n"},
		{"escapes", `\{\{ \* \a &lt; &#123;&lbrace; & &nope;`, "&#8203;&#123;&#8203;&#123; &#42; &#92;a &lt; &#8203;&#123;&#8203;&#123; &amp; &amp;nope;\n"},
		{"code", "``a ` b`` `{{c}}` `open", "a &#96; b &#123;&#8203;&#123;c&#125;&#125; &#96;open\n"},
		{"table", "| a | b |\n|---|---|\n| `c\\|d` | e |\n| f |", "| a | b |\n| --- | --- |\n| c&#124;d | e |\n| f |  |\n"},
		{"opening", "import x\n\n::: y\n\n+ z", "&#105;mport x\n\n&#58;&#58;&#58; y\n\n- z\n"},
	} {
		p := samplePage()
		p.author(test.text)
		if diff := cmp.Diff(test.want, strings.TrimPrefix(p.out.String(), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestFlowchart checks the drawing against the branches that the table shows.
func TestFlowchart(t *testing.T) {
	for name, c := range catalogs() {
		for _, api := range c.APIs {
			branches := say.English.Tree(api)
			lines := strings.Split(samplePage().flowchart(branches), "\n")
			if want := 2*len(branches) + 1; len(lines) != want {
				t.Errorf("%q: %d lines, want %d", name, len(lines), want)
			}
			for i, b := range branches {
				question, action := label(b.Question.String()), label(say.English.ActionTitle(b.Action))
				if line := lines[2+2*i]; !strings.Contains(line, question) || !strings.Contains(line, action) {
					t.Errorf("%q: branch %d reads %s", name, i+1, line)
				}
			}
		}
	}
	if got, want := label(`<b> "x" {{y}} #a; `+"`c`"), "#60;b#62; #34;x#34; #123;#123;y#125;#125; #35;a#59; #96;c#96;"; got != want {
		t.Errorf("label: got %s, want %s", got, want)
	}
}

// TestSaid keeps the space before a question mark in French, at which no line may end.
func TestSaid(t *testing.T) {
	p := &page{docs: &docs{}}
	for _, test := range []struct{ text, want string }{
		{"Le statut est-il ", "Le statut est-il `a`"},
		{"«\u00a0", "«\u00a0`a`"},
		{"a\n b  ", "a b `a`"},
		{" ", " `a`"},
		{"", "`a`"},
	} {
		if got := string(p.said(say.Text{{Text: test.text}, {Text: "a", Wire: true}})); got != test.want {
			t.Errorf("%q before code is %q, want %q", test.text, got, test.want)
		}
	}
	if got, want := string(p.said(say.Text{{Text: "a", Wire: true}, {Text: "\u202f?"}})), "`a`\u202f?"; got != want {
		t.Errorf("behind code: %q, want %q", got, want)
	}
}
