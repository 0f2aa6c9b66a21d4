package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// script returns one of the scripts that the checks run in a page.
func script(t testing.TB, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// view is how a page is looked at.
type view struct {
	scheme string
	width  int64
}

// views are the combinations of what is asked for. The first of each width has both schemes
// among them.
var views = []view{{"light", 320}, {"dark", 768}, {"light", 1280}, {"dark", 320}, {"light", 768}, {"dark", 1280}}

// fewViews are those of pages that are long, and have their like among the others.
var fewViews = []view{{"light", 320}, {"dark", 1280}}

// viewProblems runs the checks of what a page looks like that need no knowledge
// of it, and returns what they find, with the name of the check before it.
func viewProblems(b *tab) []string {
	b.t.Helper()
	var problems []string
	add := func(check string, texts ...string) {
		for _, text := range texts {
			problems = append(problems, check+": "+text)
		}
	}
	add("width", eval[[]string](b, script(b.t, "browser/width.js"))...)
	colours := eval[struct {
		Low   []string `json:"low"`
		Pairs int      `json:"pairs"`
	}](b, script(b.t, "browser/contrast.js"))
	add("contrast", colours.Low...)
	texts := 10
	if eval[bool](b, isWidget) { // which has little to look at
		texts = 3
	}
	if colours.Pairs < texts {
		add("contrast", fmt.Sprintf("hardly any text was found: %d", colours.Pairs))
	}
	add("drawing", eval[[]string](b, script(b.t, "browser/drawing.js"))...)
	return problems
}

const isWidget = `document.body.classList.contains("widget")`

// axeProblems runs axe, which takes longer than all other checks, and returns what it finds.
func axeProblems(b *tab) []string {
	b.t.Helper()
	if !eval[bool](b, `"axe" in window`) {
		eval[struct{}](b, script(b.t, "node_modules/axe-core/axe.min.js")+"\n;null")
	}
	found := eval[struct {
		Rules  int      `json:"rules"`
		Broken []string `json:"broken"`
	}](b, script(b.t, "browser/axe.js"))
	rules := 20
	if eval[bool](b, isWidget+` || location.pathname.includes("/for-customers/")`) { // where many have nothing to look at
		rules = 15
	}
	problems := found.Broken
	if found.Rules < rules {
		problems = append(problems, "hardly any rule was run")
	}
	for i := range problems {
		problems[i] = "axe: " + problems[i]
	}
	return problems
}

// show gives a tab the window and the scheme of a view.
func (b *tab) show(v view) {
	b.t.Helper()
	b.size(v.width, 800)
	b.theme(v.scheme)
	if !eval[bool](b, fmt.Sprintf("innerWidth === %d && matchMedia(%q).matches", v.width, "(prefers-color-scheme: "+v.scheme+")")) {
		b.t.Fatalf("the tab does not show its page as in %v", v)
	}
}

// checkViews looks at a page in its present state, in some views. Of what a scheme changes,
// axe sees the contrast alone, which viewProblems holds in every view, so axe runs once a width.
func checkViews(t *testing.T, b *tab, what string, views ...view) {
	t.Helper()
	widths := make(map[int64]bool)
	for _, v := range views {
		b.show(v)
		problems := viewProblems(b)
		if !widths[v.width] {
			widths[v.width] = true
			problems = append(problems, axeProblems(b)...)
		}
		for _, problem := range problems {
			t.Errorf("%s, %s, %d px: %s", what, v.scheme, v.width, problem)
		}
	}
}

// states are what a page may become after it is loaded, by what is pasted there.
var states = []struct{ name, pasted string }{
	{"a verdict", `{"success":false,"code":"RATE_LIMIT_EXCEEDED"}`},
	{"several verdicts", "ERROR_ZERO_BALANCE, ERROR_PAGEURL, ERROR_GOOGLEKEY, ERROR_IP_BANNED and HTTP/1.1 429"},
	{"a guess", "ERROR_ZERO_BALANSE"},
	{"two answers", "MODEL_ERROR"},
	{"several APIs", "status 500"},
	{"not known", "there is nothing of ours in this sentence"},
}

// TestViews looks at a page of each kind, and at all that the first page may
// become, in both themes and at three widths; in fewer ways at the hostile pages, which are
// long and make their trouble everywhere, and at the book in other languages, whose markup is
// that of the first. A page is loaded as the first view has it, and changes with the window
// and the scheme.
func TestViews(t *testing.T) {
	t.Parallel()
	tabs := newTurns(t)
	for _, site := range sites(t) {
		for _, path := range site.kinds(t) {
			views := views
			if site.name() == "hostile" || strings.HasSuffix(path, "/book.html") {
				views = fewViews
			}
			t.Run(site.name()+"/"+path, func(t *testing.T) {
				t.Parallel()
				b := tabs.take(t)
				b.show(views[0])
				b.visit(site.overHTTP(path))
				checkViews(t, b, path, views...)
			})
		}
	}
	site := must(t, shippedSite)
	for _, state := range states {
		t.Run(state.name, func(t *testing.T) {
			t.Parallel()
			b := tabs.take(t)
			b.show(views[0])
			b.visit(site.overHTTP("index.html"))
			paste(b, state.pasted)
			checkViews(t, b, state.name, views...)
		})
	}
}

// TestQuiet loads a page of each kind from a server, in a folder and under a
// strict policy, and from the disk. Nothing is reported, fails or comes from
// elsewhere.
func TestQuiet(t *testing.T) {
	t.Parallel()
	for _, site := range sites(t) {
		// From one to the other a tab changes its process, so each has its own.
		for name, at := range map[string]func(string) string{"http": site.overHTTP, "file": site.onDisk} {
			t.Run(site.name()+" "+name, func(t *testing.T) {
				t.Parallel()
				b := openTab(t)
				for _, path := range site.kinds(t) {
					address := at(path)
					b.visit(address)
					for _, problem := range b.trouble() {
						t.Errorf("%s: %s", address, problem)
					}
					root := strings.TrimSuffix(address, path)
					for _, asked := range b.asked() {
						if !strings.HasPrefix(asked, root) && !strings.HasPrefix(asked, "data:") {
							t.Errorf("%s asks for %s", address, asked)
						}
					}
				}
			})
		}
	}
}

// badPage has one of everything that the checks are to find.
const badPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bad</title></head><body><main><h1>Bad</h1>
<p style="color: #888; background: #999">Pale.</p><p style="width: 2000px">Wide.</p>
<svg width="100" height="50"><title>Drawn</title><desc>So</desc><text y="20" style="font-size: 10px">Small</text></svg>
<img src="https://example.com/x.png"><script>console.error("said"); window.__hacked = 1; absent()</script></main></body></html>`

// TestChecks runs the checks on a page that they must not let through.
func TestChecks(t *testing.T) {
	bad := &built{dir: filepath.Join(scratch, "sites", "bad")}
	if err := os.MkdirAll(bad.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bad.dir, "index.html"), []byte(badPage), 0o644); err != nil {
		t.Fatal(err)
	}
	b := openTab(t)
	b.size(320, 800)
	b.visit(bad.onDisk("index.html"))
	found := strings.Join(slices.Concat(viewProblems(b), axeProblems(b), b.trouble(), b.asked(), code(t, badPage)), "\n")
	for _, want := range []string{
		"width: the page", "width: sticks out", "contrast: \"Pale.\"", "drawing: \"Small\"", "axe: color-contrast", "axe: image-alt",
		"console error", "exception", "https://example.com/x.png", "a script", "the attribute style",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("the checks do not find %q:\n%s", want, found)
		}
	}
	b.visit(bad.overHTTP("index.html"))
	if found := strings.Join(b.trouble(), "\n"); !strings.Contains(found, "Content Security Policy") {
		t.Errorf("the policy is not in force:\n%s", found)
	}
}
