package sql

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// document is a JSON document that is looked into: the body, or what is wrapped in a
// string of it.
type document struct {
	text   string // the column of its text
	json   string // the column of the same text where it is JSON, and else NULL
	form   int    // the form that it is wrapped for; -1 for the body
	places []classify.Path
	plain  map[string]string // the columns of what stands at pointers, as JSON
	spread map[string]string // the columns of what stands at other places, as lists of JSON
}

func newDocument(text, json string, form int, places ...classify.Path) *document {
	return &document{text: text, json: json, form: form, places: places, plain: map[string]string{"": json}, spread: map[string]string{}}
}

// key is a place as a text.
func key(place classify.Path) string { return strings.Join(place, "\x00") }

// isPlain reports whether a place has one value, which a JSON Pointer finds.
func isPlain(place classify.Path) bool { return len(plainPart(place)) == len(place) }

// column is the column of a place: a value if the place is plain, and else a list.
func (d *document) column(place classify.Path) string {
	if isPlain(place) {
		return d.plain[pointer(place)]
	}
	return d.spread[key(place)]
}

func (q *query) readsJSON() bool {
	found := slices.ContainsFunc(q.catalog.Forms, func(f classify.Form) bool { return f.Syntax == classify.JSON })
	eachTest(q.catalog, func(t *classify.Test, f *classify.Form) { found = found || f == nil && isAt(t.Kind) })
	for _, d := range allDelays(q.catalog) {
		found = found || d.Header == "" && d.Code == ""
	}
	for _, p := range q.catalog.Secret {
		found = found || p.JSON != nil
	}
	return found
}

// isAt reports whether tests of a kind look at a place of a document.
func isAt(k classify.TestKind) bool {
	return k == classify.Equals || k == classify.Present || k == classify.Absent || k == classify.Contains
}

// openDocuments finds what is JSON, and what can't be read here.
func (q *query) openDocuments() {
	c := q.catalog
	looks, hasXML := false, false // tests of no form look at places
	eachTest(c, func(t *classify.Test, f *classify.Form) { looks = looks || f == nil && isAt(t.Kind) })
	for i := range c.Forms {
		f := &c.Forms[i]
		hasXML = hasXML || f.Syntax == classify.XML
		switch f.In {
		case classify.InSSE:
			q.doubt(`regexp_matches(body, '(?:^|[\r\n])data:')`, events)
		case classify.InNDJSON:
			q.doubt(`regexp_matches(body, '[\[{]')`, lines)
		}
	}
	for _, p := range c.Secret {
		hasXML = hasXML || p.XML != nil
	}
	if hasXML || looks {
		q.doubt("ascii(body) = 60", inXML)
	}
	if !q.readsJSON() {
		return
	}
	body := newDocument("body", "j", -1)
	q.bodies = append(q.bodies, body)
	q.step("j", "CASE WHEN ascii(body) IN (91, 123) AND json_valid(body) THEN body END")
	for i := range c.Forms {
		f := &c.Forms[i]
		switch {
		case f.Syntax != classify.JSON:
		case f.In == classify.InBody:
			body.places = append(body.places, placesOf(f)...)
		case f.In == classify.InString:
			body.places = append(body.places, f.Inside)
			q.bodies = append(q.bodies, newDocument(fmt.Sprintf("t%d", i), fmt.Sprintf("j%d", i), i, placesOf(f)...))
		}
	}
	eachTest(c, func(t *classify.Test, f *classify.Form) {
		if f == nil && isAt(t.Kind) {
			for _, d := range q.bodies {
				d.places = append(d.places, t.At)
			}
		}
	})
	for _, d := range allDelays(c) {
		if d.Header == "" && d.Code == "" {
			body.places = append(body.places, d.At)
		}
	}
	for _, p := range c.Secret {
		for _, d := range q.bodies {
			if p.JSON != nil {
				d.places = append(d.places, p.JSON)
			}
		}
	}
	q.open(body)
	for _, d := range q.bodies[1:] {
		f := &c.Forms[d.form]
		inside := body.column(f.Inside)
		if !isPlain(f.Inside) {
			inside += "[1]"
		}
		if !isInArray(f.Inside) {
			inside = cases("NULL", branch{"ascii(j) = 123", inside})
		}
		q.step(d.text, fmt.Sprintf("CASE WHEN ascii(%s) = 34 THEN errkb_trim(errkb_text(%s)) END", inside, inside))
		q.step(d.json, fmt.Sprintf("CASE WHEN ascii(%s) IN (91, 123) AND json_valid(%s) THEN %s END", d.text, d.text, d.text))
		q.open(d)
	}
}

// placesOf are the places that a form looks at.
func placesOf(f *classify.Form) []classify.Path {
	places := slices.Clone(f.Code)
	var walk func(tests []classify.Test)
	walk = func(tests []classify.Test) {
		for i := range tests {
			if isAt(tests[i].Kind) {
				places = append(places, tests[i].At)
			}
			walk(tests[i].Tests)
		}
	}
	walk(f.OK)
	walk(f.Fail)
	return places
}

// open adds the columns of a document: what stands at its places, each once, as JSON. All
// pointers are looked up at once, as each look reads the whole document.
func (q *query) open(d *document) {
	var pointers, columns, spread []string
	for _, place := range d.places {
		if p := pointer(plainPart(place)); p != "" && d.plain[p] == "" {
			pointers = append(pointers, p)
			d.plain[p] = fmt.Sprintf("%s_v%d", d.json, len(pointers))
			columns = append(columns, d.plain[p], fmt.Sprintf("nullif(%s_x[%d], 'null')", d.json, len(pointers)+1))
		}
	}
	written := append([]string{"$"}, pointers...) // the document itself is the first
	q.step(d.json+"_x", fmt.Sprintf("json_extract(%s, [%s])::VARCHAR[]", d.json, elements(written, literal)), d.json+"_escapes", "contains("+d.json+`, '\u')`)
	q.step(columns...)
	for _, place := range d.places {
		if isPlain(place) || d.spread[key(place)] != "" {
			continue
		}
		start := plainPart(place)
		found, disorder := spreads(d.plain[pointer(start)], place[len(start):])
		d.spread[key(place)] = fmt.Sprintf("%s_w%d", d.json, len(d.spread)+1)
		spread = append(spread, d.spread[key(place)], found)
		q.doubt(disorder, mixed)
	}
	q.step(spread...)
	q.step(d.json+"_doubt", fmt.Sprintf("CASE WHEN ascii(%s) IN (91, 123) THEN errkb_doubt(%s, %s, %s_x[1]) END", d.text, d.text, d.json, d.json))
	q.doubts = append(q.doubts, branch{d.json + "_doubt IS NOT NULL", d.json + "_doubt"})
	q.doubtRepeats(d)
}

// spreads finds all that stands at a place in a value, which starts with a * or with a name,
// not an index, and says when its order is not that of the document.
func spreads(value string, place classify.Path) (found, disorder string) {
	var branches []branch
	for _, opened := range []struct {
		mark  string
		start []string
	}{{"91", ways(place[0])[:1]}, {"123", ways(place[0])[len(ways(place[0]))-1:]}} {
		if place[0] != "*" && opened.mark == "91" {
			continue // where such a name leads nowhere
		}
		paths := opened.start
		for _, token := range place[1:] {
			var longer []string
			for _, path := range paths {
				for _, step := range ways(token) {
					longer = append(longer, path+step)
				}
			}
			paths = longer
		}
		var lists, counts []string
		for _, path := range paths {
			one := fmt.Sprintf("json_extract(%s, %s)::VARCHAR", value, literal("$"+path))
			if strings.Contains(path, "*") {
				one += "[]"
			} else {
				one = "[" + one + "]"
			}
			one = "list_filter(" + one + ", lambda v: v <> 'null')"
			lists = append(lists, one)
			counts = append(counts, fmt.Sprintf("(len(%s) > 0)::INTEGER", one))
		}
		when := fmt.Sprintf("ascii(%s) = %s", value, opened.mark)
		all := lists[0]
		for _, next := range lists[1:] {
			all = "list_concat(" + all + ", " + next + ")"
		}
		branches = append(branches, branch{when, all})
		if len(paths) > 1 {
			disorder = anyOf(cmp.Or(disorder, "FALSE"), "CASE WHEN "+when+" THEN "+strings.Join(counts, " + ")+" > 1 ELSE FALSE END")
		}
	}
	return "(" + cases("NULL", branches...) + ")[:100]", cmp.Or(disorder, "FALSE")
}

// ways are the steps of a JSONPath that a token stands for.
func ways(token string) []string {
	switch {
	case token == "*":
		return []string{"[*]", ".*"}
	case isIndex(token):
		return []string{"[" + token + "]", `."` + token + `"`}
	}
	return []string{`."` + token + `"`}
}

// doubtRepeats doubts documents in which a name that counts stands twice in an object:
// DuckDB takes the first, and classify the last.
func (q *query) doubtRepeats(d *document) {
	var names []string
	repeated := make(map[string][]string)
	for _, place := range d.places {
		for i, name := range place {
			if name == "*" {
				continue
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			if c := q.repeats(d, place[:i], name); !slices.Contains(repeated[name], c) {
				repeated[name] = append(repeated[name], c)
			}
		}
	}
	for _, name := range names {
		may := fmt.Sprintf("%s_escapes OR errkb_repeats(%s, %s)", d.json, d.json, literal(name))
		if strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || strings.ContainsRune(`"\/`, c) }) {
			may = d.json + " IS NOT NULL"
		}
		q.doubt("CASE WHEN "+may+" THEN "+anyOf(repeated[name]...)+" END", twice)
	}
}

// repeats is whether a name stands twice in an object at a place.
func (q *query) repeats(d *document, place classify.Path, name string) string {
	start := plainPart(place)
	object := d.json
	if len(start) > 0 {
		object = fmt.Sprintf("json_extract(%s, %s)::VARCHAR", d.json, literal(pointer(start)))
	}
	if len(start) == len(place) {
		return fmt.Sprintf("errkb_twice(%s, %s)", object, literal(name))
	}
	objects, _ := spreads(object, place[len(start):])
	return fmt.Sprintf("coalesce(len(list_filter(%s, lambda o: errkb_twice(o, %s))) > 0, FALSE)", objects, literal(name))
}

// plainPart is the start of a place that a JSON Pointer can say: up to a *, or to what
// DuckDB takes for an index and classify for a name.
func plainPart(place classify.Path) classify.Path {
	for i, token := range place {
		if token == "*" || token == "-" || token != "" && strings.Trim(token, "0123456789") == "" && !isIndex(token) {
			return place[:i]
		}
	}
	return place
}

func isIndex(token string) bool {
	return token != "" && len(token) <= 9 && strings.Trim(token, "0123456789") == "" && (token == "0" || token[0] != '0')
}

func isInArray(place classify.Path) bool {
	return len(place) > 0 && (place[0] == "*" || isIndex(place[0]))
}

func pointer(place classify.Path) string {
	var out strings.Builder
	for _, token := range place {
		out.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(token))
	}
	return out.String()
}
