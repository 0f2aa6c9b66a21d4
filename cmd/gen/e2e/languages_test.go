package e2e_test

import (
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
