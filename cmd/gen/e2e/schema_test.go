package e2e_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// TestSchema compiles the schema of a spec in a strict validator that has no plug-ins,
// and wants no word about it.
func TestSchema(t *testing.T) {
	t.Parallel()
	schema, err := os.ReadFile("../../../spec/errors.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	spec := func(base string) json.RawMessage {
		return json.RawMessage(`{"format": "1", "categories": {"busy": {"action": "retry", "who": "client"}},
			"policies": {"soon": {"base": ` + base + `, "retries": 3}},
			"apis": {"shop": {"source": {"title": "Guide", "verified": "2026-11-21"}, "reply": [{"json": {"code": ["/code"]}}],
				"codes": {"BUSY": {"message": 429, "category": "busy", "retry": "soon"}}}}}`)
	}
	got := node[struct {
		Said  []string
		Valid []bool
	}](t, "schema.mjs", map[string]any{
		"schema": json.RawMessage(schema),
		"values": []json.RawMessage{spec(`"5s"`), spec("0"), spec(`"0"`), spec("5"), spec(`"5"`), spec("true")},
	})
	for _, said := range got.Said {
		t.Error(said)
	}
	if want := []bool{true, true, true, false, false, false}; !slices.Equal(got.Valid, want) {
		t.Errorf("waits of 5s, 0, \"0\", 5, \"5\" and true: valid is %t, want %t", got.Valid, want)
	}
}
