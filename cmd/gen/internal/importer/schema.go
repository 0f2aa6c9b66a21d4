package importer

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// spot is a place in a reply that a schema describes, or that a reply has.
type spot struct {
	isReason bool     // of an ErrorInfo, which is made for codes
	path     []string // * is any item or member
	at       string   // the same as a pointer, once it has been asked for
	kind     string   // string, integer, boolean, or "" if that is not said
	values   []value  // of an enum or a const
	isEnum   bool
	text     string // of the description
	sample   string // an example of its value
}

// value is one that a spot can have.
type value struct{ text, meaning string }

// Limits of what is looked at in one schema.
const (
	maxSpotDepth = 7
	maxSpots     = 4000
	maxSteps     = 20_000
)

// spots returns the places of single values in replies of a schema.
func (o *openAPI) spots(schema *syntax.Node) []spot {
	if schema == nil {
		return nil
	}
	if known, ok := o.facts[schema]; ok {
		return known
	}
	w := schemaWalk{openAPI: o, next: []*schemaStep{{node: schema}}}
	for steps := 0; len(w.next) > 0 && steps < maxSteps && len(w.found) <= maxSpots; steps++ {
		step := w.next[0]
		w.next = w.next[1:]
		w.step(step)
	}
	o.facts[schema] = w.found
	return w.found
}

// spotsAt returns the spots of a schema at a place.
func (o *openAPI) spotsAt(schema *syntax.Node, at string) (found []*spot) {
	spots := o.spots(schema)
	for i := range spots {
		if spots[i].pointer() == at {
			found = append(found, &spots[i])
		}
	}
	return found
}

// schemaWalk goes through a schema level by level: where all objects of an API lead to each
// other, there are millions of places, and those of errors are at the top.
type schemaWalk struct {
	*openAPI
	next  []*schemaStep
	found []spot
}

// schemaStep is a schema to look at, and that of which it is a part.
type schemaStep struct {
	node *syntax.Node
	path []string
	from *schemaStep
}

// isWithin reports whether a step is below one of the same schema.
func (s *schemaStep) isWithin(n *syntax.Node) bool {
	for ; s != nil; s = s.from {
		if s.node == n {
			return true
		}
	}
	return false
}

func (w *schemaWalk) step(s *schemaStep) {
	n := w.resolve(s.node)
	if s.from.isWithin(n) || len(s.path) > maxSpotDepth || n.Kind != syntax.Mapping {
		return
	}
	s.node = n
	add := func(part *syntax.Node, path []string) {
		w.next = append(w.next, &schemaStep{part, path, s})
	}
	for _, key := range []string{"allOf", "oneOf", "anyOf"} {
		if parts := n.At(key); parts != nil {
			for _, part := range parts.Items {
				add(part, s.path)
			}
		}
	}
	if properties := n.At("properties"); properties != nil {
		for _, pair := range properties.Pairs {
			add(pair.Value, append(slices.Clone(s.path), pair.Key.Text))
		}
	}
	w.discriminator(n, s.path)
	if items := n.At("items"); items != nil {
		add(items, append(slices.Clone(s.path), "*"))
	}
	if others := n.At("additionalProperties"); others != nil && others.Kind == syntax.Mapping {
		add(others, append(slices.Clone(s.path), "*"))
	}
	if len(s.path) > 0 {
		w.scalar(n, s.path)
	}
}

// scalar adds the place of a schema of single values.
func (w *schemaWalk) scalar(n *syntax.Node, path []string) {
	s := spot{path: path, kind: schemaType(n), text: text(n, "description"), sample: text(n, "example")}
	if several := n.At("examples"); s.sample == "" && several != nil && len(several.Items) > 0 {
		s.sample = text(several.Items[0])
	}
	if enum := n.At("enum"); enum != nil {
		for i, item := range enum.Items {
			if t := text(item); t != "" {
				s.values = append(s.values, value{t, w.enumMeaning(n, i, t)})
			}
		}
	}
	if one := text(n, "const"); one != "" {
		s.values = append(s.values, value{one, ""})
	}
	s.isEnum = len(s.values) > 0
	if s.kind == "" && s.isEnum {
		s.kind = "string"
	}
	if s.kind == "string" || s.kind == "integer" || s.kind == "boolean" {
		w.found = append(w.found, s)
	}
}

// schemaType returns the type of a schema; in 3.1 it may be a list that has null too.
func schemaType(n *syntax.Node) string {
	types := n.At("type")
	if types == nil {
		return ""
	}
	if types.Kind == syntax.Scalar {
		return strings.Replace(types.Text, "number", "integer", 1)
	}
	for _, item := range types.Items {
		if item.Text != "null" {
			return strings.Replace(item.Text, "number", "integer", 1)
		}
	}
	return ""
}

// enumMeaning returns what is said of a value of an enum, in the ways that tools have for it.
func (w *schemaWalk) enumMeaning(n *syntax.Node, i int, value string) string {
	for _, key := range []string{"x-enum-descriptions", "x-enumDescriptions", "x-enum-varnames-descriptions"} {
		said := n.At(key)
		if said == nil {
			continue
		}
		if said.Kind == syntax.Mapping {
			return text(said, value)
		}
		if i < len(said.Items) {
			return text(said.Items[i])
		}
	}
	if values := at(n, "x-ms-enum", "values"); values != nil {
		for _, item := range values.Items {
			if text(item, "value") == value {
				return text(item, "description")
			}
		}
	}
	return ""
}

// discriminator adds the place that tells the alternatives of a schema apart.
func (w *schemaWalk) discriminator(n *syntax.Node, path []string) {
	name := text(n, "discriminator", "propertyName")
	mapping := at(n, "discriminator", "mapping")
	if name == "" || mapping == nil {
		return
	}
	s := spot{path: append(slices.Clone(path), name), kind: "string", isEnum: true, text: "discriminator"}
	for _, pair := range mapping.Pairs {
		s.values = append(s.values, value{pair.Key.Text, ""})
	}
	w.found = append(w.found, s)
}
