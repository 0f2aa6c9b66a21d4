package check

import (
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// catalog resolves the whole file.
func (c *checker) catalog(root *syntax.Node) *model.Catalog {
	catalog := &model.Catalog{Title: c.string(root, "title")}
	names := newNames(c)
	pages := make(slugs)
	for _, pair := range c.pairs(root, "categories") {
		category := c.category(pair)
		c.vague[category] = c.get(pair.Value, "action") == nil
		category.Slug = pages.take(category.Name)
		catalog.Categories = append(catalog.Categories, category)
		if by := (owner{what: "category", key: pair.Key}); names.claim(category.Go, by) {
			names.categoryMembers(category, by)
		}
	}
	for _, pair := range c.pairs(root, "policies") {
		catalog.Policies = append(catalog.Policies, c.policy(pair.Key.Text, pair.Value))
	}
	for _, pair := range c.pairs(root, "apis") {
		a := &apiChecker{
			checker: c,
			catalog: catalog,
			names:   names.clone(),
			root:    root,
			node:    pair.Value,
			codes:   make(map[string]*codeEntry),
			written: make(map[*model.Entry]syntax.Pair),
			slugs:   make(slugs),
		}
		catalog.APIs = append(catalog.APIs, a.api(pair.Key))
	}
	return catalog
}

func (c *checker) category(pair syntax.Pair) *model.Category {
	category := &model.Category{
		Name:    pair.Key.Text,
		Title:   c.stringOr(pair.Value, "title", naming.Title(pair.Key.Text)),
		Summary: c.string(pair.Value, "summary"),
		Action:  c.action(pair.Value),
		Who:     c.string(pair.Value, "who"),
		Go:      "Category" + naming.Exported(pair.Key.Text, ""),
	}
	if category.Who == "" {
		category.Who = defaultWho(category.Action)
	}
	return category
}

// defaultWho is whose move it usually is.
func defaultWho(a classify.Action) string {
	switch a {
	case classify.Fail:
		return "developer"
	case classify.FixAccount:
		return "account-owner"
	}
	return "client"
}

// action reads the key action; without it the action is fail.
func (c *checker) action(n *syntax.Node) (a classify.Action) {
	if value := c.get(n, "action"); value != nil {
		if err := a.UnmarshalText([]byte(value.Text)); err != nil {
			panic("internal error: the format takes an action that the runtime has not: " + value.Text)
		}
	}
	return a
}

func (c *checker) policy(name string, n *syntax.Node) *classify.Policy {
	sound := c.sound(n)
	p := &classify.Policy{
		Name:           name,
		Base:           c.duration(n, "base"),
		Max:            c.duration(n, "max"),
		First:          c.duration(n, "first"),
		Within:         c.duration(n, "within"),
		ServerDelayMax: c.duration(n, "server_delay_max"),
	}
	switch c.string(n, "growth") {
	case "linear":
		p.Growth = classify.Linear
	case "exponential":
		p.Growth, p.Factor = classify.Exponential, 2
	}
	if value := c.get(n, "factor"); value != nil {
		factor, _ := parseFactor(value.Text)
		if p.Growth != classify.Exponential && !c.broken(n, "growth") {
			c.errorf(value.Place, "bad-policy", "factor is for exponential growth, and the growth is %s", p.Growth)
		}
		p.Factor = factor
	}
	if value := c.get(n, "jitter"); value != nil {
		p.Jitter, _ = parseJitter(value.Text)
	}
	if value := c.get(n, "retries"); value != nil {
		p.Retries, _ = parseCount(value.Text)
	} else if !c.has(n, "retries") {
		c.unbounded(p, n)
	}
	c.vague[p] = !sound
	c.policyRules(p, n)
	return p
}

// unbounded settles a policy without a number of retries: it is bounded by its
// time alone.
func (c *checker) unbounded(p *classify.Policy, n *syntax.Node) {
	p.Retries = classify.Unlimited
	if !c.has(n, "within") {
		c.errorf(n.Place, "missing-key", "the policy has neither retries nor within, so nothing ends it").
			Hint = "retries: the tries after the first, a whole number or unlimited"
	}
}

// policyRules holds the figures of a policy against each other.
func (c *checker) policyRules(p *classify.Policy, n *syntax.Node) {
	for key, meaning := range map[string]string{
		"max": "for no bound", "within": "for no bound", "server_delay_max": "for " + model.DurationText(classify.DefaultServerDelayMax),
	} {
		if at := c.get(n, key); at != nil && c.duration(n, key) == 0 {
			c.errorf(at.Place, "bad-policy", "%s is zero", key).Hint = "leave it out " + meaning
		}
	}
	if at := c.get(n, "max"); at != nil && p.Max > 0 && p.Max < p.Base {
		c.errorf(at.Place, "bad-policy", "max %s is below base %s", at.Text, model.DurationText(p.Base))
	}
	if at := c.get(n, "within"); at != nil && p.Within > 0 && p.Within < max(p.First, p.Base) {
		c.errorf(at.Place, "bad-policy", "within %s ends before the first wait of %s does", at.Text, model.DurationText(max(p.First, p.Base)))
	}
	if at := c.get(n, "base"); at != nil && p.Base == 0 && p.Retries == classify.Unlimited && p.Jitter.Add == 0 {
		c.errorf(at.Place, "bad-policy", "a wait of zero with unlimited retries never rests").Hint = "raise base, or bound retries"
	}
}

// string returns the value of a key as text, without the line ends around it,
// and "" where there is none.
func (c *checker) string(n *syntax.Node, key string) string {
	value := c.get(n, key)
	if value == nil {
		return ""
	}
	return strings.TrimSpace(value.Text)
}

func (c *checker) stringOr(n *syntax.Node, key, otherwise string) string {
	if text := c.string(n, key); text != "" {
		return text
	}
	return otherwise
}

func (c *checker) duration(n *syntax.Node, key string) time.Duration {
	d, _ := parseDuration(c.string(n, key))
	return d
}

// pairs returns those of the mapping under a key whose values are as the format
// wants them.
func (c *checker) pairs(n *syntax.Node, key string) []syntax.Pair {
	value := c.get(n, key)
	if value == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(value.Pairs), func(pair syntax.Pair) bool { return c.bad[pair.Value] })
}

// items returns a list, or a single value as a list of one.
func (c *checker) items(n *syntax.Node, key string) []*syntax.Node {
	value := c.get(n, key)
	switch {
	case value == nil:
		return nil
	case value.Kind == syntax.Sequence:
		return value.Items
	}
	return []*syntax.Node{value}
}

func (c *checker) strings(n *syntax.Node, key string) []string {
	var texts []string
	for _, item := range c.items(n, key) {
		texts = append(texts, strings.TrimSpace(item.Text))
	}
	return texts
}

// unknown reports a name of something that is not in the file.
func (c *checker) unknown(rule string, at *syntax.Node, what string, known []string) {
	p := c.errorf(at.Place, rule, "unknown %s %s", what, diag.Quote(at.Text))
	if c.compared += len(known); c.compared <= maxCompared {
		p.Hint = didYouMean(at.Text, known)
	}
	if p.Hint == "" && len(known) > 0 && len(known) <= maxListed {
		p.Hint = "known are " + strings.Join(known, ", ")
	}
}

// maxListed is how many names a hint lists.
const maxListed = 12

// maxCompared is how many names are compared with unknown ones in one run: a
// file with thousands of both is not worth minutes of guessing.
const maxCompared = 200_000
