package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestLanguages pastes into the German page, which has the style of all languages and
// a lookup in its own, and goes on to the same page in English.
func TestLanguages(t *testing.T) {
	site := must(t, shippedSite)
	for name, address := range map[string]string{"http": site.overHTTP("de/index.html"), "file": site.onDisk("de/index.html")} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			allowClipboard(b)
			b.visit(address)
			pasteKeys(b, "ERROR_ZERO_BALANCE")
			if got := answer(b); !strings.Contains(got, "Kein Guthaben") {
				t.Errorf("the answer lacks the German text:\n%s", got)
			}
			eval := func(script string) string { return do(b, chromedp.Evaluate[string](script)) }
			lang, display, target := eval(`document.documentElement.lang`), eval(`getComputedStyle(document.querySelector(".bar")).display`),
				eval(`document.querySelector("#verdict h2 a").href`)
			if lang != "de" || display != "flex" || !strings.HasSuffix(target, "/de/c/captchaai/error-zero-balance.html") {
				t.Errorf("the language is %q, the style %q, and the page of the code %q", lang, display, target)
			}
			b.visit(target)
			target = eval(`document.querySelector('.languages a[hreflang="es"]').href`)
			b.visit(target)
			lang = eval(`document.documentElement.lang`)
			if lang != "es" || !strings.HasSuffix(target, "/es/c/captchaai/error-zero-balance.html") {
				t.Errorf("the link leads to %q in %q", target, lang)
			}
			for _, problem := range b.trouble() {
				t.Error(problem)
			}
		})
	}
}

// TestWithoutSpaces pastes into a Japanese page: no space stands between Japanese words
// and signs, and a code is marked between letters that it has no space to.
func TestWithoutSpaces(t *testing.T) {
	t.Parallel()
	spec := filepath.Join(t.TempDir(), "errors.yaml")
	const text = `format: 1
language: ja
categories: {request: {action: fail, who: developer}}
apis:
  shop:
    title: 店舗
    reply: [{json: {code: [/code]}}]
    codes: {CARD_LOST: {category: request, meaning: カードの紛失, fix: 連絡する}}
    statuses: {402: {category: request, meaning: 未払い, fix: 支払う}}
    unknown: {category: request, fix: 調べる}
`
	if err := os.WriteFile(spec, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	site := must(t, func() (*built, error) { return buildSite("japanese", spec) })
	b := openTab(t)
	b.visit(site.onDisk("index.html"))
	for sent, wants := range map[string][]string{
		"エラーCARD_LOSTが出ました。status: 402": {"完全一致。テキストに CARD_LOST が見つかりました。", "ステータス 402（店舗）。可能性が高い。ステータスは 402 です。"},
		`{"code": "NEW"}`: {"コード NEW は収録されていません。", "店舗のこの応答はまだカタログにありません。"},
	} {
		paste(b, sent)
		got := answer(b)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the answer lacks %q:\n%s", sent, want, got)
			}
		}
		if marked := seen(b, "#verdict mark"); len(marked) == 0 || !strings.Contains(sent, marked[0]) {
			t.Errorf("%s: marked is %q", sent, marked)
		}
	}
}

// greekSpec is written in Greek and shown in the pseudo language, which has each message
// in brackets: what is in Latin letters and outside them is not said in the language.
const greekSpec = `format: 1
title: Σφάλματα
language: en-XA
categories:
  busy: {title: Γεμάτο, action: retry, who: client}
  pending: {title: Αναμονή, action: wait_poll, who: client}
  broke: {title: Χωρίς χρήματα, action: fix_account, who: account-owner}
  request: {title: Λάθος, action: fail, who: developer}
policies:
  slow: {base: 5s, retries: 3}
  poll: {base: 5s, retries: unlimited, within: 2m}
apis:
  shop:
    title: Κατάστημα
    operations: {buy: {title: αγορά, method: POST, path: /buy, repeatable: false}, ask: {title: ερώτηση}}
    request_id: [{header: X-Request-Id}]
    reply: [{json: {code: [/code]}}]
    delay: [{header: Retry-After}]
    codes:
      CARD_LOST: {category: request, meaning: Χαμένη κάρτα, fix: Αλλάξτε, escalate: Αν επιμένει, frequency: rare, severity: high}
      CARD_LOCK: {category: broke, meaning: Κλειδωμένη κάρτα, fix: Ανοίξτε, reply: "Ανοίξτε την κάρτα ({{code}})."}
      BUSY_NOW: {category: busy, retry: slow, meaning: Γεμάτο, fix: Περιμένετε, reply: "Περιμένετε {{wait}}."}
      NOT_YET: {category: pending, retry: poll, meaning: Όχι ακόμα, fix: Περιμένετε, operations: [ask]}
    statuses: {402: {category: broke, meaning: Απλήρωτο, fix: Πληρώστε}, 503: {category: busy, retry: slow, meaning: Κλειστό, fix: Περιμένετε}}
    transport: {timeout: {category: busy, retry: slow, meaning: Καμία απάντηση, fix: Περιμένετε}}
    unknown: {category: request, fix: Ρωτήστε}
  mail:
    title: Ταχυδρομείο
    reply: [{json: {code: [/error]}}]
    codes: {BUSY_NOW: {category: busy, retry: slow, meaning: Γεμάτο, fix: Περιμένετε}}
    statuses: {503: {category: busy, retry: slow, meaning: Κλειστό, fix: Περιμένετε}}
    unknown: {category: request, fix: Ρωτήστε}
`

// shownWords is the text that the page shows, and what else is read of it or comes up over it.
const shownWords = `[document.body.innerText, ...[...document.querySelectorAll("body *")].filter((e) => e.checkVisibility())
	.flatMap((e) => ["aria-label", "title", "alt", "placeholder"].map((name) => e.getAttribute(name) ?? ""))]
	.filter((text) => text.trim())`

// TestPseudoLanguage pastes into a site whose author writes in Greek. What the site's
// scripts say comes from messages, as do the pages; with them stand only codes, what was
// pasted and what every language has.
func TestPseudoLanguage(t *testing.T) {
	t.Parallel()
	spec := filepath.Join(t.TempDir(), "errors.yaml")
	if err := os.WriteFile(spec, []byte(greekSpec), 0o644); err != nil {
		t.Fatal(err)
	}
	site := must(t, func() (*built, error) { return buildSite("pseudo", spec) })
	putNotices(t, site, `[{"text": "Άργησε."}]`)
	b := openTab(t)
	b.visit(site.overHTTP("index.html"))
	bracketed, word := regexp.MustCompile(`⟦[^⟦⟧]*⟧`), regexp.MustCompile(`[A-Za-z]{2,}`)
	for _, sent := range []string{
		"", "CARD_LOST", "CARD_LOST, CARD_LOCK and HTTP/1.1 503", "BUSY_NOW", "CARD_LOTS", "it says 402", "status 503",
		"HTTP/1.1 429 Too Many Requests\nRetry-After: 70\nX-Request-Id: r-1\n\n{\"code\": \"BUSY_NOW\"}",
		"HTTP/1.1 200 OK\n\n{\"code\": \"SOMETHING_NEW\"}", "Read timed out", "nothing of ours", strings.Repeat("CARD_LOST\n", 30),
		"POST https://shop.example.com/buy\nHTTP/1.1 503 Service Unavailable\n\n{}", "GET https://other.example.org/\nHTTP/1.1 402 Payment Required",
	} {
		if sent != "" {
			paste(b, sent)
		}
		texts := eval[[]string](b, shownWords)
		if strings.Count(texts[0], "⟦") < 20 {
			t.Errorf("%q: hardly any message is shown: %q", sent, texts[0])
		}
		for _, text := range texts {
			rest := text
			for bracketed.MatchString(rest) {
				rest = bracketed.ReplaceAllString(rest, " ")
			}
			for _, found := range word.FindAllString(rest, -1) {
				if found != "HTTP" && !strings.Contains(greekSpec, found) && !strings.Contains(sent, found) {
					t.Errorf("%q: %q is not said in the language: %q", sent, found, rest)
				}
			}
		}
	}
	if notices := seen(b, "#notices"); len(notices) != 1 || !strings.Contains(notices[0], "Άργησε.") {
		t.Errorf("the notices are %q", notices)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}
