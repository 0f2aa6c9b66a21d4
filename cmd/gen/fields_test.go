package main_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
	"github.com/errkb/errkb/cmd/gen/internal/site"
	"github.com/errkb/errkb/spec"
)

// TestEveryFieldCounts changes each field of a spec in turn and requires that code
// or docs then change, and a page of the site too: a field that changes nothing
// would be a promise that nobody keeps. The example of the documentation and the
// shipped spec together have every field of the format.
func TestEveryFieldCounts(t *testing.T) {
	changed := make(fieldChanges)
	t.Run("example", func(t *testing.T) { changeFields(t, documentedExample(t), changed) })
	t.Run("shipped", func(t *testing.T) { changeFields(t, spec.Errors, changed) })
	for _, path := range fieldPaths() {
		switch {
		case strings.HasPrefix(path, "rule."):
			// Rules are for the authors: nothing is made of them.
			if changed[path].output {
				t.Errorf("%s changes code or docs", path)
			}
		case !changed[path].output:
			t.Errorf("no test changes %s", path)
		case changed[path].pages == onlyInJSON[path]:
			t.Errorf("%s changes a page of the site: %v, want %v", path, changed[path].pages, !onlyInJSON[path])
		}
	}
}

// onlyInJSON are the fields that programs learn from the site, and people do not.
var onlyInJSON = map[string]bool{"spec.format": true}

// fieldChanges is what the change of a field has been seen to change.
type fieldChanges map[string]struct {
	output bool // code or docs
	pages  bool // of the site
}

func changeFields(t *testing.T, source []byte, changed fieldChanges) {
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		t.Fatal(err)
	}
	root := document.Content[0]
	inExamples := func(l leaf) bool { return strings.HasPrefix(l.path, "example.") }
	changeLeaves(t, &document, changed, inExamples)
	// Examples hold the rest in place: without them it can change.
	dropKey(root, "examples")
	changeLeaves(t, &document, changed, func(l leaf) bool { return !inExamples(l) && l.path != "spec.format" })
	format := changed["spec.format"]
	format.output = true // takes one value only
	changed["spec.format"] = format
}

// changeLeaves changes the single values of a spec that are wanted, one of each
// field that is not changed yet, one at a time.
func changeLeaves(t *testing.T, document *yaml.Node, changed fieldChanges, wanted func(leaf) bool) {
	before := rendered(t, document)
	if before == nil {
		t.Fatal("the spec has errors")
	}
	tried := make(map[string]int)
	for _, leaf := range leaves(document.Content[0], format.Definition(), "") {
		seen := changed[leaf.path]
		if !wanted(leaf) || seen.output && seen.pages || tried[leaf.path] == 3 {
			continue
		}
		tried[leaf.path]++
		original := *leaf.node
		for _, value := range leaf.otherValues(document.Content[0]) {
			leaf.node.Value, leaf.node.Tag, leaf.node.Style = value, "", original.Style
			after := rendered(t, document)
			if after == nil { // the spec does not hold with this value
				continue
			}
			if maps.EqualFunc(before.output, after.output, bytes.Equal) {
				if strings.HasPrefix(leaf.path, "rule.") {
					continue
				}
				t.Errorf("%s: %q for %q changes neither code nor docs", leaf.path, value, original.Value)
			}
			seen.output = true
			if !maps.EqualFunc(before.pages, after.pages, bytes.Equal) {
				seen.pages = true
				break
			}
		}
		*leaf.node = original
		changed[leaf.path] = seen
	}
}

// rendering is all that a spec makes, by its place in the output.
type rendering struct {
	output map[string][]byte // code and docs
	pages  map[string][]byte // of the site, and the script that looks texts up
}

// rendered renders a spec; it returns nil if the spec has errors.
func rendered(t *testing.T, document *yaml.Node) *rendering {
	t.Helper()
	source, err := yaml.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	const name = "errors.yaml"
	c, problems := check.Load(name, source)
	if diag.HasErrors(problems) {
		return nil
	}
	output, err := golang.Files(c, golang.Options{Spec: name})
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(output, markdown.Files(c, name))
	output[catalogjson.FileName] = catalogjson.File(c, name)
	pages := site.Files(c, name)
	pages[site.LookupName], pages[site.RestName] = lookup.New(c).Scripts(name)
	return &rendering{output, pages}
}

// dropKey removes a key from every mapping.
func dropKey(n *yaml.Node, key string) {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				n.Content = slices.Delete(n.Content, i, i+2)
				i -= 2
			}
		}
	}
	for _, child := range n.Content {
		dropKey(child, key)
	}
}

// leaf is a single value of a spec.
type leaf struct {
	path   string // its object's name and its key
	node   *yaml.Node
	scalar *format.Scalar
}

func leaves(n *yaml.Node, t format.Type, path string) []leaf {
	var all []leaf
	switch {
	case n.Kind == yaml.ScalarNode && t.Scalar != nil:
		all = append(all, leaf{path, n, t.Scalar})
	case n.Kind == yaml.SequenceNode && t.List != nil:
		for _, item := range n.Content {
			all = append(all, leaves(item, *t.List, path)...)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i].Value, n.Content[i+1]
			if t.Object != nil {
				field := t.Object.Keys[t.Object.Index(key)]
				all = append(all, leaves(value, field.Type, t.Object.Name+"."+key)...)
			} else if t.Map != nil {
				all = append(all, leaves(value, t.Map.Value, path)...)
			}
		}
	}
	return all
}

// fieldPaths lists the paths of all single values that the format has.
func fieldPaths() []string {
	found := make(map[string]bool)
	seen := make(map[*format.Object]bool)
	var walk func(t format.Type, path string)
	walk = func(t format.Type, path string) {
		if t.Scalar != nil {
			found[path] = true
		}
		if t.List != nil {
			walk(format.Type{Scalar: t.List.Scalar, Object: t.List.Object, Map: t.List.Map}, path)
		}
		if t.Map != nil {
			walk(t.Map.Value, path)
		}
		if t.Object != nil && !seen[t.Object] {
			seen[t.Object] = true
			for _, f := range t.Object.Keys {
				walk(f.Type, t.Object.Name+"."+f.Name)
			}
		}
	}
	walk(format.Definition(), "")
	return slices.Sorted(maps.Keys(found))
}

// otherValues are values to try in place of the leaf's.
func (l leaf) otherValues(root *yaml.Node) []string {
	value := l.node.Value
	var others []string
	switch l.scalar.Kind {
	case format.Enum:
		others = l.scalar.Values
	case format.Name:
		section := map[string]string{"category": "categories", "policy": "policies", "operation": "operations", "code": "codes"}
		others = keys(root, section[l.scalar.Name])
	case format.Bool:
		others = []string{"true", "false"}
	case format.Int, format.Count:
		others = []string{"2", "3", "unlimited"}
	case format.Factor:
		others = []string{"3", "2"}
	case format.Duration, format.Jitter:
		others = []string{"17s", "9s", "1s", "130s", "200s"}
	case format.Size:
		others = []string{"2KiB", "4MiB"}
	case format.Status:
		others = []string{"418", "500", "200", "429"}
	case format.StatusKey:
		others = []string{"204", "2xx"}
	case format.Language:
		others = []string{"de", "en"}
	case format.Date:
		others = []string{"2020-02-02"}
	case format.Any:
		others = []string{value + "1", "false"}
	case format.URL, format.Folder, format.Pointer, format.Place, format.ElementAt:
		others = []string{value + "/changed"}
	default:
		// Words, names, and bodies in JSON, XML and plain text.
		others = []string{value + " changed", value + "Changed", strings.Replace(value, "}", `,"changed":1}`, 1),
			strings.Replace(value, ">", "><changed/>", 1), value + "\n"}
	}
	return slices.DeleteFunc(slices.Clone(others), func(other string) bool { return other == value })
}

// keys lists the keys of every mapping that stands under a key: the names of the
// categories, say.
func keys(n *yaml.Node, section string) []string {
	var found []string
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == section {
			for j := 0; j < len(child.Content); j += 2 {
				found = append(found, child.Content[j].Value)
			}
		}
		found = append(found, keys(child, section)...)
	}
	return found
}

// documentedExample is the spec in docs/spec-format.md.
func documentedExample(t *testing.T) []byte {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "spec-format.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "```yaml\nformat: 1\n")
	example, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatal("docs/spec-format.md has no example spec")
	}
	return []byte("format: 1\n" + example)
}
