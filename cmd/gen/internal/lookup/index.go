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
	order     map[*model.Entry]int
	listed    map[int]bool              // the statuses that some API lists
	tells     [600]bool                 // the statuses that tell something in some text
	keys      map[string][]*model.Entry // by key, as written
	numbers   map[string][]*model.Entry // codes that are numbers, as written
	loose     map[string][]*model.Entry // classes and transport failures, folded
	spellings *lexicon[spelling]        // of codes, aliases and messages
	backward  []int                     // indexes of spellings, ordered by their letters read backward
	tails     map[string][]*model.Entry // codes without their API's common first word, squashed
	lesser    lesser
	meanings  *lexicon[[]saying]   // by their letters
	templates *lexicon[[]template] // messages with placeholders, by their longest parts
	prefixes  prefixes
	examples  func() *examples      // nil where the others are to be asked alone
	alone     map[*model.Entry]bool // statuses that are success whatever else a reply holds
	hosted    map[*model.API]bool   // APIs whose hosts the catalog names
	hosts     bool                  // there are some
	inText    bool                  // some API has a form in plain text
	readers   *readers              // nil for few APIs
}

// api is one API with its tables.
type api struct {
	*model.API
	table    *classify.Catalog
	hosts    []string
	paths    []string // of its operations, up to their first blanks; empty for none that tells whose it is
	entries  map[entryKey]*model.Entry
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
		order:     map[*model.Entry]int{},
		titles:    newLexicon[[]*model.API](ofTitles),
		spellings: newLexicon[spelling](ofSpellings),
		listed:    map[int]bool{},
		keys:      map[string][]*model.Entry{},
		numbers:   map[string][]*model.Entry{},
		loose:     map[string][]*model.Entry{},
		lesser:    newLesser(),
		meanings:  newLexicon[[]saying](ofMeanings),
		templates: newLexicon[[]template](ofTemplates),
		tails:     map[string][]*model.Entry{},
		alone:     map[*model.Entry]bool{},
		hosted:    map[*model.API]bool{},
	}
	if c == nil {
		return x
	}
	names := map[string][]name{}
	templates := map[string][]template{}
	x.addTitles(c)
	for _, a := range c.APIs {
		x.addAPI(a)
		x.addTails(a)
		for _, e := range a.Entries() {
			x.order[e] = len(x.order)
			if e.Kind == classify.KindCode {
				x.lesser.add(e)
			}
			x.addEntry(e, names, templates)
		}
	}
	x.sortSpellings(names)
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
		entries:  map[entryKey]*model.Entry{},
		statuses: map[int]*model.Entry{},
		classes:  map[int]*model.Entry{},
	}
	for _, e := range a.Entries() {
		own.entries[entryKey{e.Kind, e.Code}] = e
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
	for status := 100; isStatus(status); status++ {
		if v := own.judge(classify.Reply{Status: status}); v.entry != nil && isSuccess(v.entry) {
			x.alone[v.entry] = true
		}
	}
	x.apis = append(x.apis, own)
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

func (x *Index) addEntry(e *model.Entry, names map[string][]name, templates map[string][]template) {
	switch e.Kind {
	case classify.KindCode:
		x.addCode(e, e.Code, codeName, names)
		for _, alias := range e.Aliases {
			x.addCode(e, alias, aliasName, names)
		}
	case classify.KindPrefix:
		x.keys[e.Code] = append(x.keys[e.Code], e)
		x.prefixes.add(e)
	case classify.KindStatusClass, classify.KindTransport:
		key := fold(e.Code)
		x.loose[key] = append(x.loose[key], e)
	}
	if letters := squash(e.Message); len(letters) >= minMessage && e.Kind <= classify.KindStatusClass {
		names[letters] = append(names[letters], newName(e, e.Message, messageName))
		addTemplate(e, templates)
	}
}

// addCode files a code or an alias of it. Numbers are found by their own rules
// only, so that no amount or date is taken for one.
func (x *Index) addCode(e *model.Entry, code string, kind nameKind, names map[string][]name) {
	x.keys[code] = append(x.keys[code], e)
	if isNumber(code) {
		x.numbers[code] = append(x.numbers[code], e)
		return
	}
	if letters := squash(code); letters != "" {
		names[letters] = append(names[letters], newName(e, code, kind))
	}
}

// addTails files the codes that start with a word that many codes of the API
// start with, without that word: people leave it out.
func (x *Index) addTails(a *model.API) {
	starts := map[string]int{}
	split := make([][]string, len(a.Codes))
	for i, e := range a.Codes {
		split[i] = cut(e.Code).words()
		starts[split[i][0]]++
	}
	for i, e := range a.Codes {
		if all := split[i]; starts[all[0]] >= commonStart && len(all) > 2 {
			tail := strings.Join(all[1:], "")
			x.tails[tail] = append(x.tails[tail], e)
		}
	}
}

// commonStart is how many codes of an API share their first word where people
// leave it out.
const commonStart = 3

func (x *Index) sortSpellings(names map[string][]name) {
	for letters, same := range names {
		x.spellings.add(letters, spelling{letters, same})
	}
	x.spellings.sort()
	for tail, entries := range x.tails {
		if len(tail) >= minCut {
			x.lesser.tails.add(tail, entries)
		}
	}
	x.lesser.tails.sort()
	x.backward = make([]int, len(x.spellings.letters))
	for i := range x.backward {
		x.backward[i] = i
	}
	slices.SortFunc(x.backward, func(a, b int) int {
		return compareBackward(x.spellings.letters[a], x.spellings.letters[b])
	})
}

// fileStarts files what is looked for in every text by what it starts with.
func (x *Index) fileStarts() {
	x.titles.fileStarts(&x.starts)
	x.spellings.fileStarts(&x.starts)
	x.templates.fileStarts(&x.starts)
	x.prefixes.said.fileStarts(&x.starts)
	x.lesser.tails.fileStarts(&x.starts)
	x.meanings.fileStarts(&x.starts)
	failurePhrases().fileStarts(&x.starts)
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
		for _, e := range x.keys[whole] {
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
