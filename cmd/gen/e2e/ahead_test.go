package e2e_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestAhead holds back the script that shows verdicts: what that needs for what is pasted is
// loaded meanwhile.
func TestAhead(t *testing.T) {
	b, release := openWithout(t, "verdicts.js")
	put(b, "ERROR_ZERO_BALANCE\n")
	shelf := strconv.Itoa(model.Shelf("ERROR_ZERO_BALANCE", shippedCatalog(t).Shelves())) + ".js"
	for _, folder := range []string{"cards/", "keys/"} {
		do(b, chromedp.Poll[bool](`performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/`+folder+shelf+`"))`))
	}
	if shown := eval[bool](b, `document.getElementById("verdict").hasChildNodes()`); shown {
		t.Error("something is shown")
	}
	release()
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "ERROR_ZERO_BALANCE" && !document.getElementById("verdict").inert`))
	if left := eval[bool](b, `"errkbFinder" in window`); left {
		t.Error("what may load scripts is left to all of them")
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestPasteElsewhereAhead pastes beside the field before the script that shows verdicts is
// there, into a page whose address holds another text: the paste is not lost, and counts.
func TestPasteElsewhereAhead(t *testing.T) {
	b, release := openWithout(t, "verdicts.js")
	allowClipboard(b)
	eval[struct{}](b, `history.replaceState(null, "", "#q=RATE_LIMIT_EXCEEDED"); document.activeElement.blur(); null`)
	eval[struct{}](b, `navigator.clipboard.writeText("ERROR_ZERO_BALANCE").then(() => null)`)
	pressPaste(b)
	do(b, chromedp.Poll[bool](`document.getElementById("paste").value === "ERROR_ZERO_BALANCE"`))
	release()
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "ERROR_ZERO_BALANCE" && !document.getElementById("verdict").inert`))
	// From then on a paste is one question, not two.
	eval[struct{}](b, `document.activeElement.blur(); navigator.clipboard.writeText("RATE_LIMIT_EXCEEDED").then(() => null)`)
	pressPaste(b)
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "RATE_LIMIT_EXCEEDED" && !document.getElementById("verdict").inert`))
	if got := eval[string](b, `document.getElementById("paste").value`); got != "RATE_LIMIT_EXCEEDED" {
		t.Errorf("the field holds %q", got)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestNoVerdicts has a page whose second script can't be loaded be one without scripts.
func TestNoVerdicts(t *testing.T) {
	b := openTab(t)
	call(b, network.Enable, network.EnableParams{})
	call(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*verdicts.js", Block: true}}})
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	do(b, chromedp.Poll[bool](`!document.documentElement.classList.contains("js") && !document.getElementById("paste").checkVisibility()`))
}
