package e2e_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// match is what the lookup in the browser answers.
type match struct {
	Confidence string         `json:"confidence"`
	Why        string         `json:"why"`
	RequestID  string         `json:"requestId"`
	Field      string         `json:"field"`
	Count      int            `json:"count"`
	Entry      matchedEntry   `json:"entry"`
	Decision   *shownDecision `json:"decision"`
}

// shownDecision is what the lookup in the browser says of a decision.
type shownDecision struct {
	Operation string    `json:"operation"`
	Status    int       `json:"status"`
	Source    string    `json:"source"`
	Code      string    `json:"code"`
	Also      string    `json:"also"`
	Known     bool      `json:"known"`
	Action    string    `json:"action"`
	Variant   int       `json:"variant"`
	Override  int       `json:"override"`
	Effect    string    `json:"effect"`
	Undecided bool      `json:"undecided"`
	WaitMS    *[2]int64 `json:"wait_ms"`
	DelayMS   *int64    `json:"server_delay_ms"`
	Again     bool      `json:"again"`
	Stop      string    `json:"stop"`
	Said      struct {
		Verdict, Only, Remedy, Who, Retry, Answer, Wait string
		Notes                                           []string
	} `json:"said"`
}

// newShownDecision returns what the browser is to say of a decision, in a language.
func newShownDecision(l *say.Language, e *model.Entry, d *classify.Decision) *shownDecision {
	if d == nil {
		return nil
	}
	own := catalogjson.NewDecision(e.API, *d, "")
	shown := &shownDecision{
		own.Operation, own.Status, own.Source, own.Code, own.Also, own.Known, own.Action, own.Variant, own.Override, own.Effect, own.Undecided,
		own.WaitMS, own.ServerDelayMS, own.Again, own.Stop, shownDecision{}.Said,
	}
	said := l.Decide(e, *d)
	shown.Said.Verdict, shown.Said.Only, shown.Said.Remedy, shown.Said.Who, shown.Said.Retry = said.Verdict, said.Only, said.Remedy, said.Who, said.Retry
	shown.Said.Answer, shown.Said.Wait = said.Answer, said.Wait
	shown.Said.Notes = append([]string{}, said.Notes...)
	return shown
}

type matchedEntry struct {
	Index   int    `json:"index"`
	API     string `json:"api"`
	Title   string `json:"title"`
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Address string `json:"address"`
}

// indexed is the lookup in Go, and the entries of its catalog by their index.
type indexed struct {
	*lookup.Index
	l      *say.Language
	number map[*model.Entry]int
}

func newIndexed(c *model.Catalog) indexed {
	x := indexed{lookup.New(c), say.In(c.Language), make(map[*model.Entry]int)}
	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			x.number[e] = len(x.number)
		}
	}
	return x
}

// matches returns the answers of the lookup in Go as those in the browser are.
func (x indexed) matches(text string) []match {
	matches := []match{}
	for _, m := range x.Explain(text) {
		e := m.Entry
		matches = append(matches, match{string(m.Confidence), m.Why, m.RequestID, m.Field, m.Count, matchedEntry{
			Index: x.number[e], API: e.API.Title, Title: x.l.EntryTitle(e), Kind: e.Kind.String(), Code: e.Code, Address: e.Address(),
		}, newShownDecision(x.l, e, m.Decision)})
	}
	return matches
}

// loadLookup loads an empty page into a tab, and there the lookup in a catalog.
func loadLookup(b *tab, c *model.Catalog) {
	b.t.Helper()
	b.visit("about:blank")
	eval[struct{}](b, "var before = new Set(Object.getOwnPropertyNames(window)); null")
	first, rest := lookup.New(c).Scripts("errors.yaml")
	eval[struct{}](b, string(first)+"\n;null")
	eval[struct{}](b, string(rest)+"\n;null")
	globals := eval[[]string](b, "Object.getOwnPropertyNames(window).filter((name) => !before.has(name))")
	if !slices.Equal(globals, []string{"errkbLookup"}) {
		b.t.Fatalf("the script sets %q, want errkbLookup alone", globals)
	}
}

// inJSON returns matches as a text.
func inJSON(matches []match) string {
	text, err := json.Marshal(matches)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// batch is how many texts the browser is asked about at once.
const batch = 2000

// ask returns what the browser answers to texts. About every fourth it was asked before, as
// the first API's, which changes no answer to it or to those after it.
func ask(b *tab, texts []string) [][]match {
	b.t.Helper()
	var all [][]match
	for part := range slices.Chunk(texts, batch) {
		query, err := json.Marshal(part)
		if err != nil {
			b.t.Fatal(err)
		}
		all = append(all, eval[[][]match](b, string(query)+".map((text, i) => (i % 4 || errkbLookup.explain(text, 0), errkbLookup.explain(text)))")...)
	}
	return all
}

// TestLookupVectors asks the browser what the vectors of spec/vectors say that
// every port answers.
func TestLookupVectors(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../spec/vectors/search.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Query   string `json:"query"`
		Matches []struct {
			API, Kind, Code, Confidence string
		} `json:"matches"`
	}
	if err := json.Unmarshal(source, &vectors); err != nil {
		t.Fatal(err)
	}
	c := shippedCatalog(t)
	names := make(map[string]string)
	for _, a := range c.APIs {
		names[a.Title] = a.Name
	}
	queries := make([]string, len(vectors))
	for i, v := range vectors {
		queries[i] = v.Query
	}
	b := openTab(t)
	loadLookup(b, c)
	for i, matches := range ask(b, queries) {
		var want, got []string
		for _, m := range vectors[i].Matches {
			want = append(want, strings.Join([]string{m.Confidence, m.API, m.Kind, m.Code}, " "))
		}
		for _, m := range matches {
			got = append(got, strings.Join([]string{m.Confidence, names[m.Entry.API], m.Entry.Kind, m.Entry.Code}, " "))
		}
		if !slices.Equal(want, got) {
			t.Errorf("%q: got %q, want %q", queries[i], got, want)
		}
	}
}

// TestLookupAgrees asks the lookup in the browser and the one in Go the same, of
// several catalogs, and wants the same answers in every byte.
func TestLookupAgrees(t *testing.T) {
	t.Parallel()
	shipped := shippedCatalog(t)
	type agreement struct {
		name    string
		catalog *model.Catalog
		texts   []string
	}
	tests := []agreement{
		{"shipped", shipped, lookuptest.Every(shipped)},
		{"odd", loadCatalog(t, "odd.yaml", []byte(lookuptest.OddSpec)), slices.Concat(lookuptest.Odds, lookuptest.TextsOf(lookuptest.OddAnswers))},
		{"forms", loadCatalog(t, "forms.yaml", []byte(lookuptest.FormsSpec)), slices.Concat(lookuptest.Corners, lookuptest.TextsOf(lookuptest.FormAnswers))},
		{"events", loadCatalog(t, "events.yaml", []byte(lookuptest.EventSpec)), lookuptest.TextsOf(lookuptest.EventAnswers)},
		{"untold", loadCatalog(t, "untold.yaml", []byte(lookuptest.UntoldSpec)), lookuptest.TextsOf(lookuptest.UntoldAnswers)},
		{"args", loadCatalog(t, "args.yaml", []byte(lookuptest.ArgsSpec)), lookuptest.TextsOf(lookuptest.ArgsAnswers)},
		{"absent", loadCatalog(t, "absent.yaml", []byte(lookuptest.AbsentSpec)), slices.Concat(lookuptest.Absences, lookuptest.TextsOf(lookuptest.AbsentAnswers))},
		{"examples", loadCatalog(t, "examples.yaml", []byte(lookuptest.ExamplesSpec)), nil},
		{"places", loadCatalog(t, "places.yaml", []byte(lookuptest.PlacesSpec)), append(slices.Sorted(maps.Keys(lookuptest.Named)), lookuptest.Places...)},
		{"names", loadCatalog(t, "names.yaml", []byte(lookuptest.NamesSpec)), slices.Sorted(maps.Keys(lookuptest.Names))},
		{"titles", loadCatalog(t, "titles.yaml", []byte(lookuptest.TitlesSpec)), lookuptest.TextsOf(lookuptest.TitleAnswers)},
		{"hostile", hostileCatalog(t), nil},
		{"large", lookuptest.Large(1000), nil},
		{"empty", &model.Catalog{}, slices.Clone(lookuptest.Negatives)},
	}
	for name, pastes := range lookuptest.OtherPastes {
		source, err := os.ReadFile("../internal/check/testdata/good/" + name)
		if err != nil {
			t.Fatal(err)
		}
		tests = append(tests, agreement{name, loadCatalog(t, name, source), slices.Sorted(maps.Keys(pastes))})
	}
	b := openTab(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b.t = t
			loadLookup(b, test.catalog)
			texts := append(test.texts, lookuptest.NoSuccess...)
			for wire := range lookuptest.Examples(test.catalog) {
				texts = append(texts, wire)
			}
			if len(test.catalog.APIs) > 0 {
				texts = append(texts, lookuptest.Texts(test.catalog, 1, 3000)...)
			}
			answers := ask(b, texts)
			x := newIndexed(test.catalog)
			found, wrong := 0, 0
			for i, text := range texts {
				want := x.matches(text)
				found += min(len(want), 1)
				if reflect.DeepEqual(want, answers[i]) {
					continue
				}
				if wrong++; wrong <= 5 {
					t.Errorf("%q:\ngot  %s\nwant %s", text, inJSON(answers[i]), inJSON(want))
				}
			}
			if wrong > 0 {
				t.Errorf("%d of %d answers differ", wrong, len(texts))
			}
			if test.name != "empty" && found*5 < len(texts) {
				t.Errorf("only %d of %d texts hold anything", found, len(texts))
			}
		})
	}
}

// TestLookupDecides pastes twenty thousand whole replies of many catalogs, as those of
// their APIs, and wants the browser to say of each what the classifier in Go decides.
func TestLookupDecides(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../internal/check/testdata/good/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	b := openTab(t)
	for _, path := range append(paths, "../../../spec/errors.yaml", "../../../spec/vectors/errors.yaml") {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := loadCatalog(t, path, source)
		if len(c.APIs[0].Entries()) == 0 {
			continue
		}
		const n = 20_000
		t.Run(filepath.Base(path), func(t *testing.T) { lookupDecides(t, b, c, n/(len(paths)+1)+1) })
	}
}

// TestLookupLanguages wants the browser to say the same as Go in each language.
func TestLookupLanguages(t *testing.T) {
	t.Parallel()
	b := openTab(t)
	for _, l := range append(say.Languages(), say.In("en-XA")) {
		c := shippedCatalog(t)
		c.Language = l.Tag()
		t.Run(l.Tag(), func(t *testing.T) { lookupDecides(t, b, c, 500) })
	}
}

// lookupDecides pastes so many replies of a catalog into a tab, as those of its APIs.
func lookupDecides(t *testing.T, b *tab, c *model.Catalog, n int) {
	b.t = t
	loadLookup(b, c)
	x, l := lookup.New(c), say.In(c.Language)
	wholes := lookuptest.Wholes(c, 11, n)
	type question struct {
		Text string `json:"text"`
		API  int    `json:"api"`
	}
	wrong := 0
	for part := range slices.Chunk(wholes, batch) {
		var questions []question
		for _, whole := range part {
			questions = append(questions, question{whole.Text, slices.Index(c.APIs, whole.API)})
		}
		query, err := json.Marshal(questions)
		if err != nil {
			t.Fatal(err)
		}
		answers := eval[[][]match](b, string(query)+".map(({ text, api }) => errkbLookup.explain(text, api).slice(0, 1))")
		for i, whole := range part {
			want := x.ExplainOf(whole.API, whole.Text)
			d := whole.API.Table().Classify(whole.Reply)
			got := answers[i]
			switch {
			case len(want) == 0 && len(got) == 0:
				continue
			case len(want) > 0 && len(got) > 0 && got[0].Entry.Code == want[0].Entry.Code && got[0].Entry.Kind == want[0].Entry.Kind.String() &&
				reflect.DeepEqual(got[0].Decision, newShownDecision(l, want[0].Entry, want[0].Decision)) &&
				(got[0].Decision == nil || got[0].Decision.Action == d.Action.String() && got[0].Decision.Variant == int(d.Variant)):
				continue
			}
			if wrong++; wrong <= 3 {
				t.Errorf("%q:\ngot  %s\nwant %v", whole.Text, inJSON(got), d.Why())
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d answers differ", wrong, len(wholes))
	}
}

// TestLookupBounds asks both about texts that go on beyond what is looked at, and
// the browser about half characters, which no text in Go has.
func TestLookupBounds(t *testing.T) {
	t.Parallel()
	c := loadCatalog(t, "forms.yaml", []byte(lookuptest.FormsSpec))
	b, x := openTab(t), newIndexed(c)
	loadLookup(b, c)
	tests := []struct{ script, text string }{
		{`"x".repeat(1048570) + " 4xx"`, strings.Repeat("x", 1048570) + " 4xx"},
		{`"é".repeat(524280) + " NET_DNS_1"`, strings.Repeat("é", 524280) + " NET_DNS_1"},
		{`"ALL_GOOD_NOW " + "😀".repeat(262144)`, "ALL_GOOD_NOW " + strings.Repeat("😀", 262144)},
		{`"ALL_GOOD_NOW x" + "😀".repeat(262144)`, "ALL_GOOD_NOW x" + strings.Repeat("😀", 262144)},
		{`'{"code":"NET_X","pad":"' + "é".repeat(32755) + '"}'`, `{"code":"NET_X","pad":"` + strings.Repeat("é", 32755) + `"}`},
		{`'{"code":"NET_X","pad":"' + "é".repeat(32768) + '"}'`, `{"code":"NET_X","pad":"` + strings.Repeat("é", 32768) + `"}`},
		{`'{"code":"NET_X","a":' + "[".repeat(9999) + "]".repeat(9999) + "}"`, `{"code":"NET_X","a":` + strings.Repeat("[", 9999) + strings.Repeat("]", 9999) + "}"},
		{`'{"code":"NET_X","a":' + "[".repeat(10000) + "]".repeat(10000) + "}"`, `{"code":"NET_X","a":` + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + "}"},
		{`"HTTP/1.1 403 No\nx-error: NET_" + "é".repeat(300) + "\n\n" + "é".repeat(40000)`, "HTTP/1.1 403 No\nx-error: NET_" + strings.Repeat("é", 300) + "\n\n" + strings.Repeat("é", 40000)},
		{`" ".repeat(1048565) + "NET_DNS_1😀"`, strings.Repeat(" ", 1048565) + "NET_DNS_1😀"},
		{`"got \ud800EMPTY_HANDED\udfff\udfff."`, "got  EMPTY_HANDED ."},
		{`"EMPTY\ud800\ud800HANDED"`, "EMPTY HANDED"},
		{`"{\"code\":\"\\ud800\"}"`, `{"code":"\ud800"}`},
		{`"` + strings.Repeat(`\\`, 3) + `"`, strings.Repeat(`\`, 3)},
	}
	for _, test := range tests {
		got := eval[[]match](b, "errkbLookup.explain("+test.script+")")
		if want := x.matches(test.text); !reflect.DeepEqual(want, got) {
			t.Errorf("%s:\ngot  %s\nwant %s", shortened(test.script), inJSON(got), inJSON(want))
		}
	}
}

func shortened(text string) string { return strconv.Quote(text[:min(len(text), 60)]) }
