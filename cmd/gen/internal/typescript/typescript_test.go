package typescript

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// full is the catalog that has constants of every kind.
func full(t *testing.T) *model.Catalog {
	t.Helper()
	c, problems := check.Load("full.yaml", modeltest.Full)
	if c == nil { // it has an API without codes, which is warned of
		t.Fatal(problems)
	}
	return c
}

func TestGolden(t *testing.T) {
	files := Files(full(t), "full.yaml")
	if *update {
		for name, content := range files {
			if err := os.WriteFile(filepath.Join("testdata", name), content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden, err := filepath.Glob("testdata/*.ts")
	if err != nil || len(golden) != len(files) {
		t.Fatalf("%d golden files, want %d: %v", len(golden), len(files), err)
	}
	for name, content := range files {
		want, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(content)); diff != "" {
			t.Errorf("%s differs, rewrite with -update if that is meant (-want +got):\n%s", name, diff)
		}
	}
}

// TestHostile requires that no text leaves its comment or its literal: what is left
// of a file without them is the same for a hostile catalog and a tame one.
func TestHostile(t *testing.T) {
	const spec = "a\nb */ @ts-nocheck.yaml"
	tame := skeleton(Files(modeltest.Hostile([]string{"tame"}), spec)["hostile.ts"])
	if !strings.Contains(tame, "Hostile1: ,") || !strings.Contains(tame, "[Code.Hostile1]: {") {
		t.Fatalf("without comments and literals:\n%s", tame)
	}
	for _, text := range modeltest.Texts {
		source := Files(modeltest.Hostile([]string{text}), spec)["hostile.ts"]
		if diff := cmp.Diff(tame, skeleton(source)); diff != "" {
			t.Errorf("%q becomes code (-tame +hostile):\n%s", text, diff)
		}
		modeltest.CheckText(t, "hostile.ts", source)
	}
}

// skeleton returns a source without what its comments and its string literals say.
func skeleton(source []byte) string {
	var out strings.Builder
	for len(source) > 0 {
		end := 1
		switch {
		case bytes.HasPrefix(source, []byte("//")):
			end = bytes.IndexByte(source, '\n')
		case bytes.HasPrefix(source, []byte("/*")):
			end = bytes.Index(source, []byte("*/")) + 2
			for _, tag := range []string{"@deprecated", "@module"} {
				if bytes.Contains(source[:end], []byte(tag)) {
					out.WriteString(tag)
				}
			}
		case source[0] == '"':
			for end = 1; source[end] != '"'; end++ {
				if source[end] == '\\' {
					end++
				}
			}
			end++
		default:
			out.WriteByte(source[0])
		}
		source = source[end:]
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// TestRepeatable guards against the order of maps.
func TestRepeatable(t *testing.T) {
	first := Files(full(t), "full.yaml")
	for range 20 {
		if diff := cmp.Diff(first, Files(full(t), "full.yaml")); diff != "" {
			t.Fatalf("output differs from one run to the next (-first +later):\n%s", diff)
		}
	}
}

func TestMark(t *testing.T) {
	files := Files(full(t), "full.yaml")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !bytes.HasPrefix(files[name], []byte("// "+model.Mark("full.yaml")+"\n")) {
			t.Errorf("%s does not start with the mark", name)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"no funds":                      "No funds.",
		"a */ b **/":                    `A *\/ b **\/.`,
		"@deprecated":                   "&#64;deprecated.",
		"ask support@example.com":       "Ask support@example.com.",
		"see {@link Code}, (@see) \n@x": "See {&#64;link Code}, (&#64;see) &#64;x.",
		"":                              "",
	} {
		if got := sentence(text); got != want {
			t.Errorf("sentence(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		`plain 日本 👩`:              `"plain 日本 👩"`,
		`"\n" ${x} ` + "`":        `"\"\\n\" ${x} ` + "`\"",
		"a\nb\tc\x00\u2028\u200d": `"a\nb\u0009c\u0000\u2028\u200d"`,
		"\xff\U000e0001":          `"\ufffd\u{e0001}"`,
	} {
		if got := quote(text); got != want {
			t.Errorf("quote(%q) = %s, want %s", text, got, want)
		}
	}
}
