package translate_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/translate"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestUpdate brings overlays up to date: NAME.de.before.yaml becomes NAME.de.after.yaml,
// and that stays.
func TestUpdate(t *testing.T) {
	spec := []check.Source{{Name: "shop.yaml", Content: read(t, "testdata/shop.yaml")}}
	paths, err := filepath.Glob("testdata/*.before.yaml")
	if err != nil || len(paths) < 3 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			before := read(t, path)
			result := translate.Update(spec, check.Source{Name: "shop.de.yaml", Content: before}, false)
			after := strings.Replace(path, ".before.", ".after.", 1)
			if *update {
				if err := os.WriteFile(after, result.Content, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(read(t, after)), string(result.Content)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%v", after, diff, result.Problems)
			}
			if again := translate.Update(spec, check.Source{Name: "shop.de.yaml", Content: result.Content}, false); string(again.Content) != string(result.Content) {
				t.Errorf("a second run changes it (-first +second):\n%s", cmp.Diff(string(result.Content), string(again.Content)))
			}
			withCR := []byte(strings.ReplaceAll(string(before), "\n", "\r\n"))
			want := strings.ReplaceAll(string(result.Content), "\n", "\r\n")
			if got := translate.Update(spec, check.Source{Name: "shop.de.yaml", Content: withCR}, false); string(got.Content) != want {
				t.Errorf("with line ends of CRLF (-want +got):\n%s", cmp.Diff(want, string(got.Content)))
			}
		})
	}
}

func TestAccept(t *testing.T) {
	spec := []check.Source{{Name: "shop.yaml", Content: read(t, "testdata/shop.yaml")}}
	overlay := check.Source{Name: "shop.de.yaml", Content: read(t, "testdata/stale.de.before.yaml")}
	if stale := translate.Update(spec, overlay, false).Stale; stale != 1 {
		t.Fatalf("%d texts are stale, want 1", stale)
	}
	accepted := translate.Update(spec, overlay, true)
	overlay.Content = accepted.Content
	if again := translate.Update(spec, overlay, false); accepted.Stale != 0 || again.Stale != 0 {
		t.Errorf("%d texts are stale, and %d the next time", accepted.Stale, again.Stale)
	}
}

// TestNotesInTexts keeps what looks like a note and is part of a text.
func TestNotesInTexts(t *testing.T) {
	spec := []check.Source{{Name: "shop.yaml", Content: read(t, "testdata/shop.yaml")}}
	overlay := "format: 1\nlanguage: de\ntranslates: shop.yaml\n#| a note\ncategories:\n  broken:\n    summary: >\n      Eins\n      #| zwei\n      drei\n    #| another\n    title: Kaputt\n"
	result := translate.Update(spec, check.Source{Name: "shop.de.yaml", Content: []byte(overlay)}, false)
	if got := string(result.Content); !strings.Contains(got, "      #| zwei\n") || strings.Contains(got, "a note") || strings.Contains(got, "another") {
		t.Errorf("it is\n%s", got)
	}
}

func TestUnreadable(t *testing.T) {
	spec := []check.Source{{Name: "shop.yaml", Content: read(t, "testdata/shop.yaml")}}
	for name, overlay := range map[string]string{
		"no YAML":        "format: 1\nlanguage: [",
		"a key too many": "format: 1\nlanguage: de\ntranslates: shop.yaml\npolicies: {}\n",
		"of another":     "format: 1\nlanguage: de\ntranslates: other.yaml\n",
		"all in braces":  "{\nformat: 1,\nlanguage: de,\ntranslates: shop.yaml, title: Fehler}\n",
		"ended":          "format: 1\nlanguage: de\ntranslates: shop.yaml\ntitle: Fehler\n...\n",
		"not further in": "format: 1\nlanguage: de\ntranslates: shop.yaml\ntitle: \"Fehler\nim Laden\"\n",
	} {
		result := translate.Update(spec, check.Source{Name: "shop.de.yaml", Content: []byte(overlay)}, false)
		if result.Content != nil || len(result.Problems) == 0 {
			t.Errorf("%s: %d bytes, problems %v", name, len(result.Content), result.Problems)
		}
	}
}

// TestEveryText writes another text into each place of a new overlay: all of them are in
// the catalog that comes of it, and none of the spec's is.
func TestEveryText(t *testing.T) {
	page := string(read(t, filepath.Join("..", "..", "..", "..", "docs", "spec-format.md")))
	_, rest, _ := strings.Cut(page, "```yaml\nformat: 1\ntitle")
	example, _, _ := strings.Cut(rest, "```")
	for name, content := range map[string][]byte{
		"shipped": read(t, filepath.Join("..", "..", "..", "..", "spec", "errors.yaml")),
		"example": []byte("format: 1\ntitle" + example),
	} {
		spec := []check.Source{{Name: "errors.yaml", Content: content}}
		overlay := check.Source{Name: "errors.de.yaml", Content: translate.Start("errors.yaml", "de")}
		overlay.Content = translate.Update(spec, overlay, false).Content
		n := 0
		overlay.Content = regexp.MustCompile(`""`).ReplaceAllFunc(overlay.Content, func([]byte) []byte {
			n++
			return fmt.Appendf(nil, "Text%dt", n)
		})
		texts, problems := check.Texts(spec, overlay)
		if len(texts) != n {
			t.Fatalf("%s: %d texts, want %d; %v", name, len(texts), n, problems)
		}
		catalogs, _ := check.LoadAll(spec, overlay)
		if len(catalogs) != 2 {
			t.Fatalf("%s: %d catalogs", name, len(catalogs))
		}
		all := dump(catalogs[1])
		for _, text := range texts {
			if !strings.Contains(all, text.Text) {
				t.Errorf("%s: the text of %s is not in the catalog", name, text.Pointer())
			}
			if strings.Contains(all, text.Source) && len(text.Source) > 30 {
				t.Errorf("%s: the catalog has the text of the spec of %s: %s", name, text.Pointer(), text.Source)
			}
		}
	}
}
