package check

import (
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
	for _, pair := range c.pairs(root, "categories") {
		category := c.category(pair)
		catalog.Categories = append(catalog.Categories, category)
		names.claim(category.Go, pair.Key, "category")
	}
	for _, pair := range c.pairs(root, "policies") {
		catalog.Policies = append(catalog.Policies, c.policy(pair.Key.Text, pair.Value))
	}
	for _, pair := range c.pairs(root, "apis") {
		a := &apiChecker{
			checker: c,
			catalog: catalog,
			names:   names.clone(),
			node:    pair.Value,
			codes:   make(map[string]*codeEntry),
			written: make(map[*model.Entry]syntax.Pair),
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
		if p.Growth != classify.Exponential {
			c.errorf(value.Place, "bad-policy", "factor is for exponential growth, and the growth is %s", p.Growth)
		}
		p.Factor = factor
	}
	if value := c.get(n, "jitter"); value != nil {
		p.Jitter, _ = parseJitter(value.Text)
	}
	if value := c.get(n, "retries"); value != nil {
		p.Retries, _ = parseCount(value.Text)
	} else if n.Get("retries") == nil {
		c.unboundedRetries(p, n)
	}
	c.policyRules(p, n)
	return p
}

// unboundedRetries decides what a policy without a number of retries means: as
// many as fit into within, which then has to be there.
func (c *checker) unboundedRetries(p *classify.Policy, n *syntax.Node) {
	if n.Get("within") == nil {
		c.errorf(n.Place, "missing-key", "the policy has neither retries nor within, so nothing ends it").
			Hint = "retries: the tries after the first, a whole number or unlimited"
	}
	p.Retries = classify.Unlimited
}

func (c *checker) policyRules(p *classify.Policy, n *syntax.Node) {
	if at := c.get(n, "max"); at != nil && p.Max < p.Base {
		c.errorf(at.Place, "bad-policy", "max %s is below base %s", at.Text, p.Base)
	}
	if at := c.get(n, "base"); at != nil && p.Base == 0 && p.Retries == classify.Unlimited {
		c.errorf(at.Place, "bad-policy", "a wait of zero with unlimited retries never rests").Hint = "raise base, or bound retries"
	}
	if at := c.get(n, "within"); at != nil && p.Within < max(p.First, p.Base) {
		c.errorf(at.Place, "bad-policy", "within %s ends before the first wait of %s does", at.Text, max(p.First, p.Base))
	}
	if at := c.get(n, "max"); at != nil && p.Max == 0 && p.Base == 0 {
		c.errorf(at.Place, "bad-policy", "max is zero").Hint = "leave it out for no bound"
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

func (c *checker) pairs(n *syntax.Node, key string) []syntax.Pair {
	if value := c.get(n, key); value != nil {
		return value.Pairs
	}
	return nil
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
	if p.Hint = didYouMean(at.Text, known); p.Hint == "" && len(known) > 0 && len(known) <= 12 {
		p.Hint = "known are " + strings.Join(known, ", ")
	}
}
