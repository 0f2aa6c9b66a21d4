package modeltest

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Pseudo is a catalog whose author writes in Greek, in the pseudo language, which has each
// message of the interface in ⟦ and ⟧. So a Latin word that is outside of brackets and not
// the catalog's own, as codes and examples are, is not said in the language.
type Pseudo struct {
	*model.Catalog
	own map[string]bool // the Latin words that are left in the catalog, in lower case
}

// NewPseudo changes a catalog.
func NewPseudo(c *model.Catalog) Pseudo {
	c.Language = "en-XA"
	p := Pseudo{c, make(map[string]bool)}
	eachString(c, func(field string, v reflect.Value) {
		if forReaders[field] {
			v.SetString(strings.Map(greek, v.String()))
		}
		for _, word := range latin.FindAllString(v.String(), -1) {
			p.own[strings.ToLower(word)] = true
		}
	})
	return p
}

// OutsideMessages returns a text without the messages in it.
func OutsideMessages(text string) string {
	for inBrackets.MatchString(text) {
		text = inBrackets.ReplaceAllString(text, " ")
	}
	return text
}

// Unsaid returns the Latin words of a text that are not said in the language.
func (p Pseudo) Unsaid(text string) []string {
	var unsaid []string
	for _, word := range latin.FindAllString(OutsideMessages(text), -1) {
		if !p.own[strings.ToLower(word)] {
			unsaid = append(unsaid, word)
		}
	}
	return unsaid
}

var (
	inBrackets = regexp.MustCompile(`⟦[^⟦⟧]*⟧`) // the innermost
	latin      = regexp.MustCompile(`[A-Za-z]+`)
)

// forReaders are the fields of the model that an author writes for readers.
var forReaders = map[string]bool{
	"Title": true, "Summary": true, "Meaning": true, "Fix": true, "Details": true, "Answer": true, "AnswerOwn": true,
	"Escalate": true, "Note": true, "Impact": true, "Issue": true, "Cause": true, "Difference": true, "Question": true,
	"Checklist": true, "Message": true, "Description": true,
}

// greek returns a Greek letter for a Latin one.
func greek(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return 'α' + (r-'a')%17
	case r >= 'A' && r <= 'Z':
		return 'Α' + (r-'A')%17
	}
	return r
}

// eachString calls a function for each text of a catalog, with the name of its field.
func eachString(c *model.Catalog, do func(field string, v reflect.Value)) {
	seen := make(map[any]bool)
	var walk func(field string, v reflect.Value)
	walk = func(field string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			do(field, v)
		case reflect.Pointer:
			if !v.IsNil() && !seen[v.Interface()] {
				seen[v.Interface()] = true
				walk(field, v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					walk(f.Name, v.Field(i))
				}
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(field, v.Index(i))
			}
		}
	}
	walk("", reflect.ValueOf(c))
}
