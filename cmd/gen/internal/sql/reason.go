package sql

import (
	"fmt"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Reason is why a row is undecided, and what lies behind it.
type Reason struct{ Name, Because string }

// Reasons are all reasons for which rows are undecided.
func Reasons() []Reason {
	return []Reason{
		{longBody, "classify looks at the first 64 KiB, or at what the operation says, and decides by what is there"},
		{oddHeaders, "the column can't be read: it holds neither a JSON object nor a map"},
		{severalSpellings, "two keys of the header differ in case alone, and the order in which they came is lost"},
		{inXML, "SQL has no XML, and the API's replies, or conditions of its entries, are looked for there"},
		{events, "a form of the API reads a stream of events"},
		{lines, "a form of the API reads lines of JSON"},
		{tooDeep, "Go reads 10,000 levels of JSON, the database more"},
		{halfCharacter, `an escape such as \ud83d stands alone: Go reads it as U+FFFD, the database not at all`},
		{notQuiteJSON, "the database reads JSON with a comma too many and numbers such as NaN, Go does not"},
		{otherSpelling, "a number with a point or an exponent at a place that counts: the database keeps its value, not its spelling, and that of double precision"},
		{twice, "a name that counts is there twice in an object: Go takes the last, the database the first"},
		{mixed, "values found in objects and in arrays at one place: the order in which they came is lost"},
		{wideCase, "letters beyond ASCII where case does not count: the database folds them in its own way"},
		{secretInCode, "a code that is not listed holds what the API calls secret, which classify cuts out"},
		{oddDelay, "a date in one of the two older forms of HTTP or without a Date field to compare it with, a duration of several parts, or a number with an exponent"},
	}
}

const (
	longBody         = "a long body"
	oddHeaders       = "headers that are not a JSON object"
	severalSpellings = "a header field in several spellings"
	inXML            = "XML"
	events           = "a stream of events"
	lines            = "lines of JSON"
	tooDeep          = "a document nested too deep"
	halfCharacter    = "half a character"
	notQuiteJSON     = "not quite JSON"
	otherSpelling    = "a number in another spelling"
	twice            = "a name that stands twice"
	mixed            = "values in a mixed order"
	wideCase         = "case beyond ASCII"
	secretInCode     = "a secret in a code"
	oddDelay         = "a delay in an odd form"
)

// refusal says why an API can't be written as SQL. Nil means that it can.
func refusal(a *model.API) error {
	var err error
	look := func(place classify.Path) {
		for _, token := range place[len(plainPart(place)):] {
			if strings.ContainsAny(token, `"\`) {
				err = fmt.Errorf("api %s: the place %s can't be said in SQL: behind a * no name may hold %s", a.Name, pointer(place), `" or \`)
			}
		}
	}
	c := a.Table()
	for i := range c.Forms {
		for _, place := range placesOf(&c.Forms[i]) {
			look(place)
		}
	}
	eachTest(c, func(t *classify.Test, _ *classify.Form) { look(t.At) })
	for _, d := range allDelays(c) {
		look(d.At)
	}
	for _, p := range c.Secret {
		look(p.JSON)
	}
	return err
}
