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
	for name, c := range siblingSpecs(t) {
		for _, language := range []string{"ja", "zh"} {
			in := *c
			in.Language = language
			for address, page := range Files(&in, "x.yaml") {
				if !strings.HasSuffix(address, ".html") {
					continue
				}
				text := other.ReplaceAll(page, []byte("\n"))
				for _, at := range space.FindAllIndex(text, 3) {
					t.Errorf("%s in %s, %s: %q", name, language, address, text[max(0, at[0]-40):min(len(text), at[1]+20)])
				}
			}
		}
	}
}
