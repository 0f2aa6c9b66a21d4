package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestPrevious says in the docs what changed since an older spec. A run knows that one too
// before it concludes that there is nothing to do.
func TestPrevious(t *testing.T) {
	spec := shopSpec(t)
	inShop(t, spec, t.TempDir())
	for name, content := range map[string]string{
		"older.yaml":   strings.Replace(string(spec), "meaning: ", "meaning: Once ", 1),
		"bad.yaml":     "format: 1\n",
		"shop.de.yaml": "format: 1\nlanguage: de\ntranslates: shop.yaml\ntitle: Laden\n",
	} {
		writeOver(t, name, content)
	}
	step := func(name string, want made, args ...string) {
		t.Helper()
		got := generated(args...)
		if got.renders != want.renders || got.status != want.status || !strings.Contains(got.said, want.said) {
			t.Errorf("%s: %+v\nwant %+v", name, got, want)
		}
	}
	page := func(name string) string {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		return string(content)
	}
	step("first", made{1, 0, "gen: wrote "}, "--previous", "older.yaml")
	if got := page("docs/changes.md"); !strings.Contains(got, "\n# What changed\n") && !strings.HasPrefix(got, "# What changed\n") || !strings.Contains(got, "`meaning`: `Once ") {
		t.Errorf("what changed:\n%s", got)
	}
	if got := page("docs/de/changes.md"); !strings.HasPrefix(got, "# Änderungen\n") || !strings.Contains(got, "[English](../changes.md)") {
		t.Errorf("what changed, in German:\n%s", got)
	}
	step("site", made{1, 0, "gen: wrote "}, "--previous", "older.yaml", "--site", "site")
	for name, heading := range map[string]string{"site/changes.html": "Since the previous version", "site/de/changes.html": "Seit der vorigen Version"} {
		if got := page(name); !strings.Contains(got, "<h2>"+heading+"</h2>") || !strings.Contains(got, "<code>meaning</code>: <code>Once ") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	step("site again", made{0, 0, ""}, "--previous", "older.yaml", "--site", "site", "--check")
	alone := func(args ...string) made {
		var said bytes.Buffer
		s := &session{stdin: strings.NewReader(""), stdout: &said, stderr: &said}
		status := s.run(append([]string{"site", "--spec", "shop.yaml", "--out", "alone"}, args...))
		return made{s.renders, status, said.String()}
	}
	if got := alone("--previous", "older.yaml"); got.status != 0 || page("alone/changes.html") != page("site/changes.html") {
		t.Errorf("the site alone: %+v\n%s", got, page("alone/changes.html"))
	}
	if got := alone(); got.status != 0 || got.renders != 1 || strings.Contains(page("alone/changes.html"), "Since the previous version") {
		t.Errorf("the site without a previous spec: %+v", got)
	}
	step("docs", made{1, 0, "gen: wrote "}, "--previous", "older.yaml")
	step("again", made{0, 0, "all up to date"}, "--previous", "older.yaml")
	step("with --check", made{0, 0, ""}, "--previous", "older.yaml", "--check")

	content, err := os.ReadFile("older.yaml")
	if err != nil {
		t.Fatal(err)
	}
	writeOver(t, "older.yaml", string(bytes.Replace(content, []byte("Once"), []byte("Twice"), 1)))
	step("another previous spec", made{1, 1, "docs/changes.md: "}, "--previous", "older.yaml", "--check")
	step("another previous spec, written", made{1, 0, "gen: wrote 2 of "}, "--previous", "older.yaml")
	step("the same spec", made{1, 0, "gen: wrote 2 of "}, "--previous", "shop.yaml")
	if got := page("docs/changes.md"); !strings.Contains(got, "Nothing that a program or a reader would notice has changed") {
		t.Errorf("nothing changed:\n%s", got)
	}
	step("none", made{1, 0, "removed docs/changes.md"})
	step("a broken one", made{0, 1, "bad.yaml has "}, "--previous", "bad.yaml")
	step("none of that name", made{0, 2, "gone.yaml"}, "--previous", "gone.yaml")
	var said bytes.Buffer
	s := &session{stdin: strings.NewReader(""), stdout: &said, stderr: &said}
	if status := s.run([]string{"generate", "--spec", "shop.yaml", "--go", "code", "--previous", "older.yaml"}); status != 2 || !strings.Contains(said.String(), "flag --previous needs --docs or --site") {
		t.Errorf("without docs: exit status %d\n%s", status, said.String())
	}
}
