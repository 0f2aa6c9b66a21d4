package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// addresses are how a person gets to the first page.
func addresses(t *testing.T) map[string]string {
	site := must(t, shippedSite)
	return map[string]string{"http": site.overHTTP("index.html"), "file": site.onDisk("index.html")}
}

// TestPasteToReply is the whole task: one paste into the page as it opens, one
// click, and the reply is on the clipboard.
func TestPasteToReply(t *testing.T) {
	for name, address := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			allowClipboard(b)
			b.visit(address)
			pasteKeys(b, "> \"Sorry, it failed again\"\n{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}")
			for _, want := range []string{"Exact.", "RATE_LIMIT_EXCEEDED", "Who has to act", "Does a retry help?", "What to answer"} {
				if !strings.Contains(answer(b), want) {
					t.Errorf("the answer lacks %q:\n%s", want, answer(b))
				}
			}
			// The answer for each sort of program has its own button.
			reply, own := shippedAnswers(t, "RATE_LIMIT_EXCEEDED")
			for _, want := range []struct{ button, text string }{
				{`#verdict button[data-copy^="reply-c"]`, reply},
				{`#verdict button[data-copy^="reply-own"]`, own},
			} {
				click(b, want.button)
				do(b, chromedp.Poll[bool]("document.querySelector("+strconv.Quote(want.button)+`).firstChild.data === "Copied"`))
				if got := copied(b); got != want.text {
					t.Errorf("%s copied\n%s\nwant\n%s", want.button, got, want.text)
				}
			}
			for _, problem := range b.trouble() {
				t.Error(problem)
			}
		})
	}
}

// shippedAnswers are the answers to one of the shipped codes, for customers whose program
// is the client and for others.
func shippedAnswers(t *testing.T, code string) (answer, own string) {
	t.Helper()
	for _, api := range shippedCatalog(t).APIs {
		for _, e := range api.Codes {
			if e.Code == code {
				return e.Answer, e.AnswerOwn
			}
		}
	}
	t.Fatalf("no code %s", code)
	return "", ""
}

// TestHandOn pastes a reply with a request id and a field, which stand in the answer that
// is copied, and then one without.
func TestHandOn(t *testing.T) {
	site, err := buildSite("places", "../internal/lookup/lookuptest/places.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b := openTab(t)
	allowClipboard(b)
	b.visit(site.overHTTP("index.html"))
	for _, test := range []struct{ text, want string }{
		{`{"error":{"code":"NO_ROOM_LEFT","id":"<b>r-1</b>","fields":["shelf"]}}`, "Tell us <b>r-1</b> and shelf."},
		{`{"error":{"code":"NO_ROOM_LEFT","fields":["shelf"]}}`, "Tell us (request id) and shelf."},
	} {
		paste(b, test.text)
		click(b, "#verdict button[data-copy]")
		awaitCopied(b)
		if got := copied(b); got != test.want {
			t.Errorf("%s: copied %q, want %q", test.text, got, test.want)
		}
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestAnswers pastes what is known, what is only near, several at once and what
// is not known, each after the other in one page.
func TestAnswers(t *testing.T) {
	t.Parallel()
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	for _, test := range []struct{ text, want, not string }{
		{"error zero balance", "ERROR_ZERO_BALANCE", "guess"},
		{"ERROR_ZERO_BALANSE", "Only a guess", "Exact."},
		{"ERROR_ZERO_BALANCE, before that ERROR_PAGEURL", "ERROR_PAGEURL", "We don’t know this"},
		{"HTTP/1.1 429 Too Many Requests", "429", "We don’t know this"},
		{"500", "Which one does the customer use?", "Also found"},
		{"There is nothing of ours in this sentence", "We don’t know this", "Exact."},
	} {
		paste(b, test.text)
		got := answer(b)
		if !strings.Contains(got, test.want) || strings.Contains(got, test.not) {
			t.Errorf("%q: want %q and not %q in the answer:\n%s", test.text, test.want, test.not, got)
		}
	}
	paste(b, "")
	if got := answer(b); got != "" {
		t.Errorf("an empty field is answered with %q", got)
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestNoFalseAllClear pastes replies that are not a success, and wants no page that says to use
// the result; and every example, which wants its own page first.
func TestNoFalseAllClear(t *testing.T) {
	t.Parallel()
	pages := make(map[string][]string)
	for wire, e := range lookuptest.Examples(shippedCatalog(t)) {
		pages[wire] = append(pages[wire], e.Address())
	}
	for name, address := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			b.visit(address)
			for _, text := range lookuptest.NoSuccess {
				pasteAtOnce(b, text)
				if got := answer(b); got == "" || eval[bool](b, `document.querySelector("#verdict .verdict.ok") !== null`) {
					t.Errorf("%q: got the answer\n%s", text, got)
				}
			}
			for wire, own := range pages {
				pasteAtOnce(b, wire)
				first := eval[string](b, `document.querySelector("#verdict .verdict h2 a").getAttribute("href")`)
				if !slices.Contains(own, strings.TrimSuffix(first, ".html")) {
					t.Errorf("%q: got %s first, want one of %s", wire, first, own)
				}
			}
			for _, problem := range b.trouble() {
				t.Error(problem)
			}
		})
	}
}

// TestCopyLink copies the link of a page of a code, which opens its page for customers. The
// address of a file leads no customer to it, so a page on a disk has no button that copies
// one, unless the spec says where the site is published.
func TestCopyLink(t *testing.T) {
	published := filepath.Join(scratch, "published.yaml")
	source, err := os.ReadFile("../../../spec/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(published, append(source, "\nsite: https://errors.example.com/\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	elsewhere, err := buildSite("published", published)
	if err != nil {
		t.Fatal(err)
	}
	const path = "c/captchaai/error-zero-balance.html"
	if elsewhere.files["for-customers/"+path] == "" {
		t.Error("the link leads nowhere")
	}
	for name, test := range map[string]struct {
		address, want string
	}{
		"served":             {must(t, shippedSite).overHTTP(path), must(t, shippedSite).overHTTP("for-customers/" + path)},
		"on a disk":          {must(t, shippedSite).onDisk(path), ""},
		"published, on disk": {elsewhere.onDisk(path), "https://errors.example.com/for-customers/" + path},
	} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			allowClipboard(b)
			b.visit(test.address)
			if shown := eval[bool](b, `document.querySelector("button[data-link]").checkVisibility()`); shown != (test.want != "") {
				t.Fatalf("the button is shown: %v", shown)
			}
			if test.want == "" {
				return
			}
			click(b, "button[data-link]")
			awaitCopied(b)
			if got := copied(b); got != test.want {
				t.Errorf("copied %s, want %s", got, test.want)
			}
		})
	}
}

// TestShortcut presses the key that goes to the field: while typing it is a
// character like any other, and it can be switched off for good.
func TestShortcut(t *testing.T) {
	site := must(t, shippedSite)
	b := openTab(t)
	field := func() string { return eval[string](b, `document.getElementById("paste").value`) }
	focused := func() bool { return eval[bool](b, `document.activeElement.id === "paste"`) }

	b.visit(site.overHTTP("index.html"))
	eval[struct{}](b, "document.activeElement.blur(); null")
	pressSlash(b)
	if !focused() || field() != "" {
		t.Errorf("the key does not go to the field, or is typed there: %q", field())
	}
	pressSlash(b)
	if field() != "/" {
		t.Errorf("typed in the field, the key gives %q", field())
	}

	b.visit(site.overHTTP("faq.html"))
	pressSlash(b)
	b.run(chromedp.WaitReady(chromedp.CSS("#paste")))

	click(b, "#shortcut")
	b.visit(site.overHTTP("index.html"))
	eval[struct{}](b, "document.activeElement.blur(); null")
	pressSlash(b)
	if focused() {
		t.Error("the key goes to the field although it is switched off")
	}
}

// TestKeyboard walks through a page of each kind with the Tab key: all that can
// be used is reached, in order, shows that it is, and lets go again.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	site := must(t, shippedSite)
	b := openTab(t)
	b.size(1280, 800)
	for _, path := range site.kinds(t) {
		if strings.HasSuffix(path, "book.html") { // in any language: the others hold all that it does
			continue
		}
		b.visit(site.overHTTP(path))
		eval[struct{}](b, script(t, "browser/focus.js"))
		count := eval[int](b, "focusable.length")
		eval[struct{}](b, "document.activeElement.blur(); null")
		press(b, strings.Repeat(kb.Tab, count))
		for _, problem := range eval[[]string](b, "focusProblems()") {
			t.Errorf("%s: %s", path, problem)
		}
	}
}

// TestPrint prints: the replies and the facts are there, the controls are not.
func TestPrint(t *testing.T) {
	t.Parallel()
	site := must(t, shippedSite)
	b := openTab(t)
	b.theme("dark")
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	for _, path := range []string{"book.html", "c/captchaai/error-zero-balance.html"} {
		b.visit(site.overHTTP(path))
		text := eval[string](b, "document.body.innerText")
		reply, _ := shippedAnswers(t, "ERROR_ZERO_BALANCE")
		if !strings.Contains(strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(reply), " ")) {
			t.Errorf("%s: the reply is not printed", path)
		}
		for _, selector := range []string{"body > header nav", "button", ".scripted"} {
			if eval[bool](b, "[...document.querySelectorAll("+quoted(selector)+")].some((e) => e.checkVisibility())") {
				t.Errorf("%s: %s is printed", path, selector)
			}
		}
		if pdf := do(b, chromedp.PrintToPDF()); len(pdf) == 0 {
			t.Errorf("%s: nothing is printed", path)
		}
	}
}
