package cli_test

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// overlayIn returns an overlay of the spec that writeSpec writes.
func overlayIn(language, meaning string) string {
	return "format: 1\nlanguage: " + language + "\ntranslates: errors.yaml\ntitle: " + strings.ToUpper(language) +
		"\ncategories: {wrong: {title: w}}\napis: {myapi: {title: My API, codes: {LOST: {meaning: " + meaning + ", fix: f}}}}\n"
}

// inLanguages makes a module with a spec in English and overlays, by their names.
func inLanguages(t *testing.T, overlays map[string]string) {
	t.Helper()
	inModule(t)
	writeSpec(t, "errors.yaml", "My API errors", "myapi")
	for name, content := range overlays {
		writeFile(t, name, content)
	}
}

var (
	pageLanguage = regexp.MustCompile(`<html lang="([^"]+)"`)
	alternate    = regexp.MustCompile(`<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">`)
	switchLink   = regexp.MustCompile(`<li><a href="([^"]+)" hreflang="([^"]+)" lang="([^"]+)">`)
)

// switches requires of every page of a site in some languages, the spec's first, that its
// switch and its head lead to the same page in each other one, which then leads back.
func switches(t *testing.T, root, published string, languages ...string) {
	t.Helper()
	pages := contents(t, root)
	n := 0
	for name, page := range pages {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		folder, bare := "", name
		if first, rest, ok := strings.Cut(name, "/"); ok && slices.Contains(languages[1:], first) {
			folder, bare = first, rest
		}
		own := languages[0]
		if folder != "" {
			own = folder
		}
		if got := pageLanguage.FindStringSubmatch(page); got == nil || got[1] != own {
			t.Fatalf("%s is in %q, want %s", name, got, own)
		}
		at := func(language string) string {
			if language == languages[0] || language == "x-default" {
				return bare
			}
			return language + "/" + bare
		}
		stands := strings.HasPrefix(bare, "for-customers/") || bare == "widget.html" // alone
		linked := make(map[string]bool)
		for _, found := range switchLink.FindAllStringSubmatch(page, -1) {
			linked[found[2]] = true
			target := path.Join(path.Dir(name), found[1])
			if found[2] != found[3] || target != at(found[2]) || pages[target] == "" {
				t.Errorf("%s: %s leads to %s", name, found[0], target)
			}
		}
		told := make(map[string]bool)
		for _, found := range alternate.FindAllStringSubmatch(page, -1) {
			told[found[1]] = true
			if published != "" {
				if found[2] != published+at(found[1]) {
					t.Errorf("%s: %s", name, found[0])
				}
			} else if path.Join(path.Dir(name), found[2]) != at(found[1]) {
				t.Errorf("%s: %s", name, found[0])
			}
		}
		wantLinked, wantTold := make(map[string]bool), make(map[string]bool)
		for _, language := range languages {
			if !stands && len(languages) > 1 {
				wantLinked[language], wantTold[language], wantTold["x-default"] = language != own, true, true
			}
		}
		delete(wantLinked, own)
		if diff := cmp.Diff(wantLinked, linked); diff != "" {
			t.Errorf("%s: the switch (-want +got):\n%s", name, diff)
		}
		if bare == "widget.html" { // which says where it is in the others, and has no switch
			continue
		}
		if diff := cmp.Diff(wantTold, told); diff != "" {
			t.Errorf("%s: the head (-want +got):\n%s", name, diff)
		}
		n++
	}
	if n < 15*len(languages) {
		t.Errorf("%d pages in %v", n, languages)
	}
}

// TestTwoOverlays makes docs and site in three languages, and then in others: with tags in
// any case, of scripts and of private use.
func TestTwoOverlays(t *testing.T) {
	inLanguages(t, map[string]string{
		"errors.pt-br.yaml":   overlayIn("pt-BR", "Perdido"),
		"errors.sr-Latn.yaml": overlayIn("sr-latn", "Izgubljen"),
		"errors.x-shop.yaml":  overlayIn("x-shop", "gone"),
	})
	args := []string{"generate", "--spec", "errors.yaml", "--go", "gen", "--docs", "docs", "--site", "site"}
	made := func(folders, removed string) {
		t.Helper()
		stdout, _, status := run("", append(args, "--check")...)
		if status != 1 || !strings.Contains(stdout, removed) {
			t.Errorf("--check before: exit status %d without %q\n%.2000s", status, removed, stdout)
		}
		_, stderr, status := run("", args...)
		if status != 0 || !strings.HasPrefix(stderr, "gen: ") {
			t.Fatalf("exit status %d\n%s", status, stderr)
		}
		if stdout, _, status := run("", append(args, "--check")...); status != 0 {
			t.Errorf("--check after: exit status %d\n%s", status, stdout)
		}
		if folders != "" {
			linksLead(t, "docs")
		}
		linksLead(t, "site")
		switches(t, "site", "", strings.Fields("en "+folders)...)
		for root, wanted := range map[string]string{"docs": "myapi " + folders, "site": "action api c cards category for-customers keys " + folders} {
			var got []string
			entries, err := os.ReadDir(root)
			for _, entry := range entries {
				if entry.IsDir() {
					got = append(got, entry.Name())
				}
			}
			want := strings.Fields(wanted)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("folders of %s, %v (-want +got):\n%s", root, err, diff)
			}
		}
	}
	made("pt-BR sr-Latn x-shop", "site/pt-BR/c/myapi/lost.html: missing\n")
	for name, want := range map[string]string{
		"site/pt-BR/c/myapi/lost.html": "Perdido",
		"docs/sr-Latn/myapi/lost.md":   "Izgubljen",
		"docs/x-shop/myapi/lost.md":    "[English](../../myapi/lost.md) · [Português](../../pt-BR/myapi/lost.md) · [Srpski](../../sr-Latn/myapi/lost.md)\n",
		"site/llms.txt":                "- [Português](pt-BR/llms.txt): pt-BR\n",
		"site/sr-Latn/llms.txt":        "- [x-shop](../x-shop/llms.txt): x-shop\n",
	} {
		if content, err := os.ReadFile(name); err != nil || !strings.Contains(string(content), want) {
			t.Errorf("%s does not hold %q: %v", name, want, err)
		}
	}
	stdout, stderr, status := run("", "replies", "--spec", "errors.yaml", "--format", "json", "--language", "PT-br")
	if status != 0 || !strings.Contains(stdout, `"meaning": "Perdido"`) {
		t.Errorf("replies: exit status %d\n%s%s", status, stdout, stderr)
	}
	os.Remove("errors.x-shop.yaml")
	os.Remove("errors.pt-br.yaml")
	writeFile(t, "errors.zh-hant.yaml", overlayIn("zh-Hant", "x"))
	made("sr-Latn zh-Hant", "site/x-shop/for-customers/c/myapi/lost.html: orphaned, no longer made\n")
	os.Remove("errors.sr-Latn.yaml")
	os.Remove("errors.zh-hant.yaml")
	if _, stderr, status := run("", args...); status != 1 || !strings.Contains(stderr, "gen: docs: ") || !strings.Contains(stderr, "gen: site: ") {
		t.Errorf("two of three languages less: exit status %d\n%s", status, stderr)
	}
	args = append(args, "--allow-removal")
	made("", "docs/sr-Latn/myapi/lost.md: orphaned, no longer made\n")
}

// TestOverlayOfGerman makes a published site of a spec in German that has English texts.
func TestOverlayOfGerman(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "Fehler", "myapi")
	spec, _ := os.ReadFile("errors.yaml")
	writeFile(t, "errors.yaml", "language: de\nsite: https://errors.example.com/x/\n"+string(spec))
	writeFile(t, "errors.en.yaml", overlayIn("en", "It's gone"))
	if _, stderr, status := run("", "site", "--spec", "errors.yaml", "--out", "site"); status != 0 {
		t.Fatal(stderr)
	}
	linksLead(t, "site")
	switches(t, "site", "https://errors.example.com/x/", "de", "en")
	for name, want := range map[string]string{
		"site/en/c/myapi/lost.html": `<link rel="canonical" href="https://errors.example.com/x/en/c/myapi/lost.html">`,
		"site/c/myapi/lost.html":    `<link rel="alternate" hreflang="x-default" href="https://errors.example.com/x/c/myapi/lost.html">`,
		"site/en/index.html":        "Skip to the content",
		"site/index.html":           "Zum Inhalt",
		"site/llms.txt":             "- [English](https://errors.example.com/x/en/llms.txt): en\n",
		"site/en/llms.txt":          "- [Deutsch](https://errors.example.com/x/llms.txt): de\n",
		"site/en/opensearch.xml":    `template="https://errors.example.com/x/en/index.html#q={searchTerms}"`,
	} {
		if content, err := os.ReadFile(name); err != nil || !strings.Contains(string(content), want) {
			t.Errorf("%s does not hold %q: %v", name, want, err)
		}
	}
}

// TestOverlaysOfTwoSpecs keeps the overlays of two specs in one folder apart.
func TestOverlaysOfTwoSpecs(t *testing.T) {
	inLanguages(t, map[string]string{
		"errors.de.yaml":    overlayIn("de", "weg"),
		"errors.v2.fr.yaml": strings.Replace(overlayIn("fr", "perdu"), "errors.yaml", "errors.v2.yaml", 1),
	})
	writeSpec(t, "errors.v2.yaml", "My second API errors", "myapi")
	for spec, language := range map[string]string{"errors.yaml": "de", "errors.v2.yaml": "fr"} {
		if _, stderr, status := run("", "site", "--spec", spec, "--out", "of-"+language); status != 0 {
			t.Fatal(stderr)
		}
		switches(t, "of-"+language, "", "en", language)
		if stdout, _, status := run("", "check", "--spec", spec); stdout != "" || status != 0 {
			t.Errorf("%s: exit status %d\n%s", spec, status, stdout)
		}
	}
}

// TestOverlayLineEnds makes the same of an overlay with the line ends of Windows.
func TestOverlayLineEnds(t *testing.T) {
	inLanguages(t, map[string]string{"errors.de.yaml": overlayIn("de", "weg")})
	args := []string{"site", "--spec", "errors.yaml", "--out", "site"}
	if _, stderr, status := run("", args...); status != 0 {
		t.Fatal(stderr)
	}
	writeFile(t, "errors.de.yaml", strings.ReplaceAll(overlayIn("de", "weg"), "\n", "\r\n"))
	if stdout, _, status := run("", append(args, "--check")...); status != 0 {
		t.Errorf("exit status %d\n%s", status, stdout)
	}
	if stdout, stderr, status := run("", "translate", "--spec", "errors.yaml", "--check"); stdout+stderr != "" || status != 0 {
		t.Errorf("translate: exit status %d\n%s%s", status, stdout, stderr)
	}
}

// TestOverlayProblems tells what is wrong with each overlay with its place, and writes
// nothing where that is an error.
func TestOverlayProblems(t *testing.T) {
	good := overlayIn("de", "weg")
	for name, test := range map[string]struct {
		overlays map[string]string
		status   int
		want     []string
	}{
		"two in one language": {map[string]string{"errors.he.yaml": overlayIn("he", "x"), "errors.iw.yaml": overlayIn("iw", "x")}, 1,
			[]string{`errors.iw.yaml:2:11: error: the overlay "errors.he.yaml" is in he too [bad-language]`}},
		"no language in the name": {map[string]string{"errors.german.yaml": good}, 1,
			[]string{"errors.german.yaml:2:11: error: ", "rename it to errors.de.yaml"}},
		"another extension": {map[string]string{"errors.de.yml": good}, 1, []string{"rename it to errors.de.yaml"}},
		"missing, stale and unknown": {map[string]string{
			"errors.de.yaml": strings.Replace(good, "title: DE\n", "", 1),
			"errors.es.yaml": overlayIn("es", "ido") + "digests:\n  /apis/myapi/codes/LOST/meaning: 00000000 " + hashOfIdo + "\n",
			"errors.fr.yaml": strings.Replace(overlayIn("fr", "perdu"), "LOST", "LOOST", 1),
		}, 1, []string{
			"errors.de.yaml:1:1: warning: not translated: title [missing-text]",
			"errors.es.yaml:6:55: warning: the text that this translates has changed since [stale-text]",
			`errors.fr.yaml:6:39: error: the spec has no code "LOOST" [unknown-text]`,
			"hint: did you mean \"LOST\"?",
		}},
		"broken":      {map[string]string{"errors.de.yaml": good + "apis: [\n", "errors.fr.yaml": overlayIn("fr", "perdu")}, 1, []string{"errors.de.yaml:7:7: error: ", "[syntax]"}},
		"no spec":     {map[string]string{"errors.de.yaml": "format: 1\nlanguage: de\ntitle: x\n"}, 1, []string{"errors.de.yaml:1:1: error: the overlay has no translates, which is required"}},
		"a good one":  {map[string]string{"errors.de.yaml": good}, 0, nil},
		"not for it":  {map[string]string{"errors.v2.yaml": strings.Replace(good, "errors.yaml", "other.yaml", 1), "errors.v2.de.yaml": "title: x\n"}, 0, nil},
		"a text more": {map[string]string{"errors.de.yaml": strings.Replace(good, "fix: f", "fix: f, reply: x", 1)}, 1, []string{"errors.de.yaml:6:68: error: the spec has no such text to translate [unknown-text]"}},
	} {
		t.Run(name, func(t *testing.T) {
			inLanguages(t, test.overlays)
			stdout, _, status := run("", "check", "--spec", "errors.yaml")
			if status != test.status || len(test.want) == 0 && stdout != "" {
				t.Errorf("check: exit status %d\n%s", status, stdout)
			}
			for _, want := range test.want {
				if !strings.Contains(stdout, want) {
					t.Errorf("nothing says %q in\n%s", want, stdout)
				}
			}
			if test.status == 0 {
				return
			}
			before := contents(t, ".")
			for _, args := range [][]string{{"generate", "--go", "gen", "--docs", "docs"}, {"site", "--out", "site"}} {
				if _, stderr, status := run("", append(args, "--spec", "errors.yaml")...); status != 1 || !strings.Contains(stderr, "nothing is written") {
					t.Errorf("%s: exit status %d\n%s", args[0], status, stderr)
				}
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(contents(t, ".")))); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
		})
	}
}

// hashOfIdo is how a digest knows the translation "ido".
const hashOfIdo = "0bd7668e"

// TestOverlayInPlaceOfASpec names the spec of an overlay, and checks the two together, even
// where the overlay can't be read or has another name.
func TestOverlayInPlaceOfASpec(t *testing.T) {
	broken := overlayIn("de", "weg") + "apis: [\n"
	for _, test := range []struct {
		file, content, args string
		status              int
		want                string
	}{
		{"errors.de.yaml", broken, "check", 1, "errors.de.yaml is an overlay; checking it with its spec, errors.yaml\n"},
		{"errors.de.yaml", broken, "check", 1, "errors.de.yaml:7:7: error: "},
		{"errors.de.yaml", broken, "translate", 2, "errors.de.yaml is an overlay; name the spec that it translates: --spec errors.yaml\n"},
		{"errors.de.yaml", broken, "site --out site", 2, "errors.de.yaml is an overlay; name the spec"},
		{"errors.de.yaml", overlayIn("de", "weg"), "serve --addr 127.0.0.1:0", 2, "errors.de.yaml is an overlay; name the spec"},
		{"fehler.yaml", overlayIn("de", "weg"), "check", 1, `fehler.yaml:2:11: error: the name of the overlay, "fehler.yaml", does not say its language [bad-overlay]`},
		{"errors.de.yaml", "format: 1\nlanguage: de\n", "check", 1, "errors.de.yaml:1:1: error: the overlay has no translates"},
	} {
		inLanguages(t, map[string]string{test.file: test.content})
		stdout, stderr, status := run("", append(strings.Fields(test.args), "--spec", test.file)...)
		if status != test.status || !strings.Contains(stdout+stderr, test.want) {
			t.Errorf("%s of %s: exit status %d, want %d and %q in\n%s%s", test.args, test.file, status, test.status, test.want, stdout, stderr)
		}
		if _, err := os.Stat(filepath.Join("site")); err == nil {
			t.Errorf("%s of %s writes", test.args, test.file)
		}
	}
}
