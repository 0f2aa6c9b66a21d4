package sql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// How well the catalog knows a code. A doubtful one may be the result.
const (
	doubtful = iota + 1
	unlisted
	prefixed
	listed
)

// writeLookup writes the macros that find the entry of a code.
func (q *query) writeLookup(out *strings.Builder) {
	c := q.catalog
	fold := func(text string) string { return text }
	folded := "t"
	if c.FoldCase {
		fold, folded = foldASCII, "errkb_fold(t)"
	}
	var spellings, numbers []string
	add := func(text string, number int) {
		if text = fold(text); !slices.Contains(spellings, literal(text)) {
			spellings, numbers = append(spellings, literal(text)), append(numbers, fmt.Sprint(number))
		}
	}
	for i := range c.Codes {
		add(c.Codes[i].Code, i+1)
	}
	for _, a := range c.Aliases {
		add(a.Text, int(a.Code))
	}
	found := "NULL::INTEGER"
	fmt.Fprintf(out, "DROP TYPE IF EXISTS %s;\n", q.fn("code"))
	if len(spellings) > 0 {
		fmt.Fprintf(out, "CREATE TYPE %s AS ENUM (SELECT unnest([%s]));\n", q.fn("code"), strings.Join(spellings, ", "))
		found = fmt.Sprintf("[%s][enum_code(TRY_CAST(%s AS %s))::INTEGER + 1]", strings.Join(numbers, ", "), folded, q.fn("code"))
		if len(c.Aliases) == 0 && len(spellings) == len(c.Codes) {
			found = fmt.Sprintf("(enum_code(TRY_CAST(%s AS %s))::INTEGER + 1)", folded, q.fn("code"))
		}
	}
	fmt.Fprintf(out, "-- The number of a listed code.\nCREATE OR REPLACE MACRO %s(t) AS %s;\n", q.fn("listed"), found)
	var starts []branch
	for i := range c.Prefixes {
		start := fold(strings.TrimSuffix(c.Prefixes[i].Code, "*"))
		starts = append(starts, branch{"starts_with(" + folded + ", " + literal(start) + ")", fmt.Sprint(q.answers.prefixes + i)})
	}
	fmt.Fprintf(out, "-- The number of the longest prefix of a code.\nCREATE OR REPLACE MACRO %s(t) AS %s;\n", q.fn("prefixed"), cases("NULL::INTEGER", starts...))
}

// found are the columns of the codes that a form holds: the first of each rank.
type found struct{ listed, entry, prefixed, unlisted string }

// codes adds the columns of the codes in a form.
func (q *query) codes(i int) found {
	f := &q.catalog.Forms[i]
	var columns []string
	var names []string
	var lists []bool
	for n, place := range f.Code {
		text, isList := q.textAt(i, place)
		name := fmt.Sprintf("c%d_%d", i, n)
		if isList {
			text = fmt.Sprintf("list_filter(list_transform(%s, lambda v: %s), lambda t: t IS NOT NULL)", text, q.trimmed(f, "errkb_text(v)"))
		} else {
			text = q.trimmed(f, text)
		}
		columns = append(columns, name, text)
		names, lists = append(names, name), append(lists, isList)
	}
	q.step(columns...)
	var own found
	numbers := make([]string, len(names)) // of the codes that are listed
	columns = nil
	for n, name := range names {
		numbers[n] = fmt.Sprintf("n%d_%d", i, n)
		first := name
		if lists[n] {
			first = fmt.Sprintf("list_filter(%s, lambda t: %s(t) IS NOT NULL)[1]", name, q.fn("listed"))
		}
		columns = append(columns, numbers[n], q.fn("listed")+"("+first+")")
	}
	if len(q.catalog.Codes) > 0 {
		q.step(columns...)
	}
	own.entry = first(numbers)
	if len(q.catalog.Codes) == 0 {
		own.entry = "NULL::INTEGER"
	}
	for _, rank := range []struct {
		column *string
		name   string
		is     func(text string) string
	}{
		{&own.listed, "l", func(text string) string { return q.fn("listed") + "(" + text + ") IS NOT NULL" }},
		{&own.prefixed, "p", func(text string) string { return allOf(isCode(f, text), q.fn("prefixed")+"("+text+") IS NOT NULL") }},
		{&own.unlisted, "u", func(text string) string { return allOf(isCode(f, text), isWord(f, text)) }},
	} {
		if rank.name == "l" && len(q.catalog.Codes) == 0 || rank.name == "p" && len(q.catalog.Prefixes) == 0 {
			*rank.column = "NULL"
			continue
		}
		var any []string
		for n, name := range names {
			if lists[n] {
				any = append(any, fmt.Sprintf("list_filter(%s, lambda t: %s)[1]", name, rank.is("t")))
			} else if rank.name == "l" {
				any = append(any, fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END", numbers[n], name))
			} else {
				any = append(any, fmt.Sprintf("CASE WHEN %s THEN %s END", rank.is(name), name))
			}
		}
		*rank.column = fmt.Sprintf("%s%d", rank.name, i)
		q.step(*rank.column, first(any))
	}
	q.doubtCodes(f, names, lists)
	return own
}

// textAt is the text at a place for codes of a form, NULL for none, and whether it is a list
// of JSON values.
func (q *query) textAt(i int, place classify.Path) (text string, isList bool) {
	f := &q.catalog.Forms[i]
	switch f.Syntax {
	case classify.Text:
		return fmt.Sprintf("nullif(CASE WHEN starts_with(plain, %s) THEN errkb_trim(substr(plain, %d)) END, '')", literal(place[0]), len([]rune(place[0]))+1), false
	case classify.Header:
		return q.firstLine(place[0]), false
	}
	d := q.documentOf(i)
	column := q.opened(i, d.column(place))
	if isPlain(place) {
		q.doubt("errkb_respelt("+column+")", otherSpelling)
		return "errkb_text(" + column + ")", false
	}
	q.doubt("len(list_filter("+column+", lambda v: errkb_respelt(v))) > 0", otherSpelling)
	return column, true
}

// opened is a column of a JSON form where the form reads the document: an array only if it
// looks into arrays.
func (q *query) opened(i int, column string) string {
	if inArray(&q.catalog.Forms[i]) {
		return column
	}
	return fmt.Sprintf("CASE WHEN ascii(%s) = 123 THEN %s END", q.documentOf(i).json, column)
}

// inArray reports whether a form looks into arrays.
func inArray(f *classify.Form) bool { return slices.ContainsFunc(placesOf(f), isInArray) }

// documentOf is the document that a JSON form reads.
func (q *query) documentOf(i int) *document {
	for _, d := range q.bodies {
		if d.form == i {
			return d
		}
	}
	return q.bodies[0]
}

// trimmed is a text without what the form trims, and NULL where nothing is left or it stands for no code.
func (q *query) trimmed(f *classify.Form, text string) string {
	cut := text
	if f.After != "" {
		cut = "split_part(" + cut + ", " + literal(f.After) + ", -1)"
	}
	if f.Before != "" {
		cut = "split_part(" + cut + ", " + literal(f.Before) + ", 1)"
	}
	if cut != text {
		cut = "nullif(errkb_trim(" + cut + "), '')"
	}
	if len(f.None) == 0 {
		return cut
	}
	return fmt.Sprintf("CASE WHEN %s NOT IN %s THEN %s END", cut, list(f.None, literal), cut)
}

// isCode is whether a text can be a code that is not listed.
func isCode(f *classify.Form, text string) string {
	if f.Syntax != classify.Text {
		return text + " <> ''"
	}
	return fmt.Sprintf(`(%s <> '' AND strlen(%s) <= 256 AND NOT regexp_matches(%s, '[<>{}\n\r]') AND %s NOT IN ('null', 'true', 'false'))`, text, text, text, text)
}

// isWord is whether a text is a code by its looks alone.
func isWord(f *classify.Form, text string) string {
	if f.Syntax != classify.Text {
		return "TRUE"
	}
	return `regexp_full_match(` + text + `, '[\pL\p{Nd}_.:/-]*')`
}

// doubtCodes doubts codes beyond ASCII where case does not count.
func (q *query) doubtCodes(f *classify.Form, names []string, lists []bool) {
	if !q.catalog.FoldCase {
		return
	}
	for n, name := range names {
		if lists[n] {
			q.doubt("len(list_filter("+name+", lambda t: "+isWide("t")+")) > 0", wideCase)
		} else {
			q.doubt(isWide(name), wideCase)
		}
	}
}

// state are the columns of what is known after some of the forms.
type state struct{ end, rank, code, entry, form, maybe, failed string }

// readForms looks into the forms in order, as Catalog.Read does. Each adds the columns of a
// state: end is 1 where a listed code ends the search, and 2 where success does.
func (q *query) readForms() {
	q.step("plain", `CASE WHEN strlen(body) >= 2 AND ascii(body) IN (34, 39) AND ascii(right(body, 1)) = ascii(body) THEN errkb_trim(body[2:-2]) ELSE body END`)
	now := state{"0", "0", "''", "NULL::INTEGER", "-1", "FALSE", "FALSE"}
	for i := range q.catalog.Forms {
		f := &q.catalog.Forms[i]
		if f.Syntax != classify.XML && (f.In == classify.InBody || f.In == classify.InString) {
			now = q.readForm(i, f, now)
		}
	}
	success := fmt.Sprintf("(%s = 2 OR %s = 0 AND %s AND NOT %s AND %s < %d)", now.end, now.end, now.maybe, now.failed, now.rank, prefixed)
	q.step("success", success, "failed", now.failed, "rank", now.rank, "taken", now.form,
		"found", fmt.Sprintf("CASE WHEN %s <> 2 AND %s THEN '' ELSE %s END", now.end, success, now.code))
	q.step("entry_listed", fmt.Sprintf("CASE WHEN rank = %d AND found <> '' THEN %s END", listed, now.entry),
		"entry_prefixed", q.fn("prefixed")+"("+fmt.Sprintf("CASE WHEN rank = %d AND found <> '' THEN found END)", prefixed))
}

func (q *query) readForm(i int, f *classify.Form, before state) state {
	v, open := ofNothing("plain"), "TRUE"
	switch f.Syntax {
	case classify.JSON:
		d := q.documentOf(i)
		v, open = d.view(), "ascii("+d.json+") = 123"
		if inArray(f) {
			open = d.json + " IS NOT NULL"
		}
		open = "coalesce(" + open + ", FALSE)"
	case classify.Header:
		v.text = "body"
	}
	own := q.codes(i)
	name := func(what string) string { return fmt.Sprintf("%s%d", what, i) }
	q.doubtTests(f.OK, v)
	q.doubtTests(f.Fail, v)
	var fails, holds, strong []string
	for n := range f.Fail {
		fails = append(fails, q.holds(&f.Fail[n], v))
	}
	for n := range f.OK {
		holds, strong = append(holds, q.holds(&f.OK[n], v)), append(strong, q.strong(&f.OK[n], v))
	}
	q.step(name("open"), open, name("fail"), allOf(open, anyOf(fails...)))
	q.step(name("sign"), cases("0", branch{not(name("open")), "0"}, branch{name("fail"), "0"}, branch{anyOf(strong...), "2"}, branch{anyOf(holds...), "1"}))
	succeeds, entry := name("succeeds"), name("entry")
	q.step(succeeds, fmt.Sprintf("(%s > 0 AND status < 400 AND %s < %d)", name("sign"), before.rank, unlisted), entry, own.entry)
	// A code that does not come in this operation stands where the result does.
	q.step(name("got"), fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN CASE WHEN %s AND NOT %s THEN 0 ELSE %d END WHEN %s IS NOT NULL AND (NOT %s OR %s = 1) THEN %d WHEN %s IS NOT NULL AND NOT %s THEN %d ELSE 0 END",
		entry, succeeds, q.answers.isIn(entry), listed, own.prefixed, succeeds, name("sign"), prefixed, own.unlisted, succeeds, unlisted))
	got := name("got")
	q.step(name("turn"), cases(fmt.Sprintf("CASE WHEN %s > %s THEN 'better' ELSE '' END", q.demoted(i), before.rank),
		branch{fmt.Sprintf("%s > 0 OR NOT %s", before.end, name("open")), "''"},
		branch{fmt.Sprintf("%s = %d AND NOT (%s AND %s)", got, listed, succeeds, q.answers.isOK(entry)), "'code'"},
		branch{fmt.Sprintf("%s AND (%s = 2 OR %s = %d)", succeeds, name("sign"), got, listed), "'success'"},
		branch{fmt.Sprintf("%s AND %s < %d", succeeds, got, prefixed), "'maybe'"}))
	turn := name("turn")
	code := cases("''", branch{fmt.Sprintf("%s = %d", got, listed), own.listed}, branch{fmt.Sprintf("%s = %d", got, prefixed), own.prefixed}, branch{fmt.Sprintf("%s = %d", got, unlisted), own.unlisted})
	after := state{name("end"), name("rank"), name("code"), name("own"), name("form"), name("maybe"), name("failed")}
	q.step(
		after.end, cases(before.end, branch{turn + " = 'code'", "1"}, branch{turn + " = 'success'", "2"}),
		after.rank, cases(before.rank, branch{turn + " IN ('code', 'success')", got}, branch{turn + " = 'better'", q.demoted(i)}),
		after.code, cases(before.code, branch{turn + " IN ('code', 'better')", code}, branch{turn + " = 'success'", cases("''", branch{fmt.Sprintf("%s = %d", got, listed), own.listed})}),
		after.entry, cases(before.entry, branch{turn + " IN ('code', 'success', 'better')", fmt.Sprintf("CASE WHEN %s = %d THEN %s END", got, listed, entry)}),
		after.form, cases(before.form, branch{turn + " IN ('code', 'success', 'better')", fmt.Sprint(i)}),
		after.maybe, anyOf(before.maybe, turn+" = 'maybe'"),
		after.failed, anyOf(before.failed, allOf(before.end+" = 0", name("fail"))),
	)
	return after
}

// demoted is the rank of a code: an error status overrules a sign of success, and what then
// stands where the code would be may be the result.
func (q *query) demoted(i int) string {
	return fmt.Sprintf("CASE WHEN got%d = %d AND sign%d > 0 AND status >= 400 THEN %d ELSE got%d END", i, unlisted, i, doubtful, i)
}
