package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// fieldText returns what the field holds.
func fieldText(b *tab) string {
	b.t.Helper()
	return eval[string](b, `document.getElementById("paste").value`)
}

// seen returns the texts that a selector finds and that can be seen.
func seen(b *tab, selector string) []string {
	b.t.Helper()
	return eval[[]string](b, "[...document.querySelectorAll("+quoted(selector)+")].filter((e) => e.checkVisibility()).map((e) => e.textContent.trim())")
}

// TestPasteReplaces pastes one question after another: each takes the place of the one
// before, and undo brings that back. Into what was typed, it goes where it is pasted.
func TestPasteReplaces(t *testing.T) {
	for name, address := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			allowClipboard(b)
			b.visit(address)
			pasteKeys(b, "ERROR_ZERO_BALANCE")
			pasteKeys(b, "MODEL_ERROR")
			if got := fieldText(b); got != "MODEL_ERROR" {
				t.Errorf("after another paste, the field holds %q", got)
			}
			undo(b)
			if got := fieldText(b); got != "ERROR_ZERO_BALANCE" || !strings.Contains(answer(b), "No funds") {
				t.Errorf("after undo, the field holds %q, answered with\n%s", got, answer(b))
			}
			press(b, kb.End)
			press(b, " ")
			pasteKeys(b, "MODEL_ERROR")
			if got := fieldText(b); !strings.Contains(got, "ERROR_ZERO_BALANCE") || !strings.Contains(got, "MODEL_ERROR") {
				t.Errorf("pasted into what was typed, the field holds %q", got)
			}
		})
	}
}

// TestEscape clears the field and the answer; undo brings both back.
func TestEscape(t *testing.T) {
	b := openTab(t)
	allowClipboard(b)
	b.visit(must(t, shippedSite).onDisk("index.html"))
	pasteKeys(b, "ERROR_ZERO_BALANCE")
	press(b, kb.Escape)
	do(b, chromedp.Poll[bool](`document.getElementById("verdict").innerText === ""`))
	if got := fieldText(b); got != "" {
		t.Errorf("after Escape, the field holds %q", got)
	}
	undo(b)
	if got := fieldText(b); got != "ERROR_ZERO_BALANCE" || !strings.Contains(answer(b), "No funds") {
		t.Errorf("after undo, the field holds %q, answered with\n%s", got, answer(b))
	}
}

// TestPasteOnAnyPage pastes on the page of a code: the text goes to the first page and is
// answered there. The address keeps none of it.
func TestPasteOnAnyPage(t *testing.T) {
	site := must(t, shippedSite)
	const page, text = "c/captchaai/error-pageurl.html", "100 % of “ERROR_ZERO_BALANCE” & more\n#2"
	for name, address := range map[string]string{"http": site.overHTTP(page), "file": site.onDisk(page)} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			allowClipboard(b)
			b.visit(address)
			eval[struct{}](b, "navigator.clipboard.writeText("+quoted(text)+").then(() => null)")
			pressPaste(b)
			b.run(chromedp.WaitReady(chromedp.CSS("#verdict .verdict")))
			if got := fieldText(b); got != text || !strings.Contains(answer(b), "No funds") {
				t.Errorf("the field holds %q, answered with\n%s", got, answer(b))
			}
			if got := eval[string](b, "location.hash"); got != "" {
				t.Errorf("the address ends with %s", got)
			}
			for _, asked := range b.asked() {
				if path, _, _ := strings.Cut(asked, "#"); strings.Contains(path, "ZERO") && !strings.Contains(path, "error-zero") {
					t.Errorf("asked for %s", asked)
				}
			}
		})
	}
}

// TestHandedText opens the first page with a text in its address.
func TestHandedText(t *testing.T) {
	site := must(t, shippedSite)
	for _, test := range []struct{ address, want string }{
		{site.onDisk("index.html") + "#q=ERROR_ZERO%20BALANCE", "ERROR_ZERO BALANCE"},
		{site.overHTTP("index.html") + "#q=100%+ERROR_ZERO_BALANCE", "100%+ERROR_ZERO_BALANCE"},
	} {
		b := openTab(t)
		b.visit(test.address)
		b.run(chromedp.WaitReady(chromedp.CSS("#verdict .verdict")))
		if got := fieldText(b); got != test.want || !strings.Contains(answer(b), "No funds") {
			t.Errorf("%s: the field holds %q, answered with\n%s", test.address, got, answer(b))
		}
	}
}

// TestSureness looks at what tells an exact answer from a guess.
func TestSureness(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "It says: error_zero_balance today")
	if got := seen(b, "#verdict .found mark"); !slices.Equal(got, []string{"error_zero_balance"}) {
		t.Errorf("marked %q", got)
	}
	if len(seen(b, "#verdict .primary")) == 0 || len(seen(b, "#verdict .verdict.guess")) > 0 {
		t.Errorf("an exact answer looks like a guess:\n%s", answer(b))
	}
	paste(b, "ERROR_ZERO_BALANSE")
	if got := seen(b, "#verdict .compared dd"); !slices.Equal(got, []string{"ERROR_ZERO_BALANSE", "ERROR_ZERO_BALANCE"}) {
		t.Errorf("compared %q", got)
	}
	if got := seen(b, "#verdict .compared mark"); !slices.Equal(got, []string{"S", "C"}) {
		t.Errorf("marked as different: %q", got)
	}
	if len(seen(b, "#verdict .primary")) > 0 || len(seen(b, "#verdict .verdict.guess")) != 1 {
		t.Error("a guess looks like an exact answer")
	}
}

// TestAPISwitch asks about what two APIs can say, and says which the customer uses.
func TestAPISwitch(t *testing.T) {
	t.Parallel()
	for name, address := range addresses(t) {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			b.visit(address)
			paste(b, "500")
			keys := func() []string { return seen(b, "#verdict .kind a:first-of-type") }
			if got := keys(); len(got) != 2 {
				t.Fatalf("verdicts of %q", got)
			}
			expectAnswer(b)
			click(b, `#verdict button[data-api="captchaai"]`)
			awaitAnswer(b)
			if got := keys(); !slices.Equal(got, []string{"CaptchaAI"}) {
				t.Errorf("of CaptchaAI, got verdicts of %q", got)
			}
			b.visit(address)
			paste(b, "status 500")
			if got := keys(); !slices.Equal(got, []string{"CaptchaAI"}) {
				t.Errorf("the choice is forgotten: verdicts of %q", got)
			}
			paste(b, "MODEL_ERROR")
			if got := answer(b); !strings.Contains(got, "this is FastCaptcha’s") {
				t.Errorf("an error of the other API is answered with\n%s", got)
			}
		})
	}
}

// TestProgramSwitch shows the answer for the customer's program, which the text may tell.
func TestProgramSwitch(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	const both = "client own"
	for _, test := range []struct{ text, want string }{
		{"MODEL_ERROR", both},
		{"$ curl -s https://example.com\n{\"code\": \"MODEL_ERROR\"}", "own"},
		{"Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nMODEL_ERROR", "own"},
		{"Error: MODEL_ERROR\n    at solve (/srv/app.js:10:5)", "own"},
		{"AxiosError: MODEL_ERROR", "own"},
		{"AxiosError [ERR_BAD_RESPONSE]: Request failed with status code 500 { code: 'MODEL_ERROR' }", "own"},
		{"Request failed with status code 500: MODEL_ERROR", "own"},
		{"requests.exceptions.HTTPError: 500 Server Error: MODEL_ERROR for url: https://example.com/", "own"},
		{"HTTPSConnectionPool(host='example.com', port=443): Max retries exceeded with url: / (MODEL_ERROR)", "own"},
		{"curl https://example.com/solve says MODEL_ERROR", "own"},
		{"curl: (22) The requested URL returned error: 500 MODEL_ERROR", "own"},
		{"* Connected to example.com (192.0.2.1) port 443\n> POST /solve HTTP/1.1\n>\n< HTTP/1.1 500 Internal Server Error\n<\n{\"success\":false,\"code\":\"MODEL_ERROR\"}", "own"},
		{"java.io.IOException: Server returned HTTP response code: 500 for URL: https://example.com MODEL_ERROR", "own"},
		{"com.example.SolveException: MODEL_ERROR\n\tat com.example.Solver.solve(Solver.java:42)", "own"},
		{"com.example.SolveException: MODEL_ERROR\n\tat com.example.Solver.solve(Unknown Source)", "own"},
		{"System.Net.Http.HttpRequestException: Response status code does not indicate success: 500. MODEL_ERROR", "own"},
		{"Unhandled exception. Solver.SolveException: MODEL_ERROR\n   at Solver.Program.Main() in C:\\solver\\Program.cs:line 42", "own"},
		{"PHP Fatal error:  Uncaught GuzzleHttp\\Exception\\ServerException: MODEL_ERROR", "own"},
		{"PHP Warning:  MODEL_ERROR in /srv/solve.php on line 12", "own"},
		{"#0 /srv/solve.php(12): solve()\nMODEL_ERROR", "own"},
		{"Post \"https://example.com/solve\": MODEL_ERROR", "own"},
		{"Error: connect ECONNREFUSED 192.0.2.1:443, before MODEL_ERROR", "own"},
		{"Net::ReadTimeout, then MODEL_ERROR", "own"},
		{"On Monday you wrote:\n> HTTP/1.1 500 Internal Server Error\n>\n> {\"success\":false,\"code\":\"MODEL_ERROR\"}", both},
		{"We look at 10 requests (of 12) and get MODEL_ERROR", both},
		{"Post \"https://example.com/solve\": code MODEL_ERROR; stopped after 3 attempts: no retry is left", "client"},
		{"code MODEL_ERROR; stopped after 3 attempts: no retry is left", "client"},
	} {
		pasteAtOnce(b, test.text)
		got := eval[string](b, `[...document.querySelectorAll("#verdict [data-for]")].filter((e) => e.checkVisibility()).map((e) => e.dataset.for).join(" ")`)
		if got != test.want {
			t.Errorf("%q: answers for %q are shown, want %q", test.text, got, test.want)
		}
	}
	click(b, `#program [value="own"]`)
	if got := strings.Join(seen(b, "#verdict [data-for] .over"), " "); !strings.Contains(got, "another program") || strings.Contains(got, "retries automatically") {
		t.Errorf("for another program: %s", got)
	}
	pasteAtOnce(b, "ERROR_ZERO_BALANCE")
	if len(seen(b, "#program")) > 0 {
		t.Error("where the answer is the same for all, there is a switch")
	}
}

// TestDecided pastes whole replies: the answers are those to the reply, with its wait, and
// the verdict looks like what is decided.
func TestDecided(t *testing.T) {
	t.Parallel()
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	limited := func(wait string) string {
		return "HTTP/1.1 429 Too Many Requests\nRetry-After: " + wait + "\n\n" + `{"success": false, "code": "RATE_LIMIT_EXCEEDED"}`
	}
	const thisTime = "This time, FastCaptcha asks for a wait of "
	for _, test := range []struct {
		text, class string
		answers     int
		want        string
	}{
		{limited("12"), "retry", 2, thisTime + "12 seconds."},
		{limited("120"), "retry", 2, thisTime + "2 minutes."},
		{limited("90"), "retry", 2, thisTime + "1 minute 30 seconds."},
		{limited("3600"), "fail", 1, "Please try again in 1 h"},
		{"POST https://ocr.captchaai.com/in.php\nHTTP/1.1 502 Bad Gateway\n\n<html>", "fail", 1, "Please check whether the request was carried out"},
		{"RATE_LIMIT_EXCEEDED", "retry", 2, ""},
	} {
		pasteAtOnce(b, test.text)
		if !eval[bool](b, `document.querySelector("#verdict .verdict").matches(".`+test.class+`")`) {
			t.Errorf("%q: the verdict does not look like %s", test.text, test.class)
		}
		got := seen(b, "#verdict .answer .text")
		if len(got) != test.answers || !strings.Contains(got[0], test.want) || test.want == "" && strings.Contains(got[0], thisTime) {
			t.Errorf("%q: the answers are %q, want %d with %q", test.text, got, test.answers, test.want)
		}
	}
}

// TestAnnounced hears of all that is found, and what to do.
func TestAnnounced(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "ERROR_ZERO_BALANCE, ERROR_PAGEURL, ERROR_GOOGLEKEY and ERROR_IP_BANNED")
	told := eval[string](b, `document.querySelector("[role=status]").textContent`)
	for _, want := range []string{"Exact. No funds, ERROR_ZERO_BALANCE of CaptchaAI. Stop and fix the account.", "ERROR_PAGEURL of CaptchaAI. Stop.", "Also found: ERROR_IP_BANNED of CaptchaAI."} {
		if !strings.Contains(told, want) {
			t.Errorf("told %q, which lacks %q", told, want)
		}
	}
}

// TestButtonNames wants each button of a page to say what it is for.
func TestButtonNames(t *testing.T) {
	t.Parallel()
	site := must(t, shippedSite)
	b := openTab(t)
	check := func(what string) {
		t.Helper()
		names := make(map[string]bool)
		for _, name := range seen(b, "button") {
			if names[name] {
				t.Errorf("%s: two buttons %q", what, name)
			}
			names[name] = true
		}
	}
	for _, page := range site.kinds(t) {
		b.visit(site.overHTTP(page))
		check(page)
	}
	b.visit(site.overHTTP("index.html"))
	for _, state := range states {
		paste(b, state.pasted)
		check(state.name)
	}
}

// TestPrintVerdict prints the page with an answer: the answer and nothing else.
func TestPrintVerdict(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "ERROR_ZERO_BALANCE, and then MODEL_ERROR")
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	text := eval[string](b, "document.body.innerText")
	for _, want := range []string{"No funds", "Prediction failed", "ERROR_ZERO_BALANCE", "Please top up the balance"} {
		if !strings.Contains(text, want) {
			t.Errorf("the print lacks %q:\n%s", want, text)
		}
	}
	for _, not := range []string{"What did the customer send?", "Copy", "ERROR_PAGEURL", "Show only"} {
		if strings.Contains(text, not) {
			t.Errorf("the print has %q", not)
		}
	}
}

// TestPhone pastes on a phone: the answer comes up.
func TestPhone(t *testing.T) {
	b := openTab(t)
	b.size(360, 640)
	b.theme("light")
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	pasteAtOnce(b, "ERROR_ZERO_BALANCE")
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict h2").getBoundingClientRect().bottom < innerHeight / 2`))
	if top := eval[float64](b, `document.getElementById("verdict").getBoundingClientRect().top`); top < 0 {
		t.Errorf("the answer starts %v px over the screen", -top)
	}
}

// TestFilter filters the tables of the first page.
func TestFilter(t *testing.T) {
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	all := len(seen(b, ".entries tbody tr"))
	click(b, "#filter")
	for _, letter := range "BALANCE captchaai" {
		press(b, string(letter))
	}
	if got := seen(b, ".entries tbody th"); !slices.Equal(got, []string{"ERROR_ZERO_BALANCE"}) {
		t.Errorf("filtered: %q", got)
	}
	if got := seen(b, ".entries"); len(got) != 1 {
		t.Errorf("%d tables are shown", len(got))
	}
	eval[struct{}](b, `{ const field = document.getElementById("filter"); field.value = ""; field.dispatchEvent(new Event("input")); }; null`)
	if got := len(seen(b, ".entries tbody tr")); got != all {
		t.Errorf("%d rows are shown, not %d", got, all)
	}
}

// TestReasonSpelling pastes codes in lower case: a reason that begins with one keeps it as
// it was sent.
func TestReasonSpelling(t *testing.T) {
	spec := filepath.Join(t.TempDir(), "errors.yaml")
	const text = "format: 1\ncategories: {request: {action: fail, who: developer}}\napis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    codes:\n" +
		"      card_declined: {category: request, meaning: Declined, fix: Ask}\n      card_error_*: {category: request, meaning: At fault, fix: Ask}\n"
	if err := os.WriteFile(spec, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	site := must(t, func() (*built, error) { return buildSite("spelling", spec) })
	b := openTab(t)
	b.visit(site.onDisk("index.html"))
	for sent, want := range map[string]string{
		"the API says card_error_stolen_7": " card_error_stolen_7 is not listed; it starts as card_error_*.",
		"the API says card_declined now":   " Found card_declined in the text.",
	} {
		paste(b, sent)
		if got := answer(b); !strings.Contains(got, want) {
			t.Errorf("%s: the answer lacks %q:\n%s", sent, want, got)
		}
	}
}
