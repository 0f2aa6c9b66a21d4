package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/spec"
)

// TestEveryFieldCounts changes each field of a spec in turn and requires that
// generate --check then finds the output out of date: a field that nothing is
// made of would be a promise that nobody keeps. The shipped spec and the example
// of the documentation together have every field of the format.
func TestEveryFieldCounts(t *testing.T) {
	changed := make(map[string]bool)
	for name, source := range map[string][]byte{"shipped": spec.Errors, "example": documentedExample(t)} {
		t.Run(name, func(t *testing.T) { changeFields(t, source, changed) })
	}
	for _, path := range fieldPaths() {
		if !changed[path] {
			t.Errorf("no test changes %s", path)
		}
	}
}

func changeFields(t *testing.T, source []byte, changed map[string]bool) {
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "errors.yaml")
	run := func(extra ...string) (int, string) {
		encoded, err := yaml.Marshal(&document)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, encoded, 0o644); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		args := []string{"generate", "--spec", file, "--go", filepath.Join(dir, "go"), "--docs", filepath.Join(dir, "docs")}
		code := cli.Main(append(args, extra...), strings.NewReader(""), &out, &out)
		return code, out.String()
	}
	if code, out := run(); code != 0 {
		t.Fatalf("generate: exit %d\n%s", code, out)
	}
	if code, out := run("--check"); code != 0 {
		t.Fatalf("generate --check on fresh output: exit %d\n%s", code, out)
	}
	seen := make(map[string]int)
	for _, leaf := range leaves(document.Content[0], format.Spec, "") {
		if seen[leaf.path]++; seen[leaf.path] > 2 || leaf.path == ".format" {
			changed[".format"] = true
			continue
		}
		before := leaf.node.Value
		noticed := false
		var last string
		for _, value := range otherValues(leaf.scalar, before) {
			leaf.node.Value = value
			code, out := run("--check")
			last = out
			if code == 0 {
				t.Errorf("%s: %q for %q changes nothing", leaf.path, value, before)
			}
			if strings.Contains(out, "errors.yaml:") && !strings.Contains(out, "differs") {
				continue // the spec does not hold with this value
			}
			noticed = true
			break
		}
		leaf.node.Value = before
		changed[leaf.path] = changed[leaf.path] || noticed
		if !noticed && seen[leaf.path] == 1 {
			t.Logf("%s: no other value of %q makes a good spec:\n%s", leaf.path, before, last)
		}
	}
}

// leaf is a single value of a spec.
type leaf struct {
	path   string // the keys to it, those of the author's as *
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
				field, _ := t.Object.Field(key)
				all = append(all, leaves(value, field.Type, path+"."+key)...)
			} else if t.Map != nil {
				all = append(all, leaves(value, t.Map.Value, path+".*")...)
			}
		}
	}
	return all
}

// fieldPaths lists the paths of all single values that the format has.
func fieldPaths() []string {
	var paths []string
	var walk func(t format.Type, path string)
	walk = func(t format.Type, path string) {
		if t.Scalar != nil {
			paths = append(paths, path)
		}
		if t.List != nil && (t.Scalar == nil || t.List.Scalar != t.Scalar) && (t.Object == nil || t.List.Object != t.Object) {
			walk(*t.List, path)
		}
		if t.Object != nil {
			for _, f := range t.Object.Fields {
				walk(f.Type, path+"."+f.Name)
			}
		}
		if t.Map != nil {
			walk(t.Map.Value, path+".*")
		}
	}
	walk(format.Spec, "")
	return paths
}

// otherValues are values to try in place of one.
func otherValues(s *format.Scalar, value string) []string {
	switch s.Kind {
	case format.Enum:
		return without(s.Values, value)
	case format.Name:
		return without([]string{"permanent", "transient", "account", "pending", "resubmit", "success", "unlisted",
			"backoff", "slot", "rate", "queue", "poll", "submit", "solve", "ERROR_ZERO_BALANCE", "MODEL_ERROR"}, value)
	case format.Bool:
		return without([]string{"true", "false"}, value)
	case format.Int, format.Count:
		return without([]string{"2", "3", "unlimited"}, value)
	case format.Factor:
		return without([]string{"3", "2"}, value)
	case format.Duration, format.Jitter:
		return without([]string{"17s", "9s", "1s", "130s", "200s"}, value)
	case format.Status:
		return without([]string{"418", "500", "200", "429"}, value)
	case format.StatusKey:
		return without([]string{"204", "2xx"}, value)
	case format.Date:
		return []string{"2020-02-02"}
	case format.URL:
		return []string{value + "/changed"}
	case format.Pointer, format.Place, format.ElementAt:
		return []string{value + "x", "/changed"}
	case format.Any:
		return []string{value + "1", "false"}
	}
	if regexp.MustCompile(`^[\w.-]+$`).MatchString(value) {
		return []string{value + "Changed", "Changed-" + value}
	}
	return []string{value + " changed", strings.Replace(value, `"}`, `","changed":1}`, 1), strings.Replace(value, "}", `,"changed":1}`, 1)}
}

func without(values []string, value string) []string {
	var others []string
	for _, v := range values {
		if v != value {
			others = append(others, v)
		}
	}
	return others
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
