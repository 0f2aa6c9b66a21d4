package site

import (
	"bytes"
	"html"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
)

// TestInLanguage looks for words that come neither from a message nor from the catalog.
func TestInLanguage(t *testing.T) {
	for name, c := range siblingSpecs(t) {
		p := modeltest.NewPseudo(c)
		for file, content := range Files(p.Catalog, "α.yaml") {
			for _, text := range shownTexts(file, string(content)) {
				text = cutOrFile.ReplaceAllString(modeltest.OutsideMessages(text), " ")
				for _, word := range p.Unsaid(text) {
					at := strings.Index(text, word)
					t.Errorf("%s: %s: %q is not said in the language: %s", name, file, word, text[max(0, at-80):min(len(text), at+80)])
				}
			}
		}
	}
}

var (
	unseen    = regexp.MustCompile(`(?s)<!--.*?-->|<(?:script|style|code|pre|kbd)\b.*?</(?:script|style|code|pre|kbd)>`)
	attribute = regexp.MustCompile(`\s(?:title|aria-label|alt|placeholder)="([^"]*)"`)
	button    = regexp.MustCompile(`<input type="(?:button|submit)"[^>]*\svalue="([^"]*)"`)
	drawing   = regexp.MustCompile(`(?s)<svg\b.*?</svg>`)
	unended   = regexp.MustCompile(`⟦[^⟦⟧]*`)
	cutOrFile = regexp.MustCompile(`\S+(?:…|\.json\b)`) // a label's cut word, or a file's name
	anyTag    = regexp.MustCompile(`(?s)<[^>]*>`)
)

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
		rest := cutOrFile.ReplaceAllString(modeltest.OutsideMessages(anyTag.ReplaceAllString(text, " ")), " ")
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
