package check

import "github.com/errkb/errkb/cmd/gen/internal/naming"

// slugs are the names of pages that are taken in one folder.
type slugs map[string]bool

// take returns a name for the page of a text that no other page has: the later
// one of two that would share a name carries its text's hash.
func (s slugs) take(text string) string {
	slug := naming.Slug(text)
	for last := text; s[slug]; last = slug {
		slug = naming.UniqueSlug(last)
	}
	s[slug] = true
	return slug
}
