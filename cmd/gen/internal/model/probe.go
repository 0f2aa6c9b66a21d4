package model

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
)

// Probe returns a reply that holds nothing but a code, at one of the places where a form
// reads it. It reports false if none can be written.
func Probe(f *classify.Form, place classify.Path, code string) (x Example, ok bool) {
	text := f.After + code + f.Before
	switch f.Syntax {
	case classify.Text:
		x.Body = place[0] + text
	case classify.Header:
		x.Headers = []Header{{Name: place[0], Value: text}}
	case classify.XML:
		x.Body, ok = xmlAt(place, text)
		return x, ok
	case classify.JSON:
		body, err := json.Marshal(jsonAt(place, text))
		if err == nil && f.In == classify.InString {
			body, err = json.Marshal(jsonAt(f.Inside, string(body)))
		}
		x.Body = string(body)
		if f.In == classify.InSSE {
			x.Body = "data: " + x.Body + "\n\n"
		}
		return x, err == nil
	}
	return x, true
}

// jsonAt returns a value that has another one at a place and nothing else.
func jsonAt(place classify.Path, value any) any {
	for i := len(place) - 1; i >= 0; i-- {
		index, err := strconv.Atoi(place[i])
		switch {
		case place[i] == "*":
			value = []any{value}
		case err == nil && 0 <= index && index < 100:
			value = append(make([]any, index), value)
		default:
			value = map[string]any{place[i]: value}
		}
	}
	return value
}

// xmlAt returns a document that has a text at a place and nothing else.
func xmlAt(place classify.Path, text string) (body string, ok bool) {
	var escaped bytes.Buffer
	if len(place) == 0 || xml.EscapeText(&escaped, []byte(text)) != nil {
		return "", false
	}
	body = escaped.String()
	for i := len(place) - 1; i >= 0; i-- {
		name := strings.ReplaceAll(place[i], "*", "any")
		attribute := ""
		if strings.HasPrefix(name, "@") && i > 0 {
			attribute, body = " "+name[1:]+`="`+body+`"`, ""
			i--
			name = strings.ReplaceAll(place[i], "*", "any")
		}
		body = "<" + name + attribute + ">" + body + "</" + name + ">"
	}
	return body, true
}
