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
					Answer: e.Answer, AnswerOwn: e.AnswerOwn, Delays: []classify.Delay{{Code: text, Unit: time.Minute}},
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
		"Escalate when: X-Thing.",
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
		"Copy reply" + `<span class="unseen"> for ` + api.Codes[0].Code + " of " + api.Title + " if /X-Thing contains “X-Thing” (in any case)</span></button>"; !strings.Contains(replies, want) {
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

// TestTwoAnswers has two answers where the client does what another program has to do,
// each with its own button, and one where the client does nothing.
func TestTwoAnswers(t *testing.T) {
	c := load(t, shippedSpec)
	api := c.APIs[0]
	entry := func(code string) *model.Entry {
		for _, e := range api.Entries() {
			if e.Code == code {
				return e
			}
		}
		t.Fatalf("no entry %s", code)
		return nil
	}
	written, drafted, stops := entry("RATE_LIMIT_EXCEEDED"), entry("MODEL_ERROR"), entry("API_KEY_MISSING")
	drafted.AnswerOwn = ""
	files := site.Files(c, "x.yaml")
	button := func(e *model.Entry, part, class, label, whose string) string {
		return `<button type="button"` + class + ` data-copy="` + part + "-" + strings.ReplaceAll(e.Address(), "/", "-") + `">` + label + whose + "</button>"
	}
	const primary, own = ` class="primary"`, " for another program"
	for _, e := range []*model.Entry{written, drafted, stops} {
		whose := `<span class="unseen"> for ` + e.Code + " of " + api.Title + "</span>"
		for _, page := range []string{e.Address() + ".html", "replies.html"} {
			content := string(files[page])
			has := func(want string, wanted bool) {
				t.Helper()
				if strings.Contains(content, want) != wanted {
					t.Errorf("%s: %s is there: %v, want %v", page, want, !wanted, wanted)
				}
			}
			has(button(e, "reply", primary, "Copy reply", whose), true)
			has(button(e, "reply-own", primary, "Copy reply"+own, whose), e == written)
			has(button(e, "reply-own", "", "Copy draft"+own, whose), e == drafted)
			if page != "replies.html" {
				has("retries automatically, as the client of this catalog does", e != stops)
				has("Please let your program wait", e == drafted)
			}
		}
	}
}
