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
func FormTitle(f *classify.Form) Text {
	switch f.In {
	case classify.InSSE:
		return Text{plain("Stream of events; the first event whose data is a JSON object counts")}
	case classify.InNDJSON:
		return Text{plain("Lines of JSON; the first line that says success or holds a code counts")}
	case classify.InString:
		return Text{plain("JSON inside the string "), wire(pointer(f.Inside)), plain(" of the JSON body")}
	}
	return Text{plain(formTitles[f.Syntax])}
}

// FormPlaces says where a form finds the code or the message: at the first of
// the places that holds one. It is empty without a place.
func FormPlaces(f *classify.Form, places []classify.Path) Text {
	texts := make([]Text, len(places))
	for i, place := range places {
		texts[i] = formPlace(f.Syntax, place)
	}
	return join(texts, " or else ")
}

// FormCode says where a form finds the code, what is cut off it, and what is none.
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
	if len(f.None) == 0 {
		return text
	}
	none := make([]Text, len(f.None))
	for i, value := range f.None {
		none[i] = formValue(value)
	}
	return append(append(text, plain(", unless it is ")), join(none, " or ")...)
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

// FormSuccess says by which signs a form knows success, and by which it knows that
// there is none. It is empty for a form without a test.
func FormSuccess(f *classify.Form) Text {
	success, failure := formTests(f, f.OK), formFailure(f)
	if len(success) > 0 && len(failure) > 0 {
		success = append(success, plain("; "))
	}
	return append(success, failure...)
}

// formFailure says by which signs a form knows that there is no success. It is empty for
// a form that has none.
func formFailure(f *classify.Form) Text {
	if len(f.Fail) == 0 {
		return nil
	}
	return append(Text{plain("never if ")}, formTests(f, f.Fail)...)
}

// formTests says that any of some tests of a form holds.
func formTests(f *classify.Form, tests []classify.Test) Text {
	texts := make([]Text, len(tests))
	for i := range tests {
		texts[i] = Test(f.Syntax, &tests[i])
	}
	return join(texts, ", or ")
}

// statusText returns a status, or a class given as its first digit.
func statusText(status int) string {
	if status < 10 {
		return strconv.Itoa(status) + "xx"
	}
	return strconv.Itoa(status)
}

// formValues quotes values; typed ones as JSON writes them.
func formValues(values []classify.Scalar, typed bool) []Text {
	texts := make([]Text, len(values))
	for i, value := range values {
		text := value.Text
		if typed && value.Type == classify.String {
			text = quoteJSON(text)
		}
		texts[i] = formValue(text)
	}
	return texts
}

// formValue quotes a value, which may be empty.
func formValue(text string) Text {
	if text == "" {
		return Text{plain("empty")}
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
