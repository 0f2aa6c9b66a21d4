package lookup

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

func TestRecalls(t *testing.T) {
	x := New(shipped(t))
	for text, want := range lookuptest.Recalls {
		if got := lines(x.Explain(text)); len(got) == 0 || got[0] != want {
			t.Errorf("%q: got %q, want %s first", text, got, want)
		}
	}
}
