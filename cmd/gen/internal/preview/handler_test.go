package preview

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// makers returns what makes files.
func makers(files map[string][]byte) map[string]func() []byte {
	all := map[string]func() []byte{}
	for name, content := range files {
		all[name] = func() []byte { return content }
	}
	return all
}

// shelf is a small site.
var shelf = map[string][]byte{
	"index.html":       []byte("<!DOCTYPE html>\n<head></head><body>Home</body>\n"),
	"c/shop/full.html": []byte("<!DOCTYPE html>\n<head></head><body class=\"c\">Full</body>\n"),
	"c/shop/full.json": []byte("{\"page\": \"<head></head><body>\"}\n"),
	"de/index.html":    []byte("<!DOCTYPE html>\n<head></head><body>Start</body>\n"),
	"style.css":        []byte("body {}\n"),
	"lookup.js":        []byte("// </head>\n"),
}

// desk is a server of a site, as a browser sees it.
type desk struct {
	t *testing.T
	*Server
	root string // with a slash at its end
}

func newDesk(t *testing.T, e *Edition) *desk {
	t.Helper()
	s := NewServer(local, e)
	server := httptest.NewServer(s.handler())
	t.Cleanup(server.Close)
	return &desk{t, s, server.URL + "/"}
}

// ask sends a request; host is the name by which it calls the server.
func (d *desk) ask(method, path, host string) (*http.Response, string) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), method, d.root+path, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	request.Host = host
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return response, string(body)
}

// get returns the content of a path, which has to have a status.
func (d *desk) get(path string, status int) string {
	d.t.Helper()
	response, body := d.ask(http.MethodGet, path, "")
	if response.StatusCode != status {
		d.t.Errorf("/%s: status %d, want %d\n%s", path, response.StatusCode, status, body)
	}
	return body
}

func TestFiles(t *testing.T) {
	d := newDesk(t, &Edition{Files: makers(shelf), From: "shelf"})
	for name, content := range shelf {
		response, body := d.ask(http.MethodGet, name, "")
		if response.StatusCode != http.StatusOK || !strings.HasSuffix(name, ".html") && body != string(content) {
			t.Errorf("%s: status %d\n%s", name, response.StatusCode, body)
		}
		_, extension, _ := strings.Cut(name, ".")
		if got, want := response.Header.Get("Content-Type"), contentTypes["."+extension]; got != want || want == "" {
			t.Errorf("%s: content type %q, want %q", name, got, want)
		}
	}
}

func TestPaths(t *testing.T) {
	d := newDesk(t, &Edition{Files: makers(shelf), From: "shelf"})
	first, full := d.get("index.html", 200), d.get("c/shop/full.html", 200)
	for _, test := range []struct {
		method, path string
		status       int
		want         string // in the content; the whole page where it starts with <!
	}{
		{"GET", "", 200, first},
		{"GET", "index", 200, first},
		{"GET", "c/shop/full", 200, full},
		{"GET", "c/shop/full?from=mail", 200, full},
		{"HEAD", "c/shop/full", 200, ""},
		{"GET", "de/", 200, "Start"},
		{"GET", "de", 302, `href="/de/"`},
		{"GET", "~reload.js", 200, "errkb-changed"},
		{"GET", "~problems.css", 200, ".spec-problems"},
		{"GET", "c//shop/full", 307, ""},
		{"GET", "c/%2e%2e/index.html", 404, "No such page"},
		{"GET", "c/shop/", 404, `<a href="../../index.html">`},
		{"GET", "c/shop", 404, `<a href="../index.html">`},
		{"GET", "full", 404, `<a href="index.html">`},
		{"GET", "c/shop/full/", 404, "<code>/c/shop/full/</code>"},
		{"GET", "<script>alert(1)</script>", 404, "<code>/&lt;script&gt;"},
		{"GET", "assets/reload.js", 404, "No such page"},
		{"GET", "~problems.html", 404, "No such page"},
		{"POST", "", 405, ""},
		{"DELETE", "index.html", 405, ""},
		{"OPTIONS", "index.html", 405, ""},
	} {
		response, body := d.ask(test.method, test.path, "")
		if response.StatusCode != test.status || !strings.Contains(body, test.want) || strings.HasPrefix(test.want, "<!") && body != test.want {
			t.Errorf("%s /%s: status %d, want %d and %.80q in\n%s", test.method, test.path, response.StatusCode, test.status, test.want, body)
		}
		for name, want := range map[string]string{
			"Cache-Control":                "no-store",
			"Content-Security-Policy":      contentPolicy,
			"Cross-Origin-Resource-Policy": "same-origin",
			"Referrer-Policy":              "no-referrer",
			"X-Content-Type-Options":       "nosniff",
		} {
			if got := response.Header.Get(name); got != want {
				t.Errorf("%s /%s: %s is %q, want %q", test.method, test.path, name, got, want)
			}
		}
		if where := response.Header.Get("Location"); strings.Contains(where, "//") {
			t.Errorf("%s /%s: leads to %s", test.method, test.path, where)
		}
	}
}

func TestHost(t *testing.T) {
	d := newDesk(t, &Edition{Files: makers(shelf), From: "shelf"})
	for host, status := range map[string]int{
		"localhost": 200, "localhost:1234": 200, "[::1]:80": 200,
		"evil.example": 403, "evil.example:8080": 403, "192.168.1.5": 403,
	} {
		for _, path := range []string{"", "lookup.js", "~reload.js", "~wait.js?v=x"} {
			response, body := d.ask(http.MethodGet, path, host)
			told := body == "this server does not answer to that name; start it with --addr and the name\n"
			if response.StatusCode != status || told != (status == 403) {
				t.Errorf("%s/%s: status %d, want %d\n%.100s", host, path, response.StatusCode, status, body)
			}
		}
	}
}

// versions are the parts of a page that differ from run to run.
var versions = regexp.MustCompile(`v=[A-Z0-9]{26}-\d+`)

// TestDress compares whole pages, with and without problems.
func TestDress(t *testing.T) {
	const (
		head   = "<head><script src=\"%[1]s~reload.js?v=1\" defer></script>\n</head>"
		linked = "<head><script src=\"%[1]s~reload.js?v=1\" defer></script>\n<link rel=\"stylesheet\" href=\"%[1]s~problems.css\">\n</head>"
		banner = "\n<aside class=\"spec-problems\" aria-label=\"Problems of the spec\">\n<details open>\n" +
			"<summary>a &lt;b&gt; has 1 error. This is the site before that change.</summary>\n%s</details>\n</aside>\n"
		bare   = "no page at all"
		detail = "<pre tabindex=\"0\">1:2: &lt;c&gt;\n</pre>\n"
	)
	for name, test := range map[string]struct {
		problems Problems
		index    string // what comes of the first page
		full     string // and of one that is deeper
	}{
		"no problems": {Problems{},
			"<!DOCTYPE html>\n" + fmt.Sprintf(head, "") + "<body>Home</body>\n",
			"<!DOCTYPE html>\n" + fmt.Sprintf(head, "../../") + "<body class=\"c\">Full</body>\n"},
		"problems": {Problems{"a <b> has 1 error", "1:2: <c>\n"},
			"<!DOCTYPE html>\n" + fmt.Sprintf(linked, "") + "<body>" + fmt.Sprintf(banner, detail) + "Home</body>\n",
			"<!DOCTYPE html>\n" + fmt.Sprintf(linked, "../../") + "<body class=\"c\">" + fmt.Sprintf(banner, detail) + "Full</body>\n"},
		"problems in short": {Problems{Summary: "a <b> has 1 error"},
			"<!DOCTYPE html>\n" + fmt.Sprintf(linked, "") + "<body>" + fmt.Sprintf(banner, "") + "Home</body>\n",
			"<!DOCTYPE html>\n" + fmt.Sprintf(linked, "../../") + "<body class=\"c\">" + fmt.Sprintf(banner, "") + "Full</body>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(shelf)
			files["bare.html"] = []byte(bare)
			d := newDesk(t, &Edition{Files: makers(files), Problems: test.problems})
			for path, want := range map[string]string{
				"index.html":       test.index,
				"c/shop/full.html": test.full,
				"c/shop/full.json": string(shelf["c/shop/full.json"]),
				"lookup.js":        string(shelf["lookup.js"]),
				"bare.html":        bare,
			} {
				got := versions.ReplaceAllString(d.get(path, 200), "v=1")
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", path, diff)
				}
			}
			missing := d.get("c/nothing.html", 404)
			for part, want := range map[string]bool{
				"No such page": true, `href="../~problems.css"`: true, `src="../~reload.js?v=`: true,
				"<p>a &lt;b&gt; has 1 error.</p>\n": test.problems.Summary != "", detail: test.problems.Detail != "",
			} {
				if strings.Contains(missing, part) != want {
					t.Errorf("a missing page: %q is there: %v, want %v\n%s", part, !want, want, missing)
				}
			}
		})
	}
}

// TestNoSite shows problems where there never was a site.
func TestNoSite(t *testing.T) {
	d := newDesk(t, &Edition{Problems: Problems{"a <b> has 1 error", "1:2: <c>\n"}})
	for path, root := range map[string]string{"": "", "c/shop/full.html": "../../", "style.css": ""} {
		response, body := d.ask(http.MethodGet, path, "")
		if response.StatusCode != 503 || response.Header.Get("Content-Type") != contentTypes[".html"] {
			t.Errorf("/%s: status %d, %s", path, response.StatusCode, response.Header.Get("Content-Type"))
		}
		for _, want := range []string{
			"There is no site yet", "<p>a &lt;b&gt; has 1 error. The site appears", "<pre tabindex=\"0\">1:2: &lt;c&gt;\n</pre>",
			`href="` + root + `~problems.css"`, `src="` + root + `~reload.js?v=` + d.current().name + `"`,
		} {
			if !strings.Contains(body, want) {
				t.Errorf("/%s: no %q in\n%s", path, want, body)
			}
		}
	}
	before := d.current().name
	d.Show(&Edition{Files: makers(shelf), From: "shelf"})
	if got := d.get("~wait.js?n=1&v="+before, 200); !strings.Contains(got, `"errkb-changed"`) {
		t.Errorf("a page of before is told %q", got)
	}
	if got := d.get("style.css", 200); got != string(shelf["style.css"]) {
		t.Errorf("style.css is %q", got)
	}
}
