package lookup

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/clients/js"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

//go:embed lookup.js
var source string

// Script returns the lookup in a catalog, which may be nil, as a classic script
// for browsers, marked by its first line. It sets one global, errkbLookup, whose
// function explain takes a text and returns what [Index.Explain] does: an array
// of {confidence, why, entry}, best first, with entry as {index, api, title,
// kind, code, address}, where index counts the entries of all APIs in order. Its
// function nearest returns such entries as [Index.Nearest] does.
func Script(c *model.Catalog, mark string) []byte {
	apis := []scriptAPI{}
	if c != nil {
		lost := New(c).lost
		for _, a := range c.APIs {
			apis = append(apis, newScriptAPI(a, lost))
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "// %s\n", model.Mark(mark))
	start, end, _ := strings.Cut(source, interpreterMark)
	writeBare(&out, start)
	interpreter, _ := js.Script()
	out.WriteString("const { decide: classify } = (() => {\n")
	for section := range strings.SplitSeq(interpreter, heading) {
		name, body, _ := strings.Cut(section, "\n")
		if needs(c, name) {
			writeBare(&out, body)
		}
	}
	out.WriteString("return { decide };\n})();\n")
	writeBare(&out, end)
	fmt.Fprintf(&out, "errkbLookup = errkbLookup(%s,%s);\n", encode(newScriptTables()), encode(apis))
	return []byte(out.String())
}

// interpreterMark stands in the script where the interpreter of tables goes.
const interpreterMark = "  // ---- Interpreter\n"

// heading starts a section of the interpreter.
const heading = "\n// ---- "

// unasked are the sections of the interpreter about waits, which the lookup's tables
// have none of.
var unasked = []string{"Delays", "Waits", "Sending again"}

// writeBare writes JavaScript without its comments and indentation.
func writeBare(out *strings.Builder, source string) {
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			out.WriteString(line + "\n")
		}
	}
}

// needs reports whether a catalog's lookup needs a section of the interpreter.
func needs(c *model.Catalog, section string) bool {
	switch section {
	case "XML":
		return asksAny(c, func(f classify.Form) bool { return f.Syntax == classify.XML })
	case "Wrapped documents":
		return asksAny(c, func(f classify.Form) bool { return f.In != classify.InBody })
	}
	return !slices.Contains(unasked, section)
}

func asksAny(c *model.Catalog, is func(classify.Form) bool) bool {
	return c != nil && slices.ContainsFunc(c.APIs, func(a *model.API) bool { return slices.ContainsFunc(a.Forms, is) })
}

// encode returns a value as JSON, which is JavaScript that can stand in a page as
// well: <, >, & and the line separators of Unicode are escaped.
func encode(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return text
}

// scriptTables are the words and bounds of this package, so that the script has
// the same.
type scriptTables struct {
	Entities      map[string]string        `json:"entities"`
	Plain         [][]any                  `json:"plain"`
	Phrases       map[int][]string         `json:"phrases"`
	StatusLabels  []string                 `json:"statusLabels"`
	StatusWords   []string                 `json:"statusWords"`
	StatusEnds    []string                 `json:"statusEnds"`
	StatusNouns   []string                 `json:"statusNouns"`
	StatusPlurals []string                 `json:"statusPlurals"`
	Countless     []string                 `json:"countless"`
	CodeLabels    []string                 `json:"codeLabels"`
	CodeKinds     []string                 `json:"codeKinds"`
	NumberLabels  []string                 `json:"numberLabels"`
	NumberKinds   []string                 `json:"numberKinds"`
	LinkWords     []string                 `json:"linkWords"`
	Marks         []string                 `json:"marks"`
	Words         map[string]string        `json:"words"`
	Failures      [][]any                  `json:"failures"`
	Styles        []string                 `json:"styles"`
	Rows          [][4]string              `json:"rows"`
	Kinds         map[string]classify.Kind `json:"kinds"`
	Limits        map[string]any           `json:"limits"`
}

func newScriptTables() scriptTables {
	t := scriptTables{
		Entities:      entities,
		Phrases:       phrases,
		StatusLabels:  statusLabels,
		StatusWords:   statusWords,
		StatusEnds:    statusEnds,
		StatusNouns:   statusNouns,
		StatusPlurals: statusPlurals,
		Countless:     countless,
		CodeLabels:    codeLabels,
		CodeKinds:     codeKinds,
		NumberLabels:  numberLabels,
		NumberKinds:   numberKinds,
		LinkWords:     linkWords,
		Marks:         marks,
		Words:         map[string]string{},
		Styles:        styles,
		Kinds:         map[string]classify.Kind{},
		Limits: map[string]any{
			"body": classify.MaxBody, "text": MaxText, "key": MaxKey, "wrapping": wrapping, "pathMarks": pathMarks, "statusMarks": statusMarks,
			"objects": maxObjects, "fields": maxFields, "head": headLength, "commonStart": commonStart, "labelGap": maxLabelGap,
			"shortest": shortest, "wrapped": minWrapped, "statusWords": maxStatusWords,
			"word": longestWord, "numeric": maxNumeric, "typo": minTypo, "typos": minTypos, "mangled": minMangled,
			"cut": minCut, "words": maxWords, "checks": maxChecks, "near": maxNear, "value": maxValue, "alike": minAlike, "example": maxExample, "hits": maxHits, "code": maxCode,
		},
	}
	for _, p := range plainRanges {
		t.Plain = append(t.Plain, []any{p.first, p.last, p.plain})
	}
	for name, words := range map[string][]string{
		"fronts": fronts, "sayings": sayings, "receipts": receipts, "technical": technical, "speakers": speakers, "followers": followers, "errors": errorWords,
	} {
		t.Words[name] = strings.Join(words, " ")
	}
	for _, kind := range failures {
		t.Failures = append(t.Failures, []any{kind, textsOf(kind)})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, [4]string{r.subject, r.styles, r.when, string(r.sure)})
	}
	for kind := range classify.KindSuccess + 1 {
		t.Kinds[kind.String()] = kind
	}
	return t
}

// textsOf returns the texts of the wordings about a kind of failure, a line each, by
// how much they tell.
func textsOf(kind classify.Failure) (all [vague + 1]string) {
	for _, w := range wordings {
		if w.kind == kind {
			all[w.tells] += fold(strings.Join(w.texts, "\n")) + "\n"
		}
	}
	return all
}

// scriptAPI is an API as the script has it.
type scriptAPI struct {
	Title  string          `json:"title"`
	Titles []string        `json:"titles,omitempty"`
	Table  json.RawMessage `json:"table"` // without the entries, which the groups have
	Groups []scriptGroup   `json:"groups"`

	// The examples that lead to no entry but by what they are: the place of the
	// entry among the API's, and the key.
	Examples [][2]any `json:"examples,omitempty"`
}

// scriptGroup is the entries of one kind: the kind, the folder of their
// addresses, what their titles start with, and their rows.
type scriptGroup [4]any

func newScriptAPI(a *model.API, lost []example) scriptAPI {
	own := scriptAPI{Title: a.Title, Titles: titlesOf(a), Groups: []scriptGroup{}}
	own.Table = table.JSON(&classify.Catalog{Forms: a.Forms, FoldCase: a.FoldCase})
	for entries := range groups(a) {
		own.Groups = append(own.Groups, newScriptGroup(entries))
	}
	entries := a.Entries()
	for _, example := range lost {
		if example.entry.API == a {
			own.Examples = append(own.Examples, [2]any{slices.Index(entries, example.entry), example.key})
		}
	}
	return own
}

// groups yields the entries of an API that follow each other and are of one kind.
func groups(a *model.API) func(yield func([]*model.Entry) bool) {
	return func(yield func([]*model.Entry) bool) {
		for rest := a.Entries(); len(rest) > 0; {
			end := slices.IndexFunc(rest, func(e *model.Entry) bool { return e.Kind != rest[0].Kind })
			if end < 0 {
				end = len(rest)
			}
			if !yield(rest[:end]) {
				return
			}
			rest = rest[end:]
		}
	}
}

func newScriptGroup(entries []*model.Entry) scriptGroup {
	first := entries[0]
	folder := first.Address()
	folder = folder[:strings.LastIndexByte(folder, '/')+1]
	titled, ok := strings.CutSuffix(say.EntryTitle(first), first.Code)
	if !ok {
		titled = ""
	}
	rows := make([]any, len(entries))
	for i, e := range entries {
		rows[i] = newScriptRow(e, folder, titled)
	}
	return scriptGroup{first.Kind.String(), folder, titled, rows}
}

// newScriptRow returns the key of an entry, its message, aliases, page, title and
// whether it means success, without what is at the end and as it mostly is, and
// the key alone where that is all.
func newScriptRow(e *model.Entry, folder, titled string) any {
	row := []any{e.Code, 0, 0, 0, 0, 0}
	if len(squash(e.Message)) >= minMessage && e.Kind <= classify.KindStatusClass {
		row[1] = e.Message
	}
	if len(e.Aliases) > 0 {
		row[2] = e.Aliases
	}
	if page := strings.TrimPrefix(e.Address(), folder); !isASCII(e.Code) || page != strings.ToLower(strings.ReplaceAll(e.Code, "_", "-")) {
		row[3] = page
	}
	if say.EntryTitle(e) != titled+e.Code {
		row[4] = say.EntryTitle(e)
	}
	if e.Action == classify.OK {
		row[5] = 1
	}
	end := len(row)
	for row[end-1] == any(0) && end > 1 {
		end--
	}
	if end == 1 {
		return e.Code
	}
	return row[:end]
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}
