package answers_test

import (
	"html"
	"regexp"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/answers"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
)

// TestInLanguage looks in what a desk shows for words that come neither from a message nor
// from the catalog.
func TestInLanguage(t *testing.T) {
	p := modeltest.NewPseudo(load(t, parcel))
	tag := regexp.MustCompile(`<[^>]*>|\[[^\]]*\]`) // or the id of a reply
	for _, format := range []answers.Format{answers.Zendesk, answers.Intercom, answers.HelpScout, answers.Freshdesk} {
		form := read[desk](t, answers.File(p.Catalog, "α.yaml", answers.Options{Format: format}))
		texts := 0
		for _, reply := range form.Replies {
			eachShown(read[any](t, reply.Body), "", func(text string) {
				texts++
				for _, word := range p.Unsaid(html.UnescapeString(tag.ReplaceAllString(text, " "))) {
					t.Errorf("%s, %s: %q is not said in the language: %s", format, reply.ID, word, text)
				}
			})
		}
		if texts < 2*len(form.Replies) || texts == 0 {
			t.Errorf("%s has %d texts in %d replies", format, texts, len(form.Replies))
		}
	}
}

// eachShown calls a function for each text of a reply that a desk shows.
func eachShown(value any, key string, do func(text string)) {
	switch value := value.(type) {
	case string:
		switch key {
		case "title", "name", "description", "value", "html", "text", "chatText", "content_html":
			do(value)
		}
	case []any:
		for _, v := range value {
			eachShown(v, key, do)
		}
	case map[string]any:
		for key, v := range value {
			eachShown(v, key, do)
		}
	}
}
