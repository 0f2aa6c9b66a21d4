package preview

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
)

// What the server adds to the site. No page of a site has a name like theirs,
// which start with a tilde.
//
//go:embed assets
var assets embed.FS

var templates = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(assets, "assets/*.html")) })

// contentPolicy is the policy that the pages name themselves: nothing but the
// site's own files.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"

// contentTypes are those of the site's files. They don't depend on what the
// system has registered.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".md":   "text/markdown; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
	".xml":  "application/xml",
}

// handler answers requests for the site.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", s.servePage)
	mux.HandleFunc("GET /~wait.js", s.serveWait)
	for _, name := range []string{"reload.js", "problems.css"} {
		mux.HandleFunc("GET /~"+name, func(w http.ResponseWriter, _ *http.Request) { serveAsset(w, name) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", contentPolicy)
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		if !s.at.answersTo(r.Host) {
			http.Error(w, "this server does not answer to that name; start it with --addr and the name", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// serveAsset answers with a file of the server's own.
func serveAsset(w http.ResponseWriter, name string) {
	content, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	write(w, name, http.StatusOK, content)
}

// serveWait answers when the site has changed since the version that the page is
// of, or after a while. The answer is a script because the pages may load
// nothing else.
func (s *Server) serveWait(w http.ResponseWriter, r *http.Request) {
	answer := "// nothing has changed\n"
	if s.wait(r.Context(), r.URL.Query().Get("v")) {
		answer = "dispatchEvent(new Event(\"errkb-changed\"));\n"
	}
	write(w, "wait.js", http.StatusOK, []byte(answer))
}

// view is what the templates are given.
type view struct {
	Root     string // the way from the page to the site's root
	Version  string
	Path     string // that was asked for
	Problems Problems
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	shown := s.current()
	asked := strings.TrimPrefix(r.URL.Path, "/")
	if version, part, ok := strings.Cut(asked, "/"); ok && strings.HasPrefix(version, "~") {
		s.servePart(w, r, version[1:], part)
		return
	}
	v := view{strings.Repeat("../", strings.Count(asked, "/")), shown.name, r.URL.Path, shown.Problems}
	if shown.Files == nil {
		write(w, ".html", http.StatusServiceUnavailable, v.render("problems"))
		return
	}
	name, ok := shown.find(asked)
	if !ok {
		if _, isFolder := shown.find(asked + "/"); isFolder {
			http.Redirect(w, r, "/"+asked+"/", http.StatusFound) // links of the page start from its folder
			return
		}
		write(w, ".html", http.StatusNotFound, v.render("missing"))
		return
	}
	content := shown.Files[name]()
	if path.Ext(name) == ".html" {
		content = v.dress(v.bind(content, path.Dir(name)))
	}
	write(w, name, http.StatusOK, content)
}

// parts are what a page of the site loads: its scripts and its style.
var parts = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(<script [^>]*src="|<link rel="(?:preload|stylesheet)" href=")([^":]+)"`)
})

// bind has a page in a folder load its parts from the version that it is of itself, where
// another may be shown by then. The scripts load all else from where they are.
func (v view) bind(page []byte, folder string) []byte {
	return parts().ReplaceAllFunc(page, func(part []byte) []byte {
		groups := parts().FindSubmatch(part)
		return fmt.Appendf(nil, `%s%s~%s/%s"`, groups[1], v.Root, v.Version, path.Join(folder, string(groups[2])))
	})
}

// servePart answers with a file of a version that may no longer be shown. Pages are those of
// what is shown: scripts lead to them from where they are.
func (s *Server) servePart(w http.ResponseWriter, r *http.Request, version, name string) {
	if ext := path.Ext(name); ext == ".html" || ext == "" {
		to := url.URL{Path: path.Clean("/" + name), RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return
	}
	of := s.version(version)
	if of == nil {
		http.Error(w, "that version of the site is gone", http.StatusGone) // and the page is about to load again
		return
	}
	content, ok := of.Files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	write(w, name, http.StatusOK, content())
}

// dress adds to a page of the site what lets it load again and, while there are
// problems, tells them.
func (v view) dress(page []byte) []byte {
	page = bytes.Replace(page, []byte("</head>"), append(v.render("reload"), "</head>"...), 1)
	if v.Problems.Summary == "" {
		return page
	}
	at := bytes.Index(page, []byte("<body"))
	end := bytes.IndexByte(page[max(at, 0):], '>')
	if at < 0 || end < 0 {
		return page
	}
	body := at + end + 1
	return bytes.Join([][]byte{page[:body], v.render("banner"), page[body:]}, nil)
}

func (v view) render(name string) []byte {
	var out bytes.Buffer
	if err := templates().ExecuteTemplate(&out, name, v); err != nil {
		panic("internal error: " + err.Error())
	}
	return out.Bytes()
}

func write(w http.ResponseWriter, name string, status int, content []byte) {
	w.Header().Set("Content-Type", contentTypes[path.Ext(name)])
	w.WriteHeader(status)
	w.Write(content)
}
