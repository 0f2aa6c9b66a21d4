package say

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
)

// FormTitle says what a reply form reads, such as "JSON body", and how a document in it
// is wrapped.
func (l *Language) FormTitle(f *classify.Form) Text {
	switch f.In {
	case classify.InSSE:
		return l.Text("Stream of events; the first event whose data is a JSON object counts")
	case classify.InNDJSON:
		return l.Text("Lines of JSON; the first line that says success or holds a code counts")
	case classify.InString:
		return l.Text("JSON inside the string %s of the JSON body", wire(pointer(f.Inside)))
	}
	return l.Text(formTitles[f.Syntax])
}

// FormPlaces says where a form finds the code or the message: at the first of
// the places that holds one. It is empty without a place.
func (l *Language) FormPlaces(f *classify.Form, places []classify.Path) Text {
	texts := make([]Text, len(places))
	for i, place := range places {
		texts[i] = l.formPlace(f.Syntax, place)
	}
	return l.orElse(texts)
}

// orElse lists places, of which the first counts that holds something.
func (l *Language) orElse(texts []Text) Text { return l.textList(texts, comma, "%s or else %s|list") }

// FormCode says where a form finds the code, what is cut off it, and what is none.
func (l *Language) FormCode(f *classify.Form) Text {
	text := l.FormPlaces(f, f.Code)
	if len(text) == 0 {
		return nil
	}
	if f.After != "" {
		text = l.Text("%s, after the last %s|where a code is, and a separator", text, wire(f.After))
	}
	if f.Before != "" {
		text = l.Text("%s, up to the first %s|where a code is, and a separator", text, wire(f.Before))
	}
	if len(f.None) == 0 {
		return text
	}
	none := make([]Text, len(f.None))
	for i, value := range f.None {
		none[i] = l.formValue(value)
	}
	return l.Text("%s, unless it is %s|where a code is, and values that are not codes", text, l.or(none))
}

func (l *Language) formPlace(s classify.Syntax, place classify.Path) Text {
	if s == classify.JSON || s == classify.XML {
		return Text{wire(pointer(place))}
	}
	text := ""
	if len(place) > 0 {
		text = place[0]
	}
	if s == classify.Header {
		return l.headerText(text)
	}
	if text == "" {
		return l.Text("the whole text")
	}
	return l.Text("what follows %s", wire(text))
}

// pointer names a place in a document; the empty pointer is the whole of it.
func pointer(place classify.Path) string {
	if len(place) == 0 {
		return "/"
	}
	return place.String()
}

// FormSuccess says by which signs a form knows success, and by which it knows that
// there is none. It is empty for a form without a test.
func (l *Language) FormSuccess(f *classify.Form) Text {
	success, failure := l.formTests(f, f.OK), l.formTests(f, f.Fail)
	switch {
	case len(success) > 0 && len(failure) > 0:
		return l.Text("%s; never if %s|signs of success, such as the status is 200, and of failure", success, failure)
	case len(failure) > 0:
		return l.Text("never if %s|signs of failure", failure)
	case len(success) > 0:
		return l.Text("%s|signs of success, such as the status is 200", success)
	}
	return nil
}

// formTests says that any of some tests of a form holds.
func (l *Language) formTests(f *classify.Form, tests []classify.Test) Text {
	texts := make([]Text, len(tests))
	for i := range tests {
		texts[i] = l.Test(f.Syntax, &tests[i])
	}
	return l.textList(texts, comma, orClause)
}

// statusText returns a status, or a class given as its first digit.
func statusText(status int) string {
	if status < 10 {
		return strconv.Itoa(status) + "xx"
	}
	return strconv.Itoa(status)
}

// formValues quotes values; typed ones as JSON writes them.
func (l *Language) formValues(values []classify.Scalar, typed bool) []Text {
	texts := make([]Text, len(values))
	for i, value := range values {
		text := value.Text
		if typed && value.Type == classify.String {
			text = quoteJSON(text)
		}
		texts[i] = l.formValue(text)
	}
	return texts
}

// formValue quotes a value, which may be empty.
func (l *Language) formValue(text string) Text {
	if text == "" {
		return l.Text("empty|a value")
	}
	return Text{wire(text)}
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
