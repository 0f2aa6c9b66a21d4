package e2e_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
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
	for _, form := range r.table.Forms {
		for _, test := range form.OK {
			if test.Kind == classify.HeaderEquals && r.chance(3) {
				q.Headers[r.anyCase(test.Header)] = []string{test.Values[0].Text + one(r, "", "", " ", "x")}
			}
		}
		for _, place := range form.Code {
			if form.Syntax == classify.Header && r.chance(2) {
				q.Headers[r.anyCase(place[0])] = []string{strings.ToValidUTF8(r.trimmed(&form), "\ufffd"), "second"}
			}
		}
	}
	for _, delay := range r.table.Delays {
		if delay.Header != "" && r.chance(2) {
			q.Headers[r.anyCase(delay.Header)] = []string{r.delay()}
		}
	}
	// Without it the port's clock would decide.
	q.Headers[r.anyCase("Date")] = []string{one(r, "Sat, 21 Nov 2026 10:00:00 GMT", "Saturday, 21-Nov-26 10:00:00 GMT", "Sat Nov 21 10:00:00 2026")}
	return q
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
	"0", "1", "30", "7.5", "0.57", "601", "18446744074", "9223372036", "9223372037", "99999999999999999999", "-5", "+5", "1e3", "1e999", "1.", ".5", "NaN", "0x10", "5, 10", "soon",
	"3.5s", "1m30s", "100ms", "5us", "5µs", "5μs", "7ns", "1h", "9999999h", "2540400h10m10.000000000s", "0.3333333333333333333h", "1.00000000000000000001s", "1s1", "-1s", "1d", "s", "..s", "00030", "0.100000000000000000000h",
	"9223372036854775807ns", "9223372036854775808ns", "1.9223372036854775808s", "0.9223372036854775809s", "٣",
	"Sat, 21 Nov 2026 10:00:30 GMT", "Saturday, 21-Nov-26 10:00:30 GMT", "Sat Nov 21 10:00:30 2026", "Sat Nov  1 10:00:30 2026", "sat,  21 nov 2026  9:00:30 GMT", "Sat, 21 Nov 2026 10:00:30.000 GMT",
	"Sat, 21 Nov 2026 10:00:30,5 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Sat, 31 Nov 2026 10:00:30 GMT", "Tue, 29 Feb 2028 00:00:00 GMT", "Mon, 01 Jan 0000 00:00:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
	"Sunday, 06-Nov-68 08:49:37 UTC", "Sunday, 06-Nov-69 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sat, 21 Nov 2026 10:00:30 CET", "Sat, 21 Nov 2026 24:00:00 GMT", "Wed, 29 Feb 2100 00:00:00 GMT", "Thu, 29 Feb 2400 00:00:00 GMT",
}

func (r *replier) delay() string {
	delay := one(r, delays...)
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
		return one(r, "", "", "", "\ufeff", " \n", "\u2003") + r.json(form) + one(r, "", "", "", "\n", "\u00a0", "x")
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

// sign returns a value for a test of success.
func (r *replier) sign(test *classify.Test) string {
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
			if place[i] == "*" || place[i] == "1" {
				value = "[" + one(r, "", "", `{"a":1},`, "null,", `"x",`) + value + "]"
			} else {
				value = "{" + r.name(place[i]) + ":" + value + "}"
			}
		}
		members = append(members, r.name(place[0])+one(r, "", " ", "\n")+":"+value)
	}
	for _, test := range form.OK {
		if r.chance(2) {
			add(test.At, r.sign(&test))
		}
	}
	for _, place := range form.Code {
		for r.chance(2) {
			value := r.trimmed(form)
			add(place, one(r, jsonString(value), `"`+value+`"`, escaped(value), one(r, "null", "1e3", "-0.5", "4711", "[]", "{}", "true", `""`)))
		}
	}
	for _, delay := range r.table.Delays {
		if r.chance(2) {
			add(delay.At, one(r, jsonString(r.delay()), one(r, "7", "1.5", "0.57", "1e2", "1e999", "-3", "null", "0", "30")))
		}
	}
	r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	object := "{" + strings.Join(members, ","+one(r, "", " ", "\n\t")) + "}"
	if r.chance(8) {
		object = one(r, "[", "[1,", `[{"a":1},`) + object + "]"
	}
	return object
}

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
	for _, test := range form.OK {
		if len(test.Prefix) > 0 && r.chance(3) {
			text = one(r, test.Prefix...) + text
		}
	}
	return one(r, "", "", `"`, "'", "\ufeff", "\u3000") + text + one(r, "", "", `"`, "'", "\r\n", "\u0085")
}

// xml returns a document with elements at the places where the form looks.
func (r *replier) xml(form *classify.Form) string {
	places := append([]classify.Path{}, form.Code...)
	for _, test := range form.OK {
		if len(test.At) > 0 {
			places = append(places, test.At)
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
	for i := len(place) - 1; i >= 0; i-- {
		name := place[i]
		if name == "*" {
			name = one(r, "Fault", "Body", "Code", "été", "_x.1-y")
		}
		inner = r.element(name, inner)
	}
	start := r.rarely("", `<?xml version="1.0" encoding="UTF-8"?>`, "<?xml version='1.0' encoding='ISO-8859-1'?>\n", `<?xml version="1.1"?>`, "<!-- x -->", "<?xml encoding=\"x version='1.0' encoding='y'?>",
		"<!-- a -- b -->", `<!DOCTYPE Error [<!ENTITY x "<y>"> <!-- ' -->]>`, "<?x y?>", "\ufeff", "<!>", "x", "<!DOCTYPE x '>'>", "<?xml encoding=encoding='utf-8'?>", "<!-->-->", "<!x<>>", "<![CDATA[ ]]>")
	return start + inner + r.rarely("", "\n", "<!-- end -->", "<Error/>", "x", "\u0085", "<", "</Error>")
}

func (r *replier) element(name, inner string) string {
	tag := r.rarely("", "s:", "x:y:", ":") + name
	attributes := r.rarely("", " ", ` a="1"`, ` xmlns:s="urn:x" b='<'`, "\n a = '&amp;\"'b=\"]]>\"", " a=1", " a", ` a="&x;"`, ` été="1"`, " a='\xff'")
	siblings := r.rarely("", "<Other/>", "<!-- c -->", "<Code></Code>", "\n  ", "<?p?>", "<a b='c'>d</a >")
	end := tag
	if r.chance(20) {
		end = name
	}
	return "<" + tag + attributes + ">" + siblings + inner + "</" + end + r.rarely("", " ", "\n") + ">"
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
