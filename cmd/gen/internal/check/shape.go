package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// shape holds a node against its type, reports what does not fit, and marks it
// bad, so that it counts as absent from then on. A container with a bad part is
// not bad itself.
func (c *checker) shape(n *syntax.Node, t format.Type, what string) bool {
	ok := false
	switch {
	case n.Kind == syntax.Scalar && t.Scalar != nil:
		ok = c.scalar(n, t.Scalar)
	case n.Kind == syntax.Sequence && t.List != nil:
		ok = c.list(n, t)
	case n.Kind == syntax.Mapping && t.Object != nil:
		ok = c.object(n, t.Object)
	case n.Kind == syntax.Mapping && t.Map != nil:
		ok = c.mapping(n, t.Map)
	default:
		c.errorf(n.Place, "wrong-kind", "%s is %s, not %s", what, n.Kind, expected(t))
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
		return !c.shape(item, of, "the list item")
	})
	return len(n.Items) > 0
}

func (c *checker) object(n *syntax.Node, o *format.Object) bool {
	c.dropDuplicates(n, false)
	for _, pair := range n.Pairs {
		field, ok := o.Field(pair.Key.Text)
		if !ok {
			c.unknownKey(pair.Key, o)
			continue
		}
		c.shape(pair.Value, field.Type, pair.Key.Text)
	}
	for _, field := range o.Fields {
		if field.Required && n.Get(field.Name) == nil {
			c.errorf(n.Place, "missing-key", "the %s has no %s, which is required", o.Name, field.Name).
				Hint = field.Name + ": " + lowerFirst(field.Doc)
		}
	}
	return true
}

func (c *checker) mapping(n *syntax.Node, m *format.Map) bool {
	isCodes := m.Key == "code"
	c.dropDuplicates(n, isCodes)
	if len(n.Pairs) == 0 {
		c.errorf(n.Place, "text-empty", "an empty mapping").Hint = "remove the key"
		return false
	}
	n.Pairs = slices.DeleteFunc(n.Pairs, func(pair syntax.Pair) bool {
		if pair.Key.Text == "" && !isCodes {
			c.errorf(pair.Key.Place, "text-empty", "an empty %s", m.Key)
			return true
		}
		if length := len([]rune(pair.Key.Text)); length > maxKey {
			c.errorf(pair.Key.Place, "text-too-long", "the %s has %d characters; %d is the most", m.Key, length, maxKey)
			return true
		}
		return !c.shape(pair.Value, m.Value, "the "+m.Key+" "+diag.Quote(pair.Key.Text))
	})
	return true
}

// maxKey is the most characters that a code or a name has.
const maxKey = 256

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
		return true
	})
}

func (c *checker) unknownKey(key *syntax.Node, o *format.Object) {
	var names []string
	for _, f := range o.Fields {
		names = append(names, f.Name)
	}
	hint := didYouMean(key.Text, names)
	if homes := homesOf(key.Text); len(homes) > 0 && hint == "" {
		c.errorf(key.Place, "misplaced-key", "key %s does not belong in the %s", diag.Quote(key.Text), o.Name).
			Hint = "known key, but it belongs under " + oneOf(homes)
		return
	}
	if hint == "" {
		hint = "the keys here are " + strings.Join(names, ", ")
	}
	c.errorf(key.Place, "unknown-key", "unknown key %s in the %s", diag.Quote(key.Text), o.Name).Hint = hint
}

// homesOf returns where the format has a key of a name.
func homesOf(name string) []string {
	var homes []string
	var walk func(t format.Type, path string)
	seen := make(map[*format.Object]bool)
	walk = func(t format.Type, path string) {
		if t.Map != nil {
			walk(t.Map.Value, path+".<"+t.Map.Key+">")
		}
		if t.List != nil && t.List.Object != nil && t.Object == nil {
			walk(*t.List, path+"[]")
		}
		if t.Object == nil || seen[t.Object] {
			return
		}
		seen[t.Object] = true
		for _, f := range t.Object.Fields {
			if f.Name == name {
				homes = append(homes, strings.TrimPrefix(path, "."))
			}
			walk(f.Type, path+"."+f.Name)
		}
	}
	walk(format.Spec, "")
	for i, home := range homes {
		home = strings.ReplaceAll(home, "<API name>", "<name>")
		if home == "" {
			home = "the top of the file"
		}
		homes[i] = home
	}
	return homes
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
