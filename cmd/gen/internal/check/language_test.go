package check_test

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// TestPlaceholderLanguage requires what stands for a placeholder or for a missing meaning
// in the language of the text: that of the spec or of the overlay. The language en-XA has ⟦ and ⟧ around all that
// the author has not written.
func TestPlaceholderLanguage(t *testing.T) {
	source := func(start string) []check.Source {
		return []check.Source{{Name: "s.yaml", Content: []byte(start + `
format: 1
categories:
  busy: {action: retry}
policies:
  pause: {base: 5s, retries: 3, within: 2m}
apis:
  shop:
    statuses:
      429: {category: busy, meaning: Busy, fix: Wait, retry: pause, reply: "Wait {{wait}}, for {{within}}."}
      5xx: {category: busy, fix: Wait, retry: pause}
`)}}
	}
	for _, test := range []struct {
		language string
		want     []string
	}{
		{"", []string{"Wait 5 seconds, for 2 minutes.", "Wait ⟦5 seconds⟧, for ⟦2 minutes⟧."}},
		{"language: en-XA", []string{"Wait ⟦5 seconds⟧, for ⟦2 minutes⟧."}},
	} {
		overlay := check.Source{Name: "s.en-XA.yaml", Content: []byte("format: 1\nlanguage: en-XA\ntranslates: s.yaml\n")}
		overlays := []check.Source{overlay}[:len(test.want)-1]
		catalogs, problems := check.LoadAll(source(test.language), overlays...)
		if len(catalogs) != len(test.want) {
			t.Fatal(problems)
		}
		for i, want := range test.want {
			if got := catalogs[i].APIs[0].Statuses[0].Answer; got != want {
				t.Errorf("language %d of %q: got %q, want %q", i, test.language, got, want)
			}
			meaning := "Server error"
			if i == 1 || test.language != "" {
				meaning = "⟦Server error⟧"
			}
			if got := catalogs[i].APIs[0].Classes[0].Meaning; got != meaning {
				t.Errorf("language %d of %q: got %q, want %q", i, test.language, got, meaning)
			}
		}
	}
}
