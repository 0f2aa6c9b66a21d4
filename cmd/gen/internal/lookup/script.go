package lookup

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/clients/js"
	"github.com/errkb/errkb/cmd/gen/internal/minified"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// sources are the script by its subjects. They are one program: what stands in one can use
// what stands in another, except while it runs for the first time, when it can use only
// what stands before it. Where bytes count, texts in it are strings of UTF-8 bytes, a
// character each: the package counts and orders bytes.
//
//go:embed script
var sources embed.FS

// minifiedFiles are its two parts as sites have them.
//
//go:embed minified
var minifiedFiles embed.FS

// first and second are the files of the script's two parts in their order, with the place of
// the interpreter of tables. The first part is whole without the second, which uses it.
// Functions have the names that they have in this package.
var (
	first = []string{
		"characters", "cleaning", "text", "lexicon", interpreter, "weighing", "reasons", "later", "evidence", "findings", "index",
		"addresses", "replies", "messages", "decided", "explain",
	}
	second = []string{
		"shelves", "surroundings", "printed", "recorded", "names", "spellings", "keys", "hits", "numbers", "prefixes", "failures",
		"typos", "guesses", "nearest", "steps",
	}
)

const interpreter = "\n// clients/js\n"

// Scripts returns the lookup in the catalog as two classic scripts for browsers, marked by
// their first lines. The first sets one global, errkbLookup, whose function explain takes a
// text and returns what [Index.Explain] does: an array of {confidence, why, words, requestId,
// field, entry}, best first, with words as those of the text that led to the match and entry
// as {index, api, title, kind, code, address}, where index counts the entries of all APIs in
// order. Before the second script has run, which is longer, it answers only where the rest
// can't change what is surest, mostly replies, and returns undefined elsewhere. It then asks
// its third argument, a function, for the rows of the shelf of a code, as [Index.BareKeys] has
// them; where that returns undefined, so does it. After the second script there is nearest as
// well, which returns such entries as [Index.Nearest] does.
func (x *Index) Scripts(mark string) (lookup, rest []byte) {
	c := x.catalog
	apis, messages, entries := []scriptAPI{}, []any{}, []*model.Entry{}
	l := say.English
	if c != nil {
		l = say.In(c.Language)
		lost := x.examples().lostOf(x.examples().all)
		for _, a := range c.APIs {
			apis = append(apis, newScriptAPI(l, a, lost))
			for _, e := range a.Entries() {
				messages = append(messages, messageOf(e))
			}
			entries = append(entries, a.Entries()...)
		}
	}
	var all map[string]json.RawMessage
	decode(encode(newScriptTables(l)), &all)
	rows := shelve(apis)
	lists, places := statusesOf(entries)
	all["statuses"] = encode([]any{lists, places, meaningsOf(c, entries)})
	source := source(first)
	tables := inParts(all, func(name string) bool { return mentions(source, "tables."+name) })
	var limits, whys map[string]json.RawMessage
	decode(all["limits"], &limits)
	decode(all["whys"], &whys)
	ofLimits := inParts(limits, func(name string) bool { return mentions(source, "limits."+name) })
	ofWhys := inParts(whys, func(name string) bool { return strings.Contains(source, `"`+name+`"`) })
	tables[0]["limits"], tables[1]["moreLimits"] = encode(ofLimits[0]), encode(ofLimits[1])
	tables[0]["whys"], tables[1]["moreWhys"] = encode(ofWhys[0]), encode(ofWhys[1])
	return script(mark, c, "lookup.js", tables[0], apis), script(mark, c, "words.js", tables[1], []any{messages, rows})
}

// script returns a part of the script for a catalog, with its own tables and what else it
// has of the catalog.
func script(mark string, c *model.Catalog, name string, tables, own any) []byte {
	program := minified.Text(minifiedFiles, name)
	out := bytes.NewBufferString("// " + model.Mark(mark) + "\n")
	for i, section := range strings.Split(program[:strings.LastIndex(program, given)], heading) {
		title, body := "", section
		if i > 0 {
			title, body, _ = strings.Cut(section, "\n")
		}
		if needs(c, title) {
			out.WriteString(body)
		}
	}
	fmt.Fprintf(out, "\n(%s,%s);\n", encode(tables), encode(own))
	return out.Bytes()
}

// Sources returns the parts of the script by their names, before they are minified. In place
// of what a catalog has stands (TABLES, CATALOG) at their ends, and comments that minifiers
// keep are the headings of the interpreter's sections, some of which a catalog may not need.
func Sources() map[string]string {
	own, rest := source(first), source(second)
	shared := "tables"
	for _, name := range declared(own) {
		if mentions(rest, name) {
			shared += ", " + name
		}
	}
	own = strings.Replace(own, interpreter, interpreterScript(), 1)
	return map[string]string{
		"lookup.js": "var errkbLookup = ((tables, catalog) => {\n\"use strict\";\n" + own +
			"return { explain, shared: [" + shared + "] };\n})" + given + ", CATALOG);\n",
		"words.js": "((moreTables, rest) => {\n\"use strict\";\nconst [entryMessages, codeRows] = rest;\nconst [" + shared + "] = errkbLookup.shared;\n" +
			"Object.assign(tables, moreTables);\nObject.assign(tables.limits, tables.moreLimits);\nObject.assign(tables.whys, tables.moreWhys);\n" + rest + "})" + given + ", CATALOG);\n",
	}
}

// given starts what a part is called with.
const given = "(TABLES"

// heading starts a section of the interpreter.
const heading = "//! "

// interpreterScript returns the interpreter of tables under the names that the script has for
// what it asks of it.
func interpreterScript() string {
	own, _ := js.Script()
	own = strings.ReplaceAll(own, "\n// ---- ", "\n"+heading)
	own = strings.Replace(own, "\n"+heading+"Decisions\n", "\nasked.redact = redact;\n"+heading+"Decisions\n", 1) // with the section Places
	return "const { decide: classify, prepare, resend, bounds, redact } = (() => {\nconst asked = {};\n" + own +
		"return Object.assign(asked, { decide, prepare, resend, bounds });\n})();\n"
}

// inParts returns what the first part of the script needs, and what only the second does.
func inParts(all map[string]json.RawMessage, isFirst func(name string) bool) [2]map[string]json.RawMessage {
	parts := [2]map[string]json.RawMessage{{}, {}}
	for name, value := range all {
		if isFirst(name) {
			parts[0][name] = value
		} else {
			parts[1][name] = value
		}
	}
	return parts
}

// shelve takes the rows of codes out of APIs, and leaves how many they are: the first part of
// the script has them by their shelves. It returns them with the places of their APIs and
// groups.
func shelve(apis []scriptAPI) [][3]any {
	all := [][3]any{}
	for i, a := range apis {
		for g, group := range a.Groups {
			if rows := group[3].([]any); a.shelved && group[0] == classify.KindCode.String() {
				all = append(all, [3]any{i, g, rows})
				group[3] = len(rows)
			}
		}
	}
	return all
}

// statusesOf returns the lists of statuses that codes come with, each once, and for each
// entry a character: ` for none, or as far behind a as the place of its list. Those of an API
// that lists no status tell nothing.
func statusesOf(entries []*model.Entry) (lists [][]int, places string) {
	var all strings.Builder
	lists = [][]int{}
	known := make(map[string]int)
	for _, e := range entries {
		place := -1
		if isCode(e) && len(e.Statuses) > 0 && len(e.API.Statuses)+len(e.API.Classes) > 0 {
			key, ok := fmt.Sprint(e.Statuses), false
			if place, ok = known[key]; !ok {
				place = len(lists)
				known[key] = place
				lists = append(lists, e.Statuses)
			}
		}
		all.WriteRune(rune('a' + place))
	}
	return lists, all.String()
}

// meaningsOf returns what a catalog says of codes, with the places of their entries.
func meaningsOf(c *model.Catalog, entries []*model.Entry) [][2]any {
	all := [][2]any{}
	if c == nil || len(entries) > maxMeanings {
		return all
	}
	for _, a := range c.APIs {
		for _, own := range sayingsOf(a) {
			all = append(all, [2]any{slices.Index(entries, own.entry), own.text})
		}
	}
	return all
}

// source returns the files of a part as one.
func source(part []string) string {
	var all strings.Builder
	for _, name := range part {
		if name == interpreter {
			all.WriteString(interpreter)
			continue
		}
		file, err := sources.ReadFile("script/" + name + ".js")
		if err != nil {
			panic("internal error: " + err.Error())
		}
		all.Write(file)
	}
	return all.String()
}

// declaration is what declares names for all files of a part.
var declaration = pattern.Of(`(?m)^(?:const|class) (?:(\w+)|\[([^\]]*)\]|\{([^}]*)\})`)

// declared returns the names that a source declares for all of it and never sets again, and
// those of the interpreter.
func declared(source string) []string {
	all := []string{"classify", "resend", "bounds"}
	for _, found := range declaration().FindAllStringSubmatch(source, -1) {
		for name := range strings.SplitSeq(found[1]+found[2]+found[3], ",") {
			if _, own, renamed := strings.Cut(name, ":"); renamed {
				name = own
			}
			all = append(all, strings.TrimSpace(name))
		}
	}
	return all
}

// mentions reports whether a source has a name as a word.
func mentions(source, name string) bool {
	return strings.Contains(source, name) && regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+`\b`).MatchString(source)
}

// needs reports whether a catalog's lookup needs a section of the interpreter.
func needs(c *model.Catalog, section string) bool {
	switch section {
	case "XML":
		return asksAny(c, func(f classify.Form) bool { return f.Syntax == classify.XML }) || varies(c) ||
			notes(c, func(p classify.Place) bool { return p.XML != nil })
	case "Wrapped documents":
		return asksAny(c, func(f classify.Form) bool { return f.In != classify.InBody })
	case "Places":
		return notes(c, func(classify.Place) bool { return true })
	}
	return true
}

// notes reports whether an API has such a place for more than the code.
func notes(c *model.Catalog, is func(classify.Place) bool) bool {
	return c != nil && slices.ContainsFunc(c.APIs, func(a *model.API) bool {
		return slices.ContainsFunc(slices.Concat(a.RequestID, a.Field, a.Secret), is)
	})
}

// varies reports whether what a reply holds changes what an entry says: that is asked
// in whatever syntax a reply is.
func varies(c *model.Catalog) bool {
	return c != nil && slices.ContainsFunc(c.APIs, func(a *model.API) bool {
		return len(a.Overrides) > 0 || slices.ContainsFunc(a.Entries(), func(e *model.Entry) bool { return len(e.Variants) > 0 })
	})
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

func decode(text []byte, into any) {
	if err := json.Unmarshal(text, into); err != nil {
		panic("internal error: " + err.Error())
	}
}
