package format_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// strictTypes are the keywords of the schema that are about values of some types.
var strictTypes = map[string][]string{
	"maxLength": {"string"}, "minLength": {"string"}, "pattern": {"string"},
	"minimum": {"number", "integer"}, "maximum": {"number", "integer"},
	"items": {"array"}, "minItems": {"array"},
	"properties": {"object"}, "required": {"object"}, "additionalProperties": {"object"}, "propertyNames": {"object"}, "minProperties": {"object"},
}

// TestSchemaIsStrict wants a schema that strict validators compile without a word:
// each part has one type at most, the one that its keywords are about, and no format,
// which a validator knows only with a plug-in. Keys are texts without saying so: where it
// is said, an editor marks those that are numbers.
func TestSchemaIsStrict(t *testing.T) {
	t.Run("spec", func(t *testing.T) { isStrict(t, format.Schema(), 200) })
	t.Run("part", func(t *testing.T) { isStrict(t, format.PartSchema(), 200) })
	t.Run("overlay", func(t *testing.T) { isStrict(t, format.OverlaySchema(), 50) })
}

func isStrict(t *testing.T, schema []byte, least int) {
	var root map[string]any
	if err := json.Unmarshal(schema, &root); err != nil {
		t.Fatal(err)
	}
	parts := 0
	var visit func(path string, s map[string]any)
	visit = func(path string, s map[string]any) {
		parts++
		kind, single := s["type"].(string)
		if strings.HasSuffix(path, "/propertyNames") {
			if kind != "" {
				t.Errorf("%s has the type %q", path, kind)
			}
			kind = "string"
		}
		if s["type"] != nil && !single {
			t.Errorf("%s has more than one type: %v", path, s["type"])
		}
		for key, value := range s {
			if of := strictTypes[key]; of != nil && !slices.Contains(of, kind) {
				t.Errorf("%s: %s is not for the type %q", path, key, kind)
			}
			switch key {
			case "format":
				t.Errorf("%s has the format %v", path, value)
			case "properties", "$defs":
				for name, part := range value.(map[string]any) {
					visit(path+"/"+key+"/"+name, part.(map[string]any))
				}
			case "anyOf":
				for i, part := range value.([]any) {
					visit(fmt.Sprintf("%s/anyOf/%d", path, i), part.(map[string]any))
				}
			case "items", "propertyNames", "additionalProperties":
				if part, ok := value.(map[string]any); ok {
					visit(path+"/"+key, part)
				}
			}
		}
	}
	visit("#", root)
	if parts < least {
		t.Errorf("only %d parts", parts)
	}
}
