package writing

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// use is a place of a form's codes, and what the examples of the API have there.
type use struct {
	place    classify.Path
	examples int  // that have the code of their entry there
	isNumber bool // one of them has it as a number
}

// usesOf returns the places of a form's codes, those first that the most examples use.
func usesOf(a *model.API, f *classify.Form) []use {
	uses := make([]use, len(f.Code))
	for i, place := range f.Code {
		uses[i].place = place
	}
	for _, e := range made(a) {
		for _, x := range e.Examples {
			for i := range uses {
				uses[i].add(f, e, x)
			}
		}
	}
	slices.SortStableFunc(uses, func(a, b use) int { return b.examples - a.examples })
	return uses
}

// add counts an example.
func (u *use) add(f *classify.Form, e *model.Entry, x model.Example) {
	var text string
	switch f.Syntax {
	case classify.JSON:
		decoder := json.NewDecoder(strings.NewReader(x.Body))
		decoder.UseNumber()
		var body any
		if decoder.Decode(&body) != nil {
			return
		}
		switch value := valueAt(body, u.place).(type) {
		case string:
			text = value
		case json.Number:
			text = value.String()
			u.isNumber = u.isNumber || text == e.Code
		}
	case classify.XML:
		text = textAt(x.Body, u.place)
	case classify.Header:
		text = x.Reply().Header.Get(u.place[0])
	case classify.Text:
		if u.place[0] != "" && strings.HasPrefix(x.Body, u.place[0]) {
			u.examples++
		}
		return
	}
	if text == e.Code || f.After+f.Before != "" && strings.Contains(text, e.Code) {
		u.examples++
	}
}

// valueAt returns the value at a place of a JSON body, of several the first.
func valueAt(in any, place classify.Path) any {
	for _, token := range place {
		switch value := in.(type) {
		case map[string]any:
			in = value[token]
		case []any:
			i, ok := index(token)
			if !ok || i >= len(value) {
				return nil
			}
			in = value[i]
		default:
			return nil
		}
	}
	return in
}

// textAt returns the text of an element of XML, or of an attribute.
func textAt(body string, place classify.Path) string {
	var open []string
	for decoder := xml.NewDecoder(strings.NewReader(body)); ; {
		token, err := decoder.Token()
		if err == io.EOF || err != nil {
			return ""
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Name.Local)
			for _, attribute := range t.Attr {
				if matches(append(slices.Clone(open), "@"+attribute.Name.Local), place) {
					return attribute.Value
				}
			}
		case xml.EndElement:
			open = open[:max(0, len(open)-1)]
		case xml.CharData:
			if matches(open, place) {
				return strings.TrimSpace(string(t))
			}
		}
	}
}

// matches reports whether open elements are those of a place.
func matches(open []string, place classify.Path) bool {
	return slices.EqualFunc(open, place, func(name, want string) bool { return want == name || want == "*" })
}
