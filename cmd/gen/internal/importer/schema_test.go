package importer

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestObjectsThatLeadToEachOther imports an error that holds objects of an API in which each
// leads to all others, as those of payment providers do: millions of places, and the code of
// the error is behind them.
func TestObjectsThatLeadToEachOther(t *testing.T) {
	const objects = 40
	var doc, properties strings.Builder
	for i := range objects {
		fmt.Fprintf(&properties, "o%d: {anyOf: [{type: string}, {$ref: '#/components/schemas/O%d'}]}, ", i, i)
	}
	doc.WriteString("openapi: 3.0.0\ninfo: {title: T}\npaths:\n")
	for i := range objects {
		fmt.Fprintf(&doc, "  /o%d: {get: {responses: {400: {description: E, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}}}}\n", i)
	}
	doc.WriteString("components:\n  schemas:\n    Error: {properties: {error: {properties: {" + properties.String() + "type: {type: string, enum: [card_error]}}}}}\n")
	for i := range objects {
		fmt.Fprintf(&doc, "    O%d: {properties: {%s}}\n", i, properties.String())
	}
	result, err := Import([]File{{"a.yaml", []byte(doc.String())}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"- /error/type    # in 40 of 40 descriptions of errors, with 1 value listed", "\n      card_error:\n"} {
		if !bytes.Contains(result.Spec, []byte(want)) {
			t.Errorf("%q is not in\n%.3000s", want, result.Spec)
		}
	}
}
