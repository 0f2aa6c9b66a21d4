// Package site prints a catalog as a static site for support staff: a page to
// paste what a customer sent, and a page for everything that it may be. The pages
// need no server and no script; what the script adds is the paste field and the
// copy buttons. Beside each page that says more than others do stands the same in
// markdown, for assistants.
//
// Templates are in templates/, the style and the script in assets/. Text of the
// spec reaches a page through html/template or a writer, which escape it, or through
// prose.go, which renders an author's markdown and lets no HTML through.
package site

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/minified"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// LookupName and RestName are the names of the scripts that find what a text is. The site's
// own script loads them where there is a paste field, before that is used: the rest, behind
// the first, is needed for what the first can't tell. They are not part of the site's files
// as [Files] returns them.
const (
	LookupName = "lookup.js"
	RestName   = "words.js"
)

//go:embed templates assets
var sources embed.FS

// Files returns the site in the catalog's language by paths relative to the folder of
// that language, [model.Catalog.Folder]. The mark names the spec in every file.
func Files(c *model.Catalog, mark string) map[string][]byte { return Made(Makers(c, mark, nil)) }

// Made returns what makers make, of as many at a time as there are processors.
func Made(makers map[string]func() []byte) map[string][]byte {
	names := slices.SortedFunc(maps.Keys(makers), func(a, b string) int { // pages before their siblings
		return cmp.Or(strings.Compare(path.Ext(a), path.Ext(b)), strings.Compare(a, b))
	})
	files := make(map[string][]byte, len(names))
	for i, content := range inParallel(names, func(name string) []byte { return makers[name]() }) {
		files[names[i]] = content
	}
	return files
}

// Makers returns what makes each of the files that [Files] returns, with what changed since
// the previous version if that is known. Each may be called at any time, while others are as
// well, and more than once. No file is kept in memory but those that are about to be needed
// for another.
func Makers(c *model.Catalog, mark string, changed *diff.Report) map[string]func() []byte {
	return newSite(c, mark, changed).files
}

func newSite(c *model.Catalog, mark string, changed *diff.Report) *site {
	l := say.In(c.Language)
	s := &site{catalog: c, changed: changed, l: l, gap: escaped(l.Gap()), templates: templatesIn(l), mark: model.Mark(mark), codes: codesOf(c), files: make(map[string]func() []byte)}
	style := s.marked("/* ", " */", minified.Text(minifiedFiles, styleName))
	if c.Folder == "" {
		s.put("style.css", style)
	}
	s.put(model.CustomerFolder+"style.css", style)
	s.scripts()
	s.cards()
	s.home()
	s.entries()
	s.groups()
	s.collections()
	s.tools()
	s.customers()
	s.llms()
	return s
}

// put adds a file that is made already.
func (s *site) put(name string, content []byte) {
	s.files[name] = func() []byte { return content }
}

// site is one run of the emitter.
type site struct {
	catalog   *model.Catalog
	changed   *diff.Report // since the previous version; nil if that is not given
	l         *say.Language
	gap       template.HTML                 // what stands between two sentences
	templates map[string]*template.Template // by the kinds of pages
	mark      string                        // the sentence by which a generated file is known
	codes     map[*model.API]map[string]*model.Entry
	shared    map[*model.Entry]func() shared
	frames    sync.Map // of HTML by framed
	files     map[string]func() []byte
}

// codesOf returns the entries of each API's codes, by code and alias.
func codesOf(c *model.Catalog) map[*model.API]map[string]*model.Entry {
	all := make(map[*model.API]map[string]*model.Entry, len(c.APIs))
	for _, api := range c.APIs {
		all[api] = make(map[string]*model.Entry, len(api.Codes))
		for _, e := range api.Codes {
			all[api][e.Code] = e
			for _, alias := range e.Aliases {
				all[api][alias] = e
			}
		}
	}
	return all
}

// source returns a file that the command holds.
func source(name string) []byte {
	content, err := sources.ReadFile(name)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return content
}

// commented drops from a text what would end a comment.
func commented(text string) string { return commentEnds.Replace(text) }

var commentEnds = strings.NewReplacer("*", "", "<", "", ">", "")

// add adds a page, rendered with a template and what is its own, and its sibling.
func (s *site) add(p *page, name string, view any) {
	s.addSized(p, func(w *writer) { s.execute(w, name, "main", subject{p, view}) }, func() int { return s.size(view) })
}

// addWritten adds a page that a function writes, and its sibling.
func (s *site) addWritten(p *page, write func(w *writer)) {
	s.addSized(p, write, func() int { return 0 })
}

func (s *site) addSized(p *page, write func(w *writer), size func() int) {
	file := p.Address + ".html"
	content := func() []byte { return p.content(write, size()) }
	if hasSibling(p.Address) {
		content = forAll(2, content)
		s.files[file+siblingSuffix] = func() []byte { return p.sibling(content()) }
	}
	s.files[file] = content
}

// forAll returns what is made once for several that need it, each once, and not kept for
// longer: most of a large site's memory would be for what is on the disk already.
func forAll[T any](several int, content func() T) func() T {
	var mutex sync.Mutex
	var made T
	left := 0
	return func() T {
		mutex.Lock()
		defer mutex.Unlock()
		if left == 0 {
			made, left = content(), several
		}
		result := made
		if left--; left == 0 {
			made = *new(T)
		}
		return result
	}
}

// execute runs one of the templates of a kind of page.
func (s *site) execute(w *writer, kind, name string, view any) {
	if err := s.templates[kind].ExecuteTemplate(w, name, view); err != nil {
		panic("internal error: " + err.Error())
	}
}

// executed returns what one of the templates makes.
func (s *site) executed(kind, name string, view any) template.HTML {
	return written(func(w *writer) { s.execute(w, kind, name, view) })
}

// content returns what a page's file holds, of about the size that is given. What has no
// visible form, or turns the direction of what follows, shows as a replacement character.
func (p *page) content(main func(w *writer), size int) []byte {
	out := buffers.Get().(*writer)
	out.Reset()
	out.Grow(size)
	p.write(out, main)
	made := model.VisibleBytes(out.Bytes())
	if out.Cap() > largeBuffer {
		return made // and not a copy, which would take as much memory again
	}
	defer buffers.Put(out)
	return bytes.Clone(made)
}

// buffers are what pages grow in, unless one has become large.
var buffers = sync.Pool{New: func() any { return new(writer) }}

const largeBuffer = 1 << 20

// inParallel returns what a function makes of each value, in their order. It runs
// on as many values at a time as there are processors. A panic of the function is
// one of inParallel.
func inParallel[V, R any](values []V, f func(V) R) []R {
	results := make([]R, len(values))
	var next atomic.Int64
	var bug atomic.Value
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					bug.CompareAndSwap(nil, fmt.Sprint(r))
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(values); i = int(next.Add(1)) - 1 {
				results[i] = f(values[i])
			}
		})
	}
	group.Wait()
	if r := bug.Load(); r != nil {
		panic(r)
	}
	return results
}

// subject is what the template of a page is given.
type subject struct {
	Page *page
	View any
}

// parsed are the templates of each language that was asked for.
var parsed sync.Map

// parts is the kind of templates that has only the parts that pages share.
const parts = "parts"

// templatesIn returns a set of templates for each kind of page: the parts that pages
// share, and the page itself.
func templatesIn(l *say.Language) map[string]*template.Template {
	if all, ok := parsed.Load(l); ok {
		return all.(map[string]*template.Template)
	}
	shared := template.New("").Funcs(template.FuncMap{
		"actionTitle":   l.ActionTitle,
		"actionAdvice":  l.ActionAdvice,
		"apiForms":      l.APIForms,
		"askForMore":    l.AskForMore,
		"apiSuccess":    l.APISuccess,
		"readLimits":    l.ReadLimits,
		"apiCodes":      l.APICodes,
		"catalogTitle":  l.CatalogTitle,
		"duration":      l.Duration,
		"entryTitle":    l.EntryTitle,
		"handOn":        l.HandOn,
		"overrideOrder": l.OverrideOrder,
		"retryRuleOf":   l.RetryRuleOf,
		"say":           l.Say,
		"markup":        func(m say.Message, values ...any) template.HTML { return markup(l, m, values...) },
		"sentence":      say.Sentence,
		"treeOrder":     l.TreeOrder,
		"delayOrder":    l.DelayOrder,
		"tree":          l.Tree,
		"verdict":       l.Verdict,
		"whoInside":     l.WhoInside,
		"whoTitle":      l.WhoTitle,
		"actionAddress": model.ActionAddress,
		"code":          func(text any) template.HTML { return enclosed("code", escaped(text)) },
		"strong":        func(text any) template.HTML { return enclosed("strong", escaped(text)) },
		"key":           func(name string) template.HTML { return enclosed("kbd", escaped(name)) },
		"web":           webLink,
		"drag":          func(label string) template.HTML { return `<a id="drag" href="#bookmarklet">` + escaped(label) + "</a>" },
		"newTab": func(address, label string) template.HTML {
			return template.HTML(`<a href="`+template.HTMLEscapeString(address)+`" target="_blank">`) + escaped(label) + "</a>"
		},
		"count":     func(n int, one, many say.Message) string { return l.Count(n, one, many) },
		"breakable": func(key string) template.HTML { return template.HTML(breakable(key)) },
		"link":      func(address string, label any) template.HTML { return link(address, escaped(label)) },
		"text":      func(t say.Text) template.HTML { return text(l, t) },
	})
	files, err := fs.Glob(sources, "templates/parts/*.html")
	if err != nil {
		panic("internal error: " + err.Error())
	}
	for _, part := range files {
		parseIn(shared, l, part)
	}
	all := map[string]*template.Template{parts: template.Must(shared.Clone())}
	names, err := sources.ReadDir("templates")
	if err != nil {
		panic("internal error: " + err.Error())
	}
	for _, name := range names {
		if name.IsDir() {
			continue
		}
		set := template.Must(shared.Clone())
		parseIn(set, l, "templates/"+name.Name())
		all[strings.TrimSuffix(name.Name(), ".html")] = set
	}
	parsed.Store(l, all)
	return all
}

// What a template says without values: alone, and to a function.
var (
	said   = pattern.Of(`\{\{say ("[^"]*")\}\}`)
	saidTo = pattern.Of(`\(say ("[^"]*")\)`)
)

// parseIn adds a file to templates. What it says without values is put into the language
// here, once, instead of on each page, and so is {{gap}}, what parts two sentences.
func parseIn(set *template.Template, l *say.Language, name string) {
	text := strings.ReplaceAll(string(source(name)), "{{gap}}", l.Gap())
	text = said().ReplaceAllStringFunc(text, func(action string) string {
		message := said().FindStringSubmatch(action)[1]
		return template.HTMLEscapeString(l.Say(say.Message(message[1 : len(message)-1])))
	})
	text = saidTo().ReplaceAllStringFunc(text, func(value string) string {
		message := saidTo().FindStringSubmatch(value)[1]
		return strconv.Quote(l.Say(say.Message(message[1 : len(message)-1])))
	})
	if _, err := set.Parse(text); err != nil {
		panic("internal error: " + err.Error())
	}
}

// enclosed renders an element without attributes.
func enclosed(name string, content template.HTML) template.HTML {
	return template.HTML("<"+name+">") + content + template.HTML("</"+name+">")
}

// markup renders a message in which some values are HTML; all others are escaped, as are
// the words of the message.
func markup(l *say.Language, m say.Message, values ...any) template.HTML {
	parts := make([]string, len(values))
	for i, value := range values {
		if quoting, ok := value.(say.Text); ok {
			value = text(l, quoting)
		}
		parts[i] = string(escaped(value))
	}
	return template.HTML(l.Markup(m, template.HTMLEscapeString, parts...))
}

// escaped returns a value as HTML, which it may be already.
func escaped(value any) template.HTML {
	if done, ok := value.(template.HTML); ok {
		return done
	}
	return template.HTML(template.HTMLEscapeString(fmt.Sprint(value)))
}

// text renders a text with what is quoted from the wire as code.
func text(l *say.Language, t say.Text) template.HTML {
	var out strings.Builder
	for _, span := range t {
		part := template.HTMLEscapeString(span.Text)
		if span.Wire {
			part = "<code>" + cmp.Or(part, template.HTMLEscapeString(l.Say("(empty)|stands for what is quoted"))) + "</code>"
		}
		out.WriteString(part)
	}
	return template.HTML(out.String())
}
