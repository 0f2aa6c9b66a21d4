package lookup

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestMails wants no answer to what has no error in it.
func TestMails(t *testing.T) {
	x := New(shipped(t))
	for _, mail := range lookuptest.Mails {
		if got := x.Explain(mail); len(got) > 0 {
			t.Errorf("%q: got %v (%s), want nothing", mail, lines(got), got[0].Why)
		}
	}
}
