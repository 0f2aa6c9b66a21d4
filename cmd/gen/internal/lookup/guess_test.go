package lookup

import (
	"maps"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestPastes wants the first match of what customers send, of several catalogs.
func TestPastes(t *testing.T) {
	all := catalogs(t)
	wanted := map[string]map[string]string{"shipped": lookuptest.Pastes}
	maps.Copy(wanted, lookuptest.OtherPastes)
	for name, pastes := range wanted {
		x := New(all[name])
		for text, want := range pastes {
			if got := lines(x.Explain(text)); len(got) == 0 || got[0] != want {
				t.Errorf("%s: %q: got %q, want %s first", name, text, got, want)
			}
		}
	}
}

func TestRecalls(t *testing.T) {
	x := New(shipped(t))
	for text, want := range lookuptest.Recalls {
		if got := lines(x.Explain(text)); len(got) == 0 || got[0] != want {
			t.Errorf("%q: got %q, want %s first", text, got, want)
		}
	}
}
