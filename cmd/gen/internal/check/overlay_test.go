package check_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

const overlaySpec = `format: 1
title: Shop errors
site: https://errors.example.com/
categories:
  broken: {action: fail}
  busy: {title: Busy, action: retry}
policies:
  soon: {base: 1s, retries: 3}
apis:
  shop:
    operations: {pay_now: {method: POST}, list: {title: List, method: GET}}
    reply: [{json: {code: [/code]}}]
    overrides: [{when: {header: X-Retry}, retry: soon, fix: Obey}]
    transport: {timeout: {category: busy, retry: soon, fix: Wait}}
    codes:
      NO_MONEY:
        category: broken
        message: no money
        fix: Top up
        reply: Please top up, {{meaning}}.
        variants:
          - {when: {status: 402}, fix: Pay first}
          - {when: {status: 403}, details: Ask us}
        lookalikes: [{code: TOO_MANY, difference: That one waits}]
      TOO_MANY: {category: busy, retry: soon, meaning: Too many calls, fix: Wait, by_operation: {list: {fix: Ask later}, pay_now: {retry: {base: 1s, retries: 5}}}}
    checklist: [Log it, Read it]
    troubleshooting: [{issue: Slow, cause: Far, fix: Move}]
`

const overlayOfSpec = `format: 1
language: de
translates: s.yaml
title: Fehler
categories:
  broken: {title: Kaputt}
apis:
  shop:
    title: Laden
    operations: {pay_now: {title: Bezahlen}}
    overrides: {1: {fix: Gehorchen}}
    transport: {timeout: {meaning: Keine Antwort, fix: Warten}}
    codes:
      NO_MONEY:
        meaning: Kein Geld
        fix: Aufladen
        reply: Bitte aufladen, {{meaning}}.
        variants: {1: {fix: Erst bezahlen}, 2: {details: Uns fragen}}
        lookalikes: {1: {difference: Jener wartet}}
      TOO_MANY: {fix: "", by_operation: {list: {fix: Später fragen}}}
    checklist: {2: Lesen}
    troubleshooting: {1: {cause: Weit}}
`

// TestOverlay looks at what comes of a spec and its overlay: the texts of the overlay,
// and of the spec where the overlay has none; all else is the same.
func TestOverlay(t *testing.T) {
	catalogs, _ := check.LoadAll([]check.Source{{Name: "s.yaml", Content: []byte(overlaySpec)}},
		check.Source{Name: "s.de.yaml", Content: []byte(overlayOfSpec)})
	if len(catalogs) != 2 {
		t.Fatalf("%d catalogs", len(catalogs))
	}
	english, german := catalogs[0], catalogs[1]
	shop := german.APIs[0]
	money, many := shop.Codes[0], shop.Codes[1]
	editions := []model.Edition{{Language: "en", Name: "English"}, {Language: "de", Name: "Deutsch", Folder: "de/"}}
	for _, c := range []struct {
		name      string
		want, got any
	}{
		{"language of the spec", "en", english.Language},
		{"folder of the spec", "", english.Folder},
		{"title of the spec", "Shop errors", english.Title},
		{"meaning of the spec", "no money", english.APIs[0].Codes[0].Meaning},
		{"address of the spec", "https://errors.example.com/c/shop/no-money.html", english.APIs[0].Codes[0].URL()},
		{"language", "de", german.Language},
		{"folder", "de/", german.Folder},
		{"editions", editions, german.Editions},
		{"editions of the spec", editions, english.Editions},
		{"address", "https://errors.example.com/de/c/shop/no-money.html", money.URL()},
		{"Go name", "NoMoney", money.Go},
		{"title", "Fehler", german.Title},
		{"title in place of a key", "Kaputt", german.Categories[0].Title},
		{"title that is missing", "Busy", german.Categories[1].Title},
		{"title of an API", "Laden", shop.Title},
		{"title of an operation", "Bezahlen", shop.Operations[0].Title},
		{"meaning in place of the API's message", "Kein Geld", money.Meaning},
		{"the API's message", "no money", money.Message},
		{"placeholder", "Bitte aufladen, Kein Geld.", money.Answer},
		{"a variant's own", "Erst bezahlen", money.Variants[0].Fix},
		{"a variant's from the entry", "Aufladen", money.Variants[1].Fix},
		{"a later variant's", "Uns fragen", money.Variants[1].Details},
		{"look-alike", "Jener wartet", money.LookAlikes[0].Difference},
		{"empty", "Wait", many.Fix},
		{"by operation", "Später fragen", many.Overrides[0].Fix},
		{"override", "Gehorchen", shop.Overrides[0].Fix},
		{"failure", "Warten", shop.Transport[0].Fix},
		{"meaning in place of the usual one", "Keine Antwort", shop.Transport[0].Meaning},
		{"list", []string{"Log it", "Lesen"}, shop.Checklist},
		{"part of an item", model.Trouble{Issue: "Slow", Cause: "Weit", Fix: "Move"}, shop.Troubleshooting[0]},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestOverlayLanguage(t *testing.T) {
	for file, want := range map[string]string{
		"errors.de.yaml": "de", "errors.pt-br.yaml": "pt-BR", "errors.zh-Hant.yaml": "zh-Hant",
		"errors.yaml": "", "errors.schema.yaml": "", "errors.de.yml": "", "other.de.yaml": "", "errors.jp.yaml": "", "errors.v2.yaml": "", "errorsde.yaml": "", "de.yaml": "", "errors.de": "",
	} {
		got, ok := check.OverlayLanguage("errors.yaml", file)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s is in %q, %t; want %q", file, got, ok, want)
		}
	}
}

func TestIsOverlay(t *testing.T) {
	for content, want := range map[string]bool{
		overlaySpec:   false,
		overlayOfSpec: true,
		"format: 1\nlanguage: de\ncategories: {}\n": false,
		"format: 1\nlanguage: de\ntitle: x\n":       true,
		"\"translates\" : x\n":                      true,
		"format: 1\ntitle: 'translates: x'\n":       false,
		"format: 1\napis: {x: {}}\n":                false,
	} {
		if got := check.IsOverlay([]byte(content)); got != want {
			t.Errorf("%q is an overlay: %t", content, got)
		}
	}
}
