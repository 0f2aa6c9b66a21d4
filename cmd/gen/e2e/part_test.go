package e2e_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// surestOf returns what a page shows whole of matches: those that are as sure as the first,
// and of them, beside what is decided on a reply with its status, only what is decided.
const surestOf = `(matches) => matches && JSON.stringify(matches.filter((match) => {
	const [first] = matches;
	const isClass = first.entry.kind === "status" && match.entry.kind === "status_class" && match.entry.code[0] === first.entry.code[0];
	return (isClass || match.confidence === first.confidence) && !(!match.decision && first.decision?.status);
}).map(({ count, ...match }) => match))`

// TestSurestFirst asks the first part of the lookup alone, and wants each verdict that it
// dares to give to be that of both parts.
func TestSurestFirst(t *testing.T) {
	t.Parallel()
	b := openTab(t)
	for name, c := range map[string]*model.Catalog{
		"shipped": shippedCatalog(t),
		"hostile": hostileCatalog(t),
		"odd":     loadCatalog(t, "odd.yaml", []byte(lookuptest.OddSpec)),
		"forms":   loadCatalog(t, "forms.yaml", []byte(lookuptest.FormsSpec)),
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			var texts []string
			for wire := range lookuptest.Examples(c) {
				texts = append(texts, wire)
			}
			texts = append(texts, lookuptest.Texts(c, 1, 2000)...)
			for _, whole := range lookuptest.Wholes(c, 11, 1000) {
				texts = append(texts, whole.Text, "It failed:\n"+whole.Text, whole.Text+"\nERROR_ZERO_BALANCE, connection refused")
			}
			b.visit("about:blank")
			x := lookup.New(c)
			first, rest := x.Scripts("errors.yaml")
			eval[struct{}](b, string(first)+"\n;null")
			eval[struct{}](b, `var rows = new Map(), asked = 0, errkbKeys = (number, keys, codes) => rows.set(number, codes); null`)
			for _, shelf := range x.BareKeys("errors.yaml") {
				eval[struct{}](b, string(shelf)+";null")
			}
			// Each shelf is there only the second time that somebody asks for it.
			eval[struct{}](b, `var surest = `+surestOf+`; var early = [], lacking = new Set();
				var shelf = (code) => {
					let hash = 2166136261;
					for (const letter of code) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
					const number = (hash >>> 0) % rows.size;
					asked++;
					if (lacking.has(number)) return rows.get(number);
					lacking.add(number);
				};
				var explain = (text) => surest(errkbLookup.explain(text, undefined, shelf)); null`)
			inParts(texts, func(part string) {
				eval[struct{}](b, `for (const text of `+part+`) early.push(surest(errkbLookup.explain(text)) ?? explain(text) ?? explain(text)); null`)
			})
			if asked := eval[int](b, "asked"); asked < c.Shelves() {
				t.Errorf("of %d shelves, only %d were asked for", c.Shelves(), asked)
			}
			eval[struct{}](b, string(rest)+"\n;null")
			at, told := 0, 0
			inParts(texts, func(part string) {
				answers := eval[[]struct {
					Text, Early, Late string
					IsEarly           bool
				}](b, part+`.map((text, i) => ({ text, early: early[`+strconv.Itoa(at)+` + i] ?? "", isEarly: early[`+strconv.Itoa(at)+` + i] !== undefined, late: surest(errkbLookup.explain(text)) }))`)
				at += len(answers)
				for _, answer := range answers {
					if !answer.IsEarly {
						continue
					}
					if told++; answer.Early != answer.Late {
						t.Errorf("%q: first %s, then %s", answer.Text, answer.Early, answer.Late)
					}
				}
			})
			t.Logf("%d of %d texts", told, len(texts))
			if told < len(texts)/20 {
				t.Errorf("only %d of %d texts are answered by the first part", told, len(texts))
			}
		})
	}
}

// inParts hands on texts as lists in JavaScript, some at a time.
func inParts(texts []string, do func(part string)) {
	for len(texts) > 0 {
		n := min(500, len(texts))
		quoteds := make([]string, n)
		for i, text := range texts[:n] {
			quoteds[i] = quoted(text)
		}
		do("[" + strings.Join(quoteds, ",") + "]")
		texts = texts[n:]
	}
}

// TestWordsLate holds back the second part of the lookup: a reply is answered without it, and
// the verdict stays when it is there; a sentence is answered only then.
func TestWordsLate(t *testing.T) {
	b, release := openWithout(t, "words.js")
	put(b, "got ERROR_ZERO_BALANCE today")
	do(b, chromedp.Poll[bool](`document.getElementById("verdict").textContent === "Looking it up…"`))
	put(b, "HTTP/1.1 429 Too Many Requests\nRetry-After: 12\n\n{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}\nconnection refused")
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "RATE_LIMIT_EXCEEDED" && !document.getElementById("verdict").inert`))
	const verdicts = `Array.from(document.querySelectorAll("#verdict article"), (verdict) => verdict.outerHTML).join()`
	early := eval[string](b, verdicts)
	eval[struct{}](b, `window.told = []; new MutationObserver(() => told.push(document.querySelector("[role=status]").textContent))
		.observe(document.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true }); null`)
	release()
	do(b, chromedp.Poll[bool](`document.getElementById("verdict").textContent.includes("Also found")`))
	if late := eval[string](b, verdicts); late != early || !strings.Contains(late, "wait 12 to 13 s") {
		t.Errorf("first the page says\n%s\nand then\n%s", early, late)
	}
	if told := eval[[]string](b, "told"); len(told) > 0 {
		t.Errorf("told %q again", told)
	}
	put(b, "got ERROR_ZERO_BALANCE today")
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === "ERROR_ZERO_BALANCE"`))
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}
