package python

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// load is the catalog of a spec.
func load(t *testing.T, source []byte) *model.Catalog {
	t.Helper()
	c, problems := check.Load("spec.yaml", source)
	if c == nil { // it has an API without codes, which is warned of
		t.Fatal(problems)
	}
	return c
}

func TestGolden(t *testing.T) {
	files := Files(load(t, modeltest.Full), "full.yaml")
	if *update {
		for name, content := range files {
			if err := os.WriteFile(filepath.Join("testdata", name), content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden, err := filepath.Glob("testdata/*.py")
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

// TestHostile requires that no text leaves its docstring or its literal: what is left
// of a file without them is the same for a hostile catalog and a tame one.
func TestHostile(t *testing.T) {
	const spec = "a\n-*- coding: rot13 -*-.yaml"
	tame := skeleton(Files(modeltest.Hostile([]string{"tame"}), spec)["hostile.py"])
	if !strings.Contains(tame, "HOSTILE_1 = ") || !strings.Contains(tame, "Code.HOSTILE_1: Entry(") {
		t.Fatalf("without docstrings and literals:\n%s", tame)
	}
	for _, text := range modeltest.Texts {
		source := Files(modeltest.Hostile([]string{text}), spec)["hostile.py"]
		if diff := cmp.Diff(tame, skeleton(source)); diff != "" {
			t.Errorf("%q becomes code (-tame +hostile):\n%s", text, diff)
		}
		modeltest.CheckText(t, fmt.Sprintf("%q", text), source)
	}
}

// skeleton returns a source without what its comments and its strings say.
func skeleton(source []byte) string {
	var out strings.Builder
	for len(source) > 0 {
		end := 1
		switch {
		case source[0] == '#':
			end = bytes.IndexByte(source, '\n')
		case source[0] == '"':
			mark := source[:1]
			if bytes.HasPrefix(source, []byte(`"""`)) {
				mark = source[:3]
			}
			for end = len(mark); !bytes.HasPrefix(source[end:], mark); end++ {
				if source[end] == '\\' {
					end++
				}
			}
			end += len(mark)
		default:
			out.WriteByte(source[0])
		}
		source = source[end:]
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// TestRepeatable guards against the order of maps.
func TestRepeatable(t *testing.T) {
	c := load(t, modeltest.Full)
	first := Files(c, "full.yaml")
	for range 20 {
		if diff := cmp.Diff(first, Files(c, "full.yaml")); diff != "" {
			t.Fatalf("output differs from one run to the next (-first +later):\n%s", diff)
		}
	}
}

func TestMark(t *testing.T) {
	for name, content := range Files(load(t, modeltest.Full), "full.yaml") {
		if !bytes.HasPrefix(content, []byte("# "+model.Mark("full.yaml")+"\n")) {
			t.Errorf("%s does not start with the mark", name)
		}
	}
}

func TestEscape(t *testing.T) {
	for line, want := range map[string]string{
		`No funds.`:       `No funds.`,
		`say "no" twice`:  `say "no" twice`,
		`"`:               `\"`,
		`""" and """"`:    `\"\"\" and "\"\"\"`,
		`ends in a "`:     `ends in a \"`,
		`ends in a \`:     `ends in a \\`,
		`ends in \"`:      `ends in \\\"`,
		`C:\new and \x22`: `C:\\new and \\x22`,
	} {
		if got := escape(line); got != want {
			t.Errorf("escape(%q) = %s, want %s", line, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		`plain 日本 👩`:              `"plain 日本 👩"`,
		`"\n" {x} '`:              `"\"\\n\" {x} '"`,
		"a\nb\tc\x00\u2028\u200d": `"a\nb\u0009c\u0000\u2028\u200d"`,
		"\xff\U000e0001":          `"\ufffd\U000e0001"`,
	} {
		if got := quote(text); got != want {
			t.Errorf("quote(%q) = %s, want %s", text, got, want)
		}
	}
}
