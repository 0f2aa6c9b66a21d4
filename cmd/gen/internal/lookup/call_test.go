package lookup

import (
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestCalls wants the failure that a client's words mean.
func TestCalls(t *testing.T) {
	x := New(shipped(t))
	for _, call := range lookuptest.Calls {
		got := x.Explain(call.Text)
		if len(got) == 0 || got[0].Entry.Kind != classify.KindTransport || got[0].Entry.Code != string(call.Kind) {
			t.Errorf("%q: got %v, want %s first", call.Text, lines(got), call.Kind)
		}
	}
}
