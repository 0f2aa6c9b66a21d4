package modeltest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

func (r *Replier) body() string {
	if r.Chance(6) {
		return One(r, append(slices.Clone(r.examples), "", "{}", "[]", "OK", "null", "<p>gone</p>", `{"ok":true}`)...)
	}
	if len(r.table.Forms) == 0 {
		return r.word()
	}
	form := &r.table.Forms[r.IntN(len(r.table.Forms))]
	switch form.Syntax {
	case classify.JSON:
		return One(r, "", "", "", "\ufeff", " \n", "\u2003") + r.wrapped(form) + One(r, "", "", "", "\n", "\u00a0", "x")
	case classify.XML:
		return r.xml(form)
	}
	return r.text(form)
}

// trimmed returns a word with the marks around it that the form trims.
func (r *Replier) trimmed(form *classify.Form) string {
	word := r.word()
	if form.After != "" && r.Chance(2) {
		word = "x" + form.After + word
	}
	if form.Before != "" && r.Chance(2) {
		word += form.Before + "y"
	}
	return word
}

// wrapped returns a document in what the form says that it is wrapped in.
func (r *Replier) wrapped(form *classify.Form) string {
	wrapping := form.In
	if r.Chance(8) {
		wrapping = One(r, classify.InBody, classify.InSSE, classify.InNDJSON)
	}
	switch wrapping {
	case classify.InSSE:
		return r.events(form)
	case classify.InNDJSON:
		var lines strings.Builder
		for range 1 + r.IntN(4) {
			line := strings.NewReplacer("\n", " ", "\r", " ").Replace(r.json(form))
			lines.WriteString(One(r, "", "", " ", "\u00a0") + One(r, line, line, line, "", "{}", "[1]", `{"a":`, "x") + r.lineEnd())
		}
		return lines.String()
	case classify.InString:
		value := r.json(form)
		for i := len(form.Inside) - 1; i >= 0; i-- {
			if i == len(form.Inside)-1 {
				value = One(r, jsonString(value), jsonString(value), jsonString(" "+value), escaped(value), value, `"x"`)
			}
			value = "{" + r.name(form.Inside[i]) + ":" + value + "}"
		}
		return value
	}
	return r.json(form)
}

func (r *Replier) lineEnd() string { return One(r, "\n", "\n", "\n", "\r\n", "\r") }

// events returns a stream of events, in which a document may go over several lines.
func (r *Replier) events(form *classify.Form) string {
	var stream strings.Builder
	for range 1 + r.IntN(3) {
		end := r.lineEnd()
		stream.WriteString(r.rarely("", "event: x"+end, ":"+end, "id"+end, "data"+end, "data:"+end, "data: [DONE]"+end+end, "data: [1]"+end+end, "retry: 5"+end))
		for line := range strings.Lines(strings.ReplaceAll(r.json(form), ",", One(r, ",", ",\n"))) {
			stream.WriteString(r.rarely("data: ", "data:", "data:  ", "Data: ", " data: ") + strings.TrimRight(line, "\n") + end)
		}
		stream.WriteString(r.rarely(end, "", " "+end, end+end))
	}
	return stream.String()
}

// sign returns a value for a test of success.
func (r *Replier) sign(test *classify.Test) string {
	if test.Text != "" && !r.Chance(4) {
		text := One(r, test.Text, strings.ToUpper(test.Text), strings.ToLower(test.Text), test.Text[:len(test.Text)/2])
		return jsonString(One(r, "", "x ", "é") + text + One(r, "", "!"))
	}
	if len(test.Values) == 0 || r.Chance(4) {
		return One(r, "1", "true", `"1"`, "0", "null", "{}", "1.0", "12.50", "1e2", `"x"`)
	}
	value := One(r, test.Values...)
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
func (r *Replier) json(form *classify.Form) string {
	var members []string
	add := func(place classify.Path, value string) {
		if len(place) == 0 {
			return
		}
		for i := len(place) - 1; i > 0; i-- {
			switch {
			case place[i] == "*" && r.Chance(3):
				value = "{" + One(r, "", "", `"z":{"a":1},`, `"10":null,`, `"a":"x",`) + One(r, `"b"`, `"a"`, `"2"`) + ":" + value + One(r, "", `,"c":`+value, `,"a":{}`) + "}"
			case place[i] == "*" || isDigits(place[i]):
				value = "[" + One(r, "", "", `{"a":1},`, "null,", `"x",`) + value + One(r, "", "", ","+value, `,{"a":1}`) + "]"
			default:
				value = "{" + r.name(place[i]) + ":" + value + "}"
			}
		}
		if place[0] == "*" {
			place = classify.Path{One(r, "a", "b", "*")}
		}
		members = append(members, r.name(place[0])+One(r, "", " ", "\n")+":"+value)
	}
	for _, test := range r.tests {
		if r.Chance(4) {
			add(test.At, r.sign(&test))
		}
	}
	for _, place := range form.Code {
		for r.Chance(2) {
			value := r.trimmed(form)
			add(place, One(r, jsonString(value), `"`+value+`"`, escaped(value), One(r, "null", "1e3", "-0.5", "4711", "429.0", "1e2", "42900e-2", "100.5", "[]", "{}", "true", `""`)))
		}
	}
	for _, place := range r.places {
		for place.JSON != nil && !r.Chance(3) {
			value := r.trimmed(form)
			add(place.JSON, One(r, jsonString(value), jsonString(One(r, "", " ", "x ")+value+One(r, "", "y", value)), escaped(value), One(r, "null", "42", "-1.50", "[]", "{}", "true", `""`)))
		}
	}
	for _, delay := range r.delays {
		if r.Chance(2) {
			add(delay.At, One(r, jsonString(r.delay(&delay)), One(r, "1795255230", "1795255230250", "1795255100.5", "1000000001"), One(r, "7", "1.5", "0.57", "1e2", "1e999", "-3", "null", "0", "30")))
		}
	}
	r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	object := "{" + strings.Join(members, ","+One(r, "", " ", "\n\t")) + "}"
	if r.Chance(8) {
		object = One(r, "[", "[1,", `[{"a":1},`) + object + "]"
	}
	return object
}

func isDigits(token string) bool { return strings.Trim(token, "0123456789") == "" }

// name returns a member's name, in one of the ways to write it.
func (r *Replier) name(token string) string {
	if r.Chance(6) {
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

func (r *Replier) text(form *classify.Form) string {
	text := r.trimmed(form)
	for _, place := range form.Code {
		if r.Chance(2) && form.Syntax == classify.Text {
			text = place[0] + text
		}
	}
	for _, test := range r.tests {
		if len(test.Prefix) > 0 && test.Header == "" && r.Chance(3) {
			text = One(r, test.Prefix...) + text
		}
		if test.Text != "" && r.Chance(5) {
			text += One(r, " ", "") + test.Text
		}
	}
	return One(r, "", "", `"`, "'", "\ufeff", "\u3000") + text + One(r, "", "", `"`, "'", "\r\n", "\u0085")
}

// xml returns a document with elements at the places where the form looks.
func (r *Replier) xml(form *classify.Form) string {
	places := append([]classify.Path{}, form.Code...)
	for _, test := range r.tests {
		if len(test.At) > 0 && r.Chance(2) {
			places = append(places, test.At)
		}
	}
	for _, place := range r.places {
		if place.XML != nil {
			places = append(places, place.XML)
		}
	}
	place := One(r, places...)
	inner := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(r.trimmed(form))
	switch r.IntN(8) {
	case 0:
		inner = "<![CDATA[" + inner + "]]>"
	case 1:
		inner += One(r, "&", "&nbsp;", "]]>", "&#x41;", "&#65", "&#0;", "&#xD800;", "\x01", "\ufffe", "&#X41;", "&lt", "\r\n", "&quot;", "&#99999999999;", "\ufffd")
	}
	attribute := ""
	for i := len(place) - 1; i >= 0; i-- {
		name := place[i]
		if strings.HasPrefix(name, "@") {
			attribute = " " + r.rarely("", "s:", ":", "x:y:") + name[1:] + One(r, "=", " = ") + One(r, `"`+strings.ReplaceAll(inner, `"`, "&quot;")+`"`, "'"+inner+"'")
			inner = r.rarely("", "x")
			continue
		}
		if name == "*" {
			name = One(r, "Fault", "Body", "Code", "été", "_x.1-y")
		}
		inner = r.element(name, attribute, inner)
		attribute = ""
		if r.Chance(6) {
			inner += r.element(name, "", r.word())
		}
	}
	start := r.rarely("", `<?xml version="1.0" encoding="UTF-8"?>`, "<?xml version='1.0' encoding='ISO-8859-1'?>\n", `<?xml version="1.1"?>`, "<!-- x -->", "<?xml encoding=\"x version='1.0' encoding='y'?>",
		"<!-- a -- b -->", `<!DOCTYPE Error [<!ENTITY x "<y>"> <!-- ' -->]>`, "<?x y?>", "\ufeff", "<!>", "x", "<!DOCTYPE x '>'>", "<?xml encoding=encoding='utf-8'?>", "<!-->-->", "<!x<>>", "<![CDATA[ ]]>")
	return start + inner + r.rarely("", "\n", "<!-- end -->", "<Error/>", "x", "\u0085", "<", "</Error>")
}

func (r *Replier) element(name, attribute, inner string) string {
	tag := r.rarely("", "s:", "x:y:", ":") + name
	attributes := r.rarely("", " ", ` a="1"`, ` xmlns:s="urn:x" b='<'`, "\n a = '&amp;\"'b=\"]]>\"", " a=1", " a", ` a="&x;"`, ` été="1"`, " a='\xff'")
	siblings := r.rarely("", "<Other/>", "<!-- c -->", "<Code></Code>", "\n  ", "<?p?>", "<a b='c'>d</a >")
	end := tag
	if r.Chance(20) {
		end = name
	}
	return "<" + tag + attributes + attribute + ">" + siblings + inner + "</" + end + r.rarely("", " ", "\n") + ">"
}

// rarely picks the first of some texts, and one in five times any.
func (r *Replier) rarely(texts ...string) string {
	if !r.Chance(5) {
		return texts[0]
	}
	return One(r, texts...)
}

// spoil changes a text in one place, or makes it long.
func (r *Replier) spoil(text string) string {
	if len(text) == 0 {
		return One(r, oddTexts...)
	}
	i := r.IntN(len(text))
	j := min(len(text), i+1+r.IntN(4))
	switch r.IntN(9) {
	case 0:
		return text[:i] + text[j:]
	case 1:
		return text[:i] + One(r, oddTexts...) + text[i:]
	case 2:
		return text[:i] + string(rune(r.IntN(256))) + text[j:]
	case 3:
		return text[:i] + string([]byte{byte(r.IntN(256))}) + text[i+1:]
	case 4:
		return text[:j] + text[i:]
	case 5:
		return text[:i] + One(r, `"`, "{", "}", "[", "]", ",", ":", "<", ">", "&", ";", "'", "\\", "\\u00e9", "\\ud83d", "<!--", "-->", "]]>", "/", "0", "-", ".", "e", "|", "\t", "\r") + text[i:]
	case 6:
		if r.Chance(30) {
			return text[:i] + strings.Repeat(One(r, "a", " ", "é", "[", "\u2003", "1"), One(r, 255, 257, 65000, 70000)) + text[i:]
		}
	case 7:
		return text[:i]
	}
	return text[i:] + text[:i]
}
