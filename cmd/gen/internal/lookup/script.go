package lookup

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/clients/js"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// sources are the script by its subjects. They are one program: what stands in one can use
// what stands in another, except while it runs for the first time, when it can use only
// what stands before it. Where bytes count, texts in it are strings of UTF-8 bytes, a
// character each: the package counts and orders bytes. writeBare drops comments and
// indentation, so there comments are on separate lines, and no text goes over a line end.
//
//go:embed script
var sources embed.FS

// first and second are the files of the script's two parts in their order, with the place of
// the interpreter of tables. The first part is whole without the second, which uses it.
// Functions have the names that they have in this package.
var (
	first = []string{
		"characters", "cleaning", "text", "lexicon", interpreter, "weighing", "reasons", "later", "evidence", "findings", "index",
		"addresses", "replies", "messages", "decided", "explain",
	}
	second = []string{
		"surroundings", "printed", "recorded", "names", "spellings", "keys", "hits", "numbers", "prefixes", "failures",
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
// can't change what is surest, mostly replies, and returns undefined elsewhere. Then there is
// nearest as well, which returns such entries as [Index.Nearest] does.
func (x *Index) Scripts(mark string) (lookup, rest []byte) {
	c := x.catalog
	apis, messages, entries := []scriptAPI{}, []any{}, []*model.Entry{}
	l := say.English
	if c != nil {
		l = say.In(c.Language)
		for _, a := range c.APIs {
			apis = append(apis, newScriptAPI(l, a, x.lost))
			for _, e := range a.Entries() {
				messages = append(messages, messageOf(e))
			}
			entries = append(entries, a.Entries()...)
		}
	}
	parts := bareParts()
	sources := parts.sources
	var all map[string]json.RawMessage
	decode(encode(newScriptTables(l)), &all)
	lists, places := statusesOf(entries)
	all["statuses"] = encode([]any{lists, places, meaningsOf(c, entries)})
	tables := [2]map[string]json.RawMessage{{}, {}}
	for name, table := range all {
		part := 1
		if mentions(sources[0], "tables."+name) {
			part = 0
		}
		tables[part][name] = table
	}
	var out [2]strings.Builder
	for i := range out {
		fmt.Fprintf(&out[i], "// %s\n", model.Mark(mark))
	}
	out[0].WriteString("var errkbLookup = ((tables, catalog) => {\n\"use strict\";\n")
	out[0].WriteString(parts.before)
	writeInterpreter(&out[0], c, parts.interpreter)
	out[0].WriteString(parts.after)
	fmt.Fprintf(&out[0], "return { explain, shared: {%s} };\n})(%s,%s);\n", parts.shared, encode(tables[0]), encode(apis))
	fmt.Fprintf(&out[1], "((shared, moreTables, entryMessages) => {\n\"use strict\";\nconst {%s} = shared;\nObject.assign(tables, moreTables);\n", parts.shared)
	out[1].WriteString(parts.rest)
	fmt.Fprintf(&out[1], "})(errkbLookup.shared,%s,%s);\n", encode(tables[1]), encode(messages))
	return []byte(out[0].String()), []byte(out[1].String())
}

// scriptParts are the sources of the two parts, and what is written of them.
type scriptParts struct {
	sources             [2]string
	before, after, rest string   // before and after the interpreter, and the second part
	interpreter         []string // its sections
	shared              string   // the names that the second part has from the first
}

var bareParts = sync.OnceValue(func() scriptParts {
	p := scriptParts{sources: [2]string{source(first), source(second)}}
	before, after, _ := strings.Cut(p.sources[0], interpreter)
	texts := []string{before, after, p.sources[1]}
	own, _ := js.Script()
	for section := range strings.SplitSeq(own, heading) {
		_, body, _ := strings.Cut(section, "\n")
		texts = append(texts, body)
	}
	for i, text := range texts {
		var out strings.Builder
		writeBare(&out, text)
		texts[i] = out.String()
	}
	texts, short := shortened(append(texts, "({ explain, "+asked+", redact, parseXML })"))
	p.before, p.after, p.rest, p.interpreter = texts[0], texts[1], texts[2], texts[3:]
	p.shared = "tables"
	for _, name := range declared(p.sources[0]) {
		if mentions(p.sources[1], name) {
			p.shared += "," + cmp.Or(short[name], name)
		}
	}
	return p
})

// asked is what the script asks of the interpreter, which has it under these names.
const asked = "decide, resend, bounds"

// statusesOf returns the lists of statuses that codes come with, each once, and for each
// entry a character: ` for none, or as far behind a as the place of its list.
func statusesOf(entries []*model.Entry) (lists [][]int, places string) {
	var all strings.Builder
	lists = [][]int{}
	if len(entries) > maxTelling {
		return lists, ""
	}
	for _, e := range entries {
		place := -1
		if isCode(e) && len(e.Statuses) > 0 {
			if place = slices.IndexFunc(lists, func(own []int) bool { return slices.Equal(own, e.Statuses) }); place < 0 {
				place = len(lists)
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
	if c == nil || len(entries) > maxTelling {
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
var declaration = regexp.MustCompile(`(?m)^(?:const|class) (?:(\w+)|\[([^\]]*)\]|\{([^}]*)\})`)

// declared returns the names that a source declares for all of it and never sets again, and
// those of the interpreter.
func declared(source string) []string {
	all := []string{"classify", "resend", "bounds"}
	for _, found := range declaration.FindAllStringSubmatch(source, -1) {
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
	return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(source)
}

// writeInterpreter writes what a catalog's lookup needs of the interpreter of tables.
func writeInterpreter(out *strings.Builder, c *model.Catalog, sections []string) {
	source, _ := js.Script()
	i := 0
	out.WriteString("const { decide: classify, resend, bounds, redact } = (() => {\n")
	for section := range strings.SplitSeq(source, heading) {
		name, _, _ := strings.Cut(section, "\n")
		if needs(c, name) {
			out.WriteString(sections[i])
		}
		i++
	}
	own := asked
	if notes(c, func(classify.Place) bool { return true }) {
		own += ", redact"
	}
	out.WriteString("return { " + own + " };\n})();\n")
}

// heading starts a section of the interpreter.
const heading = "\n// ---- "

// writeBare writes JavaScript without its comments and indentation, and without the
// spaces around marks.
func writeBare(out *strings.Builder, source string) {
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			if !strings.Contains(line, "/ ") { // a division, or a pattern that is hard to tell from one
				line = literalOrMarks.ReplaceAllStringFunc(line, func(found string) string {
					if strings.ContainsAny(found[:1], "\"'`/") || twoSigns.MatchString(found) {
						return found
					}
					return strings.Trim(found, " ")
				})
			}
			out.WriteString(line + "\n")
		}
	}
}

// literalOrMarks is a text, a pattern, or marks that no space has to stand beside, as it has
// between two signs.
var (
	literalOrMarks = regexp.MustCompile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`" +
		`|/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+/| [+-] [+-]| [+-] | ?[=<>!&|?:,;*%(){}\[\]]+ ?`)
	twoSigns = regexp.MustCompile(`[+-] [+-]`)
)

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
