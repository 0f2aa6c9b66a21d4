package output_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// TestSums has directories hold what they are to hold, and something else: the digest of
// the disk is the digest of the trees only where Write would leave all alone.
func TestSums(t *testing.T) {
	long := strings.Repeat("line\n", 2000)
	goFiles := files{"a/codes.go": goFile("a" + long), "a/decisions.go": goFile("d"), "b/codes.go": goFile("b")}
	docs := files{"index.md": page("index"), "a/x.md": page("x")}
	for i := range 64 { // enough for each of the goroutines that read them to have several
		goFiles[fmt.Sprintf("many/f%d.go", i)], docs[fmt.Sprintf("f%d.md", i)] = goFile("f"), page("f")
	}
	all := len(goFiles) + len(docs)
	trees := func(dir string) []output.Tree {
		g, d := goTree(filepath.Join(dir, "go"), goFiles), docsTree(filepath.Join(dir, "docs"), docs)
		d.IsThere = func(spec string) bool { return spec == "there.yaml" }
		return []output.Tree{g, d}
	}
	const changed, unknown = "changed", "unknown"
	tests := []struct {
		name  string
		put   files
		drop  string
		finds string // changed, unknown, or empty for no change
		more  int    // files than are to be there
	}{
		{name: "as written"},
		{name: "line ends that a checkout converted", put: files{"docs/index.md": strings.ReplaceAll(docs["index.md"], "\n", "\r\n")}},
		{name: "a change at the end of a long file", put: files{"go/a/codes.go": goFiles["a/codes.go"] + "\n"}, finds: changed},
		{name: "a change in another directory", put: files{"go/b/codes.go": goFile("c")}, finds: changed},
		{name: "a file less", drop: "docs/a/x.md", finds: changed, more: -1},
		{name: "an orphan", put: files{"docs/old.md": page("old")}, finds: changed, more: 1},
		{name: "the user's file", put: files{"docs/mine.md": "mine"}},
		{name: "a file of a spec that is there", put: files{"docs/other.md": "# " + model.Mark("there.yaml") + "\n"}},
		{name: "a stray", put: files{"docs/0.md": "# " + model.Mark("gone.yaml") + "\n"}, finds: unknown},
		{name: "a temporary file", put: files{"docs/.errkb-A.tmp": ""}, finds: unknown},
		{name: "no directory", drop: "docs", finds: unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			result := mustWrite(t, trees(dir)...)
			if sum, _, _ := output.SumOnDisk(trees(dir)...); sum != result.Sum {
				t.Errorf("what was written has the digest %x, and what is there %x", result.Sum, sum)
			}
			lay(t, dir, test.put)
			if test.drop != "" {
				if err := os.RemoveAll(filepath.Join(dir, test.drop)); err != nil {
					t.Fatal(err)
				}
			}
			sum, count, ok := output.SumOnDisk(trees(dir)...)
			if ok == (test.finds == unknown) || ok && count != all+test.more {
				t.Errorf("known: %v, with %d files; want %d", ok, count, all+test.more)
			}
			_, wanted, err := output.Check(trees(dir)...)
			if err != nil {
				t.Fatal(err)
			}
			if ok && (sum == wanted) != (test.finds == "") {
				t.Errorf("the digest is %x, and of the trees %x", sum, wanted)
			}
		})
	}
}

// TestSumsApart tells trees apart that have the same names and bytes, in other places.
func TestSumsApart(t *testing.T) {
	dir := t.TempDir()
	tree := func(f files) output.Tree {
		for name, body := range f {
			f[name] = page(body)
		}
		return docsTree(dir, f)
	}
	sumOf := func(trees []output.Tree) output.Sum {
		_, sum, err := output.Check(trees...)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	sums := map[output.Sum]int{}
	for i, trees := range [][]output.Tree{
		nil,
		{tree(nil)},
		{tree(files{"a": "1", "b": "2"})},
		{tree(files{"a": "2", "b": "1"})},
		{tree(files{"a": "1"}), tree(files{"b": "2"})},
		{tree(files{"a": "1"})},
		{tree(files{"c": "1"})},
	} {
		sum := sumOf(trees)
		if j, ok := sums[sum]; ok {
			t.Errorf("trees %d and %d have the digest %x", i, j, sum)
		}
		sums[sum] = i
		if again := sumOf(trees); again != sum {
			t.Errorf("trees %d have the digests %x and %x", i, sum, again)
		}
	}
}
