package sql

import (
	"fmt"
	"net/textproto"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// query makes the macro of one API: a chain of steps, each of which adds columns to the
// rows of the one before.
type query struct {
	name    string
	catalog *classify.Catalog
	answers *answers
	steps   []string
	doubts  []branch // conditions under which a row can't be decided, and why
	headers map[string]string
	bodies  []*document // the documents that are looked into: the body, and what is wrapped in it
}

func newQuery(name string, c *classify.Catalog, all *tables) *query {
	q := &query{name: name, catalog: c, headers: make(map[string]string)}
	q.answers = newAnswers(c, all)
	return q
}

// step adds columns, given as pairs of a name and an expression. Expressions see the
// columns of the steps before.
func (q *query) step(columns ...string) {
	var out strings.Builder
	if len(columns) == 0 {
		return
	}
	fmt.Fprintf(&out, "s%d AS (SELECT *", len(q.steps))
	for i := 0; i < len(columns); i += 2 {
		fmt.Fprintf(&out, ",\n  %s AS %s", columns[i+1], columns[i])
	}
	fmt.Fprintf(&out, "\n  FROM s%d)", len(q.steps)-1)
	q.steps = append(q.steps, out.String())
}

// doubt notes why a row can't be decided where a condition holds.
func (q *query) doubt(when, why string) {
	if when != "FALSE" {
		q.doubts = append(q.doubts, branch{"coalesce(" + when + ", FALSE)", literal(why)})
	}
}

// fn is the name of a macro or a type of this API.
func (q *query) fn(what string) string { return "errkb_" + q.name + "_" + what }

func (q *query) write(out *strings.Builder) {
	fmt.Fprintf(out, "\n-- %s\n", strings.TrimSuffix(strings.TrimPrefix(literal(q.catalog.Name), "'"), "'"))
	q.writeLookup(out)
	q.begin()
	q.readForms()
	q.decide()
	q.vary()
	q.wait()
	fmt.Fprintf(out, "\nCREATE OR REPLACE MACRO errkb_classify_%s(replies) AS TABLE\nWITH %s\n%s;\n", q.name, strings.Join(q.steps, ",\n"), q.result())
}

// begin reads the columns of a row.
func (q *query) begin() {
	q.steps = append(q.steps, fmt.Sprintf(`s0 AS (SELECT id, api, coalesce(operation::VARCHAR, '') AS operation, coalesce(status::INTEGER, 0) AS status,
  errkb_headers(headers) AS h, errkb_body(body) AS raw
  FROM query_table(replies) WHERE api = %s)`, literal(q.catalog.Name)))
	q.doubt("strlen(raw) > "+q.look(), longBody)
	q.step("body", "errkb_trim(CASE WHEN starts_with(raw, chr(65279)) THEN raw[2:] ELSE raw END)", "fields", "CASE WHEN ascii(h) = 123 AND json_valid(h) THEN h END")
	q.doubt("h IS NOT NULL AND fields IS NULL", oddHeaders)
	q.openDocuments()
	q.readHeaders()
}

// look is how many bytes of a body are looked at.
func (q *query) look() string {
	var own []branch
	for _, e := range q.catalog.Endpoints {
		if e.Look > 0 {
			own = append(own, branch{"operation = " + operationText(e.Operation), number(max(e.Look, 1024))})
		}
	}
	return cases(number(int64(classify.MaxBody)), own...)
}

// field is the column of a header field: its lines joined.
func (q *query) field(name string) string { return q.headers[strings.ToLower(name)] }

// readHeaders adds a column for each header field that forms and tests look at: its lines.
func (q *query) readHeaders() {
	var names []string
	add := func(name string) {
		if name = strings.ToLower(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	eachTest(q.catalog, func(t *classify.Test, _ *classify.Form) { add(t.Header) })
	for i := range q.catalog.Forms {
		if f := &q.catalog.Forms[i]; f.Syntax == classify.Header {
			for _, place := range f.Code {
				add(place[0])
			}
		}
	}
	for _, p := range q.catalog.Secret {
		add(p.Header)
	}
	q.addHeaders("f", "TRUE", names)
}

// addHeaders adds columns for header fields, which are read where a condition holds: each as
// JSON, and its lines joined.
func (q *query) addHeaders(prefix, when string, names []string) {
	var spelt, values, fields []string
	for i, name := range names {
		count, value, joined := fmt.Sprintf("%ss%d", prefix, i), fmt.Sprintf("%sv%d", prefix, i), fmt.Sprintf("%s%d", prefix, i)
		key := literal(foldASCII(name))
		spelt = append(spelt, count, fmt.Sprintf("errkb_spelt(%s, %s)", cases("NULL", branch{when, "fields"}), key))
		values = append(values, value, fmt.Sprintf("errkb_field(fields, %s, %s, %s)", count, key, literal(usual(name))))
		fields = append(fields, joined, "errkb_joined("+value+")")
		q.doubt(fmt.Sprintf("%s > 1 AND len(errkb_spellings(fields, %s)) > 1", count, key), severalSpellings)
		q.headers[name] = joined
	}
	q.step(spelt...)
	q.step(values...)
	q.step(fields...)
}

// usual is how a header field is mostly spelt, where a JSON Pointer can say that.
func usual(name string) string {
	if strings.ContainsAny(name, "~/") {
		return ""
	}
	return textproto.CanonicalMIMEHeaderKey(name)
}

// firstLine is the first line of a header field, trimmed, and NULL for none.
func (q *query) firstLine(name string) string { return "errkb_first_line(" + q.inJSON(name) + ")" }

// inJSON is the column of a header field as JSON.
func (q *query) inJSON(name string) string {
	column := q.field(name)
	return column[:1] + "v" + column[1:]
}

// eachTest yields the tests of a catalog with those that they are made of, and the form
// that each belongs to, if any.
func eachTest(c *classify.Catalog, yield func(t *classify.Test, f *classify.Form)) {
	var walk func(tests []classify.Test, f *classify.Form)
	walk = func(tests []classify.Test, f *classify.Form) {
		for i := range tests {
			yield(&tests[i], f)
			walk(tests[i].Tests, f)
		}
	}
	for i := range c.Forms {
		walk(c.Forms[i].OK, &c.Forms[i])
		walk(c.Forms[i].Fail, &c.Forms[i])
	}
	for e := range entries(c) {
		for i := range e.Variants {
			walk(e.Variants[i].When, nil)
		}
	}
	for i := range c.Overrides {
		walk(c.Overrides[i].When, nil)
	}
}
