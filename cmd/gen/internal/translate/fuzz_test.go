package translate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/translate"
)

// FuzzUpdate: whatever an overlay holds, there is no panic, and what comes of it lacks no
// translation, stays when it is done once more, and is read without an error.
func FuzzUpdate(f *testing.F) {
	content, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		f.Fatal(err)
	}
	spec := []check.Source{{Name: "shop.yaml", Content: content}}
	paths, err := filepath.Glob("testdata/*.de.*.yaml")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no overlays: %v", err)
	}
	for _, path := range paths {
		overlay, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(overlay)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		overlay := check.Source{Name: "shop.de.yaml", Content: content}
		catalogs, problems := check.LoadAll(spec, overlay)
		if (catalogs == nil) != diag.HasErrors(problems) {
			t.Errorf("there are catalogs: %v, and an error: %v", catalogs != nil, diag.HasErrors(problems))
		}
		result := translate.Update(spec, overlay, false)
		if result.Content == nil {
			return
		}
		again := translate.Update(spec, check.Source{Name: overlay.Name, Content: result.Content}, false)
		if !bytes.Equal(again.Content, result.Content) {
			t.Errorf("a second run changes\n%s\nto\n%s", result.Content, again.Content)
		}
		if again.Translated != result.Translated || again.Missing != result.Missing || again.Unknown != result.Unknown {
			t.Errorf("%d translated and %d missing are %d and %d the next time", result.Translated, result.Missing, again.Translated, again.Missing)
		}
	})
}
