package naming

import (
	"go/token"
	"regexp"
	"testing"
)

var page = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// FuzzNames: whatever the text, its names can be used as such.
func FuzzNames(f *testing.F) {
	for _, text := range []string{"", "-1", "NUL", "a__b", "\u01c5x", "\u0301", "\u0663\u0664.5", "ŉ", "ß", "ẞ", "𝟙.𝟚", "a\xff", "日本 1", "'", "’s", "IDs", "2.5", "+"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if name := Exported(text, "Code"); name != "" && (!token.IsIdentifier(name) || !token.IsExported(name)) {
			t.Errorf("Exported(%q) = %q, which is not an exported identifier", text, name)
		}
		for _, slug := range []string{Slug(text), UniqueSlug(text)} {
			if !page.MatchString(slug) || len(slug) > maxSlug+2*len("-00000000") || Reserved(slug) || slug == "index" || slug == "readme" {
				t.Errorf("the slug of %q is %q", text, slug)
			}
		}
		if Title(text) == "" && text != "" {
			t.Errorf("the title of %q is empty", text)
		}
	})
}
