package cli

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"path"
	"strings"
)

// What serve adds to the site. No page of a site has a name like these.
//
//go:embed serve
var serveFiles embed.FS

var serveTemplates = template.Must(template.ParseFS(serveFiles, "serve/*.html"))

// contentPolicy is the policy that the pages name themselves: nothing but the
// site's own files.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

// contentTypes are those of the site's files. They don't depend on what the
// system has registered.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
}

// handler answers requests for the site.
func (p *preview) handler(at address) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", p.servePage)
	mux.HandleFunc("GET /~wait.js", p.serveWait)
	for _, name := range []string{"reload.js", "problems.css"} {
		mux.HandleFunc("GET /~"+name, func(w http.ResponseWriter, _ *http.Request) { serveOwn(w, name) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Content-Security-Policy", contentPolicy)
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		if !at.answersTo(r.Host) {
			http.Error(w, "this server does not answer to that name; start it with --addr and the name", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// serveOwn answers with a file of serve's own.
func serveOwn(w http.ResponseWriter, name string) {
	content, err := serveFiles.ReadFile("serve/" + name)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	write(w, name, http.StatusOK, content)
}

// serveWait answers when the site has changed since the version that the page is
// of, or after a while. The answer is a script because the pages may load
// nothing else.
func (p *preview) serveWait(w http.ResponseWriter, r *http.Request) {
	answer := "// nothing has changed\n"
	if p.wait(r.Context(), r.URL.Query().Get("v")) {
		answer = "dispatchEvent(new Event(\"errkb-changed\"));\n"
	}
	write(w, "wait.js", http.StatusOK, []byte(answer))
}

// view is what serve's templates are given.
type view struct {
	Root     string // the way from the page to the site's root
	Version  string
	Path     string // that was asked for
	Problems *problems
}

func (p *preview) servePage(w http.ResponseWriter, r *http.Request) {
	e := p.current()
	asked := strings.TrimPrefix(r.URL.Path, "/")
	v := view{strings.Repeat("../", strings.Count(asked, "/")), e.version, r.URL.Path, e.problems}
	if e.files == nil {
		write(w, ".html", http.StatusServiceUnavailable, v.render("problems"))
		return
	}
	name, ok := e.find(asked)
	if !ok {
		write(w, ".html", http.StatusNotFound, v.render("missing"))
		return
	}
	content := e.files[name]
	if path.Ext(name) == ".html" {
		content = v.dress(content)
	}
	write(w, name, http.StatusOK, content)
}

// find returns the file that a path stands for: itself, the page without its
// extension, or the first page of a directory.
func (e *edition) find(asked string) (name string, ok bool) {
	candidates := []string{asked, asked + ".html"}
	if asked == "" || strings.HasSuffix(asked, "/") {
		candidates = []string{asked + "index.html"}
	}
	for _, name := range candidates {
		if _, ok := e.files[name]; ok {
			return name, true
		}
	}
	return "", false
}

// dress adds to a page of the site what lets it load again and, while the spec
// has problems, tells them.
func (v view) dress(page []byte) []byte {
	page = bytes.Replace(page, []byte("</head>"), append(v.render("reload"), "</head>"...), 1)
	if v.Problems == nil {
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
	if err := serveTemplates.ExecuteTemplate(&out, name, v); err != nil {
		panic("internal error: " + err.Error())
	}
	return out.Bytes()
}

func write(w http.ResponseWriter, name string, status int, content []byte) {
	w.Header().Set("Content-Type", contentTypes[path.Ext(name)])
	w.WriteHeader(status)
	w.Write(content)
}
