package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// shipped returns the catalog of this repository.
func shipped(t testing.TB) []byte {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "spec", "errors.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// FuzzLoad: whatever the file holds, there is no panic, every place is inside
// the file, and what is passed is a catalog that can be used.
func FuzzLoad(f *testing.F) {
	for _, folder := range []string{"good", "bad"} {
		for _, source := range specs(f, folder) {
			f.Add(source)
		}
	}
	f.Add(shipped(f))
	f.Fuzz(func(t *testing.T, source []byte) {
		catalog, problems := check.Load("s.yaml", source)
		places(t, source, problems)
		if (catalog == nil) != diag.HasErrors(problems) {
			t.Errorf("there is a catalog: %v, and an error: %v", catalog != nil, diag.HasErrors(problems))
		}
		if catalog == nil {
			return
		}
		categories := map[string]bool{}
		for _, c := range catalog.Categories {
			if categories[c.Address()] || c.Slug == "" {
				t.Errorf("two categories have the page %q", c.Address())
			}
			categories[c.Address()] = true
		}
		for _, api := range catalog.APIs {
			addresses, names := map[string]bool{}, map[string]bool{}
			for _, e := range api.Entries() {
				if e.Category == nil || e.Category.Name == "" || e.Meaning == "" {
					t.Errorf("%s %q is not resolved: %+v", e.Kind, e.Code, e)
				}
				if e.Go != "" && names[e.Go] {
					t.Errorf("two entries are called %s", e.Go)
				}
				names[e.Go] = true
				pages := []string{e.Address()}
				for i := range e.Aliases {
					pages = append(pages, e.AliasAddress(i))
				}
				for _, page := range pages {
					if addresses[page] || strings.HasSuffix(page, "/") {
						t.Errorf("two entries have the page %q", page)
					}
					addresses[page] = true
				}
			}
			table := api.Table()
			for _, e := range api.Codes {
				for _, code := range append([]string{e.Code}, e.Aliases...) {
					if found, ok := table.Lookup(code); !ok || found.Number() != e.Number {
						t.Errorf("code %q is not found", code)
					}
				}
			}
		}
	})
}
