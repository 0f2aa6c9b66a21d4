package model

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// SyntaxTitle returns what a reply form reads, such as "JSON body".
func SyntaxTitle(s classify.Syntax) string {
	switch s {
	case classify.JSON:
		return "JSON body"
	case classify.XML:
		return "XML body"
	case classify.Text:
		return "Plain text"
	}
	return "Header"
}

// PlacesPhrase says where a form finds the code or the message: at the first of
// the places that holds one. It is empty without a place.
func PlacesPhrase(f *classify.Form, places []classify.Path) Phrase {
	phrases := make([]Phrase, len(places))
	for i, place := range places {
		phrases[i] = placePhrase(f.Syntax, place)
	}
	return enumeratePhrases(phrases, " or else ")
}

// CodePhrase says where a form finds the code, and what is cut off it.
func CodePhrase(f *classify.Form) Phrase {
	phrase := PlacesPhrase(f, f.Code)
	if len(phrase) == 0 {
		return nil
	}
	if f.After != "" {
		phrase = append(phrase, said(", after the last "), wired(f.After))
	}
	if f.Before != "" {
		phrase = append(phrase, said(", up to the first "), wired(f.Before))
	}
	return phrase
}

func placePhrase(s classify.Syntax, place classify.Path) Phrase {
	if s == classify.JSON || s == classify.XML {
		return Phrase{wired(pointer(place))}
	}
	text := ""
	if len(place) > 0 {
		text = place[0]
	}
	if s == classify.Header {
		return Phrase{said("the header "), wired(text)}
	}
	if text == "" {
		return Phrase{said("the whole text")}
	}
	return Phrase{said("what follows "), wired(text)}
}

// pointer names a place in a document; the empty pointer is the whole of it.
func pointer(place classify.Path) string {
	if len(place) == 0 {
		return "/"
	}
	return place.String()
}

// SuccessPhrase says by which signs a form knows success. It is empty for a form
// without a test.
func SuccessPhrase(f *classify.Form) Phrase {
	phrases := make([]Phrase, len(f.OK))
	for i := range f.OK {
		phrases[i] = testPhrase(f.Syntax, &f.OK[i])
	}
	return enumeratePhrases(phrases, ", or ")
}

func testPhrase(s classify.Syntax, t *classify.Test) Phrase {
	switch t.Kind {
	case classify.Equals:
		return append(Phrase{wired(pointer(t.At)), said(" is ")}, valuesPhrase(t.Values, s == classify.JSON)...)
	case classify.Present:
		return Phrase{wired(pointer(t.At)), said(" is there")}
	case classify.Absent:
		return Phrase{wired(pointer(t.At)), said(" is not there")}
	case classify.PrefixIs:
		starts := make([]Phrase, len(t.Prefix))
		for i, prefix := range t.Prefix {
			starts[i] = Phrase{wired(prefix)}
		}
		return append(Phrase{said("the text starts with ")}, enumeratePhrases(starts, " or ")...)
	case classify.HeaderEquals:
		return append(Phrase{said("the header "), wired(t.Header), said(" is ")}, valuesPhrase(t.Values, false)...)
	}
	statuses := make([]Phrase, len(t.Status))
	for i, status := range t.Status {
		statuses[i] = Phrase{wired(statusText(status))}
	}
	return append(Phrase{said("the status is ")}, enumeratePhrases(statuses, " or ")...)
}

// statusText returns a status, or a class given as its first digit.
func statusText(status int) string {
	if status < 10 {
		return strconv.Itoa(status) + "xx"
	}
	return strconv.Itoa(status)
}

// valuesPhrase lists values; typed ones as JSON writes them.
func valuesPhrase(values []classify.Scalar, typed bool) Phrase {
	phrases := make([]Phrase, len(values))
	for i, value := range values {
		text := value.Text
		if typed && value.Type == classify.String {
			text = quoteJSON(text)
		}
		phrases[i] = Phrase{wired(text)}
	}
	return enumeratePhrases(phrases, " or ")
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

// DelayPhrase says where the server may name a wait, and in which unit.
func DelayPhrase(d classify.Delay) Phrase {
	unit := "in seconds"
	if d.Unit == time.Millisecond {
		unit = "in milliseconds"
	}
	if d.Header != "" {
		return Phrase{said("the header "), wired(d.Header), said(", " + unit + " or as a date")}
	}
	return Phrase{wired(pointer(d.At)), said(" of the JSON body, " + unit)}
}

// DelaysPhrase lists the places where an API's server may name a wait. It is
// empty for an API that has none.
func (a *API) DelaysPhrase() Phrase {
	phrases := make([]Phrase, len(a.Delays))
	for i, delay := range a.Delays {
		if delay.Header != "" {
			phrases[i] = Phrase{said("the header "), wired(delay.Header)}
		} else {
			phrases[i] = Phrase{wired(pointer(delay.At)), said(" of the JSON body")}
		}
	}
	return enumeratePhrases(phrases, " or ")
}

// TestsSuccess reports whether any reply form has a test of success. Without
// one, a status whose action is ok is success.
func (a *API) TestsSuccess() bool {
	for i := range a.Forms {
		if len(a.Forms[i].OK) > 0 {
			return true
		}
	}
	return false
}
