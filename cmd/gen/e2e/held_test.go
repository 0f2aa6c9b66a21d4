package e2e_test

import (
	"testing"

	"github.com/chromedp/cdproto/fetch"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// openWithout opens the first page of the shipped site without one of its scripts, which
// comes when it is released.
func openWithout(t *testing.T, script string) (b *tab, release func()) {
	t.Helper()
	b = openTab(t)
	held := make(chan fetch.RequestID, 1)
	if err := chromedp.Listen(b.ctx, func(event any) {
		if paused, ok := event.(*fetch.EventRequestPaused); ok {
			held <- paused.RequestID
		}
	}); err != nil {
		t.Fatal(err)
	}
	call(b, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*/" + script}}})
	call(b, cdppage.Navigate, cdppage.NavigateParams{URL: must(t, shippedSite).overHTTP("index.html")}) // which is not loaded before the script is
	do(b, chromedp.Poll[bool](`document.querySelector("[role=status]") !== null || (`+quoted(script)+` === "verdicts.js" && window.errkbCards !== undefined)`))
	return b, func() {
		call(b, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: <-held})
	}
}

// put puts a text into the paste field as if it were pasted.
func put(b *tab, text string) {
	eval[struct{}](b, `{
		const field = document.getElementById("paste");
		field.value = `+quoted(text)+`;
		field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
	}; null`)
}
