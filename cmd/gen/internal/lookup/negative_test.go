package lookup

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

func TestNegatives(t *testing.T) {
	x := New(shipped(t))
	for _, text := range lookuptest.Negatives {
		if got := x.Explain(text); len(got) > 0 {
			t.Errorf("%q: got %v, want nothing", text, lines(got))
		}
	}
}
