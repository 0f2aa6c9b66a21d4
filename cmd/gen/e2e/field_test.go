package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp"
)

// TestPasteElsewhere pastes while nothing that takes text has the focus: the text
// is meant for the field, once.
func TestPasteElsewhere(t *testing.T) {
	for name, address := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			allowClipboard(b)
			b.visit(address)
			eval[struct{}](b, "document.activeElement.blur(); null")
			pasteKeys(b, "ERROR_ZERO_BALANCE")
			if got := eval[string](b, `document.getElementById("paste").value`); got != "ERROR_ZERO_BALANCE" {
				t.Errorf("the field holds %q", got)
			}
			if got := answer(b); !strings.Contains(got, "ERROR_ZERO_BALANCE") {
				t.Errorf("answered with %q", got)
			}
		})
	}
}

// TestBack goes to the page of an answer and back: text and answer are still
// there. Over http the browser keeps the whole page; a page on a disk is loaded
// again.
func TestBack(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).onDisk("index.html"))
	paste(b, "ERROR_ZERO_BALANCE")
	click(b, "#verdict h2 a")
	b.run(chromedp.WaitReady(chromedp.CSS(".verdict .key")))
	b.run(chromedp.NavigateBack(), chromedp.WaitReady(chromedp.CSS("#verdict h2")))
	if got := answer(b); !strings.Contains(got, "ERROR_ZERO_BALANCE") {
		t.Errorf("answered with %q", got)
	}
}

// TestOldAnswer holds back the file of a verdict: what was shown of the text
// before can't be used meanwhile, and gives way.
func TestOldAnswer(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "RATE_LIMIT_EXCEEDED")
	held := make(chan fetch.RequestID, 1)
	err := chromedp.Listen(b.ctx, func(event any) {
		if paused, ok := event.(*fetch.EventRequestPaused); ok {
			held <- paused.RequestID
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(b, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*/cards/*"}}})
	eval[struct{}](b, `{
		const field = document.getElementById("paste");
		field.value = "ERROR_ZERO_BALANCE";
		field.dispatchEvent(new Event("input"));
	}; null`)
	if !eval[bool](b, `document.getElementById("verdict").inert`) {
		t.Error("the old answer can still be used")
	}
	do(b, chromedp.Poll[bool](`document.getElementById("verdict").textContent === "Looking it up…"`))
	call(b, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: <-held})
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "ERROR_ZERO_BALANCE"`))
	if eval[bool](b, `document.getElementById("verdict").inert`) {
		t.Error("the new answer can't be used")
	}
}

// TestTyping types a code letter by letter: nobody is told in between that it is
// not known.
func TestTyping(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "x")
	paste(b, "")
	eval[struct{}](b, `window.told = []; new MutationObserver(() => told.push(document.querySelector("[role=status]").textContent))
		.observe(document.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true }); null`)
	for _, letter := range "MODEL_ERROR" {
		press(b, string(letter))
	}
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "MODEL_ERROR"`, chromedp.WithPollingTimeout(10*time.Second)))
	if told := eval[[]string](b, "told"); len(told) == 0 || !strings.Contains(told[len(told)-1], "MODEL_ERROR") || len(told) > 5 {
		t.Errorf("told %q", told)
	}
}
