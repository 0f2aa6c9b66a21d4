package diff_test

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
)

// TestChangeText says each kind of change in a line.
func TestChangeText(t *testing.T) {
	x := func(n int) string { return strings.Repeat("é", n) }
	for _, test := range []struct {
		change diff.Change
		want   string
	}{
		{diff.Change{API: "shop", Code: "EMPTY", Kind: diff.Changed, Field: "fix", Old: "Fill it", New: "Ask"}, "shop EMPTY: changed fix: Fill it -> Ask"},
		{diff.Change{Code: "bad", Kind: diff.Changed, Field: "category.title", Old: "Bad", New: "Wrong"}, "bad: changed category.title: Bad -> Wrong"},
		{diff.Change{Kind: diff.Changed, Field: "title", Old: x(160), New: x(161)}, "changed title: " + x(160) + " -> " + x(160) + "…"},
		{diff.Change{API: "shop", Kind: diff.Changed, Field: "title", New: "Shop"}, "shop: changed title: nothing -> Shop"},
		{diff.Change{Kind: diff.Changed, Field: "title", Old: "Errors"}, "changed title: Errors -> nothing"},
		{diff.Change{API: "shop", Code: "BLANK", Kind: diff.Renamed, Field: "code", Old: "EMPTY", New: "BLANK"}, "shop: renamed code: EMPTY -> BLANK, and EMPTY is an alias"},
		{diff.Change{API: "shop", Code: "EMPTY", Kind: diff.Removed, Field: "code", Old: "fail"}, "shop: removed code EMPTY: fail"},
		{diff.Change{API: "shop", Code: "EMPTY", Kind: diff.Added, Field: "code", New: "fail"}, "shop: added code EMPTY: fail"},
		{diff.Change{API: "shop", Code: "look", Kind: diff.Removed, Field: "operation"}, "shop: removed operation look"},
		{diff.Change{Code: "bad", Kind: diff.Added, Field: "category", New: "fail"}, "added category bad: fail"},
	} {
		if got := test.change.String(); got != test.want {
			t.Errorf("%#v:\n got %q\nwant %q", test.change, got, test.want)
		}
	}
}
