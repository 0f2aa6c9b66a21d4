package site_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// TestMakers makes the files in any order, some of them twice, and wants those that are made
// together.
func TestMakers(t *testing.T) {
	c := load(t, shippedSpec)
	want := site.Files(c, "x.yaml")
	makers := site.Makers(c, "x.yaml", nil)
	if len(makers) != len(want) {
		t.Errorf("%d makers of %d files", len(makers), len(want))
	}
	names := slices.Sorted(maps.Keys(want))
	slices.Reverse(names)
	for _, name := range names {
		first, again := makers[name](), makers[name]()
		if !bytes.Equal(first, want[name]) || !bytes.Equal(first, again) {
			t.Errorf("%s: made alone, it is another file, or another the second time", name)
		}
	}
}
