package cli

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// ownPart is what a page loads from the version that it is of.
var ownPart = regexp.MustCompile(`"(?:\.\./)*~[A-Z0-9]+-\d+/([^"]+)"`)

// undressed is a page of the site without what the server has changed.
func undressed(page, name string) string {
	return ownPart.ReplaceAllStringFunc(reloadScript.ReplaceAllString(page, ""), func(part string) string {
		to, err := filepath.Rel(filepath.Dir(name), ownPart.FindStringSubmatch(part)[1])
		if err != nil {
			panic(err)
		}
		return `"` + filepath.ToSlash(to) + `"`
	})
}

// TestServeFiles asks for every file of the site, and compares.
func TestServeFiles(t *testing.T) {
	spec := shop(t)
	c, _ := check.Load("shop.yaml", []byte(spec))
	s := serveShop(t, spec)
	for name, content := range site.Made(siteMakers([]*model.Catalog{c}, titled("shop.yaml", c.Title), nil)) {
		response, body := s.ask(http.MethodGet, name, "")
		depth := strings.Count(name, "/")
		if strings.HasSuffix(name, ".html") {
			if found := reloadScript.FindStringSubmatch(body); found == nil || found[1] != strings.Repeat("../", depth) {
				t.Errorf("%s: the script to load again is %q", name, found)
			}
			body = undressed(body, name)
			if meta := `content="` + response.Header.Get("Content-Security-Policy") + `"`; !strings.Contains(body, meta) {
				t.Errorf("%s: the policy in its header is not that of the page, %s", name, meta)
			}
		}
		if response.StatusCode != http.StatusOK || body != string(content) {
			t.Errorf("%s: status %d, %d bytes for %d", name, response.StatusCode, len(body), len(content))
		}
		if response.Header.Get("Content-Type") == "" {
			t.Errorf("%s: no content type", name)
		}
	}
}
