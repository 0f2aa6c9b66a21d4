package answers_test

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
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

// TestListed requires that a list of a desk that cuts long titles still shows whose answer it
// is, and that it is a draft, as each language writes that.
func TestListed(t *testing.T) {
	c := load(t, parcel)
	for language, want := range map[string]string{
		"en": "Parcel API: LOST (draft) – ",
		"de": "Parcel API: LOST (Entwurf) – ",
		"es": "Parcel API: LOST (borrador) – ",
		"fr": "Parcel API\u00a0: LOST (brouillon) – ",
		"ja": "Parcel API：LOST（下書き）– ",
		"pt": "Parcel API: LOST (rascunho) – ",
		"zh": "Parcel API：LOST（草稿）– ",
	} {
		c.Language = language
		for _, format := range []answers.Format{answers.Intercom, answers.HelpScout, answers.Freshdesk} {
			var titles []string
			for _, reply := range read[desk](t, answers.File(c, "errors.yaml", answers.Options{Format: format})).Replies {
				if reply.Draft {
					titles = append(titles, titleOf(t, reply.Body))
				}
			}
			if len(titles) != 1 || !strings.HasPrefix(titles[0], want) {
				t.Errorf("%s in %s: the drafts are called %q, want one that starts with %q", format, language, titles, want)
			}
		}
		zendesk := read[desk](t, answers.File(c, "errors.yaml", answers.Options{Format: answers.Zendesk})).Replies[0]
		if got := titleOf(t, zendesk.Body); !strings.HasPrefix(got, "Parcel API::LOST") {
			t.Errorf("in %s the macro %q is in no menu", language, got)
		}
	}
}

func titleOf(t *testing.T, body json.RawMessage) string {
	t.Helper()
	form := read[struct {
		Title, Name string
		Macro       struct{ Title string }
	}](t, body)
	return form.Title + form.Name + form.Macro.Title
}
