package say

import (
	"cmp"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// What an answer to a customer says of one reply: its request id, and the part of the
// request that is at fault. Where there is no reply at hand, words stand in their place.
const (
	RequestIDMark = "{{request_id}}"
	FieldMark     = "{{field}}"
)

// FillIn returns the text of an answer to a customer about a reply with a request id and a
// field; either may be empty.
func (l *Language) FillIn(text, requestID, field string) string {
	if !strings.Contains(text, RequestIDMark) && !strings.Contains(text, FieldMark) {
		return text
	}
	return strings.NewReplacer(
		RequestIDMark, cmp.Or(requestID, l.Say("(request id)|stands in an answer for one that is not known")),
		FieldMark, cmp.Or(field, l.Say("(field)|stands in an answer for one that is not known")),
	).Replace(text)
}

// HandedOn is something in a reply that support hands on, or keeps to itself, and where
// it is.
type HandedOn struct {
	What  string
	Where Text
}

// HandOn says where an API's replies hold what support hands on.
func (l *Language) HandOn(a *model.API) []HandedOn {
	all := l.HandOnIn(a, RequestIDMark+FieldMark)
	if len(a.Secret) > 0 {
		all = append(all, HandedOn{l.Say("What is secret, and never handed on"), l.textList(l.placeTexts(a.Secret), comma, "%s and %s|list")})
	}
	return all
}

// HandOnIn says where an answer's request id and field are found, those that it has.
func (l *Language) HandOnIn(a *model.API, answer string) []HandedOn {
	var all []HandedOn
	if len(a.RequestID) > 0 && strings.Contains(answer, RequestIDMark) {
		all = append(all, HandedOn{l.Say("Where the request id is"), l.orElse(l.placeTexts(a.RequestID))})
	}
	if len(a.Field) > 0 && strings.Contains(answer, FieldMark) {
		all = append(all, HandedOn{l.Say("Where the field at fault is named"), l.orElse(l.placeTexts(a.Field))})
	}
	return all
}

func (l *Language) placeTexts(places []classify.Place) []Text {
	texts := make([]Text, len(places))
	for i := range places {
		texts[i] = l.placeText(&places[i])
	}
	return texts
}

// PlaceTexts says in words where places are.
func (l *Language) PlaceTexts(places []classify.Place) []string {
	var texts []string
	for _, text := range l.placeTexts(places) {
		texts = append(texts, text.String())
	}
	return texts
}

func (l *Language) placeText(p *classify.Place) Text {
	switch {
	case p.Header != "":
		return l.headerText(p.Header)
	case p.XML != nil:
		return l.Text("%s of the XML body", wire(pointer(p.XML)))
	}
	return l.Text("%s of the JSON body", wire(pointer(p.JSON)))
}
