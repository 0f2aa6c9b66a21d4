package lookup

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShortened shortens what is one identifier wherever it stands, and nothing that may be
// something else.
func TestShortened(t *testing.T) {
	got, _ := shortened([]string{
		"const longest=(words,kept)=>words.map((word)=>word+longest.call(kept));\nlet total=1;\n",
		"const kept={total,longer:2};\nconst quoted=`${named}`;\nconst named=\"longest\"+/longest/.source;\nclass Longer{}\nconst A=longest(kept,total/2);\nnew Longer().longer;\n",
	})
	want := []string{
		"const C=(words,B)=>words.map((word)=>word+C.call(B));let total=1;\n",
		"const B={total,longer:2};const E=`${named}`;const named=\"longest\"+/longest/.source;class D{}\nconst A=C(B,total/2);new D().longer;\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	seen := make([]string, 900)
	for n := range seen {
		seen[n] = shortName(n)
	}
	slices.Sort(seen)
	if len(slices.Compact(seen)) != 900 {
		t.Error("two names are the same")
	}
}
