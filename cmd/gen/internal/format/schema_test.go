package format_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// committed are the schemas that editors read, in the folder of the shipped spec.
var committed = map[string]func() []byte{"errors.schema.json": format.Schema, "overlay.schema.json": format.OverlaySchema}

func TestSchemaIsCurrent(t *testing.T) {
	for name, schema := range committed {
		path := filepath.Join("..", "..", "..", "..", "spec", name)
		if *update {
			if err := os.WriteFile(path, schema(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(schema())); diff != "" {
			t.Errorf("spec/%s is not current, run go test ./cmd/gen/internal/format -update (-committed +schema):\n%s", name, diff)
		}
	}
}

// TestPartSchema has that of a part differ from that of a spec in what a file has to have.
func TestPartSchema(t *testing.T) {
	read := func(schema []byte) (s map[string]any) {
		if err := json.Unmarshal(schema, &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	whole, part := read(format.Schema()), read(format.PartSchema())
	for _, key := range []string{"$id", "title", "description"} {
		if whole[key] == part[key] {
			t.Errorf("both have the %s %v", key, part[key])
		}
		delete(whole, key)
		delete(part, key)
	}
	if diff := cmp.Diff([]any{"format", "categories", "apis"}, whole["required"]); diff != "" {
		t.Errorf("a spec requires (-want +got):\n%s", diff)
	}
	delete(whole, "required")
	if diff := cmp.Diff(whole, part); diff != "" {
		t.Errorf("(-spec +part):\n%s", diff)
	}
}

// jsonSchema is the part of a schema that the format's structure shows in.
type jsonSchema struct {
	Ref         string                `json:"$ref"`
	Type        any                   `json:"type"`
	Description string                `json:"description"`
	Enum        []any                 `json:"enum"`
	Properties  map[string]jsonSchema `json:"properties"`
	Required    []string              `json:"required"`
	Additional  json.RawMessage       `json:"additionalProperties"`
	Items       *jsonSchema           `json:"items"`
	AnyOf       []jsonSchema          `json:"anyOf"`
	Defs        map[string]jsonSchema `json:"$defs"`
}

// TestSchemaFollowsFormat walks the format and the schema side by side.
func TestSchemaFollowsFormat(t *testing.T) {
	t.Run("spec", func(t *testing.T) { followsFormat(t, format.Definition(), format.Schema()) })
	t.Run("overlay", func(t *testing.T) { followsFormat(t, format.Overlay(), format.OverlaySchema()) })
}

func followsFormat(t *testing.T, definition format.Type, schema []byte) {
	var root jsonSchema
	if err := json.Unmarshal(schema, &root); err != nil {
		t.Fatal(err)
	}
	w := walk{t: t, defs: root.Defs, met: map[string]*format.Object{}}
	w.object("spec", definition.Object, root)
	for name := range root.Defs {
		if w.met[name] == nil {
			t.Errorf("definition %s is of no use", name)
		}
	}
}

type walk struct {
	t    *testing.T
	defs map[string]jsonSchema
	met  map[string]*format.Object // by definition
}

func (w *walk) value(path string, of format.Type, s jsonSchema) {
	shapes := s.AnyOf
	if shapes == nil {
		shapes = []jsonSchema{s}
	}
	next := func() (one jsonSchema) {
		if len(shapes) == 0 {
			w.t.Errorf("%s: a shape is missing from the schema", path)
			return jsonSchema{}
		}
		one, shapes = shapes[0], shapes[1:]
		return one
	}
	if of.Scalar != nil {
		w.scalar(path, of.Scalar, next())
		for len(shapes) > 0 && slices.Contains([]any{"number", "integer", "boolean"}, shapes[0].Type) { // the same, not as text
			next()
		}
	}
	if of.Object != nil {
		w.reference(path, of.Object, next())
	}
	if of.Map != nil {
		var values jsonSchema
		if err := json.Unmarshal(next().Additional, &values); err != nil {
			w.t.Errorf("%s: no schema of values: %v", path, err)
		}
		w.value(path+".*", of.Map.Value, values)
	}
	if of.List != nil {
		s := next()
		if s.Type != "array" || s.Items == nil {
			w.t.Errorf("%s is not a list in the schema", path)
			return
		}
		w.value(path+"[]", format.Type{Scalar: of.List.Scalar, Object: of.List.Object, Map: of.List.Map}, *s.Items)
	}
	if len(shapes) > 0 {
		w.t.Errorf("%s: the schema has %d shapes more", path, len(shapes))
	}
}

func (w *walk) reference(path string, o *format.Object, s jsonSchema) {
	name, ok := strings.CutPrefix(s.Ref, "#/$defs/")
	if !ok {
		w.t.Errorf("%s refers to no definition: %q", path, s.Ref)
		return
	}
	if other := w.met[name]; other != nil {
		if other != o {
			w.t.Errorf("%s and another object are both called %q", path, o.Name)
		}
		return
	}
	w.met[name] = o
	w.object(path, o, w.defs[name])
}

func (w *walk) object(path string, o *format.Object, s jsonSchema) {
	if string(s.Additional) != "false" {
		w.t.Errorf("%s takes unknown keys", path)
	}
	var required []string
	for _, f := range o.Keys {
		property, ok := s.Properties[f.Name]
		if !ok {
			w.t.Errorf("%s.%s is not a property", path, f.Name)
			continue
		}
		if property.Description != f.Doc {
			w.t.Errorf("%s.%s has another description", path, f.Name)
		}
		if f.Required {
			required = append(required, f.Name)
		}
		w.value(path+"."+f.Name, f.Type, property)
	}
	if len(s.Properties) != len(o.Keys) {
		w.t.Errorf("%s has %d keys, and %d in the schema", path, len(o.Keys), len(s.Properties))
	}
	if diff := cmp.Diff(required, s.Required); diff != "" {
		w.t.Errorf("%s: required (-format +schema):\n%s", path, diff)
	}
}

func (w *walk) scalar(path string, of *format.Scalar, s jsonSchema) {
	if of.Kind != format.Enum {
		if s.Type == nil && s.Enum == nil {
			w.t.Errorf("%s takes anything", path)
		}
		return
	}
	var words []string
	for _, word := range s.Enum {
		words = append(words, word.(string))
	}
	if diff := cmp.Diff(of.Values, words); diff != "" {
		w.t.Errorf("%s: words (-format +schema):\n%s", path, diff)
	}
}

// TestFieldsAreDocumented wants a sentence for every key: it is all that editors show.
func TestFieldsAreDocumented(t *testing.T) {
	seen := map[*format.Object]bool{}
	var visit func(of format.Type)
	visit = func(of format.Type) {
		if of.Map != nil {
			visit(of.Map.Value)
		}
		if of.List != nil {
			visit(format.Type{Scalar: of.List.Scalar, Object: of.List.Object, Map: of.List.Map})
		}
		if of.Object == nil || seen[of.Object] {
			return
		}
		seen[of.Object] = true
		for _, f := range of.Object.Keys {
			if !strings.HasSuffix(f.Doc, ".") {
				t.Errorf("the doc of %s.%s is not a sentence: %q", of.Object.Name, f.Name, f.Doc)
			}
			visit(f.Type)
		}
	}
	visit(format.Definition())
	visit(format.Overlay())
}
