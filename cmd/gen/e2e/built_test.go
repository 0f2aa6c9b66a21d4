package e2e_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

// contentPolicy is the strictest policy under which a site must work.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
	"require-trusted-types-for 'script'; trusted-types errkb"

// built is a site that the command wrote.
type built struct {
	dir   string
	files map[string]string // by their paths with slashes
}

var (
	shippedSite = sync.OnceValues(func() (*built, error) { return buildSite("shipped", "../../../spec/errors.yaml") })
	hostileSite = sync.OnceValues(func() (*built, error) { return buildSite("hostile", hostileSpec) })
)

// sites returns the two sites that the checks of all pages go over.
func sites(t *testing.T) []*built {
	t.Helper()
	return []*built{must(t, shippedSite), must(t, hostileSite)}
}

func must[V any](t *testing.T, made func() (V, error)) V {
	t.Helper()
	value, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// running is locked while the command runs, which sets for the whole process when memory is
// collected.
var running sync.Mutex

// gen runs the command.
func gen(arguments ...string) error {
	running.Lock()
	defer running.Unlock()
	var out bytes.Buffer
	if code := cli.Main(arguments, strings.NewReader(""), &out, &out); code != 0 {
		return fmt.Errorf("gen %s: exit %d\n%s", strings.Join(arguments, " "), code, out.String())
	}
	return nil
}

// buildSite runs the command into its own folder.
func buildSite(name, spec string) (*built, error) {
	b := &built{dir: filepath.Join(scratch, "sites", name), files: make(map[string]string)}
	if err := gen("site", "--spec", spec, "--out", b.dir); err != nil {
		return nil, err
	}
	err := filepath.WalkDir(b.dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(b.dir, file)
		b.files[filepath.ToSlash(relative)] = string(content)
		return err
	})
	return b, err
}

// name is the last part of the site's folder.
func (b *built) name() string { return filepath.Base(b.dir) }

// pages returns the paths of all pages, sorted.
func (b *built) pages() []string {
	var pages []string
	for _, path := range slices.Sorted(maps.Keys(b.files)) {
		if strings.HasSuffix(path, ".html") {
			pages = append(pages, path)
		}
	}
	return pages
}

// kinds returns the fullest page of each kind, sorted. A kind is a page of the
// root, or those of a folder of the root that are alike: aliases and retired
// entries are separate kinds. The books of single APIs are parts of the whole one.
func (b *built) kinds(t *testing.T) []string {
	t.Helper()
	fullest := make(map[string]string)
	for _, path := range b.pages() {
		kind, rest, _ := strings.Cut(path, "/")
		content := b.files[path]
		switch {
		case strings.HasPrefix(kind, "book-"):
			kind = "book.html"
		case kind == "for-customers" && strings.Contains(rest, "/"):
			kind += " entry"
		case strings.Contains(content, `rel="canonical"`):
			kind += " alias"
		case strings.Contains(content, `class="retired"`):
			kind += " retired"
		}
		if best, ok := fullest[kind]; !ok || len(content) > len(b.files[best]) {
			fullest[kind] = path
		}
	}
	return slices.Sorted(maps.Values(fullest))
}

// overHTTP returns a page's address on the server.
func (b *built) overHTTP(path string) string {
	return server().URL + "/support/desk/" + b.name() + "/" + path
}

// onDisk returns a page's address as a file.
func (b *built) onDisk(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(b.dir, path))}).String()
}

// server serves all sites in a folder, each in its own, under the policy.
var server = sync.OnceValue(func() *httptest.Server {
	folder := os.DirFS(filepath.Join(scratch, "sites"))
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := strings.CutPrefix(r.URL.Path, "/support/desk/")
		content, err := fs.ReadFile(folder, name)
		if !ok || err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", contentPolicy)
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Write(content)
	}))
})
