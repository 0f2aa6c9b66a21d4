package sql

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

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestGolden compares the file of a small catalog with testdata/small.sql. That it answers
// as classify does is tested in the engine, in cmd/gen/fleet.
func TestGolden(t *testing.T) {
	b := golangtest.New("small")
	b.API.Forms = []classify.Form{{
		Syntax: classify.JSON,
		OK:     []classify.Test{{Kind: classify.Equals, At: classify.Path{"ok"}, Values: []classify.Scalar{{Type: classify.Bool, Text: "true"}}}},
		Code:   []classify.Path{{"code"}, {"errors", "*", "code"}},
	}}
	b.API.Delays = []classify.Delay{{Header: "Retry-After"}}
	b.Code("BUSY", golangtest.Transient, golangtest.Slot).Aliases = []string{"FULL"}
	b.Prefix("BAD_*", golangtest.Permanent, nil)
	b.Status(429, golangtest.Transient, golangtest.Slot)
	got, err := File(b.APIs, "errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "small.sql")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is stale, rewrite it with -update (-want +got):\n%s", path, diff)
	}
}

// TestFile wants of any catalog the same file twice, in which every character can be seen.
func TestFile(t *testing.T) {
	all := golangtest.Everything()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		first, err := File(all[name].APIs, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, _ := File(all[name].APIs, name); !bytes.Equal(first, again) {
			t.Errorf("%s: two runs differ", name)
		}
		modeltest.CheckText(t, name, first)
	}
}

// TestRefusal wants no file of an API with a place that can't be said.
func TestRefusal(t *testing.T) {
	for _, name := range []string{`a"b`, `a\b`} {
		b := golangtest.New("quotes")
		b.API.Forms = []classify.Form{{Syntax: classify.JSON, Code: []classify.Path{{name}}}}
		if _, err := File(b.APIs, "errors.yaml"); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		b.API.Forms[0].Code = []classify.Path{{"*", name}}
		if _, err := File(b.APIs, "errors.yaml"); err == nil || !strings.Contains(err.Error(), "api quotes: the place /*/"+name) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestIdentifiers wants another name for each API.
func TestIdentifiers(t *testing.T) {
	got := identifiers([]*model.API{{Name: "a-b"}, {Name: "a_b"}, {Name: "Ü"}})
	if diff := cmp.Diff([]string{"a_b", "a_b_", "_"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestReasons wants each reason to be one that docs/fleet.md explains.
func TestReasons(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/fleet.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, reason := range Reasons() {
		if row := "| " + reason.Name + " | " + reason.Because + " |"; !bytes.Contains(page, []byte(row)) {
			t.Errorf("docs/fleet.md lacks the row %s", row)
		}
	}
}
