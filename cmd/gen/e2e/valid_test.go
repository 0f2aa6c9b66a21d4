package e2e_test

import (
	"regexp"
	"testing"
)

// unfit matches characters that no HTML may hold, and marks that turn the
// direction of the text around them.
var unfit = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

// TestValid checks every page against the HTML standard.
func TestValid(t *testing.T) {
	t.Parallel()
	pages := make(map[string]string)
	for _, site := range sites(t) {
		for _, path := range site.pages() {
			pages[site.name()+"/"+path] = site.files[path]
			if at := unfit.FindStringIndex(site.files[path]); at != nil {
				t.Errorf("%s: %s holds %+q", site.name(), path, site.files[path][max(0, at[0]-20):at[1]])
			}
		}
	}
	for _, problem := range node[[]string](t, "html.mjs", pages) {
		t.Error(problem)
	}
}
