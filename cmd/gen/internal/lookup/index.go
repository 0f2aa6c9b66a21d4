package lookup

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Index finds the entries of a catalog that a text speaks of. It is not changed
// by use and may be shared.
type Index struct {
	catalog   *model.Catalog
	apis      []api
	starts    starts // of the texts of all lexicons
	titles    *lexicon[[]*model.API]
	listed    map[int]bool              // the statuses that some API lists
	tells     [600]bool                 // the statuses that tell something in some text
	keys      map[string][]*model.Entry // prefixes and codes that have no spelling, as written
	numbers   map[string][]*model.Entry // codes that are numbers, as written
	loose     map[string][]*model.Entry // classes and transport failures, folded
	spellings *lexicon[spelling]        // of codes, aliases and messages
	backward  func() []int              // indexes of spellings, ordered by their letters read backward
	tails     func() *tails
	lesser    func() *lesser
	meanings  *lexicon[[]saying]   // by their letters
	templates *lexicon[[]template] // messages with placeholders, by their longest parts
	prefixes  prefixes
	examples  func() *examples             // nil where the others are to be asked alone
	alone     func() map[*model.Entry]bool // statuses that are success whatever else a reply holds
	hosted    map[*model.API]bool          // APIs whose hosts the catalog names
	hosts     bool                         // there are some
	inText    bool                         // some API has a form in plain text
	readers   *readers                     // nil for few APIs
}

// api is one API with its tables.
type api struct {
	*model.API
	table    *classify.Catalog
	hosts    []string
	paths    []string                  // of its operations, up to their first blanks; empty for none that tells whose it is
	others   map[entryKey]*model.Entry // but for codes
	statuses map[int]*model.Entry
	classes  map[int]*model.Entry
	success  *model.Entry // what success is where the status is not known; nil for none
	kind     int          // those of one kind read a reply alike that holds no code of theirs; 0 is none
}

type entryKey struct {
	kind classify.Kind
	code string
}

// New builds the index of a catalog, which may be nil.
func New(c *model.Catalog) *Index {
	x := &Index{
		catalog:   c,
		titles:    newLexicon[[]*model.API](ofTitles),
		spellings: newLexicon[spelling](ofSpellings),
		listed:    map[int]bool{},
		keys:      map[string][]*model.Entry{},
		numbers:   map[string][]*model.Entry{},
		loose:     map[string][]*model.Entry{},
		meanings:  newLexicon[[]saying](ofMeanings),
		templates: newLexicon[[]template](ofTemplates),
		hosted:    map[*model.API]bool{},
	}
	x.backward = sync.OnceValue(x.sortBackward)
	x.tails = sync.OnceValue(func() *tails { return newTails(c) })
	x.alone = sync.OnceValue(x.aloneStatuses)
	x.lesser = sync.OnceValue(func() *lesser { return newLesser(c) })
	if c == nil {
		return x
	}
	var names []spelled
	templates := map[string][]template{}
	x.addTitles(c)
	for _, a := range c.APIs {
		x.addAPI(a)
		names = slices.Grow(names, len(a.Codes))
		for _, e := range a.Entries() {
			names = x.addEntry(e, names, templates)
		}
	}
	x.fileSpellings(names)
	for letters, same := range templates {
		x.templates.add(letters, same)
	}
	x.templates.sort()
	x.addMeanings()
	x.prefixes.sort()
	x.fileStarts()
	x.fileStatuses()
	x.sortReaders()
	x.examples = sync.OnceValue(func() *examples { return x.fileExamples(c) })
	return x
}

func (x *Index) addAPI(a *model.API) {
	own := api{
		API:      a,
		table:    a.Table(),
		hosts:    HostsOf(a),
		paths:    pathsOf(a),
		others:   map[entryKey]*model.Entry{},
		statuses: map[int]*model.Entry{},
		classes:  map[int]*model.Entry{},
	}
	for _, e := range a.Entries() {
		if e.Kind == classify.KindCode {
			continue
		}
		own.others[entryKey{e.Kind, e.Code}] = e
		switch e.Kind {
		case classify.KindStatus:
			own.statuses[digits(e.Code)] = e
			x.listed[digits(e.Code)] = true
		case classify.KindStatusClass:
			own.classes[digits(e.Code[:1])] = e
		}
	}
	own.success = own.successEntry()
	x.inText = x.inText || slices.ContainsFunc(a.Forms, func(f classify.Form) bool { return f.Syntax == classify.Text })
	x.hosted[a] = len(own.hosts) > 0
	x.hosts = x.hosts || x.hosted[a]
	x.apis = append(x.apis, own)
}

// aloneStatuses returns the entries that a status alone leads to, and that are success.
func (x *Index) aloneStatuses() map[*model.Entry]bool {
	all := map[*model.Entry]bool{}
	for i := range x.apis {
		for status := 100; isStatus(status); status++ {
			if v := x.apis[i].judge(classify.Reply{Status: status}); v.entry != nil && isSuccess(v.entry) {
				all[v.entry] = true
			}
		}
	}
	return all
}

// addTitles files the names of the APIs. Several may have the same.
func (x *Index) addTitles(c *model.Catalog) {
	owners := map[string][]*model.API{}
	for _, a := range c.APIs {
		for _, title := range titlesOf(a) {
			owners[title] = append(owners[title], a)
		}
	}
	for title, apis := range owners {
		x.titles.add(title, apis)
	}
	x.titles.sort()
}

func (x *Index) addEntry(e *model.Entry, names []spelled, templates map[string][]template) []spelled {
	switch e.Kind {
	case classify.KindCode:
		names = x.addCode(e, e.Code, codeName, names)
		for _, alias := range e.Aliases {
			names = x.addCode(e, alias, aliasName, names)
		}
	case classify.KindPrefix:
		x.keys[e.Code] = append(x.keys[e.Code], e)
		x.prefixes.add(e)
	case classify.KindStatusClass, classify.KindTransport:
		key := fold(e.Code)
		x.loose[key] = append(x.loose[key], e)
	}
	if letters := squash(e.Message); len(letters) >= minMessage && e.Kind <= classify.KindStatusClass {
		names = append(names, spelled{letters, e, e.Message, messageName})
		addTemplate(e, templates)
	}
	return names
}

// addCode files a code or an alias of it. Numbers are found by their own rules
// only, so that no amount or date is taken for one.
func (x *Index) addCode(e *model.Entry, code string, kind nameKind, names []spelled) []spelled {
	if isNumber(code) {
		x.keys[code] = append(x.keys[code], e)
		x.numbers[code] = append(x.numbers[code], e)
		return names
	}
	letters := squash(code)
	if letters == "" {
		x.keys[code] = append(x.keys[code], e)
		return names
	}
	return append(names, spelled{letters, e, code, kind})
}

// fileStarts files what is looked for in every text by what it starts with.
func (x *Index) fileStarts() {
	x.titles.fileStarts(&x.starts)
	x.spellings.fileStarts(&x.starts)
	x.templates.fileStarts(&x.starts)
	x.prefixes.said.fileStarts(&x.starts)
	x.meanings.fileStarts(&x.starts)
	x.starts.fileWordings()
	for prefix := range x.prefixes.entries {
		x.starts.add(squash(prefix), ofPrefixes)
	}
	for word := range technicalWords() {
		x.starts.add(word, ofTechnical)
	}
	x.starts.add(timeouts, ofTimeouts)
}

// Explain returns the entries that a text may speak of, best first, and nothing
// where it holds nothing that the catalog knows. At most MaxText bytes of the
// text are looked at.
func (x *Index) Explain(text string) []Match { return x.explain(text, nil) }

// api returns the tables of an API, or nil.
func (x *Index) api(a *model.API) *api {
	for i := range x.apis {
		if x.apis[i].API == a {
			return &x.apis[i]
		}
	}
	return nil
}

// ExplainOf does the same for what is about an API: replies in the text are its own, and
// only its entries are returned.
func (x *Index) ExplainOf(a *model.API, text string) []Match { return x.explain(text, x.api(a)) }

func (x *Index) explain(text string, asked *api) []Match {
	pasted := head(text, MaxText)
	if !utf8.ValidString(pasted) {
		pasted = strings.ToValidUTF8(pasted, " ")
	}
	t := newText(pasted)
	x.look(t)
	f := x.newFindings(t, asked)
	x.findReply(pasted, t, f)
	x.findKey(t, f)
	covered := x.findNames(t, f)
	x.findNumbers(t, f)
	x.findPrefixes(t, f)
	x.findTemplates(t, f)
	x.findFailures(t, covered, f)
	x.findNear(t, covered, f)
	x.findGuesses(t, f)
	return f.matches()
}

// findKey takes the whole text for the key of an entry.
func (x *Index) findKey(t *text, f *findings) {
	key := strings.Trim(t.clean, wrapping)
	if len(key) > MaxKey {
		return
	}
	for _, whole := range []string{strings.TrimSpace(t.clean), key} {
		for _, e := range x.keyed(whole) {
			f.add(candidate{Match: Match{Confidence: Exact, Entry: e}, reason: whyKey(whole, e)})
		}
	}
	for _, e := range x.loose[fold(key)] {
		f.add(candidate{Match: Match{Confidence: Exact, Entry: e}, reason: why("key", e.Code)})
	}
}

func whyKey(text string, e *model.Entry) reason {
	if text != e.Code {
		return why("keyAlias", text, e.Code)
	}
	return why("key", text)
}

// wrapping is what people put around a key.
const wrapping = " \n\"'`()[]{}<>.,;:!?"

// MaxKey is how many bytes of text are taken for one key.
const MaxKey = 256

// MaxText is how many bytes of a text are looked at.
const MaxText = 1 << 20
