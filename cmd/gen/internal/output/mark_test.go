package output_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// TestMarkIsNearTheTop has the mark on the last line that is looked at, and below.
func TestMarkIsNearTheTop(t *testing.T) {
	mark := "// " + model.Mark(spec) + "\n"
	for _, test := range []struct {
		head string
		ours bool
	}{
		{strings.Repeat("//\n", 9), true},
		{strings.Repeat("//\n", 10), false},
		{strings.Repeat("x", 4<<10-len(mark)) + "\n", true}, // the mark's own end of line is not needed
		{strings.Repeat("x", 4<<10-len(mark)+1) + "\n", false},
	} {
		dir := t.TempDir()
		lay(t, dir, files{"old.md": test.head + mark})
		none := docsTree(dir, nil)
		none.AllowRemoval = true
		if _, count, ok := output.SumOnDisk(none); !ok || (count == 1) != test.ours {
			t.Errorf("summed up %d with %d bytes before the mark, want one: %v", count, len(test.head), test.ours)
		}
		if got := len(mustWrite(t, none).Removed) == 1; got != test.ours {
			t.Errorf("removed %v with %d bytes before the mark, want %v", got, len(test.head), test.ours)
		}
		lay(t, dir, files{"old.md": test.head + mark})
		for _, root := range []string{dir, filepath.Join(dir, "new")} {
			_, err := output.Write(docsTree(root, files{"old.md": test.head + mark}))
			if got := err == nil; got != test.ours {
				t.Errorf("written %v with %d bytes before the mark, want %v", got, len(test.head), test.ours)
			}
		}
	}
}

// TestMarkNamesTheSpec tells specs apart by their names, the former one too.
func TestMarkNamesTheSpec(t *testing.T) {
	for _, test := range []struct {
		mark, spec, former string
		ours               bool
	}{
		{"a.yaml", "a.yaml", "", true},
		{"b.yaml", "a.yaml", "b.yaml", true},
		{"c.yaml", "a.yaml", "b.yaml", false},
		{"a.yaml", "a-yaml", "", false},
		{"a/b.yaml", "ab.yaml", "", false},
		{"a b.yaml", "ab.yaml", "", false},
		{"a1.yaml", "a2.yaml", "", false},
		{"é.yaml", "è.yaml", "", false},
		{"a'b.yaml", `a\'b.yaml`, "", true}, // as a language escapes it
		{"'", "a.yaml", "", false},
		{"a.yaml", "'", "", false},
	} {
		dir := t.TempDir()
		lay(t, dir, files{"old.md": "# " + model.Mark(test.mark) + "\n", "mine.md": "mine"})
		tree := output.Tree{Root: dir, Spec: test.spec, Former: []string{test.former}, Owns: docsOwns, AllowRemoval: true}
		result := mustWrite(t, tree)
		var want []string
		if test.ours {
			want = []string{filepath.Join(dir, "old.md")}
		}
		if !slices.Equal(result.Removed, want) {
			t.Errorf("with the mark of %s and the spec %s, %q is removed; want it to be ours: %v", test.mark, test.spec, result.Removed, test.ours)
		}
	}
}

// TestOtherSpec has files of another spec where this one's belong.
func TestOtherSpec(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, files{"a.md": "# " + model.Mark("other.yaml") + "\n"})
	_, err := output.Write(docsTree(dir, files{"a.md": page("a")}))
	wantConflict(t, err, "a.md: was made from other.yaml, and this is "+spec+": two specs can't share it")
	_, err = output.Write(output.Tree{Files: files{"a.md": page("a")}.made(), Spec: spec})
	wantConflict(t, err, `"": is not a directory`)
}
