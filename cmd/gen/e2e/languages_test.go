package e2e_test

import (
	"os"
	"path/filepath"
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
