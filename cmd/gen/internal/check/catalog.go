package check

import (
	"cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// catalog resolves the whole file.
func (c *checker) catalog() *model.Catalog {
	catalog := &model.Catalog{
		Title:    c.spec.Title.Value,
		Language: c.tag(),
		Site:     c.spec.Site.Value,
	}
	names := newNames(&c.List)
	pages := make(slugs)
	for pair := range c.spec.Categories.Value.Good() {
		made := c.category(pair)
		made.Slug = pages.take(made.Name)
		c.categories = append(c.categories, &category{Category: made, vague: !pair.Value.Action.Good()})
		catalog.Categories = append(catalog.Categories, made)
		if by := (owner{what: "category", name: pair.Name, key: pair.Key}); names.claim(made.Go, by) {
			names.categoryMembers(made, by)
		}
	}
	for pair := range c.spec.Policies.Value.Good() {
		p := c.policy(pair.Name, &pair.Field)
		c.policies = append(c.policies, p)
		catalog.Policies = append(catalog.Policies, p.Policy)
	}
	for pair := range c.spec.APIs.Value.Good() {
		a := &apiChecker{
			checker: c,
			names:   names.clone(),
			written: &pair.Field,
			codes:   make(map[string]*code),
			slugs:   slugs{pair.Name: true}, // a page of the folder's name is the folder's own, to some site generators
		}
		catalog.APIs = append(catalog.APIs, a.api(pair.Name))
		c.entries = append(c.entries, a.entries...)
	}
	c.unused()
	c.ownRules()
	return catalog
}

// tag returns the tag of the language that the texts are in.
func (c *checker) tag() string {
	return cmp.Or(c.language, c.spec.Language.Value, format.DefaultLanguage)
}

// unused warns of categories and policies that nothing names. Where a spec has errors, the
// name may be one that is not read.
func (c *checker) unused() {
	if diag.HasErrors(c.List) {
		return
	}
	for i, pair := range c.spec.Categories.Value.List {
		if !c.categories[i].used {
			c.Warnf(pair.Key, "unused-category", "no entry has the category %s", diag.Quote(pair.Name)).Hint = "remove it"
		}
	}
	for i, pair := range c.spec.Policies.Value.List {
		if !c.policies[i].used {
			c.Warnf(pair.Key, "unused-policy", "nothing waits by the policy %s", diag.Quote(pair.Name)).Hint = "remove it"
		}
	}
}

// category is a resolved category.
type category struct {
	*model.Category
	vague bool // its action is not settled
	used  bool // something names it
}

func (c *checker) category(pair *format.Pair[format.Category]) *model.Category {
	v := &pair.Value
	return &model.Category{
		Name:    pair.Name,
		Title:   cmp.Or(v.Title.Value, naming.Title(pair.Name)),
		Summary: v.Summary.Value,
		Action:  v.Action.Value,
		Who:     cmp.Or(v.Who.Value, defaultWho(v.Action.Value)),
		Go:      "Category" + naming.Exported(pair.Name, ""),
	}
}

// defaultWho is who usually has to act.
func defaultWho(a classify.Action) string {
	switch a {
	case classify.Fail:
		return "developer"
	case classify.FixAccount:
		return "account-owner"
	}
	return "client"
}
