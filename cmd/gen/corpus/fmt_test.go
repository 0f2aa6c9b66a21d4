package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestFmt lays out YAML files that others wrote: their values are the same afterwards, all
// lines with something on them are there, comments too, and a second run changes nothing.
func TestFmt(t *testing.T) {
	const want = 50
	dir := t.TempDir()
	files := matching(t, libopenapi, "test_specs/*.yaml")
	files = append(files, matching(t, ogen, "_testdata/*/*.yml", "_testdata/*/*.yaml", "*.yml")...)
	tried, comments := 0, 0
	for i, file := range files {
		before, err := os.ReadFile(file)
		if err != nil || len(before) > 200_000 && !*full || !isOne(before) {
			continue
		}
		name := filepath.Join(dir, fmt.Sprintf("%d.yaml", i))
		write(t, dir, filepath.Base(name), string(before))
		if out, err := run(dir, gen, "fmt", "--max-size", "64MiB", name); err != nil {
			if !strings.Contains(out, name+":") {
				t.Errorf("%s: refused without a place: %s", file, out)
			}
			if after, _ := os.ReadFile(name); !bytes.Equal(before, after) {
				t.Errorf("%s: refused, and changed", file)
			}
			continue
		}
		after, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var a, b any
		if yaml.Unmarshal(before, &a) != nil || yaml.Unmarshal(after, &b) != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%s: another value than before", file)
		}
		if was, is := lines(before), lines(after); was != is {
			t.Errorf("%s: not the lines of before", file)
		}
		if out, err := run(dir, gen, "fmt", "--check", "--max-size", "64MiB", name); err != nil {
			t.Errorf("%s: a second run changes it again: %s", file, out)
		}
		tried++
		if strings.Contains(string(after), " #") {
			comments++
		}
		if tried == want && !*full {
			break
		}
	}
	if tried < want || comments < 5 {
		t.Errorf("%d files were laid out, and %d with comments, want %d", tried, comments, want)
	}
	t.Logf("%d files, %d with comments behind values", tried, comments)
}

// isOne reports whether a file is one document that can be read.
func isOne(content []byte) bool {
	d := yaml.NewDecoder(bytes.NewReader(content))
	var value any
	return d.Decode(&value) == nil && errors.Is(d.Decode(&value), io.EOF)
}

// lines returns what is on the lines of a file, without the space around it.
func lines(content []byte) string {
	var all []string
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(all, "\n")
}
