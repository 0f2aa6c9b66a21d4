package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// TestTexts lists the texts of a spec with their translations: those that are missing, and
// what stands for a text that the spec leaves out, too.
func TestTexts(t *testing.T) {
	spec := strings.Replace(overlaySpec, "    codes:\n",
		"    statuses: {5xx: {category: broken, fix: Call}, 404: {category: broken, fix: Look}}\n    unknown: {category: broken, fix: Tell}\n    unrecognised: {category: broken, fix: Show}\n    codes:\n      A/~*: {category: broken, fix: Slash}\n", 1)
	stale := &check.Text{Source: "Shop", Text: "Fehler"}
	overlay := strings.Replace(overlayOfSpec, "apis:\n", "digests: {/title: "+stale.Digest()+", /categories/broken/title: 00 00}\napis:\n", 1)
	texts, problems := check.Texts([]check.Source{{Name: "s.yaml", Content: []byte(spec)}}, check.Source{Name: "s.de.yaml", Content: []byte(overlay)})
	var got []string
	for _, text := range texts {
		line := text.Pointer() + " " + text.Source + " = " + text.Text
		if text.Stale {
			line += ", stale"
		}
		got = append(got, line)
	}
	want := []string{
		"/title Shop errors = Fehler, stale",
		"/categories/broken/title Broken = Kaputt",
		"/categories/busy/title Busy = ",
		"/apis/shop/title shop = Laden",
		"/apis/shop/operations/pay_now/title Pay now = Bezahlen",
		"/apis/shop/operations/list/title List = ",
		"/apis/shop/overrides/1/fix Obey = Gehorchen",
		"/apis/shop/unknown/meaning A code that the catalog does not list = ",
		"/apis/shop/unknown/fix Tell = ",
		"/apis/shop/unrecognised/meaning A reply in no known form = ",
		"/apis/shop/unrecognised/fix Show = ",
		"/apis/shop/transport/timeout/meaning No answer in time = Keine Antwort",
		"/apis/shop/transport/timeout/fix Wait = Warten",
		"/apis/shop/statuses/5xx/meaning Server error = ",
		"/apis/shop/statuses/5xx/fix Call = ",
		"/apis/shop/statuses/404/meaning Not Found = ",
		"/apis/shop/statuses/404/fix Look = ",
		"/apis/shop/codes/A~1~0*/meaning A code that starts with A/~ = ",
		"/apis/shop/codes/A~1~0*/fix Slash = ",
		"/apis/shop/codes/NO_MONEY/meaning no money = Kein Geld",
		"/apis/shop/codes/NO_MONEY/fix Top up = Aufladen",
		"/apis/shop/codes/NO_MONEY/reply Please top up, {{meaning}}. = Bitte aufladen, {{meaning}}.",
		"/apis/shop/codes/NO_MONEY/variants/1/fix Pay first = Erst bezahlen",
		"/apis/shop/codes/NO_MONEY/variants/2/details Ask us = Uns fragen",
		"/apis/shop/codes/NO_MONEY/lookalikes/1/difference That one waits = Jener wartet",
		"/apis/shop/codes/TOO_MANY/meaning Too many calls = ",
		"/apis/shop/codes/TOO_MANY/fix Wait = ",
		"/apis/shop/codes/TOO_MANY/by_operation/list/fix Ask later = Später fragen",
		"/apis/shop/checklist/1 Log it = ",
		"/apis/shop/checklist/2 Read it = Lesen",
		"/apis/shop/troubleshooting/1/issue Slow = ",
		"/apis/shop/troubleshooting/1/cause Far = Weit",
		"/apis/shop/troubleshooting/1/fix Move = ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if counts := rules(problems); counts["stale-text"] != 1 || counts["missing-text"] != 7 || len(counts) != 2 {
		t.Errorf("problems of %v", counts)
	}
	for _, pair := range [][2]string{{spec + "wrong: 1\n", overlay}, {strings.Replace(spec, "category: broken", "category: brken", 1), overlay}, {"", overlay}, {spec, "wrong: 1\n" + overlay}, {spec, ""}} {
		texts, problems := check.Texts([]check.Source{{Name: "s.yaml", Content: []byte(pair[0])}}, check.Source{Name: "s.de.yaml", Content: []byte(pair[1])})
		if texts != nil || len(problems) == 0 {
			t.Errorf("%d texts of a spec or an overlay with errors, and %d problems", len(texts), len(problems))
		}
	}
}

// TestIsOverlayOf takes an overlay for that of a spec by its name, or by what it says.
func TestIsOverlayOf(t *testing.T) {
	const silent, named = "format: 1\nlanguage: de\n", "format: 1\nlanguage: de\ntranslates: s.yaml\n"
	for _, test := range []struct {
		file, content string
		translates    string
		isOne         bool
	}{
		{"s.de.yaml", silent, "s.yaml", true},
		{"dir/s.de.yaml", silent, "s.yaml", true},
		{"s.de.yaml", named, "s.yaml", true},
		{"german.yaml", named, "s.yaml", true},
		{"german.yaml", silent, "", false},
		{"s.german.yaml", silent, "", false},
		{"other.de.yaml", silent, "other.yaml", false},
		{"s.de.yaml", overlaySpec, "s.yaml", false},
		{"s.de.yaml", "format: 1\nlanguage: de\ntranslates: t.yaml\n", "t.yaml", true}, // and check says that the two differ
		{"s.de.yaml", "language: de\n\t- [", "s.yaml", true},
	} {
		file := check.Source{Name: test.file, Content: []byte(test.content)}
		if got := check.Translates(file); got != test.translates {
			t.Errorf("%s translates %q, want %q", test.file, got, test.translates)
		}
		if got := check.IsOverlayOf("s.yaml", file); got != test.isOne {
			t.Errorf("%s is an overlay of s.yaml: %t", test.file, got)
		}
	}
}

// TestEditionNames tells languages apart that have the same name in themselves.
func TestEditionNames(t *testing.T) {
	var overlays []check.Source
	for _, tag := range []string{"pt", "pt-BR", "no", "sr-Latn", "la"} {
		overlays = append(overlays, check.Source{Name: "s." + tag + ".yaml", Content: []byte("format: 1\nlanguage: " + tag + "\ntranslates: s.yaml\n")})
	}
	catalogs, problems := check.LoadAll([]check.Source{{Name: "s.yaml", Content: []byte(overlaySpec)}}, overlays...)
	if len(catalogs) != 6 {
		t.Fatal(problems)
	}
	var got []string
	for _, edition := range catalogs[0].Editions {
		got = append(got, edition.Name)
	}
	if diff := cmp.Diff([]string{"English", "Português (pt)", "Português (pt-BR)", "Norsk", "Srpski", "la"}, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}
