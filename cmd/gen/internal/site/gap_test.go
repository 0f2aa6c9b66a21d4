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
	space := regexp.MustCompile(`.{0,40}` + wide + tags + ` ` + tags + wide + `.{0,20}`)
	// What only screen readers say, names of actions before words on them, drawings, which
	// may hold a code that is a space, and a code that is empty.
	other := regexp.MustCompile(`<span class="unseen">[^<]*</span>|<span class="action[^>]*>[^<]*</span>(?:</a>)? |<text.*?</text>|<code>（空）</code>`)
	for name, c := range siblingSpecs(t) {
		for _, language := range []string{"ja", "zh"} {
			in := *c
			in.Language = language
			for address, page := range Files(&in, "x.yaml") {
				if !strings.HasSuffix(address, ".html") {
					continue
				}
				for _, found := range space.FindAll(other.ReplaceAll(page, []byte("\n")), 3) {
					t.Errorf("%s in %s, %s: %s", name, language, address, found)
				}
			}
		}
	}
}
