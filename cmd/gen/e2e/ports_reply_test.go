package e2e_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// replier makes replies of an API, many of them spoilt.
type replier struct {
	*rand.Rand
	api   *model.API
	table *classify.Catalog
	codes []string
}

func newReplier(seed uint64, a *model.API, table *classify.Catalog) *replier {
	r := &replier{Rand: rand.New(rand.NewPCG(seed, uint64(len(a.Name)))), api: a, table: table}
	for _, e := range a.Entries() {
		r.codes = append(r.codes, e.Code)
		r.codes = append(r.codes, e.Aliases...)
	}
	return r
}

func one[T any](r *replier, from ...T) T { return from[r.IntN(len(from))] }

// chance reports true about once in n times.
func (r *replier) chance(n int) bool { return r.IntN(n) == 0 }

var oddTexts = []string{
	"", " ", "BRAND_NEW", "brand new", "0", "1", "1.0", "-1", "1e3", "1e400", "12345678901234567890", "true", "null", "é", "Ü_9", "ß", "ẞ", "ſ", "\u212a", "İ", "ı",
	"ΣΑΣ", "\u0301", "Ⅷ", "٣", "x:y", "a#b", "\u00a0", "\u2028", "\u200b", "\U0001f600", "\xff", "\xed\xa0\x80", "\xc3", "<b>", "{}", "OK|1", "\"", "\\", "\x00", "\n",
}

// word returns what may stand where a code does.
func (r *replier) word() string {
	if len(r.table.Secret) > 0 && r.chance(2) { // a secret is one only where it stands twice
		return one(r, "12345", "12345", "12345", "sk-12345", "34567", "abc")
	}
	if r.chance(3) || len(r.codes) == 0 {
		return one(r, oddTexts...)
	}
	code := one(r, r.codes...)
	switch r.IntN(8) {
	case 0:
		return strings.ToLower(code)
	case 1:
		return strings.ToUpper(code)
	case 2:
		return strings.TrimSuffix(code, "*") + one(r, oddTexts...)
	}
	return strings.TrimSuffix(code, "*")
}

func (r *replier) reply() asked {
	q := asked{Status: one(r, 0, 200, 200, 201, 204, 206, 301, 302, 400, 401, 403, 404, 409, 410, 429, 429, 500, 502, 503, 503, 599), Headers: map[string][]string{}}
	q.Operation = one(r, "", "other")
	if n := len(r.table.Endpoints); n > 0 && !r.chance(3) {
		q.Operation = string(r.table.Endpoints[r.IntN(n)].Operation)
	}
	if r.chance(12) {
		failure := one(r, "timeout", "connection", "dns", "tls", "canceled", "", "odd")
		sent := failure == "" || r.chance(2)
		q.Failure, q.Sent = &failure, &sent
	}
	body := r.body()
	for r.chance(2) {
		body = r.spoil(body)
	}
	q.Body = []byte(body)
	r.addHeaders(q.Headers)
	if r.chance(8) {
		q.Cut = true
		q.Body = q.Body[:r.IntN(len(q.Body)+1)]
	}
	// Without it the port's clock would decide.
	q.Headers[r.anyCase("Date")] = []string{one(r, "Sat, 21 Nov 2026 10:00:00 GMT", "Saturday, 21-Nov-26 10:00:00 GMT", "Sat Nov 21 10:00:00 2026")}
	return q
}

// addHeaders adds fields that the table looks for, some in several lines.
func (r *replier) addHeaders(headers map[string][]string) {
	set := func(name string, lines ...string) {
		for i := range lines {
			lines[i] = strings.ToValidUTF8(lines[i], "\ufffd")
		}
		headers[r.anyCase(name)] = lines
	}
	for _, test := range r.tests() {
		if test.Header == "" || !r.chance(3) {
			continue
		}
		value := one(r, "1", "yes", " ", "x")
		if len(test.Values) > 0 {
			value = one(r, test.Values...).Text
		}
		if len(test.Prefix) > 0 {
			value = one(r, test.Prefix...)
		}
		set(test.Header, r.lines(value+one(r, "", "", " ", "x"))...)
	}
	for i := range r.table.Forms {
		form := &r.table.Forms[i]
		for _, place := range form.Code {
			if form.Syntax == classify.Header && r.chance(2) {
				set(place[0], r.trimmed(form), "second")
			}
		}
	}
	for _, place := range r.places() {
		if place.Header != "" && r.chance(2) {
			set(place.Header, r.lines(r.word()+one(r, "", "", " ", "x"))...)
		}
	}
	for _, delay := range r.delays() {
		if delay.Header != "" && r.chance(2) {
			set(delay.Header, r.lines(r.delay(&delay))...)
		}
	}
}

// places are all places of the table that are neither a code's nor a delay's.
func (r *replier) places() []classify.Place {
	return slices.Concat(r.table.RequestID, r.table.Field, r.table.Secret)
}

// lines returns a field's value, now and then in several lines.
func (r *replier) lines(value string) []string {
	switch r.IntN(12) {
	case 0:
		return []string{value, one(r, "second", "", value)}
	case 1:
		return []string{"", value}
	case 2:
		if start, end, ok := strings.Cut(value, ","); ok {
			return []string{start, end}
		}
	}
	return []string{value}
}

// tests are all tests of the table, also those that others are made of.
func (r *replier) tests() []classify.Test {
	var all []classify.Test
	var add func(tests []classify.Test)
	add = func(tests []classify.Test) {
		for _, test := range tests {
			all = append(all, test)
			add(test.Tests)
		}
	}
	for _, form := range r.table.Forms {
		add(form.OK)
		add(form.Fail)
	}
	for _, e := range r.entries() {
		for _, v := range e.Variants {
			add(v.When)
		}
	}
	for _, o := range r.table.Overrides {
		add(o.When)
	}
	return all
}

func (r *replier) entries() []classify.Entry {
	c := r.table
	all := slices.Concat(c.Codes, c.Prefixes, c.Statuses, c.Classes, c.Transport)
	for _, e := range []*classify.Entry{c.Unknown, c.Unrecognised} {
		if e != nil {
			all = append(all, *e)
		}
	}
	return all
}

// delays are all places for delays of the table.
func (r *replier) delays() []classify.Delay {
	all := slices.Clone(r.table.Delays)
	for _, e := range r.entries() {
		all = append(all, e.Delays...)
		for _, v := range e.Variants {
			all = append(all, v.Delays...)
		}
	}
	for _, o := range r.table.Overrides {
		all = append(all, o.Delays...)
	}
	return all
}

func (r *replier) attempt() attempt {
	a := attempt{Retry: one(r, -1, 0, 0, 0, 1, 2, 3, 4, 5, 63, 64, 1024, 1<<40), Repeatable: r.chance(2), Submits: r.chance(3), Other: r.chance(4), Follows: []classify.Action{}}
	for r.chance(3) {
		a.Follows = append(a.Follows, one(r, classify.Actions()...))
	}
	return a
}

func (r *replier) anyCase(name string) string {
	switch r.IntN(4) {
	case 0:
		return strings.ToLower(name)
	case 1:
		return strings.ToUpper(name)
	}
	return name
}

var delays = []string{
	"0", "1", "30", "7.5", "0.57", "601", "18446744074", "9223372036", "9223372037", "99999999999999999999", "999999999", "1000000000", "1000000001", "4102444799", "4102444800", "1795255230", "2.0", "-5", "+5", "1e3", "1e999", "1.", ".5", "NaN", "0x10", "5, 10", "soon",
	"3.5s", "1m30s", "100ms", "5us", "5µs", "5μs", "7ns", "1h", "9999999h", "2540400h10m10.000000000s", "0.3333333333333333333h", "1.00000000000000000001s", "1s1", "-1s", "1d", "s", "..s", "00030", "0.100000000000000000000h",
	"9223372036854775807ns", "9223372036854775808ns", "1.9223372036854775808s", "0.9223372036854775809s", "٣",
	"Sat, 21 Nov 2026 10:00:30 GMT", "Saturday, 21-Nov-26 10:00:30 GMT", "Sat Nov 21 10:00:30 2026", "Sat Nov  1 10:00:30 2026", "sat,  21 nov 2026  9:00:30 GMT", "Sat, 21 Nov 2026 10:00:30.000 GMT",
	"Sat, 21 Nov 2026 10:00:30,5 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Sat, 31 Nov 2026 10:00:30 GMT", "Tue, 29 Feb 2028 00:00:00 GMT", "Mon, 01 Jan 0000 00:00:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
	"Sunday, 06-Nov-68 08:49:37 UTC", "Sunday, 06-Nov-69 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sat, 21 Nov 2026 10:00:30 CET", "Sat, 21 Nov 2026 24:00:00 GMT", "Wed, 29 Feb 2100 00:00:00 GMT", "Thu, 29 Feb 2400 00:00:00 GMT",
}

// instants are points in time, near to the Date of the replies and far from it.
var instants = []string{
	"1795255230", "1795255200", "1795255100", "1795255230.5", "1795255230000", "1795255230250", "1.79525523e9", "0", "30", "1e999", "99999999999999999999", "4948855200", "4948855201",
	"2026-11-21T10:00:30Z", "2026-11-21T10:00:30.25Z", "2026-11-21T10:00:30,123456789123Z", "2026-11-21T11:30:30+01:30", "2026-11-21T09:00:31-01:00", "2026-11-21T9:59:59Z", "2026-11-21t10:00:30z",
	"2026-11-31T10:00:30Z", "2026-02-29T10:00:30Z", "2028-02-29T10:00:30+24:60", "2026-11-21T10:00:60Z", "2026-11-21T24:00:00Z", "2026-11-21T10:00:30+25:00", "2026-11-21 10:00:30Z", "2026-11-21T10:00:30", "2026-13-01T00:00:00Z",
	"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2126-10-28T10:00:00Z", "2126-10-28T10:00:01Z", "2026-00-10T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-21T10:00:30.Z",
}

var rateLimits = []string{
	`"a";r=0;t=5`, `"a";r=0;t=5,"b";r=0;t=9,"c";r=3;t=60`, `"a, b;r=0;t=99";r=1;t=5`, `"a";q=7 ; t=4;r=0`, `"a";r=0;t=0, "b";r=0;t=2`, `"a";r=0`, `"a";t=5`, `"a\"b;r=0;t=1";r=0;t=2`, `"a;r=0;t=3`, `"a\`,
	`a;r=0;r=1;t=5`, `a;r=1;r=0;t=5`, `a;r= 0;t=5`, `a;r=0;t=5.5`, `a;r=0;t=99999999999999999999`, `;;,,`, `r=0;t=5`, `a;r=00;t=05`, `a;r;t`, `limit=5, remaining=0, reset=7`, `a;r=0;t=601`, `a;R=0;T=5`,
}

func (r *replier) delay(at *classify.Delay) string {
	delay := one(r, delays...)
	switch {
	case at.As == classify.AsTime && !r.chance(4):
		delay = one(r, instants...)
	case at.As == classify.AsRateLimit && !r.chance(6):
		delay = one(r, rateLimits...)
	}
	if r.chance(4) {
		delay = strings.ToValidUTF8(r.spoil(delay), "\ufffd")
	}
	return one(r, "", "", "", " ") + delay + one(r, "", "", "", " ")
}

func (r *replier) body() string {
	if r.chance(6) {
		var examples []string
		for _, e := range r.api.Entries() {
			for _, x := range e.Examples {
				examples = append(examples, x.Body)
			}
		}
		return one(r, append(examples, "", "{}", "[]", "OK", "null", "<p>gone</p>", `{"ok":true}`)...)
	}
	if len(r.table.Forms) == 0 {
		return r.word()
	}
	form := &r.table.Forms[r.IntN(len(r.table.Forms))]
	switch form.Syntax {
	case classify.JSON:
		return one(r, "", "", "", "\ufeff", " \n", "\u2003") + r.wrapped(form) + one(r, "", "", "", "\n", "\u00a0", "x")
	case classify.XML:
		return r.xml(form)
	}
	return r.text(form)
}

// trimmed returns a word with the marks around it that the form trims.
func (r *replier) trimmed(form *classify.Form) string {
	word := r.word()
	if form.After != "" && r.chance(2) {
		word = "x" + form.After + word
	}
	if form.Before != "" && r.chance(2) {
		word += form.Before + "y"
	}
	return word
}

// wrapped returns a document in what the form says that it is wrapped in.
func (r *replier) wrapped(form *classify.Form) string {
	wrapping := form.In
	if r.chance(8) {
		wrapping = one(r, classify.InBody, classify.InSSE, classify.InNDJSON)
	}
	switch wrapping {
	case classify.InSSE:
		return r.events(form)
	case classify.InNDJSON:
		var lines strings.Builder
		for range 1 + r.IntN(4) {
			line := strings.NewReplacer("\n", " ", "\r", " ").Replace(r.json(form))
			lines.WriteString(one(r, "", "", " ", "\u00a0") + one(r, line, line, line, "", "{}", "[1]", `{"a":`, "x") + r.lineEnd())
		}
		return lines.String()
	case classify.InString:
		value := r.json(form)
		for i := len(form.Inside) - 1; i >= 0; i-- {
			if i == len(form.Inside)-1 {
				value = one(r, jsonString(value), jsonString(value), jsonString(" "+value), escaped(value), value, `"x"`)
			}
			value = "{" + r.name(form.Inside[i]) + ":" + value + "}"
		}
		return value
	}
	return r.json(form)
}

func (r *replier) lineEnd() string { return one(r, "\n", "\n", "\n", "\r\n", "\r") }

// events returns a stream of events, in which a document may go over several lines.
func (r *replier) events(form *classify.Form) string {
	var stream strings.Builder
	for range 1 + r.IntN(3) {
		end := r.lineEnd()
		stream.WriteString(r.rarely("", "event: x"+end, ":"+end, "id"+end, "data"+end, "data:"+end, "data: [DONE]"+end+end, "data: [1]"+end+end, "retry: 5"+end))
		for line := range strings.Lines(strings.ReplaceAll(r.json(form), ",", one(r, ",", ",\n"))) {
			stream.WriteString(r.rarely("data: ", "data:", "data:  ", "Data: ", " data: ") + strings.TrimRight(line, "\n") + end)
		}
		stream.WriteString(r.rarely(end, "", " "+end, end+end))
	}
	return stream.String()
}

// sign returns a value for a test of success.
func (r *replier) sign(test *classify.Test) string {
	if test.Text != "" && !r.chance(4) {
		text := one(r, test.Text, strings.ToUpper(test.Text), strings.ToLower(test.Text), test.Text[:len(test.Text)/2])
		return jsonString(one(r, "", "x ", "é") + text + one(r, "", "!"))
	}
	if len(test.Values) == 0 || r.chance(4) {
		return one(r, "1", "true", `"1"`, "0", "null", "{}", "1.0", "12.50", "1e2", `"x"`)
	}
	value := one(r, test.Values...)
	if value.Type == classify.String {
		return jsonString(value.Text)
	}
	return value.Text
}

func jsonString(text string) string {
	written, _ := json.Marshal(text)
	return string(written)
}

// json returns a document with something at the places where the form looks.
func (r *replier) json(form *classify.Form) string {
	var members []string
	add := func(place classify.Path, value string) {
		if len(place) == 0 {
			return
		}
		for i := len(place) - 1; i > 0; i-- {
			switch {
			case place[i] == "*" && r.chance(3):
				value = "{" + one(r, "", "", `"z":{"a":1},`, `"10":null,`, `"a":"x",`) + one(r, `"b"`, `"a"`, `"2"`) + ":" + value + one(r, "", `,"c":`+value, `,"a":{}`) + "}"
			case place[i] == "*" || isDigits(place[i]):
				value = "[" + one(r, "", "", `{"a":1},`, "null,", `"x",`) + value + one(r, "", "", ","+value, `,{"a":1}`) + "]"
			default:
				value = "{" + r.name(place[i]) + ":" + value + "}"
			}
		}
		if place[0] == "*" {
			place = classify.Path{one(r, "a", "b", "*")}
		}
		members = append(members, r.name(place[0])+one(r, "", " ", "\n")+":"+value)
	}
	for _, test := range r.tests() {
		if r.chance(4) {
			add(test.At, r.sign(&test))
		}
	}
	for _, place := range form.Code {
		for r.chance(2) {
			value := r.trimmed(form)
			add(place, one(r, jsonString(value), `"`+value+`"`, escaped(value), one(r, "null", "1e3", "-0.5", "4711", "429.0", "1e2", "42900e-2", "100.5", "[]", "{}", "true", `""`)))
		}
	}
	for _, place := range r.places() {
		for place.JSON != nil && !r.chance(3) {
			value := r.trimmed(form)
			add(place.JSON, one(r, jsonString(value), jsonString(one(r, "", " ", "x ")+value+one(r, "", "y", value)), escaped(value), one(r, "null", "42", "-1.50", "[]", "{}", "true", `""`)))
		}
	}
	for _, delay := range r.delays() {
		if r.chance(2) {
			add(delay.At, one(r, jsonString(r.delay(&delay)), one(r, "1795255230", "1795255230250", "1795255100.5", "1000000001"), one(r, "7", "1.5", "0.57", "1e2", "1e999", "-3", "null", "0", "30")))
		}
	}
	r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	object := "{" + strings.Join(members, ","+one(r, "", " ", "\n\t")) + "}"
	if r.chance(8) {
		object = one(r, "[", "[1,", `[{"a":1},`) + object + "]"
	}
	return object
}

func isDigits(token string) bool { return strings.Trim(token, "0123456789") == "" }

// name returns a member's name, in one of the ways to write it.
func (r *replier) name(token string) string {
	if r.chance(6) {
		return escaped(token)
	}
	return jsonString(token)
}

// escaped returns a text as a JSON string of nothing but escapes, with half
// characters where it is not UTF-8.
func escaped(text string) string {
	var out strings.Builder
	for _, c := range text {
		switch {
		case c == '\ufffd':
			out.WriteString(`\ud800`)
		case c > 0xffff:
			fmt.Fprintf(&out, `\u%04x\u%04X`, 0xd800+(c-0x10000)>>10, 0xdc00+(c-0x10000)&0x3ff)
		default:
			fmt.Fprintf(&out, `\u%04x`, c)
		}
	}
	return `"` + out.String() + `"`
}

func (r *replier) text(form *classify.Form) string {
	text := r.trimmed(form)
	for _, place := range form.Code {
		if r.chance(2) && form.Syntax == classify.Text {
			text = place[0] + text
		}
	}
	for _, test := range r.tests() {
		if len(test.Prefix) > 0 && test.Header == "" && r.chance(3) {
			text = one(r, test.Prefix...) + text
		}
		if test.Text != "" && r.chance(5) {
			text += one(r, " ", "") + test.Text
		}
	}
	return one(r, "", "", `"`, "'", "\ufeff", "\u3000") + text + one(r, "", "", `"`, "'", "\r\n", "\u0085")
}

// xml returns a document with elements at the places where the form looks.
func (r *replier) xml(form *classify.Form) string {
	places := append([]classify.Path{}, form.Code...)
	for _, test := range r.tests() {
		if len(test.At) > 0 && r.chance(2) {
			places = append(places, test.At)
		}
	}
	for _, place := range r.places() {
		if place.XML != nil {
			places = append(places, place.XML)
		}
	}
	place := one(r, places...)
	inner := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(r.trimmed(form))
	switch r.IntN(8) {
	case 0:
		inner = "<![CDATA[" + inner + "]]>"
	case 1:
		inner += one(r, "&", "&nbsp;", "]]>", "&#x41;", "&#65", "&#0;", "&#xD800;", "\x01", "\ufffe", "&#X41;", "&lt", "\r\n", "&quot;", "&#99999999999;", "\ufffd")
	}
	attribute := ""
	for i := len(place) - 1; i >= 0; i-- {
		name := place[i]
		if strings.HasPrefix(name, "@") {
			attribute = " " + r.rarely("", "s:", ":", "x:y:") + name[1:] + one(r, "=", " = ") + one(r, `"`+strings.ReplaceAll(inner, `"`, "&quot;")+`"`, "'"+inner+"'")
			inner = r.rarely("", "x")
			continue
		}
		if name == "*" {
			name = one(r, "Fault", "Body", "Code", "été", "_x.1-y")
		}
		inner = r.element(name, attribute, inner)
		attribute = ""
		if r.chance(6) {
			inner += r.element(name, "", r.word())
		}
	}
	start := r.rarely("", `<?xml version="1.0" encoding="UTF-8"?>`, "<?xml version='1.0' encoding='ISO-8859-1'?>\n", `<?xml version="1.1"?>`, "<!-- x -->", "<?xml encoding=\"x version='1.0' encoding='y'?>",
		"<!-- a -- b -->", `<!DOCTYPE Error [<!ENTITY x "<y>"> <!-- ' -->]>`, "<?x y?>", "\ufeff", "<!>", "x", "<!DOCTYPE x '>'>", "<?xml encoding=encoding='utf-8'?>", "<!-->-->", "<!x<>>", "<![CDATA[ ]]>")
	return start + inner + r.rarely("", "\n", "<!-- end -->", "<Error/>", "x", "\u0085", "<", "</Error>")
}

func (r *replier) element(name, attribute, inner string) string {
	tag := r.rarely("", "s:", "x:y:", ":") + name
	attributes := r.rarely("", " ", ` a="1"`, ` xmlns:s="urn:x" b='<'`, "\n a = '&amp;\"'b=\"]]>\"", " a=1", " a", ` a="&x;"`, ` été="1"`, " a='\xff'")
	siblings := r.rarely("", "<Other/>", "<!-- c -->", "<Code></Code>", "\n  ", "<?p?>", "<a b='c'>d</a >")
	end := tag
	if r.chance(20) {
		end = name
	}
	return "<" + tag + attributes + attribute + ">" + siblings + inner + "</" + end + r.rarely("", " ", "\n") + ">"
}

// rarely picks the first of some texts, and one in five times any.
func (r *replier) rarely(texts ...string) string {
	if !r.chance(5) {
		return texts[0]
	}
	return one(r, texts...)
}

// spoil changes a text in one place, or makes it long.
func (r *replier) spoil(text string) string {
	if len(text) == 0 {
		return one(r, oddTexts...)
	}
	i := r.IntN(len(text))
	j := min(len(text), i+1+r.IntN(4))
	switch r.IntN(9) {
	case 0:
		return text[:i] + text[j:]
	case 1:
		return text[:i] + one(r, oddTexts...) + text[i:]
	case 2:
		return text[:i] + string(rune(r.IntN(256))) + text[j:]
	case 3:
		return text[:i] + string([]byte{byte(r.IntN(256))}) + text[i+1:]
	case 4:
		return text[:j] + text[i:]
	case 5:
		return text[:i] + one(r, `"`, "{", "}", "[", "]", ",", ":", "<", ">", "&", ";", "'", "\\", "\\u00e9", "\\ud83d", "<!--", "-->", "]]>", "/", "0", "-", ".", "e", "|", "\t", "\r") + text[i:]
	case 6:
		if r.chance(30) {
			return text[:i] + strings.Repeat(one(r, "a", " ", "é", "[", "\u2003", "1"), one(r, 255, 257, 65000, 70000)) + text[i:]
		}
	case 7:
		return text[:i]
	}
	return text[i:] + text[:i]
}
