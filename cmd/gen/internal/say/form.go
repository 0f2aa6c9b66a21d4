package say

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
)

// FormPlaces says where a form finds the code or the message: at the first of
// the places that holds one. It is empty without a place.
func FormPlaces(f *classify.Form, places []classify.Path) Text {
	texts := make([]Text, len(places))
	for i, place := range places {
		texts[i] = formPlace(f.Syntax, place)
	}
	return join(texts, " or else ")
}

// FormCode says where a form finds the code, and what is cut off it.
func FormCode(f *classify.Form) Text {
	text := FormPlaces(f, f.Code)
	if len(text) == 0 {
		return nil
	}
	if f.After != "" {
		text = append(text, plain(", after the last "), wire(f.After))
	}
	if f.Before != "" {
		text = append(text, plain(", up to the first "), wire(f.Before))
	}
	return text
}

func formPlace(s classify.Syntax, place classify.Path) Text {
	if s == classify.JSON || s == classify.XML {
		return Text{wire(pointer(place))}
	}
	text := ""
	if len(place) > 0 {
		text = place[0]
	}
	if s == classify.Header {
		return Text{plain("the header "), wire(text)}
	}
	if text == "" {
		return Text{plain("the whole text")}
	}
	return Text{plain("what follows "), wire(text)}
}

// pointer names a place in a document; the empty pointer is the whole of it.
func pointer(place classify.Path) string {
	if len(place) == 0 {
		return "/"
	}
	return place.String()
}

// FormSuccess says by which signs a form knows success. It is empty for a form
// without a test.
func FormSuccess(f *classify.Form) Text {
	texts := make([]Text, len(f.OK))
	for i := range f.OK {
		texts[i] = formTest(f.Syntax, &f.OK[i])
	}
	return join(texts, ", or ")
}

func formTest(s classify.Syntax, t *classify.Test) Text {
	switch t.Kind {
	case classify.Equals:
		return append(Text{wire(pointer(t.At)), plain(" is ")}, formValues(t.Values, s == classify.JSON)...)
	case classify.Present:
		return Text{wire(pointer(t.At)), plain(" is there")}
	case classify.Absent:
		return Text{wire(pointer(t.At)), plain(" is not there")}
	case classify.PrefixIs:
		starts := make([]Text, len(t.Prefix))
		for i, prefix := range t.Prefix {
			starts[i] = Text{wire(prefix)}
		}
		return append(Text{plain("the text starts with ")}, join(starts, " or ")...)
	case classify.HeaderEquals:
		return append(Text{plain("the header "), wire(t.Header), plain(" is ")}, formValues(t.Values, false)...)
	}
	statuses := make([]Text, len(t.Status))
	for i, status := range t.Status {
		statuses[i] = Text{wire(statusText(status))}
	}
	return append(Text{plain("the status is ")}, join(statuses, " or ")...)
}

// statusText returns a status, or a class given as its first digit.
func statusText(status int) string {
	if status < 10 {
		return strconv.Itoa(status) + "xx"
	}
	return strconv.Itoa(status)
}

// formValues lists values; typed ones as JSON writes them.
func formValues(values []classify.Scalar, typed bool) Text {
	texts := make([]Text, len(values))
	for i, value := range values {
		text := value.Text
		if typed && value.Type == classify.String {
			text = quoteJSON(text)
		}
		texts[i] = Text{wire(text)}
	}
	return join(texts, " or ")
}

// quoteJSON returns a text as JSON writes it.
func quoteJSON(text string) string {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(fmt.Sprintf("internal error: quote %q: %v", text, err))
	}
	return strings.TrimSuffix(quoted.String(), "\n")
}
