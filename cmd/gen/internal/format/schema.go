package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The schemas' names. They lie under the module's path and are never fetched.
const (
	schemaID        = "https://github.com/errkb/errkb/spec/errors.schema.json"
	partSchemaID    = "https://github.com/errkb/errkb/spec/part.schema.json"
	overlaySchemaID = "https://github.com/errkb/errkb/spec/overlay.schema.json"
)

// Schema returns the format as a JSON Schema (draft 2020-12) for editors. It
// knows the shape of a spec: keys, kinds, words, spellings. What one part of a
// spec says of another, only package check can tell.
func Schema() []byte {
	s := schema{defs: make(map[string]members)}
	return s.print(Definition().Object, members{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", schemaID},
		{"title", "errkb spec"},
		{"description", "The HTTP statuses and error codes of one or more APIs: what they mean, who has to act, what to do, how long to wait."},
	})
}

// PartSchema returns the schema of one of several files of a spec, any of which may lack what
// another has.
func PartSchema() []byte {
	part := *Definition().Object
	part.Keys = slices.Clone(part.Keys)
	for i := range part.Keys {
		part.Keys[i].Required = false
	}
	s := schema{defs: make(map[string]members)}
	return s.print(&part, members{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", partSchemaID},
		{"title", "part of an errkb spec"},
		{"description", "One of the files of an errkb spec."},
	})
}

// OverlaySchema returns the schema of overlays.
func OverlaySchema() []byte {
	s := schema{defs: make(map[string]members), isOverlay: true}
	return s.print(Overlay().Object, members{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", overlaySchemaID},
		{"title", "errkb overlay"},
		{"description", "The texts of an errkb spec in another language."},
	})
}

// schema collects the objects that are met, each of which becomes a definition.
type schema struct {
	order     []*Object
	defs      map[string]members
	isOverlay bool // texts may be empty: they are still to be written
}

// print returns the schema of an object, which starts with its head.
func (s *schema) print(o *Object, root members) []byte {
	root = append(root, s.object(o)...)
	var defs members
	for i := 0; i < len(s.order); i++ { // definitions add definitions
		o := s.order[i]
		defs = append(defs, member{defName(o), s.object(o)})
	}
	root = append(root, member{"$defs", defs})
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		panic(fmt.Sprintf("internal error: encode the schema: %v", err))
	}
	return out.Bytes()
}

func defName(o *Object) string { return strings.ReplaceAll(o.Name, " ", "-") }

// of returns the schema of a type.
func (s *schema) of(t Type) members {
	var shapes []members
	if t.Scalar != nil {
		one := scalarSchema(t.Scalar)
		if s.isOverlay && t.Scalar.Kind == Text {
			one = one[:len(one)-1] // the pattern, which wants a character
		}
		shapes = append(shapes, byType(one)...)
	}
	if t.Object != nil {
		shapes = append(shapes, s.ref(t.Object))
	}
	if t.Map != nil {
		shapes = append(shapes, s.mapping(t.Map))
	}
	if t.List != nil {
		item := Type{Scalar: t.List.Scalar, Object: t.List.Object, Map: t.List.Map}
		shapes = append(shapes, members{{"type", "array"}, {"items", s.of(item)}, {"minItems", 1}})
	}
	if len(shapes) == 1 {
		return shapes[0]
	}
	return members{{"anyOf", shapes}}
}

func (s *schema) ref(o *Object) members {
	if _, met := s.defs[o.Name]; !met {
		s.defs[o.Name] = nil
		s.order = append(s.order, o)
	}
	return members{{"$ref", "#/$defs/" + defName(o)}}
}

func (s *schema) object(o *Object) members {
	var properties members
	var required []string
	for _, k := range o.Keys {
		property := append(members{{"description", k.Doc}}, s.of(k.Type)...)
		properties = append(properties, member{k.Name, property})
		if k.Required {
			required = append(required, k.Name)
		}
	}
	all := members{{"type", "object"}, {"properties", properties}}
	if required != nil {
		all = append(all, member{"required", required})
	}
	return append(all, member{"additionalProperties", false})
}

func (s *schema) mapping(m *Map) members {
	keys := members{{"maxLength", m.Max}} // and no type: to an editor, 429 is a number
	if !m.Empty {
		keys = append(keys, member{"minLength", 1})
	}
	if m.Pattern != "" {
		keys = append(keys, member{"pattern", m.Pattern})
	}
	return members{
		{"type", "object"},
		{"propertyNames", keys},
		{"additionalProperties", s.of(m.Value)},
		{"minProperties", 1},
	}
}

// byType returns a schema of several types as one of each, with what is about that type:
// strict validators have a word for any other.
func byType(s members) []members {
	types, several := s[0].value.([]string)
	if !several || s[0].key != "type" {
		return []members{s}
	}
	shapes := make([]members, len(types))
	for i, name := range types {
		shapes[i] = members{{"type", name}}
		for _, m := range s[1:] {
			if isNumeric := m.key == "minimum" || m.key == "maximum"; isNumeric == (name != "string") {
				shapes[i] = append(shapes[i], m)
			}
		}
	}
	return shapes
}

// scalarSchema returns the schema of a single value. Values are taken as
// written, so text is also what YAML takes for a number or a truth value, and a
// number may be quoted.
func scalarSchema(s *Scalar) members {
	asWritten := member{"type", []string{"string", "number", "boolean"}}
	whole := member{"type", []string{"string", "integer"}}
	text := member{"type", "string"}
	switch s.Kind {
	case Text:
		switch s.Pattern {
		case "":
		case pathPattern: // which no number matches
			return members{text, {"maxLength", s.Max}, {"pattern", s.Pattern}}
		default:
			return members{asWritten, {"maxLength", s.Max}, {"pattern", s.Pattern}}
		}
		return members{asWritten, {"maxLength", s.Max}, {"pattern", `[^\s]`}}
	case Raw:
		return members{asWritten, {"maxLength", s.Max}}
	case Any, Name:
		return members{asWritten}
	case Int:
		return members{{"enum", []any{s.Min, strconv.Itoa(s.Min)}}}
	case Factor:
		return members{{"type", []string{"string", "number"}}, {"minimum", 1}, {"maximum", 100}, {"pattern", `^[0-9]+(\.[0-9]+)?$`}}
	case Bool:
		return members{{"type", "boolean"}}
	case Enum:
		return members{{"enum", s.Values}}
	case Count:
		return members{whole, {"minimum", s.Min}, {"maximum", s.Max}, {"pattern", `^([0-9]+|unlimited)$`}}
	case Duration:
		return members{whole, {"minimum", 0}, {"maximum", 0}, {"pattern", `^(` + durationPattern + `)$`}}
	case Jitter:
		return members{whole, {"minimum", 0}, {"maximum", 0}, {"pattern", `^(` + durationPattern + `|` + percentPattern + `|full)$`}}
	case Size:
		return members{text, {"pattern", `^[0-9]+(KiB|MiB)$`}}
	case Pointer:
		return members{text, {"pattern", `^(/([^/~]|~[01])*)+$`}}
	case ElementAt:
		return members{text, {"pattern", `^(/[^/]+)+$`}}
	case Place:
		return members{text, {"pattern", `^/`}}
	case Status:
		return members{whole, {"minimum", 100}, {"maximum", 999}, {"pattern", `^[1-9][0-9]{2}$`}}
	case StatusKey:
		return members{whole, {"minimum", 100}, {"maximum", 999}, {"pattern", StatusKeyPattern}}
	case Date:
		return members{text, {"pattern", `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`}}
	case Language:
		return members{text, {"pattern", `^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`}}
	case Folder:
		return members{text, {"maxLength", s.Max}, {"pattern", `^[Hh][Tt][Tt][Pp][Ss]://[^\s?#]+$`}}
	case URL:
		return members{text, {"maxLength", s.Max}, {"pattern", `^[Hh][Tt][Tt][Pp][Ss]?://[^\s]+$`}}
	}
	panic("internal error: no schema of scalar " + s.Name)
}

const (
	tokenPattern    = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" // RFC 9110 section 5.6.2
	pathPattern     = `^/`
	durationPattern = `0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+`
	percentPattern  = `(100(\.0*)?|[0-9]{1,2}(\.[0-9]*)?|\.[0-9]+)%`
)

// members are those of a JSON object, in order.
type members []member

type member struct {
	key   string
	value any
}

// MarshalJSON returns the members as an object.
func (m members) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for i, one := range m {
		out.WriteByte("{,"[min(i, 1)])
		if err := encoder.Encode(one.key); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := encoder.Encode(one.value); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
