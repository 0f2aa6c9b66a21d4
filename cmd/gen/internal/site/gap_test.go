package site

import (
	"regexp"
	"strings"
	"testing"
)

// TestGap requires that no page in a language without spaces has one between two of its
// letters or signs.
func TestGap(t *testing.T) {
	const tags = `(?:</?(?:a|b|code|q|span|strong)\b[^>]*>)*`
	const wide = `[、。，：；？！（）「」\p{Han}\p{Hiragana}\p{Katakana}ー]`
	space := regexp.MustCompile(wide + tags + ` ` + tags + wide)
	// What only screen readers say, names of actions before words on them, drawings, which
	// may hold a code that is a space, and a code that is empty.
	other := regexp.MustCompile(`<span class="unseen">[^<]*</span>|<span class="action[^>]*>[^<]*</span>(?:</a>)? |<text.*?</text>|<code>（空）</code>`)
	eachPage(t, []string{"ja", "zh"}, func(t *testing.T, page []byte) {
		text := other.ReplaceAll(page, []byte("\n"))
		for _, at := range space.FindAllIndex(text, 3) {
			t.Errorf("%q", text[max(0, at[0]-40):min(len(text), at[1]+20)])
		}
	})
}

// TestSentenceGap requires that sentences stand apart on the pages of other languages,
// also where an element ends or begins between them.
func TestSentenceGap(t *testing.T) {
	tight := regexp.MustCompile(`\p{Ll}[.?!:](?:</?(?:a|b|code|em|q|span|strong)\b[^>]*>)+[\p{L}\d]`)
	eachPage(t, []string{"en", "de"}, func(t *testing.T, page []byte) {
		for _, at := range tight.FindAllIndex(page, 3) {
			t.Errorf("%q", page[max(0, at[0]-40):min(len(page), at[1]+20)])
		}
	})
}

// eachPage calls a function with each page of some catalogs in some languages.
func eachPage(t *testing.T, languages []string, look func(t *testing.T, page []byte)) {
	for name, c := range siblingSpecs(t) {
		for _, language := range languages {
			in := *c
			in.Language = language
			t.Run(name+" in "+language, func(t *testing.T) {
				for address, page := range Files(&in, "x.yaml") {
					if strings.HasSuffix(address, ".html") {
						look(t, page)
					}
				}
			})
		}
	}
}
