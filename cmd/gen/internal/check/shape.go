package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// subject is what a node is called in problems, and where something that it
// lacks is reported: at its key.
type subject struct {
	name  string
	place diag.Place
}

// shape holds a node against its type, reports what does not fit, and marks it
// bad, so that it counts as absent from then on. A container with a bad part is
// not bad itself.
func (c *checker) shape(n *syntax.Node, t format.Type, of subject) bool {
	ok := false
	switch {
	case n.Kind == syntax.Unreadable, n.Incomplete && len(n.Pairs) == 0:
	case n.Kind == syntax.Scalar && t.Scalar != nil:
		ok = c.scalar(n, t.Scalar)
	case n.Kind == syntax.Sequence && t.List != nil:
		ok = c.list(n, t)
	case n.Kind == syntax.Mapping && t.Object != nil:
		c.object(n, t.Object, of.place)
		ok = true
	case n.Kind == syntax.Mapping && t.Map != nil:
		ok = c.mapping(n, t.Map)
	default:
		p := c.errorf(n.Place, "wrong-kind", "%s is %s, not %s", of.name, n.Kind, expected(t))
		switch {
		case t.List == nil:
		case n.Kind == syntax.Scalar && t.List.Scalar != nil:
			p.Hint = "write a list: [" + n.Text + "]"
		case n.Kind == syntax.Mapping && t.List.Object != nil:
			p.Hint = "start each item with a hyphen"
		}
	}
	if !ok {
		c.bad[n] = true
	}
	return ok
}

func (c *checker) list(n *syntax.Node, t format.Type) bool {
	if len(n.Items) == 0 {
		c.errorf(n.Place, "text-empty", "an empty list").Hint = "remove the key"
		return false
	}
	of := format.Type{Scalar: t.List.Scalar, Object: t.List.Object, Map: t.List.Map}
	n.Items = slices.DeleteFunc(n.Items, func(item *syntax.Node) bool {
		fits := c.shape(item, of, subject{"the list item", item.Place})
		c.flawed[n] = c.flawed[n] || !fits
		return !fits
	})
	return len(n.Items) > 0
}

// object holds the keys of a mapping against those of an object. What is missing
// is reported at a place.
func (c *checker) object(n *syntax.Node, o *format.Object, at diag.Place) {
	for i := range n.Pairs {
		pair := &n.Pairs[i]
		field, ok := o.Field(pair.Key.Text)
		if !ok {
			field, ok = c.unknownKey(n, pair, o)
		}
		if !ok {
			c.bad[pair.Value] = true
			continue
		}
		c.shape(pair.Value, field.Type, subject{field.Name, pair.Key.Place})
	}
	c.dropDuplicates(n, false)
	for _, field := range o.Fields {
		if field.Required && !c.has(n, field.Name) {
			c.flawed[n] = true
			c.errorf(at, "missing-key", "the %s has no %s, which is required", o.Name, field.Name).
				Hint = field.Name + ": " + lowerFirst(strings.TrimSuffix(field.Doc, "."))
		}
	}
}

// mapping holds the values of a mapping against their type. The names of bad
// ones stay, so that what refers to them is not reported as well.
func (c *checker) mapping(n *syntax.Node, m *format.Map) bool {
	if len(n.Pairs) == 0 {
		if !n.Incomplete {
			c.errorf(n.Place, "text-empty", "an empty mapping").Hint = "remove the key"
		}
		return false
	}
	n.Pairs = slices.DeleteFunc(n.Pairs, func(pair syntax.Pair) bool {
		if pair.Key.Text == "" && !m.Empty {
			c.errorf(pair.Key.Place, "text-empty", "an empty %s", m.Key)
			return true
		}
		if length := utf8.RuneCountInString(pair.Key.Text); length > format.MaxKey {
			c.errorf(pair.Key.Place, "text-too-long", "the %s has %d characters; %d is the most", m.Key, length, format.MaxKey)
			return true
		}
		c.shape(pair.Value, m.Value, subject{"the " + strings.TrimSuffix(m.Key, " name") + " " + diag.Quote(pair.Key.Text), pair.Key.Place})
		return false
	})
	c.dropDuplicates(n, m.Key == "code")
	return true
}

// dropDuplicates reports keys that are there twice and keeps the first of each.
func (c *checker) dropDuplicates(n *syntax.Node, codes bool) {
	first := make(map[string]syntax.Pair, len(n.Pairs))
	n.Pairs = slices.DeleteFunc(n.Pairs, func(pair syntax.Pair) bool {
		earlier, twice := first[pair.Key.Text]
		if !twice {
			first[pair.Key.Text] = pair
			return false
		}
		var p *diag.Problem
		switch {
		case codes && (earlier.Value.Get("retired") != nil) != (pair.Value.Get("retired") != nil):
			p = c.errorf(pair.Key.Place, "retired-reused", "code %s is retired, and listed again", diag.Quote(pair.Key.Text))
			p.Hint = "a retired code is never used anew; remove one of the two"
		case codes:
			p = c.errorf(pair.Key.Place, "duplicate-code", "duplicate code %s", diag.Quote(pair.Key.Text))
			p.Hint = "where one code comes with several statuses, list them: status: [400, 422]"
		default:
			p = c.errorf(pair.Key.Place, "duplicate-key", "duplicate key %s", diag.Quote(pair.Key.Text))
		}
		relate(p, earlier.Key.Place, "first here")
		c.flawed[n] = true
		return true
	})
}

// expected says in words what a type takes.
func expected(t format.Type) string {
	var shapes []string
	if t.Scalar != nil {
		shapes = append(shapes, expectedScalar(t.Scalar))
	}
	if t.Object != nil {
		var names []string
		for _, f := range t.Object.Fields[:min(3, len(t.Object.Fields))] {
			names = append(names, f.Name)
		}
		shapes = append(shapes, "a mapping with keys such as "+oneOf(names))
	}
	if t.Map != nil {
		shapes = append(shapes, "a mapping of each "+t.Map.Key+" to its entry")
	}
	if t.List != nil {
		shapes = append(shapes, "a list")
	}
	return oneOf(shapes)
}

func expectedScalar(s *format.Scalar) string {
	if s.Kind == format.Enum {
		return "one of " + oneOf(s.Values)
	}
	return s.Expect
}

func lowerFirst(text string) string {
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}
