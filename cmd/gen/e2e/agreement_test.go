package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// shapeRules are those about the shape of a spec, which the schema describes.
var shapeRules = []string{
	"unknown-key", "misplaced-key", "missing-key", "wrong-kind", "bad-value", "bad-number", "bad-duration",
	"bad-pointer", "bad-status", "bad-date", "bad-address", "null",
}

// beyondSchema are messages of these rules that no schema can give: they depend on what
// stands elsewhere, on arithmetic, or on how a value is written that an editor has read.
var beyondSchema = regexp.MustCompile(strings.Join([]string{
	`^"2026-02-30" is not a date`,
	`^"9223372037s" is not a duration`,
	`is not a size from 1KiB to 64MiB`,
	`is not a number as JSON writes it`,
	`^"T(rue|RUE)" is not true or false`,
	`^"/a~" is not a JSON Pointer`, `is not a path of elements`, // as the form says, a place is the one or the other
	`names itself$`, `^a prefix can't have aliases`, `^the policy has neither retries nor within`,
}, "|"))

// spot is a place in a document.
type spot struct{ Line, Column int }

func (a spot) after(b spot) bool { return a.Line > b.Line || a.Line == b.Line && a.Column > b.Column }

// refusal is what the schema refuses.
type refusal struct {
	Key, From, To spot
	Says          string
}

// holds reports whether a problem is at the refused node, or in it. A value
// that is not there begins one column later for an editor.
func (r refusal) holds(p diag.Problem) bool {
	at, from := spot{p.Line, p.Column}, spot{r.From.Line, r.From.Column - 1}
	return at == r.Key || !from.after(at) && !at.after(r.To)
}

// TestSchemaAgrees compares what the schema refuses with what check refuses, in all specs of
// the tests and in many with one mistake: each of the two has to refuse the same nodes.
func TestSchemaAgrees(t *testing.T) {
	t.Parallel()
	schema, err := os.ReadFile("../../../spec/errors.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	specs := specTexts(t)
	texts := make([]string, len(specs))
	for i, s := range specs {
		texts[i] = s.text
	}
	got := node[[][]refusal](t, "agreement.mjs", map[string]any{"schema": json.RawMessage(schema), "texts": texts})
	refused := 0
	for i, s := range specs {
		if got[i] == nil { // this parser can't read it
			continue
		}
		if len(got[i]) > 0 {
			refused++
		}
		var errors []diag.Problem
		for _, p := range s.problems {
			if p.Severity == diag.Error {
				errors = append(errors, p)
			}
		}
		for _, r := range got[i] {
			if !slices.ContainsFunc(errors, r.holds) {
				t.Errorf("%s: the schema refuses at %d:%d, and check does not: %s", s.name, r.From.Line, r.From.Column, r.Says)
			}
		}
		for _, p := range errors {
			isShape := slices.Contains(shapeRules, p.Rule) && !beyondSchema.MatchString(p.Message)
			if isShape && !slices.ContainsFunc(got[i], func(r refusal) bool { return r.holds(p) }) {
				t.Errorf("%s: check refuses at %d:%d, and the schema does not: %s [%s]", s.name, p.Line, p.Column, p.Message, p.Rule)
			}
		}
	}
	if len(specs) < 500 || refused < 300 {
		t.Errorf("only %d specs, of which the schema refuses %d", len(specs), refused)
	}
}

// isYAML reports whether a problem is about YAML itself, which an editor reads otherwise.
func isYAML(p diag.Problem) bool {
	return slices.Contains([]string{syntax.RuleSyntax, syntax.RuleLimit, syntax.RuleFeature, "duplicate-key"}, p.Rule)
}

// checked is a spec, and what check says of it.
type checked struct {
	name, text string
	problems   []diag.Problem
}

// specTexts returns the specs of the tests, and the complete example with one mistake each.
func specTexts(t *testing.T) (specs []checked) {
	t.Helper()
	paths := []string{"../../../spec/errors.yaml"}
	for _, pattern := range []string{"bad/*.yaml", "good/*.yaml", "vendors/*.yaml"} {
		found, err := filepath.Glob("../internal/check/testdata/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	add := func(name, text string) {
		_, problems := check.Load("x.yaml", []byte(text))
		if !slices.ContainsFunc(problems, isYAML) {
			specs = append(specs, checked{name, text, problems})
		}
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(path, ".replies.yaml") && !check.IsOverlay(text) {
			add(filepath.Base(path), string(text))
		}
	}
	for name, text := range mistakes(t) {
		add(name, text)
	}
	return specs
}

// mistakes yields the complete example, and that with a mistake at each key of the format.
func mistakes(t *testing.T) func(yield func(name, text string) bool) {
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(formatExample(t)), &root); err != nil {
		t.Fatal(err)
	}
	text := func() string {
		var out bytes.Buffer
		encoder := yaml.NewEncoder(&out)
		encoder.SetIndent(2)
		if err := encoder.Encode(&root); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	return func(yield func(name, text string) bool) {
		if !yield("the complete example", text()) {
			return
		}
		n := 0
		for _, k := range keysOf(root.Content[0]) {
			at := k.name + " "
			value, content := *k.of.Content[k.at+1], k.of.Content
			for _, m := range slices.Concat(always, sometimes[n%3:n%3+2]) {
				k.of.Content[k.at+1] = &m.value
				if !yield(at+m.name, text()) {
					return
				}
			}
			k.of.Content[k.at+1] = &value
			k.of.Content = slices.Concat(content[:k.at], content[k.at+2:])
			if !yield(at+"dropped", text()) {
				return
			}
			k.of.Content = content
			if n%3 == 0 {
				name := content[k.at].Value
				content[k.at].Value += "x"
				if !yield(at+"unknown", text()) {
					return
				}
				content[k.at].Value = name
			}
			n++
		}
	}
}

type mistake struct {
	name  string
	value yaml.Node
}

func scalar(text string) yaml.Node { return yaml.Node{Kind: yaml.ScalarNode, Value: text} }

var (
	always = []mistake{
		{"is a mapping", yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "q"}, {Kind: yaml.ScalarNode, Value: "q"}}}},
	}
	sometimes = []mistake{
		{"is a list", yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "? q"}}}},
		{"is negative", scalar("-7")},
		{"is large", scalar("99999999999")},
		{"is null", scalar("null")},
	}
)

// key is a key of the format in a document.
type key struct {
	name string
	of   *yaml.Node // the mapping
	at   int
}

// keysOf returns the first of each key of the format.
func keysOf(root *yaml.Node) (keys []key) {
	seen := make(map[string]bool)
	eachObject(root, format.Definition(), func(node *yaml.Node, object *format.Object) {
		for i := 0; i < len(node.Content); i += 2 {
			if path := fmt.Sprintf("%s.%s", object.Name, node.Content[i].Value); !seen[path] {
				seen[path] = true
				keys = append(keys, key{path, node, i})
			}
		}
	})
	return keys
}

// eachObject calls visit with each mapping of a document that is an object of the format,
// the outer ones first.
func eachObject(node *yaml.Node, value format.Type, visit func(*yaml.Node, *format.Object)) {
	switch {
	case node.Kind == yaml.SequenceNode && value.List != nil:
		for _, item := range node.Content {
			eachObject(item, *value.List, visit)
		}
	case node.Kind == yaml.MappingNode && value.Map != nil:
		for i := 1; i < len(node.Content); i += 2 {
			eachObject(node.Content[i], value.Map.Value, visit)
		}
	case node.Kind == yaml.MappingNode && value.Object != nil:
		visit(node, value.Object)
		for i := 0; i < len(node.Content); i += 2 {
			eachObject(node.Content[i+1], value.Object.Keys[value.Object.Index(node.Content[i].Value)].Type, visit)
		}
	}
}
