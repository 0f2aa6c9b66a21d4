package say

import (
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// What an answer to a customer says of one reply: its request id, and the part of the
// request that is at fault. Where there is no reply at hand, words stand in their place.
const (
	RequestIDMark = "{{request_id}}"
	FieldMark     = "{{field}}"
	noRequestID   = "(request id)"
	noField       = "(field)"
)

// FillIn returns the text of an answer to a customer about a reply with a request id and a
// field; either may be empty.
func FillIn(text, requestID, field string) string {
	return strings.NewReplacer(RequestIDMark, orElse(requestID, noRequestID), FieldMark, orElse(field, noField)).Replace(text)
}

func orElse(value, none string) string {
	if value == "" {
		return none
	}
	return value
}

// HandedOn is something in a reply that support hands on, or keeps to itself, and where
// it is.
type HandedOn struct {
	What  string
	Where Text
}

// Where support finds what it hands on.
const (
	whereRequestID = "Where the request id is"
	whereField     = "Where the field at fault is named"
	whereSecret    = "What is secret, and never handed on"
)

// HandOn says where an API's replies hold what support hands on.
func HandOn(a *model.API) []HandedOn {
	var all []HandedOn
	for _, list := range []struct {
		what   string
		places []classify.Place
		last   string
	}{
		{whereRequestID, a.RequestID, " or else "},
		{whereField, a.Field, " or else "},
		{whereSecret, a.Secret, " and "},
	} {
		if len(list.places) > 0 {
			all = append(all, HandedOn{list.what, placesText(list.places, list.last)})
		}
	}
	return all
}

// HandOnIn says where an answer's request id and field are found, those that it has.
func HandOnIn(a *model.API, answer string) []HandedOn {
	var all []HandedOn
	for _, h := range HandOn(a) {
		if h.What == whereRequestID && strings.Contains(answer, RequestIDMark) || h.What == whereField && strings.Contains(answer, FieldMark) {
			all = append(all, h)
		}
	}
	return all
}

func placesText(places []classify.Place, last string) Text {
	texts := make([]Text, len(places))
	for i := range places {
		texts[i] = placeText(&places[i])
	}
	return join(texts, last)
}

// PlaceTexts says in words where places are.
func PlaceTexts(places []classify.Place) []string {
	var texts []string
	for i := range places {
		texts = append(texts, placeText(&places[i]).String())
	}
	return texts
}

func placeText(p *classify.Place) Text {
	switch {
	case p.Header != "":
		return headerText(p.Header)
	case p.XML != nil:
		return Text{wire(pointer(p.XML)), plain(" of the XML body")}
	}
	return Text{wire(pointer(p.JSON)), plain(" of the JSON body")}
}
