package format

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// DefaultLanguage is the language of a spec that does not say it.
const DefaultLanguage = "en"

// ParseLanguage reads the tag of a language, in any case, and returns it in the case
// that is usual. Each of its parts has to be registered: jp for ja would tell browsers
// and translators nothing.
func ParseLanguage(text string) (string, bool) {
	tag, err := language.Parse(text)
	return tag.String(), err == nil && tag != language.Und && !strings.Contains(text, "_")
}

// languageHint guesses what was meant by something that is not a tag: a name or a country.
func languageHint(text string) string {
	if tag := commonSlips[strings.ToLower(text)]; tag != "" {
		return diag.Meant(tag)
	}
	if tag, ok := ParseLanguage(strings.ReplaceAll(text, "_", "-")); ok {
		return diag.Meant(tag)
	}
	return "the tags are at https://www.iana.org/assignments/language-subtag-registry"
}

// commonSlips are what is often written in place of a tag.
var commonSlips = map[string]string{
	"english": "en", "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "french": "fr", "français": "fr",
	"portuguese": "pt", "português": "pt", "italian": "it", "japanese": "ja", "jp": "ja", "chinese": "zh", "cn": "zh", "russian": "ru",
	"korean": "ko", "kr": "ko", "dutch": "nl", "polish": "pl", "ger": "de", "gr": "el", "cz": "cs", "dk": "da", "ua": "uk",
}
