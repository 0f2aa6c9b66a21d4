package e2e_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestBareKeys compares what the page is told of bare keys before the lookup is there with
// what that says of them.
func TestBareKeys(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*model.Catalog{
		"shipped": shippedCatalog(t),
		"hostile": hostileCatalog(t),
		"odd":     loadCatalog(t, "odd.yaml", []byte(lookuptest.OddSpec)),
		"large":   loadCatalog(t, "large.yaml", []byte(largeSpec(3, 90))),
	} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			loadLookup(b, c)
			eval[struct{}](b, `var told = new Map(); var errkbKeys = (number, shelf) => Object.entries(shelf).forEach(([key, matches]) => told.set(key, matches)); null`)
			for _, shelf := range lookup.New(c).BareKeys("errors.yaml") {
				eval[struct{}](b, string(shelf)+";null")
			}
			different := eval[[]string](b, `{
				const inOrder = (value) => value && typeof value === "object" && !Array.isArray(value)
					? Object.fromEntries(Object.keys(value).sort().map((key) => [key, inOrder(value[key])]))
					: Array.isArray(value) ? value.map(inOrder) : value;
				const same = (a, b) => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
				// Of a decision, a page is told only what it asks.
				const asked = ({ decision, ...match }) => ({ ...match, decision: decision && Object.fromEntries(Object.keys(told.shape ?? decision).map((name) => [name, decision[name]])) });
				told.shape = [...told.values()].flat().find(({ decision }) => decision)?.decision;
				[...told].flatMap(([key, matches]) => [key, "\n " + key + "\n"]
					.filter((text) => !same(errkbLookup.explain(text).map(asked), matches))
					.map((text) => JSON.stringify(text) + ": " + JSON.stringify(errkbLookup.explain(text)) + ", told " + JSON.stringify(matches)))
			}`)
			for _, text := range different {
				t.Error(text)
			}
			codes, told := 0, eval[[]string](b, "[...told.keys()]")
			for _, a := range c.APIs {
				for _, e := range a.Codes {
					if codes++; e.Kind == classify.KindCode && slices.Contains(told, e.Code) {
						codes--
					}
				}
			}
			t.Logf("%d keys told, %d codes not", len(told), codes)
			if len(told) < codes {
				t.Errorf("only %d keys are told", len(told))
			}
		})
	}
}

// TestBeforeLookup holds back the lookup: a bare key is answered without it, and the same as
// with it, and no other text is answered until it is there.
func TestBeforeLookup(t *testing.T) {
	b, release := openWithout(t, "lookup.js")
	shown := func(key string) {
		t.Helper()
		do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "`+key+`" && !document.getElementById("verdict").inert`))
	}
	put(b, "ERROR_ZERO_BALANCE\n")
	shown("ERROR_ZERO_BALANCE")
	early := eval[string](b, `document.getElementById("verdict").innerHTML`)
	put(b, "got ERROR_WRONG_USER_KEY today")
	do(b, chromedp.Poll[bool](`document.getElementById("verdict").textContent === "Looking it up…"`))
	// No round trip is left for when the lookup is there: the verdict is loaded already.
	shelf := "/cards/" + strconv.Itoa(model.Shelf("ERROR_WRONG_USER_KEY", shippedCatalog(t).Shelves())) + ".js"
	if !slices.ContainsFunc(b.asked(), func(address string) bool { return strings.HasSuffix(address, shelf) }) {
		t.Errorf("no %s among %q", shelf, b.asked())
	}
	release()
	shown("ERROR_WRONG_USER_KEY")
	put(b, "ERROR_ZERO_BALANCE\n")
	shown("ERROR_ZERO_BALANCE")
	if late := eval[string](b, `document.getElementById("verdict").innerHTML`); late != early || !strings.Contains(late, "Exact.") {
		t.Errorf("before the lookup the page says\n%s\nand with it\n%s", early, late)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestShelfLate holds back the shelf of a bare key: the lookup answers, which is there.
func TestShelfLate(t *testing.T) {
	shelf := strconv.Itoa(model.Shelf("ERROR_ZERO_BALANCE", shippedCatalog(t).Shelves())) + ".js"
	b, release := openWithout(t, "keys/"+shelf)
	put(b, "ERROR_ZERO_BALANCE\n")
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "ERROR_ZERO_BALANCE" && !document.getElementById("verdict").inert`))
	early := eval[string](b, `document.getElementById("verdict").innerHTML`)
	release()
	do(b, chromedp.Poll[bool](`performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/keys/`+shelf+`"))`))
	if late := eval[string](b, `document.getElementById("verdict").innerHTML`); late != early {
		t.Errorf("first the page says\n%s\nand then\n%s", early, late)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestChangedSite has the verdicts of a site that was made again after the page was opened,
// where entries have other numbers: another entry's verdict is not shown, and nor is none.
func TestChangedSite(t *testing.T) {
	for name, others := range map[string]string{"others": "[...all.slice(1), all[0]]", "none": "[]"} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			b.visit(must(t, shippedSite).overHTTP("index.html"))
			eval[struct{}](b, `{
				const own = errkbCards;
				errkbCards = (shelf) => {
					const all = Object.values(shelf), others = `+others+`;
					own(Object.fromEntries(Object.keys(shelf).slice(0, others.length).map((number, i) => [number, others[i]])));
				};
			}; null`)
			for _, text := range []string{"ERROR_ZERO_BALANCE", "got ERROR_ZERO_BALANCE today"} {
				put(b, text)
				do(b, chromedp.Poll[bool](`document.getElementById("verdict").textContent.includes("the site has changed, load the page again") && !document.getElementById("verdict").inert`))
				put(b, "")
			}
			for _, problem := range b.trouble() {
				t.Error(problem)
			}
		})
	}
}
