package lookup

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

// scriptAPI is an API as the script has it.
type scriptAPI struct {
	Title  string            `json:"title"`
	Titles []string          `json:"titles,omitempty"`
	Hosts  []string          `json:"hosts,omitempty"`
	Paths  []string          `json:"paths,omitempty"`
	Table  json.RawMessage   `json:"table"`            // without the entries, which the groups have
	Says   []json.RawMessage `json:"says"`             // what entries say to do, each once
	Calls  []string          `json:"calls,omitempty"`  // what the operations are called
	Server []serverWords     `json:"server,omitempty"` // what is said where the API's overrides hold
	Groups []scriptGroup     `json:"groups"`

	// The examples that lead to no entry, or not to what it says there, but by what they
	// are: the place of the entry among the API's, the key, and the call.
	Examples [][3]any `json:"examples,omitempty"`

	shelved bool
}

// serverWords are what is said where one of the API's overrides holds.
type serverWords struct {
	If     string `json:"if"`
	Remedy string `json:"remedy,omitempty"`
	Who    string `json:"who,omitempty"`
}

// scriptGroup is the entries of one kind: the kind, the folder of their
// addresses, what their titles start with, and their rows, or how many they are; then, unless all say the first
// to do, what each says, by its place among those of the API.
type scriptGroup []any

func newScriptAPI(l *say.Language, a *model.API, lost []example) scriptAPI {
	own := scriptAPI{Title: a.Title, Titles: titlesOf(a), Hosts: HostsOf(a), Paths: pathsOf(a), Groups: []scriptGroup{}, shelved: isShelved(a)}
	says := newSays(l, a)
	own.Table, own.Says = says.table, says.all
	for _, op := range a.Operations {
		own.Calls = append(own.Calls, op.Title)
	}
	for _, o := range a.Overrides {
		words := serverWords{If: l.When(a, o.When).String(), Remedy: l.OverrideRemedy(o)}
		if o.Category != nil {
			words.Who = l.WhoTitle(o.Category.Who)
		}
		own.Server = append(own.Server, words)
	}
	for entries := range groups(a) {
		own.Groups = append(own.Groups, newScriptGroup(l, entries, says))
	}
	entries := a.Entries()
	for _, example := range lost {
		if example.entry.API == a {
			own.Examples = append(own.Examples, [3]any{slices.Index(entries, example.entry), example.key, example.operation})
		}
	}
	return own
}

// says are what an API's entries say to do in its table, which many say alike.
type says struct {
	l     *say.Language
	table json.RawMessage
	all   []json.RawMessage
	index map[*model.Entry]int
}

// sayRow is the part of a table's row that decides. What people read is on the cards.
type sayRow struct {
	Action      json.RawMessage   `json:"action"`
	Policy      json.RawMessage   `json:"policy,omitempty"`
	Effect      json.RawMessage   `json:"effect,omitempty"`
	Operations  json.RawMessage   `json:"operations,omitempty"`
	Depends     bool              `json:"depends,omitempty"` // see [model.Entry.Depends]
	Delays      json.RawMessage   `json:"delays,omitempty"`
	Variants    []sayVariant      `json:"variants,omitempty"`
	ByOperation []json.RawMessage `json:"by_operation,omitempty"`
}

type sayVariant struct {
	When    json.RawMessage `json:"when"`
	If      string          `json:"if"`
	Depends bool            `json:"depends,omitempty"`
	Action  json.RawMessage `json:"action"`
	Policy  json.RawMessage `json:"policy,omitempty"`
	Effect  json.RawMessage `json:"effect,omitempty"`
	Delays  json.RawMessage `json:"delays,omitempty"`
}

type sayOperation struct {
	Operation json.RawMessage `json:"operation"`
	Action    json.RawMessage `json:"action"`
	Policy    json.RawMessage `json:"policy,omitempty"`
}

// rowMembers are the members of a table that hold its rows.
var rowMembers = []string{"codes", "prefixes", "statuses", "classes", "transport", "unknown", "unrecognised", "aliases"}

func newSays(l *say.Language, a *model.API) *says {
	source := a.Table()
	source.Name, source.Title = "", ""
	text := table.JSON(source)
	var head map[string]json.RawMessage
	decode(text, &head)
	for _, name := range rowMembers {
		delete(head, name)
	}
	var rows struct {
		Codes, Prefixes, Statuses, Classes, Transport []json.RawMessage
		Unknown, Unrecognised                         json.RawMessage
	}
	decode(text, &rows)
	s := &says{l: l, table: encode(head), index: map[*model.Entry]int{}}
	prefixes := slices.Clone(a.Prefixes)
	slices.SortStableFunc(prefixes, func(a, b *model.Entry) int { return cmp.Compare(len(b.Code), len(a.Code)) })
	for _, group := range []struct {
		entries []*model.Entry
		rows    []json.RawMessage
	}{
		{a.Codes, rows.Codes},
		{prefixes, rows.Prefixes},
		{a.Statuses, rows.Statuses},
		{a.Classes, rows.Classes},
		{a.Transport, rows.Transport},
		{[]*model.Entry{a.Unknown}, []json.RawMessage{rows.Unknown}},
		{[]*model.Entry{a.Unrecognised}, []json.RawMessage{rows.Unrecognised}},
	} {
		for i, e := range group.entries {
			if e != nil {
				s.add(e, group.rows[i])
			}
		}
	}
	return s
}

// add files what an entry says by its row of the table.
func (s *says) add(e *model.Entry, row json.RawMessage) {
	var own sayRow
	decode(row, &own)
	own.Depends = e.Depends()
	for i, v := range e.Variants {
		own.Variants[i].If = s.l.When(e.API, v.When).String()
		own.Variants[i].Depends = e.InVariant(v).Depends()
	}
	for i, text := range own.ByOperation {
		var in sayOperation
		decode(text, &in)
		own.ByOperation[i] = encode(in)
	}
	text := encode(own)
	i := slices.IndexFunc(s.all, func(said json.RawMessage) bool { return bytes.Equal(said, text) })
	if i < 0 {
		i = len(s.all)
		s.all = append(s.all, text)
	}
	s.index[e] = i
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

// isShelved reports whether a page knows on which shelf a code in a reply is.
func isShelved(a *model.API) bool { return !a.FoldCase }

// frameOf returns the folder of the addresses of entries, and what their titles start with.
func frameOf(l *say.Language, entries []*model.Entry) (folder, titled string) {
	first := entries[0]
	folder = first.Address()
	titled, ok := strings.CutSuffix(l.EntryTitle(first), first.Code)
	if !ok {
		titled = ""
	}
	return folder[:strings.LastIndexByte(folder, '/')+1], titled
}

func newScriptGroup(l *say.Language, entries []*model.Entry, says *says) scriptGroup {
	folder, titled := frameOf(l, entries)
	rows, own := make([]any, len(entries)), make([]int, len(entries))
	for i, e := range entries {
		rows[i], own[i] = newScriptRow(l, e, folder, titled), says.index[e]
	}
	group := scriptGroup{entries[0].Kind.String(), folder, titled, rows}
	if slices.Max(own) > 0 {
		group = append(group, own)
	}
	return group
}

// messageOf returns an entry's message, or 0 where a text that has it may mean anything.
func messageOf(e *model.Entry) any {
	if len(squash(e.Message)) < minMessage || e.Kind > classify.KindStatusClass {
		return 0
	}
	return e.Message
}

// newScriptRow returns the key of an entry, its aliases, page and title, without what is at
// the end and as it mostly is, and the key alone where that is all.
func newScriptRow(l *say.Language, e *model.Entry, folder, titled string) any {
	row := []any{e.Code, 0, 0, 0}
	if len(e.Aliases) > 0 {
		row[1] = e.Aliases
	}
	if page := strings.TrimPrefix(e.Address(), folder); !isASCII(e.Code) || page != strings.ToLower(strings.ReplaceAll(e.Code, "_", "-")) {
		row[2] = page
	}
	if l.EntryTitle(e) != titled+e.Code {
		row[3] = l.EntryTitle(e)
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
