package output_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// TestDifferences says each kind of difference in the order of the paths.
func TestDifferences(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, files{"a.md": page("old"), "b.md": "# " + model.Mark("gone.yaml") + "\n", "c.md": "# " + model.Mark("there.yaml") + "\n", "e.md": "mine"})
	tree := docsTree(dir, files{"d.md": page("new")})
	const reason = "was made from gone.yaml, which is not there; remove the file if that spec was moved"
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, isThere := range []func(string) bool{nil, func(spec string) bool { return spec == "there.yaml" }} {
		tree.IsThere = isThere
		want := []output.Difference{{Path: in("a.md"), Kind: output.Orphaned}, {Path: in("d.md"), Kind: output.Missing}}
		texts := []string{in("a.md") + ": orphaned, no longer made", in("d.md") + ": missing"}
		var strays []output.Conflict
		if isThere != nil {
			want = []output.Difference{want[0], {Path: in("b.md"), Kind: output.Stray, Want: reason}, want[1]}
			texts = []string{texts[0], in("b.md") + ": " + reason, texts[1]}
			strays = []output.Conflict{{Path: in("b.md"), Reason: reason}}
		}
		differences, _, err := output.Check(tree)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, differences); diff != "" {
			t.Errorf("differences (-want +got):\n%s", diff)
		}
		var got []string
		for _, d := range differences {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(texts, got); diff != "" {
			t.Errorf("texts (-want +got):\n%s", diff)
		}
		if isThere != nil {
			if diff := cmp.Diff(strays, mustWrite(t, tree).Strays); diff != "" {
				t.Errorf("strays (-want +got):\n%s", diff)
			}
		}
	}
}

// TestDifferenceOfLongLines shows where they differ, and no more of them than is read.
func TestDifferenceOfLongLines(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	tests := []struct {
		name, want, disk   string
		wantLine, diskLine string
	}{
		{"short", x(159) + "a", x(159) + "b", x(159) + "a", x(159) + "b"},
		{"early", x(40) + "a" + x(160), x(40) + "b", x(40) + "a" + x(160), x(40) + "b"},
		{"late", x(41) + "a" + x(160), x(41) + "b", "…" + x(40) + "a" + x(160), "…" + x(40) + "b"},
		{"late on disk", x(41) + "a", x(41) + "b" + x(119), "…" + x(40) + "a", "…" + x(40) + "b" + x(119)},
		{"longer", x(161), x(200), "…" + x(40), "…" + x(79)},
		{"line ends and more", "a\r\nb", "a\nc", "b", "c"},
		{"line ends on disk and more", "a\nb", "a\r\nc", "b", "c"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, files{"a.md": page(test.disk)})
			differences, _, err := output.Check(docsTree(dir, files{"a.md": page(test.want)}))
			if err != nil || len(differences) != 1 {
				t.Fatalf("differences = %v, error = %v", differences, err)
			}
			if d := differences[0]; d.Want != test.wantLine || d.Got != test.diskLine || d.Kind != output.Differs {
				t.Errorf("want: %q\n got: %q", d.Want, d.Got)
			}
		})
	}
	d := output.Difference{Path: "a", Kind: output.Differs, Line: 1, Want: x(160), Got: x(161)}
	if want := "a: differs at line 1: stale, or edited by hand\n    want: \"" + x(160) + "\"\n    got:  \"" + x(160) + "…\""; d.String() != want {
		t.Errorf("text (-want +got):\n%s", cmp.Diff(want, d.String()))
	}
}

// TestConvertedLineEnds has a checkout make a file of many short lines nearly twice as long.
func TestConvertedLineEnds(t *testing.T) {
	dir := t.TempDir()
	content := page(strings.Repeat("\n", 20_000))
	lay(t, dir, files{"a.md": strings.ReplaceAll(content, "\n", "\r\n")})
	if differences, _, err := output.Check(docsTree(dir, files{"a.md": content})); err != nil || len(differences) > 0 {
		t.Errorf("differences = %v, error = %v; want none", differences, err)
	}
}
