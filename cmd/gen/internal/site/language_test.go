package site

import (
	"bytes"
	"html"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestInLanguage looks for words that come neither from a message nor from the catalog,
// whose author writes in Greek. In the pseudo language, each message is in brackets.
func TestInLanguage(t *testing.T) {
	for name, c := range siblingSpecs(t) {
		inGreek(reflect.ValueOf(c), make(map[any]bool))
		c.Language = "en-XA"
		own := make(map[string]bool)
		eachString(reflect.ValueOf(c), make(map[any]bool), func(_ string, v reflect.Value) {
			for _, word := range latin.FindAllString(v.String(), -1) {
				own[strings.ToLower(word)] = true
			}
		})
		for file, content := range Files(c, "α.yaml") {
			for _, text := range shownTexts(file, string(content)) {
				rest := without(inBrackets, strings.Join(strings.Fields(text), " "))
				for _, word := range latin.FindAllString(rest, -1) {
					if !own[strings.ToLower(word)] {
						t.Errorf("%s: %s: %q is not said in the language: %s", name, file, word, rest[max(0, strings.Index(rest, word)-80):min(len(rest), strings.Index(rest, word)+80)])
					}
				}
			}
		}
	}
}

var (
	inBrackets = regexp.MustCompile(`⟦[^⟦⟧]*⟧|\S+(?:\.json\b|…)`)
	latin      = regexp.MustCompile(`[A-Za-z]+`)
	unseen     = regexp.MustCompile(`(?s)<!--.*?-->|<(?:script|style|code|pre|kbd)\b.*?</(?:script|style|code|pre|kbd)>`)
	attribute  = regexp.MustCompile(`\s(?:title|aria-label|alt|placeholder)="([^"]*)"`)
	button     = regexp.MustCompile(`<input type="(?:button|submit)"[^>]*\svalue="([^"]*)"`)
	drawing    = regexp.MustCompile(`(?s)<svg\b.*?</svg>`)
	unended    = regexp.MustCompile(`⟦[^⟦⟧]*`)
	anyTag     = regexp.MustCompile(`(?s)<[^>]*>`)
)

// without removes what a pattern finds, from the inside out.
func without(pattern *regexp.Regexp, text string) string {
	for pattern.MatchString(text) {
		text = pattern.ReplaceAllString(text, " ")
	}
	return text
}

// shownTexts returns the texts of a file that its readers see, or have read to them.
func shownTexts(file, content string) []string {
	switch path.Ext(file) {
	case ".md", ".txt":
		content = strings.Replace(content, "\n## Optional\n", "\n", 1) // a word of the format of llms.txt
		var page bytes.Buffer
		if err := commonMark.Convert([]byte(content), &page); err != nil {
			panic(err)
		}
		content = page.String()
	case ".html":
		content = strings.ReplaceAll(content, "HTTP/1.1 429", "") // what the paste field shows
	default:
		return nil
	}
	content = unseen.ReplaceAllString(content, "")
	content = drawing.ReplaceAllStringFunc(content, func(text string) string {
		rest := without(inBrackets, anyTag.ReplaceAllString(text, " "))
		return unended.ReplaceAllString(rest, "") // where a label is cut, its bracket has no end
	})
	var all []string
	for _, pattern := range []*regexp.Regexp{attribute, button} {
		for _, found := range pattern.FindAllStringSubmatch(content, -1) {
			all = append(all, html.UnescapeString(found[1]))
		}
	}
	return append(all, html.UnescapeString(anyTag.ReplaceAllString(content, " ")))
}

// inGreek rewrites what the author of a catalog writes for readers with Greek letters.
func inGreek(v reflect.Value, seen map[any]bool) {
	eachString(v, seen, func(field string, v reflect.Value) {
		switch field {
		case "Title", "Summary", "Meaning", "Fix", "Details", "Answer", "AnswerOwn", "Escalate", "Note", "Impact",
			"Issue", "Cause", "Difference", "Question", "Checklist", "Message", "Description":
			v.SetString(strings.Map(func(r rune) rune {
				switch {
				case r >= 'a' && r <= 'z':
					return 'α' + (r-'a')%17
				case r >= 'A' && r <= 'Z':
					return 'Α' + (r-'A')%17
				}
				return r
			}, v.String()))
		}
	})
}

// eachString calls a function for each string below a value, with the name of its field.
func eachString(v reflect.Value, seen map[any]bool, do func(field string, v reflect.Value)) {
	var walk func(field string, v reflect.Value)
	walk = func(field string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			do(field, v)
		case reflect.Pointer, reflect.Interface:
			if v.IsNil() || v.Kind() == reflect.Pointer && seen[v.Interface()] {
				return
			}
			if v.Kind() == reflect.Pointer {
				seen[v.Interface()] = true
			}
			walk(field, v.Elem())
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
	walk("", v)
}
