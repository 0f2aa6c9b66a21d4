package lookuptest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Whole is a text that holds a whole reply of an API.
type Whole struct {
	API   *model.API
	Reply classify.Reply // as the text has it
	Text  string
}

// Wholes returns n whole replies of a catalog's APIs, each in one of the ways in which
// people paste them, the same for the same seed.
func Wholes(c *model.Catalog, seed uint64, n int) []Whole {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 1))}
	for _, a := range c.APIs {
		w.apis = append(w.apis, a)
		w.entries = append(w.entries, a.Entries()...)
	}
	var all []Whole
	for len(all) < n {
		a := pick(w, w.apis)
		if own := w.whole(a); utf8.ValidString(own.Text) {
			all = append(all, own)
		}
	}
	return all
}

// whole returns a whole reply of an API.
func (w *writer) whole(a *model.API) Whole {
	r := classify.Reply{Status: pick(w, []int{200, 200, 200, 204, 302, 400, 401, 403, 404, 409, 413, 429, 429, 500, 502, 503, 504}), Header: http.Header{}}
	for _, e := range a.Statuses {
		if w.chance(2 * len(a.Statuses)) {
			fmt.Sscan(e.Code, &r.Status)
		}
	}
	body := pick(w, []string{"", "{}", "<p>gone</p>", `{"a":1}`, "[]", "Bad gateway"})
	for _, form := range a.Forms {
		if len(a.Forms) > 1 && w.chance(2) {
			continue
		}
		switch form.Syntax {
		case classify.JSON:
			body = w.json(&form)
		case classify.XML:
			body = w.xml(&form)
		case classify.Text:
			body = w.plain(&form)
		case classify.Header:
			for _, place := range form.Code {
				r.Header.Set(place[0], w.value(&form))
			}
		}
	}
	for _, test := range headerTests(a) {
		if w.chance(3) {
			r.Header.Set(test.Header, w.success(&test))
		}
	}
	for _, delay := range a.Delays {
		if delay.Header != "" && w.chance(2) {
			r.Header.Set(delay.Header, pick(w, []string{"0", "7", "12", "3600", "2.5", "soon", "Sat, 21 Nov 2026 20:08:11 GMT"}))
		}
	}
	r.Header.Set("Date", "Sat, 21 Nov 2026 20:08:01 GMT")
	for name, values := range r.Header {
		value := strings.TrimSpace(strings.NewReplacer("\n", " ", "\r", " ").Replace(values[0]))
		r.Header[name] = []string{value}
	}
	r.Body = []byte(strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(body), "\r\n", "\n"), "\r", "\n"))
	return Whole{a, r, w.carry(r)}
}

// headerTests returns the tests of an API that look at the header.
func headerTests(a *model.API) []classify.Test {
	var found []classify.Test
	var add func(tests []classify.Test)
	add = func(tests []classify.Test) {
		for _, t := range tests {
			if t.Header != "" {
				found = append(found, t)
			}
			add(t.Tests)
		}
	}
	for _, o := range a.Overrides {
		add(o.When)
	}
	for _, e := range a.Entries() {
		for _, v := range e.Variants {
			add(v.When)
		}
	}
	return found
}

// Wire returns a reply as it comes over the wire, without a status line where the status
// is not known.
func Wire(r classify.Reply) string {
	var text strings.Builder
	if r.Status != 0 {
		text.WriteString(strings.TrimSpace(fmt.Sprintf("HTTP/1.1 %d %s", r.Status, http.StatusText(r.Status))) + "\n")
	}
	for _, name := range slices.Sorted(headerNames(r.Header)) {
		for _, value := range r.Header[name] {
			text.WriteString(name + ": " + value + "\n")
		}
	}
	if text.Len() > 0 {
		text.WriteByte('\n')
	}
	return text.String() + string(r.Body)
}

func headerNames(h http.Header) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range h {
			if !yield(name) {
				return
			}
		}
	}
}

// carry returns a reply in one of the ways in which people paste it.
func (w *writer) carry(r classify.Reply) string {
	text := Wire(r)
	isJSON := json.Valid(r.Body)
	switch w.IntN(9) {
	case 0:
		return strings.ReplaceAll(text, "\n", "\r\n")
	case 5: // what Python prints of a reply
		var fields []string
		for _, name := range slices.Sorted(headerNames(r.Header)) {
			fields = append(fields, inPython(name)+": "+inPython(r.Header[name][0]))
		}
		return fmt.Sprintf("{'status_code': %d, 'ok': None, 'headers': {%s}, 'body': b%s}", r.Status, strings.Join(fields, ", "), inPython(string(r.Body)))
	case 1: // curl -v
		head, body, _ := strings.Cut(text, "\n\n")
		return "* Connected to a server\n> GET / HTTP/1.1\n>\n< " + strings.ReplaceAll(head, "\n", "\n< ") + "\n<\n" + body
	case 2: // a mail
		if isJSON && !strings.Contains(string(r.Body), "&") {
			return "> " + strings.ReplaceAll(text, "\n", "\n> ")
		}
	case 3: // in a mail
		if isJSON && len(r.Body) > 1 && strings.IndexByte("{[", r.Body[0]) >= 0 {
			return "Hello,\n\nwe got this today:\n\n" + text + "\n\nWhat can we do about it?\nBest regards"
		}
	case 4: // an HTTP archive
		var headers []map[string]string
		for _, name := range slices.Sorted(headerNames(r.Header)) {
			headers = append(headers, map[string]string{"name": name, "value": r.Header[name][0]})
		}
		archive, err := json.Marshal(map[string]any{"log": map[string]any{"version": "1.2", "entries": []any{map[string]any{
			"request":  map[string]any{"method": "GET", "url": "http://localhost/"},
			"response": map[string]any{"status": r.Status, "headers": headers, "content": map[string]any{"size": len(r.Body), "text": string(r.Body)}},
		}}}})
		if err != nil {
			panic(err)
		}
		return string(archive)
	}
	return text
}

// inPython returns a text as Python prints it.
func inPython(text string) string {
	var out strings.Builder
	out.WriteByte('\'')
	for _, r := range text {
		switch {
		case r == '\'' || r == '\\':
			out.WriteString("\\" + string(r))
		case r == '\n':
			out.WriteString(`\n`)
		case r < ' ':
			fmt.Fprintf(&out, `\x%02x`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String() + "'"
}
