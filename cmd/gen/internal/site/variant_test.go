package site_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// varied is the shipped catalog in which every entry has two variants, and whose APIs
// have overrides and forms of every sort, with a text in all that they say.
func varied(t *testing.T, text string) *model.Catalog {
	c := load(t, shippedSpec)
	daily := []classify.Test{{Kind: classify.Contains, At: classify.Path{text}, Text: text}}
	late := []classify.Test{{Kind: classify.Not, Tests: []classify.Test{{Kind: classify.HeaderEquals, Header: text, Values: []classify.Scalar{{Text: text}}}}}}
	account := c.Categories[len(c.Categories)-1]
	for _, api := range c.APIs {
		for _, e := range api.Entries() {
			e.Variants = []model.Variant{
				{
					When: daily, Category: account, Action: classify.FixAccount, Meaning: text, Fix: "Ask for more of " + text, Details: text, Answer: text,
					Escalate: text, Examples: []model.Example{{Status: 429, Body: text}},
				},
				{
					When: late, Category: e.Category, Action: e.Action, Policy: e.Policy, Effect: classify.EffectMaybe, Meaning: e.Meaning, Fix: e.Fix,
					Answer: e.Answer, Delays: []classify.Delay{{Code: text, Unit: time.Minute}},
				},
			}
		}
		api.Codes[0].Delays = []classify.Delay{{Header: text, As: classify.AsTime}}
		api.Forms[0].None, api.Forms[0].Fail = []string{text}, daily
		api.Overrides = []model.ServerOverride{
			{When: daily, Sets: true, Action: classify.Fail, Category: account, Fix: text},
			{When: late, Policy: c.Policies[0], Delays: []classify.Delay{{At: classify.Path{text}}}},
		}
	}
	return c
}

var tag = regexp.MustCompile(`<[^>]*>`)

// shown is a page as its reader sees it: text in a line.
func shown(page []byte) string {
	return model.Line(html.UnescapeString(tag.ReplaceAllString(string(page), "")))
}

func TestVariants(t *testing.T) {
	c := varied(t, "X-Thing")
	files := site.Files(c, "x.yaml")
	api := c.APIs[0]
	links(t, files)
	entry := shown(files[api.Codes[0].Address()+".html"])
	for _, want := range []string{
		"If /X-Thing contains “X-Thing” (in any case)Stop and fix the account. Ask for more of X-Thing.",
		"What differs in some answers",
		"If /X-Thing contains “X-Thing” (in any case): Stop and fix the account. X-Thing.",
		"Hand it on: X-Thing.",
		"What to answer then",
		"HTTP/1.1 429 Too Many Requests X-Thing",
		"Here the time to wait is read from the rest of a code that starts with X-Thing, in minutes.",
	} {
		if !strings.Contains(entry, want) {
			t.Errorf("the page of %s lacks %q:\n%s", api.Codes[0].Code, want, entry)
		}
	}
	if n := strings.Count(entry, "What to answer then"); n != 1 {
		t.Errorf("%d answers for variants, want one: the other is as without the variant", n)
	}
	replies := string(files["replies.html"])
	if want := `<button type="button" class="primary" data-copy="reply-` + strings.ReplaceAll(api.Codes[0].Address(), "/", "-") + `-if-1">` +
		"Copy reply" + `<span class="unseen"> for ` + api.Codes[0].Code + " if /X-Thing contains “X-Thing” (in any case)</span></button>"; !strings.Contains(replies, want) {
		t.Errorf("the replies lack %s", want)
	}
	about := shown(files[api.Address()+".html"])
	for _, want := range []string{
		"What the server says to do",
		"If /X-Thing contains “X-Thing” (in any case): Stop. Category: ",
		"If the header X-Thing is not X-Thing: ",
		"The time to wait is read from /X-Thing of the JSON body, in seconds.",
		"never if /X-Thing contains “X-Thing” (in any case)",
		"unless it is X-Thing",
		"Some answers name the time to wait elsewhere, see their pages: ",
		"Some answers differ: see the pages.",
	} {
		if !strings.Contains(about, want) {
			t.Errorf("the page of %s lacks %q:\n%s", api.Name, want, about)
		}
	}
}

// TestHostileVariants puts texts that try to be more than text where variants,
// overrides and forms show them.
func TestHostileVariants(t *testing.T) {
	texts := append(modeltest.Texts, `"><script>alert(1)</script>`, `' onclick=alert(1) x='`, `[x](javascript:alert(1))`, `</code></dd><style>`)
	text := strings.ToValidUTF8(strings.Join(texts, " "), "?")
	files := site.Files(varied(t, text), "x.yaml")
	links(t, files)
	for name, content := range files {
		if found := inlineCode.Find(content); found != nil && strings.HasSuffix(name, ".html") {
			t.Errorf("%s holds %q", name, found)
		}
	}
}
