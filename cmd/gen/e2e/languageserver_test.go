package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// place is one in a document, as editors count: from 0.
type place struct {
	Line      int  `json:"line"`
	Character int  `json:"character"`
	Complete  bool `json:"complete"` // ask what would be completed there
}

type document struct {
	Text   string  `json:"text"`
	Places []place `json:"places"`
}

// shown is what an editor shows for a document.
type shown struct {
	Problems []string
	Places   []struct {
		Completes []string
		Tells     string
	}
}

// languageServer opens documents in an editor's language server, with the spec's schema.
func languageServer(t *testing.T, documents ...document) []shown {
	t.Helper()
	return languageServerBy(t, "errors.schema.json", documents...)
}

func languageServerBy(t *testing.T, name string, documents ...document) []shown {
	t.Helper()
	schema, err := filepath.Abs("../../../spec/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return node[[]shown](t, "languageserver.mjs", map[string]any{"schema": schema, "documents": documents})
}

// formatExample is the spec in the docs that has every key.
func formatExample(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../../docs/spec-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "\n## A complete example\n")
	_, rest, _ = strings.Cut(rest, "```yaml\n")
	text, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("no example")
	}
	return text
}

// TestEditorShowsNoProblem opens specs that are right, and some that are not.
func TestEditorShowsNoProblem(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../internal/check/testdata/vendors/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	paths = slices.DeleteFunc(paths, func(path string) bool { return strings.HasSuffix(path, ".replies.yaml") })
	paths = append(paths, "../../../spec/errors.yaml")
	documents := []document{{Text: formatExample(t)}}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, document{Text: strings.ReplaceAll(string(text), "$schema=", "")})
	}
	const start = "format: 1\ncategories:\n  busy: {action: retry}\napis:\n  shop:\n"
	wrong := map[string]string{
		"    reply: [{json: {ok: {att: /a}}}]\n":                                       "att",
		"    reply: [{json: {in: see}}]\n":                                             "ndjson",
		"    delay: [{header: X-Reset, as: date}]\n":                                   "ratelimit",
		"    statuses: {429: {category: busy, retry: {base: 5, retries: 1}}}\n":        `Expected "string"`, // and no word of a largest number
		"    overrides: [{action: fail}]\n":                                            "when",
		"    statuses:\n      429: {category: busy, acton: fail}\n":                    "acton",
		"    codes: {A: {category: busy, variants: [{when: {header: x}, fail: 1}]}}\n": "fail",
	}
	var rests []string
	for rest := range wrong {
		rests = append(rests, rest)
		documents = append(documents, document{Text: start + rest})
	}
	answers := languageServer(t, documents...)
	for i, path := range append([]string{"the complete example"}, paths...) {
		if got := answers[i].Problems; len(got) > 0 {
			t.Errorf("%s: %q", path, got)
		}
	}
	for i, rest := range rests {
		got := answers[len(paths)+1+i].Problems
		if len(got) == 0 || !strings.Contains(strings.Join(got, "\n"), wrong[rest]) {
			t.Errorf("%s: %q, want a word about %s", rest, got, wrong[rest])
		}
	}
}

// TestEditorOverlay opens overlays: the shipped ones, one that is still to be translated,
// and some that are wrong.
func TestEditorOverlay(t *testing.T) {
	t.Parallel()
	var documents []document
	for _, path := range []string{"../../../spec/errors.de.yaml", "../../../spec/errors.es.yaml", "../internal/translate/testdata/new.de.after.yaml"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, document{Text: strings.ReplaceAll(string(text), "$schema=", "")})
	}
	right := len(documents)
	const start = "format: 1\nlanguage: de\ntranslates: errors.yaml\n"
	wrong := []string{"action", "translates"}
	documents = append(documents, document{Text: start + "categories: {busy: {action: retry}}\n"},
		document{Text: "format: 1\nlanguage: de\n"})
	for i, answer := range languageServerBy(t, "overlay.schema.json", documents...) {
		said := strings.Join(answer.Problems, "\n")
		if i < right && said != "" {
			t.Errorf("overlay %d: %s", i, said)
		}
		if i >= right && !strings.Contains(said, wrong[i-right]) {
			t.Errorf("%s: %q, want a word about %s", documents[i].Text, said, wrong[i-right])
		}
	}
}

// TestEditorKnowsEveryKey asks at each object of the format which keys would be
// completed, and at each key what it is.
func TestEditorKnowsEveryKey(t *testing.T) {
	t.Parallel()
	example := formatExample(t)
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(example), &root); err != nil {
		t.Fatal(err)
	}
	type asked struct {
		object *format.Object
		key    format.Key
		has    []string // what the object has; nil where nothing is to be completed
	}
	var all []asked
	of := document{Text: example}
	seen := make(map[string]bool)
	eachObject(root.Content[0], format.Definition(), func(node *yaml.Node, object *format.Object) {
		var has []string
		for i := 0; i < len(node.Content); i += 2 {
			has = append(has, node.Content[i].Value)
		}
		if seen[object.Name] {
			has = nil
		}
		seen[object.Name] = true
		for i := 0; i < len(node.Content); i += 2 {
			name := node.Content[i]
			key := object.Keys[object.Index(name.Value)]
			if path := object.Name + "." + key.Name; !seen[path] {
				seen[path] = true
				all = append(all, asked{object, key, has})
				of.Places = append(of.Places, place{name.Line - 1, name.Column, has != nil})
				has = nil
			}
		}
	})
	answer := languageServer(t, of)[0]
	unescape := strings.NewReplacer(`\`, "", "&nbsp;", " ")
	for i, got := range answer.Places {
		q := all[i]
		names := []string{"errkb spec", strings.ReplaceAll(q.object.Name, " ", "-")} // the whole object
		for _, key := range q.object.Keys {
			names = append(names, key.Name)
			if q.has != nil && !slices.Contains(q.has, key.Name) && !slices.Contains(got.Completes, key.Name) {
				t.Errorf("%s: %s is not completed, but %q", q.object.Name, key.Name, got.Completes)
			}
		}
		for _, label := range got.Completes {
			if !slices.Contains(names, label) {
				t.Errorf("%s: %q is completed", q.object.Name, label)
			}
		}
		if !strings.Contains(unescape.Replace(got.Tells), unescape.Replace(q.key.Doc)) {
			t.Errorf("%s.%s is told as %q", q.object.Name, q.key.Name, got.Tells)
		}
	}
	if len(all) < 100 {
		t.Errorf("only %d keys", len(all))
	}
}
