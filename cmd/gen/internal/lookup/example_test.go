package lookup

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// catalogs returns the shipped catalog and those of this module's tests that have
// examples.
func catalogs(t *testing.T) map[string]*model.Catalog {
	t.Helper()
	all := map[string]*model.Catalog{"shipped": shipped(t), "examples": load(t, lookuptest.ExamplesSpec)}
	for _, pattern := range []string{"../check/testdata/good/*.yaml", "../catalogjson/testdata/*.yaml", "../../e2e/testdata/*.yaml"} {
		paths, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no specs at %s: %v", pattern, err)
		}
		for _, path := range paths {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(path)] = load(t, string(source))
		}
	}
	return all
}

// TestExamples pastes every example as its page shows it, and wants its page
// first. The same reply can be an example of several entries.
func TestExamples(t *testing.T) {
	pasted := 0
	for name, c := range catalogs(t) {
		x := New(c)
		owners := map[string][]*model.Entry{}
		for wire, e := range lookuptest.Examples(c) {
			owners[wire] = append(owners[wire], e)
		}
		for wire, own := range owners {
			pasted++
			got := x.Explain(wire)
			if len(got) < len(own) {
				t.Errorf("%s: %q: got %v, want %s first", name, wire, lines(got), own[0].Code)
				continue
			}
			for _, m := range got[:len(own)] {
				if !slices.Contains(own, m.Entry) {
					t.Errorf("%s: %q: got %v, want %s first", name, wire, lines(got), own[0].Code)
				}
			}
		}
	}
	if pasted < 100 {
		t.Errorf("only %d examples", pasted)
	}
}

// TestNoFalseSuccess pastes replies that are not a success, and others of which
// nobody can know, and wants no entry that means success.
func TestNoFalseSuccess(t *testing.T) {
	for name, c := range catalogs(t) {
		x := New(c)
		for _, text := range lookuptest.NoSuccess {
			for _, m := range x.Explain(text) {
				if m.Entry.Action == classify.OK && !(tellsByLittle(m.Entry.API) && strings.Contains(text, "200")) {
					t.Errorf("%s: %q: got %s %s of %s, which is success", name, text, m.Confidence, m.Entry.Code, m.Entry.API.Name)
				}
			}
		}
	}
}

// tellsByLittle reports whether success in an API's replies may show by the status,
// or by what is absent from them.
func tellsByLittle(a *model.API) bool {
	tests := 0
	for _, form := range a.Forms {
		for _, test := range form.OK {
			if tests++; test.Kind == classify.Absent || test.Kind == classify.StatusIs {
				return true
			}
		}
	}
	return tests == 0
}

func TestWhoseReply(t *testing.T) {
	x := New(shipped(t))
	for query, want := range lookuptest.WhoseReplies {
		if got := lines(x.Explain(query)); len(got) == 0 || got[0] != want {
			t.Errorf("%q: got %q, want %s first", query, got, want)
		}
	}
}
