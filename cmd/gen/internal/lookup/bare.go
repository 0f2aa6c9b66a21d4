package lookup

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// BareKeys returns what the lookup says of texts that are nothing but a key, as scripts
// for browsers by their shelves, marked by their first lines. Each calls errkbKeys with the
// number of the shelf; an object of such texts and what errkbLookup.explain returns about them,
// which a page so knows before it has the lookup; and the rows of the shelf's codes, of which
// the first part of the script knows without them only how many there are. Only keys are there that are surely an entry's, and
// about which there is no more to say.
func (x *Index) BareKeys(mark string) [][]byte {
	c := x.catalog
	l := say.In(c.Language)
	numbers := make(map[*model.Entry]int)
	shelves := make([]map[string][]bareMatch, c.Shelves())
	for i := range shelves {
		shelves[i] = make(map[string][]bareMatch)
	}
	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			numbers[e] = len(numbers)
		}
	}
	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			for _, key := range append([]string{e.Code}, e.Aliases...) {
				shelf := shelves[model.Shelf(key, len(shelves))]
				if shelf[key] != nil || !visible().MatchString(key) {
					continue
				}
				for _, m := range x.explainBare(key) {
					shelf[key] = append(shelf[key], newBareMatch(l, key, m, numbers[m.Entry]))
				}
			}
		}
	}
	rows := x.shelfRows(len(shelves))
	files := make([][]byte, len(shelves))
	for i, shelf := range shelves {
		files[i] = fmt.Appendf(nil, "// %s\nerrkbKeys(%d,%s,%s);\n", model.Mark(mark), i, encode(shelf), encode(rows[i]))
	}
	return files
}

// shelfRows returns the rows of the codes on each of so many shelves, with the places of
// their APIs, of their groups, and among those of the group.
func (x *Index) shelfRows(shelves int) [][][4]any {
	l := say.In(x.catalog.Language)
	all := make([][][4]any, shelves)
	for i := range all {
		all[i] = [][4]any{}
	}
	for i, a := range x.catalog.APIs {
		g := -1
		for entries := range groups(a) {
			if g++; !isShelved(a) || entries[0].Kind != classify.KindCode {
				continue
			}
			folder, titled := frameOf(l, entries)
			for place, e := range entries {
				var on []int
				for _, key := range append([]string{e.Code}, e.Aliases...) {
					if shelf := model.Shelf(key, shelves); !slices.Contains(on, shelf) {
						on = append(on, shelf)
						all[shelf] = append(all[shelf], [4]any{i, g, place, newScriptRow(l, e, folder, titled)})
					}
				}
			}
		}
	}
	return all
}

// visible is what a text may be of which a page asks for its shelf.
var visible = pattern.Of(`^[!-~]+$`)

// explainBare returns the matches of a text that is nothing but a key, where all are exact
// and by that key, hold only what a page is told, and are the same for who asks about one of
// their APIs.
func (x *Index) explainBare(key string) []Match {
	all := x.Explain(key)
	for _, m := range all {
		isKey := m.Entry.Code == key || slices.Contains(m.Entry.Aliases, key)
		if m.Confidence != Exact || !isKey || m.Count != 1 || m.RequestID+m.Field != "" {
			return nil
		}
		if d := m.Decision; d != nil && (d.Variant > 0 || d.Operation != "") {
			return nil // whose verdict has another number
		}
		own := slices.DeleteFunc(slices.Clone(all), func(other Match) bool { return other.Entry.API != m.Entry.API })
		if !reflect.DeepEqual(own, x.ExplainOf(m.Entry.API, key)) {
			return nil
		}
	}
	return all
}

// bareMatch is a match as the script has it.
type bareMatch struct {
	Confidence Confidence    `json:"confidence"`
	Entry      bareEntry     `json:"entry"`
	RequestID  string        `json:"requestId"`
	Field      string        `json:"field"`
	Why        string        `json:"why"`
	Words      []string      `json:"words"`
	Count      int           `json:"count"`
	Decision   *bareDecision `json:"decision"`
}

type bareEntry struct {
	Index   int    `json:"index"`
	API     string `json:"api"`
	Title   string `json:"title"`
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Address string `json:"address"`
}

// bareDecision is what a page asks of a decision.
type bareDecision struct {
	Status int      `json:"status"`
	Card   int      `json:"card"`
	Action string   `json:"action"`
	Again  bool     `json:"again"`
	Stop   string   `json:"stop"`
	Said   bareSaid `json:"said"`
}

type bareSaid struct {
	Verdict string   `json:"verdict"`
	Only    string   `json:"only"`
	Remedy  string   `json:"remedy"`
	Who     string   `json:"who"`
	Retry   string   `json:"retry"`
	Draft   string   `json:"answer"`
	Wait    string   `json:"wait"`
	Notes   []string `json:"notes"`
}

func newBareMatch(l *say.Language, key string, m Match, number int) bareMatch {
	e := m.Entry
	own := bareMatch{Confidence: m.Confidence, Why: m.Why, Words: []string{key}, Count: m.Count, Entry: bareEntry{
		Index: number, API: e.API.Title, Title: l.EntryTitle(e), Kind: e.Kind.String(), Code: e.Code, Address: e.Address(),
	}}
	if key != e.Code {
		own.Words = append(own.Words, e.Code)
	}
	if m.Decision != nil {
		report, said := m.Decision.Report(), l.Decide(e, *m.Decision)
		own.Decision = &bareDecision{Status: report.Status, Card: number, Action: report.Action, Again: report.Again, Stop: report.Stop, Said: bareSaid{
			said.Verdict, said.Only, said.Remedy, said.Who, said.Retry, said.Answer, said.Wait, append([]string{}, said.Notes...),
		}}
	}
	return own
}
