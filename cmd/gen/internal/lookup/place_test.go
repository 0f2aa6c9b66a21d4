package lookup

import (
	"maps"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestPlaces asks about replies with a request id and a field, of which each match has
// those of its reply.
func TestPlaces(t *testing.T) {
	x := New(load(t, lookuptest.PlacesSpec))
	for i, want := range [][2]string{{"r-1", "shelf"}, {"r-2", ""}, {"r-3", ""}, {"r-4", ""}, {"", ""}, {"r-5", ""}} {
		got := x.Explain(lookuptest.Places[i])
		if len(got) == 0 || got[0].RequestID != want[0] || got[0].Field != want[1] {
			t.Errorf("%q: got %+v, want the request id %q and the field %q", lookuptest.Places[i], got, want[0], want[1])
		}
	}
	ids := map[string]string{}
	for _, m := range x.Explain(lookuptest.Places[6]) {
		ids[m.Entry.API.Name+" "+m.Entry.Code] = m.RequestID
	}
	if want := map[string]string{"depot NO_ROOM_LEFT": "r-5", "depot TOKEN_*": "r-6", "harbour NO_ROOM_LEFT": ""}; !maps.Equal(ids, want) {
		t.Errorf("of several replies, got the request ids %v, want %v", ids, want)
	}
	for _, m := range x.Explain(`{"code":"NO_ROOM_LEFT","trace":7}`) {
		if want := map[string]string{"depot": "", "harbour": "7"}[m.Entry.API.Name]; m.RequestID != want {
			t.Errorf("the request id of %s is %q, want %q", m.Entry.API.Name, m.RequestID, want)
		}
	}
}

// TestNamedAPI asks about a status and the API that sent it, which may not list it.
func TestNamedAPI(t *testing.T) {
	x := New(load(t, lookuptest.PlacesSpec))
	for query, want := range lookuptest.Named {
		got := ""
		for _, m := range x.Explain(query) {
			got += string(m.Confidence) + " " + m.Entry.API.Name + " " + m.Entry.Code + ": " + m.Why
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

// TestSecretsAreCut asks about replies with a secret, which no answer repeats.
func TestSecretsAreCut(t *testing.T) {
	x := New(load(t, lookuptest.PlacesSpec))
	marks := 0
	for _, query := range lookuptest.Places {
		for _, m := range x.Explain(query) {
			for _, text := range []string{m.Why, m.RequestID, m.Field} {
				marks += strings.Count(text, "[secret]")
				if strings.Contains(text, "12345_67") || strings.Contains(text, "QWERTZ") {
					t.Errorf("%q: %+v holds the secret", query, m)
				}
			}
		}
	}
	if marks < 3 {
		t.Errorf("%d secrets were cut, want 3 at least", marks)
	}
}
