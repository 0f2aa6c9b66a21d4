package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// noticedSite is a site that only the tests of notices ask for.
var noticedSite = sync.OnceValues(func() (*built, error) { return buildSite("noticed", "../../../spec/errors.yaml") })

// putNotices writes the file of a site's notices.
func putNotices(t *testing.T, site *built, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(site.dir, "notices.json"), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lastNotice fits everything: where it is shown, those before it are too, or never will be.
const lastNotice = "Here the notices end."

// noticesOf returns what a page shows of its notices, without the last.
func noticesOf(b *tab) string {
	b.t.Helper()
	do(b, chromedp.Poll[bool](`document.getElementById("notices").innerText.includes(`+quoted(lastNotice)+`)`))
	shown := eval[string](b, `document.getElementById("notices").innerText`)
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(shown, "Notices"), lastNotice))
}

// TestNotices shows notices where they fit, in text alone, and tells on the console what
// is wrong with others. The command finds an error in the same.
func TestNotices(t *testing.T) {
	const (
		entry  = "c/captchaai/error-zero-balance.html"
		other  = "c/fastcaptcha/rate-limit-exceeded.html"
		api    = "api/captchaai.html"
		home   = "index.html"
		widget = "widget.html"

		all    = `{"text": "All is down."}`
		ofAPI  = `{"text": "Top-ups are late.", "api": "captchaai"}`
		ofCode = `{"text": "Top-ups are late.", "codes": ["ERROR_PAGEURL", "ERROR_ZERO_BALANCE"]}`
		ofBoth = `{"text": "Top-ups are late.", "api": "captchaai", "codes": ["ERROR_ZERO_BALANCE"]}`
		late   = "Top-ups are late."
	)
	past, future := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339), time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	site := must(t, noticedSite)
	b := openTab(t)
	looked := make(map[string]bool) // by the page, whether with an answer, and the markup of the notices
	for _, test := range []struct {
		name, notice string
		page, pasted string
		want         []string // nothing is shown where this is empty
		warned       string   // nothing is told where this is empty
	}{
		{name: "about all, before anything is pasted", notice: all, page: home, want: []string{"All is down."}},
		{name: "about all, on an entry", notice: all, page: entry, want: []string{"All is down."}},
		{name: "about all, on an API", notice: all, page: api, want: []string{"All is down."}},
		{name: "about all, in the widget", notice: all, page: widget, want: []string{"All is down."}},
		{name: "about all, where nothing is known", notice: all, page: home, pasted: "there is nothing of ours in this sentence", want: []string{"All is down."}},
		{name: "of an API", notice: ofAPI, page: entry, want: []string{late}},
		{name: "of an API, on its page", notice: ofBoth, page: api, want: []string{late, "ERROR_ZERO_BALANCE"}},
		{name: "of another API", notice: ofAPI, page: other},
		{name: "of an API, before anything is pasted", notice: ofAPI, page: home},
		{name: "of a code", notice: ofCode, page: entry, want: []string{late}},
		{name: "of another code", notice: `{"text": "Late.", "codes": ["ERROR_PAGEURL"]}`, page: entry},
		{name: "of a code of another API", notice: `{"text": "Late.", "api": "fastcaptcha", "codes": ["ERROR_ZERO_BALANCE"]}`, page: entry},
		{name: "of a class", notice: `{"text": "Overloaded.", "codes": ["5xx"]}`, page: "s/fastcaptcha/503.html", want: []string{"Overloaded."}},
		{name: "of another class", notice: `{"text": "Overloaded.", "codes": ["4xx"]}`, page: "s/fastcaptcha/503.html"},
		{name: "of the pasted code", notice: ofBoth, page: home, pasted: "ERROR_ZERO_BALANCE", want: []string{late}},
		{name: "of another code than the pasted", notice: ofCode, page: home, pasted: "ERROR_IP_BANNED"},
		{name: "of the pasted code, in the widget", notice: ofCode, page: widget, pasted: "ERROR_ZERO_BALANCE", want: []string{late}},
		{name: "of now", notice: `{"text": "Now.", "since": "` + past + `", "until": "` + future + `"}`, page: entry, want: []string{"Now.", "Since ", "Until ", "UTC"}},
		{name: "over", notice: `{"text": "Over.", "until": "` + past + `"}`, page: entry},
		{name: "not yet", notice: `{"text": "Not yet.", "since": "` + future + `"}`, page: entry},
		{
			name:   "hostile",
			notice: `{"text": "<img src=x onerror=alert(1)><b>bold</b> {time} $&", "codes": ["<script>alert(2)</script>", "ERROR_ZERO_BALANCE"], "since": "2026-01-31T09:30:00+02:00"}`,
			page:   entry, want: []string{"<img src=x onerror=alert(1)><b>bold</b> {time} $&", "<script>alert(2)</script>"},
		},
		{name: "a link", notice: `{"text": "Read on.", "link": "https://status.example.com/a?b=c"}`, page: entry, want: []string{"https://status.example.com/a?b=c"}},
		{name: "a link that runs", notice: `{"text": "Read on.", "link": "javascript:alert(1)"}`, page: entry, warned: "notice 1 is not shown: link is not an address that starts with https://"},
		{name: "a link without TLS", notice: `{"text": "Read on.", "link": "http://example.com"}`, page: entry, warned: "link is not an address"},
		{name: "a list for a link", notice: `{"text": "Read on.", "link": ["https://example.com"]}`, page: entry, warned: "link is not an address"},
		{name: "no object", notice: `"All is down."`, page: entry, warned: "notice 1 is not shown: it is not an object"},
		{name: "no text", notice: `{"api": "captchaai"}`, page: entry, warned: "text is missing"},
		{name: "an empty text", notice: `{"text": " "}`, page: entry, warned: "text is not a text"},
		{name: "an unknown key", notice: `{"text": "Late.", "code": "ERROR_ZERO_BALANCE"}`, page: entry, warned: "unknown key code, known are text, api, codes, link, since, until"},
		{name: "a key that every object has", notice: `{"text": "Late.", "constructor": "x"}`, page: entry, warned: "unknown key constructor"},
		{name: "a code for a list", notice: `{"text": "Late.", "codes": "ERROR_ZERO_BALANCE"}`, page: entry, warned: "codes is not a list of texts"},
		{name: "a date for a time", notice: `{"text": "Late.", "until": "2026-01-31"}`, page: entry, warned: "until is not a time such as 2026-01-31T09:30:00Z"},
		{name: "no such month", notice: `{"text": "Late.", "until": "2026-13-31T09:30:00Z"}`, page: entry, warned: "until is not a time"},
		{name: "no such day", notice: `{"text": "Late.", "until": "2026-02-30T09:30:00Z"}`, page: entry, warned: "until is not a time"},
		{name: "no such hour", notice: `{"text": "Late.", "until": "2026-01-31T24:00:00Z"}`, page: entry, warned: "until is not a time"},
		{name: "an hour of one digit", notice: `{"text": "Late.", "until": "2026-01-31T9:30:00Z"}`, page: entry, warned: "until is not a time"},
		{name: "a comma in a time", notice: `{"text": "Late.", "until": "2026-01-31T09:30:00,5Z"}`, page: entry, warned: "until is not a time"},
		{name: "small letters in a time", notice: `{"text": "Over.", "until": "2026-01-31t09:30:00.25z"}`, page: entry},
		{name: "a wide space in a link", notice: `{"text": "Late.", "link": "https://example.com/\u00a0x"}`, page: entry, warned: "link is not an address"},
		{name: "a span without length", notice: `{"text": "Late.", "since": "2026-01-31T09:30:00Z", "until": "2026-01-31T09:30:00Z"}`, page: entry, warned: "until is not after since"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.t = t
			putNotices(t, site, "["+test.notice+`, {"text": "`+lastNotice+`"}]`)
			b.visit(site.overHTTP(test.page))
			if test.pasted != "" {
				paste(b, test.pasted)
			}
			shown := noticesOf(b)
			if len(test.want) == 0 && shown != "" {
				t.Errorf("it shows %q", shown)
			}
			for _, want := range test.want {
				if !strings.Contains(shown, want) {
					t.Errorf("it shows %q, not %q", shown, want)
				}
			}
			expectTold(t, b, test.warned)
			problems := check.Notices(check.Source{Name: "notices.json", Content: []byte("[" + test.notice + "]")}, nil)
			if diag.HasErrors(problems) != (test.warned != "") {
				t.Errorf("the command says %v", problems)
			}
			if shown == "" {
				return
			}
			state := fmt.Sprint(test.page, test.pasted != "", eval[string](b, `document.getElementById("notices").innerHTML.replace(/>[^<]*</g, "><")`))
			if !looked[state] {
				looked[state] = true
				checkViews(t, b, "notices", view{"light", 1280})
			}
		})
	}
}

// expectTold wants a tab to have told one problem and no other, or none.
func expectTold(t *testing.T, b *tab, warned string) {
	t.Helper()
	told := b.trouble()
	if warned != "" {
		at := slices.IndexFunc(told, func(problem string) bool {
			return strings.HasPrefix(problem, "console warning: \"notices.json: ") && strings.Contains(problem, warned)
		})
		if at < 0 {
			t.Fatalf("nothing says %q: %q", warned, told)
		}
		told = slices.Delete(told, at, at+1)
	}
	for _, problem := range told {
		t.Error(problem)
	}
}

// TestNoticesFile reads files of which no notice can be shown.
func TestNoticesFile(t *testing.T) {
	site := must(t, noticedSite)
	for name, test := range map[string]struct{ file, warned string }{
		"not JSON": {`[{text: "All is down."}]`, "notices.json"},
		"no list":  {`{"text": "All is down."}`, "a list is wanted, even of one notice"},
	} {
		putNotices(t, site, test.file)
		b := openTab(t)
		b.visit(site.overHTTP("index.html"))
		ctx, stop := b.within()
		for len(b.trouble()) == 0 && ctx.Err() == nil {
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		if eval[bool](b, `!document.getElementById("notices").hidden`) {
			t.Errorf("%s: something is shown", name)
		}
		expectTold(t, b, test.warned)
	}
}

// TestNoticesInLanguages shows the notices of the whole site in another language, unless
// that has its own.
func TestNoticesInLanguages(t *testing.T) {
	site := must(t, noticedSite)
	putNotices(t, site, `[{"text": "All is late."}, {"text": "`+lastNotice+`"}]`)
	for _, page := range []string{"de/index.html", "de/c/captchaai/error-zero-balance.html", "de/widget.html"} {
		b := openTab(t)
		b.visit(site.overHTTP(page))
		if got := noticesOf(b); !strings.Contains(got, "All is late.") {
			t.Errorf("%s shows %q", page, got)
		}
	}
	own := filepath.Join(site.dir, "de", "notices.json")
	if err := os.WriteFile(own, []byte(`[{"text": "Alles dauert."}, {"text": "`+lastNotice+`"}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(own)
	b := openTab(t)
	b.visit(site.overHTTP("de/index.html"))
	if got := noticesOf(b); !strings.Contains(got, "Alles dauert.") || strings.Contains(got, "All is late.") {
		t.Errorf("with its own it shows %q", got)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestNoticesAsked counts how often the file is asked for.
func TestNoticesAsked(t *testing.T) {
	site := must(t, noticedSite)
	putNotices(t, site, `[{"text": "`+lastNotice+`"}]`)
	count := func(b *tab) (times int) {
		for _, address := range b.asked() {
			if strings.HasSuffix(address, "/notices.json") {
				times++
			}
		}
		return times
	}
	b := openTab(t)
	b.visit(site.overHTTP("index.html"))
	noticesOf(b)
	paste(b, "ERROR_ZERO_BALANCE")
	paste(b, "ERROR_PAGEURL")
	if n := count(b); n != 1 {
		t.Errorf("two answers within a minute ask %d times", n)
	}
	eval[struct{}](b, `{ const now = Date.now; Date.now = () => now.call(Date) + 60_000; }; null`)
	putNotices(t, site, `[{"text": "Something else."}]`)
	paste(b, "ERROR_ZERO_BALANCE")
	awaitText(b, "Something else.")
	if n := count(b); n != 2 {
		t.Errorf("after a minute, it was asked for %d times", n)
	}
	expectTold(t, b, "")
	for _, address := range []string{site.overHTTP("for-customers/c/captchaai/error-zero-balance.html"), site.overHTTP("book.html"), site.onDisk("index.html")} {
		b.visit(address)
		if n := count(b); n != 0 {
			t.Errorf("%s asks for notices", address)
		}
		expectTold(t, b, "")
	}
}

// TestNoticesAnnounced tells screen readers a notice once, with the answer that it fits.
func TestNoticesAnnounced(t *testing.T) {
	site := must(t, noticedSite)
	putNotices(t, site, `[{"text": "`+lastNotice+`"}, {"text": "Top-ups are late.", "codes": ["ERROR_ZERO_BALANCE"]}]`)
	b := openTab(t)
	b.visit(site.overHTTP("index.html"))
	noticesOf(b)
	announced := func() string {
		t.Helper()
		return eval[string](b, `document.querySelector("[role=status]").textContent`)
	}
	if got := announced(); got != lastNotice {
		t.Errorf("at first it says %q", got)
	}
	paste(b, "ERROR_ZERO_BALANCE")
	if got := announced(); !strings.HasPrefix(got, "Exact.") || !strings.HasSuffix(got, "Top-ups are late.") {
		t.Errorf("with an answer it says %q", got)
	}
	paste(b, "ERROR_ZERO_BALANCE again")
	if got := announced(); strings.Contains(got, "Top-ups") {
		t.Errorf("the next time it says %q", got)
	}
}
