package site

import (
	"math/rand/v2"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// bank is a page about one of an API's three codes.
func bank() (*page, *model.API) {
	api := &model.API{Name: "bank", Title: "Bank"}
	for _, code := range []string{"CARD_LOST", "CARD_STOLEN", "declined"} {
		api.Codes = append(api.Codes, &model.Entry{API: api, Code: code, Slug: code})
	}
	api.Codes[1].Aliases, api.Codes[1].AliasSlugs = []string{"CARD_GONE"}, []string{"card-gone"}
	c := &model.Catalog{APIs: []*model.API{api}}
	s := &site{catalog: c, codes: codesOf(c)}
	return s.page("c/bank/CARD_LOST", "", ""), api
}

func TestMarkdown(t *testing.T) {
	const stolen = `<a href="../../c/bank/CARD_STOLEN.html">`
	p, api := bank()
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"Wait, *then* retry.", "Wait, <em>then</em> retry."},
		{"残高が\n不足。API\nから *返る*", "残高が不足。API\nから <em>返る</em>"},
		{"one\n\ntwo", "<p>one</p>\n<p>two</p>"},
		{"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"},
		{"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
		{"a <b onclick=x>b</b>", "a &lt;b onclick=x&gt;b&lt;/b&gt;"},
		{"<div>\n<script>alert(1)</script>\n</div>", "&lt;div&gt;\n&lt;script&gt;alert(1)&lt;/script&gt;\n&lt;/div&gt;"},
		{"<!-- a -->", "&lt;!-- a --&gt;"},
		{"# Big", "<strong>Big</strong>"},
		{"![a picture](https://example.com/x.png)", `<a href="https://example.com/x.png">a picture</a>`},
		{"[x](javascript:alert(1))", "x"},
		{"[x](data:text/html,y)", "x"},
		{"[x](other.html)", "x"},
		{"[x](//example.com)", "x"},
		{"[x](mailto:a@example.com)", `<a href="mailto:a@example.com">x</a>`},
		{`[x](https://example.com/"onclick="y)`, `<a href="https://example.com/%22onclick=%22y">x</a>`},
		{"<javascript:alert(1)>", "javascript:alert(1)"},
		{"<a@example.com>", `<a href="mailto:a@example.com">a@example.com</a>`},
		{"see https://example.com/a", `see <a href="https://example.com/a">https://example.com/a</a>`},
		{"CARD_STOLEN, not CARD_LOST or CARD_SOLD", stolen + "CARD_STOLEN</a>, not CARD_LOST or CARD_SOLD"},
		{"was CARD_GONE.", "was " + stolen + "CARD_GONE</a>."},
		{"in code `CARD_STOLEN`", "in code " + stolen + "<code>CARD_STOLEN</code></a>"},
		{"in code `declined`", `in code <a href="../../c/bank/declined.html"><code>declined</code></a>`},
		{"not declined", "not declined"},
		{"[CARD_STOLEN](https://example.com)", `<a href="https://example.com">CARD_STOLEN</a>`},
		{"**CARD_STOLEN** and\nCARD_STOLEN", "<strong>" + stolen + "CARD_STOLEN</a></strong> and\n" + stolen + "CARD_STOLEN</a>"},
		{"```\nCARD_STOLEN\n```", "<pre><code>CARD_STOLEN\n</code></pre>"},
	} {
		if got := string(p.Inline(api, test.text)); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// TestWords wants what is taken for mere words to be rendered as the parser does.
func TestWords(t *testing.T) {
	p, api := bank()
	dice := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", "Wait", " ", " ", "  ", ",", ".", "1", "42", "www.", "www", "http", "://", "x.com", "@", "_", "*", "-", "\n", "é", "'", "&", "CARD_LOST"}
	words := 0
	for range 20_000 {
		text := ""
		for range 1 + dice.IntN(7) {
			text += parts[dice.IntN(len(parts))]
		}
		if !isWords(text) {
			continue
		}
		words++
		if got, want := p.Markdown(api, text), p.parsed(api, text); got != want {
			t.Fatalf("%q is %q, want %q", text, got, want)
		}
	}
	if words < 300 {
		t.Errorf("only %d texts are words", words)
	}
}

func TestPlain(t *testing.T) {
	p, api := bank()
	for text, want := range map[string]string{
		"":                        "",
		"ask for <b>it</b>":       "Ask for &lt;b&gt;it&lt;/b&gt;.",
		"*not* CARD_STOLEN & co.": `*not* <a href="../../c/bank/CARD_STOLEN.html">CARD_<wbr>STOLEN</a> &amp; co.`,
		"CARD_LOST":               "CARD_LOST.",
	} {
		if got := string(p.Plain(api, text)); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}
